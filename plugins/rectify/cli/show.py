"""`rectify show`: one problem or disclosure in full, as it stands in the content or as the site showed it on a day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from rectify.cli.earlier import ON, PUBLISHED, earlier
from rectify.cli.publish import FORM
from rectify.cli.references import Reference, any_of
from rectify.cli.site import CONTENT, content_of, units_around
from rectify.core.changes import ATTACHMENTS, BODY, Record, parts_of, text_of
from rectify.core.course import step_line
from rectify.core.language import Language, _, spoken
from rectify.core.model import Step, Titles
from rectify.core.past import WITHHELD
from rectify.core.register import is_public
from rectify.core.vocabulary import DISCLOSURE_KEYS, GENRES, PROBLEM_KEYS, RECORDS, SCOPES, STATUSES, Keys, Vocabulary
from rectify.outputs.public_record import plain_record
from rectify.sources.folder import read_folder
from rectify.sources.units import named

_CLOSED: dict[str, Vocabulary] = {"status": STATUSES, "genre": GENRES, "scope": SCOPES}


@click.command(
    short_help=_("看一个问题或者一份通报的全部内容，也可以看以前某一天公开的。"),
    help=_(
        "看一个问题或者一份通报的全部内容。REF 是问题的编号（2024-shuiwuju/04）或者通报的文件夹名。"
        "写 --on 2025-06-30，看这一天网站上公开的是什么：从当前公开的数据和公开的历史（history.jsonl）算出，后来撤回的内容不在其中。"
        "交办、申请、审核各步不公开，列在最后；--format json 和 --on 只有公开的。"
    ),
)
@click.argument("ref")
@ON
@PUBLISHED
@FORM
@CONTENT
def show(ref: str, on: date | None, published: str | None, form: str, content: Path | None) -> None:
    told: dict[str, Any] = {}
    course: tuple[Step, ...] = ()
    if on is not None:
        then = earlier(on, published, content)
        found = then.named(ref)
        record = then.record(found)
        told = {
            "release": then.shown.release,
            "published": then.shown.head.get("on", ""),
            "as_of": then.register.as_of.isoformat(),
        }
        heading = then.sentence()
    elif published:
        raise click.UsageError(_("--published 要与 --on 一起用"))
    else:
        content = content_of(content)
        found = any_of(ref, content)
        record, course = _of_content(found, content)
        heading = ""
    if form == "json":
        click.echo(json.dumps({**told, **record}, ensure_ascii=False, indent=1))
        return
    if heading:
        click.echo(heading, err=True)
    keys = PROBLEM_KEYS if found.number else DISCLOSURE_KEYS
    click.echo("\n".join(_lines(f"{found[0]}/{found[1]}".rstrip("/"), record, keys)))
    if course:
        click.echo("\n" + _("{name}（内部，不公开）：", name=spoken().name(PROBLEM_KEYS["course"])))
        click.echo("\n".join(f"  {step_line(step)}" for step in course))


def _of_content(found: Reference, content: Path) -> tuple[Record, tuple[Step, ...]]:
    """Return what is public of a disclosure or a problem, and the steps that are not."""
    folder = named(read_folder(content, found.disclosure), units_around(content))
    if folder.disclosure is None:
        raise click.ClickException(_("{disclosure} 读不出来；运行 rectify check 查看", disclosure=found.disclosure))
    if not is_public(folder.disclosure):
        click.echo(_("这一份不公开（文种或者公开范围）"), err=True)
    if not found.number:
        return plain_record(folder.disclosure, DISCLOSURE_KEYS), ()
    problem = next((one for one in folder.problems if one.nn == found.number), None)
    if problem is None:
        raise click.ClickException(
            _("{disclosure} 读不出来；运行 rectify check 查看", disclosure=f"{found[0]}/{found[1]}")
        )
    return plain_record(problem.shown(), PROBLEM_KEYS), problem.course


def _lines(ref: str, record: Record, keys: Keys) -> Iterator[str]:
    language = spoken()
    withheld = {
        name.partition(".")[0]
        for name in record.get(WITHHELD, ())
        if not isinstance(record.get(name), list) or not record[name]
    }
    title = record["title"] or _without_text(record.get("withdrawn"), language)
    yield f"{ref}  {title}".rstrip()
    for key in keys:
        if key.name in withheld:
            yield _("{name}：{text}", name=language.name(key), text=_("当时的文字已不再公开"))
        elif key.name == "withdrawn" and (record.get("withdrawn") or {}).get("ended"):
            until = language.name(DISCLOSURE_KEYS["until"])
            yield _("{name}：{text}", name=until, text=record["withdrawn"]["date"])
        elif key.name != "title" and not key.internal and (value := record.get(key.name)):
            yield from _field(language.name(key), key.name, value, record, keys)
    if withheld & {ATTACHMENTS, BODY}:
        yield _("当时的文字已不再公开")
    for name in (ATTACHMENTS, BODY):
        yield from ("", "\n\n".join(record[name])) if record.get(name) and name == BODY else record.get(name) or ()


def _without_text(withdrawn: Any, language: Language) -> str:
    """Return what stands in place of the title of a problem without one."""
    titles = Titles.said(language)
    return (titles.ended if withdrawn.get("ended") else titles.withdrawn) if withdrawn else ""


def _field(label: str, name: str, value: Any, record: Record, keys: Keys) -> Iterator[str]:
    language = spoken()
    if name in _CLOSED and value in _CLOSED[name].entries:
        yield _("{name}：{text}", name=label, text=language.name(_CLOSED[name][value]))
    elif isinstance(value, Mapping):
        named: dict[str, Any] = {
            **STATUSES.entries,
            **(RECORDS[kind].entries if (kind := keys[name].kind) in RECORDS else {}),
        }
        names = {part: language.name(named[part]) if part in named else _("总数") for part in value}
        told = (f"{names[part]} {text_of(one)}" for part, one in value.items())
        yield _("{name}：{text}", name=label, text=_("，").join(told))
    else:
        parts = parts_of(name, record)
        if len(parts) == 1:
            yield _("{name}：{text}", name=label, text=parts[0])
        else:
            yield _("{name}：{text}", name=label, text="")
            yield from (f"  {part}" for part in parts)
