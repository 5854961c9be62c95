"""Which site a folder belongs to, and where its parts lie."""

import os
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from rectify.prose.own_words import read_words
from rectify.sources.configuration import Configuration, find_configuration, read_configuration
from rectify.sources.configuration_tree import read_tree, refuse_endless
from rectify.sources.content import survey


def written(root: Path, text: str, name: str = "mkdocs.yml") -> Path:
    root.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")
    return root / name


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"])
def test_the_nearest_configuration_above_is_found(tmp_path: Path, name: str):
    written(tmp_path, "site_name: 外\n")
    file = written(tmp_path / "site", "site_name: 内\n", name)
    folder = tmp_path / "site/content/reports/2024-a"
    folder.mkdir(parents=True)
    assert find_configuration(folder) == find_configuration(tmp_path / "site") == file


def test_where_there_is_none_none_is_found(tmp_path: Path):
    (tmp_path / "mkdocs.yml").mkdir()
    assert find_configuration(tmp_path) is None


def test_what_is_not_named_is_where_it_usually_is(tmp_path: Path):
    file = written(tmp_path, "site_name: 登记\n")
    assert read_configuration(file) == Configuration(
        tmp_path,
        tmp_path / "docs",
        tmp_path / "site",
        tmp_path / "words.toml",
        tmp_path / "units.toml",
        None,
        file,
        ".cache/rectify",
        "Asia/Shanghai",
    )


@pytest.mark.parametrize(
    "plugins",
    [
        "  - search\n  - rectify: {cache: tmp/c, words: office.toml, published: ../public/current}",
        "  search: {}\n  rectify:\n    cache: tmp/c\n    words: office.toml\n    published: ../public/current",
    ],
)
def test_folders_are_relative_to_the_configuration(tmp_path: Path, plugins: str):
    (tmp_path / "office.toml").touch()
    file = written(tmp_path, f"docs_dir: content\nsite_dir: out\nplugins:\n{plugins}\n")
    assert read_configuration(file) == Configuration(
        tmp_path,
        tmp_path / "content",
        tmp_path / "out",
        tmp_path / "office.toml",
        tmp_path / "units.toml",
        tmp_path / "../public/current",
        file,
        "tmp/c",
        "Asia/Shanghai",
    )


@pytest.mark.parametrize("limit", ["0", "-1", "20MB", "1.5"])
def test_a_limit_is_a_number_of_megabytes(tmp_path: Path, limit: str):
    plugins = "plugins: [{rectify: {attachment_limit: "
    assert read_configuration(written(tmp_path, f"{plugins}50}}}}]\n")).attachment_limit == 50
    with pytest.raises(ValueError, match="attachment_limit"):
        read_configuration(written(tmp_path, f"{plugins}{limit}}}}}]\n"))


@pytest.mark.parametrize("plugins", ["[search, rectify]", "", "[{rectify: null}]", "{rectify: [a]}"])
def test_without_options_the_usual_hold(tmp_path: Path, plugins: str):
    assert read_configuration(written(tmp_path, f"plugins: {plugins}\n")).caches == ".cache/rectify"


def test_tags_of_mkdocs_and_python_are_passed_over(tmp_path: Path):
    text = "docs_dir: content\nsite_name: !ENV [NAME, 登记]\nhook: !!python/name:os.system\n"
    assert read_configuration(written(tmp_path, text)).content == tmp_path / "content"


def test_what_is_inherited_holds_unless_it_is_said_again(tmp_path: Path):
    written(tmp_path, "docs_dir: content\nsite_dir: out\n", "base.yml")
    read = read_configuration(written(tmp_path / "a", "INHERIT: ../base.yml\nsite_dir: public\n"))
    assert (read.content, read.site) == (tmp_path / "a/content", tmp_path / "a/public")


