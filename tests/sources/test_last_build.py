"""Whether a site can still be what was last built: everything that it is made from counts, and what cannot be told is not guessed."""

import os
from pathlib import Path

import pytest

from rectify.sources.last_build import sources_of

CONFIGURATION = (
    "site_name: 登记\ndocs_dir: content\nstrict: true\ntheme: {name: rectify, custom_dir: theme}\nplugins: [rectify]\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {
        "mkdocs.yml": CONFIGURATION,
        "content/index.md": "# 首页\n",
        "content/reports/2024-a/files/a.pdf": "%PDF",
        "theme/main.html": "",
        "words.toml": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def sources(site: Path) -> str:
    return sources_of(site / "mkdocs.yml", site / "site")


def test_everything_that_a_site_is_made_from_counts(site: Path, monkeypatch: pytest.MonkeyPatch):
    seen = [sources(site)]
    assert seen[0] and sources(site) == seen[0]

    def is_new() -> None:
        assert sources(site) and sources(site) not in seen
        seen.append(sources(site))

    for name in (
        "mkdocs.yml",
        "content/index.md",
        "content/reports/2024-a/files/a.pdf",
        "theme/main.html",
        "words.toml",
    ):
        with (site / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        is_new()
    os.utime(site / "content/index.md", (1, 1))
    is_new()
    (site / "content/reports/2024-b").mkdir()
    is_new()
    (site / "units.toml").write_text("", "utf-8")
    is_new()
    (site / "content/index.md").rename(site / "content/about.md")
    is_new()
    (site / "base.yml").write_text("extra: {a: 1}\n", "utf-8")
    (site / "mkdocs.yml").write_text(f"INHERIT: base.yml\n{CONFIGURATION}", "utf-8")
    is_new()
    (site / "base.yml").write_text("extra: {a: 2}\n", "utf-8")
    is_new()
    for name in ("SOURCE_DATE_EPOCH", "RECTIFY_LANG"):
        monkeypatch.setenv(name, "1700000000")
        is_new()
    assert sources_of(site / "mkdocs.yml", site / "elsewhere") not in seen


def test_another_day_counts(site: Path, monkeypatch: pytest.MonkeyPatch):
    before = sources(site)
    monkeypatch.setattr("rectify.sources.clock.today", lambda zone: None)
    assert sources(site) != before


@pytest.mark.parametrize(
    "change",
    [
        ("[rectify]", "[rectify, search]"),
        ("[rectify]", "{rectify: {published: public}}"),
        ("strict: true", "strict: false"),
        ("登记", "!ENV NAME"),
        ("plugins", "hooks: [a.py]\nplugins"),
        ("plugins", "markdown_extensions: [pymdownx.snippets]\nplugins"),
        ("plugins", "markdown_extensions: [{toc: {}}, {footnotes: {}}, other]\nplugins"),
        ("name: rectify, ", "name: material, "),
        ("site_name: 登记", "site_name: ["),
    ],
)
def test_of_a_site_that_could_read_anything_nothing_is_said(site: Path, change: tuple[str, str]):
    (site / "mkdocs.yml").write_text(CONFIGURATION.replace(*change), "utf-8")
    assert sources(site) == ""


def test_of_a_site_with_a_link_nothing_is_said(site: Path):
    (site / "content/reports/2024-a/b.md").symlink_to(site / "words.toml")
    assert sources(site) == ""
