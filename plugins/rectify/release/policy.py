"""The Content-Security-Policy of a published site: its own files and the inline scripts that its pages have, nothing else.

The rules follow CSP Level 3 (W3C): a hash stands for one exact script, so no page needs 'unsafe-inline'.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from rectify.sources.safe_files import replace_file

NGINX, CADDY = "csp.conf", "csp.caddy"
_SCRIPT = re.compile(rb"<script((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</script", re.I | re.S)
_TYPE = re.compile(rb"(?<![\w-])type\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_SOURCE = re.compile(rb"(?<![\w-])src\s*=", re.I)
_EXECUTED = re.compile(
    rb"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|live|j)script(?:1\.[0-5])?", re.I
)
"""Types of scripts that a browser runs or obeys; of every other type is data."""


def policy(hashes: Iterable[str]) -> str:
    """Return the policy for pages whose inline scripts have these hashes. Who may embed pages is for the server to say."""
    scripts = " ".join(["'self'", *(f"'{value}'" for value in sorted(hashes))])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )


def script_hashes(sites: Iterable[Path]) -> set[str]:
    """Return the hashes of all inline scripts that the pages of built sites execute, such as `sha256-…`.

    A file that several releases share is read once. Raises OSError.
    """
    seen: set[tuple[int, int]] = set()
    scripts: set[bytes] = set()
    for file in _pages(sites):
        about = os.stat(file)
        if (place := (about.st_dev, about.st_ino)) not in seen:
            seen.add(place)
            scripts.update(inline_scripts(Path(file).read_bytes()))
    return {f"sha256-{b64encode(sha256(script).digest()).decode()}" for script in scripts}


def inline_scripts(page: bytes) -> list[bytes]:
    """Return the inline scripts of a page that a browser executes, as it hashes them: with plain line ends."""
    page = page.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [
        text
        for attributes, text in _SCRIPT.findall(page)
        if not _SOURCE.search(attributes) and _EXECUTED.fullmatch(_type(attributes))
    ]


def write_policy(root: Path, sites: Iterable[Path]) -> bool:
    """Write the policy that suits all of these releases beside them, for nginx and for Caddy; return whether it changed.

    Both servers read it when they are reloaded, so unchanged files are left as they are. Raises OSError.
    """
    line = policy(script_hashes(sites))
    # Only documents obey it, and viewers of PDF files have stumbled over it.
    nginx = f'map $sent_http_content_type $rectify_csp {{\n    default "";\n    "~^(text/html|image/svg|(text|application)/xml)" "{line}";\n}}\n'
    caddy = f'@documents not path *.pdf\nheader @documents Content-Security-Policy "{line}"\n'
    written = [_replace(root / name, text.encode()) for name, text in ((NGINX, nginx), (CADDY, caddy))]
    return any(written)


def _pages(sites: Iterable[Path]) -> Iterator[str]:
    """Yield the pages that a build makes: a script in any other file is nobody's whose scripts should run."""
    for site in sites:
        for folder, _, names in os.walk(site):
            yield from (os.path.join(folder, name) for name in names if name in ("index.html", "404.html"))


def _type(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return b"".join(filter(None, found.groups())).strip() if found else b""


def _replace(file: Path, data: bytes) -> bool:
    if file.is_file() and file.read_bytes() == data:
        return False
    replace_file(file, data)
    return True
