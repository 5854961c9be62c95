"""The generated pages of docs/: rules, vocabulary, commands and data formats, from the code.

.venv/bin/python tools/manual.py            write them
.venv/bin/python tools/manual.py --check    name those that are not what the code says; status 1 if there are any
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

os.environ["RECTIFY_LANG"] = "zh"  # before the commands are read

import click

from rectify.cli import main as commands
from rectify.core import vocabulary as words
from rectify.core.language import language
from rectify.core.model import Closeout, Disclosure, Problem, Progress
from rectify.core.register import Register
from rectify.outputs import counting, data, data_tables, rule_pages

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTE = "<!-- 由 tools/manual.py 从代码生成 -->"

MEANINGS = {
    "as_of": "数据的日期；逾期按这一天算",
    "generator": "程序和版本",
    "problems": "全部公开的问题，按通报、再按原文顺序",
    "problems.ref": "永久编号，也是网页地址的一部分",
    "problems.disclosure": "所属通报",
    "problems.seq": "在通报里的第几个，从 1 起",
    "problems.title": "问题；撤回的是“（内容已撤回）”，公开期满的是“（公开期满，内容不再公开）”",
    "problems.status": "状态，见[词表](vocabulary.md)",
    "problems.status_label": "状态的中文名称",
    "problems.status_wording": "文件原来怎样写这个状态；与名称相同时为空",
    "problems.group": "原文的分组标题",
    "problems.number": "原文的序号，照原样",
    "problems.category": "类别",
    "problems.lead": "牵头单位",
    "problems.units": "责任单位",
    "problems.deadline": "整改时限：日期、“长期坚持”或者空",
    "problems.deadline_wording": "时限原文，如“2024年底前”；原文就是日期的为空",
    "problems.overdue": "到 `as_of` 这一天是否逾期",
    "problems.overdue_days": "到 `as_of` 这一天逾期几天；没有逾期的为 0",
    "problems.closeout": "巡察机构或者监督部门的验收；没有验收的没有这一项",
    "problems.closeout.date": "销号日期",
    "problems.closeout.by": "验收单位；没有写明的为空",
    "problems.closeout.doc_no": "验收文号；没有写明的为空",
    "problems.flags": "标记，见[词表](vocabulary.md)",
    "problems.priority": "列为重点的理由，见[词表](vocabulary.md)；不是重点的为空",
    "problems.earlier": "同一件事在以前的通报里的永久编号",
    "problems.url": "网页地址，相对于网站的根",
    "problems.progress": "进展，按日期先后",
    "problems.progress.date": "日期",
    "problems.progress.status": "当时的状态；没有写明的为空",
    "problems.progress.text": "内容",
    "problems.withdrawn": "撤回的日期，或者公开期满的日期（另有 `ended`）；内容还公开的问题没有这一项",
    "problem_count": "问题数",
    "states": "每一类由哪些状态组成",
    "verified": "经巡察机构或者监督部门验收的状态",
    "stale_after_days": "截至日期比 `as_of` 早多少天以上、又还有没完成的问题，写明“此后未更新”",
    "durations": "从反馈到完成用了多少天，全站的和各单位的；怎样算见规则 `duration`",
    "durations.median_days": "中位数；没有可以算出的，null",
    "durations.problems": "由几个问题算出",
    "durations.done": "已完成（含已销号）的问题数",
    "durations.units": "各单位的",
    "durations.units.unit": "单位",
    "durations.units.median_days": "中位数",
    "durations.units.problems": "由几个问题算出",
    "durations.units.done": "已完成（含已销号）的问题数",
    "priorities": "列为重点的标准：名称和说明",
    "rules": "计数规则，与说明页上的相同，是网站的语言",
    "rules.key": "规则的名称，长期不变",
    "rules.text": "规则",
    "matters": "事项数：互为前次的问题合计 1 个",
    "disclosures": "全部公开的通报",
    "disclosures.id": "通报的永久编号",
    "disclosures.title": "标题",
    "disclosures.unit": "公开的单位",
    "disclosures.inspector": "巡察机构",
    "disclosures.published": "公开日期",
    "disclosures.as_of": "这份通报的截至日期",
    "disclosures.until": "公开截止：这一天起只留条目；长期公开的为空",
    "disclosures.ended": "公开期是否已满",
    "disclosures.stale": "还有没完成的问题，而截至日期比 `as_of` 早半年以上：此后的情况不知道",
    "disclosures.url": "网页地址，相对于网站的根",
    "disclosures.counts": "这份通报的计数，由问题逐条数出",
    "disclosures.counts.total": "问题总数",
    "disclosures.counts.done": "已完成",
    "disclosures.counts.open": "未完成",
    "disclosures.counts.unstated": "通报没有逐项公布状态的；已完成、未完成和它之和等于总数",
    "disclosures.counts.verified": "已完成里经巡察机构或者监督部门验收销号的",
    "disclosures.counts.overdue": "到 `as_of` 这一天逾期的",
    "disclosures.counts.by_status": "每种状态各多少",
    "disclosures.stated": "通报自己公布的数",
    "disclosures.stated.as_of": "公布数的截至日期",
    "disclosures.stated.counts": "总数和公布了的各种状态；没有公布的为空",
}
"""What each field of the data files means; a field that is not here stops the generator."""


class Missing(Exception):
    """Something in the code has no word here; the text names it and says where it goes."""


def pages() -> dict[str, str]:
    """Return every generated page by its place below docs/; raises Missing."""
    made = {"vocabulary.md": vocabulary(), "commands.md": all_commands(), "formats.md": formats()}
    return made | {f"rules/{name}": text for name, text in rule_pages.pages().items()}


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in (list(head), *rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [lines[0], ["---"] * len(lines[0]), *lines[1:]])


# --- Vocabulary -------------------------------------------------------------------------------------------------------

TERMS = {
    "状态": (words.STATUSES, "一个问题现在怎样。"),
    "两类": (words.STATES, "合计的数字：已完成（含已销号），和其余。"),
    "标记": (words.FLAGS, "状态以外的情况，可以有几个。"),
    "重点": (words.PRIORITIES, "列为重点的理由，可以有几个；标准公布在网站的说明页上。"),
    "环节": (words.STAGES, "办理的各步：谁办、改变什么。各步都不公开；改变了状态、时限的，另有一条公开的进展。"),
    "文种": (words.GENRES, "只有注明“公开”的文种会进入网站。"),
    "公开范围": (words.SCOPES, "只有“社会”会进入网站；不写就是“社会”。"),
}
KINDS = {
    "text": "文字",
    "ordinal": "序号，任何写法",
    "names": "单位，一个或者几个",
    "refs": "问题的永久编号，一个或者几个",
    "fingerprints": "由 `rectify approve` 写入",
    "number": "数",
    "date": "日期",
    "deadline": "日期或者“长期坚持”",
    "status": "状态",
    "genre": "文种",
    "scope": "公开范围",
    "stage": "环节",
    "flags": "标记，一个或者几个",
    "priorities": "列为重点的理由，一个或者几个",
    "counts": "总数和各状态的数",
    "files": "附件的路径，一个或者几个",
}
"""What the kinds of `vocabulary.toml` are called; a record is called by its own name."""


def vocabulary() -> str:
    """Return the page of all closed values and all keys."""
    parts = ["# 词表", NOTE, "字段名和值写英文、中文名称或者别名都可以，全角半角、大小写、空格不论。"]
    for title, (terms, about) in TERMS.items():
        rows = [
            (f"{term.mark} {term.label}".strip(), f"`{term.key}`", term.english, _about(term), "、".join(term.aliases))
            for term in terms
        ]
        parts += [f"## {title}", about, table(("名称", "英文写法", "English", "含义", "别名"), rows)]
    for title, keys in {"通报的字段": words.DISCLOSURE_KEYS, "问题的字段": words.PROBLEM_KEYS}.items():
        parts += [f"## {title}", _keys(keys)]
    parts += ["## 字段里的各项"]
    owners = {key.kind: key.label for keys in (words.DISCLOSURE_KEYS, words.PROBLEM_KEYS) for key in keys}
    for name, keys in words.RECORDS.items():
        parts += [f"### {owners.get(name, name)}", _keys(keys)]
    return "\n\n".join(parts) + "\n"


def _about(term: words.Term) -> str:
    counted = {"done": "计入已完成。", "open": "计入未完成。", "unstated": "单独计数。"}.get(term.counts_as, "")
    return term.definition + counted + ("公开。" if term.publishable else "")


def _keys(keys: words.Keys) -> str:
    rows = []
    for key in keys:
        if key.kind not in KINDS and key.kind not in words.RECORDS:
            raise Missing(f"tools/manual.py, KINDS: what a value of kind {key.kind!r} is called (key {key.name!r})")
        kind = KINDS.get(key.kind, "各项见下") + ("，可以有几条" if key.many else "")
        notes = [*(["必填"] if key.required else []), *(["不公开"] if key.internal else [])]
        notes += ["只写这一项时，可以直接写文字"] if key.short else []
        rows.append((key.label, f"`{key.name}`", key.english, kind, "；".join(notes), "、".join(key.aliases)))
    return table(("名称", "英文写法", "English", "内容", "", "别名"), rows)


# --- Commands ---------------------------------------------------------------------------------------------------------


def all_commands() -> str:
    """Return the page of every command with its options, as click has them."""
    parts = ["# 命令", NOTE, "每个命令都有 `--help`；`--lang en` 写在命令之前，说明和提示改为英文。"]
    parts.append(
        "退出状态：0 完成，1 内容有问题或者失败，2 用法不对；`import` 另有 3，`publish` 另有 3、4、5、6，见[那一节](#publish)。"
    )
    with click.Context(commands, info_name="rectify") as top:
        for name in commands.list_commands(top):
            command = commands.get_command(top, name)
            assert command, name
            parts += _command(command, name, top, "##")
    return "\n\n".join(parts) + "\n"


def _command(command: click.Command, name: str, parent: click.Context, level: str) -> Iterator[str]:
    with click.Context(command, info_name=name, parent=parent) as context:
        yield f"{level} {context.command_path.partition(' ')[2]}"
        for paragraph in (command.help or "").strip().split("\n\n"):
            yield re.sub(r"\s*\n\s*", "", paragraph).replace("\b", "")
        yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```"
        records = [parameter.get_help_record(context) for parameter in command.params]
        if rows := [(f"`{record[0]}`", record[1]) for record in records if record]:
            yield table(("选项", "说明"), rows)
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                yield from _command(command.commands[inner], inner, context, f"{level}#")


# --- Formats ----------------------------------------------------------------------------------------------------------


def formats() -> str:
    """Return the page of the data files, from what an example of each really holds; raises Missing."""
    day, chinese = date(2025, 9, 30), language("zh")
    progress = Progress(date(2025, 9, 20), "启用电子巡查台账，补录三季度记录。", "closed-out")
    problem = Problem(
        disclosure="2025-shuiwuju",
        nn="01",
        title="河道巡查记录不完整",
        status="closed-out",
        number="1",
        lead="河道管理科",
        deadline=date(2025, 12, 31),
        progress=(progress,),
        closeout=Closeout(date(2025, 9, 28), "清川市委巡察工作领导小组办公室", "清巡销〔2025〕31号"),
    )
    disclosure = Disclosure(
        id="2025-shuiwuju",
        title="清川市水务局党组关于巡察整改情况的报告",
        genre="rectification",
        unit="清川市水务局",
        as_of=day,
        feedback=date(2025, 6, 16),
        declared=(("total", 1), ("closed-out", 1)),
        published=date(2025, 10, 15),
    )
    register = Register([disclosure], {disclosure.id: [problem]}, day)
    fragment = data.problems_fragment([problem], day, chinese)
    files = {
        "data/problems.json": data.problems_json([fragment], day),
        "data/disclosures.json": data.disclosures_json(register),
        "data/counting.json": counting.counting_json(register, chinese),
    }
    parts = ["# 数据格式", NOTE, "例子里的内容是虚构的。地址和使用时的注意见[地址和文件](data.md)。"]
    for name, made in files.items():
        value = json.loads(made)
        shown = json.dumps(value, ensure_ascii=False, indent=2)
        rows = [(f"`{field}`", kind, meaning) for field, kind, meaning in _fields(value)]
        parts += [f"## {name}", table(("字段", "类型", "含义"), rows), f"```json\n{shown}\n```"]
    counts = register.counts_of(disclosure)
    for one in data_tables.TABLES:
        made = data_tables.csv_rows(data_tables.rows_of(one, disclosure, [problem], counts, day, chinese))
        text = data_tables.csv_file(one, [made], chinese).decode("utf-8-sig").replace("\r\n", "\n").strip()
        columns = [
            (field.name(chinese), field.name(language("en")), f"`{field.key}`", field.meaning(chinese))
            for field in one.fields
        ]
        parts += [
            f"## data/{one.key}.csv",
            f"{one.about.id}。UTF-8，带 BOM；以公式符号开头的格前面加单引号。",
            table(("列", "英文", "代码", "含义"), columns),
            f"```text\n{text}\n```",
        ]
    return "\n\n".join(parts) + "\n"


def _fields(value: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, str, str]]:
    kinds = {str: "文字", int: "数", bool: "真假", list: "列表", dict: "对象"}
    for name, item in value.items():
        field = f"{inside}{name}"
        if field not in MEANINGS:
            raise Missing(f"tools/manual.py, MEANINGS: what the field {field!r} of the data files means")
        yield field, kinds[type(item)], MEANINGS[field]
        first = item[0] if isinstance(item, list) and item else item
        if (
            isinstance(first, dict)
            and name not in ("by_status", "states", "priorities")
            and field != "disclosures.stated.counts"
        ):
            yield from _fields(first, f"{field}.")


def main(arguments: list[str]) -> int:
    made = pages()
    held = {path: (DOCS / path).read_text("utf-8") if (DOCS / path).is_file() else "" for path in made}
    left = [f"rules/{path.name}" for path in (DOCS / "rules").iterdir() if f"rules/{path.name}" not in made]
    stale = [path for path in made if held[path] != made[path]]
    if arguments == ["--check"]:
        if stale or left:
            print(f"docs/ is not what the code says: {', '.join(stale + left)}; run tools/manual.py")
        return int(bool(stale or left))
    for path in left:
        (DOCS / path).unlink()
    for path in stale:
        (DOCS / path).write_text(made[path], "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as missing:
        sys.exit(str(missing))
