"""A site that is its owner's with the register below a path of it."""

import json
from pathlib import Path

from helpers.site import ROOT, Site

REPORT = "2024-disan-gaozhong"
"""Six problems."""
THEME = {"name": "material", "font": False, "language": "zh"}
GUEST = {"rectify": {"path": "zhenggai", "language": "zh"}}


def mounted(root, plugins, files=(), nav=("index.md", "guan.md", {"整改": "zhenggai/index.md"}), **settings):
    """A site with the register below `zhenggai/` and some pages of its own; the plugins are in the order given."""
    pages = {"index.md": "# 首页\n", "guan.md": "# 馆藏\n\n目录\n", **dict(files)}
    for source in sorted((ROOT / "content" / "reports" / REPORT).rglob("*")):
        if source.is_file():
            pages[f"zhenggai/reports/{REPORT}/{source.relative_to(ROOT / 'content' / 'reports' / REPORT)}"] = (
                source.read_bytes()
            )
    for name, text in pages.items():
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    told = {"site_name": "馆", "site_url": "https://example.org/d/", "theme": THEME, "plugins": plugins, **settings}
    (root / "mkdocs.yml").write_text(json.dumps({**told, **({"nav": list(nav)} if nav else {})}), "utf-8")
    return Site(root, root / "site")


def whole(folder: Path) -> Path:
    """The register in a built site, with everything that it must have."""
    register = folder / "zhenggai"
    assert len(json.loads((register / "data" / "problems.json").read_bytes())["problems"]) == 6
    for name in ("index.html", "about/index.html", f"reports/{REPORT}/01/index.html", "search/index.html"):
        assert 'class="rf-guest"' in (register / name).read_text("utf-8").replace("class=rf-guest", 'class="rf-guest"')
    return register
