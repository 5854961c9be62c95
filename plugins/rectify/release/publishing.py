"""One publication: read, check, build, check what was built, compare, write the manifest, switch, tidy up.

Nothing that is live is touched before the switch, which is one rename; after it only older releases are removed. So a run
that ends anywhere, for whatever reason, leaves the old release or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from rectify.checks.built_site import check_site
from rectify.checks.content import Checked, check_content
from rectify.checks.continuity import read_previous
from rectify.core.finding import Finding
from rectify.core.gate import Gate
from rectify.core.language import N_, _, _n, listed
from rectify.core.site_map import DATA
from rectify.prose import OfficeWords, load
from rectify.prose.own_words import read_words
from rectify.release import last_run
from rectify.release import manifest as manifests
from rectify.release.building import build
from rectify.release.chronicle import (
    FILE,
    found_by_build,
    is_behind,
    keep_seals,
    order_for_build,
    save,
    settle,
)
from rectify.release.confined import within
from rectify.release.folder import RECORD, Release, ReleaseFolder, fill, record_of
from rectify.release.health import note_health
from rectify.release.holding import WITHDRAWAL, Hold, drop_holds, drop_over, fingerprint, holds_of, lasting, told
from rectify.release.plan import plan_of
from rectify.release.policy import write_policy
from rectify.release.record import FOLDER, continued, head_of, record_to_be
from rectify.release.result import Result
from rectify.release.signature import sign
from rectify.release.source import Source, Unfit
from rectify.release.source_key import source_key
from rectify.release.targets.destinations import Destination, deliver
from rectify.release.withdrawal import note_over, remove_over
from rectify.sources.configuration import Configuration
from rectify.sources.confinement import Limits
from rectify.sources.lock import Locked
from rectify.sources.program import ProgramError
from rectify.sources.safe_files import replace_file
from rectify.sources.store import Store, key_of
from rectify.sources.units import read_units

TRUST = N_("注意：--trust-repository：仓库里的配置、主题、插件照用，谁能提交，谁就能在本机运行程序")
Given = TypeVar("Given")
Log = Callable[[str], None]
"""Told each step as it begins."""


class _Ended(Exception):
    """The run ends here; carries its result."""

    def __init__(self, result: Result):
        self.result = result


class Options(NamedTuple):
    keep: int = 10
    """Releases to keep, the live one among them."""
    dry_run: bool = False
    """Everything but the new release and the switch."""
    key: Path | None = None
    """A private key to sign manifests with."""
    also: tuple[Destination, ...] = ()
    """Where else what is live here goes."""
    configuration: Path | None = None
    """The publisher's own, for a source that is not trusted."""
    trust_repository: bool = False
    """A repository's configuration and theme are used as they are. Only to be told; the source says so itself."""
    limits: Limits = Limits()
    withdrawing: bool = False
    """All that was edited since the commit is a withdrawal: where the commit is held, the source is."""


def publish(source: Callable[[], Source], target: ReleaseFolder, work: Path, options: Options, log: Log) -> Result:
    """Bring what the source has to the target. Never raises for what can go wrong outside this program.

    How the run ended is left beside the releases too, for whoever comes to look later.
    """
    try:
        with target.taken():
            if options.dry_run:
                return _run(source, target, work, options, log)
            last_run.note_begin(target.root)
            result = _run(source, target, work, options, log)
            # Not the changes: their titles may be withdrawn one day, and nobody would look for them here.
            last_run.note_end(
                target.root, {**result._replace(changes=()).data(), last_run.TRUSTED: options.trust_repository}
            )
            note_health(target)
            return result
    except Locked as other:
        return Result("locked", reason=f"{target.lock}: {other}")
    except OSError as error:
        return Result("failed", reason=_sentence(error))


def _run(source: Callable[[], Source], target: ReleaseFolder, work: Path, options: Options, log: Log) -> Result:
    try:
        return _deliver(_publish(source, target, work, options, log), target, work, options, log)
    except _Ended as ended:
        return ended.result
    except Unfit as unfit:
        return Result("refused", reason=str(unfit))
    except (OSError, ValueError) as error:
        return Result("failed", reason=_sentence(error))


