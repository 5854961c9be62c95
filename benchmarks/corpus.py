"""Writes a deterministic fictional corpus for the benchmarks, 25 problems a disclosure.

    python benchmarks/corpus.py N OUT [--seed S] [--for content stock hugo lines]

OUT/content      in the project's content format (the default)
OUT/stock        the same problems as a docs folder for MkDocs without the project's plugin
OUT/hugo         the same problems as Hugo content
OUT/lines        corpus.jsonl, the same problems, one a line, for benchmarks/search.py

A smaller corpus is the beginning of a larger one with the same seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

PROBLEMS_A_DISCLOSURE = 25
LIST_PAGE = 100  # What the project's own lists have.

STATUSES = {"已完成": 42, "已销号": 8, "阶段性完成": 18, "持续推进": 25, "待整改": 7}
"""Labels with the share of problems that have them."""

DONE, STAGED, OPEN = "集中整改期内已完成的整改事项", "取得阶段性成果、需要继续推进的整改事项", "正在推进的整改事项"
GROUPS = {"已完成": DONE, "已销号": DONE, "阶段性完成": STAGED, "持续推进": OPEN, "待整改": OPEN}
DRAW = re.compile(r"\{(?:(\d+)-(\d+)|(\w+))\}")


class Entry(NamedTuple):
    date: date
    status: str
    text: str


class Problem(NamedTuple):
    nn: str
    title: str
    status: str
    group: str
    number: int
    category: str
    lead: str
    units: list[str]
    deadline: str
    measures: list[str]
    progress: list[Entry]
    body: str


class Disclosure(NamedTuple):
    id: str
    title: str
    unit: str
    start: date
    """Day of the feedback; the other dates follow from it."""
    prose: str
    problems: list[Problem]

    @property
    def as_of(self) -> date:
        return self.start + timedelta(days=200)

    @property
    def published(self) -> date:
        return self.start + timedelta(days=215)


def counts(problems: list[Problem]) -> dict[str, int]:
    """Return how many problems there are of each status that occurs."""
    found = [p.status for p in problems]
    return {status: found.count(status) for status in STATUSES if status in found}


class Writer:
    """Draws words and sentences. Uses `random()` alone, whose sequence Python keeps from version to version."""

    def __init__(self, seed: int):
        self._random = random.Random(seed).random
        words = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
        lists = {name: value.split() if isinstance(value, str) else value for name, value in words.items()}
        self._lists = {name: [_pieces(text) for text in texts] for name, texts in lists.items()}

    def number(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))

    def one_of(self, values: list) -> Any:
        return values[self.number(0, len(values) - 1)]

    def text(self, name: str, **given: str) -> str:
        """Return a text from the list of this name, with everything in it drawn but what is given."""
        if name in given:
            return given[name]
        return "".join(
            p if isinstance(p, str) else str(self.number(*p)) if len(p) == 2 else self.text(p[0], **given)
            for p in self.one_of(self._lists[name])
        )

    def texts(self, name: str, count: int, **given: str) -> list[str]:
        return [self.text(name, **given) for _ in range(count)]


def _pieces(text: str) -> list:
    """Return literal texts, (low, high) of numbers and (name,) of lists, in the order of the text."""
    pieces, end = [], 0
    for match in DRAW.finditer(text):
        pieces += [text[end : match.start()], (match[3],) if match[3] else (int(match[1]), int(match[2]))]
        end = match.end()
    return [piece for piece in (*pieces, text[end:]) if piece]


def disclosures(count: int, seed: int) -> Iterator[Disclosure]:
    """Yield disclosures with `count` problems in all."""
    writer, titles = Writer(seed), set()
    for number in range(-(-count // PROBLEMS_A_DISCLOSURE)):
        unit = writer.text("county") + writer.text("department")
        start = date(writer.number(2018, 2025), 1, 1) + timedelta(days=writer.number(0, 360))
        disclosure = Disclosure(
            f"{start.year}-{number + 1:04d}", f"{unit}关于巡察整改进展情况的通报", unit, start, "", []
        )
        size = min(PROBLEMS_A_DISCLOSURE, count - number * PROBLEMS_A_DISCLOSURE)
        made = [_problem(writer, titles, start) for _ in range(size)]
        problems, printed = [], defaultdict(int)
        for problem in sorted(made, key=lambda p: list(GROUPS.values()).index(p.group)):
            printed[problem.group] += 1
            problems.append(problem._replace(nn=f"{len(problems) + 1:02d}", number=printed[problem.group]))
        yield disclosure._replace(problems=problems, prose=_prose(writer, disclosure, problems))


def _problem(writer: Writer, titles: set[str], start: date) -> Problem:
    matter = writer.text("subject")
    while (title := writer.text("title", matter=matter)) in titles:
        pass
    titles.add(title)
    status = writer.one_of([label for label, share in STATUSES.items() for _ in range(share)])
    days = sorted(writer.number(5, 195) for _ in range(1 if status == "待整改" else writer.number(1, 4)))
    steps = ["持续推进"] * (len(days) - 1) + [status]
    return Problem(
        nn="",
        title=title,
        status=status,
        group=GROUPS[status],
        number=0,
        category=writer.text("theme"),
        lead=writer.text("office"),
        units=list(dict.fromkeys(writer.texts("office", writer.number(1, 3)))),
        deadline="长期坚持" if writer.number(1, 12) == 1 else str(start + timedelta(days=writer.number(40, 400))),
        measures=writer.texts("short", writer.number(2, 3)),
        progress=[Entry(start + timedelta(days=d), s, writer.text("news")) for d, s in zip(days, steps)],
        body=_body(writer, matter),
    )


def _body(writer: Writer, matter: str) -> str:
    """Return 200 to 600 characters of Markdown: what was found, what was done about it, what came of it."""
    found = "".join(writer.texts("finding", writer.number(1, 2), matter=matter))
    came = "".join(writer.texts("effect", writer.number(1, 2)))
    done: list[str] = []
    most = writer.number(180, 500) - len(found) - len(came)
    for ordinal in "一二三四五六七八九":
        if len(done) < 2 or sum(map(len, done)) < most:
            done.append(f"**{ordinal}是** " + writer.text("step"))
    return "\n\n".join(["## 问题表现", found, "## 整改措施", *done, "## 整改成效", came])


def _prose(writer: Writer, disclosure: Disclosure, problems: list[Problem]) -> str:
    opening = f"{disclosure.start.year}年，巡察组向{disclosure.unit}党组反馈了巡察意见。现将整改进展情况公开如下。"
    parts = "，".join(f"{status}{n}个" for status, n in counts(problems).items())
    sentence = f"反馈的{len(problems)}个问题中，{parts}。"
    organised, ahead = (writer.texts(name, 2, unit=disclosure.unit) for name in ("organised", "ahead"))
    parts = [opening, "## 一、总体情况", sentence, "## 二、组织情况", *organised, "## 三、下一步工作", *ahead]
    return "\n\n".join(parts)


# ---------------------------------------------------------------- forms


def write(path: Path, head: list[str], *body: str) -> None:
    """Write a Markdown file with front matter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["---", *head, "---", "", "\n\n".join(part for part in body if part), ""])
    path.write_text(text, encoding="utf-8", newline="\n")


