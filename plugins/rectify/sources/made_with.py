"""The packages besides ours that a site is made with: their update may change a site of the same content."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

MADE_WITH = {
    "mkdocs": "mkdocs",
    "markdown": "markdown",
    "jinja2": "jinja2",
    "segno": "segno",
    "diff-match-patch": "diff_match_patch",
    # Only where ordinary pages use them, and only there they need be.
    "pymdown-extensions": "pymdownx",
    "mkdocs-material": "material",
}
"""By the name that a package is installed by, the name that it is imported by."""


def versions() -> list[str]:
    """Return the versions of these packages in the order above, empty for one that is not installed."""
    return [_version(name) for name in MADE_WITH]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
