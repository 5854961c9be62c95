"""A repository whose writers want the machine that publishes it: each trick runs a program, or shows what lies outside.

What runs leaves a file in `proof`; what is read outside shows `SECRET` in the site, in the log or in a report; what would run
in a reader's browser has `SCRIPT`.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from helpers.site import Site

SECRET = "只有本机知道的一句话。"
SCRIPT = "<script>pwned()</script>"


class Outside(NamedTuple):
    """What lies on the machine beside the repository."""

    folder: Path

    @property
    def proof(self) -> Path:
        """Where each program that runs leaves its name."""
        return self.folder / "proof"

    def secret(self, name: str, text: str) -> Path:
        """A file of the machine's own."""
        file = self.folder / "private" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def python(self, name: str) -> str:
        """A module that leaves word."""
        return f"import os\nos.makedirs({str(self.proof)!r}, exist_ok=True)\nopen(os.path.join({str(self.proof)!r}, {name!r}), 'w').close()\n"

    def shell(self, name: str) -> str:
        """A command that leaves word; hands on what it is given."""
        place = shlex.quote(str(self.proof))
        return f"mkdir -p {place}; touch {place}/{name}; cat"

    def ran(self) -> list[str]:
        return sorted(path.name for path in self.proof.iterdir()) if self.proof.is_dir() else []


def _script(site: Site, path: str, text: str) -> None:
    file = site.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    file.chmod(0o755)


def _configure(site: Site, text: str) -> None:
    file = site.root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def _linked(site: Site, name: str, target: Path) -> None:
    file = site.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.symlink_to(target)


def hook(site: Site, outside: Outside) -> None:
    (site.root / "hook.py").write_text(outside.python("hook"), "utf-8")
    _configure(site, "hooks: [hook.py]\n")


def tag(site: Site, outside: Outside) -> None:
    _configure(site, f"extra: !!python/object/apply:os.system ['{outside.shell('tag')} </dev/null']\n")


def variable(site: Site, outside: Outside) -> None:
    _configure(site, "copyright: !ENV OFFICE_TOKEN\n")


def place_by_a_variable(site: Site, outside: Outside) -> None:
    """What is no name of a folder would be told with its value."""
    _configure(site, "plugins: {rectify: {path: !ENV [NOWHERE, OFFICE_TOKEN, a]}}\n")


def extension(site: Site, outside: Outside) -> None:
    (site.root / "evil.py").write_text(outside.python("extension"), "utf-8")
    _configure(site, "markdown_extensions: [evil]\n")


def template(site: Site, outside: Outside) -> None:
    command = f"{outside.shell('template')} </dev/null"
    text = f"{{% extends 'base.html' %}}{{% set x = cycler.__init__.__globals__.os.system({command!r}) %}}"
    (site.root / "overrides").mkdir(exist_ok=True)
    (site.root / "overrides" / "main.html").write_text(text, "utf-8")
    _configure(site, "theme: {name: rectify, custom_dir: overrides}\n")


def script(site: Site, outside: Outside) -> None:
    (site.root / "overrides" / "partials").mkdir(parents=True, exist_ok=True)
    (site.root / "overrides" / "partials" / "site-footer.html").write_text(SCRIPT, "utf-8")
    _configure(site, "theme: {name: rectify, custom_dir: overrides}\n")


def snippet(site: Site, outside: Outside) -> None:
    file = outside.secret("snippet.txt", SECRET)
    _configure(site, "markdown_extensions: [pymdownx.snippets: {base_path: [/], check_paths: true}]\n")
    site.write("about.md", f'# 监督方式\n\n--8<-- "{file}"\n')


def inherited(site: Site, outside: Outside) -> None:
    file = outside.secret("mkdocs.yml", f"site_author: {SECRET}\nextra: {{site_id_code: {SECRET}}}\n")
    _configure(site, f"INHERIT: {file}\n")


def folder_elsewhere(site: Site, outside: Outside) -> None:
    file = outside.secret("all/index.md", f"# 首页\n\n{SECRET}\n")
    _configure(site, f"docs_dir: {file.parent}\n")


def footer(site: Site, outside: Outside) -> None:
    _configure(site, f'copyright: {SCRIPT}\nsite_name: "{SCRIPT}"\n')


def template_of_the_theme(site: Site, outside: Outside) -> None:
    """A template of Material, which puts what the page says into a script."""
    site.write("about.md", '---\ntemplate: redirect.html\nlocation: "\\"]);pwned();//"\n---\n\n# 监督方式\n')


def link_to_a_page(site: Site, outside: Outside) -> None:
    _linked(site, "content/about.md", outside.secret("about.md", f"# 监督方式\n\n{SECRET}\n"))


def link_to_an_attachment(site: Site, outside: Outside) -> None:
    _linked(site, "content/reports/2024-a/files/a.txt", outside.secret("a.txt", SECRET))


def link_in_place_of_the_content(site: Site, outside: Outside) -> None:
    content, elsewhere = site.root / "content", outside.folder / "private" / "content"
    outside.secret("content/index.md", f"# 首页\n\n{SECRET}\n")
    for path in sorted(content.rglob("*.md")):
        if path.parent != content:
            outside.secret(f"content/{path.relative_to(content)}", path.read_text("utf-8"))
    content.rename(site.root / "moved")
    content.symlink_to(elsewhere)


