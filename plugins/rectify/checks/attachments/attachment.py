"""What a published file carries: beside its content, and in its text.

The line of a finding is the number of the paragraph in a Word or text document, of the first in a row of a table there, of
the row in a sheet, of the slide, of the page in a PDF; 0 for what belongs to the whole file, to a header, a footnote or the like.
"""

from __future__ import annotations

import stat
from collections import Counter
from pathlib import Path

from rectify.checks.attachments.inside import inside_findings, unseen_findings
from rectify.checks.attachments.names import name_findings
from rectify.checks.attachments.types import HEAD, form_of, uninspected_finding
from rectify.core.family import Family
from rectify.core.finding import Finding, found
from rectify.core.language import N_, _
from rectify.core.leftovers import is_leftover
from rectify.prose import NO_WORDS, OfficeWords

LIMIT = 100_000_000
"""Bytes of a file that is opened at all."""
_MOST = 20
"""Findings of one rule in one file; nobody reads more before mending the first."""


def attachment_findings(file: Path, path: str, words: OfficeWords = NO_WORDS) -> list[Finding]:
    """Return what a published file must not carry; `path` is its name for findings. What cannot be read is a finding."""
    if is_leftover(file.name):
        return [found("A025", path, found=file.name)]
    try:
        status = file.stat()
        # A pipe would keep the reader waiting for ever.
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, _("不是文件"))
        size = status.st_size
        with file.open("rb") as stream:
            data = stream.read(LIMIT if size <= LIMIT else HEAD)
    except OSError as error:
        return [uninspected_finding(path, error.strerror or str(error), "A021")]
    name = path.rpartition("/files/")[2]
    findings = [*unseen_findings([(N_("文件名"), name)], path, words), *name_findings(path, name)]
    if not data.strip(b"\x00 \t\r\n"):
        return [*findings, found("A023", path)]
    form = form_of(data[:HEAD])
    if size > LIMIT and form != "media":
        return [*findings, uninspected_finding(path, N_("超过 {limit} MB", limit=LIMIT // 1_000_000))]
    count: Counter[str] = Counter()
    for finding in inside_findings(data, path, words):
        count[finding.rule] += 1
        if count[finding.rule] <= _MOST or finding.family is not Family.ATTACHMENTS:
            findings.append(finding)
    return findings
