"""One page of documentation a rule, and the list of all."""

from __future__ import annotations

import re

from rectify.core.family import CHECKED, Family, family_of
from rectify.core.finding import RULES
from rectify.outputs.findings import plain

SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}


def rules_of(family: Family) -> list[tuple[str, dict[str, str]]]:
    """Return code and texts of every rule of a family, in the order of the codes."""
    return [(code, texts) for code, texts in sorted(RULES.items()) if family_of(code) is family]


def listing(lang: str = "zh") -> str:
    """Return code, severity and message of every rule of `rectify check`, a line each, by family."""
    index = 0 if lang == "zh" else 1
    lines = []
    for family in CHECKED:
        lines.append(f"{family.letter} {(family.label, family.english)[index]}")
        lines += [
            f"  {code}  {SEVERITIES[texts['severity']][index]}  {plain(texts[lang])}"
            for code, texts in rules_of(family)
        ]
    return "\n".join(lines)


def page(code: str) -> str:
    """Return the Markdown page of a rule: what it says in both languages, why, and how it is put right."""
    texts = RULES[code]
    parts = [
        f"# {code} {plain(texts['zh'])}",
        f"{family_of(code).label} · {SEVERITIES[texts['severity']][0]}"
        + (f" · `{texts['kind']}`" if "kind" in texts else ""),
        f"改法：{plain(texts['zh_fix'])}",
    ]
    if "source" in texts:
        parts.append(f"依据：{texts['source']}")
    if "bad" in texts:
        parts += ["## 会报告", _block(texts["bad"]), "## 不会报告", _block(texts["good"])]
    parts += ["## English", f"{_sentence(plain(texts['en']))} ({texts['severity']})", f"Fix: {plain(texts['en_fix'])}"]
    if texts.get("waiver") == "never":
        parts.append("这条规则不能豁免。")
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
            f"| [{code}]({code}.md) | {SEVERITIES[texts['severity']][0]} | {_cell(plain(texts['zh']))} |"
            for code, texts in rules_of(family)
        ]
        parts += [
            f"## {family.letter} {family.label}",
            f"{family.covers}。",
            "\n".join(["| 编号 | 程度 | 内容 |", "|---|---|---|", *rows]),
        ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return every page by file name, the list as README.md."""
    return {"README.md": index_page()} | {
        f"{code}.md": page(code) for family in CHECKED for code, _ in rules_of(family)
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