def link_in_place_of_the_words(site: Site, outside: Outside) -> None:
    _linked(site, "words.toml", outside.secret("words.toml", f"{SECRET} ="))


def link_in_place_of_the_settings(site: Site, outside: Outside) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8") + f"site_description: {SECRET}\n"
    _linked(site, "mkdocs.yml", outside.secret("other.yml", text))


def link_in_the_theme(site: Site, outside: Outside) -> None:
    _linked(site, "overrides/secret.txt", outside.secret("theme.txt", SECRET))
    _configure(site, "theme: {name: rectify, custom_dir: overrides}\n")


def borrowed_objects(site: Site, outside: Outside) -> None:
    """Another repository of the machine, whose commits this one can then name as its own."""
    other = outside.folder / "private" / "repository" / "objects"
    other.mkdir(parents=True)
    (site.root / ".git" / "objects" / "info" / "alternates").write_text(f"{other}\n", "utf-8")
    (site.root / "later.txt").touch()


def submodule(site: Site, outside: Outside) -> None:
    """Another repository in the content, fetched by a command."""
    other = site.root / "content" / "reports" / "2024-a" / "files"
    site.run("git", "init", "-q", str(other)).ok()
    author = ("-c", "user.name=a", "-c", "user.email=a@qingchuan.example")
    site.run("git", "-C", str(other), *author, "commit", "-q", "--allow-empty", "-m", "x").ok()
    text = f'[submodule "files"]\n\tpath = content/reports/2024-a/files\n\turl = "ext::sh -c {outside.shell("submodule")}"\n\tupdate = checkout\n'
    (site.root / ".gitmodules").write_text(text, "utf-8")


def shadows(site: Site, outside: Outside) -> None:
    for name in ("yaml.py", "mkdocs/__init__.py", "sitecustomize.py", "usercustomize.py", "jinja2.py", "rectify.py"):
        file = site.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(outside.python(f"shadow-{name.partition('.')[0].partition('/')[0]}"), "utf-8")


def configuration_of_git(site: Site, outside: Outside) -> None:
    _script(site, ".git/evil", outside.shell("fsmonitor"))
    _script(site, ".git/other-hooks/post-checkout", outside.shell("hooks-path") + " </dev/null")
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        _script(site, f".git/hooks/{name}", outside.shell(f"git-hook-{name}") + " </dev/null")
    for key, value in {
        "core.fsmonitor": str(site.root / ".git" / "evil"),
        "core.hooksPath": str(site.root / ".git" / "other-hooks"),
        "core.sshCommand": outside.shell("ssh"),
        "uploadpack.packObjectsHook": str(site.root / ".git" / "evil"),
        "filter.evil.smudge": outside.shell("smudge-of-the-source"),
        "filter.evil.clean": outside.shell("clean-of-the-source"),
    }.items():
        site.run("git", "config", key, value).ok()


def account(outside: Outside) -> Path:
    """The home of whoever publishes, with settings of git that are for its own work: a filter, and hooks for new clones."""
    home = outside.folder / "home"
    hook = home / "template" / "hooks" / "post-checkout"
    hook.parent.mkdir(parents=True)
    hook.write_text(f"#!/bin/sh\n{outside.shell('template-hook')} </dev/null\n", "utf-8")
    hook.chmod(0o755)
    settings = {
        "filter.evil.smudge": outside.shell("smudge"),
        "filter.evil.clean": "cat",
        "init.templateDir": hook.parents[1],
    }
    for name, value in settings.items():
        subprocess.run(["git", "config", "--file", str(home / ".gitconfig"), name, str(value)], check=True)
    return home


def attributes(site: Site, outside: Outside) -> None:
    """The publisher's own account has git-lfs, or another filter, which is not for this repository to start."""
    (site.root / ".gitattributes").write_text("*.md filter=evil\n*.toml filter=evil\n", "utf-8")
    (site.root / "content" / ".gitattributes").write_text("* filter=evil ident eol=crlf\n", "utf-8")


Trick = Callable[[Site, Outside], None]

LEFT_ASIDE: tuple[Trick, ...] = (
    hook,
    tag,
    place_by_a_variable,
    extension,
    template,
    script,
    snippet,
    inherited,
    footer,
    link_in_the_theme,
    shadows,
    attributes,
)
"""Tricks that come to nothing: what is honest beside them is published."""
REFUSED: dict[Trick, str] = {
    template_of_the_theme: "redirect.html",
    variable: "!ENV",
    folder_elsewhere: "docs_dir",
    link_to_a_page: "content/about.md",
    link_to_an_attachment: "content/reports/2024-a/files/a.txt",
    link_in_place_of_the_content: "content",
    link_in_place_of_the_words: "words.toml",
    link_in_place_of_the_settings: "mkdocs.yml",
    submodule: "content/reports/2024-a/files",
    borrowed_objects: "objects/info/alternates",
}
"""Tricks that cannot be left aside without showing something else than was written, and what the reason names."""
