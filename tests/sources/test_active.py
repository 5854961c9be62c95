"""Which files a browser would run, by their names and, beside the pages, by what is in them."""

from pathlib import Path

import pytest

from rectify.sources.active import is_active, is_active_attachment

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"
RUNNING = {
    "a.svg": (
        DRAWING.format("<script>a()</script>"),
        DRAWING.format("<SCRIPT/>"),
        DRAWING.format("<x:script xmlns:x='http://www.w3.org/2000/svg'/>"),
        DRAWING.format("<g onclick = 'a()'/>"),
        DRAWING.format("<a href='javascript:a()'/>"),
        DRAWING.format("<a href='&#106;avascript:a()'/>"),
        DRAWING.format("<foreignObject/>"),
        "<?xml-stylesheet href='a'?>" + DRAWING,
        "<!DOCTYPE a [<!ENTITY b 'c'>]>" + DRAWING,
        "<a xmlns='http://www.w3.org/1999/xhtml'/>",
        DRAWING.format("<script/>").encode("utf-16"),
        "<svg>" + " " * 5_000_001,
    ),
    "a.html": ("<p>", "<!-- -->", "</p>", "甲<b"),
    "a.XML": ("<?xml version='1.0'?>",),
    "a.svgz": ("",),
    "a.swf": ("",),
}
QUIET = {
    "a.svg": (
        DRAWING.format("<path d='M0 0'/><text>one on=1 二</text>"),
        DRAWING.format("<style>.a{fill:red}</style><use href='#a'/>"),
        "",
    ),
    "a.html": ("a1b2c3", "google-site-verification: a.html", "1 < 2"),
    "a.js": ("a()",),
    "a.css": ("@import 'a'",),
    "a.txt": ("<script>",),
    "a.png": ("<script>",),
    "a": ("<script>",),
}


def written(folder: Path, name: str, text: str | bytes) -> Path:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / name


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in RUNNING.items() for text in texts], ids=lambda one: str(one)[:40]
)
def test_what_runs(tmp_path, name, text):
    assert is_active(written(tmp_path, name, text))


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in QUIET.items() for text in texts], ids=lambda one: str(one)[:40]
)
def test_what_does_not(tmp_path, name, text):
    assert not is_active(written(tmp_path, name, text))


@pytest.mark.parametrize(
    "name", ["a.html", "a.HTM", "a.svg", "a.pdf.svg", "a.svg.xml", "a.js", "a.xht", "a.rss", "a.mathml"]
)
def test_an_attachment_is_known_by_its_name(name):
    assert is_active_attachment(Path(name))


@pytest.mark.parametrize("name", ["a.pdf", "a.html.txt", "html", "a.docx", "a.csv", "a.xlsx", "a.ofd", "svg.png"])
def test_an_attachment_that_is_shown_or_saved(name):
    assert not is_active_attachment(Path(name))
