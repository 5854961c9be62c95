"""What YAML and TOML say of a text that breaks their rules, in words of ours with what to do about it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from rectify.core.language import N_, Message

_YAML = [
    ("mapping values are not allowed", N_("一行里出现了第二个冒号")),
    ("expected <block end>", N_("缩进、短横或者引号不对")),
    ("'\\t' that cannot start", N_("含有制表符（Tab）")),
    ("could not find expected ':'", N_("缺少冒号")),
    ("found unexpected end of stream", N_("引号没有配对")),
    ("found unexpected document indicator", N_("引号没有配对")),
    ("did not find expected ',' or", N_("方括号或者花括号没有配对")),
    ("did not find expected", N_("缩进、短横或者引号不对")),
    ("cannot start any token", N_("值以特殊字符开头")),
    ("control characters are not allowed", N_("含有不可见的控制字符")),
    ("block sequence entries are not allowed", N_("值以短横加空格开头")),
    ("escape", N_("反斜杠后面的字符不认识")),
    ("tab character", N_("含有制表符（Tab）")),
]

_TOML = [
    ("Expected '=' after a key", N_("名称后面缺等号，名称里有汉字的用英文双引号括起来")),
    ("Unclosed array", N_("方括号没有配对")),
    ("Unclosed inline table", N_("花括号没有配对")),
    ("Expected ']", N_("方括号没有配对")),
    ("Unterminated string", N_("引号没有配对")),
    ("Illegal character", N_("引号没有配对，或者有看不见的字符")),
    ("Unescaped", N_("双引号里的反斜杠写两个")),
    ("Cannot overwrite a value", N_("同一个名称写了两次")),
    ("Cannot declare", N_("同一个表写了两次")),
    ("Cannot mutate", N_("同一个名称写了两次")),
    ("Expected newline or end of document", N_("值的后面还有多余的字，或者引号没有配对")),
    ("Invalid initial character for a key", N_("名称用英文双引号括起来")),
    ("Invalid statement", N_("名称用英文双引号括起来")),
    ("Invalid value", N_("值用英文双引号括起来")),
]
_WIDE = re.compile("[“”＝，［］＂]")
_AT_LINE = re.compile(r"at line (\d+)")


_DEEPEST = 40
_PART = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_DEEP = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_DEEPEST}}}")
"""A name of so many parts; each part makes a table, and the parser remembers every way to each."""


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text says; raises TOMLDecodeError, RecursionError where it is nested too deep."""
    if _DEEP.search(text):
        raise RecursionError
    return tomllib.loads(text)


def yaml_reason(problem: str) -> Message:
    """Return what is wrong with a text by what the YAML parser says of it."""
    return next((reason for start, reason in _YAML if start in problem), N_("不合规则（{problem}）", problem=problem))


def toml_reason(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, Message]:
    """Return the line that the TOML parser stopped at, and what is wrong there."""
    lines = text.split("\n")
    match = _AT_LINE.search(str(error))
    line = int(match[1]) if match else len(lines)
    if wide := _WIDE.search(re.sub(r"\"[^\"]*+\"", "", lines[line - 1])):
        return line, N_("全角的 {sign} 改成半角", sign=wide[0])
    problem = str(error)
    return line, next(
        (reason for start, reason in _TOML if start in problem), N_("不合规则（{problem}）", problem=problem)
    )
