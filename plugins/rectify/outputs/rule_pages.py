"""One page of documentation a rule, and the list of all."""

from __future__ import annotations

from rectify.core.finding import RULES
from rectify.outputs.findings import plain

FAMILIES = {
    "S": ("结构", "structure"),
    "C": ("计数", "counts"),
    "P": ("隐私", "privacy"),
    "M": ("密级与来源", "secrecy and origin"),
    "W": ("文字", "wording"),
    "A": ("附件", "attachments"),
    "H": ("前后衔接", "continuity"),
    "B": ("成品网站", "the built site"),
    "I": ("导入", "import"),
    "R": ("发布", "release"),
}
OTHERS = ("I", "R")
"""Families that `rectify check` does not report: what import and verification of a release say."""
SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}


def listing(lang: str = "zh") -> str:
    """Return code, severity and message of every rule of `rectify check`, a line each, by family."""
    index = 0 if lang == "zh" else 1
    lines = []
    for family, names in FAMILIES.items():
        if family in OTHERS:
            continue
        lines.append(f"{family} {names[index]}")
        rules = {code: texts for code, texts in RULES.items() if code[0] == family}
        lines += [
            f"  {code}  {SEVERITIES[texts['severity']][index]}  {plain(texts[lang])}"
            for code, texts in sorted(rules.items())
        ]
    return "\n".join(lines)


def page(code: str) -> str:
    """Return the Markdown page of a rule: what it says in both languages, why, and how it is put right."""
    texts = RULES[code]
    parts = [
        f"# {code} {plain(texts['zh'])}",
        f"{FAMILIES[code[0]][0]} · {SEVERITIES[texts['severity']][0]}"
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
    parts = ["# 检查规则", "由 `rectify check` 在公开之前执行；`rectify check --explain 编号` 显示同样的说明。"]
    for family, names in FAMILIES.items():
        rules = {code: texts for code, texts in RULES.items() if code[0] == family}
        if family not in OTHERS:
            rows = [
                f"| [{code}]({code}.md) | {SEVERITIES[texts['severity']][0]} | {_cell(plain(texts['zh']))} |"
                for code, texts in sorted(rules.items())
            ]
            parts += [f"## {family} {names[0]}", "\n".join(["| 编号 | 程度 | 内容 |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return every page by file name, the list as README.md."""
    return {"README.md": index_page()} | {f"{code}.md": page(code) for code in sorted(RULES) if code[0] not in OTHERS}


def _block(text: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}text\n{text.strip()}\n{fence}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
