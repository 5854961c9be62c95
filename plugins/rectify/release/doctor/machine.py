"""What the machine brings: Python and packages, programs, fonts, the clock, the encoding of names and output."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

from rectify.core.language import N_, Message, _, _n
from rectify.release.doctor.check import ERROR, OK, SECONDS, WARNING, Check, output_of
from rectify.sources.program import ProgramError, run

_CHINA = 8 * 3600
"""Seconds east of Greenwich."""
_DAY = 86400
_INSTALL = N_("运行 python3 run.py site 重新安装锁定的版本")
_PROGRAMS: tuple[tuple[str, str, Message], ...] = (
    ("git", "git", N_("从仓库公开、记录来源版本要用")),
    ("ssh-keygen", "openssh-client", N_("只有给清单签名时要用")),
    ("rsync", "rsync", N_("只有公开到另一台服务器时要用")),
)
"""Name, the package that brings it on Debian and 麒麟, what it is for."""


def check_machine() -> Iterator[Check]:
    """Yield what was found of the machine."""
    yield _python()
    yield from _packages()
    yield from _programs()
    yield from _fonts()
    yield _clock()
    yield _encoding()
    yield _network()


def _python() -> Check:
    wanted, have = metadata("rectify")["Requires-Python"], ".".join(map(str, sys.version_info[:3]))
    text = _("Python {have}（要求 {wanted}）", have=have, wanted=wanted)
    if within(have, wanted):
        return Check("python", OK, text)
    fix = _("安装符合要求的 Python，再运行 python3 run.py site")
    return Check("python", ERROR, text, fix)


def _packages() -> Iterator[Check]:
    """Yield what is missing or outside its range; the rule is the distribution's own metadata, made from pyproject.toml."""
    wrong = 0
    wanted = [one for one in metadata("rectify").get_all("Requires-Dist") or () if "extra ==" not in one]
    for requirement in wanted:
        if not (named := re.fullmatch(r"\s*([\w.-]+)\s*([^;]*).*", requirement)):
            continue
        name, ranges = named.groups()
        try:
            have = version(name)
            if within(have, ranges):
                continue
            text = _("{name} {have}，要求 {ranges}", name=name, have=have, ranges=ranges)
        except PackageNotFoundError:
            text = _("没有安装 {name}（{ranges}）", name=name, ranges=ranges)
        wrong += 1
        yield Check("packages", ERROR, text, str(_INSTALL))
    if not wrong:
        count = len(wanted)
        yield Check("packages", OK, _n("{number} 个依赖都在要求的范围内", count))


def within(have: str, ranges: str) -> bool:
    """Return whether a version lies within ranges such as `>=8.1,<9,!=8.3.*`; what is behind the numbers is left aside."""
    return all(_meets(have, one.strip()) for one in ranges.split(",") if one.strip())


def _meets(have: str, wanted: str) -> bool:
    if not (stated := re.fullmatch(r"([<>=!~]=?)\s*([\d.]+?)(\.\*)?", wanted)):
        return True
    sign, text, star = stated.groups()
    mine, other = _numbers(have), _numbers(text)
    if star:
        return (mine[: len(other)] == other) == (sign == "==")
    size = max(len(mine), len(other))
    a, b = mine + (0,) * (size - len(mine)), other + (0,) * (size - len(other))
    compatible = a >= b and mine[: len(other) - 1] == other[:-1]
    return {">=": a >= b, "<=": a <= b, ">": a > b, "<": a < b, "==": a == b, "!=": a != b, "~=": compatible}[sign]


def _numbers(version_text: str) -> tuple[int, ...]:
    numbers = re.split(r"[^\d.]", version_text, maxsplit=1)[0]
    return tuple(map(int, re.findall(r"\d+", numbers)))


def _programs() -> Iterator[Check]:
    for name, package, purpose in _PROGRAMS:
        if shutil.which(name):
            yield Check(name, OK, name)
        else:
            fix = _("用系统的软件包安装，例如 apt install {package}", package=package)
            yield Check(name, WARNING, _("没有 {name}：{purpose}", name=name, purpose=purpose), fix)


def _fonts() -> Iterator[Check]:
    """Only looked for where fontconfig is: readers see the site with their own fonts, this machine's are for printing."""
    if shutil.which("fc-list") is None:
        return
    if output_of("fc-list", ":lang=zh", "family"):
        yield Check("fonts", OK, _("有中文字体"))
    else:
        yield Check(
            "fonts",
            WARNING,
            _("没有中文字体，在本机打印、转换文件时会显示方框"),
            _("安装中文字体，例如 apt install fonts-noto-cjk"),
        )


def _clock() -> Check:
    """A clock before the day this file was installed is wrong; overdue and due are computed from today."""
    now = time.time()
    shown = time.strftime("%Y-%m-%d %H:%M %z")
    if now < Path(__file__).stat().st_mtime - _DAY:
        return Check(
            "clock",
            ERROR,
            _("时钟是 {shown}，比本程序的安装时间还早", shown=shown),
            _("校准时钟，例如 timedatectl set-ntp true"),
        )
    if time.localtime(now).tm_gmtoff != _CHINA:
        return Check(
            "clock",
            WARNING,
            _("时区不是东八区：{shown}", shown=shown),
            _("定时任务按本机的时区运行；timedatectl set-timezone Asia/Shanghai"),
        )
    return Check("clock", OK, shown)


def _encoding() -> Check:
    names = {sys.getfilesystemencoding(), sys.stdout.encoding or "none"}
    if all(name.lower().replace("-", "") == "utf8" for name in names):
        return Check("encoding", OK, _("文件名和输出都是 UTF-8"))
    told = ", ".join(sorted(names))
    return Check(
        "encoding",
        WARNING,
        _("文件名或者输出不是 UTF-8：{told}", told=told),
        _("设环境变量 PYTHONUTF8=1，或者 LANG=C.UTF-8"),
    )


def _network() -> Check:
    """Tried in a process of its own: there is no way back."""
    command = "import sys; from rectify.sources.confinement import leave_network; sys.exit(not leave_network())"
    try:
        run([sys.executable, "-P", "-c", command], seconds=SECONDS)
    except ProgramError:
        return Check(
            "network",
            WARNING,
            _("从仓库公开时，构建的进程不能断网：系统不允许，或者不是 Linux"),
            _("允许普通账户建命名空间；systemd 的服务里写 RestrictNamespaces=user net。不改也能公开"),
        )
    return Check("network", OK, _("从仓库公开时，构建的进程断开网络"))
