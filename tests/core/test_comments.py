"""Comments in a text: taken out, blanked, or read."""

import pytest

from rectify.core.comments import blank_comments, comments, without_comments


@pytest.mark.parametrize(
    ("text", "rest", "said"),
    [
        ("甲<!-- 乙 -->丙", "甲丙", [" 乙 "]),
        ("甲<!-- 一\n二 -->丙<!--三-->", "甲丙", [" 一\n二 ", "三"]),
        ("甲<!-- 没有关上", "甲<!-- 没有关上", []),
        ("关上--> 甲<!-- 没有", "关上--> 甲<!-- 没有", []),
        ("<!-- <!-- 里面 --> 外面 -->", " 外面 -->", [" <!-- 里面 "]),
        ("<!-->", "<!-->", []),
    ],
)
def test_a_comment_ends_at_the_first_end_and_one_that_is_open_is_none(text: str, rest: str, said: list[str]):
    assert without_comments(text) == rest
    assert comments(text) == said
    blank = blank_comments(text)
    assert len(blank) == len(text) and blank.replace(" ", "").replace("\n", "") == rest.replace(" ", "")
