"""One problem: the form, the page as readers will see it, and what the checks say, while it is typed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import (
    Flask,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from rectify.core.dated_entry import Refused, present_status
from rectify.core.language import _, spoken
from rectify.core.site_map import REPORTS, at
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.desk.choices import chosen_in, decided, is_of_a_choice
from rectify.desk.drafts import WAS, Draft, Remark, clean, draft, examined, was_named
from rectify.desk.fields import BODY, CHOICES, PROBLEM, fields_of, texts_in
from rectify.desk.frames import asset, attached, attachment, framed, is_attachment, named, not_here, sentence
from rectify.desk.merging import is_problem
from rectify.desk.no_look import why_no_look, with_no_look
from rectify.desk.old_forms import tell_too_old
from rectify.desk.refusals import sentence_of
from rectify.desk.steps import about, course_of, step_edits, story, text_labels
from rectify.desk.taking_away import GONE
from rectify.desk.told import remedy, told
from rectify.desk.trial import tried
from rectify.desk.uploads import Upload
from rectify.host.no_look import NoLook
from rectify.sources.edit import CannotEdit, Read, read
from rectify.sources.file_edit import text_of
from rectify.sources.folder import ID

if TYPE_CHECKING:
    from rectify.desk.application import Desk


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def problem(disclosure: str, nn: str) -> str | AnyResponse:
        ref = f"{disclosure}/{nn}"
        text, error = _text(desk, ref)
        if text is None:
            return make_response(render_template("told.html", sentence=error), 404)
        one = read(text, PROBLEM_KEYS)
        if any(finding.severity == "error" and not finding.key for finding in one.findings):
            return redirect(url_for("source", disclosure=disclosure, nn=nn))
        return _form(desk, ref, one, desk.bases.keep(text), texts_in(one), {})

    def save(disclosure: str, nn: str) -> str | AnyResponse:
        ref = f"{disclosure}/{nn}"
        path, _disclosure = desk.office.file(ref)
        posted, uploads = _posted(desk)
        base = desk.bases.get(request.form.get("base", ""))
        text, error = _text(desk, ref)
        if text is None:
            return make_response(render_template("told.html", sentence=error), 404)
        if base is None:
            one = read(text, PROBLEM_KEYS)
            tell_too_old(texts_in(one), posted, PROBLEM)
            # Which entry a text was for is not known any more.
            posted = {name: text for name, text in posted.items() if not name.startswith(WAS)}
            return _again(desk, ref, text, posted, uploads, {})
        try:
            with desk.writing:
                made = draft(desk.office, ref, base, posted, uploads, chosen_in(request.form).get(path))
                if made.is_readable and made.edits and not made.clashes:
                    desk.journal.write(_("问题 {ref}", ref=ref), made.edits, made.taken.files)
        except (CannotEdit, OSError) as no:
            flash(_("没有保存：{reason}", reason=sentence_of(no) if isinstance(no, OSError) else str(no)))
            return _again(desk, ref, base, posted, uploads, {})
        if not made.is_readable:
            return _again(desk, ref, base, posted, uploads, made.remarks)
        if made.clashes:
            return render_template(
                "clash.html",
                action=url_for("save", disclosure=disclosure, nn=nn),
                path=path,
                clashes=made.clashes,
                decided=list(decided(request.form, ((path, one.name) for one in made.clashes))),
                posted=posted,
                kept=_kept(desk, uploads),
                base=request.form["base"],
                told=told,
            )
        flash(_("已保存") if made.edits else _("没有改动"))
        for said in made.taken.told:
            flash(spoken().say(said))
        if "then" in request.form:
            return redirect(url_for("changes"))
        return redirect(url_for("problem", disclosure=disclosure, nn=nn))

    def step(disclosure: str, nn: str) -> str | AnyResponse:
        ref = f"{disclosure}/{nn}"
        posted, uploads = _posted(desk)
        text, error = _text(desk, ref)
        if text is None:
            return make_response(render_template("told.html", sentence=error), 404)
        try:
            # What may come next is asked of the file as it is now, and nobody else writes in between.
            with desk.writing:
                edits, is_seen = step_edits(desk.office, ref, posted, uploads)
                desk.journal.write(_("问题 {ref}", ref=ref), edits)
        except (Refused, CannotEdit, OSError) as no:
            said = _("没有保存：{reason}", reason=sentence_of(no)) if isinstance(no, OSError) else str(no)
            text = _text(desk, ref)[0] or text
            one = read(text, PROBLEM_KEYS)
            kept = _kept(desk, uploads)
            return _form(
                desk,
                ref,
                one,
                desk.bases.keep(text),
                texts_in(one),
                {},
                tried=posted,
                no=said,
                kept=kept,
            )
        flash(_("已登记；公开的进展里多了一条") if is_seen else _("已登记，读者看不到"))
        return redirect(url_for("problem", disclosure=disclosure, nn=nn, _anchor="content"))

    def look(disclosure: str, nn: str) -> Response:
        ref = f"{disclosure}/{nn}"
        posted, uploads = _posted(desk)
        base = desk.bases.get(request.form.get("base", ""))
        if base is None:
            return jsonify({"remarks": {}, "page": ""})
        try:
            made = draft(desk.office, ref, base, posted, uploads)
            remarks, page = _looked_at(desk, ref, made) if made.is_readable else (made.remarks, "")
        except (CannotEdit, OSError) as no:
            said = sentence_of(no) if isinstance(no, OSError) else str(no)
            return jsonify({"remarks": {"": [Remark("error", said)._asdict()]}, "page": ""})
        shown = {field: [one._asdict() for one in some] for field, some in remarks.items()}
        return jsonify({"remarks": shown, "page": page})

    def reader(path: str) -> AnyResponse:
        if is_attachment(path):
            return attachment(path, attached(desk.office.content, path))
        found = next((file for files in desk.shown.values() if (file := named(files, path)) is not None), None)
        if found is None and path.startswith(f"{REPORTS}/"):
            found = _page_as_it_is(desk, path)
        if found is None and (style := asset(desk, path)):
            return send_file(style)
        return not_here(path) if found is None else framed(found, path)

    def source(disclosure: str, nn: str) -> str | AnyResponse:
        return make_response(render_template("told.html", sentence=_source_sentence(desk, f"{disclosure}/{nn}")), 422)

    rule = "/problem/<disclosure>/<nn>"
    app.add_url_rule(rule, "problem", problem)
    app.add_url_rule(rule, "save", save, methods=["POST"])
    app.add_url_rule(f"{rule}/step", "step", step, methods=["POST"])
    app.add_url_rule(f"{rule}/look", "look", look, methods=["POST"])
    app.add_url_rule(f"{rule}/source", "source", source)
    app.add_url_rule("/reader/", "reader", reader, defaults={"path": ""})
    app.add_url_rule("/reader/<path:path>", "reader", reader)


def _text(desk: Desk, ref: str) -> tuple[str | None, str]:
    """Return a problem's source text, or None and why there is none."""
    shown, disclosure = desk.office.file(ref)
    file = desk.office.content / shown
    is_named = ID.fullmatch(disclosure) and is_problem(shown)
    if not is_named or not file.is_file() or not file.resolve().is_relative_to(desk.office.content.resolve()):
        return None, _("没有问题 {ref}", ref=ref)
    try:
        return text_of(file.read_bytes(), shown)[0], ""
    except CannotEdit as error:
        return None, str(error)


