"""The desk's web application: its pages, and what they share."""

from __future__ import annotations

import threading
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, render_template, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect

from rectify.core.language import _, _n, spoken
from rectify.core.vocabulary import PROBLEM_KEYS, RECORDS, STAGES, STATUSES
from rectify.desk import (
    before_and_after,
    disclosure_pages,
    hand_in_pages,
    import_pages,
    ledger_pages,
    paper_pages,
    problem_pages,
    today_page,
    withdrawing_pages,
)
from rectify.desk.changed_files import file_of, head_of, ref_of
from rectify.desk.drafts import Bases
from rectify.desk.entrance import LARGEST, Entrance, not_by_this_address
from rectify.desk.journal import Journal
from rectify.desk.office import Office
from rectify.desk.refusals import Stopped, sentence_of
from rectify.desk.repository import Repository
from rectify.desk.slow_work import SlowWork
from rectify.desk.told import remedy
from rectify.desk.uploads import Uploads
from rectify.host.template_texts import speak_in
from rectify.sources.configuration import read_tree

if TYPE_CHECKING:
    from rectify.desk.filled_ledger import Comparison
    from rectify.host.look import Look

_MOMENT, _KNOWN = 0.5, 3
"""Seconds for which nobody need be told that something is read; and where all that is read is known from before."""


class Desk:
    """What every page works on."""

    def __init__(self, office: Office):
        self.office = office
        self.journal = Journal(office.state / "saved.jsonl", office.content)
        self.bases = Bases(office.state / "bases")
        self.uploads = Uploads(office.state / "uploads")
        self.writing = threading.Lock()
        """Held while files are written: one at a time."""
        self.shown: dict[str, dict[str, bytes]] = {}
        """The pages of the disclosure that was looked at last, by path."""
        self.before: tuple[tuple[str, str], dict[str, bytes]] = (("", ""), {})
        """Likewise those of a commit: which, of which disclosure, and the pages."""
        self.reading: SlowWork | None = None
        """Where the register is read beside what is served."""
        self.ledgers: dict[str, SlowWork[Comparison | None]] = {}
        """Ledgers that were dropped last, by their marks: what they change."""

    def read(self) -> None:
        """Read the register beside what is served: thousands of problems take their time when nothing is known of them."""
        self.reading = SlowWork(self.office.register)

    @cached_property
    def look(self) -> Look:
        """What makes pages as readers will see them; raises NoLook."""
        from rectify.host.look import Look  # the host takes its time to load

        return Look(self.office.site.file, self.office.site.path)

    @cached_property
    def site_name(self) -> str:
        """What the site is called, by which a clerk knows which of several is open."""
        return str(read_tree(self.office.site.file).get("site_name") or self.office.site.root.resolve().name)

    @property
    def repository(self) -> Repository | None:
        """The repository around, None where there is none."""
        return Repository.around(self.office.content)


class _Application(Flask):
    """Shows names that are no UTF-8, which the system has as surrogates, with a sign in their place."""

    def make_response(self, rv: Any) -> Response:
        body, *rest = rv if isinstance(rv, tuple) else (rv,)
        if isinstance(body, str):
            body = body.encode("utf-8", "replace")
        return super().make_response((body, *rest) if rest else body)


