"""Somebody who may commit wants the machine that publishes: nothing of the repository runs, nothing outside it is read."""

import shutil
import sys
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.hostile import LEFT_ASIDE, REFUSED, SCRIPT, SECRET, Outside, account, configuration_of_git
from helpers.repository import commit, committed
from helpers.site import Result, Site


@pytest.fixture(autouse=True)
def begun_from_nothing(monkeypatch: pytest.MonkeyPatch):
    """What lies in wait for an interpreter that begins would miss one that has."""
    monkeypatch.setenv("RECTIFY_TESTS_COLD", "1")


@pytest.fixture
def outside(tmp_path) -> Outside:
    made = Outside(tmp_path / "outside")
    account(made)
    return made


@pytest.fixture(scope="module")
def honest(tmp_path_factory) -> Path:
    """A new site with a disclosure, in a repository; made once, and copied for whoever spoils it."""
    made = Site(tmp_path_factory.mktemp("honest") / "theirs", Path("site"))
    made.root.mkdir()
    made.rectify("init").ok()
    shutil.rmtree(made.root / "content/reports/2025-shili")
    for name, body in DISCLOSURE.items():
        made.write(name, body)
    return committed(made).root


@pytest.fixture
def site(tmp_path, outside, honest) -> Site:
    """It, in the repository of somebody else."""
    shutil.copytree(honest, tmp_path / "theirs", symlinks=True)
    return Site(tmp_path / "theirs", tmp_path / "site")


def publish(site: Site, *arguments: str) -> Result:
    """Published as the worst habit has it: with the repository as the current folder, and a token in the environment."""
    environment = {"HOME": str(site.root.parent / "outside" / "home"), "OFFICE_TOKEN": SECRET}
    return site.rectify("publish", "--to", "../live", "--repo", ".", *arguments, env=environment)


def shown(site: Site, text: str) -> list[str]:
    """Files below the place of publication, what is not on the site among them, that hold a text."""
    live = site.root.parent / "live"
    files = (path for path in live.rglob("*") if path.is_file() and not path.is_symlink() and ".git" not in path.parts)
    return [path.relative_to(live).as_posix() for path in files if text.encode() in path.read_bytes()]


def test_nothing_runs_and_nothing_outside_is_read(site, outside):
    for trick in LEFT_ASIDE:
        trick(site, outside)
    commit(site)
    configuration_of_git(site, outside)
    for left in outside.proof.glob("*") if outside.proof.is_dir() else ():
        left.unlink()  # the writer's own git has run them
    done = publish(site).ok()
    assert outside.ran() == []
    assert shown(site, SECRET) == [] and SECRET not in done.out
    assert [path for path in shown(site, SCRIPT) if not path.startswith((".work/checkout/", ".work/cache/"))] == []
    page = (site.root.parent / "live/current/reports/2024-a/01/index.html").read_text("utf-8")
    assert "班组长逐日核对" in page and "rf-problem" in page, (
        "what is honest is published, in the theme of this machine"
    )
    for name in ("hooks", "extra", "INHERIT", "markdown_extensions", "theme.custom_dir"):
        assert name in done.out
    assert not (site.root.parent / "live/.work/checkout/overrides").exists()


@pytest.mark.parametrize("trick", REFUSED, ids=lambda trick: trick.__name__)
def test_what_cannot_be_left_aside_is_refused(site, outside, trick):
    trick(site, outside)
    commit(site)
    done = publish(site)
    assert done.exit in (1, 4) and REFUSED[trick] in done.out and "Traceback" not in done.out
    assert outside.ran() == [] and shown(site, SECRET) == [] and SECRET not in done.out
    assert not (site.root.parent / "live/current").exists()


ENDLESS = "import time\ntime.sleep(600)\n"
HUGE = "everything = bytearray(8 << 30)\n"


