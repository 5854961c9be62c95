"""The MkDocs plugin: wires the events of a build to the register."""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from rectify.core.language import _, _n, nearest_language, spoken
from rectify.core.site_map import at
from rectify.host.bodies import SafeAddresses, own_id
from rectify.host.build import Build
from rectify.host.embedded import Embedded
from rectify.host.ground import Ground, ground_of
from rectify.host.host_texts import HostTexts
from rectify.host.options import Options
from rectify.host.portal_build import PortalBuild
from rectify.host.reading import ContentErrors
from rectify.host.shell import spelled, spelled_below
from rectify.host.theme import templates
from rectify.host.watching import watch_closely
from rectify.outputs.safe_markdown import SafeText
from rectify.sources.collection import VARIABLE

log = get_plugin_logger("rectify")
notes_log = logging.getLogger("rectify")
"""Outside the host's loggers: notes must be seen in a quiet build too, and must not end a strict one."""
assert logging.lastResort is not None
notes_log.addHandler(logging.lastResort)
notes_log.propagate = False  # Else what some plugin wants of the root's messages would stand before ours.


class RectifyPlugin(BasePlugin[Options]):
    """Builds the register of disclosures into a MkDocs site."""

    supports_multiple_instances = True
    """Each below a path of its own."""

    def __init__(self) -> None:
        self._builds: list[Build | PortalBuild] = []
        """Those on their way: a plugin may begin another one within a build, for another language for instance."""
        self._nav = Navigation([], [])
        self._warnings = _Warnings()
        self.ground = Ground()
        """Where in the site the register stands, once the configuration is known."""
        self._preview = ""
        self._spells_files = False
        """Whether links name the file in a folder, so that the site can be read without a server."""
        self._ends = False
        """Whether the process ends after one build."""

    @property
    def _build(self) -> Build | PortalBuild:
        """The build that events belong to; MkDocs asks for nothing before `on_pre_build`."""
        return self._builds[-1]

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Defined also so that MkDocs keeps this instance between the rebuilds of `serve`."""
        # Never in a build: a variable that was left behind would take every other disclosure off the site.
        self._preview = os.environ.get("RECTIFY_ONLY", "") if command == "serve" else ""
        self._ends = command != "serve"
        if spoken().is_chinese:
            HostTexts(_top(log.logger))

    # Before plugins that want to know what stands in braces.
    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        try:
            registers = [one.config.path for one in config.plugins.values() if isinstance(one, RectifyPlugin)]
            self.ground = ground_of(self.config.path, self.config.language, config, registers)
        except ValueError as error:
            raise PluginError(str(error)) from None
        self._spells_files = not config.use_directory_urls
        if "macros" in config.plugins:
            # It would fill in what stands in braces before we see it.
            config.plugins["macros"].register_variables({"rectify": Embedded()})  # type: ignore[attr-defined]
        if self.ground.is_whole:
            self._take_over(config)
        return config

    def _take_over(self, config: MkDocsConfig) -> None:
        """Make the configuration that of a site which is the register's."""
        # Ours stand behind a theme folder of the site's own, which may change what it likes and need not have everything.
        if not any(os.path.realpath(folder) == os.path.realpath(templates()) for folder in config.theme.dirs):
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, templates())
        config.theme["language"] = nearest_language(str(config.theme.get("language") or ""))
        # Addresses are the same with and without; only how links spell them is the option's.
        config.use_directory_urls = True
        # MkDocs' own sitemap carries the date of the build; ours carries the dates of the records.
        config.theme.static_templates.discard(at("sitemap"))
        # As an attribute, for a strict policy lets no style stand in the text of a page.
        config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        outline = config.mdx_configs.setdefault("toc", {})
        slug = outline.get("slugify", slugify)
        outline["slugify"] = lambda text, separator: own_id(slug(text, separator))
        # Markdown takes extensions as well as their names; MkDocs hands on what stands here.
        own: list[Any] = [SafeText(code=True), SafeAddresses()]
        config.markdown_extensions = [*config.markdown_extensions, *own]

    # Late, so that what other plugins do to the configuration is seen; the site must not be touched before this.
    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        self._warnings.watch(log.logger)
        # A build keeps nearly everything that it makes; looking for garbage in it costs an eighth of the time.
        gc.disable()
        if self._builds and self.ground.is_whole:
            raise PluginError(
                _(
                    "另一个插件在一次构建里又开始一次，整个网站都是登记时不能这样；写 rectify: {path: zhenggai}，或者删去那个插件"
                )
            )
        try:
            self._builds.append(self._begin(config))
        except (ContentErrors, ValueError) as errors:
            raise PluginError(str(errors)) from None
        except OSError as error:
            raise PluginError(_sentence(error)) from error
        for note in self._build.notes():
            notes_log.warning("rectify: %s", note)
        if self.ground.is_whole:
            config.site_dir = str(self._build.stage.folder)

    def _begin(self, config: MkDocsConfig) -> Build | PortalBuild:
        collected = os.environ.get(VARIABLE, "")
        if collected:
            return PortalBuild(self.config, config, self.ground, Path(collected), self._spells_files)
        return Build(self.config, config, self.ground, self._preview, self._spells_files)

    # Late for the same reason, yet before plugins that make the navigation of what there is in the end.
    @event_priority(-90)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        try:
            return self._build.files(files, config)
        except ValueError as error:
            raise PluginError(str(error)) from None

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        try:
            self._build.set_template(page)
        except ValueError as error:
            raise PluginError(str(error)) from None
        return markdown

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        try:
            self._build.prepare(env, config, self._nav, files)
        except ValueError as error:
            raise PluginError(str(error)) from None
        return env

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        context["rectify"] = self._build.template_context()
        return context

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        try:
            context["rectify"] = self._build.page_context(page, config)
        except ValueError as error:
            raise PluginError(str(error)) from None
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self._spelled(self._build.finish_page(output, page), page.file.dest_uri)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return self._spelled(output, template_name) if template_name.endswith(".html") else output

    def _spelled(self, page: str, address: str) -> str:
        if not self._spells_files:
            return page
        is_ours = self.ground.inside(address) is not None
        return spelled(page) if is_ours else spelled_below(page, address, self.ground.path)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        watch_closely(server)
        return server

    # Last, for this is what puts the finished build into the site.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self._warnings.unwatch()
        build = self._builds.pop()
        try:
            if config.strict and self._warnings.count:
                # MkDocs ends the build with exit status 1 after this event; what it made must not reach the site.
                build.discard()
                return
            site = build.finish(config)
        except ValueError as error:
            raise PluginError(str(error)) from None
        except OSError as error:
            raise PluginError(_sentence(error)) from error
        finally:
            if self._ends:
                gc.freeze()  # The process would go through all that was made, on its way out, for nothing.
            gc.enable()
        if build.owned:
            notes_log.warning(
                "rectify: %s",
                _("网站的主题从别的网站取内容：{hosts}；登记的内容没有", hosts=", ".join(build.owned)),
            )
        log.info(f"{build.summary()} → {os.path.relpath(site)}")

    def on_build_error(self, *, error: Exception) -> None:
        self._settle()
        for build in self._builds:
            build.discard()
        self._builds.clear()
        # The host would end with a line of its own, in English.
        if isinstance(error, Abort) and self._warnings.count:
            raise Abort(_n("有 {number} 处警告，没有构建成功", self._warnings.count))
        if isinstance(error, (BuildError, OSError)):
            log.error(_sentence(error) if isinstance(error, OSError) else str(error))
            raise Abort(_("没有构建成功"))

    def _settle(self) -> None:
        self._warnings.unwatch()
        gc.enable()


def _sentence(error: OSError) -> str:
    """Return what went wrong with which file, of two that was to be written."""
    file = error.filename2 or error.filename
    return f"{file}: {error.strerror}" if file else str(error)


def _top(logger: logging.Logger) -> logging.Logger:
    """Return the logger that all of the host's are below, whichever name the host logs under."""
    while logger.parent is not None and logger.parent.parent is not None:
        logger = logger.parent
    return logger


class _Warnings(logging.Handler):
    """Counts the warnings of the host during one build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self._logger: logging.Logger | None = None

    def watch(self, logger: logging.Logger) -> None:
        self.unwatch()
        self._logger, self.count = _top(logger), 0
        self._logger.addHandler(self)

    def unwatch(self) -> None:
        if self._logger is not None:
            self._logger.removeHandler(self)
            self._logger = None

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
