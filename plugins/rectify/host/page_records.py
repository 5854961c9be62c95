"""What stands on the pages and in the files that are no disclosure's, and on every page: recorded for comparison."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from rectify import __version__
from rectify.core.changes import BODY, FORM, LINKS
from rectify.core.language import Language
from rectify.core.site_map import REPORTS
from rectify.host.bodies import Body
from rectify.host.ground import Ground


class PageRecords:
    """Gathers the record of a site while its ordinary pages are made."""

    def __init__(self, publisher: str, as_of: str):
        """`as_of` is the day that the configuration sets, empty where it sets none."""
        self._publisher, self._as_of = publisher, as_of
        self._pages: dict[str, dict[str, Any]] = {}
        self._files: list[File] = []
        self._ground = Ground()
        self._site: dict[str, str] = {}

    def begin(
        self, config: MkDocsConfig, files: Files, theme: Iterable[str], ground: Ground, language: Language
    ) -> None:
        """Take down what holds for the whole register; `theme` are the folders of its templates."""
        self._ground = ground
        self._files = [file for file in files.media_files() if self._is_content(file, config)]
        self._site = {
            "name": config.site_name,
            "publisher": self._publisher,
            "overdue_on": self._as_of,
            "address": config.site_url or "",
            "description": config.site_description or "",
            "copyright": config.copyright or "",
            "language": language.key,
            "program": __version__,
            "appearance": _appearance(map(Path, theme)),
        }

    def note(self, page: Page, address: str) -> None:
        """Take down a page when its text has been converted, before the register's part is added."""
        text = Body(page.content or "").as_text()
        self._pages[address] = {
            "title": str(page.title or ""),
            "description": str(page.meta.get("description") or ""),
            "language": str(page.meta.get("lang") or ""),
            BODY: text.paragraphs,
            LINKS: text.links,
            FORM: text.form,
        }

    def record(self) -> dict[str, Any]:
        """Return all of it, in an order that does not depend on that of the pages."""
        files = {
            file.dest_uri[len(self._ground.path) :]: _checksum(Path(file.abs_src_path))
            for file in self._files
            if file.abs_src_path
        }
        return {"site": self._site, "pages": dict(sorted(self._pages.items())), "files": dict(sorted(files.items()))}

    def _is_content(self, file: File, config: MkDocsConfig) -> bool:
        """Return whether a file is one of the content that is published: no page, and not a pipe, which would be waited for."""
        path = self._ground.inside(file.src_uri)
        is_ours = file.src_dir == config.docs_dir and path is not None and not path.startswith(f"{REPORTS}/")
        return is_ours and file.inclusion.is_included() and os.path.isfile(file.abs_src_path or "")


def _appearance(folders: Iterable[Path]) -> str:
    """Return a checksum of the templates, styles and scripts, the same on every machine."""
    whole = hashlib.sha256()
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")):
            whole.update(f"{file.relative_to(folder).as_posix()} {_checksum(file)}\n".encode())
    return whole.hexdigest()


def _checksum(file: Path) -> str:
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
