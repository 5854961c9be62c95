"""The cache gives back exactly what was put, or nothing; it never gives half of anything."""

import os
import pickle
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.model import Problem
from rectify.sources.store import Store

KEY = ("1", (("01.md", 1, 2),))
VALUE = Problem("2024-jia", "01", "台账不全", "done", deadline=date(2024, 5, 1))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.put("folders/a", KEY, VALUE)
    return store


def test_a_value_comes_back_under_its_own_key_alone(store: Store, tmp_path: Path):
    assert store.get("folders/a", KEY) == VALUE
    assert store.get("folders/a", ("2", KEY[1])) is None
    assert store.get("folders/b", KEY) is None
    assert Store(tmp_path / "none").get("folders/a", KEY) is None


@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_ignored(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    folder = tmp_path_factory.getbasetemp() / "damaged"
    store, file = Store(folder), folder / "a"
    store.put("a", KEY, VALUE)
    good = file.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    kind = data.draw(st.sampled_from(["cut", "flipped", "longer", "foreign"]))
    flipped = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    bad = {"cut": good[:place], "flipped": flipped, "longer": good + b"\0", "foreign": data.draw(st.binary())}[kind]
    file.write_bytes(bad)
    assert store.get("a", KEY) is None
    store.put("a", KEY, VALUE)
    assert store.get("a", KEY) == VALUE


def test_a_pickle_without_its_checksum_is_never_loaded(store: Store, tmp_path: Path):
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "exploded"),)

    (tmp_path / "folders" / "a").write_bytes(pickle.dumps((KEY, Bomb())))
    assert store.get("folders/a", KEY) is None
    assert not (tmp_path / "exploded").exists()


def test_a_value_of_a_class_that_is_gone_is_ignored(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr("rectify.core.model.Problem")
    assert store.get("folders/a", KEY) is None


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_an_interrupted_write_leaves_the_old_value(store: Store, monkeypatch: pytest.MonkeyPatch, step: str):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(*((Path, step) if step == "write_bytes" else (os, step)), stop)
    with pytest.raises(KeyboardInterrupt):
        store.put("folders/a", KEY, "neu")
    assert store.get("folders/a", KEY) == VALUE


def test_a_reader_sees_the_old_or_the_new_value_while_one_is_written(tmp_path: Path):
    store, values, seen = Store(tmp_path), ("甲" * 50_000, "乙" * 70_000), []
    store.put("a", KEY, values[0])
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(store.get("a", KEY))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(200):
        store.put("a", KEY, values[turn % 2])
    done.set()
    reader.join()
    assert set(seen) <= set(values)
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