@pytest.mark.parametrize(
    ("hook", "limit", "said"),
    [
        (ENDLESS, ("--time-limit", "8"), "8 秒还没有结束"),
        pytest.param(
            HUGE,
            ("--memory-limit", "2048"),
            "内存超过 2048 MB",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="no limits"),
        ),
    ],
)
def test_a_trusted_repository_runs_within_limits(site, outside, hook, limit, said):
    publish(site, "--trust-repository").ok()
    before = (site.root.parent / "live/current").resolve()
    (site.root / "hook.py").write_text(outside.python("hook") + hook, "utf-8")
    with open(site.root / "mkdocs.yml", "a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    commit(site)
    done = publish(site, "--trust-repository", *limit)
    assert done.exit == 1 and said in done.out and "Traceback" not in done.out
    assert outside.ran() == ["hook"] and "谁能提交，谁就能在本机运行程序" in done.out
    assert (site.root.parent / "live/current").resolve() == before
    assert "--trust-repository" in site.rectify("doctor", "--to", "../live").out


def test_the_publisher_goes_before_the_repository(site):
    mine = site.root.parent / "etc" / "mkdocs.yml"
    (mine.parent / "theme/partials").mkdir(parents=True)
    (mine.parent / "theme/partials/site-footer.html").write_text("<p>本单位的页脚</p>", "utf-8")
    theirs = site.root / "mkdocs.yml"
    theirs.write_text(
        theirs.read_text("utf-8").replace("整改公开工作办公室", "他们的办公室") + "copyright: 他们\n", "utf-8"
    )
    commit(site)

    def page(text: str) -> str:
        mine.write_text(text, "utf-8")
        publish(site, "--config", str(mine)).ok()
        return (site.root.parent / "live/current/index.html").read_text("utf-8").replace("<wbr>", "")

    first = page("site_url: https://zhenggai.example/\ncopyright: 我们\n")
    assert "https://zhenggai.example/" in first and "我们" in first and "他们的办公室" in first
    assert (site.root.parent / "live/current/sitemap.xml").is_file()
    second = page("theme: {name: rectify, custom_dir: theme}\nplugins:\n- rectify: {publisher: 我们的办公室}\n")
    assert "本单位的页脚" in second and "我们的办公室" in second and "他们的办公室" not in second
    assert publish(site, "--config", str(mine)).exit == 3
    mine.write_text("site_url: https://zhenggai.example/\ncopyright: !ENV [OFFICE_TOKEN, 我们]\n", "utf-8")
    refused = publish(site, "--config", str(mine))
    assert refused.exit == 1 and "mkdocs.yml:2：!ENV" in refused.out and SECRET not in refused.out


def test_a_program_is_no_address_of_a_repository(site, outside):
    done = site.rectify("publish", "--to", "../live", "--repo", f"ext::sh -c {outside.shell('address')}")
    assert done.exit == 1 and outside.ran() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--config", "mkdocs.yml"),
        ("--trust-repository",),
        ("--repo", ".", "--config", "mkdocs.yml"),
        ("--repo", ".", "--config", "../outside/home/.gitconfig", "--trust-repository"),
    ],
)
def test_whose_word_counts_is_asked_of_a_repository_only(site, arguments):
    assert site.rectify("publish", "--to", "../live", *arguments).exit == 2


def test_what_a_repository_lets_pass_is_told_and_may_be_left_to_the_publisher(site):
    one = site.root / "content/reports/2024-a/01.md"
    one.write_text(one.read_text("utf-8") + "\n村民王某的手机13800001234。\n", "utf-8")
    (site.root / "words.toml").write_text('allowed = ["13800001234", "村民王某"]\n', "utf-8")
    commit(site)
    done = publish(site)
    assert done.exit == 0 and "让检查放行 2 项" in done.out
    assert "138****1234、村民王某" in done.out and "13800001234" not in done.out
    mine = site.root.parent / "etc" / "mkdocs.yml"
    mine.parent.mkdir()
    mine.write_text("plugins:\n- rectify: {words: words.toml}\n", "utf-8")
    (mine.parent / "words.toml").write_text("allowed = []\n", "utf-8")
    done = publish(site, "--config", str(mine))
    assert done.exit == 4 and "[P002]" in done.out and "让检查放行" not in done.out


@pytest.mark.parametrize("name", ["words.toml", "units.toml"])
def test_a_list_that_cannot_be_read_is_refused_where_it_is_the_repositorys_and_fails_where_it_is_ours(site, name):
    (site.root / name).write_text("= 3\n", "utf-8")
    commit(site)
    done = publish(site)
    assert done.exit == 4 and name in done.out and "Traceback" not in done.out
    mine = site.root.parent / "etc" / "mkdocs.yml"
    mine.parent.mkdir()
    mine.write_text("plugins:\n- rectify: {words: words.toml, units: units.toml}\n", "utf-8")
    (mine.parent / name).write_text("= 3\n", "utf-8")
    assert publish(site, "--config", str(mine)).exit == 1
