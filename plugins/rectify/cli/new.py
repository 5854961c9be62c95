"""`rectify new`: a disclosure or a problem to be filled in."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from rectify.cli.days import day_of
from rectify.cli.references import Reference, disclosure_of, problem_of
from rectify.cli.site import CONTENT, content_of, today_around
from rectify.cli.values import accepted, term_of
from rectify.core.language import _, spoken
from rectify.core.vocabulary import DISCLOSURE_KEYS, PRIORITIES, PROBLEM_KEYS, RECORDS, STATUSES, word_of
from rectify.sources.folder import ID
from rectify.sources.next_number import next_number
from rectify.sources.safe_files import replace_file, write_folder
from rectify.sources.write import document

_DRY_RUN = click.option("--dry-run", is_flag=True, help=_("只显示将要写入的内容"))
_DISCLOSURE_EMPTY = (
    "inspector",
    "inspection",
    "round",
    "feedback",
    "declared",
    "contact",
    "index_no",
    "doc_no",
    "issuer",
    "doc_date",
    "approval",
)
_PROBLEM_EMPTY = ("group", "lead", "units", "owner", "deadline", "measures", "progress")
"""Keys of practical use, written empty for staff to fill in."""
_BY_HAND = ("text", "date")
"""Kinds of the parts of records that somebody fills in."""
_IN_ENGLISH = not spoken().is_chinese
"""Whether the files are; in Traditional Chinese they are not, for the words of the format are Simplified."""
_KEY = {key.name: spoken().name(key) for key in DISCLOSURE_KEYS}
_PROBLEM_KEY = {key.name: spoken().name(key) for key in PROBLEM_KEYS}


@click.group(help=_("新建通报或者问题，按提示填写。"))
def new() -> None:
    pass


@new.command(help=_("新建一份通报。没有用选项写明的，逐项询问。"))
@click.option(
    "--id",
    "rid",
    help=_("文件夹名：年份-单位拼音，只用小写字母、数字、短横"),
)
@click.option("--title", help=_KEY["title"])
@click.option("--unit", help=_KEY["unit"])
@click.option("--as-of", help=_KEY["as_of"])
@click.option("--published", help=_KEY["published"])
@CONTENT
@_DRY_RUN
def disclosure(
    rid: str | None,
    title: str | None,
    unit: str | None,
    as_of: str | None,
    published: str | None,
    content: Path | None,
    dry_run: bool,
) -> None:
    content = content_of(content)
    today = today_around(content).isoformat()
    with _Questions("disclosure") as asked:
        unit = asked(unit, "--unit", _KEY["unit"])
        title = asked(title, "--title", _KEY["title"], _("{unit}关于巡察整改情况的报告", unit=unit))
        rid = asked(rid, "--id", _("文件夹名（如 2025-shuiwuju）"), read=partial(_new_id, content))
        days = {
            "as_of": asked(as_of, "--as-of", _KEY["as_of"], today, _day("--as-of")),
            "published": asked(published, "--published", _KEY["published"], today, _day("--published")),
        }
    values: dict[str, Any] = (
        dict.fromkeys(_DISCLOSURE_EMPTY)
        | {"title": title, "genre": "rectification", "unit": unit, "scope": "society"}
        | days
    )
    text = _with_forms(document(values, DISCLOSURE_KEYS, "", _IN_ENGLISH))
    folder = Reference(rid).place(content)
    if dry_run:
        click.echo(f"{folder / 'index.md'}\n\n{text}", nl=False)
        return
    write_folder(folder, {"index.md": text})
    click.echo(
        _(
            "已新建 {file}；接着填写，再用 rectify new problem {disclosure} 逐个新建问题",
            file=folder / "index.md",
            disclosure=rid,
        )
    )


@new.command(help=_("在一份通报里新建一个问题，编号接着已有的。"))
@click.argument("disclosure")
@click.option("--title", help=_PROBLEM_KEY["title"])
@click.option("--status", help=_PROBLEM_KEY["status"])
@click.option("--group", default="", help=_PROBLEM_KEY["group"])
@click.option("--number", default="", help=_PROBLEM_KEY["number"])
@click.option("--lead", default="", help=_PROBLEM_KEY["lead"])
@click.option("--deadline", help=_PROBLEM_KEY["deadline"])
@click.option(
    "--priority", "priorities", multiple=True, help=_("列为重点，写明理由：{allowed}", allowed=accepted(PRIORITIES))
)
@click.option("--earlier", multiple=True, help=_("同一件事在以前的通报里的编号，可以写几个"))
@CONTENT
@_DRY_RUN
def problem(
    disclosure: str,
    title: str | None,
    status: str | None,
    group: str,
    number: str,
    lead: str,
    deadline: str | None,
    priorities: tuple[str, ...],
    earlier: tuple[str, ...],
    content: Path | None,
    dry_run: bool,
) -> None:
    content = content_of(content)
    rid = disclosure_of(disclosure, content)
    with _Questions("problem", rid) as asked:
        title = asked(title, "--title", _PROBLEM_KEY["title"])
        first = str(word_of(next(iter(STATUSES))))
        term = asked(
            status, "--status", _PROBLEM_KEY["status"], first, lambda word: term_of(STATUSES, word, "--status")
        )
    values: dict[str, Any] = dict.fromkeys(_PROBLEM_EMPTY)
    values |= {"title": title, "status": term.key}
    values |= {name: value for name, value in (("group", group), ("number", number), ("lead", lead)) if value}
    if deadline:
        values["deadline"] = day_of(deadline, "--deadline", month_end=True)
    if priorities:
        values["priority"] = tuple(term_of(PRIORITIES, one, "--priority").key for one in priorities)
    if earlier:
        values["earlier"] = tuple("/".join(problem_of(ref, content)) for ref in earlier)
    folder = Reference(rid).place(content)
    file = folder / f"{next_number(folder)}.md"
    text = document(values, PROBLEM_KEYS, "", _IN_ENGLISH)
    if dry_run:
        click.echo(f"{file}\n\n{text}", nl=False)
        return
    replace_file(file, text.encode())
    click.echo(_("已新建 {file}", file=file))


def _with_forms(text: str) -> str:
    """Return the text with a line for each part of the contact and the approval."""
    for name in ("contact", "approval"):
        head = f"\n{word_of(DISCLOSURE_KEYS[name])}:\n"
        text = text.replace(
            head, head + "".join(f"  {word_of(key)}:\n" for key in RECORDS[name] if key.kind in _BY_HAND)
        )
    return text


class _Questions:
    """What is asked for one after the other; whoever breaks off is told how to go on with the answers that were given."""

    def __init__(self, *command: str):
        self._command = ["rectify", "new", *command]

    def __enter__(self) -> _Questions:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, click.Abort) and "--" in "".join(self._command):
            click.echo(_("\n没有写入。接着填：{command}", command=shlex.join(self._command)), err=True)

    def __call__(
        self,
        value: str | None,
        option: str,
        label: str,
        default: str | None = None,
        read: Callable[[str], Any] = str,
    ) -> Any:
        """Return what a given value or the answer of somebody at a terminal means, asking again where it means nothing.

        A usage error where nobody is there.
        """
        given = value
        while True:
            if given is None and sys.stdin.isatty():
                given = click.prompt(label, default=default)
            text = (given or "").strip()
            try:
                if not text:
                    raise click.UsageError(_("请写明“{label}”：{option}", label=label, option=option))
                meant = read(text)
            except click.ClickException as error:
                if not sys.stdin.isatty():
                    raise
                click.echo(error.format_message(), err=True)
                given = None
                continue
            self._command += [option, text]
            return meant


def _new_id(content: Path, text: str) -> str:
    if not ID.fullmatch(text):
        raise click.BadParameter(_("只用小写字母、数字和短横，如 2025-shuiwuju"), param_hint="--id")
    if (folder := Reference(text).place(content)).exists():
        raise click.ClickException(_("{folder} 已经存在，没有改动", folder=folder))
    return text


def _day(option: str) -> Callable[[str], date]:
    return lambda text: day_of(text, option)
