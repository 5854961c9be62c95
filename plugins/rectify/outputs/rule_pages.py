"""One page of documentation a rule, and the list of all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rectify.core.family import CHECKED, Family, family_of
from rectify.core.finding import RULES, SEVERITIES, rule_text
from rectify.core.language import Language, language, spoken
from rectify.outputs.findings import plain

_CHINESE = language("zh")
"""The documentation is Chinese, with the English of each rule beside it."""


def rules_of(family: Family) -> list[tuple[str, Mapping[str, str]]]:
    """Return code and texts of every rule of a family, in the order of the codes."""
    return [(code, texts) for code, texts in sorted(RULES.items()) if family_of(code) is family]


def listing() -> str:
    """Return code, severity and message of every rule of `rectify check`, a line each, by family."""
    lines = []
    for family in CHECKED:
        lines.append(f"{family.letter} {family.label}")
        lines += [
            f"  {code}  {SEVERITIES[texts['severity']]}  {plain(rule_text(code))}" for code, texts in rules_of(family)
        ]
    return "\n".join(lines)


def page(code: str, language: Language | None = None) -> str:
    """Return the Markdown page of a rule: what it says, why, and how it is put right; in Chinese with the English too."""
    texts, said = RULES[code], language or spoken()
    kind = f" · `{texts['kind']}`" if "kind" in texts else ""
    parts = [
        f"# {code} {_sentence(plain(rule_text(code, '', said)))}",
        f"{said.say(family_of(code).label)} · {said.say(SEVERITIES[texts['severity']])}{kind}",
        _sentence(said.text("改法：{fix}", fix=plain(rule_text(code, "_fix", said)))),
    ]
    if "source" in texts:
        parts.append(said.text("依据：{source}", source=texts["source"]))
    if "bad" in texts:
        parts += [
            "## " + said.text("会报告"),
            _block(texts["bad"]),
            "## " + said.text("不会报告"),
            _block(texts["good"]),
        ]
    if said.is_chinese:
        parts += ["## English", f"{_sentence(plain(texts['en']))} ({texts['severity']})"]
        parts.append(f"Fix: {plain(texts['en_fix'])}")
    if texts.get("waiver") == "never":
        parts.append(said.text("这条规则不能豁免。"))
    return "\n\n".join(parts) + "\n"


def index_page() -> str:
    """Return the Markdown page that lists every rule of `rectify check`."""
    parts = [
        "# 检查规则",
        "由 `rectify check` 在公开之前执行；`rectify check --explain 编号` 显示同样的说明。",
        "例子里，单独一行的路径是一个文件，下面是它的内容；只写出几个字段的，其余字段照常；"
        "“↓”之上是上一次公开的，之下是现在的。每个例子都由测试执行。",
    ]
    for family in CHECKED:
        rows = [
            f"| [{code}]({code}.md) | {_CHINESE.say(SEVERITIES[texts['severity']])} | {_cell(plain(texts['zh']))} |"
            for code, texts in rules_of(family)
        ]
        parts += [
            f"## {family.letter} {_CHINESE.say(family.label)}",
            f"{_CHINESE.say(family.covers)}。",
            "\n".join(["| 编号 | 程度 | 内容 |", "|---|---|---|", *rows]),
        ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return every page by file name, the list as README.md."""
    return {"README.md": index_page()} | {
        f"{code}.md": page(code, _CHINESE) for family in CHECKED for code, _ in rules_of(family)
    }


def _block(text: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}text\n{_UNSEEN.sub(_code_point, text.strip(chr(10)))}\n{fence}"


# What nobody would see on the page; the wide space of Chinese typesetting is seen.
_UNSEEN = re.compile(r"[^\S \n\t\u3000]|[\u200b-\u200f\u2060\ufeff]")


def _code_point(sign: re.Match[str]) -> str:
    return f"[U+{ord(sign[0]):04X}]"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
