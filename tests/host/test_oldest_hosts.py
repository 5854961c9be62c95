"""The oldest MkDocs, ProperDocs and Material that are supported make the same register as the newest."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from helpers.site import HOSTS, ROOT, Site

REPORT = "2024-disan-gaozhong"
OLDEST = Path(sys.prefix) / "oldest"
"""Where run.py puts what locks/oldest.txt names."""
WHOLE = {"theme": {"name": "rectify", "language": "zh"}, "plugins": [{"rectify": {}}]}
GUEST = {
    "theme": {"name": "material", "font": False, "language": "zh"},
    "plugins": ["search", {"rectify": {"path": "zhenggai", "language": "zh"}}],
}


@pytest.fixture(scope="module", params=(WHOLE, GUEST), ids=("whole", "guest"))
def site(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("hosts")
    register = root / "content" / request.param["plugins"][-1]["rectify"].get("path", "")
    shutil.copytree(ROOT / "content" / "reports" / REPORT, register / "reports" / REPORT)
    (root / "content" / "index.md").write_text("# 首页\n\n{{ rectify.counts }}\n", "utf-8")
    told = {"site_name": "馆", "site_url": "https://example.org/d/", "docs_dir": "content", **request.param}
    (root / "mkdocs.yml").write_text(json.dumps(told), "utf-8")
    return Site(root, root / "site")


def _register(site: Site) -> dict[str, bytes]:
    """The built files; of pages in the frame of a theme the part that is the register's, for the frame is the theme's."""
    built = {name: (site.output / name).read_bytes() for name in site.files()}
    if not (site.output / "zhenggai").is_dir():
        return built
    part = re.compile(rb'<div class="rf-guest">.*</article>', re.S)
    inside = {name: data for name, data in built.items() if name.startswith("zhenggai/")}
    return {name: found[0] if (found := part.search(data)) else data for name, data in inside.items()}


@pytest.mark.parametrize("host", HOSTS)
def test_the_oldest_host_makes_what_the_newest_makes(site, host):
    environment = {"PYTHONPATH": str(OLDEST)}
    versions = "import importlib.metadata as m; print(*map(m.version, ('mkdocs', 'mkdocs-material', 'properdocs')))"
    told = site.run(sys.executable, "-c", versions, env=environment).ok().out.split()
    assert told == ["1.6.0", "9.7.0", "1.6.5"]
    site.build("--strict", host=host).ok()
    newest = _register(site)
    assert len(newest) > 20 and all(newest.values())
    for folder in (site.root / ".cache", site.output):  # nothing may be kept from the newest
        shutil.rmtree(folder)
    site.build("--strict", host=host, env=environment).ok()
    assert _register(site) == newest
