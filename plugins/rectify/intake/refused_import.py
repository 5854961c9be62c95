"""An import that was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.finding import Finding
from rectify.core.language import _
from rectify.intake import import_report

_HIDDEN = "I024"
"""Why a workbook may list no problems: the sheet that does is hidden."""


class RefusedImport(NamedTuple):
    """Nothing was written; the findings say why."""

    findings: tuple[Finding, ...]
    to: Path | None = None
    error: OSError | None = None
    """What the system had against it."""

    def data(self) -> dict[str, Any]:
        to = self.to.as_posix() if self.to else None
        return {
            "written": False,
            "refused": True,
            "to": to,
            "findings": import_report.findings_data(self.findings),
        }

    def outcome(self) -> str:
        lines = import_report.findings_text(
            [one for one in self.findings if one.severity == "error" or one.rule == _HIDDEN]
        )
        return "\n".join([*lines, _("没有写入任何文件")])
