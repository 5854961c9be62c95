"""Bytes of a text file or saved page -> text and what is to be said of its encoding."""

from __future__ import annotations

from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.line_ends import unify_line_ends
from rectify.sources.encoding import Undecodable, decode


def read_text(data: bytes, path: str, declared: str = "") -> tuple[str, list[Finding]]:
    """Return a document's text with plain line ends, and what is to be said of its encoding.

    `declared` is the encoding that a page says it has. Raises RefusedDocument where the bytes cannot be read surely.
    """
    decoded = decode(data, declared)
    if isinstance(decoded, Undecodable):
        rule = "I010" if decoded.encoding else "I017"
        raise RefusedDocument(found(rule, path, decoded.line, found=decoded.encoding, allowed=decoded.offset))
    text = unify_line_ends(decoded.text)
    findings = [] if decoded.encoding == "UTF-8" else [found("I016", path, 1, found=decoded.encoding)]
    if decoded.broken:
        findings.append(found("I030", path, text.count("\n", 0, text.index("\ufffd")) + 1, found=decoded.broken))
    if decoded.strange:
        findings.append(found("I025", path, decoded.strange, found=decoded.encoding))
    return text, findings
