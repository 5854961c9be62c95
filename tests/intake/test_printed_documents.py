"""Documents set on pages as offices print them are understood as their texts are."""

import re
from pathlib import Path
from zlib import crc32

import pytest

from helpers.printed import ofd, pdf, typeset
from rectify.intake.importing import Result, read_documents

LAYOUTS = Path(__file__).parent / "layouts"
TYPESET = re.compile(r"[^\t\u2580-\u259f]*")
"""What the pages of these tests can be set with: no tabs, no bars."""
SOME = [
    path
    for path in sorted(LAYOUTS.glob("*.txt"))
    if crc32(path.stem.encode()) % 6 == 2 and TYPESET.fullmatch(path.read_text("utf-8"))
]


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_the_same_problems_are_found(path, tmp_path):
    sheets = typeset(path.read_text("utf-8"))
    want = read_documents([path], {})
    for name, data in (("a.pdf", pdf(sheets)), ("a.ofd", ofd(sheets))):
        (tmp_path / name).write_bytes(data)
        got = read_documents([tmp_path / name], {})
        assert type(got) is type(want)
        if isinstance(got, Result) and isinstance(want, Result):
            assert [said(one) for one in got.draft.problems] == [said(one) for one in want.draft.problems]
            assert [one.rule for one in got.extra].count("I066") <= [one.rule for one in want.extra].count("I066")


def said(problem):
    return problem.values["title"].replace(" ", ""), problem.values["status"], problem.values.get("deadline")
