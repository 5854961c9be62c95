"""Where LibreOffice is, and how a machine without it gets it: exported documents are opened with it.

Standard library only: run.py calls this before any test package need be importable.
"""

import os
import shutil

from helpers import debian
from helpers.debian import Pick, Step

PACKAGES = ["libreoffice-writer-nogui", "libreoffice-calc-nogui", "poppler-utils"]


def find() -> str | None:
    """LibreOffice, where it is on the path together with the reader of the PDF that it makes."""
    return shutil.which("soffice") if shutil.which("pdftotext") else None


def get(step: Step, pick: Pick) -> tuple[str | None, str]:
    """(path, "") of a LibreOffice found or installed, or (None, why there is none)."""
    if reason := os.environ.get("RECTIFY_NO_OFFICE"):
        return None, reason
    if found := find():
        return found, ""
    tried = debian.install(PACKAGES, step, pick)
    return find(), "" if find() else pick("没有可用的 LibreOffice（", "no LibreOffice to use (") + tried + pick(
        "）", ")"
    )
