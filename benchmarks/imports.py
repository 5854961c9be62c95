"""How long importing takes, beside reading the same file with python-docx alone: a document of 200 pages, one ledger row a
problem, and the export back.

    python benchmarks/imports.py [PROBLEMS]
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from docx import Document

from rectify.core.model import Disclosure, Problem, Progress
from rectify.intake.readers import read
from rectify.intake.understanding import understand
from rectify.outputs.ledger import workbook
from rectify.outputs.official_document import official_document

_SENTENCE = "对有关事项逐项登记、逐项核对，明确经办人和完成时间，由责任科室按月通报进展情况，未按期完成的书面说明原因。"


def made(number: int) -> tuple[Disclosure, list[Problem]]:
    """Return a disclosure with so many problems, three to a page of the official layout."""
    disclosure = Disclosure(
        id="2024-da",
        title="清川市大局关于巡察整改情况的报告",
        genre="rectification",
        unit="清川市大局",
        as_of=date(2024, 9, 30),
        published=date(2024, 10, 8),
        declared=(("total", number),),
        body=f"反馈的{number}个问题逐一整改。",
    )
    problems = [
        Problem(
            disclosure="2024-da",
            nn=f"{n:03}",
            title=f"第{n}项工作落实不到位",
            status="done" if n % 3 else "ongoing",
            number=str(n),
            lead="办公室",
            group="",
            deadline=date(2024, 9, 30),
            body="\n\n".join([_SENTENCE * 3] * 2),
            progress=(Progress(date(2024, 8, 1), "启动整改。"),),
        )
        for n in range(1, number + 1)
    ]
    return disclosure, problems


def timed(call: Callable[[], object], runs: int = 3) -> float:
    """Return the median wall seconds of some runs."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)[runs // 2]


def main(number: int) -> None:
    disclosure, problems = made(number)
    with tempfile.TemporaryDirectory() as folder:
        file, ledger = Path(folder, "a.docx"), Path(folder, "a.xlsx")
        file.write_bytes(official_document(disclosure, problems))
        ledger.write_bytes(workbook([(disclosure, tuple(problems))], disclosure.as_of))
        paragraphs = len(Document(io.BytesIO(file.read_bytes())).paragraphs)

        def command() -> None:
            to = tempfile.mkdtemp(dir=folder)
            subprocess.run(
                [
                    str(Path(sys.executable).with_name("rectify")),
                    "import",
                    str(file),
                    "--to",
                    f"{to}/reports/a",
                    "--format",
                    "json",
                ],
                check=True,
                capture_output=True,
            )

        base = timed(lambda: [p.text for p in Document(str(file)).paragraphs])
        rows = [
            ("python-docx: text of the paragraphs", base),
            ("reader: numbering, tables, changes, safety", timed(lambda: read(file))),
            ("understood: read, screened, recognised", timed(lambda: understand(file))),
            ("rectify import, files written", timed(command)),
            ("understood: the same as a ledger", timed(lambda: understand(ledger))),
            ("export --docx", timed(lambda: official_document(disclosure, problems))),
            ("export --xlsx", timed(lambda: workbook([(disclosure, tuple(problems))], disclosure.as_of))),
        ]
    print(f"{number} problems, {paragraphs} paragraphs")
    print("| step | s | x python-docx |\n|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.2f} | {seconds / base:.2f} |")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
