"""Whether the history that is kept beside the releases is what was written, and the one that readers see."""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.language import _, _n
from rectify.release.chronicle import FILE, history_file, is_continued
from rectify.release.doctor.check import ERROR, OK, Check
from rectify.release.folder import ReleaseFolder
from rectify.sources.history_file import read_history


def check_history(releases: ReleaseFolder) -> Iterator[Check]:
    """Yield whether any line of it was altered; a run without news does not look."""
    live = releases.live()
    if live is None:
        return
    file = history_file(releases)
    try:
        kept, shown = read_history(file), read_history(live / FILE)
    except (OSError, ValueError) as error:
        yield Check("history", ERROR, str(error), _("从备份恢复；没有备份的，移走它，下一次公开会从当前的网站取回"))
        return
    if not is_continued(kept, shown):
        yield Check(
            "history",
            ERROR,
            _("{file} 与当前公开的网站里的对不上；移走被改动的一份", file=file),
            _("与备份、读者保存的清单对照，看哪一份是原来的"),
        )
    elif kept.lines:
        yield Check("history", OK, _n("公开的历史有 {number} 行，逐行核对无误", len(kept.lines)))
