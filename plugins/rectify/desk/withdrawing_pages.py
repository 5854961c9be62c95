"""撤回: the text of a problem, or of all problems of a disclosure, goes; the entries and every count stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from rectify.core.language import _
from rectify.core.model import Withdrawal
from rectify.desk.refusals import sentence_of
from rectify.release.withdrawal import edits
from rectify.sources.edit import CannotEdit
from rectify.sources.file_edit import Edit

if TYPE_CHECKING:
    from rectify.desk.application import Desk


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses to the application."""

    def withdraw(disclosure: str, nn: str = "") -> Response:
        back = redirect(
            url_for("problem", disclosure=disclosure, nn=nn) if nn else url_for("disclosure", rid=disclosure)
        )
        known = desk.office.folder(disclosure)
        problems = known.folder.problems if known else ()
        chosen = [one for one in problems if nn in ("", one.nn)]
        reason = request.form.get("withdrawn_reason", "").strip()
        is_back = "back" in request.form
        if not chosen:
            flash(_("没有这个问题，或者文件读不出"))
            return back
        if not reason and not is_back:
            flash(_("请写明撤回的理由；理由会公开，不要写出撤回的内容"))
            return back
        withdrawal = None if is_back else Withdrawal(desk.office.today, reason)
        what = _("取消撤回 {ref}", ref=f"{disclosure}/{nn}") if is_back else _("撤回 {ref}", ref=f"{disclosure}/{nn}")
        try:
            with desk.writing:
                content = desk.office.content
                wanted = edits(content, [(one.disclosure, one.nn) for one in chosen], withdrawal)
                desk.journal.write(
                    what.rstrip("/"),
                    [Edit(e.file, e.file.relative_to(content).as_posix(), e.old, e.new, "", "") for e in wanted],
                )
        except CannotEdit as no:
            flash(str(no))
        except OSError as no:
            flash(_("没有保存：{reason}", reason=sentence_of(no)))
        else:
            flash(
                _("已取消撤回，提交以后有效")
                if is_back
                else _(
                    "已撤回，提交、公开以后读者看不到内容，条目和计数还在；网站的旧版本和仓库的历史里还有原文，要请管理员清除"
                )
            )
        return back

    app.add_url_rule("/problem/<disclosure>/<nn>/withdraw", "withdraw", withdraw, methods=["POST"])
    app.add_url_rule("/disclosure/<disclosure>/withdraw", "withdraw_all", withdraw, methods=["POST"])
