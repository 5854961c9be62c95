"""What is read of bytes: rightly, with a word on what is doubtful, or not at all."""

from __future__ import annotations

import pytest

from helpers.encoded import KINDS, texts
from rectify.sources.encoding import Decoded, Undecodable, decode

NUMBER = 20
WHOLE = [kind for kind in KINDS if "broken" not in kind and kind not in ("half UTF-8, half GBK", "random bytes")]


@pytest.mark.parametrize("kind", WHOLE)
def test_whole_texts_are_read_and_short_ones_never_wrongly(kind):
    read = [(decode(data), text) for data, text in texts(kind, NUMBER)]
    assert {(got.text, got.strange) for got, text in read if isinstance(got, Decoded)} <= {(t, 0) for _, t in read}
    refused = sum(isinstance(got, Undecodable) for got, _ in read)
    assert refused <= (2 if "short" in kind else 0)


@pytest.mark.parametrize("kind", ["half UTF-8, half GBK", "random bytes"])
def test_what_is_no_text_of_one_encoding_is_refused(kind):
    assert all(isinstance(decode(data), Undecodable) for data, _ in texts(kind, NUMBER))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "broken" in kind])
def test_a_broken_byte_is_told_unless_another_character_came_of_it(kind):
    for data, text in texts(kind, NUMBER):
        got = decode(data)
        if isinstance(got, Undecodable):
            assert got.offset and got.line
        elif not (got.broken or got.strange):
            assert abs(len(got.text) - len(text)) <= 1 and got.encoding.removesuffix("/GB18030") in kind


def test_a_page_is_believed_where_the_characters_leave_a_choice():
    assert decode("整改".encode("gb18030"), "gb2312") == Decoded("整改", "GBK/GB18030")
    assert isinstance(decode(b"\xb5\xb264"), Undecodable)
    assert decode("中学党总支".encode("utf-16-le")).text == "中学党总支" and decode(b"README").text == "README"
