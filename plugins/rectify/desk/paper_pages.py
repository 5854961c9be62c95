"""纸质材料 from the desk: forms to be signed, lists for a meeting, as Word files to take away."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Flask, abort, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from rectify.core.language import _
from rectify.core.model import Disclosure, Problem
from rectify.desk.office import FILTERS, seen
from rectify.outputs.paper_columns import COLUMNS, SHEETS

if TYPE_CHECKING:
    from rectify.desk.application import Desk


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses to the application."""

    def form(disclosure: str, nn: str, kind: str) -> Response:
        from rectify.outputs import papers  # the office libraries take their time to load

        row = desk.office.row(f"{disclosure}/{nn}")
        if row is None:
            abort(404)
        made = {"handover": papers.handover, "closeout": papers.closeout}[kind]
        return _sent(made([(row.disclosure, row.problem)], desk.office.today), f"{disclosure}-{nn}-{kind}.docx")

    def listed(kind: str) -> Response:
        from rectify.outputs import papers

        asked = {key: request.args.get(key, "") for key in FILTERS}
        rows = [(row.disclosure, row.problem) for row in seen(desk.office.register().rows, **asked)]
        if not rows:
            flash(_("没有符合条件的问题"))
            return redirect(url_for("ledger"))
        if kind == "workbook":
            from rectify.outputs.ledger import workbook

            together: dict[str, tuple[Disclosure, list[Problem]]] = {}
            for one, problem in rows:
                together.setdefault(one.id, (one, []))[1].append(problem)
            as_of = max(one.as_of for one, _problem in rows)
            return _sent(workbook(list(together.values()), as_of, with_course=True), "ledger.xlsx")
        if kind == "overdue":
            return _sent(papers.overdue(rows, desk.office.today), "overdue.docx")
        columns = [name for name in COLUMNS if name in request.args.getlist("column")]
        sheet = request.args.get("sheet", "")
        made = papers.ledger_on_paper(rows, columns, desk.office.today, sheet if sheet in SHEETS else "A4")
        return _sent(made, "ledger.docx")

    app.add_url_rule("/problem/<disclosure>/<nn>/<any(handover, closeout):kind>", "form_paper", form)
    app.add_url_rule("/papers/<any(overdue, ledger, workbook):kind>", "list_paper", listed)


def _sent(data: bytes, name: str) -> Response:
    return send_file(io.BytesIO(data), as_attachment=True, download_name=name)
