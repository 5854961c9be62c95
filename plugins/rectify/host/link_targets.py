"""MkDocs' files without the report folders: these pages are made by the register, yet must be found as link targets."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from rectify.checks.links import Link
from rectify.core.language import _, language
from rectify.core.register import Register
from rectify.core.site_map import SITE, WRITTEN, at
from rectify.host.ground import Ground
from rectify.host.theme import own_folders
from rectify.host.theme_assets import PARTS, publish
from rectify.sources.starter import starter_files


def _default(name: str, config: MkDocsConfig, ground: Ground, folder: Path) -> File:
    """Return the text that a new site begins with, in place of a page that nobody has written; it lies in this folder.

    Plugins ask where a page lies, so that it may not be in memory alone.
    """
    name_of_all = ground.name_of_all(config)
    text = starter_files(language(ground.language))[f"content/{name}"].replace("{name}", name_of_all)
    file = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return File.generated(config, ground.path + name, abs_src_path=str(file), inclusion=InclusionLevel.NOT_IN_NAV)


def refuse_covering(files: Files, config: MkDocsConfig) -> None:
    """Raise ValueError where a file of the content would be published in place of one of the theme's."""
    if covering := next((file.src_uri for file in files if _covers_theme(file, config)), None):
        raise ValueError(_("{file} 与主题的文件同名，会顶替它；改名，或者放进 mkdocs.yml 的 custom_dir", file=covering))


def _covers_theme(file: File, config: MkDocsConfig) -> bool:
    """Return whether a file would take the place of one of the theme's, its scripts and styles for instance."""
    if (
        file.is_documentation_page()
        or file.src_dir is None
        or os.path.realpath(file.src_dir) != os.path.realpath(config.docs_dir)
    ):
        return False
    return any(os.path.isfile(os.path.join(folder, file.src_uri)) for folder in config.theme.dirs)


class _Attachment(File):
    """A file to be published as it is, even where its name ends as that of a page."""

    def is_documentation_page(self) -> bool:
        return False


class SiteFiles(Files):
    """Ordinary pages, theme files, the public attachments, and without what is left out; links into the register are answered on demand.

    Ten thousand problems as MkDocs pages would cost it three milliseconds each, on every build.
    """

    def __init__(
        self,
        given: Files,
        register: Register,
        attachments: set[str],
        left_out: Collection[str],
        config: MkDocsConfig,
        ground: Ground,
        defaults: Path,
    ):
        """`defaults` is a folder for the pages that nobody has written."""
        path, themes = ground.path, config.theme.dirs
        dropped = {path + name for name in left_out}
        others: set[str] = set()
        if ground.is_whole:
            # The theme's sitemap is a template that nobody renders; the register writes its own.
            dropped |= {at("sitemap"), *PARTS}
            others = set(themes) - set(own_folders(themes))
        reports = path + at("disclosures")
        kept = (
            f
            for f in given
            if not f.src_uri.startswith(reports) and f.src_uri not in dropped and f.src_dir not in others
        )
        super().__init__(kept)
        if ground.is_whole:
            publish(self)
        for name in sorted(attachments):
            self.append(_Attachment(path + name, config.docs_dir, config.site_dir, config.use_directory_urls))
        for address, name in WRITTEN.items():
            if (written := super().get_file_from_path(path + name)) is None:
                self.append(written := _default(name, config, ground, defaults))
            # What the register links to has one address, however the site spells its own; its navigation leads there.
            written.use_directory_urls, written.dest_uri = True, path + address
            if path:
                is_first = name == SITE["home"].source
                written.inclusion = InclusionLevel.INCLUDED if is_first else InclusionLevel.NOT_IN_NAV
        self._config = config
        # A link into another register of the site leads somewhere too.
        self._targets: set[str] = set(given._targets) if isinstance(given, SiteFiles) else set()
        self._targets |= {path + r.path for r in register.disclosures} | {path + p.path for p in register.problems}

    def get_file_from_path(self, path: str) -> File | None:
        """Return a file of the site, or one that stands for a page of the register."""
        file = super().get_file_from_path(path)
        if file is None and path in self._targets:
            config = self._config
            file = File(path, config.docs_dir, config.site_dir, use_directory_urls=True)
            file.inclusion = InclusionLevel.NOT_IN_NAV
        return file


def ways_around(links: Iterable[Link], files: Files, path: str) -> dict[str, str]:
    """Return how to get from the root of a register, at this path of a site, to what its texts link to outside it.

    The keys are sources of the site, written as an address from that root. Raises ValueError for one that the site does not
    publish.
    """
    ways: dict[str, str] = {}
    for link in links:
        source = link.leads_to
        if source.startswith("../") and (key := quote(source)) not in ways:
            file = files.get_file_from_path(posixpath.normpath(posixpath.join(path, source)))
            if file is None or file.inclusion.is_excluded():
                raise ValueError(_("{file}：链接的目标不在网站里：{target}", file=path + link.path, target=link.target))
            ways[key] = "../" * path.count("/") + file.url.removeprefix("./")
    return ways
