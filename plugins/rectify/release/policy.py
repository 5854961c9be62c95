"""The Content-Security-Policy of a published site: its own files and the inline scripts of its theme, nothing else.

The rules follow CSP Level 3 (W3C): a hash stands for one exact script, so no page needs 'unsafe-inline'.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from rectify.checks.active_page import hash_of, inline_scripts, theme_scripts
from rectify.core.site_map import at
from rectify.release.modes import open_to_readers
from rectify.sources.safe_files import read_file, replace_file

NGINX_BEFORE, NGINX, CADDY = "csp.conf", "csp.set.conf", "csp.caddy"
"""The first is for configurations made by earlier versions: two of them on one server overwrote each other."""


def policy(hashes: Iterable[str]) -> str:
    """Return the policy for pages whose inline scripts have these hashes. Who may embed pages is for the server to say."""
    scripts = " ".join(["'self'", *(f"'{value}'" for value in sorted(hashes))])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )


def script_hashes(sites: Iterable[Path]) -> set[str]:
    """Return the hashes of the inline scripts of built sites, such as `sha256-…`: those of the theme that pages have.

    A file that several releases share is read once. Raises OSError.
    """
    seen: set[tuple[int, int, frozenset[str]]] = set()
    hashes: set[str] = set()
    for site in sites:
        allowed = theme_scripts(site / at("theme_scripts"))
        for file in _pages(site) if allowed else ():
            about = os.stat(file)
            if (place := (about.st_dev, about.st_ino, allowed)) not in seen:
                seen.add(place)
                hashes |= allowed & set(map(hash_of, inline_scripts(read_file(file))))
    return hashes


def write_policy(root: Path, sites: Iterable[Path]) -> bool:
    """Write the policy that suits all of these releases beside them, for nginx and for Caddy; return whether it changed.

    Both servers read it when they are reloaded, so unchanged files are left as they are. Raises OSError.
    """
    line = policy(script_hashes(sites))
    # Only documents obey it, and viewers of PDF files have stumbled over it.
    before = f'map $sent_http_content_type $rectify_csp {{\n    default "";\n    "~^(text/html|image/svg|(text|application)/xml)" "{line}";\n}}\n'
    nginx = f'set $rectify_policy_of_site "{line}";\n'
    caddy = f'@documents not path *.pdf\nheader @documents Content-Security-Policy "{line}"\n'
    files = ((NGINX_BEFORE, before), (NGINX, nginx), (CADDY, caddy))
    written = [_replace(root / name, text.encode()) for name, text in files]
    return any(written)


def _pages(site: Path) -> Iterator[str]:
    """Yield the pages that a build makes: a script in any other file is nobody's whose scripts should run."""
    for folder, _, names in os.walk(site):
        yield from (os.path.join(folder, name) for name in names if name in ("index.html", "404.html"))


def _replace(file: Path, data: bytes) -> bool:
    if file.is_file() and file.read_bytes() == data:
        return False
    replace_file(file, data)
    open_to_readers(file)
    return True
