"""通报: each disclosure with its head, prose and papers; new ones, and new problems in them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, flash, jsonify, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from rectify.checks.approval import approved
from rectify.core.counts import count, headline
from rectify.core.finding import errors
from rectify.core.gate import Gate
from rectify.core.language import _, _n, spoken
from rectify.core.register import is_public
from rectify.core.site_map import REPORTS, at
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, STATUSES
from rectify.desk.choices import chosen_in, decided, is_of_a_choice
from rectify.desk.drafts import Remark, remark_of
from rectify.desk.drafts_of_heads import head_draft
from rectify.desk.fields import BODY, HEAD, day_of, fields_of, meant, texts_in
from rectify.desk.no_look import with_no_look
from rectify.desk.old_forms import tell_too_old
from rectify.desk.refusals import sentence_of
from rectify.desk.told import remedy, told
from rectify.desk.trial import tried
from rectify.host.no_look import NoLook
from rectify.sources.edit import CannotEdit, Read, read
from rectify.sources.file_edit import Edit, edit_of, text_of
from rectify.sources.folder import ID
from rectify.sources.next_number import next_number
from rectify.sources.store import key_of
from rectify.sources.write import document

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_BEFORE = ("proposed_by", "reviewed_by", "secrecy_review")
"""Who had a hand in an approval before it was given."""
_NEW = ("title", "unit", "as_of", "published", "id")


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def disclosures() -> str:
        register = desk.office.register()
        folders = [one.folder for one in register.folders.values() if one.folder.disclosure]
        folders.sort(key=lambda folder: str(folder.disclosure and folder.disclosure.published), reverse=True)
        rows = [
            (
                one.disclosure,
                headline(count(one.problems, register.today).data(), dict(one.disclosure.declared)),
                len(errors(one.findings)),
                is_public(one.disclosure),
            )
            for one in folders
            if one.disclosure
        ]
        return render_template("disclosures.html", rows=rows, today=register.today)

    def disclosure(rid: str) -> str | AnyResponse:
        text, error = _text(desk, rid)
        if text is None:
            return make_response(render_template("told.html", sentence=error), 404)
        one = read(text, DISCLOSURE_KEYS)
        return _form(desk, rid, one, desk.bases.keep(text), texts_in(one, HEAD), {})

    def save(rid: str) -> str | AnyResponse:
        text, error = _text(desk, rid)
        if text is None:
            return make_response(render_template("told.html", sentence=error), 404)
        path = f"{REPORTS}/{rid}/index.md"
        posted = {name: value for name, value in request.form.items() if not is_of_a_choice(name)}
        base = desk.bases.get(request.form.get("base", ""))
        one = read(base or text, DISCLOSURE_KEYS)
        texts = {**texts_in(one, HEAD), **{n: posted[n] for n in (*HEAD.names, BODY) if n in posted}}
        if base is None:
            tell_too_old(texts_in(one, HEAD), posted, HEAD)
            return _form(desk, rid, one, desk.bases.keep(text), texts, {})
        try:
            with desk.writing:
                made = head_draft(desk.office, rid, base, posted, chosen_in(request.form).get(path))
                if made.is_readable and made.edits and not made.clashes:
                    desk.journal.write(_("通报 {disclosure}", disclosure=rid), made.edits)
        except (CannotEdit, OSError) as no:
            flash(_("没有保存：{reason}", reason=sentence_of(no) if isinstance(no, OSError) else str(no)))
            return _form(desk, rid, one, desk.bases.keep(base), texts, {})
        if not made.is_readable:
            return _form(desk, rid, one, desk.bases.keep(base), texts, made.remarks)
        if made.clashes:
            return render_template(
                "clash.html", action=url_for("save_disclosure", rid=rid), path=path, clashes=made.clashes, posted=posted,
                decided=list(decided(request.form, ((path, one.name) for one in made.clashes))),
                base=request.form["base"], told=told,
            )  # fmt: skip
        flash(_("已保存") if made.edits else _("没有改动"))
        return redirect(url_for("disclosure", rid=rid))

    def look(rid: str) -> Response:
        base = desk.bases.get(request.form.get("base", ""))
        if base is None:
            return jsonify({"remarks": {}, "page": ""})
        try:
            made = head_draft(desk.office, rid, base, request.form)
            remarks: Mapping[str, Any] = made.remarks
            if made.is_readable:
                with tried(desk.office, rid, made.edits) as content:
                    checked = desk.office.checked(content, rid)
                    remarks = _remarks(checked.folder.findings, rid)
                    try:
                        desk.shown = {rid: desk.look.files(content, rid)}
                    except NoLook as no:
                        remarks = with_no_look(remarks, no)
        except (CannotEdit, OSError) as no:
            reason = sentence_of(no) if isinstance(no, OSError) else str(no)
            remarks = {"": (Remark("error", reason),)}
        said = {field: [one._asdict() for one in some] for field, some in remarks.items()}
        return jsonify({"remarks": said, "page": f"{at('disclosure', disclosure=rid)}index.html"})

    def new_disclosure() -> str | AnyResponse:
        form = {name: request.form.get(name, "").strip() for name in _NEW}
        if request.method == "POST":
            values, wrong = _new_values(desk, form)
            if not wrong:
                text = document(values, DISCLOSURE_KEYS, "")
                path = f"{REPORTS}/{form['id']}/index.md"
                edit = Edit(desk.office.content / path, path, b"", text.encode(), "", text)
                with desk.writing:
                    desk.journal.write(_("新建通报 {disclosure}", disclosure=form["id"]), [edit])
                flash(_("已新建"))
                return redirect(url_for("disclosure", rid=form["id"]))
            for sentence in wrong:
                flash(sentence)
        else:
            form["as_of"] = form["published"] = desk.office.today.isoformat()
        return render_template("new_disclosure.html", form=form)

    def new_problem(rid: str) -> AnyResponse:
        title, status = request.form.get("title", "").strip(), request.form.get("status", "")
        term = STATUSES.find(status)
        if not title or term is None or _text(desk, rid)[0] is None:
            flash(_("请写明问题和状态"))
            return redirect(url_for("disclosure", rid=rid))
        with desk.writing:
            number = next_number(desk.office.content / REPORTS / rid)
            path = f"{REPORTS}/{rid}/{number}.md"
            text = document({"title": title, "status": term.key}, PROBLEM_KEYS, "")
            edit = Edit(desk.office.content / path, path, b"", text.encode(), "", text)
            desk.journal.write(_("新建问题 {ref}", ref=f"{rid}/{number}"), [edit])
        flash(_("已新建"))
        return redirect(url_for("problem", disclosure=rid, nn=number))

    def approve(rid: str) -> str | AnyResponse:
        from rectify.checks.folder import check_folder  # the rules are loaded when there is something to look at

        checked = check_folder(desk.office.content, rid, desk.office.words) if _text(desk, rid)[0] else None
        one = checked.folder.disclosure if checked else None
        if checked is None or one is None:
            return make_response(render_template("told.html", sentence=_("没有通报 {disclosure}", disclosure=rid)), 404)
        wrong = Gate.PUBLISH.refuses(checked.folder.findings)
        by, typed = request.form.get("by", "").strip(), request.form.get("date", "").strip()
        day = day_of(typed) if typed else desk.office.today
        new, changes = approved(
            checked.folder, desk.office.content, by, day or desk.office.today, request.form.get("form_no")
        )
        new = new._replace(**{name: request.form.get(name, getattr(new, name)).strip() for name in _BEFORE})
        shown = key_of(new.fingerprints)
        if request.method == "POST" and not wrong:
            if request.form.get("shown") != shown:
                flash(_("打开这一页以后有改动，请看过现在的再批准"))
            elif not by or day is None or day > desk.office.today:
                flash(_("请写明批准单位，日期不晚于今天"))
            else:
                with desk.writing:
                    file = desk.office.content / one.path
                    edit = edit_of(file, one.path, {"approval": new}, DISCLOSURE_KEYS)
                    desk.journal.write(_("批准 {disclosure}", disclosure=rid), [edit])
                flash(
                    _n(
                        "已批准 {disclosure}，{number} 件；提交以后有效，改动任何一件即失效",
                        len(new.fingerprints),
                        disclosure=rid,
                    )
                )
                return redirect(url_for("changes"))
        return render_template(
            "approve.html", rid=rid, one=one, wrong=wrong, changes=[(c.part, spoken().say(c.what)) for c in changes],
            before=[(name, spoken().name(RECORDS["approval"][name]), getattr(new, name)) for name in _BEFORE],
            problems=checked.folder.problems, today=desk.office.today, shown=shown,
        )  # fmt: skip

    def paper(rid: str, form: str) -> AnyResponse:
        checked = desk.office.folder(rid)
        if checked is None or checked.folder.disclosure is None or errors(checked.folder.findings):
            flash(_("有检查提示，改正后才能导出"))
            return redirect(url_for("disclosures"))
        one = (checked.folder.disclosure, checked.folder.problems)
        if form == "xlsx":
            from rectify.outputs.ledger import workbook  # the office libraries take their time to load

            data = workbook([one], one[0].as_of)
        else:
            from rectify.outputs.official_document import official_document

            data = official_document(*one)
        return send_file(io.BytesIO(data), as_attachment=True, download_name=f"{rid}.{form}")

    app.add_url_rule("/disclosures", "disclosures", disclosures)
    app.add_url_rule("/disclosures/new", "new_disclosure", new_disclosure, methods=["GET", "POST"])
    app.add_url_rule("/disclosure/<rid>", "disclosure", disclosure)
    app.add_url_rule("/disclosure/<rid>", "save_disclosure", save, methods=["POST"])
    app.add_url_rule("/disclosure/<rid>/look", "look_disclosure", look, methods=["POST"])
    app.add_url_rule("/disclosure/<rid>/new", "new_problem", new_problem, methods=["POST"])
    app.add_url_rule("/disclosure/<rid>/approve", "approve", approve, methods=["GET", "POST"])
    app.add_url_rule("/disclosure/<rid>/<any(docx, xlsx):form>", "paper", paper)


def _text(desk: Desk, rid: str) -> tuple[str | None, str]:
    """Return the source text of a disclosure, or None and why there is none."""
    shown = f"{REPORTS}/{rid}/index.md"
    file = desk.office.content / shown
    if not ID.fullmatch(rid) or not file.is_file() or not file.resolve().is_relative_to(desk.office.content.resolve()):
        return None, _("没有通报 {disclosure}", disclosure=rid)
    try:
        text = text_of(file.read_bytes(), shown)[0]
    except CannotEdit as error:
        return None, str(error)
    broken = [one for one in read(text, DISCLOSURE_KEYS, shown).findings if one.severity == "error" and not one.key]
    if broken and not read(text, DISCLOSURE_KEYS).values:
        said = "\n".join(f"{one.message()}\n{remedy(one)}" for one in broken)
        return None, _("{file} 写坏了，不能在表格里改；请管理员改正：", file=shown) + f"\n{said}"
    return text, ""


def _form(desk: Desk, rid: str, one: Read, base: str, texts: Mapping[str, str], remarks: Mapping[str, Any]) -> str:
    known = desk.office.folder(rid)
    return render_template(
        "disclosure.html", rid=rid, withdrawn=[p for p in (known.folder.problems if known else ()) if p.withdrawn],
        base=base, fields=fields_of(texts, HEAD), body=texts[BODY], remarks=remarks,
        page=at("disclosure", disclosure=rid), title=one.values.get("title", rid),
    )  # fmt: skip


def _remarks(findings, rid: str) -> dict[str, tuple[Remark, ...]]:
    """Return what the checks say of the head, each at its field, and of the text at the text."""
    remarks: dict[str, list[Remark]] = {}
    for finding in findings:
        if finding.path == f"{REPORTS}/{rid}/index.md" and finding.severity != "note":
            key = DISCLOSURE_KEYS.find(str(finding.key)) if finding.key else None
            field = next((one for one in HEAD.names if one.partition(".")[0] == key.name), "") if key else BODY
            remarks.setdefault(field, []).append(remark_of(finding))
    return {field: tuple(some) for field, some in remarks.items()}


def _new_values(desk: Desk, form: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a new disclosure, and what is wrong with them."""
    says = meant({}, {name: form[name] for name in _NEW[:-1]}, {}, HEAD)
    wrong = [f"{HEAD.label(name)}：{one.message()}" for name, some in says.findings.items() for one in some]
    wrong += [_("请写明“{label}”", label=HEAD.label(name)) for name in _NEW[:-1] if not form[name]]
    if not ID.fullmatch(form["id"]):
        wrong.append(_("编号只用小写字母、数字和短横，如 2025-shuiwuju"))
    elif (desk.office.content / REPORTS / form["id"]).exists():
        wrong.append(_("已经有通报 {disclosure}", disclosure=form["id"]))
    return {"genre": "rectification", "scope": "society", **says.values}, wrong
