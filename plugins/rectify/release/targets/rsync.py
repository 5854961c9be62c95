"""A release folder on another machine, by rsync over ssh: uploaded beside the live one, compared, switched in one step.

Options for ssh are set as rsync itself takes them, in RSYNC_RSH.
"""

from __future__ import annotations

import os
import re
import shlex

from rectify.release.targets.delivery import Delivery, DeliveryError
from rectify.sources.program import run

_PLACE = re.compile(r"(?P<host>[\w.][\w.@-]*):(?P<root>/[\w./+-]*\w)")
_OPTIONS = ("--recursive", "--checksum", "--perms", "--chmod=D755,F644", "--delete", "--itemize-changes")
"""Without times: a file is the same where its content is, whenever it was written."""

_BEGIN = 'mkdir -p {root}/releases && cd {root} && if [ -L current ]; then basename "$(readlink current)"; fi'
_SWITCH = """set -e; cd {root}
if [ -d {coming} ]; then
  if [ -e releases/{id} ]; then mv -T releases/{id} releases/.gone-{id}; fi
  mv -T {coming} releases/{id}
fi
ln -sfn releases/{id} .current.new
mv -T .current.new current
rm -rf releases/.gone-* releases/.coming
ls -1 releases | grep -E '^[0-9]{{4,}}-' | grep -vxF {kept} | while read -r old; do rm -rf "releases/$old"; done || true
"""


def check_place(place: str) -> str:
    """Return what is wrong with `user@host:/folder`, empty where nothing is."""
    return "" if _PLACE.fullmatch(place) else "user@host:/folder"


def deliver(delivery: Delivery) -> None:
    """Make a release live on the other side, which keeps the older ones that are kept here too; raises DeliveryError or ProgramError, and then nothing is live that was not.

    Files that the live release there has too are linked to it. The upload is compared by checksum before the switch.
    """
    release, place = delivery.release, delivery.place
    where = _PLACE.fullmatch(place)
    if where is None:
        raise DeliveryError(check_place(place))
    host, root = where.group("host", "root")
    shell = os.environ.get("RSYNC_RSH") or "ssh -o BatchMode=yes"
    last = run([*shlex.split(shell), host, _BEGIN.format(root=root)])
    base, coming = ["rsync", *_OPTIONS, f"--rsh={shell}"], "releases/.coming"
    # The live one is read as it is there: what was altered over there is replaced by a fresh copy.
    if last == release.name and not run([*base, "--dry-run", f"{release}/", f"{host}:{root}/releases/{last}/"]):
        coming = ""
    if coming:
        link = [f"--link-dest=../{last}"] if re.fullmatch(r"[\w-]+", last) else []
        run([*base, *link, f"{release}/", f"{host}:{root}/{coming}/"])
        if wrong := run([*base, "--dry-run", f"{release}/", f"{host}:{root}/{coming}/"]):
            raise DeliveryError(f"{place}: {wrong.splitlines()[0]}")
    names = " ".join(f"-e {name}" for name in sorted({release.name, *delivery.kept}))
    run([*shlex.split(shell), host, _SWITCH.format(root=root, coming=coming or "-", id=release.name, kept=names)])