def _publish(get: Callable[[], Source], target: ReleaseFolder, work: Path, options: Options, log: Log) -> Result:
    target.sweep()
    remove_over(target)
    drop_over(target.root)
    log(_("读取来源"))
    if options.trust_repository:
        log(str(TRUST))
    source = get()
    plan = plan_of(source, options.configuration, work)
    if plan.ignored:
        log(_("来源的 mkdocs.yml 里这些没有采用：{settings}", settings=listed(plan.ignored)))
    site_of = plan.site
    key = source_key(source, plan, target.root)
    if held := _held(target, source, options, key):
        return held
    live = target.last_site()
    shown = live == target.live()
    today = site_of.retention().today
    assert today is not None  # a site has a day
    if live is not None and shown and target.last(today) == [key, live.name]:
        return Result("unchanged", release=live.name, commit=source.commit)
    if live is not None and (last := record_of(live).get("published", "")) > today.isoformat():
        log(
            _(
                "{release} 记的公开日期 {day} 还没有到：那时或者现在的时钟不对，运行 rectify doctor",
                release=live.name,
                day=last,
            )
        )
    log(_("检查内容"))
    load()  # before processes are made that share the rules
    caches = _caches(site_of, work)
    examine = partial(within, options.limits, not plan.order.trusted)
    words, checked = examine(partial(_check, site_of, live, Store(caches)))
    if words.allowed and not plan.order.trusted and site_of.words.parent == source.root:
        log(
            _n(
                "来源的 words.toml 让检查放行 {number} 项，能推送的人就能写：{passages}；要由公开的一方决定，在 --config 里写 words",
                len(words.allowed),
                passages=listed(words.told()),
            )
        )
    passed = _refuse_errors(checked.findings, (), source)
    if held := _held(target, source, options, key):
        return held
    log(_("构建网站"))
    site = work / "site"
    known = manifests.read_manifest(live) if live is not None and (live / manifests.NAME).is_file() else {}
    before = live if live is not None and _is_intact(live, known) else None
    if live is not None and before is None:
        log(
            _(
                "{release} 的清单 manifest.json 或者数据不见了、读不出或者被改动过，这次不与它比较，公开的记录里会写明；"
                "要比较的，先停下来，从备份恢复 {folder}",
                release=live.name,
                folder=live,
            )
        )
    chronicle = settle(target)
    head = head_of(source, target, live, site_of)
    if live is not None and before is None:
        head["uncompared"] = True
    try:
        build(plan.order, site, order_for_build(target, head, before, work), caches, options.limits, work)
    except ProgramError as error:
        raise _Ended(Result("failed", commit=source.commit, reason=str(error))) from None
    log(_("核验成品"))
    decided = checked.decided
    found_there = partial(check_site, site, site_of.content, words=words, decided=decided, store=Store(caches))
    passed = _refuse_errors(examine(found_there), passed, source)
    if source_key(source, plan, target.root) != key:
        raise _Ended(
            Result(
                "failed",
                commit=source.commit,
                reason=_("文件在构建期间有改动，下一次运行再公开"),
            )
        )
    log(_("与上一次公开比较"))
    manifest = manifests.manifest_of(site)
    if live is not None and shown and lasting(manifest) == lasting(known) and not is_behind(live, chronicle):
        target.remember(key, live, checked.next_end)
        if not options.dry_run:
            _committed(target, source)
        return Result("unchanged", release=live.name, commit=source.commit, passed=passed)
    if held := _held(target, source, options, key, manifest):
        return held
    found = found_by_build(work)
    record = record_to_be(found, live)
    name = record["id"]
    result = Result(
        "published", name, source.commit, passed=passed, changes=tuple(found.changes), counts=record["counts"]
    )
    if options.dry_run:
        return result
    log(_("写入 {name}", name=name))
    coming = target.begin()
    fill(coming, site, manifest, live, known)
    chronicle = continued(chronicle, target, found)
    own = {RECORD: json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n", FILE: chronicle.data()}
    for path, data in own.items():
        replace_file(coming / path, data)
    checksums = {path: manifests.checksum_of(coming / path) for path in own}
    replace_file(coming / manifests.NAME, manifests.as_bytes({**manifest, **checksums}))
    if options.key:
        sign(coming / manifests.NAME, options.key)
    release = target.complete(coming, name)
    # Before the switch, so that a server that is reloaded in between knows the scripts of both.
    write_policy(target.root, [one.folder for one in target.releases()])
    if held := _held(target, source, options, key):
        target.remove(Release(release.name, record, release))
        return held
    keep_seals(target, before, found.changes)
    if any(change.kind == "ended" for change in found.changes):
        note_over(target)
    log(_("切换"))
    target.switch(release)
    save(target, chronicle)
    target.remember(key, release, checked.next_end)
    _committed(target, source)
    removed = [*remove_over(target), *target.prune(options.keep)]
    return result._replace(removed=tuple(removed))


def _deliver(result: Result, target: ReleaseFolder, work: Path, options: Options, log: Log) -> Result:
    """Return the result after what is live has gone to the other places; a run without news tries again what failed."""
    if options.dry_run or not options.also:
        return result
    log(_("送往其他位置"))
    failures = deliver(target, options.also, work)
    if not failures:
        return result
    reason = "\n".join([_("本机的公开已经完成，其他位置没有送到"), *failures])
    return result._replace(outcome="failed", reason=reason)


def _caches(site_of: Configuration, work: Path) -> Path:
    """Return a site's folder for caches in the publisher's own: nothing that comes with the site is taken for computed here."""
    return work / "cache" / key_of(os.path.realpath(site_of.root))


def _check(site_of: Configuration, live: Path | None, store: Store) -> tuple[OfficeWords, Checked]:
    words = _given(read_words, site_of.words, site_of)
    units = _given(read_units, site_of.units, site_of)
    previous = read_previous(live) if live is not None else None
    checked = check_content(
        site_of.content, store, words=words, units=units, today=site_of.today(), previous=previous, site=site_of
    )
    return words, checked


def _given(read: Callable[[Path], Given], file: Path, site_of: Configuration) -> Given:
    """Return what a list says. Raises ValueError where it cannot be read, Unfit where it came with the source, to be mended there."""
    try:
        return read(file)
    except ValueError as error:
        raise (Unfit(str(error)) if file.parent == site_of.root else error) from None


def _refuse_errors(findings: list[Finding], passed: tuple[Finding, ...], source: Source) -> tuple[Finding, ...]:
    """Return what was passed up to now, and what of these findings is."""
    # Seen in a timer's mail and log, where private data have no more business than on the site.
    refused = Gate.RELEASE.refuses(findings)
    told = [finding.masked() for finding in refused]
    passed = (*passed, *(one.masked() for one in findings if one.severity != "error" and one not in refused))
    if told:
        raise _Ended(Result("refused", commit=source.commit, findings=tuple(told), passed=passed))
    return passed


def _committed(target: ReleaseFolder, source: Source) -> None:
    """Hold no longer what a withdrawal held until it is committed: the checks let no commit through that lacks it."""
    if source.commit and not source.commit.endswith("+"):
        drop_holds(target.root, lambda hold: hold.cause == WITHDRAWAL)


def _held(
    target: ReleaseFolder, source: Source, options: Options, key: str, manifest: Mapping[str, str] | None = None
) -> Result | None:
    """Return how the run ends where somebody has decided against the source or, where it is known, what its site shows."""
    holds = holds_of(target.root)
    content = fingerprint(manifest) if manifest and any(hold.content for hold in holds) else ""
    found = [hold for hold in holds if _counts(hold, source, options, key, content)]
    if not found:
        return None
    return Result("held", commit=source.commit, reason=told(found, target.root))


def _counts(hold: Hold, source: Source, options: Options, key: str, content: str) -> bool:
    commit = source.commit
    if options.withdrawing and not hold.holds_everything:
        if hold.cause == WITHDRAWAL:  # the one before, not committed yet either
            return False
        if not commit and hold.release.endswith(FOLDER):
            return True
        commit = commit.rstrip("+")
    return hold.holds_source(commit, key) or (bool(content) and hold.content == content)


def _is_intact(live: Path, known: Mapping[str, str]) -> bool:
    """Return whether the data of what is live are those that were published, so that they can be compared with."""
    data = [path for path in known if path.startswith(DATA) and path.endswith(".json")]
    try:
        return bool(data) and all(manifests.checksum_of(live / path) == known[path] for path in data)
    except OSError:
        return False


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