def _form(
    desk: Desk,
    ref: str,
    one: Read,
    base: str,
    texts: Mapping[str, str],
    remarks: Mapping[str, Any],
    posted: Any = None,
    kept: Sequence[str] = (),
    tried: Mapping[str, str] | None = None,
    no: str = "",
) -> str:
    """Return the page; `posted` is what was typed in the form, `tried` a step that could not be taken because of `no`."""
    rows = desk.office.rows(ref.partition("/")[0])
    row = next((one for one in rows if one.problem.ref == ref), None)
    siblings = [one.problem.ref for one in rows]
    place = siblings.index(ref) if ref in siblings else -1
    status = present_status(one.values)
    return render_template(
        "problem.html",
        ref=ref,
        row=row,
        base=base,
        fields=fields_of(texts),
        body=texts[BODY],
        remarks=remarks,
        refused=[(field, one) for field, some in remarks.items() if field for one in some],
        posted=posted or {},
        kept=kept,
        course=course_of(one.values, row.disclosure if row else None),
        story=story(one.values),
        was=was_named,
        gone=GONE,
        tried=tried or {},
        words=text_labels(),
        keys=PROBLEM_KEYS.entries,
        about=about,
        no=no,
        status=status,
        withdrawn=one.values.get("withdrawn"),
        day=desk.office.today.isoformat(),
        previous=siblings[place - 1] if place > 0 else "",
        following=siblings[place + 1] if 0 <= place < len(siblings) - 1 else "",
        page=at("problem", disclosure=ref.partition("/")[0], nn=ref.partition("/")[2]),
    )


