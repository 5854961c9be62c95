"""提交: what was changed since the last time, what the checks say of the whole, and handing it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rectify.core.finding import errors
from rectify.core.gate import Gate
from rectify.core.language import _, _n
from rectify.desk import journal
from rectify.desk.changed_files import Changed, changed_files, counted, message, ref_of
from rectify.desk.choices import chosen_in, decided
from rectify.desk.handing_in import Clashes, HandedIn, hand_in
from rectify.desk.journal import CannotUndo
from rectify.desk.mending import mends
from rectify.desk.moves import moves
from rectify.desk.office import once
from rectify.desk.publications import published
from rectify.desk.refusals import sentence_of
from rectify.desk.repository import Repository
from rectify.desk.taking_back import take_back
from rectify.desk.told import told
from rectify.sources.configuration import read_tree
from rectify.sources.file_edit import Edit

if TYPE_CHECKING:
    from rectify.desk.application import Desk


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def changes() -> str:
        register = desk.office.register()
        found = desk.office.findings(register)
        refused = Gate.HOOK.refuses(found)
        later = [one for one in errors(found) if one not in refused]
        wrong = once(refused)
        repository = desk.repository
        changed: Sequence[Changed] = changed_files(repository) if repository else ()
        steps = repository.steps(5) if repository else []
        return render_template(
            "changes.html",
            wrong=wrong,
            unapproved=sorted({one.path.split("/")[1] for one in later}),
            mends=len(mends(desk.office.content, wrong)),
            has_repository=repository is not None,
            no_record="" if repository else Repository.why_none(desk.office.content),
            remote=repository.remote if repository else "",
            author=repository.author() if repository else "",
            changed=changed,
            what=counted(one.path for one in changed),
            moves=moves(register, changed),
            message=message(changed) if changed else "",
            saved=list(reversed(desk.journal.entries())),
            most=journal.MOST,
            steps=steps,
            site=published(desk.office.site.published, repository, [one.hash for one in steps]) if repository else None,
            address=_address(desk),
        )

    def submit() -> str | Response:
        repository = desk.repository
        if repository is None:
            return redirect(url_for("changes"))
        with desk.writing:
            if name := request.form.get("author", "").strip():
                repository.name_author(name)
            if not repository.author():
                flash(_("请写明提交人（单位和岗位即可）"))
                return redirect(url_for("changes"))
            if Gate.HOOK.refuses(desk.office.findings(desk.office.register())):
                flash(_("还有检查提示，改正后才能提交"))
                return redirect(url_for("changes"))
            what = request.form.get("message", "").strip() or message(changed_files(repository))
            try:
                done = hand_in(repository, f"{what}\n", chosen_in(request.form))
            except Clashes as clash:
                rows = {path: desk.office.row(ref_of(path)) for path in clash.files}
                head, there = repository.head(), repository.upstream()
                others = {path: repository.authors(head, there, path) for path in clash.files} if head and there else {}
                asked = ((path, one.name) for path, some in clash.files.items() for one in some)
                return render_template(
                    "conflict.html", files=clash.files, rows=rows, others=others, message=what, told=told,
                    decided=list(decided(request.form, asked)),
                )  # fmt: skip
            except OSError as no:
                flash(_("没有提交成功，改动都还在：{reason}", reason=sentence_of(no)))
                return redirect(url_for("changes"))
            if not done.is_away and not done.offered:
                desk.journal.clear()
        flash(_sentence(done))
        return redirect(url_for("changes"))

    def undo() -> Response:
        try:
            with desk.writing:
                saved = desk.journal.undo(request.form.get("id", ""))
            flash(_("已撤销：{what}", what=saved.what))
        except CannotUndo as no:
            flash(str(no))
        except OSError as no:
            flash(_("没有成功：{reason}", reason=sentence_of(no)))
        except KeyError:
            flash(_("已经撤销过了"))
        return redirect(url_for("changes"))

    def revert() -> Response:
        repository = desk.repository
        commit = request.form.get("commit", "")
        if repository is None or commit not in {step.hash for step in repository.steps(5)}:
            flash(_("没有这次提交"))
            return redirect(url_for("changes"))
        try:
            with desk.writing:
                changes = take_back(repository, commit)
                gone = [repository.content / path for path, _now, new in changes if new is None]
                desk.journal.write(_("撤回一次提交"), _edits(repository, changes), gone)
            flash(_("那次提交的改动已经撤回，检查后提交"))
        except Clashes:
            flash(_("那次提交以后，同一处又改过；请打开那个问题直接修改"))
        except OSError as no:
            flash(_("没有成功：{reason}", reason=sentence_of(no)))
        return redirect(url_for("changes"))

    def mend() -> Response:
        """Mend what needs no judgement in the files that hold the rest up."""
        try:
            with desk.writing:
                wrong = Gate.HOOK.refuses(desk.office.findings(desk.office.register()))
                edits = mends(desk.office.content, wrong)
                desk.journal.write(_("代为改正"), edits)
            flash(_n("已改正 {number} 个文件", len(edits)) if edits else _("没有能代为改正的"))
        except OSError as no:
            flash(_("没有保存：{reason}", reason=sentence_of(no)))
        return redirect(url_for("changes"))

    def begin() -> Response:
        try:
            with desk.writing:
                if desk.repository is None:
                    Repository.begin(desk.office.site.root, desk.office.content, _("开始登记"))
            flash(_("已经开始记录，从现在起每次提交都能撤回"))
        except OSError as no:
            flash(_("没有成功：{reason}", reason=sentence_of(no)))
        return redirect(url_for("changes"))

    app.add_url_rule("/changes", "changes", changes)
    for name, view in (("submit", submit), ("undo", undo), ("revert", revert), ("begin", begin), ("mend", mend)):
        app.add_url_rule(f"/changes/{name}", name, view, methods=["POST"])


def _address(desk: Desk) -> str:
    """Return where readers find the site, empty where that is not said."""
    address = str(read_tree(desk.office.site.file).get("site_url") or "")
    return address if address.startswith(("https://", "http://")) else ""


def _sentence(done: HandedIn) -> str:
    """Return in plain words what became of it."""
    if done.is_away:
        return _("已保存在本机，联网后再提交")
    if done.offered:
        return _(
            "已交去审核 {what}（{name}），审核的人合并以后公开；改动都还在这里",
            what=counted(done.files),
            name=done.offered,
        )
    head = _("已提交 {what}", what=counted(done.files)) if done.files else _("没有要提交的，已经是最新的")
    sent = _("，单位的仓库已经收到，等待公开") if done.is_sent and done.files else ""
    others = _("；同时收到别人更新的 {what}", what=counted(done.others)) if done.others else ""
    renamed = "".join(
        _("；别人也新建了 {old}，您的那一份改为 {new}", old=ref_of(old) or old, new=ref_of(new) or new)
        for old, new in done.renamed
    )
    left = "" if done.is_whole else _("；别人更新的还没有全部收下，请再点一次")
    return head + sent + others + renamed + left


def _edits(repository: Repository, changes: list[tuple[str, bytes | None, bytes | None]]) -> list[Edit]:
    return [
        Edit(repository.content / path, path, now or b"", new or b"", "", "")
        for path, now, new in changes
        if new is not None
    ]
