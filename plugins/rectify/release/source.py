"""Where a publication comes from: a branch of a git repository, or the working tree around a configuration."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _, listed
from rectify.sources.configuration import NAMES, UNITS, WORDS
from rectify.sources.program import ProgramError, TookTooLong, run, run_bounded
from rectify.sources.site_settings import CONTENT, printable

_TEXTS = (CONTENT, WORDS, UNITS, *NAMES)
"""What is taken of a repository that is not trusted."""
_SAFE = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false", "protocol.ext.allow=never",
    "submodule.recurse=false", "fetch.recurseSubmodules=false",
)  # fmt: skip
_TEXT_ONLY = (
    "core.symlinks=false", "core.autocrlf=false", "core.attributesFile=/dev/null", "core.excludesFile=/dev/null",
    "core.protectHFS=true", "core.protectNTFS=true", "core.sparseCheckout=true", "core.sparseCheckoutCone=false",
)  # fmt: skip
_ATTRIBUTES = "* -text -filter -ident -export-subst -working-tree-encoding\n"
"""Every byte as it is, and no program that turns it into others: stands above the attributes of the repository."""
_FETCHING = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
"""A repository of this machine may say that it has its objects from elsewhere, by whichever program."""
_ALONE = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ATTR_NOSYSTEM": "1"}
"""Once everything is here, nobody's settings count."""
_MADE_FROM = "rectify.origin"
"""Ours alone: a checkout that was made in another way is begun afresh."""
_LISTED = 5
_NAMES_OF_FILES, _SECONDS = 60_000_000, 120
"""Bytes of the list of what is taken, some 500,000 files: a few objects of git can stand for any number of files, or of folders with none."""
_TOTAL = 20_000_000_000
"""Bytes of what is taken, unpacked; a thousandth of that may stand for it."""
_LINK, _REPOSITORY = "120000", "160000"


class Unfit(ValueError):
    """The repository holds what is not published from a repository that is not trusted; the text says what, and the way out."""


class Source(NamedTuple):
    """What is to be published."""

    root: Path
    """The folder with the configuration."""
    commit: str
    """Full hash; empty for a folder that is no repository, with `+` behind it where files differ from the commit."""
    committed: str
    """The commit's own time, ISO 8601; empty where there is no commit."""
    trusted: bool = True
    """Whether its configuration and theme are used as they are, and what they name is run."""

    @property
    def configuration(self) -> Path:
        """The configuration file; raises FileNotFoundError where there is none."""
        for name in NAMES:
            if (self.root / name).is_file():
                return self.root / name
        raise FileNotFoundError(
            errno.ENOENT, _("没有网站配置；进入网站文件夹，或者用 --repo、--inside 指明"), str(self.root / NAMES[0])
        )


def from_repository(repository: str, branch: str, work: Path, inside: str = "", trusted: bool = False) -> Source:
    """Return the newest commit of a branch, checked out below `work`; raises ProgramError, Unfit.

    Of a repository that is not trusted only the texts are checked out, byte for byte. The checkout is kept from run to run:
    git then writes only what has changed, and what is cached of everything else stays valid. `inside` is the site's folder
    in the repository.
    """
    place = os.path.abspath(repository) if os.path.exists(repository) else repository
    checkout = _Checkout((work / ("trusted" if trusted else "checkout")).absolute(), place, branch, inside, trusted)
    # What a killed git left would stop every later one; the lock of the publication says that none is at work.
    for lock in (checkout.folder / ".git").rglob("*.lock"):
        lock.unlink(missing_ok=True)
    checkout.find()  # what is wrong over there is no reason to begin afresh here
    try:
        return checkout.take()
    except ProgramError:
        if not checkout.folder.exists():
            raise
        shutil.rmtree(checkout.folder)
        return checkout.take()


def from_folder(root: Path) -> Source:
    """Return the working tree of a folder, with its commit where it has one."""
    try:
        commit = _git(root, "rev-parse", "--verify", "HEAD^{commit}")
        dirty = _git(root, "status", "--porcelain", "--", ".")
        return Source(root, commit + ("+" if dirty else ""), _git(root, "show", "-s", "--format=%cI", commit))
    except ProgramError:
        return Source(root, "", "")