@pytest.mark.parametrize(
    ("parent", "child"),
    (
        ("plugins: {search: {}, rectify: {path: zhenggai, words: a.toml}}", "plugins: {rectify: {language: en}}"),
        ("plugins: [search, {rectify: {path: a}}]", "plugins: {rectify: {path: b}}"),
        ("plugins: {rectify: {path: a}}", "plugins: [{rectify: {language: en}}]"),
        ("theme: {name: material, features: [a, b]}\nextra: {a: {b: {c: 1}}}", "theme: {features: [c]}\nextra: {a: {b: {d: 2}}}"),
        ("theme: mkdocs\nnav: [a.md]", "theme: {name: material}\nnav: null"),
        ("site_name: !ENV HERE\ndocs_dir: !ENV [NOWHERE, HERE]", "site_dir: !ENV [NOWHERE, HERE, out]"),
        ("a: !ENV NOWHERE\nb: !ENV [NOWHERE]\nc: !ENV [NOWHERE, 20]\nd: !ENV [NOWHERE, [x, y]]", "e: !ENV [NUMBER, 1]"),
        ("a: !ENV [NOWHERE, {b: !ENV HERE}]\nb: !ENV EMPTY\nc: !ENV NO", "plugins: [{rectify: {path: !ENV [HERE, x]}}]"),
    ),
)  # fmt: skip
def test_the_tree_is_what_mkdocs_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parent: str, child: str):
    for name, value in {"HERE": "gov/zhenggai", "NUMBER": "7", "EMPTY": "", "NO": "no"}.items():
        monkeypatch.setenv(name, value)
    written(tmp_path, f"site_url: https://example.org/\n{parent}\n", "top.yml")
    written(tmp_path / "between", "INHERIT: ../top.yml\n", "base.yml")
    file = written(tmp_path, f"INHERIT: between/base.yml\n{child}\n")
    with open(file, "rb") as stream:
        wanted = yaml_load(stream)
    assert {key: value for key, value in read_tree(file).items() if key != "INHERIT"} == wanted


def test_a_variable_is_named_by_a_word(tmp_path: Path):
    with pytest.raises(ValueError, match=r"mkdocs\.yml:2"):
        read_configuration(written(tmp_path, "site_name: a\ndocs_dir: !ENV {a: b}\n"))


def test_inheriting_from_itself_ends(tmp_path: Path):
    assert (
        read_configuration(written(tmp_path, "INHERIT: mkdocs.yml\ndocs_dir: content\n")).content
        == tmp_path / "content"
    )


@pytest.mark.parametrize(
    "text", ["docs_dir: [content\n", "- a\n", "", "INHERIT: none.yml\n", "a: \x00\n", "plugins: &a [*a]\nb: *c\n"]
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str):
    file = written(tmp_path, text)
    with pytest.raises(ValueError, match=r"\.yml"):
        read_configuration(file)


def test_another_encoding_is_named(tmp_path: Path):
    (tmp_path / "mkdocs.yml").write_bytes("site_name: 登记\n".encode("gbk"))
    with pytest.raises(ValueError, match=r"mkdocs\.yml"):
        read_configuration(tmp_path / "mkdocs.yml")


MANY = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
MERGED = "m0: &m0 {a: 1}\n" + "".join(f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}'] * 10)}]\n" for n in range(1, 10))
HIMSELF = "a: &a [*a]\n"


@pytest.mark.parametrize(
    "text", [MANY + "docs_dir: *a9\n", MERGED, HIMSELF, "a: " + "{a: " * 5000, f"a: {'x' * 2_000_000}"]
)
def test_what_would_keep_a_reader_busy_is_refused(tmp_path: Path, text: str):
    for read in (read_configuration, refuse_endless):
        with pytest.raises(ValueError, match=r"mkdocs\.yml"):
            read(written(tmp_path, text))


@pytest.mark.parametrize("text", [MANY, MERGED, HIMSELF])
def test_a_page_whose_head_would_is_an_error(tmp_path: Path, text: str):
    written(tmp_path, f"---\n{text}---\n# 说明\n", "about.md")
    assert [(one.rule, one.path) for one in survey(tmp_path).findings] == [("S015", "about.md")]


def test_a_few_aliases_are_no_reason(tmp_path: Path):
    file = written(tmp_path, "a: &a {b: &b [1, 2]}\nc: [*a, *b]\nd: {<<: *a, e: 1}\n")
    refuse_endless(file)
    assert read_configuration(file).file == file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_what_is_no_file_or_too_large_beside_the_content_is_told(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "large").write_text("[typos]\n" + "# \n" * 200_000, "utf-8")
    for name in ("pipe", "zero", "large"):
        with pytest.raises(ValueError, match=name):
            read_words(tmp_path / name)
    for name in ("pipe", "zero"):
        with pytest.raises(ValueError, match=name):
            read_configuration(tmp_path / name)
