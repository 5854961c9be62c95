"""A field that takes a date, a status or a number takes no text, whatever somebody writes into it."""

import pytest

from helpers.attacks import FREE, TEXTS, fields, source
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.folder import read_folder

TYPED = tuple(
    (keys, way) for keys in (DISCLOSURE_KEYS, PROBLEM_KEYS) for way, key in fields(keys) if key.kind not in FREE
)


@pytest.mark.parametrize(("keys", "way"), TYPED, ids=["-".join(way) for _, way in TYPED])
def test_a_field_that_takes_no_text_refuses_every_payload(keys, way, tmp_path):
    for number, text in enumerate(TEXTS.values(), start=1):
        folder = tmp_path / "content" / "reports" / f"2024-a{number}"
        folder.mkdir(parents=True)
        value: object = text
        for label in reversed(way):
            value = {label: value}
        (folder / ("index.md" if keys is DISCLOSURE_KEYS else "01.md")).write_text(source(value), "utf-8")
        read = read_folder(tmp_path / "content", folder.name)
        assert any(finding.severity == "error" and finding.line > 1 for finding in read.findings), text
        assert text not in repr((read.disclosure, read.problems))
