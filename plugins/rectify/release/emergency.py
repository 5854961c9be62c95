"""A page that stands in for the whole site, for as long as the site must not be seen."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path

from rectify.core.language import Language, language, nearest_language
from rectify.outputs.data import GENERATOR
from rectify.release import manifest as manifests
from rectify.release.chronicle import settle
from rectify.release.folder import NOTICE, RECORD, Release, ReleaseFolder, manifest_hash, record_of

_LANG = re.compile(r'<html lang="([\w-]+)"')
_PAGE = """\
<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="{style}">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{paragraphs}
</main>
</body>
</html>
"""


_STYLE = b"""\
body { margin: 0; background: #fff; color: #1f1f1f; font: 1.125rem/1.8 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 36rem; margin: 12vh auto; padding: 0 1.5rem 2rem; border-top: 4px solid #9b1b21; }
h1 { font-size: 1.75rem; line-height: 1.4; margin: 2rem 0 1rem; }
p { margin: 0 0 0.75rem; overflow-wrap: anywhere; }
p[lang="en"] { color: #595959; font-size: 1rem; margin-top: 2rem; }
@media (prefers-color-scheme: dark) { body { background: #1a1a1a; color: #e8e8e8; } p[lang="en"] { color: #b3b3b3; } main { border-color: #e0656b; } }
"""
_STYLE_NAME = "notice.css"


def show_notice(target: ReleaseFolder, message: str, contact: str, dry_run: bool = False) -> tuple[Release, str]:
    """Make a page with a message live; return the release, and what could not be read of the publication. Raises OSError.

    Records that were damaged keep no notice back: they may be why it is needed.
    The caller holds the target's lock, and has had everything held: nothing that is pushed ends a notice.
    """
    live = target.live()
    before = record_of(live) if live is not None else {}
    language = _language_of(live)
    page = _page(message, contact, _STYLE_NAME, language).encode()
    name = f"{target.next_number():04d}-notice-{hashlib.sha256(page).hexdigest()[:8]}"
    record = {
        "id": name,
        "commit": "",
        "committed": before.get("committed", ""),
        "declared": before.get("declared", ""),
        NOTICE: True,
        "counts": {},
        "generator": GENERATOR,
        "changes": [],
        "previous": {"id": live.name, "manifest": _manifest_of(live)} if live is not None else None,
    }
    if dry_run:
        return Release(name, record, target.releases_folder / name), ""
    unread = _settled(target)
    coming = target.begin()
    # A web server shows 404.html for every address that the notice does not have.
    missing = _page(message, contact, f"/{_STYLE_NAME}", language).encode()
    files = {
        "index.html": page,
        "404.html": missing,
        _STYLE_NAME: _STYLE,
        RECORD: json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n",
    }
    for path, data in files.items():
        (coming / path).write_bytes(data)
    (coming / manifests.NAME).write_bytes(manifests.as_bytes(manifests.manifest_of(coming)))
    release = target.complete(coming, name)
    target.switch(release)
    target.remember("", release)
    return Release(name, record, release), _settled(target) or unread


def _settled(target: ReleaseFolder) -> str:
    """Have the history tell what is live; return why it cannot, in a sentence."""
    try:
        settle(target)
    except (OSError, ValueError) as error:
        return str(error)
    return ""


def _manifest_of(live: Path) -> str:
    try:
        return manifest_hash(live)
    except OSError:
        return ""


def _language_of(live: Path | None) -> Language:
    """Return the language of what is live, as its first page says it; Chinese where nothing is."""
    try:
        start = (live / "index.html").read_bytes()[:1000].decode("utf-8", "replace") if live else ""
    except OSError:
        start = ""
    found = _LANG.search(start)
    return language(nearest_language(found[1]) if found else "zh")


def _page(message: str, contact: str, style: str, language: Language) -> str:
    lines = [*message.splitlines(), *([language.text("联系方式：{contact}", contact=contact)] if contact else [])]
    paragraphs = [f"<p>{html.escape(line.strip())}</p>" for line in lines if line.strip()]
    if language.is_chinese:
        paragraphs.append('<p lang="en">This site is temporarily unavailable.</p>')
    title = language.text("本站暂停访问")
    return _PAGE.format(tag=language.tag, title=title, style=style, paragraphs="\n".join(paragraphs))
