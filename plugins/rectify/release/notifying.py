"""Who is told what of a run: each trouble once and then once a day, what is held once a week, and that all is well again.

What was told stands in a file beside the releases; a run that ends like the one before is no news.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import _, _n
from rectify.core.plain_json import read_json
from rectify.outputs.notice import Notice
from rectify.release import last_run
from rectify.release.folder import ReleaseFolder
from rectify.release.health import moment_of, read_health
from rectify.release.holding import holds_of, told
from rectify.sources.clock import now
from rectify.sources.lock import Locked, take_lock
from rectify.sources.safe_files import replace_file

NAME = "notified.json"
FAILED, ENDED = "failed", "ended"
"""What whoever ran a publication says of it: that it failed, or that it ended as it should."""
_HELD = "held"
_AGAIN = {_HELD: timedelta(days=7)}
_DAILY = timedelta(days=1)
_SHOWN = 10


class News(NamedTuple):
    """What is to be told, and by what it is known again."""

    notice: Notice
    key: str


def news(target: ReleaseFolder, word: str = "") -> News | None:
    """Return what is to be told now, None where there is nothing or it was told lately.

    `word` is FAILED or ENDED, from whoever ran the publication: a run whose report could not be written is a trouble too.
    """
    run, known = last_run.read(target.root), _known(target.root)
    outcome = _outcome(target, run, word)
    if outcome in ("", "running"):
        return None
    if outcome in ("published", "unchanged"):
        if not known or known.get("outcome") == _HELD:
            _forget(target.root)
            return None
        return News(Notice(_("公开恢复正常"), _around(target), outcome), "")
    notice = _notice(target, run, outcome)
    key = hashlib.sha256(repr(_sameness(target, run, outcome)).encode()).hexdigest()
    before = moment_of(known.get("at"))
    if known.get("key") == key and before and now() - before < _AGAIN.get(outcome, _DAILY):
        return None
    return News(notice, key)


def note_told(root: Path, said: News) -> None:
    """Remember that something was told. Never raises: it is told again rather than not at all."""
    if not said.key:
        _forget(root)
        return
    data = {"key": said.key, "outcome": said.notice.outcome, "at": now().isoformat(timespec="seconds")}
    with contextlib.suppress(OSError):
        replace_file(root / NAME, (json.dumps(data, indent=1) + "\n").encode())


def _outcome(target: ReleaseFolder, run: dict[str, Any], word: str) -> str:
    """Return how the last run ended: an outcome of it, `cut off`, `unreported`, `running`, or nothing where there was none."""
    outcome = str(run.get("outcome", ""))
    if outcome == last_run.RUNNING:
        return "running" if word != FAILED and _is_taken(target) else "cut off"
    if word == FAILED and outcome in ("published", "unchanged", ""):
        return "unreported"
    return outcome


def _is_taken(target: ReleaseFolder) -> bool:
    with contextlib.suppress(OSError):
        try:
            with take_lock(target.lock):
                return False
        except Locked:
            return True
    return False


def _sameness(target: ReleaseFolder, run: dict[str, Any], outcome: str) -> list[Any]:
    """Return what two runs have in common that tell the same: another commit with the same mistakes is no news."""
    if outcome == _HELD:
        return [outcome, *(hold.number for hold in holds_of(target.root))]
    findings = sorted({(str(one.get("file")), str(one.get("rule"))) for one in run.get("findings") or ()})
    return [outcome, findings, str(run.get("reason", "")).partition("\n")[0] if not findings else ""]


def _notice(target: ReleaseFolder, run: dict[str, Any], outcome: str) -> Notice:
    findings = run.get("findings") or []
    title = {
        "refused": _n("检查出 {number} 处错误，没有公开", len(findings) or 1),
        "cut off": _("公开中途断了"),
        "unreported": _("公开失败，原因没有记下来"),
        _HELD: _("搁置，没有公开"),
    }.get(outcome, _("公开失败"))
    lines = [
        _(
            "{where} [{rule}] {message}。改法：{fix}",
            where=_where(one),
            rule=one.get("rule"),
            message=one.get("message"),
            fix=one.get("fix"),
        )
        for one in findings[:_SHOWN]
    ]
    if len(findings) > _SHOWN:
        lines.append(_n("……另有 {number} 处", len(findings) - _SHOWN))
    if outcome == _HELD:
        lines.append(told(holds_of(target.root), target.root))
    elif not findings and run.get("reason") and outcome not in ("cut off", "unreported"):
        lines.append(str(run["reason"]))
    return Notice(title, [*lines, *_around(target)], outcome)


def _where(one: dict[str, Any]) -> str:
    return ":".join(str(part) for part in (one.get("file"), one.get("line")) if part)


def _around(target: ReleaseFolder) -> list[str]:
    health, place = read_health(target.root), target.root.absolute()
    lines = [_("位置：{place}，主机 {host}", place=place, host=socket.gethostname())]
    if since := moment_of(health.get("failing_since")):
        lines.append(_("从 {since} 起没有一次运行成功", since=f"{since:%Y-%m-%d %H:%M}"))
    if live := target.live():
        lines.append(_("读者看到的是 {release}", release=live.name))
    return [*lines, _("查看：rectify doctor --to {place}；全文在 {file}", place=place, file=place / last_run.NAME)]


def _known(root: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        data = read_json((root / NAME).read_bytes())
        return data if isinstance(data, dict) else {}
    return {}


def _forget(root: Path) -> None:
    with contextlib.suppress(OSError):
        (root / NAME).unlink(missing_ok=True)
