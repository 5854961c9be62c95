"""`rectify new`: a disclosure or a problem to be filled in."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from rectify.cli.site import CONTENT, content_of, disclosure_of
from rectify.cli.texts import say
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, STATUSES
from rectify.sources.dates import NoSuchDay, parse_date
from rectify.sources.folder import ID
from rectify.sources.program import ProgramError, run
from rectify.sources.safe_files import replace_file, write_folder
from rectify.sources.write import document

_DRY_RUN = click.option("--dry-run", is_flag=True, help=say("只显示将要写入的内容", "show what would be written"))
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


@click.group(help=say("新建通报或者问题，按提示填写。", "A new disclosure or problem, asking for what is needed."))
def new() -> None:
    pass


@new.command(
    help=say("新建一份通报。没有用选项写明的，逐项询问。", "A new disclosure; what no option states is asked for.")
)
@click.option(
    "--id",
    "rid",
    help=say(
        "文件夹名：年份-单位拼音，只用小写字母、数字、短横", "folder: year-unit, lower-case letters, digits, hyphens"
    ),
)
@click.option("--title", help=say("标题", "title"))
@click.option("--unit", help=say("公开的单位", "the disclosing unit"))
@click.option("--as-of", help=say("截至日期", "as-of date"))
@click.option("--published", help=say("公开日期", "date of publication"))
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
    unit = _asked(unit, "--unit", DISCLOSURE_KEYS["unit"].label)
    title = _asked(title, "--title", DISCLOSURE_KEYS["title"].label, f"{unit}关于巡察整改情况的报告")
    rid = _asked(rid, "--id", say("文件夹名（如 2025-shuiwuju）", "folder (such as 2025-shuiwuju)"))
    if not ID.match(rid):
        raise click.BadParameter(
            say(
                "只用小写字母、数字和短横，如 2025-shuiwuju",
                "lower-case letters, digits and hyphens only, such as 2025-shuiwuju",
            ),
            param_hint="--id",
        )
    days = {
        "as_of": _date(_asked(as_of, "--as-of", DISCLOSURE_KEYS["as_of"].label, date.today().isoformat()), "--as-of"),
        "published": _date(
            _asked(published, "--published", DISCLOSURE_KEYS["published"].label, date.today().isoformat()),
            "--published",
        ),
    }
    values: dict[str, Any] = (
        dict.fromkeys(_DISCLOSURE_EMPTY)
        | {"title": title, "genre": "rectification", "unit": unit, "scope": "society"}
        | days
    )
    text = _with_forms(document(values, DISCLOSURE_KEYS, ""))
    folder = content / "reports" / rid
    if folder.exists():
        raise click.ClickException(say(f"{folder} 已经存在，没有改动", f"{folder} exists; nothing was changed"))
    if dry_run:
        click.echo(f"{folder / 'index.md'}\n\n{text}", nl=False)
        return
    write_folder(folder, {"index.md": text})
    click.echo(
        say(
            f"已新建 {folder / 'index.md'}；接着填写，再用 rectify new problem {rid} 逐个新建问题",
            f"made {folder / 'index.md'}; fill it in, then: rectify new problem {rid}",
        )
    )


@new.command(
    help=say("在一份通报里新建一个问题，编号接着已有的。", "A new problem of a disclosure, with the next number.")
)
@click.argument("disclosure")
@click.option("--title", help=say("问题", "the problem"))
@click.option("--status", help=say("状态", "its status"))
@click.option("--group", default="", help=say("分组", "group"))
@click.option("--number", default="", help=say("原文的序号", "number printed in the document"))
@click.option("--lead", default="", help=say("牵头单位", "lead unit"))
@click.option("--deadline", help=say("整改时限", "deadline"))
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
    content: Path | None,
    dry_run: bool,
) -> None:
    content = content_of(content)
    rid = disclosure_of(disclosure, content)
    title = _asked(title, "--title", PROBLEM_KEYS["title"].label)
    term = STATUSES.find(_asked(status, "--status", PROBLEM_KEYS["status"].label, next(iter(STATUSES)).label))
    if term is None:
        raise click.BadParameter(
            say("可用的值：", "accepted: ") + "、".join(STATUSES.labels().values()), param_hint="--status"
        )
    values: dict[str, Any] = dict.fromkeys(_PROBLEM_EMPTY) | {"title": title, "status": term.key}
    values |= {name: value for name, value in (("group", group), ("number", number), ("lead", lead)) if value}
    if deadline:
        values["deadline"] = _date(deadline, "--deadline", month_end=True)
    folder = content / "reports" / rid
    file = folder / f"{_next(folder):02d}.md"
    text = document(values, PROBLEM_KEYS, "")
    if dry_run:
        click.echo(f"{file}\n\n{text}", nl=False)
        return
    replace_file(file, text.encode())
    click.echo(say(f"已新建 {file}", f"made {file}"))


def _with_forms(text: str) -> str:
    """Return the text with a line for each part of the contact and the approval."""
    for name in ("contact", "approval"):
        label = DISCLOSURE_KEYS[name].label
        text = text.replace(f"\n{label}:\n", f"\n{label}:\n" + "".join(f"  {key.label}:\n" for key in RECORDS[name]))
    return text


def _asked(value: str | None, option: str, label: str, default: str | None = None) -> str:
    """Return a value that was given, or the answer of somebody at a terminal; a usage error where nobody is there."""
    if value is None and sys.stdin.isatty():
        value = click.prompt(label, default=default)
    if value is None or not value.strip():
        raise click.UsageError(say(f"请写明“{label}”：{option}", f"give '{label}' with {option}"))
    return value.strip()


def _date(text: str, option: str, month_end: bool = False) -> date:
    try:
        return parse_date(text, month_end)
    except (NoSuchDay, ValueError):
        raise click.BadParameter(
            say(f"不是日期：{text}；写成 2024-07-17", f"no date: {text}; write 2024-07-17"), param_hint=option
        ) from None


def _next(folder: Path) -> int:
    """Return the number after every one that a problem of this folder has or, by the history of git, ever had."""
    names = [file.name for file in folder.glob("[0-9]*.md")] + list(_ever(folder))
    return max((int(match[1]) for name in names if (match := re.fullmatch(r"(\d{2,})\.md", name))), default=0) + 1


def _ever(folder: Path) -> Sequence[str]:
    """Return the names of all files that git knows of this folder: deleted, renamed, on another branch."""
    # A rename hides the old name, and without -z a path that is not ASCII comes quoted.
    command = ["git", "log", "--all", "--no-renames", "-z", "--name-only", "--format=", "--", "."]
    try:
        return [path.rpartition("/")[2] for path in run(command, folder=folder).split("\0")]
    except ProgramError:  # no git, or no repository
        return ()
