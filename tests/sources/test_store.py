"""The cache gives back exactly what was put, or nothing; it never gives half of anything, and runs nothing."""

import ast
import errno
import hashlib
import marshal
import os
import pickle
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.cases import DISCLOSURE
from helpers.site import ROOT, Site
from rectify.checks.built_files import look_at_all  # noqa: F401 # declares what is kept
from rectify.cli.checking import check_targets  # noqa: F401 # declares what is kept
from rectify.core.model import Problem
from rectify.host.build import Build  # noqa: F401 # declares what is kept
from rectify.sources.store import Kept, Store, key_of

KEY = ("1", (("01.md", 1, 2),))
VALUE = Problem("2024-jia", "01", "台账不全", "done", deadline=date(2024, 5, 1))
PROBLEM, TEXT = Kept[Problem]("test", Problem), Kept[str]("test-text", str)
OF_PUBLICATIONS = {"clean", "past-sizes"}
"""What only a publication after another one keeps."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.put(PROBLEM, "a", KEY, VALUE)
    return store


def test_where_nothing_may_be_written_nothing_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch):
    for number in (errno.EACCES, errno.EROFS, errno.ENOSPC):

        def refuse(*_: object, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("rectify.sources.store.cache_file", refuse)
        if number == errno.ENOSPC:
            with pytest.raises(OSError, match="space"):
                store.put(PROBLEM, "b", KEY, VALUE)
        else:
            store.put(PROBLEM, "b", KEY, VALUE)
            assert store.get(PROBLEM, "b", KEY) is None


def test_a_value_comes_back_under_its_own_key_alone(store: Store, tmp_path: Path):
    assert store.get(PROBLEM, "a", KEY) == VALUE
    assert store.get(PROBLEM, "a", ("2", KEY[1])) is None
    assert store.get(PROBLEM, "b", KEY) is None
    assert Store(tmp_path / "none").get(PROBLEM, "a", KEY) is None


def test_what_is_remembered_is_what_its_file_says(tmp_path: Path):
    store, kept = Store(tmp_path), Kept[tuple[str, ...]]("test-remembered", tuple[str, ...], remembered=True)
    Kept.kinds.pop("test-remembered")  # the other tests look at every kind that the program has
    store.put(kept, "a", 1, ("甲",))
    first = store.get(kept, "a", 1)
    assert first == ("甲",) and store.get(kept, "a", 1) is first and store.get(kept, "a", 2) is None
    Store(tmp_path).put(kept, "a", 1, ("乙",))
    assert store.get(kept, "a", 1) == ("乙",)
    file = tmp_path / "test-remembered" / "a"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert store.get(kept, "a", 1) is None


def test_a_key_does_not_depend_on_the_order_of_a_set():
    texts = [str(number) for number in range(100)]
    assert key_of(frozenset(texts)) == key_of(frozenset(reversed(texts)))


@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_ignored(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    folder = tmp_path_factory.getbasetemp() / "damaged"
    store, file = Store(folder), folder / "test" / "a"
    store.put(PROBLEM, "a", KEY, VALUE)
    good = file.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    kind = data.draw(st.sampled_from(["cut", "flipped", "longer", "foreign"]))
    flipped = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    bad = {"cut": good[:place], "flipped": flipped, "longer": good + b"\0", "foreign": data.draw(st.binary())}[kind]
    file.write_bytes(bad)
    assert store.get(PROBLEM, "a", KEY) is None
    store.put(PROBLEM, "a", KEY, VALUE)
    assert store.get(PROBLEM, "a", KEY) == VALUE


def test_a_file_too_large_to_be_ours_is_not_read(store: Store, tmp_path: Path):
    with open(tmp_path / "test" / "a", "r+b") as stream:
        stream.truncate(1 << 40)
    assert store.get(PROBLEM, "a", KEY) is None


OTHERS: dict[str, Callable[[Path], object]] = {
    "a folder": lambda file: (file / "b").mkdir(parents=True),
    "a pipe": os.mkfifo if hasattr(os, "mkfifo") else Path.touch,
    "a link to nothing": lambda file: file.symlink_to("nowhere"),
    "a link to a device": lambda file: file.symlink_to("/dev/zero"),
    "a file where the folder belongs": lambda file: (file.parent.rmdir(), file.parent.touch()),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_no_file_of_ours_is_nothing_and_makes_room(store: Store, tmp_path: Path, other: str):
    (tmp_path / "test" / "a").unlink()
    OTHERS[other](tmp_path / "test" / "a")
    assert store.get(PROBLEM, "a", KEY) is None
    store.rename(PROBLEM, "a", "b")
    store.put(PROBLEM, "a", KEY, VALUE)
    assert store.get(PROBLEM, "a", KEY) == VALUE


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_an_interrupted_write_leaves_the_old_value(store: Store, monkeypatch: pytest.MonkeyPatch, step: str):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(*((Path, step) if step == "write_bytes" else (os, step)), stop)
    with pytest.raises(KeyboardInterrupt):
        store.put(PROBLEM, "a", KEY, VALUE._replace(title="neu"))
    assert store.get(PROBLEM, "a", KEY) == VALUE


def test_a_reader_sees_the_old_or_the_new_value_while_one_is_written(tmp_path: Path):
    store, values, seen = Store(tmp_path), ("甲" * 50_000, "乙" * 70_000), []
    store.put(TEXT, "a", KEY, values[0])
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(store.get(TEXT, "a", KEY))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(200):
        store.put(TEXT, "a", KEY, values[turn % 2])
    done.set()
    reader.join()
    assert set(seen) <= set(values)
    assert [file.name for file in (tmp_path / "test-text").iterdir()] == ["a"]


def _bombs(mark: Path) -> dict[str, bytes]:
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(mark),)

    text = f"import os; os.mkdir({str(mark)!r})"
    return {
        "pickle": pickle.dumps(Bomb()),
        "pickle of key and value": pickle.dumps((KEY, Bomb())),
        "code": marshal.dumps(compile(text, "x", "exec")),
        "yaml": f"!!python/object/apply:os.mkdir [{str(mark)!r}]".encode(),
        "source": text.encode(),
    }


def test_nothing_in_a_cache_runs_and_all_that_is_kept_is_declared(make_site, tmp_path: Path):
    site: Site = make_site(DISCLOSURE)
    site.rectify("build").ok()
    site.rectify("check").ok()
    cache, mark = site.root / ".cache" / "rectify", tmp_path / "ran"
    clean = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file() and path != cache / "lock"}
    assert {path.parent.name for path in clean} == Kept.kinds.keys() - {"test", "test-text"} - OF_PUBLICATIONS
    page = site.page("reports/2024-a/01/")
    for bomb in _bombs(mark).values():
        for path, data in clean.items():
            # Behind a key that fits and a checksum that fits: neither has a secret.
            path.write_bytes(data[:16] + hashlib.blake2b(bomb, digest_size=16).digest() + bomb)
        (cache / "templates").mkdir(exist_ok=True)
        (cache / "templates" / "__jinja2_x.cache").write_bytes(bomb)
        site.rectify("check").ok()
        site.rectify("build").ok()
        assert not mark.exists() and site.page("reports/2024-a/01/") == page
    assert {path for path in cache.rglob("*") if path.is_file()} >= clean.keys()
    site.rectify("publish", "--to", "live")
    assert not mark.exists()
    shutil.rmtree(cache)


RUNNING = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "joblib", "code", "codeop"}
"""Modules that make code or objects of data."""
CALLS = {"eval", "exec", "compile", "__import__", "execfile"}


def _runs(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.split(".")[0] in RUNNING]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {node.module.split(".")[0], *(name.name for name in node.names)}
            found += names & (RUNNING | {"FileSystemBytecodeCache", "MemcachedBytecodeCache"})
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            found.append(node.func.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml":
            # SafeLoader and what is made of it is given to load().
            if node.attr in ("unsafe_load", "full_load", "Loader", "FullLoader", "UnsafeLoader", "unsafe_load_all"):
                found.append(f"yaml.{node.attr}")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "yaml.load":
            given = [*node.args[1:], *(word.value for word in node.keywords if word.arg == "Loader")]
            if not given:
                found.append("yaml.load")
    return found


def test_nothing_in_the_package_makes_code_of_data():
    wrong = {file.name: found for file in sorted((ROOT / "plugins").rglob("*.py")) if (found := _runs(file))}
    assert wrong == {}


def test_many_may_store_at_once_in_a_place_that_is_new(tmp_path):
    kept: Kept[str] = Kept("at-once", str)
    Kept.kinds.pop("at-once")  # the other tests look at every kind that the program has
    with ThreadPoolExecutor(8) as pool:
        for number in range(60):
            store = Store(tmp_path / str(number))
            list(pool.map(lambda name, store=store: store.put(kept, name, 1, "甲"), "abcdefgh"))
            assert store.get(kept, "h", 1) == "甲"
