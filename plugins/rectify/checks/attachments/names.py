"""What the name of a published file must not be: that of a program, one that hides its kind, one that some systems cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from rectify.checks.attachments.types import types_of
from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message

_PROGRAMS = frozenset(
    "exe com scr pif bat cmd ps1 psm1 vbs vbe wsf wsh hta msi msp msix appx jar class dex apk apks ipa dll sys ocx cpl"
    " so dylib app dmg pkg deb rpm run bin sh bash csh zsh ksh command py pyc pyw rb pl php reg inf scf lnk url desktop"
    " chm iso img vhd vhdx elf gadget application jnlp ade mde xll".split()
)
"""What a system or a program runs when somebody opens it, or what holds such."""
_BEGINNINGS: dict[bytes, str | Message] = {
    b"MZ": "Windows",
    b"\x7fELF": "Linux",
    b"#!": N_("脚本"),
    b"\xca\xfe\xba\xbe": "Java",
    b"\xcf\xfa\xed\xfe": "macOS",
    b"\xce\xfa\xed\xfe": "macOS",
    b"dex\n": "Android",
    b"L\x00\x00\x00\x01\x14\x02\x00": N_("快捷方式"),
}
# Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:[ .].*)?")
_REFUSED = re.compile('[<>:"\\\\|?*]')
_LONGEST = 255
"""Bytes of a name that file systems hold."""


def program_finding(path: str, data: bytes) -> Finding | None:
    """Return the finding about a file that is a program by its name or its first bytes."""
    ending = _ending(path.rpartition("/")[2])
    form: str | Message = f".{ending}" if ending in _PROGRAMS else ""
    for beginning, system in _BEGINNINGS.items():
        # MZ and #! may begin a text; a program has zeros, a script a path.
        if not form and data.startswith(beginning) and (b"\x00" in data[:512] or data[:3] in (b"#!/", b"#! ")):
            form = system
    return found("A040", path, found=form) if form else None


def name_findings(path: str, name: str) -> Iterator[Finding]:
    """Yield what is wrong with the name of a file, folders of its own in front of it."""
    last = name.rpartition("/")[2]
    stem, _, ending = last.rpartition(".")
    if types_of(_ending(stem)) and types_of(ending.lower()) and _ending(stem) != ending.lower():
        yield found("A041", path, found=f".{_ending(stem)}.{ending}")
    for part in name.split("/"):
        # A file of the theme is named from the content folder, which it lies beside.
        if part != ".." and (reason := _refused(part)):
            yield found("A042", path, found=reason, excerpt=part)
            return


def twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names that some systems take for one that came before, with this."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(folded(name), name)
        if first != name:
            yield name, first


def folded(name: str) -> str:
    """Return what is the same for names that some systems take for one."""
    return normalize("NFC", name).casefold()


def _refused(part: str) -> str | Message:
    """Return why a name cannot be held everywhere, empty where it can."""
    if _RESERVED.fullmatch(part):
        return N_("Windows 的设备名")
    if match := _REFUSED.search(part):
        return N_("有 Windows 不能用的字符 {found}", found=match[0])
    if part != part.strip() or part.endswith("."):
        return N_("首尾有空格或者句点")
    return N_("太长") if len(part.encode("utf-8", "surrogateescape")) > _LONGEST else ""


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower().rstrip(". ") if "." in name else ""