class _Checkout(NamedTuple):
    folder: Path
    place: str
    branch: str
    inside: str
    trusted: bool

    def find(self) -> None:
        """Look for the branch without fetching anything; raises ProgramError where there is none, Unfit for borrowed objects."""
        for borrowed in (Path(self.place, part, "objects", "info", "alternates") for part in ("", ".git")):
            if not self.trusted and borrowed.exists():
                raise Unfit(_("{file}：仓库借用别处的对象；git repack -a -d 以后删去这个文件", file=borrowed))
        lines = self._git("ls-remote", "--heads", "--", self.place, fetching=True).splitlines()
        known = [line.partition("\t")[2].removeprefix("refs/heads/") for line in lines]
        if self.branch not in known:
            shown = [*map(printable, known[:_LISTED]), *(["…"] if len(known) > _LISTED else [])]
            have = _("；有：{known}", known=listed(shown)) if known else _("；那里还没有任何提交")
            raise ProgramError(_("没有分支“{branch}”{have}", branch=self.branch, have=have))

    def take(self) -> Source:
        if not (self.folder / ".git").is_dir() or self._git("config", _MADE_FROM) != self.place:
            self._begin()
        there = f"refs/remotes/origin/{self.branch}"
        wanted = f"+refs/heads/{self.branch}:{there}"
        self._git("fetch", "--quiet", "--force", "--prune", "--no-tags", "origin", wanted, fetching=True)
        commit = self._git("rev-parse", "--verify", f"{there}^{{commit}}")
        if not self.trusted:
            self._refuse_unfit(commit)
            self._restrict()
        self._git("checkout", "--quiet", "--force", "--detach", commit)
        self._git("clean", "--quiet", "-ffdx")
        committed = self._git("show", "-s", "--format=%cI", commit)
        return Source(self.folder / self.inside, commit, committed, self.trusted)

    def _begin(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        run(["git", "init", "--quiet", "--template=", str(self.folder)], environment=_ALONE)
        for name in ("remote.origin.url", _MADE_FROM):
            self._git("config", name, self.place)

    def _restrict(self) -> None:
        """Let git write the texts only, with no other bytes than are in the repository."""
        about = self.folder / ".git" / "info"
        about.mkdir(exist_ok=True)
        (about / "attributes").write_text(_ATTRIBUTES, "utf-8")
        places = ("".join(f"\\{sign}" if sign in "\\*?[" else sign for sign in path) for path in self._texts())
        (about / "sparse-checkout").write_text("".join(f"/{place}\n" for place in places), "utf-8")

    def _refuse_unfit(self, commit: str) -> None:
        """Raise Unfit where something of what is taken is no file, for a link may lead anywhere, or where it is without end."""
        listing = ("--literal-pathspecs", "ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", *self._texts())
        try:
            lines = run_bounded(self._command(*listing), _NAMES_OF_FILES, _SECONDS, _ALONE)
        except TookTooLong:
            raise Unfit(_("仓库里的文件多到列不完，不能公开；看看是谁、为什么提交了它们")) from None
        entries = [line.partition("\t") for line in lines.split("\0") if line]
        if wrong := [printable(path) for about, _tab, path in entries if about[:6] in (_LINK, _REPOSITORY)]:
            shown = listed([*wrong[:_LISTED], *(["…"] if len(wrong) > _LISTED else [])])
            raise Unfit(_("{paths} 是链接或者子仓库，不能公开；把文件本身提交到仓库里", paths=shown))
        size, largest = max(sizes := [(int(about.split()[3]), path) for about, _tab, path in entries], default=(0, ""))
        if sum(one for one, _path in sizes) > _TOTAL:
            limit, megabytes = _TOTAL // 10**9, size // 10**6
            raise Unfit(
                _(
                    "仓库里的文件共超过 {limit} GB，不能公开；最大的是 {path}，{size} MB",
                    limit=limit,
                    path=printable(largest),
                    size=megabytes,
                )
            )

    def _texts(self) -> list[str]:
        inside = self.inside.strip("/")
        return [f"{inside}/{name}" if inside else name for name in _TEXTS]

    def _git(self, *arguments: str, fetching: bool = False) -> str:
        """Return what git prints, told which repository and which folder it is about: it looks for no other. Raises ProgramError."""
        environment = _FETCHING if fetching else {} if self.trusted else _ALONE
        folder = self.folder if self.folder.is_dir() else None
        return run(self._command(*arguments), folder=folder, environment=environment)

    def _command(self, *arguments: str) -> list[str]:
        where = (f"--git-dir={self.folder / '.git'}", f"--work-tree={self.folder}")
        settings = _SAFE if self.trusted else (*_SAFE, *_TEXT_ONLY)
        return ["git", *_options(settings), *where, *arguments]


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints of the repository around a folder. Hooks of the repository are not run. Raises ProgramError."""
    return run(["git", *_options(_SAFE), "-C", str(folder), *arguments])


def _options(settings: tuple[str, ...]) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]
