"""A built site written by hand, in which nothing is found: what the rules about built sites need, and no more."""

import json
from collections.abc import Mapping
from pathlib import Path

from rectify.core.packed import pack
from rectify.core.site_map import always_there

DISCLOSURE = "reports/2024-a/"
PROBLEMS = {"01": "completed", "02": "ongoing"}
"""Number and status of each problem of the disclosure."""


def page(body: str = "") -> str:
    return f'<!doctype html>\n<html lang="zh-CN"><head><title>整改公开</title></head>\n<body>\n{body}\n</body></html>\n'


def site_files() -> dict[str, str]:
    """Return the text of every file of the site: one disclosure with two problems."""
    rows = "\n".join(
        f'<tr data-state="active" data-status="{status}"><td><a href="{number}/">问题</a></td></tr>'
        for number, status in PROBLEMS.items()
    )
    counts = {"by_status": dict.fromkeys(PROBLEMS.values(), 1)}
    problems = [
        {"url": f"{DISCLOSURE}{number}/", "disclosure": "2024-a", "status": status}
        for number, status in PROBLEMS.items()
    ]
    statuses = list(PROBLEMS.values())
    table = {
        "parts": [{"url": "problems/table/rows-1.json", "rows": len(statuses), "stamp": "B"}],
        "disclosures": [{"id": "2024-a", "rows": len(statuses)}],
        "columns": {"status": {"values": statuses, "width": 1, "rows": pack(range(len(statuses)), 1)}},
    }
    return {
        **{path: page() if path.endswith(".html") else "{}" for path in always_there()},
        "data/disclosures.json": json.dumps({"disclosures": [{"id": "2024-a", "url": DISCLOSURE, "counts": counts}]}),
        "data/problems.json": json.dumps({"problems": problems}),
        "problems/table/index.json": json.dumps(table),
        "problems/table/rows-1.json": json.dumps({"stamp": "B", "rows": [[number, "问题"] for number in PROBLEMS]}),
        f"{DISCLOSURE}index.html": page(f"<table>{rows}</table>"),
        f"{DISCLOSURE}full/index.html": page('<h2 id="text-整改情况">整改情况</h2>'),
        **{f"{DISCLOSURE}{number}/index.html": page('<a href="../">返回</a>') for number in PROBLEMS},
    }


def write_site(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the site with the given files in place of or beside its own, None taking one away; return its folder."""
    site = root / "site"
    for name, text in {**site_files(), **(files or {})}.items():
        if text is not None:
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    return site
