"""What a portal keeps of each site: the last good copy of its data, and how the last attempt went."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from rectify.core.plain_json import read_json
from rectify.core.portal import Listed, State, state_of
from rectify.sources.safe_files import new_folder, read_file, replace_file

VARIABLE = "RECTIFY_PORTAL"
"""Names the folder of a collection to a build."""
_STATE, _LISTED = "state.json", "listed.json"
_LARGEST = 100_000


class Collection:
    """The copies below one folder. A copy is written once and named by its manifest; the state of a site says which counts."""

    def __init__(self, root: Path):
        self.root = root

    def state(self, key: str) -> State:
        """Return what is known of a site; nothing for one that was never asked."""
        with contextlib.suppress(OSError, ValueError):
            told = read_json(read_file(self.root / key / _STATE, _LARGEST))
            return state_of(told) if isinstance(told, dict) else State()
        return State()

    def copy(self, key: str, state: State) -> Path:
        """Return the folder of what is kept of a site."""
        return self.root / key / state.manifest[:32]

    def file(self, key: str, state: State, path: str) -> bytes:
        """Return a file of what is kept; raises OSError."""
        return read_file(self.copy(key, state) / path)

    def keep(self, key: str, state: State, files: Mapping[str, bytes]) -> None:
        """Keep a copy in place of the one before; whoever reads meanwhile finds either. Raises OSError."""
        target = self.copy(key, state)
        if not target.is_dir():
            with new_folder(target) as stage:
                for path, data in files.items():
                    (stage / path).parent.mkdir(parents=True, exist_ok=True)
                    (stage / path).write_bytes(data)
        self.note(key, state)
        for other in target.parent.iterdir():
            if other.is_dir() and other != target:
                shutil.rmtree(other, ignore_errors=True)

    def note(self, key: str, state: State) -> None:
        """Remember how an attempt went. Raises OSError."""
        (self.root / key).mkdir(parents=True, exist_ok=True)
        replace_file(self.root / key / _STATE, json.dumps(state._asdict(), ensure_ascii=False, indent=1).encode())

    def list(self, sites: tuple[Listed, ...]) -> None:
        """Remember which sites there are, in their order; what is kept of others goes. Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        told = json.dumps([one._asdict() for one in sites], ensure_ascii=False, indent=1).encode()
        replace_file(self.root / _LISTED, told)
        keys = {one.key for one in sites}
        for folder in self.root.iterdir():
            if folder.is_dir() and folder.name not in keys:
                shutil.rmtree(folder, ignore_errors=True)

    def listed(self) -> tuple[Listed, ...]:
        """Return the sites in their order. Raises OSError, ValueError."""
        return tuple(Listed(**one) for one in read_json(read_file(self.root / _LISTED)))
