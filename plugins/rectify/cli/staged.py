"""What is staged in git: the report folders and pages that a commit would change, as the commit would have them."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

import click

from rectify.checks.content import check_content, check_page
from rectify.cli.checking import Totals, last_publication
from rectify.cli.site import own_words
from rectify.core.finding import Finding
from rectify.core.language import _
from rectify.sources.configuration import Configuration, find_configuration, read_configuration
from rectify.sources.program import ProgramError, run


def check_staged(today: date) -> tuple[list[Finding], Totals]:
    """Return what is found in the staged state of everything that the commit touches below the content folder."""
    top = Path(_git("rev-parse", "--show-toplevel"))
    file = find_configuration(Path.cwd()) or find_configuration(top)
    if file is None:
        raise click.UsageError(_("这里没有网站的 mkdocs.yml"))
    site = read_configuration(file)
    prefix = Path(os.path.relpath(site.content.resolve(), top.resolve())).as_posix()
    touched = [
        path.removeprefix(f"{prefix}/")
        for path in _names("diff", "--cached", "--name-only", "-z", "--diff-filter=ACDMRT")
        if path.startswith(f"{prefix}/")
    ]
    totals = Totals()
    if not touched:
        return [], totals
    with tempfile.TemporaryDirectory(prefix="rectify-") as folder:
        _export(top, Path(folder), prefix, touched)
        return _findings(Path(folder) / prefix, touched, prefix, site, today, totals), totals


def _export(top: Path, folder: Path, prefix: str, touched: list[str]) -> None:
    """Write the staged state of every touched report folder, whole, and of the touched pages."""
    disclosures = sorted(
        {"/".join(path.split("/")[:2]) for path in touched if path.startswith("reports/") and path.count("/") > 1}
    )
    others = [path for path in touched if not path.startswith("reports/")]
    wanted = [f"{prefix}/{path}" for path in (*disclosures, *others)]
    names = _names("-C", str(top), "ls-files", "-z", "--", *wanted)
    _git("-C", str(top), "checkout-index", "-z", "--stdin", f"--prefix={folder}/", given=os.fsencode("\0".join(names)))


def _findings(
    content: Path, touched: list[str], prefix: str, site: Configuration, today: date, totals: Totals
) -> list[Finding]:
    words = own_words(site)
    findings: list[Finding] = []
    ids = sorted({path.split("/")[1] for path in touched if path.startswith("reports/") and path.count("/") > 1})
    (content / "reports").mkdir(parents=True, exist_ok=True)
    checked = check_content(
        content, only=ids, words=words, today=today, previous=last_publication(site.published, False)
    )
    # A link to a report that the commit does not touch leads into the folder as it is.
    findings += [one for one in checked.findings if one.rule != "S041" or not _exists(site.content, one)]
    totals.disclosures, totals.problems, totals.waived = checked.disclosures, checked.problems, checked.waived
    for path in touched:
        if path.endswith(".md") and not path.startswith("reports/") and (content / path).is_file():
            findings += check_page(content, path, words)[0]
    return [finding._replace(path=f"{prefix}/{finding.path}") for finding in findings]


def _exists(content: Path, finding: Finding) -> bool:
    return (content / finding.path).parent.joinpath(finding.excerpt).exists()


def _names(*arguments: str) -> list[str]:
    return [name for name in _git(*arguments).split("\0") if name]


def _git(*arguments: str, given: bytes = b"") -> str:
    try:
        return run(["git", *arguments], given=given, in_hook=True)
    except ProgramError as error:
        raise click.ClickException(str(error)) from None
