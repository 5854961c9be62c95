"""All rules on one report folder."""

from __future__ import annotations

from pathlib import Path

from rectify.checks.approval import approval
from rectify.checks.attachments.attachment import attachment_findings
from rectify.checks.attachments.inside import unseen_findings
from rectify.checks.attachments.names import twins
from rectify.checks.bodies import remarks, remarks_of_values
from rectify.checks.checked_folder import CheckedFolder
from rectify.checks.counting import counting
from rectify.checks.course import persons_in_course
from rectify.checks.leaks import kept_back_in
from rectify.checks.links import Link, links
from rectify.checks.prose_lines import clean_files, put_together, unread_lines
from rectify.checks.structure import structure
from rectify.checks.term import term
from rectify.checks.waivers import UNUSED, apply
from rectify.core.attachments import public_attachments
from rectify.core.finding import Finding, found
from rectify.core.language import N_
from rectify.core.register import is_public
from rectify.core.retention import FOR_GOOD, Retention
from rectify.core.site_map import REPORTS
from rectify.prose import NO_WORDS, OfficeWords, examine_text, revealed
from rectify.prose.together import settled
from rectify.sources.folder import read_texts


def check_folder(
    content: Path, disclosure_id: str, words: OfficeWords = NO_WORDS, retention: Retention = FOR_GOOD
) -> CheckedFolder:
    """Read and check `reports/<report_id>/`.

    Text, counts and attachments of a disclosure that no output ever shows are left alone, and so are those of a withdrawn
    problem, and those of a disclosure whose term is over. One whose `index.md` cannot be read is taken for public.
    """
    folder, texts = read_texts(content, disclosure_id)
    read = folder
    if folder.disclosure is not None:
        now, in_order = retention.applied(folder.disclosure, folder.problems)
        folder = folder._replace(disclosure=now, problems=in_order)
    findings = list(folder.findings)
    found_links: list[Link] = []
    clean: tuple[str, ...] = ()
    if folder.disclosure is None or is_public(folder.disclosure):
        withdrawn = {problem.path for problem in folder.problems if problem.withdrawn}
        shown = [text for text in texts if text.path not in withdrawn]
        if folder.disclosure and folder.disclosure.ended:
            shown = [
                text._replace(lines=tuple(line for line in text.lines if line[0] < text.body_line)) for text in shown
            ]
        said: list[Finding] = []
        for text in shown:
            said += examine_text(text.lines, text.path, words)
            body = [(number, line) for number, line in text.lines if number >= text.body_line]
            if text.body_line > 1:  # without front matter its keys stand there
                findings += (remark.finding for remark in remarks(body, text.path))
            values = [(number, line) for number, line in text.lines if number < text.body_line]
            findings += (remark.finding for remark in remarks_of_values(values, text.path))
            found_links += links(body, text.path)
        unread = unread_lines(folder, shown)
        clean = clean_files(unread, said)
        findings += put_together(unread, said, words)
        # Its name is a part of every address below it.
        findings += unseen_findings([(N_("网址"), f"{REPORTS}/{disclosure_id}/")], f"{REPORTS}/{disclosure_id}", words)
        one = folder.disclosure
        unit, names = (one.unit, (one.issuer, one.title)) if one else ("", ())
        findings += settled(said, unit, names, (line for text in shown for _, line in text.lines))
        findings += [one for one in revealed([(text.lines, text.path) for text in shown]) if not words.allows(one)]
        findings += structure(folder, shown)
        findings += persons_in_course(folder.problems, {text.path: text.keys for text in texts}, words)
        findings += term(folder, {text.path: text.keys for text in texts})
        findings += counting(folder, texts)
        findings += approval(read, content, {text.path: text.keys for text in texts})
        public = folder.attachments
        if folder.disclosure is not None:
            public = tuple(public_attachments(folder.disclosure, folder.problems, folder.attachments))
        findings += [
            found(
                "A042",
                f"{REPORTS}/{disclosure_id}/{name}",
                found=N_("与 {found} 只有大小写不同", found=first),
                excerpt=name,
            )
            for name, first in twins(folder.attachments)
        ]
        for name in folder.attachments:
            path = f"{REPORTS}/{disclosure_id}/{name}"
            findings += attachment_findings(content / REPORTS / disclosure_id / name, path, words)
            if name not in public and not (folder.disclosure and folder.disclosure.ended):
                findings.append(found("A031", path))
    kept_back = kept_back_in(folder, texts)
    lines = {text.path: text.keys.get("waivers", 1) for text in texts}
    disclosure = (
        (folder.disclosure.path, lines[folder.disclosure.path], folder.disclosure.waivers)
        if folder.disclosure
        else ("", 0, ())
    )
    problems = {problem.path: (lines[problem.path], problem.waivers) for problem in folder.problems}
    standing, waived = apply(findings, disclosure, problems)
    if folder.disclosure and folder.disclosure.ended:  # what was decided about texts that are public no more may stay
        standing = [one for one in standing if one.rule != UNUSED]
    return CheckedFolder(folder._replace(findings=tuple(standing)), tuple(waived), tuple(found_links), kept_back, clean)
