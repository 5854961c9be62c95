"""A release in a bucket (S3, OSS, COS and whatever else fsspec reaches).

Everything new is uploaded beside the site first, so that a transfer that breaks changes nothing that is read. Then it is
copied into place within the bucket, which takes moments but is not one step: a bucket cannot rename a folder, and one that
serves a site cannot follow a link. The order does what can be done: data and pictures, pages, the index.html of folders,
the manifest last, deletions after it. Where the copying breaks, the manifest is still the old one, `rectify verify ADDRESS`
names each file that differs from it, and the next run completes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rectify.release import manifest as manifests
from rectify.release.targets.delivery import Delivery, DeliveryError

COMING = "manifest.coming.json"
"""What is being uploaded; its files are known to the next run even if this one breaks."""
BESIDE = ".coming"
"""Folder of what is uploaded and not yet in place."""


def check_place(place: str) -> str:
    """Return what is wrong with an address such as s3://bucket/prefix, empty where nothing is."""
    protocol, separator, path = place.partition("://")
    return "" if separator and protocol and path.strip("/") else "protocol://bucket/prefix"


def deliver(delivery: Delivery) -> None:
    """Upload what has changed since the manifest over there; raises DeliveryError, and then that manifest is still the old one."""
    try:
        import fsspec
    except ImportError:
        raise DeliveryError("pip install 'rectify[bucket]'") from None
    # Each kind of storage raises errors of its own library.
    try:
        files, root = fsspec.core.url_to_fs(delivery.place, use_listings_cache=False)
        _deliver(delivery.release, files, root.rstrip("/"))
    except Exception as error:
        raise DeliveryError(f"{delivery.place}: {type(error).__name__}: {error}") from None


def order(path: str) -> tuple[int, str]:
    """Return where a file stands in the order of uploads."""
    rank = 3 if path == "index.html" else 2 if path.endswith("/index.html") else 1 if path.endswith(".html") else 0
    return rank, path


def _deliver(release: Path, files: Any, root: str) -> None:
    new = manifests.read_manifest(release)
    old, broken = _manifest(files, f"{root}/{manifests.NAME}"), _manifest(files, f"{root}/{COMING}")
    changed = sorted(
        (path for path, checksum in new.items() if not old.get(path) == broken.get(path, checksum) == checksum),
        key=order,
    )
    gone = sorted((old.keys() | broken.keys()) - new.keys())
    if not changed and not gone and not broken:
        return
    _put(files, f"{root}/{COMING}", manifests.as_bytes({**broken, **new}))
    for path in changed:
        _put(files, f"{root}/{BESIDE}/{path}", (release / path).read_bytes())
    for path in changed:
        files.makedirs(f"{root}/{path}".rpartition("/")[0], exist_ok=True)
        files.cp_file(f"{root}/{BESIDE}/{path}", f"{root}/{path}")
    if (release / manifests.SIGNATURE).is_file():
        _put(files, f"{root}/{manifests.SIGNATURE}", (release / manifests.SIGNATURE).read_bytes())
    _put(files, f"{root}/{manifests.NAME}", (release / manifests.NAME).read_bytes())
    for path in gone:
        if files.exists(f"{root}/{path}"):
            files.rm_file(f"{root}/{path}")
    if files.exists(f"{root}/{BESIDE}"):
        files.rm(f"{root}/{BESIDE}", recursive=True)
    files.rm_file(f"{root}/{COMING}")


def _manifest(files: Any, path: str) -> dict[str, str]:
    """Return a manifest that lies there, empty where there is none."""
    if not files.exists(path):
        return {}
    try:
        return manifests.parse_manifest(files.cat_file(path))
    except json.JSONDecodeError:
        return {}


def _put(files: Any, path: str, data: bytes) -> None:
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    files.pipe_file(path, data)
