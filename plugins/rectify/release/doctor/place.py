"""The site and where it is published: configuration, content, room, links, what is live, the lock and the timer."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rectify.core.language import _, _n, listed
from rectify.core.site_map import REPORTS
from rectify.release import last_run
from rectify.release import manifest as manifests
from rectify.release.doctor.check import ERROR, OK, WARNING, Check, existing, output_of, writable
from rectify.release.doctor.course import check_course, check_owner, check_told
from rectify.release.doctor.history import check_history
from rectify.release.doctor.tags import check_tags
from rectify.release.doctor.terms import check_terms
from rectify.release.folder import RECORD, ReleaseFolder, record_of
from rectify.release.modes import wrong_modes
from rectify.release.obstacles import obstacles
from rectify.sources.clock import today
from rectify.sources.configuration import find_configuration, names_plugin, read_registers
from rectify.sources.configuration_tree import read_tree
from rectify.sources.lock import Locked, take_lock
from rectify.sources.safe_files import replace_link

_FEW_BYTES, _TOO_FEW_BYTES = 1 << 30, 100 << 20
_SYSTEMD = Path("/run/systemd/system")
"""There where systemd runs, as sd_booted(3) says."""


def check_site(start: Path) -> Iterator[Check]:
    """Yield what was found of the site around a folder."""
    file = find_configuration(start)
    if file is None:
        yield Check(
            "configuration",
            ERROR,
            _("{start} 和上级文件夹里没有 mkdocs.yml", start=start),
            _("进入网站所在的文件夹再运行"),
        )
        return
    try:
        registers, tree = read_registers(file), read_tree(file)
    except (OSError, ValueError) as error:
        yield Check(
            "configuration",
            ERROR,
            _("无法读取配置：{error}", error=error),
            _("按提示的行改正 mkdocs.yml，缩进只用空格"),
        )
        return
    if names_plugin(tree):
        yield Check("configuration", OK, str(file))
    else:
        yield Check(
            "configuration",
            ERROR,
            _("{file} 没有启用 rectify 插件", file=file),
            _("在 plugins: 下面加一行“- rectify”"),
        )
    for one in registers:
        yield _content(one.content)
    yield from check_tags(tree)
    try:
        for folder in dict.fromkeys(one.cache_folder() for one in registers):
            yield writable("cache", folder, _("缓存"))
    except ValueError as error:
        yield Check("cache", ERROR, str(error), _("按提示改正 mkdocs.yml"))


def _content(content: Path) -> Check:
    disclosures = content / REPORTS
    try:
        count = sum((entry / "index.md").is_file() for entry in disclosures.iterdir()) if disclosures.is_dir() else 0
    except OSError as error:
        text = f"{disclosures}: {error.strerror}"
        return Check("content", ERROR, text, _("检查所有者和权限：ls -ld"))
    if count:
        return Check("content", OK, _n("{content}：{number} 份通报", count, content=content))
    return Check(
        "content",
        WARNING,
        _("{disclosures} 里没有通报", disclosures=disclosures),
        _("用 rectify import 导入第一份"),
    )


def check_target(place: Path) -> Iterator[Check]:
    """Yield what was found of the place of publication."""
    may_write = writable("target", place, _("公开位置"))
    yield may_write
    yield _room(place)
    if may_write.state == OK:
        yield _links(place)
    releases = ReleaseFolder(place)
    obstructed = list(obstacles(place))
    for one in obstructed:
        yield Check("obstacle", ERROR, str(one), _("移开：rectify doctor --to {place} --fix", place=place))
    if obstructed:
        return
    yield from _live(releases)
    yield from _days(releases)
    yield from check_terms(releases)
    yield from check_history(releases)
    yield from _modes(releases)
    running = yield from _lock(releases)
    yield from _last_run(place, running)
    yield from check_course(releases)
    yield from check_owner(place)


def _room(place: Path) -> Check:
    free = shutil.disk_usage(existing(place)).free
    text = _("{place} 所在磁盘剩余 {size} GB", place=place, size=f"{free / (1 << 30):.1f}")
    if free >= _FEW_BYTES:
        return Check("disk", OK, text)
    fix = _("清理磁盘，或者用 publish --keep 少保留几次公开")
    return Check("disk", ERROR if free < _TOO_FEW_BYTES else WARNING, text, fix)


def _links(place: Path) -> Check:
    with tempfile.TemporaryDirectory(prefix=".doctor-", dir=existing(place)) as folder:
        try:
            for target in ("a", "b"):
                replace_link(Path(folder, "current"), target)
        except OSError as error:
            return Check(
                "links",
                ERROR,
                _("不能建符号链接：{reason}", reason=error.strerror),
                _("换一个支持符号链接的文件系统；Windows 请开启开发者模式"),
            )
    return Check("links", OK, _("可以建符号链接并一步切换"))


def _live(releases: ReleaseFolder) -> Iterator[Check]:
    live = releases.live()
    if live is None:
        fix = f"rectify publish --to {releases.root}"
        yield Check("live", WARNING, _("还没有公开过"), fix)
        return
    record = record_of(live)
    if not record or not (live / manifests.NAME).is_file():
        yield Check(
            "live",
            ERROR,
            _("{release} 缺少 {manifest} 或者 {record}", release=live.name, manifest=manifests.NAME, record=RECORD),
            _("rectify rollback 退回上一次公开，改正后重新公开"),
        )
    else:
        day = record.get("declared", "")
        yield Check("live", OK, _("当前公开 {release}，数据截至 {day}", release=live.name, day=day))
    if (last := releases.last()[1:]) and last[0] != live.name:
        yield Check(
            "last",
            WARNING,
            _("最近一次成功运行公开的是 {last}，当前是 {release}", last=last[0], release=live.name),
            _("如果没有退回过，查看定时任务的日志"),
        )


def _days(releases: ReleaseFolder) -> Iterator[Check]:
    late = [one for one in releases.releases() if one.record.get("published", "") > today().isoformat()]
    if late:
        yield Check(
            "release_days",
            WARNING,
            _n(
                "{number} 次公开记的日期还没有到：{releases}；那时或者现在的时钟不对",
                len(late),
                releases=listed([f"{one.id} {one.record['published']}" for one in late]),
            ),
            _("校准时钟；公开过的日期不改写，下一次公开时说明"),
        )


def _modes(releases: ReleaseFolder) -> Iterator[Check]:
    if (live := releases.live()) is None:
        return
    closed = [folder for folder in (releases.root, releases.releases_folder) if not folder.stat().st_mode & 0o1]
    for folder in closed if os.name == "posix" else ():
        yield Check(
            "modes",
            WARNING,
            _(
                "网页服务器可能进不了 {folder}（权限 {mode}）",
                folder=folder,
                mode=f"{stat.S_IMODE(folder.stat().st_mode):04o}",
            ),
            f"chmod 755 {folder}",
        )
    if wrong := list(wrong_modes(live)):
        text = f"{live.name}/{wrong[0].path}: {wrong[0].message()}"
        yield Check("modes", ERROR, _n("{text}（共 {number} 处）", len(wrong), text=text), wrong[0].fix())
    elif not closed:
        yield Check("modes", OK, _("当前公开的文件权限正确"))


def _lock(releases: ReleaseFolder) -> Generator[Check, None, bool]:
    """Yield the state of the lock; returns whether a publication is running."""
    if not releases.lock.exists():
        return False
    try:
        with take_lock(releases.lock):
            yield Check("lock", OK, _("没有公开正在进行"))
    except Locked as other:
        if other.is_elsewhere:
            fix = _("那台主机上确实没有公开在进行的：rectify doctor --to {place} --fix", place=releases.root)
            yield Check("lock", WARNING, _("另一台主机占用着：{other}", other=other), fix)
        else:
            yield Check("lock", OK, _("一次公开正在进行（{other}）", other=other))
        return True
    except OSError as error:
        text = f"{releases.lock}: {error.strerror}"
        yield Check("lock", ERROR, text, _("改为由运行公开的用户所有"))
    return False


def _last_run(place: Path, running: bool) -> Iterator[Check]:
    run = last_run.read(place)
    if run.get(last_run.TRUSTED):
        yield Check(
            "trust",
            WARNING,
            _("最近一次公开用了 --trust-repository：谁能提交，谁就能在本机运行程序"),
            _("去掉这个选项；要自己的主题、插件，用 --config"),
        )
    outcome, when = run.get("outcome", ""), run.get("ended") or run.get("began", "")
    if _is_ahead(str(when)):
        yield Check(
            "last_run_clock",
            WARNING,
            _("最近一次运行记的时间 {when} 比现在晚：那时或者现在的时钟不对", when=when),
            _("校准时钟，例如 timedatectl set-ntp true；逾期、到期和日期的检查都按时钟"),
        )
    if outcome == last_run.RUNNING and not running:
        yield Check(
            "last_run",
            WARNING,
            _("{when} 开始的一次公开中途断了，已经公开的内容没有变", when=when),
            _("下一次运行会从头再来；如果总是断，查看内存、磁盘和系统日志"),
        )
    elif outcome == "refused" and (findings := run.get("findings")):
        where = f"{findings[0].get('file')}:{findings[0].get('line')} {findings[0].get('rule')}"
        yield Check(
            "last_run",
            ERROR,
            _n("{when} 有 {number} 处错误，没有公开：{where}", len(findings), when=when, where=where),
            _("rectify check 列出全部错误和改法"),
        )
    elif outcome in ("failed", "refused"):
        reason = " ".join(str(run.get("reason", "")).strip().splitlines()[:2])
        yield Check(
            "last_run",
            ERROR,
            _("{when} 公开失败：{reason}", when=when, reason=reason),
            _("全文在 {file}", file=place / last_run.NAME),
        )
    elif outcome in ("published", "unchanged"):
        yield Check("last_run", OK, _("最近一次运行 {when}，正常结束", when=when))


def _is_ahead(moment: str) -> bool:
    """Return whether a moment lies ahead of the clock, by more than clocks of one office differ."""
    try:
        return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S%z") > datetime.now(UTC) + timedelta(hours=1)
    except ValueError:
        return False


def check_timer() -> Iterator[Check]:
    """Yield the state of the timer; nothing where systemd does not run."""
    if shutil.which("systemctl") is None or not _SYSTEMD.is_dir():
        return
    if failed := output_of("systemctl", "list-units", "--failed", "--plain", "--no-legend", "rectify*"):
        name = failed.split()[0]
        yield Check(
            "timer",
            ERROR,
            _("{name} 上次运行失败", name=name),
            _("查看原因：{command}", command=f"journalctl -u {name}"),
        )
    elif timers := output_of("systemctl", "list-timers", "--all", "--no-legend", "rectify*"):
        line = " ".join(timers.splitlines()[0].split())
        yield Check("timer", OK, line)
        yield check_told()
    else:
        yield Check(
            "timer",
            WARNING,
            _("没有名为 rectify* 的定时任务"),
            _("用 rectify ready systemd 生成定时任务"),
        )
