"""What kept something from being saved or handed in, in words that a clerk can act on; the program's own go to the terminal."""

from __future__ import annotations

import errno
import logging
import re

from rectify.core.language import _
from rectify.sources.program import NotInstalled, ProgramError, TookTooLong

_LOG = logging.getLogger("rectify.desk")
_DENIED = re.compile(
    r"permission (?:to \S+ )?denied|access denied|authentication failed|could not read (?:username|password)"
    r"|terminal prompts disabled|not authori[sz]ed|returned error: 40[13]|invalid credentials|insufficient permission"
    r"|unable to create temporary object|remote unpack failed",
    re.IGNORECASE,
)
_OWNED = re.compile(r"dubious ownership in repository at '(.+?)'")
"""Git reads no repository of another account of the machine."""
_UNTRUSTED = re.compile(r"host key verification failed|certificate|schannel|SSL peer", re.IGNORECASE)
_FULL_HERE = re.compile(r"no space left|file too large|disk quota|disk full|out of disk ?space", re.IGNORECASE)
_SHUT_HERE = re.compile(
    r"(?:open|create|lock|append to|write)[^\n]*\.git\b[^\n]*(?:denied|read-only)|read-only file system", re.IGNORECASE
)
_BROKEN_OFF = re.compile(
    r"hung up|unexpected disconnect|early EOF|RPC failed|unable to access|could not resolve|could not read from remote"
    r"|connection (?:to|refused|reset|timed out|closed)|timed out|unreachable|no route|broken pipe|eof while reading",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"hook declined|protected branch|not allowed to push|\[remote rejected\]", re.IGNORECASE)
_SAID_THERE = re.compile(r"(?m)^remote: *(.*\S)")
_SECRET = re.compile(r"(?<=//)[^/\s@]+@")
"""Account and token in an address."""
_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}
_SHUT = {errno.EACCES, errno.EPERM, errno.EROFS}


class Stopped(OSError):
    """Nothing is done as things are; the text says in plain words why, and who can help."""


def is_known(error: ProgramError) -> bool:
    """Return whether waiting helps nothing: the other side was reached and does not let us in or is not who it was, or it is our disk."""
    text = str(error)
    return any(kind.search(text) for kind in (_DENIED, _OWNED, _UNTRUSTED, _FULL_HERE, _SHUT_HERE))


def is_refused(error: ProgramError) -> bool:
    """Return whether the other side was reached, lets us in and does not take this on this branch."""
    return bool(_REFUSED.search(str(error))) and not is_known(error)


def sentence_of(error: OSError) -> str:
    """Return why something could not be written, fetched or handed in; what the system said of it is logged."""
    if isinstance(error, Stopped):
        return str(error)
    _LOG.warning("%s", _SECRET.sub("", str(error)))
    if isinstance(error, ProgramError):
        return _of_program(error)
    if error.errno in _FULL:
        return _("磁盘满了，请删去不用的文件再试")
    if error.errno in _SHUT:
        return _("这个文件夹不能写，请管理员改权限")
    if error.errno == errno.ENAMETOOLONG:
        return _("文件名太长")
    return _("文件没有写成，原因记在终端里，请告诉管理员")


def _of_program(error: ProgramError) -> str:
    if isinstance(error, NotInstalled):
        return _("这台电脑没有装 git，改动能保存，不能提交；请管理员装好，再打开工作台")
    text = _SECRET.sub("", str(error))
    if owned := _OWNED.search(text):
        return _(
            "“{folder}”归这台电脑的另一个帐号，改动能保存，不能提交；请管理员改归现在的帐号，或者用现在的帐号运行 git config --global --add safe.directory {folder}",
            folder=owned[1],
        )
    if _REFUSED.search(text):
        said = "；".join(_SAID_THERE.findall(text)[:3])
        return _("单位的仓库没有接受：{said}", said=said) if said else _("单位的仓库没有接受，请管理员查看")
    if _FULL_HERE.search(text):
        return _("磁盘满了，请删去不用的文件再试")
    if _SHUT_HERE.search(text):
        return _("这个文件夹不能写，请管理员改权限")
    if _UNTRUSTED.search(text):
        return _("这台电脑认不出单位的仓库（证书过期，或者换了密钥），为安全没有送出，请管理员核对")
    if _DENIED.search(text):
        return _("单位的仓库不让这台电脑进入，请管理员检查帐号和权限")
    if "git-lfs" in text:
        return _("单位的仓库用 git-lfs 保存附件，这台电脑没有装，请管理员装好")
    if isinstance(error, TookTooLong) or _BROKEN_OFF.search(text):
        return _("途中和单位的仓库断了，联网后再提交一次，不会重复")
    return _("原因记在终端里，请告诉管理员")
