"""The files in a zip archive, and their names."""

from __future__ import annotations

from rectify.checks.attachments.types import Contents
from rectify.core.language import N_
from rectify.sources.office_package import Package


def archive_contents(package: Package) -> Contents:
    """Return the names and the files of an archive; raises Refused where one of them cannot be read."""
    shown = {name: _as_written(name) for name in sorted(package.names)}
    unseen = [(N_("压缩包里的文件名"), name) for name in shown.values()]
    files = ((shown[name], package.read(name)) for name in shown if not name.endswith("/"))
    return Contents([], (), unseen, files)


def _as_written(name: str) -> str:
    """Return a name as Chinese programs wrote it: most do without the mark of Unicode, and then zipfile takes it for code page 437."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