def problem_head(p: Problem) -> list[str]:
    """Return the front matter of a problem in the content format."""
    progress = [f"  - 日期: {e.date}\n    状态: {e.status}\n    内容: {e.text}" for e in p.progress]
    return [
        f"问题: {p.title}",
        f"状态: {p.status}",
        f"分组: {p.group}",
        f"序号: {p.number}",
        f"类别: {p.category}",
        f"牵头单位: {p.lead}",
        f"责任单位: [{', '.join(p.units)}]",
        f"整改时限: {p.deadline}",
        "整改措施:",
        *(f"  - {text}" for text in p.measures),
        "进展:",
        *progress,
    ]


def content(made: list[Disclosure], out: Path) -> None:
    """Write the corpus in the content format."""
    _plain_pages(made, out, "index.md")
    for number, r in enumerate(made, start=1):
        head = [
            f"标题: {r.title}",
            "文种: 整改情况报告",
            f"单位: {r.unit}",
            "巡察机构: 清川市委巡察组",
            "监督类型: 巡察",
            f"反馈日期: {r.start}",
            f"截至日期: {r.as_of}",
            f"公开日期: {r.published}",
            "公开范围: 社会",
            "公布数:",
            f"  总数: {len(r.problems)}",
            *(f"  {status}: {n}" for status, n in counts(r.problems).items()),
            "联系方式:",
            f"  电话: 0000-{2_000_000 + number}",
            f"  地址: 清川市政务中心{number}室",
            f"索引号: 0000{number:05d}/{r.published.year}",
            f"发布机构: {r.unit}",
            f"成文日期: {r.as_of}",
            "审批:",
            "  批准: 党组书记",
            f"  日期: {r.as_of}",
        ]
        write(out / "reports" / r.id / "index.md", head, r.prose)
        for p in r.problems:
            write(out / "reports" / r.id / f"{p.nn}.md", problem_head(p), p.body)


