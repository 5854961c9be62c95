"""What makes the folder of plain Markdown a project of Zensical and of Hugo, neither of which need be told more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rectify.core.language import Language
from rectify.core.model import Disclosure
from rectify.core.site_map import REPORTS

_ZENSICAL_LANGUAGES = {"zh": "zh", "zh-Hant": "zh-Hant", "en": "en"}
_NO_PAGES = "*.toml\nlayouts/\npublic/\nresources/\n"
_LAYOUT = """\
<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{{{ .Title }}}}{{{{ if not .IsHome }}}} - {{{{ site.Title }}}}{{{{ end }}}}</title>
<style>
  body {{ max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.75 sans-serif; color-scheme: light dark }}
  table {{ width: 100%; border-collapse: collapse }}
  th, td {{ padding: .375rem .5rem; border-bottom: 1px solid #888; text-align: left; vertical-align: top }}
  td, th {{ overflow-wrap: anywhere }}
</style>
</head>
<body>
<nav><a href="{{{{ site.Home.RelPermalink }}}}">{{{{ site.Title }}}}</a></nav>
<main>
{{{{ if not .IsHome }}}}<h1>{{{{ .Title }}}}</h1>{{{{ end }}}}
{{{{ .Content }}}}
</main>
</body>
</html>
"""

_LINK = """\
{{- /* Links lead where they are written to: to pages as files, to attachments beside the pages of a disclosure. */ -}}
{{- $to := urls.Parse .Destination -}}
{{- $address := .Destination -}}
{{- if and $to.Path (not $to.IsAbs) -}}
  {{- with or (.Page.GetPage $to.Path) (.Page.CurrentSection.Resources.Get $to.Path) -}}
    {{- $address = .RelPermalink -}}
    {{- with $to.Fragment }}{{ $address = printf "%s#%s" $address . }}{{ end -}}
  {{- end -}}
{{- end -}}
<a href="{{ $address }}">{{ .Text }}</a>
{{- /**/ -}}
"""


def projects(disclosures: Sequence[Disclosure], language: Language) -> dict[str, bytes]:
    """Return the files by path: `zensical.toml`, `hugo.toml` and the layouts that Hugo wants."""
    title = language.text("整改公开数据")
    nav = [(language.text("首页"), "README.md")]
    nav += [(disclosure.title, f"{REPORTS}/{disclosure.id}/index.md") for disclosure in disclosures]
    entries = ", ".join(f"{{{_toml(name)} = {_toml(path)}}}" for name, path in nav)
    zensical = [
        "[project]",
        f"site_name = {_toml(title)}",
        'docs_dir = "."',
        f"exclude_docs = {_toml(_NO_PAGES)}",
        f"nav = [{entries}]",
        "[project.theme]",
        f"language = {_toml(_ZENSICAL_LANGUAGES[language.key])}",
        "font = false",
    ]
    mounts = [
        # Of a page that has others below it Hugo wants another name.
        _mount(REPORTS, f"content/{REPORTS}", files=["! **/index.md"]),
        _mount("README.md", "content/_index.md"),
        *(_mount(f"{REPORTS}/{one.id}/index.md", f"content/{REPORTS}/{one.id}/_index.md") for one in disclosures),
        *(_mount(name, f"static/{name}") for name in ("problems.json", "disclosures.json")),
        _mount("layouts", "layouts"),
    ]
    hugo = [
        f"title = {_toml(title)}",
        "relativeURLs = true",
        'disableKinds = ["taxonomy", "term", "RSS"]',
        *mounts,
    ]
    return {
        "zensical.toml": _text(zensical),
        "hugo.toml": _text(hugo),
        "layouts/all.html": _LAYOUT.format(tag=language.tag).encode(),
        "layouts/_markup/render-link.html": _LINK.encode(),
    }


def _mount(source: str, target: str, **settings: Any) -> str:
    values = {"source": source, "target": target, **settings}
    return "\n".join(["[[module.mounts]]", *(f"{key} = {_toml(value)}" for key, value in values.items())])


def _text(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _toml(value: Any) -> str:
    """Return texts and lists of them as TOML writes them, which is as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
