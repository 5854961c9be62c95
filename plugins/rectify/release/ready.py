"""Ready files for what stands around a publication: web servers, timers, pipelines, containers, commit hooks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from rectify.core.language import N_, Message
from rectify.release.web_editor import web_editor

_PLACE = re.compile(r"@([A-Z_]+)@")
# Each of these forms gives blanks, quotes, percent signs and semicolons a meaning of its own, and none the same.
_PLAIN = {
    "site": r"/[\w./+-]*[\w+-]",
    "repo": r"[\w./:@~+-]+",
    "command": r"[\w./+-]+( [\w./+-]+)*",
    "domain": r"_|[\w-]+(\.[\w-]+)*",
    "user": r"[a-z_][a-z0-9_-]{0,31}",
    "under": r"(/[\w.-]+)*",
    "content": r"[\w./-]+",
    "name": r"([a-z0-9][a-z0-9-]{0,30})?",
    "embed": r"('none'|'self')?( ?https?://[\w.*-]+(:\d+)?)*",
}


class Settings(NamedTuple):
    """What is filled into the files."""

    site: str
    """The folder that is published to, absolute."""
    repo: str
    """Where `rectify publish` reads from: a path or an address."""
    domain: str = "_"
    """Host name of the site; `_` for any."""
    user: str = "rectify"
    """The account that publishes."""
    under: str = ""
    """Path of the site below the host, such as `/zhenggai`; empty for the root."""
    port: int = 80
    embed: str = "'self'"
    """Who may show pages in a frame, as `frame-ancestors` of a Content-Security-Policy says it."""
    command: str = f"{sys.executable} -P -m rectify"
    content: str = "content"
    """The content folder, below that of the repository."""
    name: str = ""
    """Tells several sites of one machine apart; part of the names of files and units."""

    @property
    def unit(self) -> str:
        """What the names of files and units begin with."""
        return f"rectify-{self.name}" if self.name else "rectify"

    def wrong(self) -> list[str]:
        """Return the names of settings that cannot be written into such files as they are."""
        return [name for name, pattern in _PLAIN.items() if not re.fullmatch(pattern, getattr(self, name))]


class Ready(NamedTuple):
    """One choice: what it is for, and its files with the places that they are written to."""

    about: Message
    files: dict[str, str]
    """Place below the folder that is written to -> template."""


READY = {
    "nginx": Ready(N_("nginx 的站点配置"), {"nginx/@UNIT@.conf": "nginx.conf"}),
    "caddy": Ready(N_("Caddy 的站点配置"), {"caddy/Caddyfile": "Caddyfile"}),
    "systemd": Ready(
        N_("systemd 的服务和定时器"),
        {
            "systemd/@UNIT@-publish.service": "publish.service",
            "systemd/@UNIT@-publish.timer": "publish.timer",
            "systemd/@UNIT@-notify@.service": "notify.service",
            "systemd/notify.env": "notify.env",
            "systemd/@UNIT@-reload.path": "reload.path",
            "systemd/@UNIT@-reload.service": "reload.service",
        },
    ),
    "crontab": Ready(N_("cron 的定时任务"), {"crontab": "crontab"}),
    "github": Ready(N_("GitHub Actions 流水线"), {".github/workflows/rectify.yml": "github.yml"}),
    "gitlab": Ready(N_("GitLab CI 流水线"), {".gitlab-ci.yml": "gitlab.yml"}),
    "gitee": Ready(N_("Gitee Go 流水线"), {".workflow/rectify.yml": "gitee.yml"}),
    "docker": Ready(N_("Docker 镜像"), {"Dockerfile": "Dockerfile", ".dockerignore": "dockerignore"}),
    "decap": Ready(N_("网页编辑器 Decap 的配置"), {"admin/config.yml": "decap.yml"}),
    "sveltia": Ready(N_("网页编辑器 Sveltia 的配置"), {"admin/config.yml": "sveltia.yml"}),
    "pre-commit": Ready(N_("pre-commit 的钩子"), {".pre-commit-config.yaml": "pre-commit.yaml"}),
}
"""What can be asked for, by name."""


def ready_files(names: Iterable[str], settings: Settings) -> dict[str, str]:
    """Return the chosen files, filled in, by their places; raises ValueError naming settings that do not fit, KeyError for other names."""
    if wrong := settings.wrong():
        raise ValueError(", ".join(f"{name}: {getattr(settings, name)}" for name in wrong))
    values = _values(settings)
    return {
        _filled(place, values): _filled(files("rectify").joinpath("ready", template).read_text("utf-8"), values)
        for name in names
        for place, template in READY[name].files.items()
    }


def places(name: str) -> list[str]:
    """Return the places of a choice's files, where the site has no name."""
    return [_filled(place, {"UNIT": "rectify"}) for place in READY[name].files]


def _filled(text: str, values: dict[str, str]) -> str:
    # A setting that does not apply leaves no line with nothing but its indentation.
    return re.sub(r"\n[ \t]+(?=\n)", "", _PLACE.sub(lambda place: values[place[1]], text))


def _values(settings: Settings) -> dict[str, str]:
    live = f"{settings.site}/current"
    # The older header knows no list of hosts; where such a list is given, frame-ancestors alone decides.
    frame = {"'self'": "SAMEORIGIN", "'none'": "DENY"}.get(settings.embed)
    host = "" if settings.domain == "_" else settings.domain
    return {name.upper(): str(value) for name, value in settings._asdict().items()} | {
        "UNIT": settings.unit,
        "ROOT": f"alias {live}/;" if settings.under else f"root {live};",
        "CADDY_FRAME_OPTIONS": f"header @others X-Frame-Options {frame}" if frame else "",
        "CADDY_ADDRESS": f"http://{host}:{settings.port}",
        # Somebody will type the path without its slash.
        "SLASH": f"location = {settings.under} {{ absolute_redirect off; return 301 {settings.under}/; }}"
        if settings.under
        else "",
        "CONTENT": settings.content,
        "DECAP": web_editor(settings.content),
        "SVELTIA": web_editor(settings.content, takes_patterns=True),
        "CADDY_SLASH": f"redir {settings.under} {settings.under}/ 301" if settings.under else "",
    }
