"""A disclosure or a problem is named alike to every command, in every way that somebody has it at hand."""

import click
import pytest

from helpers.cases import DISCLOSURE
from helpers.site import Site
from rectify.cli.references import any_of, problem_of

WHOLE = ("2024-a", "2024-a/", " 2024-a ", "２０２４-a", "2024-A", "reports/2024-a", "content/reports/2024-a/index.md",
         "https://zg.example/below/reports/2024-a/", "https:/zg.example/reports/2024-a/?x=1#y")  # fmt: skip
PROBLEM = ("2024-a/2", "2024-a/02", "2024-a/02.md", "２０２４-a／2", "2024-A/2", "2024-a\\02.md", "reports/2024-a/2/",
           "content/reports/2024-a/02.md", "./content/reports/2024-a/02", "https://zg.example/reports/2024-a/02/",
           "2024-a/002", "2024-a-2", "2024-a-02", "2024-A_2", "2024-a#2", "2024-a：2", "2024-a 02", "2024-a/第2项", "2024-a 问题2")  # fmt: skip
NONE = (
    "2024-b",
    "02",
    "",
    "../2024-a",
    "2024-a/9",
    "2024-a-9",
    "2024-a2",
    "https://zg.example/2024-a/",
    "content/about.md",
)


@pytest.fixture
def site(make_site) -> Site:
    return make_site(DISCLOSURE)


def test_every_way_of_naming(site, monkeypatch):
    monkeypatch.chdir(site.root)
    content = site.root / "content"
    for word in (*WHOLE, str(content / "reports" / "2024-a")):
        assert any_of(word, content) == ("2024-a", ""), word
        with pytest.raises(click.BadParameter, match="不是问题的编号"):
            problem_of(word, content)
    for word in (*PROBLEM, str(content / "reports" / "2024-a" / "02.md")):
        assert problem_of(word, content) == ("2024-a", "02"), word
    for word in NONE:
        with pytest.raises(click.BadParameter):
            any_of(word, content)


def test_every_command_takes_a_problem(site):
    for command in (
        ("check",),
        ("status",),
        ("export", "--docx", "--dry-run"),
        ("withdraw", "--reason", "误写", "--dry-run"),
        ("update", "--status", "已完成", "--note", "办结", "--dry-run"),
        ("new", "problem", "--title", "又一个", "--status", "待整改", "--dry-run"),
        ("show",),
        ("paper", "handover", "--force"),
        ("approve", "--by", "局党组", "--dry-run"),
    ):
        for word in ("2024-A/2", "2024-a-02"):
            assert site.rectify(*command, word).ok().out, command
    listed = site.rectify("status", "2024-a/2").ok().out
    assert "2024-a/02" in listed and "2024-a/01" not in listed
    assert "2024-a/01" in site.rectify("status", "2024-a/2", "2024-a").ok().out
