"""Which site a folder belongs to, and where its parts lie."""

from pathlib import Path

import pytest

from rectify.sources.configuration import Configuration, find_configuration, read_configuration


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
        tmp_path, tmp_path / "docs", tmp_path / "site", tmp_path / "words.toml", None, file, ".cache/rectify"
    )


@pytest.mark.parametrize(
    "plugins",
    [
        "  - search\n  - rectify: {cache: tmp/c, words: office.toml, published: ../public/current}",
        "  search: {}\n  rectify:\n    cache: tmp/c\n    words: office.toml\n    published: ../public/current",
    ],
)
def test_folders_are_relative_to_the_configuration(tmp_path: Path, plugins: str):
    file = written(tmp_path, f"docs_dir: content\nsite_dir: out\nplugins:\n{plugins}\n")
    assert read_configuration(file) == Configuration(
        tmp_path,
        tmp_path / "content",
        tmp_path / "out",
        tmp_path / "office.toml",
        tmp_path / "../public/current",
        file,
        "tmp/c",
    )


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
