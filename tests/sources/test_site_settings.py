"""What a repository may say about its site: the settings of a new site all count, nothing else does, nothing is made of a tag."""

import random
import string
from pathlib import Path

import pytest

from rectify.core.language import LANGUAGES, language
from rectify.sources.site_settings import SiteSettings, read_settings
from rectify.sources.starter import starter_files

STARTER = starter_files(language("zh"))["mkdocs.yml"].replace("{name}", "整改").replace("{publisher}", "办公室")


def read(root: Path, text: str | bytes) -> SiteSettings:
    (root / "mkdocs.yml").write_bytes(text.encode() if isinstance(text, str) else text)
    return read_settings(root)


@pytest.mark.parametrize("key", LANGUAGES)
def test_a_new_site_is_published_as_it_is(tmp_path, key):
    text = starter_files(language(key))["mkdocs.yml"].replace("{name}", "N & n").replace("{publisher}", "P")
    found = read(tmp_path, text)
    assert (found.ignored, found.language, found.options) == ((), key, {"publisher": "P"})
    assert found.settings["site_name"] == "N & n" and found.settings["theme"]["language"] == key
    assert found.settings["nav"] == ["index.md", "about.md", "methodology.md"]
    assert not {"docs_dir", "site_dir", "plugins"} & set(found.settings)


def test_without_a_file_the_installed_settings_are_used(tmp_path):
    found = read_settings(tmp_path)
    assert found.settings["site_name"] == "整改公开" and "nav" not in found.settings and found.ignored == ()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("site_name: 2024", "site_name", "2024"),
        ("site_name: !!str 甲", "site_name", "甲"),
        ("site_name: >\n  甲\n  乙\n", "site_name", "甲 乙"),
        ("site_name: &a 甲\nsite_description: *a", "site_description", "甲"),
        ("copyright: <b>我们</b> & 你们", "copyright", "&lt;b&gt;我们&lt;/b&gt; &amp; 你们"),
        ("extra: {site_id_code: 3301000001, homepage: x}", "extra", {"site_id_code": "3301000001"}),
        (
            "nav: [index.md, 说明: [a/b.md, 上级: 'https://a.example/']]",
            "nav",
            ["index.md", {"说明": ["a/b.md", {"上级": "https://a.example/"}]}],
        ),
    ],
)
def test_texts_and_the_menu_are_taken(tmp_path, text, name, value):
    assert read(tmp_path, text).settings[name] == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hooks: [a.py]", "hooks"),
        ("INHERIT: /etc/mkdocs.yml", "INHERIT"),
        ("site_url: https://elsewhere.example/", "site_url"),
        ("extra_javascript: ['https://elsewhere.example/a.js']", "extra_javascript"),
        ("extra: {analytics: {provider: custom}}", "extra.analytics"),
        ("extra: !!python/object/apply:os.system [id]", "extra"),
        ("theme: {name: rectify, custom_dir: theme}", "theme.custom_dir"),
        ("theme: {name: evil}", "theme.name"),
        ("theme: evil", "theme"),
        ("plugins: [search, rectify: {publisher: a, cache: /etc}]", "plugins.search"),
        ("plugins: {rectify: {cache: /etc}}", "plugins.rectify.cache"),
        ("plugins: {rectify: {words: /etc/passwd}}", "plugins.rectify.words"),
        ("markdown_extensions: [evil]", "markdown_extensions"),
        ("strict: false", "strict"),
        ('"a\\eb": 1', "'a\\x1bb'"),
        ("<<: {hooks: [a.py]}", "<<"),
    ],
)
def test_all_else_is_named_and_left_aside(tmp_path, text, name):
    found = read(tmp_path, text)
    assert name in found.ignored
    assert found.settings == read(tmp_path, "").settings


@pytest.mark.parametrize(
    "text",
    [
        "site_name: !ENV TOKEN",
        "site_name: [甲]",
        'site_name: "a\\x1acontent\\x1a"',
        "site_name: " + "长" * 501,
        "copyright: !!python/name:os.system",
        "plugins: {rectify: {publisher: !ENV TOKEN}}",
        "docs_dir: ..",
        "docs_dir: /etc",
        "nav: [../../etc/passwd.md]",
        "nav: [/etc/a.md]",
        "nav: [a/./b.md]",
        "nav: [{甲: 'javascript:a()'}]",
        "nav: [{甲: !ENV TOKEN}]",
        "nav: 甲",
        "nav: &a [*a]",
        "nav: [" + "index.md, " * 201 + "]",
        "- 甲",
        "site_name: [",
        "site_name: " + "[" * 20_000,
        "a: '" + "x" * 70_000 + "'",
        b"site_name: \xff",
    ],
    ids=lambda text: str(text)[:30],
)
def test_what_is_no_text_is_refused_with_its_place(tmp_path, text):
    with pytest.raises(ValueError, match=r"^mkdocs\.yml"):
        read(tmp_path, text)


def test_aliases_that_multiply_cost_nothing(tmp_path):
    lines = [
        "a0: &a0 [x, x, x, x, x, x, x, x, x]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)),
    ]
    found = read(tmp_path, "\n".join([*lines, "validation: *a59", "palette: *a59"]))
    assert "a59" in found.ignored and "validation" in found.ignored


def test_any_other_bytes_give_settings_or_a_sentence(tmp_path):
    """The same every time: what a hand or a merge makes of the file of a new site."""
    chance = random.Random(12)
    signs = string.punctuation + " \n\t\x00\x85\ufeff&*!甲"
    for _ in range(300):
        text = STARTER
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(signs) * chance.randint(1, 3) + text[place + chance.randint(0, 9) :]
        try:
            found = read(tmp_path, text)
        except ValueError as error:
            assert "mkdocs.yml" in str(error)
        else:
            assert all(isinstance(found.settings[name], str) for name in ("site_name",))
