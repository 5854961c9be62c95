"""Readers who read without a pause while a site is published again and again behind a web server."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import urllib.error
import urllib.request
from collections import Counter
from urllib.parse import quote

from place import Place

_READERS = 2
_FILES = 12
"""Read between two looks at the manifest."""


def crawled(place: Place, base: str, publications: int) -> Counter:
    """Publish so many times under readers; return how many answers there were of each kind.

    A reader fetches the manifest, some files, and the manifest again. While both are the same every file must be the one
    it lists; where the site was switched in between, each file must be of the old release or of the new.
    """
    answers: Counter = Counter()
    stop = threading.Event()

    def get(path: str) -> bytes:
        with urllib.request.urlopen(f"{base}/{quote(path)}", timeout=20) as answer:
            return answer.read()

    def round_trip(chance: random.Random) -> None:
        before = json.loads(get("manifest.json"))
        seen = {path: _digest(get, path) for path in chance.sample(sorted(before), _FILES)}
        after = json.loads(get("manifest.json"))
        kind = "one release" if before == after else "two releases"
        for path, digest in seen.items():
            allowed = {before.get(path), after.get(path, "404")}
            answers[kind if digest in allowed else f"mixed: {path} {digest[:7]}"] += 1

    def read(chance: random.Random) -> None:
        while not stop.is_set():
            try:
                round_trip(chance)
            except (OSError, ValueError) as error:
                answers[f"error: {error}"] += 1

    readers = [threading.Thread(target=read, args=(random.Random(number),)) for number in range(_READERS)]
    for reader in readers:
        reader.start()
    for _ in range(publications):
        place.edit()
        answers[f"publications that ended with {place.publish()}"] += 1
    stop.set()
    for reader in readers:
        reader.join()
    return answers


def _digest(get, path: str) -> str:
    """Return the digest of what is answered, or the status where that is an error."""
    try:
        return hashlib.sha256(get(path)).hexdigest()
    except urllib.error.HTTPError as error:
        return str(error.code)
