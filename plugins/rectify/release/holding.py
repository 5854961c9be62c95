"""What must not be published again, and whose word that is: a file beside the releases that every run asks first.

A decision of whoever runs the publication outlasts everything that a push can do; only a command or its own last day ends it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from getpass import getuser
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import N_, Message, _
from rectify.core.plain_json import read_json
from rectify.core.site_map import DATA, is_of_publication
from rectify.release import manifest as manifests
from rectify.release.modes import make_folder
from rectify.sources.clock import now
from rectify.sources.lock import hold_folder
from rectify.sources.safe_files import replace_file

NAME = "held.json"
_BEFORE = ".held"
"""The file of earlier versions of this program: a commit, or what stood for it."""
ROLLBACK, EMERGENCY, WITHDRAWAL, ASKED = "rollback", "emergency", "withdrawal", "asked"
CAUSES: dict[str, Message] = {
    ROLLBACK: N_("退回"),
    EMERGENCY: N_("停站"),
    WITHDRAWAL: N_("撤回还没有提交"),
    ASKED: N_("搁置"),
}
"""Why something is held, the words for it."""
_SHOWN = 12


class Hold(NamedTuple):
    """One decision."""

    number: int
    """By which it is named, among those that count."""
    cause: str
    """A key of CAUSES."""
    release: str = ""
    """The release that was taken back."""
    commit: str = ""
    """Its commit, or the beginning of one; of a folder that is no repository, the key of its publication."""
    content: str = ""
    """What its site shows, as `content_of` returns it: the same content in another commit is held too."""
    by: str = ""
    why: str = ""
    since: str = ""
    """ISO 8601, with the zone."""
    until: str = ""
    """The moment from which it does not count any more, ISO 8601; empty where only a command ends it."""

    @property
    def holds_everything(self) -> bool:
        """Whether nothing at all may be published."""
        return not (self.release or self.commit or self.content)

    def is_over(self, moment: datetime) -> bool:
        """Return whether its last day has passed."""
        return bool(self.until) and datetime.fromisoformat(self.until) <= moment

    def holds_source(self, *names: str) -> bool:
        """Return whether it holds a source that has these names: its commit, or its key. What was edited since is another source."""
        return self.holds_everything or (
            bool(self.commit) and any(name.startswith(self.commit) and not name.endswith("+") for name in names)
        )

    def what(self) -> str:
        """Return what is held, in words."""
        if self.holds_everything:
            return _("一切")
        return self.release or self.commit[:_SHOWN]

    def text(self) -> str:
        """Return the whole decision in one line."""
        told = [self.by, _("{moment} 起", moment=self.since[:16].replace("T", " "))]
        if self.until:
            last = datetime.fromisoformat(self.until) - timedelta(minutes=1)
            told.append(_("到 {moment} 为止", moment=f"{last:%Y-%m-%d %H:%M}"))
        if self.why:
            told.append(self.why)
        return _(
            "第 {which} 号：{what}（{cause} · {told}）",
            which=self.number,
            what=self.what(),
            cause=CAUSES[self.cause],
            told=" · ".join(one for one in told if one),
        )

    def data(self) -> dict[str, Any]:
        """Return it for programs."""
        return {**self._asdict(), "everything": self.holds_everything}


def holds_of(root: Path) -> list[Hold]:
    """Return the decisions that count now, the oldest first. Raises ValueError where the file is damaged: nobody knows then."""
    return [hold for hold in _read(root) if not hold.is_over(now())]


def add_hold(root: Path, hold: Hold) -> Hold:
    """Write down a decision, in place of one with the same cause about the same thing; returns it with number, name and moment."""

    make_folder(root)

    def added(holds: list[Hold]) -> list[Hold]:
        kept = [one for one in holds if _about(one) != _about(hold)]
        return [*kept, made(max((one.number for one in holds), default=0) + 1)]

    def made(number: int) -> Hold:
        since = now().isoformat(timespec="seconds")
        return hold._replace(number=number, by=hold.by or _who(), since=hold.since or since)

    return _change(root, added)[-1]


def drop_holds(root: Path, wanted: Callable[[Hold], bool]) -> list[Hold]:
    """Take back decisions; returns those that were."""
    before = holds_of(root)
    _change(root, lambda holds: [hold for hold in holds if not wanted(hold)])
    return [hold for hold in before if wanted(hold)]


def drop_over(root: Path) -> None:
    """Forget the decisions whose last day has passed."""
    moment = now()
    if any(hold.is_over(moment) for hold in _read(root)):
        _change(root, lambda holds: [hold for hold in holds if not hold.is_over(moment)])


def clear_damaged(root: Path) -> None:
    """Begin again with no decisions at all."""
    replace_file(root / NAME, _bytes([]))


def told(holds: Iterable[Hold], root: Path) -> str:
    """Return decisions in words, one a line, and how they are taken back."""
    return "\n".join(
        _("{hold}。放行：{command}", hold=hold.text(), command=f"rectify unhold {hold.number} --to {root}")
        for hold in holds
    )


def content_of(folder: Path) -> str:
    """Return in short what the site of a release shows, but for what every publication changes; empty where that is not known."""
    try:
        return fingerprint(manifests.read_manifest(folder))
    except (OSError, ValueError):
        return ""


def fingerprint(manifest: Mapping[str, str]) -> str:
    """Return in short what a site says, of which its data are the record: pages also tell when it was published."""
    told = {
        path: checksum for path, checksum in manifest.items() if path.startswith(DATA) and not path.endswith(".html")
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def lasting(manifest: Mapping[str, str]) -> dict[str, str]:
    """Return a manifest without what every publication changes."""
    return {path: checksum for path, checksum in manifest.items() if not is_of_publication(path)}


def _about(hold: Hold) -> tuple[str, str, str]:
    return hold.cause, hold.release, hold.commit


def _change(root: Path, change: Callable[[list[Hold]], list[Hold]]) -> list[Hold]:
    # Not under the lock of the publication: whoever stops a site must not wait for the run that is to be stopped.
    with hold_folder(root):
        before = _read(root)
        if (after := change(before)) != before:
            replace_file(root / NAME, _bytes(after))
            with contextlib.suppress(FileNotFoundError):
                (root / _BEFORE).unlink()
    return after


def _bytes(holds: Iterable[Hold]) -> bytes:
    return (json.dumps({"held": [hold._asdict() for hold in holds]}, ensure_ascii=False, indent=1) + "\n").encode()


def _read(root: Path) -> list[Hold]:
    try:
        data = read_json((root / NAME).read_bytes())
        return [_hold(one) for one in data["held"]]
    except (FileNotFoundError, NotADirectoryError):
        return list(_from_before(root))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            _(
                "{file} 无法读取（{error}），不知道搁置了什么，不公开；确认以后 rectify unhold all --to {place} 重新开始",
                file=root / NAME,
                error=error,
                place=root,
            )
        ) from None


def _hold(data: Mapping[str, Any]) -> Hold:
    texts = {name: str(data.get(name, "")) for name in Hold._fields[1:]}
    if texts["cause"] not in CAUSES:
        raise ValueError(texts["cause"])
    hold = Hold(int(data["number"]), **texts)
    hold.is_over(now())  # raises where the moment is none
    return hold


def _from_before(root: Path) -> Iterator[Hold]:
    with contextlib.suppress(OSError):
        if commit := (root / _BEFORE).read_text("utf-8", "replace").strip():
            since = datetime.fromtimestamp((root / _BEFORE).stat().st_mtime, now().tzinfo)
            yield Hold(1, ROLLBACK, commit=commit, since=since.isoformat(timespec="seconds"))


def _who() -> str:
    """Return who is at work: the person behind sudo, where there is one."""
    with contextlib.suppress(OSError, KeyError, ImportError):
        return os.environ.get("SUDO_USER") or getuser()
    return ""
