"""Patterns kept as Python has compiled them are those that it would compile, and what is kept may be gone or broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import rectify.prose
from helpers.private_lines import KINDS, lines
from rectify.core.patterns import compiled
from rectify.prose.late import Late


def _patterns() -> set[str]:
    modules = [import_module(found.name) for found in walk_packages(rectify.prose.__path__, "rectify.prose.")]
    values = [value for module in modules for value in vars(module).values()]
    return {one.pattern for one in values if isinstance(one, Late | re.Pattern) and isinstance(one.pattern, str)}


def test_each_finds_what_python_finds_with_it():
    patterns, texts = _patterns(), _texts()
    assert len(patterns) > 500 and len(texts) > 600
    whole, found = "\n".join(texts), 0
    for pattern in patterns:
        made, expected = compiled(pattern), re.compile(pattern)
        assert (made.flags, made.groups, dict(made.groupindex)) == (
            expected.flags,
            expected.groups,
            dict(expected.groupindex),
        )
        spans = [match.span() for match in expected.finditer(whole)]
        assert [match.span() for match in made.finditer(whole)] == spans, pattern
        found += bool(spans)
    assert found > len(patterns) / 2


def _texts() -> list[str]:
    return [text for kind in KINDS for side in lines(kind) for text in side]


def test_a_command_keeps_them_beside_its_bytecode(make_site, plain_env, tmp_path):
    site = make_site({"reports/2025-a/01.md": "---\n标题: 台账不实\n状态: 持续推进\n---\n\n联系人电话13800138000。\n"})

    def said(unwritten: str = "") -> str:
        places = plain_env({"PYTHONPYCACHEPREFIX": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": unwritten})
        command = [sys.executable, "-m", "rectify", "check", "--no-cache"]
        done = subprocess.run(command, cwd=site.root, env=places, capture_output=True, check=False, timeout=300)
        assert done.returncode == 1 and not done.stderr, done.stderr
        return done.stdout.decode()

    expected = said(unwritten="1")
    assert "13800138000" in expected and not list(tmp_path.rglob("*.patterns.pyc"))
    assert said() == expected
    [kept] = tmp_path.rglob("*.patterns.pyc")
    whole = kept.read_bytes()
    for broken in (b"", os.urandom(100), whole[:-20]):
        kept.write_bytes(broken)
        assert said() == expected
    # Patterns are written the same in each process, or every command would find some that are new.
    assert kept.read_bytes() == whole
