"""What MkDocs would refuse in a configuration that can be read, told with the line and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rectify.core.language import _, listed, spoken
from rectify.core.vocabulary import nearest
from rectify.sources.configuration_tree import chain, read_tree

_KEYS = (
    "site_name site_url site_description site_author repo_url repo_name edit_uri edit_uri_template copyright docs_dir"
    " site_dir theme nav exclude_docs draft_docs not_in_nav extra_css extra_javascript extra_templates extra"
    " markdown_extensions mdx_configs plugins hooks strict dev_addr use_directory_urls validation watch remote_branch"
    " remote_name config_file_path INHERIT pages"
).split()
"""The names that a configuration of MkDocs 1.6 may have."""
_OURS = "rectify"
"""Our plugin and our theme, which are installed with this."""


def refuse_faults(file: Path) -> None:
    """Raise ValueError, with a line for people, for the first fault of a configuration; also where it cannot be read."""
    tree = read_tree(file)
    fault = next(_faults(tree, file), None)
    if fault is None:
        return
    name, reason = fault
    for link in chain(file):
        for number, line in enumerate(link.data.decode("utf-8-sig").split("\n"), start=1):
            if re.match(rf"\s*(?:-\s+)?[\"']?{re.escape(name)}\b", line):
                raise ValueError(f"{link.file.name}:{number}：{reason}")
    raise ValueError(f"{file.name}：{reason}")


def _faults(tree: dict[str, Any], file: Path) -> Iterator[tuple[str, str]]:
    for key in tree if tree.get("strict") is True and file.stem == "mkdocs" else ():
        if key not in _KEYS:
            close = nearest(str(key), _KEYS)
            yield str(key), _("没有“{key}”这个设置，删去它，或者改成 {known}", key=key, known=close or "extra")
    # What has a tag, but for !ENV, is known to MkDocs alone and reads as nothing here.
    tree = {key: value for key, value in tree.items() if value is not None}
    if not isinstance(name_of_all := tree.get("site_name"), str) or not name_of_all.strip():
        yield "site_name", _("site_name 写网站的名称，例如 site_name: 整改公开")
    docs = tree.get("docs_dir", "docs")
    if not isinstance(docs, str) or not (file.parent / docs).is_dir():
        yield "docs_dir", _("docs_dir: 没有文件夹 {path}，写内容所在的文件夹，例如 content", path=docs)
    theme = tree.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if name not in (None, _OURS) and name not in (known := _installed("themes")):
        yield (
            "name" if isinstance(theme, dict) else "theme",
            _("没有主题“{name}”，可用的：{known}", name=name, known=_said(known)),
        )
    plugins = tree.get("plugins") or []
    if not isinstance(plugins, (list, dict)):
        yield "plugins", _("plugins 写成一列，例如 - rectify")
        return
    for one in plugins:
        plugin = next(iter(one), "") if isinstance(one, dict) else one
        if plugin not in (None, _OURS) and str(plugin).split("/")[-1] not in (known := _installed("plugins")):
            yield str(plugin), _("没有安装插件“{name}”，可用的：{known}", name=plugin, known=_said(known))


def _installed(kind: str) -> tuple[str, ...]:
    # Reading what all packages say of themselves takes a third of the time of a command that has nothing to do.
    from importlib.metadata import entry_points

    return tuple(
        sorted(
            {
                one.name.split("/")[-1]
                for one in (*entry_points(group=f"mkdocs.{kind}"), *entry_points(group=f"properdocs.{kind}"))
            }
        )
    )


def _said(names: tuple[str, ...]) -> str:
    said = listed(names)
    return said if isinstance(said, str) else spoken().say(said)
