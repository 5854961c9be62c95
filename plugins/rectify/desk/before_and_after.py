"""A page as readers have it now beside the page as it will be: what is public is the last publication, or what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, abort, render_template, send_file
from werkzeug.wrappers import Response as AnyResponse

from rectify.core.language import _
from rectify.core.site_map import REPORTS, at
from rectify.desk.changed_files import changes_of
from rectify.desk.frames import asset, attachment, framed, is_attachment, named, not_here, sentence
from rectify.desk.publications import published
from rectify.desk.repository import Repository
from rectify.desk.trial import earlier
from rectify.host.no_look import NoLook
from rectify.sources.edit import CannotEdit

if TYPE_CHECKING:
    from rectify.desk.application import Desk


class Before(NamedTuple):
    """What readers have now."""

    commit: str
    what: str
    """Where that is known from."""


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def compare(disclosure: str, nn: str = "") -> str | AnyResponse:
        path = f"{REPORTS}/{disclosure}/{nn or 'index'}.md"
        file = desk.office.content / path
        if not file.resolve().is_relative_to(desk.office.content.resolve()):
            abort(404)
        repository = desk.repository
        before = before_of(desk, repository) if repository else None
        old = repository.file(before.commit, path) if repository and before else None
        new = file.read_bytes() if file.is_file() else None
        if old is None and new is None:
            abort(404)
        # What is saved is compared, not what is being typed somewhere.
        desk.shown = {}
        try:
            changes, title, _status = changes_of(old, new, path)
        except CannotEdit:
            changes, title = (), ""
        place = at("problem", disclosure=disclosure, nn=nn) if nn else at("disclosure", disclosure=disclosure)
        return render_template(
            "compare.html", rid=disclosure, nn=nn, title=title or disclosure, before=before, had=old is not None,
            has=new is not None, changes=changes if old is not None and new is not None else (), page=f"{place}index.html",
        )  # fmt: skip

    def page(path: str) -> AnyResponse:
        parts = path.split("/")
        if is_attachment(path):
            repository = desk.repository
            before = before_of(desk, repository) if repository else None
            return attachment(path, repository.file(before.commit, path) if repository and before else None)
        files = _pages(desk, parts[1]) if parts[0] == REPORTS and len(parts) > 2 else desk.before[1]
        found = named(files, path)
        if found is None and (file := asset(desk, path)):
            return send_file(file)
        if found is None and files:
            return not_here(path)
        return framed(found if found is not None else sentence(_("现在的内容有检查提示，看不到它的页面")), path)

    app.add_url_rule("/compare/<disclosure>", "compare_disclosure", compare)
    app.add_url_rule("/compare/<disclosure>/<nn>", "compare", compare)
    app.add_url_rule("/before/", "before", page, defaults={"path": ""})
    app.add_url_rule("/before/<path:path>", "before", page)


def before_of(desk: Desk, repository: Repository) -> Before | None:
    """Return what readers have now, None where nothing was handed in yet."""
    site = published(desk.office.site.published, repository, ())
    if site.now and site.is_known:
        what = _("网站上现在的，第 {release} 次公开（{day}）", release=site.now.number, day=site.now.day)
        return Before(repository.head(site.now.commit), what)
    if there := repository.upstream():
        return Before(there, _("单位的仓库里现在的"))
    here = repository.head()
    return Before(here, _("上次提交的")) if here else None


def _pages(desk: Desk, disclosure: str) -> dict[str, bytes]:
    """Return the pages of a disclosure as readers have it now, and their styles, by path; nothing where none can be made."""
    repository = desk.repository
    before = before_of(desk, repository) if repository else None
    if repository is None or before is None:
        return {}
    known, files = desk.before
    if known != (before.commit, disclosure):
        with earlier(desk.office, disclosure, repository.folder(before.commit, f"{REPORTS}/{disclosure}")) as content:
            try:
                files = desk.look.files(content, disclosure)
            except NoLook:
                files = {}
        desk.before = ((before.commit, disclosure), files)
    return files
