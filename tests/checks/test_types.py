"""What a file is, by the bytes that it begins with."""

import pytest

from rectify.checks.attachments.types import form_of
from rectify.intake.readers.formats import format_of

COMMENTS = b"<!-- -->\n" * 800


@pytest.mark.parametrize(
    ("beginning", "form"),
    [
        (COMMENTS + b"<html>", "html"),
        (COMMENTS + b"no tag", "text"),
        (b"<?xml version='1.0'?>\n<!-- a -- b --><!DOCTYPE html>", "html"),
        (b"<!-- <html> -->", "text"),
        (b"<!-- <html>", "text"),
    ],
)
def test_comments_before_a_page_are_passed_over_once_each(beginning: bytes, form: str):
    assert form_of(beginning) == form
    if len(beginning) < 4096:
        assert format_of(beginning, "a") == form
