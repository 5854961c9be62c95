"""Documents of older programs, opened by LibreOffice where it is installed and read as what it makes of them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rectify.core.finding import RefusedDocument, found
from rectify.core.language import N_, Message
from rectify.sources.program import ProgramError, TookTooLong, hand_over_for

SECONDS = 120
_MEMORY = 4_000_000
"""Kilobytes of address space, of which the program takes a part only."""
_MADE = 600_000
"""Blocks of 512 bytes that one file of its may have."""
_PROGRAMS = (
    "soffice",
    "libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FILTERS: Mapping[str, tuple[str, str]] = {
    "doc": ("MS Word 97", "docx"),
    "rtf": ("Rich Text Format", "docx"),
    "odt": ("writer8", "docx"),
    "xls": ("MS Excel 97", "xlsx"),
    "ods": ("calc8", "xlsx"),
}
"""By kind, how it is opened (else what is broken is opened as plain text) and what it becomes."""
_LIMITED = 'ulimit -v "$1"; ulimit -f "$2"; ulimit -t "$3"; shift 3; exec "$@" >/dev/null 2>&1'
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no links brought up to date, nothing fetched: the proxy is where nobody listens."""


def program() -> str | None:
    """Return LibreOffice, None where it is not installed."""
    return next((one for name in _PROGRAMS if (one := shutil.which(name))), None)


def converted(data: bytes, kind: str, path: str, office: str) -> bytes:
    """Return the .docx or .xlsx that LibreOffice makes of a `doc`, `rtf`, `odt`, `xls` or `ods`; raises RefusedDocument."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, profile = folder / f"source.{kind}", folder / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_profile(), "utf-8")
        opened, target = _FILTERS[kind]
        command = [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nolockcheck"),
            f"--infilter={opened}",
            *("--convert-to", target, "--outdir", str(folder / "made"), str(source)),
        ]
        if os.name == "posix":
            command = ["sh", "-c", _LIMITED, "sh", str(_MEMORY), str(_MADE), str(SECONDS), *command]
        try:
            status = hand_over_for(command, {"HOME": str(folder)}, SECONDS)
            return (folder / "made" / f"source.{target}").read_bytes()
        except TookTooLong:
            raise _failed(path, kind, N_("{limit} 秒还没有转换完", limit=SECONDS)) from None
        except ProgramError as error:
            raise _failed(path, kind, str(error)) from None
        except FileNotFoundError:
            reason = N_("打不开这个文件，可能已损坏或者有密码（退出状态 {status}）", status=status)
            raise _failed(path, kind, reason) from None


def _failed(path: str, kind: str, reason: Message | str) -> RefusedDocument:
    return RefusedDocument(found("I037", path, found=reason, allowed=f".{_FILTERS[kind][1]}"))


def _profile() -> str:
    items = "".join(
        f'<item oor:path="{place}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for place, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