def _again(
    desk: Desk, ref: str, base: str, posted: Mapping[str, str], uploads: Sequence[Upload], remarks: Mapping[str, Any]
) -> str:
    """Return the form with what was typed, and what is wrong with it."""
    one = read(base, PROBLEM_KEYS)
    texts = {
        **texts_in(one),
        **{name: posted[name] for name in (*PROBLEM.names, BODY) if name in posted},
    }
    return _form(desk, ref, one, desk.bases.keep(base), texts, remarks, posted, _kept(desk, uploads))


def _posted(desk: Desk) -> tuple[dict[str, str], list[Upload]]:
    """Return the texts of a form and the files that come with it, now or when it was last sent."""
    form = request.form
    posted = {name: form[name] for name in form if name not in {*CHOICES, "kept", "then"} and not is_of_a_choice(name)}
    for name in CHOICES:
        if f"{name}_given" in form:
            posted[name] = "、".join(form.getlist(name))
    sent = [Upload(one.filename, one.read()) for one in request.files.getlist("files") if one.filename]
    before = [one for mark in form.getlist("kept") if (one := desk.uploads.get(mark))]
    return posted, [clean(one) for one in (*before, *sent)] if form.get("clean") else [*before, *sent]


def _kept(desk: Desk, uploads: Sequence[Upload]) -> list[str]:
    """Return the marks of files that a form shall still have when it is shown once more."""
    with contextlib.suppress(OSError):
        return [desk.uploads.keep(one) for one in uploads]
    return []


def _looked_at(desk: Desk, ref: str, made: Draft) -> tuple[Mapping[str, Sequence[Remark]], str]:
    """Return what the checks say of a problem with these edits, and the path of its page, which is made for the frame."""
    disclosure, _slash, nn = ref.partition("/")
    with tried(desk.office, disclosure, made.edits) as content:
        remarks = examined(desk.office, ref, made, content)
        try:
            desk.shown = {ref: desk.look.files(content, disclosure)}
        except NoLook as no:
            return with_no_look(remarks, no), ""
    return remarks, f"{at('problem', disclosure=disclosure, nn=nn)}index.html"


def _page_as_it_is(desk: Desk, path: str) -> bytes | None:
    parts = path.split("/")
    if len(parts) < 3:
        return None
    try:
        files = desk.look.files(desk.office.content, parts[1])
    except NoLook as no:
        return sentence(why_no_look(no))
    desk.shown = {parts[1]: files}
    return named(files, path)


def _source_sentence(desk: Desk, ref: str) -> str:
    shown, _disclosure = desk.office.file(ref)
    text, error = _text(desk, ref)
    wrong = read(text, PROBLEM_KEYS, shown).findings if text is not None else ()
    said = [f"{one.message()}\n{remedy(one)}" for one in wrong if one.severity == "error"]
    return "\n".join([_("{file} 写坏了，不能在表格里改；请管理员改正：", file=shown), *said, error]).strip()
