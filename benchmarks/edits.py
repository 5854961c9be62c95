"""What editors do between two builds: one body, one status, one new problem."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

OPEN, DONE = "状态: 持续推进", "状态: 已完成"


class Edit(NamedTuple):
    """What a build has to show after an edit."""

    page: str
    """Relative to the site."""
    text: str


class Edits:
    """Edits of a corpus in the content format, a different problem in every run."""

    def __init__(self, content: Path):
        self._content = content
        self._problems = sorted(content.glob("reports/*/[0-9]*.md"))

    def body(self, run: int) -> Edit:
        """Append a paragraph to the body of a problem."""
        problem, text = self._problems[len(self._problems) // 2 + run], f"经复查，此项已补正，另有{run + 2}处一并改正。"
        with problem.open("a", encoding="utf-8", newline="\n") as out:
            out.write(f"\n{text}\n")
        return self._edit(problem, text)

    def status(self, run: int) -> Edit:
        """Complete an open problem with a progress entry of the report's as-of date."""
        problem = next(p for p in self._problems[len(self._problems) // 3 :] if OPEN in _lines(p))
        as_of = next(line for line in _lines(problem.with_name("index.md")) if line.startswith("截至日期")).split()[1]
        text = f"第{run + 1}次复核通过。"
        lines = [DONE if line == OPEN else line for line in _lines(problem)]
        end = lines.index("---", 1)  # The progress entries are the last thing in the corpus's front matter.
        lines[end:end] = [f"  - 日期: {as_of}", f"    {DONE}", f"    内容: {text}"]
        _write(problem, lines)
        _recount(problem.parent, {"持续推进": -1, "已完成": 1})
        return self._edit(problem, text)

    def problem(self, run: int) -> Edit:
        """Add a problem to the first report, made after the last one there."""
        folder = self._problems[0].parent
        last, text = max(folder.glob("[0-9]*.md")), f"补充公开的第{run + 1}个问题。"
        new = folder / f"{int(last.stem) + 1:02d}.md"
        lines = [f"序号: {100 + run}" if line.startswith("序号") else line for line in _lines(last)]
        _write(new, [*lines, "", text])
        _recount(folder, {"总数": 1, next(line for line in lines if line.startswith("状态")).split()[1]: 1})
        return self._edit(new, text)

    def _edit(self, problem: Path, text: str) -> Edit:
        return Edit(f"{problem.relative_to(self._content).with_suffix('').as_posix()}/index.html", text)


def _recount(folder: Path, changes: dict[str, int]) -> None:
    """Correct the counts that a report declares and those that its text tells, as an editor has to."""
    lines, told = [], []
    for line in _lines(folder / "index.md"):
        name, _, number = line.partition(": ")
        if change := changes.get(name.strip()) if line.startswith("  ") else None:
            label = "反馈的" if name.strip() == "总数" else name.strip()
            told.append((f"{label}{number}个", f"{label}{int(number) + change}个"))
            line = f"{name}: {int(number) + change}"
        for old, new in told:
            line = line.replace(old, new)
        lines.append(line)
    _write(folder / "index.md", lines)


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def _write(file: Path, lines: list[str]) -> None:
    file.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
