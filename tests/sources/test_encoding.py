"""What is read of bytes: rightly, with a word on what is doubtful, or not at all."""

from __future__ import annotations

import pytest

from helpers.encoded import KINDS, texts
from rectify.sources.encoding import Decoded, Undecodable, decode

NUMBER = 20
WHOLE = [kind for kind in KINDS if "one byte" not in kind and kind not in ("half UTF-8, half GBK", "random bytes")]


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


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "lost" in kind])
def test_a_lost_byte_is_nearly_always_told_with_its_line(kind):
    missed = 0
    for data, text in texts(kind, 100):
        got = decode(data)
        line = got.line if isinstance(got, Undecodable) else got.strange or int(bool(got.broken))
        missed += not line
        assert line or got.text.count("\n") == text.count("\n")
    assert missed <= 8


def test_letters_that_stand_alone_in_a_sound_text_are_no_doubt():
    text = "關於A類項目整改情況的公告\n附件A\nA、清理臺賬不全\n（a）B級風險未整改，見表B\n聯絡：abc@gov.hk，LED屏、KTV場所。"
    assert decode(text.encode("cp950")) == Decoded(text, "Big5")


def test_a_page_is_believed_where_the_characters_leave_a_choice():
    assert decode("整改".encode("gb18030"), "gb2312") == Decoded("整改", "GBK/GB18030")
    assert isinstance(decode(b"\xb5\xb264"), Undecodable)
    assert decode("中学党总支".encode("utf-16-le")).text == "中学党总支" and decode(b"README").text == "README"
