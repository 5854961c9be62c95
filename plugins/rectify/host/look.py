"""Pages of a disclosure as readers will see them, made without building the site."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from rectify.core.site_map import at
from rectify.host.build import Build
from rectify.host.no_look import NoLook, Unready
from rectify.host.plugin import RectifyPlugin
from rectify.host.reading import ContentErrors


class _Around(Files):
    """The files of a site around a register, which nobody reads for a look: whatever a check lets stand is there."""

    def __init__(self, config: MkDocsConfig):
        super().__init__([])
        self._config = config

    def get_file_from_path(self, path: str) -> File:
        config = self._config
        return File(path, config.docs_dir, config.site_dir, use_directory_urls=config.use_directory_urls)


class Look:
    """Shows pages of one register, whatever content folder they are made from."""

    def __init__(self, configuration: Path, path: str):
        """`path` is where in the site the register lies. Raises NoLook for a configuration that cannot be built from."""
        self._lock = threading.Lock()
        try:
            self._config: MkDocsConfig = load_config(str(configuration))
            self._config.plugins.on_startup(command="serve", dirty=False)
            self._config = self._config.plugins.on_config(self._config)
        except Exception as error:  # what another plugin or a hook raises is its own affair
            raise NoLook(str(error)) from error
        own = (one for one in self._config.plugins.values() if isinstance(one, RectifyPlugin))
        plugin = next((one for one in own if one.ground.path == path), None)
        if plugin is None:
            raise NoLook("rectify")
        self._plugin = plugin
        # Nothing is published by a look; the folder of what was may be away, or of a size that takes its time.
        plugin.config.published = ""
        self._env = self._config.theme.get_env()
        self._folders = [os.path.join(folder, "") for folder in self._config.theme.dirs]

    def files(self, content: Path, disclosure_id: str) -> dict[str, bytes]:
        """Return the pages of a disclosure and their styles, by path, as this content folder has it.

        Raises NoLook where it cannot be read far enough.
        """
        with self._lock:
            # Below a path of a larger site the register's folder lies as deep.
            self._config.docs_dir = str(Path(content, *[".."] * len(Path(self._plugin.ground.path).parts)).resolve())
            try:
                build = Build(self._plugin.config, self._config, self._plugin.ground, disclosure_id)
            except ContentErrors as error:
                raise Unready(str(error)) from None
            except (ValueError, OSError) as error:
                raise NoLook(str(error)) from None
            try:
                build.prepare(self._env, self._config, Navigation([], []), _Around(self._config))
                return dict(build.disclosure_files(disclosure_id, self._config))
            finally:
                build.discard()

    def asset(self, path: str) -> Path | None:
        """Return the file of the theme that a page asks for, None where there is none."""
        for folder in self._folders:
            file = Path(os.path.normpath(folder + path))
            if file.is_relative_to(folder + at("theme", file="")) and file.is_file():
                return file
        return None
