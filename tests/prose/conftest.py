"""What a text of one or more lines is found to hold, as pairs of kind and token."""

from collections.abc import Callable

import pytest

from rectify.prose import examine_text


@pytest.fixture
def held() -> Callable[[str], list[tuple[str, str]]]:
    def held(text: str) -> list[tuple[str, str]]:
        lines = list(enumerate(text.split("\n"), 1))
        return [(found.kind, dict(found.values)["token"]) for found in examine_text(lines, "a.txt")]

    return held


@pytest.fixture
def tokens(held) -> Callable[[str, str], list[str]]:
    def tokens(kind: str, text: str) -> list[str]:
        return [token for found, token in held(text) if found == kind]

    return tokens