def create_app(desk: Desk, key: str, port: int, since: float | None = None) -> Flask:
    """Return the application of a desk that is served at this port of the machine; `key` signs its addresses and sessions.

    Addresses that were made before `since` let nobody in.
    """
    app = _Application("rectify.desk", template_folder="templates", static_folder="static")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    speak_in(app.jinja_env, spoken(), {})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        statuses=STATUSES.entries,
        stages=STAGES.entries,
        step_keys=RECORDS["step"].entries,
        name=spoken().name,
        name_of=spoken().name,
        lang=spoken().tag,
        ref_of=ref_of,
        head_of=head_of,
        file_of=file_of,
        remedy=remedy,
        one_problem=spoken().name(PROBLEM_KEYS["title"]),
        disclosures=_n("通报", 2),
    )
    Entrance(app, key, port, since)
    CSRFProtect(app)
    app.before_request(lambda: _must_be_there(desk))
    app.before_request(lambda: _reading(desk))
    app.after_request(lambda response: _go_on(desk, response))
    for pages in (
        today_page,
        ledger_pages,
        problem_pages,
        disclosure_pages,
        import_pages,
        paper_pages,
        hand_in_pages,
        withdrawing_pages,
        before_and_after,
    ):
        pages.register(app, desk)
    app.context_processor(lambda: _frame(desk) if session.get("in") else {"places": (), "site_name": ""})
    app.add_url_rule("/look.css", "look_styles", lambda: Response(_styles(), mimetype="text/css"))
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(403, _told(403, not_by_this_address))
    app.register_error_handler(404, _told(404, lambda: _("没有这一页。")))
    app.register_error_handler(500, _told(500, lambda: _("出错了。已保存的都在；请把终端里的记录交给管理员。")))
    app.register_error_handler(OSError, _stopped)
    app.register_error_handler(413, _told(413, lambda: _("文件太大。")))
    return app


def _told(status: int, sentence):
    def page(error) -> tuple[str, int]:
        if request.accept_mimetypes.best == "application/json":
            return sentence(), status
        return render_template("told.html", sentence=sentence()), status

    return page


def _expired(_error) -> tuple[str, int]:
    """Return what is told of a form that is out of date, with what was typed into it."""
    sentence = _("这一页已经过期，没有保存。刚才填写的在下面，可以复制；重新打开再填")
    if request.accept_mimetypes.best == "application/json":
        return sentence, 400
    typed = [text for name, text in request.form.items() if name not in ("csrf_token", "base", "kept") and text.strip()]
    return render_template("told.html", sentence=sentence, typed="\n".join(typed)), 400


def _stopped(error: OSError) -> tuple[str, int]:
    return _told(500, lambda: _("没有成功：{reason}", reason=sentence_of(error)))(error)


def _must_be_there(desk: Desk) -> None:
    """Raise Stopped where the content has gone, for an empty register would be no answer."""
    if request.endpoint not in ("static", "look_styles") and not desk.office.content.is_dir():
        raise Stopped(_("内容文件夹不见了：移走了、改名了，或者共享盘断开了。恢复以后再打开"))


def _reading(desk: Desk) -> str | None:
    """Return the page that tells how far the first reading is, None where it is done."""
    reading = desk.reading
    if reading is None or request.endpoint in ("static", "look_styles", "enter") or reading.is_done(_MOMENT):
        return None
    if not reading.is_begun and reading.is_done(_KNOWN):
        return None
    return reading.page(_("正在读取台账"), _("第一次打开、程序更新以后要读全部文件，读完自动打开；平时很快。"))


def _go_on(desk: Desk, response: Response) -> Response:
    if request.endpoint == "today" and (desk.reading is None or desk.reading.is_done()):
        response.call_on_close(_load_the_rest)
    return response


@cache
def _load_the_rest() -> None:
    """Load what the first page needs not, once that is on its way: whoever goes on from it need not wait."""
    for name in ("rectify.host.look", "rectify.host.theme_assets", "rectify.desk.imported_document"):
        import_module(name)


def _frame(desk: Desk) -> dict[str, object]:
    """Return what the frame of every page shows, to who has come in."""
    return {"places": _places(desk), "site_name": desk.site_name}


def _places(desk: Desk) -> list[tuple[str, str, str]]:
    """Return endpoint, name and figure of the places of the menu."""
    saved = desk.journal.entries()
    changed = len({ref for one in saved for path, _old, _new in one.files if (ref := ref_of(path))}) or len(saved)
    return [
        ("today", _("今天"), ""),
        ("ledger", _("台账"), ""),
        ("disclosures", _n("通报", 2), ""),
        ("changes", _("提交"), _n("{number} 处", changed) if changed else ""),
    ]


@cache
def _styles() -> bytes:
    """Return the styles of the public site, which the desk's own go on from."""
    from rectify.host.theme import templates
    from rectify.host.theme_assets import theme_assets

    assets = theme_assets([templates()], spoken(), "")
    return assets.files[assets.styles]
