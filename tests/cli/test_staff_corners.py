"""Corners of `rectify init`, `new`, `update`, `status`: awkward names, files, dates and histories."""

import shutil

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed
from helpers.site import Site

TWO = "reports/2024-a/02.md"


@pytest.fixture
def site(make_site) -> Site:
    return make_site(DISCLOSURE)


def update(site: Site, *arguments: str):
    return site.rectify("update", *arguments)


@pytest.mark.parametrize("place", ["", "清川 网站/"])
def test_a_number_that_only_the_history_knows(make_site, place):
    """Renumbered, deleted and committed or deleted only just, in a repository whose folders have Chinese names."""
    whole = make_site(DISCLOSURE)
    inner = Site(whole.root / place, whole.output) if place else whole
    if place:
        for name, text in DISCLOSURE.items():
            inner.write(name, text)
        shutil.copy(whole.root / "mkdocs.yml", inner.root)
    disclosure = inner.root / "content/reports/2024-a"
    (disclosure / "07.md").write_text(DISCLOSURE[TWO], "utf-8")
    committed(whole)
    new = ["new", "problem", "2024-a", "--title", "甲", "--status", "待整改", "--dry-run"]
    (disclosure / "07.md").rename(disclosure / "03.md")
    assert "08.md" in inner.rectify(*new).ok().out
    commit(whole)
    assert "08.md" in inner.rectify(*new).ok().out
    (disclosure / "03.md").unlink()
    commit(whole)
    assert "08.md" in inner.rectify(*new).ok().out


def test_two_attachments_of_one_name_are_refused(site):
    for folder in ("甲", "乙"):
        (site.root / folder).mkdir()
        (site.root / folder / "清单.txt").write_text(folder, "utf-8")
    arguments = ["2024-a/02", "--status", "持续推进", "--note", "附清单。", "--date", "2024-09-01"]
    refused = update(site, *arguments, "--attach", "甲/清单.txt", "--attach", "乙/清单.txt")
    assert (
        refused.exit == 1
        and "清单.txt" in refused.out
        and (site.root / "content" / TWO).read_text("utf-8") == DISCLOSURE[TWO]
    )
    assert not (site.root / "content/reports/2024-a/files").exists()


def test_attachments_of_awkward_names(site):
    for name in ("---", "清单.txt"):
        (site.root / name).write_text(name, "utf-8")
    arguments = ["2024-a/02", "--status", "持续推进", "--note", "附清单。", "--date", "2024-09-01", "--attach"]
    update(site, *arguments, "./---").ok()
    assert (site.root / "content/reports/2024-a/files/file").read_text("utf-8") == "---"
    (site.root / "content/reports/2024-a/files/清单.txt").mkdir()
    refused = update(site, *arguments, "清单.txt")
    assert refused.exit == 1 and "已经存在" in refused.out and "Traceback" not in refused.out


def test_the_bare_name_of_a_file_is_a_reference_inside_its_folder(site):
    inside = Site(site.root / "content/reports/2024-a", site.output)
    assert "已完成2个" in update(inside, "02.md", "--status", "已完成", "--note", "甲", "--date", "2024-09-20").ok().out
    assert update(site, "02.md", "--status", "已完成", "--note", "甲").exit == 2


def test_the_as_of_date_never_goes_back(site):
    refused = update(
        site, "2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2024-09-20", "--as-of", "2024-09-21"
    )
    assert refused.exit == 1 and "不能退回 2024-09-21" in refused.out
    assert (site.root / "content" / TWO).read_text("utf-8") == DISCLOSURE[TWO]


def test_a_verification_without_its_status_is_refused(site):
    refused = update(
        site, "2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2024-09-20", "--closeout-by", "市委巡察办"
    )
    assert refused.exit == 2 and "已销号" in refused.out


def test_the_recount_says_what_it_cannot_count(site):
    site.write(TWO, DISCLOSURE[TWO].encode("gb18030"))
    out = update(site, "2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2024-09-20").ok().out
    assert "1个问题：已完成1个，持续推进0个（另有 1 个文件读不出，没有计入）" in out


@pytest.mark.parametrize("epoch", ["9" * 20, "²", "昨天"])
def test_a_build_date_that_is_none(site, epoch):
    result = site.rectify("status", env={"SOURCE_DATE_EPOCH": epoch})
    assert result.exit == 2 and "SOURCE_DATE_EPOCH" in result.out and "Traceback" not in result.out


@pytest.mark.parametrize("name", ['清川"整改', "清川\\整改", "清川\n整改", "清川\x07整改", "清川\u2028整改"])
def test_names_that_a_configuration_cannot_hold(site, name):
    result = site.rectify("init", "新", "--name", name)
    assert result.exit == 2 and not (site.root / "新").exists()
