"""The packages besides ours that a site is made with: their update may change a site of the same content."""

from __future__ import annotations

MADE_WITH = {
    "mkdocs": "mkdocs",
    "mkdocs-material": "material",
    "markdown": "markdown",
    "jinja2": "jinja2",
    "segno": "segno",
    "diff-match-patch": "diff_match_patch",
}
"""By the name that a package is installed by, the name that it is imported by."""
