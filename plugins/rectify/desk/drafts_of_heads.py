"""What a form says about the head and the prose of a disclosure -> the edit of its file."""

from __future__ import annotations

from collections.abc import Mapping

from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS
from rectify.desk.choices import Choice
from rectify.desk.drafts import Draft, applied, remark_of
from rectify.desk.fields import HEAD, meant, texts_in
from rectify.desk.office import Office
from rectify.desk.reconcile import reconcile
from rectify.sources.edit import read
from rectify.sources.file_edit import Edit, text_of
from rectify.sources.write import encode


def head_draft(
    office: Office, disclosure: str, base: str, posted: Mapping[str, str], chosen: Mapping[str, Choice] | None = None
) -> Draft:
    """Return what a form says that was made from the text `base` of a disclosure, for its file as it is now.

    Raises CannotEdit for a file that is not written so that a program can change it, OSError for one that is not there.
    """
    shown = f"{REPORTS}/{disclosure}/index.md"
    file = office.content / shown
    data = file.read_bytes()
    now, encoding = text_of(data, shown)
    was = read(base, DISCLOSURE_KEYS)
    says = meant(texts_in(was, HEAD), posted, was.values, HEAD)
    if says.findings:
        return Draft((), {name: tuple(map(remark_of, some)) for name, some in says.findings.items()}, (), False)
    ours = applied(base, DISCLOSURE_KEYS, says.values, says.drop, says.body)
    merged = reconcile(base, ours, now, DISCLOSURE_KEYS, chosen) if now != base else None
    after = merged.text if merged else ours
    edits = (Edit(file, shown, data, encode(after, data, encoding), now, after),) if after != now else ()
    return Draft(edits, {}, merged.clashes if merged else (), True)
