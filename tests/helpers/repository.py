"""A site in a git repository, as staff commit to it."""

from __future__ import annotations

from helpers.site import Result, Site


def git(site: Site, *arguments: str) -> Result:
    """A git command in the site's folder, by somebody with a name."""
    return site.run("git", "-c", "user.name=clerk", "-c", "user.email=clerk@qingchuan.example", *arguments)


def committed(site: Site) -> Site:
    """The site as a repository with one commit of everything in it but what is built."""
    (site.root / ".gitignore").write_text("/site/\n/.cache/\n/live*/\n", "utf-8")
    git(site, "init", "-q", "-b", "main").ok()
    return commit(site)


def commit(site: Site) -> Site:
    """Commit everything that has changed."""
    git(site, "add", "-A").ok()
    git(site, "commit", "-q", "--no-verify", "-m", "更新").ok()
    return site
