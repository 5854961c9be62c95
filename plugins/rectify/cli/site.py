"""The site around, and what a reference names in it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from rectify.cli.texts import say
from rectify.core.vocabulary import nearest
from rectify.sources.configuration import find_configuration, read_configuration
from rectify.sources.content import scan

CONTENT = click.option(
    "--content", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=say("内容文件夹（默认是当前网站的）", "the content folder (default: that of the site around)"),
)  # fmt: skip
_REF = re.compile(r"(?:.*/)?([a-z0-9-]+)/([0-9]{2,})(?:\.md)?/?$")


def content_of(given: Path | None) -> Path:
    """Return the content folder that is meant; a usage error where there is none."""
    if given:
        return given
    file = find_configuration(Path.cwd())
    try:
        content = read_configuration(file).content if file else Path("content")
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not content.is_dir():
        raise click.UsageError(say("这里没有网站；请进入网站文件夹，或者用 --content 指明", "there is no site here; go to its folder, or give --content"))
    return content


def report_of(word: str, content: Path) -> str:
    """Return the id of the report that a word names, id or path; a usage error where there is none."""
    known = sorted(scan(content).folders)
    for part in (word, *reversed(Path(word).parts)):
        if part in known:
            return part
    near = nearest(Path(word).name, known)
    hint = say(f"，是不是“{near}”？", f", did you mean '{near}'?") if near else ""
    raise click.BadParameter(say(f"没有通报“{word}”{hint}", f"there is no report '{word}'{hint}"))


def problem_of(ref: str, content: Path) -> tuple[str, str]:
    """Return report id and number of the problem that a reference names: 2023-x/04, or the path of its file."""
    # Inside a report's folder the shell completes a file's bare name.
    match = _REF.match(ref.replace("\\", "/")) or _REF.match(Path(ref).absolute().as_posix() if Path(ref).is_file() else "")
    if match is None:
        raise click.BadParameter(say(f"“{ref}”不是问题的编号；写成 通报文件夹名/编号，如 2024-shuiwuju/04", f"'{ref}' is no reference; write report/number, such as 2024-shuiwuju/04"))
    rid = report_of(match[1], content)
    if not (content / "reports" / rid / f"{match[2]}.md").is_file():
        have = "、".join(file.stem for file in sorted((content / "reports" / rid).glob("[0-9]*.md")))
        raise click.BadParameter(say(f"{rid} 里没有问题 {match[2]}；有：{have}", f"{rid} has no problem {match[2]}; it has: {have}"))
    return rid, match[2]