def stock(made: list[Disclosure], out: Path) -> None:
    """Write the corpus for MkDocs alone: what a template would add is Markdown, lists and tables included."""
    _plain_pages(made, out, "index.md")
    write(out / "reports/index.md", ["title: 公开通报"], "\n".join(f"- [{r.title}]({r.id}/index.md)" for r in made))
    for r in made:
        rows = [f"| {p.number} | [{p.title}]({p.nn}.md) | {p.status} | {p.lead} | {p.deadline} |" for p in r.problems]
        table = "\n".join(["| 序号 | 问题 | 状态 | 牵头单位 | 整改时限 |", "|---|---|---|---|---|", *rows])
        write(out / "reports" / r.id / "index.md", [f"title: {r.title}"], r.prose, table)
        for p in r.problems:
            facts = f"状态：{p.status}。{p.group}，第{p.number}项。类别：{p.category}。整改时限：{p.deadline}。"
            facts += f"牵头单位：{p.lead}。责任单位：{'、'.join(p.units)}。"
            lists = "\n".join(["## 措施", "", *(f"- {text}" for text in p.measures), "", "## 进展", ""])
            progress = "\n".join(f"- {e.date} {e.status}：{e.text}" for e in p.progress)
            write(out / "reports" / r.id / f"{p.nn}.md", [f"title: {p.title}"], facts, p.body, f"{lists}\n{progress}")
    _stock_lists(made, out / "lists/status", "状态", lambda r, p: p.status)
    _stock_lists(made, out / "lists/year", "年份", lambda r, p: str(r.published.year))
    _stock_lists(made, out / "lists/unit", "单位", lambda r, p: r.unit)


def _stock_lists(made: list[Disclosure], out: Path, label: str, value: Callable[[Disclosure, Problem], str]) -> None:
    found = defaultdict(list)
    for r in made:
        for p in r.problems:
            link = f"[{p.title}](../../reports/{r.id}/{p.nn}.md)"
            found[value(r, p)].append(f"- {link} {p.status} {r.unit} {p.deadline}")
    lists = list(enumerate(sorted(found.items()), start=1))
    for number, (name, rows) in lists:
        pages = range(-(-len(rows) // LIST_PAGE))
        names = [f"{number:03d}" + (f"-{page + 1}" if page else "") for page in pages]
        pager = " ".join(f"[{page + 1}]({names[page]}.md)" for page in pages) if len(pages) > 1 else ""
        for page in pages:
            part = "\n".join(rows[page * LIST_PAGE : (page + 1) * LIST_PAGE])
            write(out / f"{names[page]}.md", [f"title: {name}（{page + 1}）"], f"共{len(rows)}个问题。", part, pager)
    index = "\n".join(f"- [{name}]({number:03d}.md) {len(rows)}" for number, (name, rows) in lists)
    write(out / "index.md", [f"title: 按{label}查看"], index)


def hugo(made: list[Disclosure], out: Path) -> None:
    """Write the corpus for Hugo with the theme in benchmarks/hugo/."""
    _plain_pages(made, out, "_index.md")
    write(out / "reports/_index.md", ["title: 公开通报"])
    for r in made:
        write(out / "reports" / r.id / "_index.md", [f"title: {r.title}", f"date: {r.published}"], r.prose)
        for p in r.problems:
            progress = [f'  - date: "{e.date}"\n    status: {e.status}\n    text: {e.text}' for e in p.progress]
            head = [
                f"title: {p.title}",
                f"weight: {int(p.nn)}",
                f"date: {p.progress[-1].date}",
                f"status: {p.status}",
                f"unit: {r.unit}",
                f'year: "{r.published.year}"',
                f"group: {p.group}",
                f"number: {p.number}",
                f"category: {p.category}",
                f"lead: {p.lead}",
                f"units: [{', '.join(p.units)}]",
                f'deadline: "{p.deadline}"',
                "measures:",
                *(f"  - {text}" for text in p.measures),
                "progress:",
                *progress,
            ]
            write(out / "reports" / r.id / f"{p.nn}.md", head, p.body)


def _plain_pages(made: list[Disclosure], out: Path, index: str) -> None:
    count = sum(len(r.problems) for r in made)
    write(out / index, ["title: 整改公开"], f"公开通报{len(made)}份，问题{count}个。")
    write(
        out / "about.md", ["title: 监督方式"], "对公开的整改情况有不同意见，可以来电、来信或者来访。电话0000-1234567。"
    )
    write(out / "methodology.md", ["title: 统计说明"], "以问题为统计单位，数量由逐条记录计算得出。")


def lines(made: list[Disclosure], out: Path) -> None:
    """Write one JSON object a problem."""
    rows = [
        {
            "path": f"reports/{r.id}/{p.nn}",
            "short": p.title,
            "status": p.status,
            "unit": r.unit,
            "year": f"{r.published:%Y}",
        }
        | {"progress": [(e.date.isoformat(), e.text) for e in p.progress], "body": p.body}
        for r in made
        for p in r.problems
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / "corpus.jsonl").write_text(text, encoding="utf-8", newline="\n")


FORMS = {"content": content, "stock": stock, "hugo": hugo, "lines": lines}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("problems", metavar="N", type=int)
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--for", dest="forms", nargs="+", choices=FORMS, default=["content"])
    options = parser.parse_args()
    made = list(disclosures(options.problems, options.seed))
    for form in options.forms:
        shutil.rmtree(options.out / form, ignore_errors=True)
        (options.out / form).mkdir(parents=True)
        FORMS[form](made, options.out / form)


if __name__ == "__main__":
    main()
