"""Where caches lie: within the site's own folder, reached by no link, tracked by no git; a publisher's in its own place."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed, git
from helpers.site import Site


def tracked(site: Site, folder: str) -> None:
    committed(site)
    (site.root / folder / "checks").mkdir(parents=True)
    (site.root / folder / "checks" / "2024-a").write_bytes(b"x")
    git(site, "add", "-f", folder).ok()
    commit(site)


def linked(site: Site, folder: str) -> None:
    path = site.root / folder
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(site.root.parent, target_is_directory=True)


REFUSED: dict[str, tuple[str, Callable[[Site], object], str]] = {
    "absolute": ("/srv/rectify-cache", lambda site: None, "写成相对路径"),
    "outside": ("../cache", lambda site: None, "写成相对路径"),
    "the site itself": (".", lambda site: None, "写成相对路径"),
    "within the content": ("content/cache", lambda site: None, "与 .*content 重叠"),
    "around what is built": ("site", lambda site: None, "与 .*site 重叠"),
    "a link": ("c", lambda site: linked(site, "c"), "c 是链接"),
    "behind a link": (".cache/rectify", lambda site: linked(site, ".cache"), ".cache 是链接"),
    "a link in it": ("c", lambda site: linked(site, "c/checks"), "c/checks 是链接"),
    "a file": (".cache/rectify", lambda site: (site.root / ".cache").touch(), ".cache 是文件"),
    "tracked": (".cache/rectify", lambda site: tracked(site, ".cache/rectify"), "git rm -r --cached .cache/rectify"),
    "tracked elsewhere": ("kept", lambda site: tracked(site, "kept"), "由 git 跟踪"),
    "another repository": ("c", lambda site: (site.root / "c" / ".git").mkdir(parents=True), "c 是另一个 git 仓库"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_folder_that_others_could_have_filled_is_refused_with_file_field_and_remedy(make_site, case: str):
    folder, prepare, said = REFUSED[case]
    site = make_site(DISCLOSURE, plugins=[{"rectify": {"cache": folder}}])
    prepare(site)
    before = {path for path in site.root.parent.rglob("*") if ".git" not in path.parts}
    for result in (site.rectify("check"), site.build()):
        assert result.exit == 1 and "Traceback" not in result.out
        assert "mkdocs.yml: plugins: rectify: cache:" in result.out and re.search(said, result.out), result.out
    told = site.rectify("doctor")
    assert told.exit == 1 and re.search(rf"\[错误\].*{said}", told.out), told.out
    assert {path for path in site.root.parent.rglob("*") if ".git" not in path.parts} == before


def test_what_git_ignores_and_another_folder_of_the_site_are_taken(make_site, tmp_path: Path):
    site = committed(make_site(DISCLOSURE, plugins=[{"rectify": {"cache": "kept/here"}}]))
    site.rectify("check").ok()
    assert (site.root / "kept" / "here" / "checks" / "2024-a").is_file()
    site.rectify("check", env={"RECTIFY_CACHE": str(tmp_path / "mine")}).ok()
    assert (tmp_path / "mine" / "checks" / "2024-a").is_file()


def test_a_publisher_keeps_the_caches_in_its_own_folder(make_site):
    site = make_site(DISCLOSURE)
    tracked(site, ".cache/rectify")
    for arguments in (("--repo", "."), ()):
        site.rectify("publish", "--to", f"live{len(arguments)}", *arguments).ok()
        work = site.root / f"live{len(arguments)}" / ".work"
        assert [path.name for path in work.glob("cache/*/checks/*")] == ["2024-a"]
        assert list(work.glob("checkout/.cache/rectify/*")) == list(work.glob("checkout/.cache/rectify/checks"))
    assert [path.name for path in (site.root / ".cache" / "rectify").rglob("*")] == ["checks", "2024-a"]
