"""How a publication has been going: what is held, since when runs fail, whether any come at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from rectify.core.language import _, _n
from rectify.release.doctor.check import ERROR, OK, WARNING, Check
from rectify.release.folder import ReleaseFolder
from rectify.release.health import NAME, moment_of, read_health
from rectify.release.holding import holds_of
from rectify.sources.clock import now

_QUIET = timedelta(days=1)
"""A timer that has not been heard of for so long does not run any more."""


def check_course(releases: ReleaseFolder) -> Iterator[Check]:
    """Yield what was found of the decisions and of the runs up to now."""
    yield from _held(releases)
    health = read_health(releases.root)
    yield from _runs(releases.root, health)
    counts = health.get("findings")
    if isinstance(counts, dict) and (warnings := counts.get("warning")):
        yield Check("findings", OK, _n("最近一次检查有 {number} 处警告，不妨碍公开", warnings))


def _held(releases: ReleaseFolder) -> Iterator[Check]:
    try:
        holds = holds_of(releases.root)
    except ValueError as error:
        yield Check("held", ERROR, str(error), f"rectify unhold all --to {releases.root}")
        return
    for hold in holds:
        text = _("搁置，不再公开：{hold}", hold=hold.text())
        fix = _("改正以后提交，别的新提交照常公开；放行：{command}", command=_lift(hold.number, releases.root))
        if hold.holds_everything:
            fix = _("放行以前什么都不公开；放行：{command}", command=_lift(hold.number, releases.root))
        yield Check("held", WARNING, text, fix)


def _lift(number: int, place: Path) -> str:
    return f"rectify unhold {number} --to {place}"


def _runs(place: Path, health: dict[str, object]) -> Iterator[Check]:
    moment, last = now(), health.get("last_run")
    ended = moment_of(last.get("ended")) if isinstance(last, dict) else None
    if since := moment_of(health.get("failing_since")):
        yield Check(
            "failing",
            ERROR,
            _("从 {since} 起没有一次运行成功", since=f"{since:%Y-%m-%d %H:%M}"),
            _("最近一次的原因在上面；改正以后下一次照常公开"),
        )
    if ended and moment - ended > _QUIET:
        yield Check(
            "quiet",
            WARNING,
            _n("{number} 天没有运行过了", (moment - ended).days),
            _("查看定时任务：systemctl list-timers，或者 crontab -l；不用定时任务的，不用管"),
        )
    live = health.get("live")
    if isinstance(live, dict) and (since := moment_of(live.get("since"))):
        days = max((moment - since).days, 0)
        yield Check("health", OK, _n("读者看到的这一次公开了 {number} 天；{file}", days, file=place / NAME))


def check_told(etc: Path = Path("/etc")) -> Check:
    """Return whether it is written down who is told of a timer's failures."""
    if any(etc.glob("rectify*/notify.env")):
        return Check("told", OK, _("写明了公开失败时告诉谁"))
    return Check(
        "told",
        WARNING,
        _("没有写明公开失败时告诉谁"),
        _("rectify ready systemd 生成的 notify.env 放到 /etc/rectify/notify.env，写一行 RECTIFY_NOTIFY_TO="),
    )


def check_owner(place: Path) -> Iterator[Check]:
    """Yield what does not belong to the account that the place belongs to, and would be in the way of its runs."""
    if os.name != "posix" or not place.is_dir():
        return
    owner = place.stat().st_uid
    inside = [path for folder in (place, place / "releases") if folder.is_dir() for path in sorted(folder.iterdir())]
    if others := [path for path in inside if path.lstat().st_uid != owner]:
        yield Check(
            "owner",
            WARNING,
            _n("{path} 不属于公开的账户（共 {number} 处）", len(others), path=others[0]),
            _(
                "以公开的账户运行各个命令：sudo -u 账户 rectify …；改回来：chown -R -h --reference={place} {place}",
                place=place,
            ),
        )
