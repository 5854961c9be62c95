"""A verified build after any edits, one on top of the other, gives the bytes of a fresh build of the same sources."""

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.site import ROOT, Site, write_site
from helpers.trees import differing, snapshot

INDEX = "---\n标题: {0}整改情况\n文种: 整改情况报告\n单位: {1}\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n---\n\n## 总体\n\n{2}。\n"
PROBLEM = "---\n问题: {0}不全\n状态: {1}\n分组: {2}\n类别: {3}\n整改时限: {4}\n---\n\n{5}。\n"
DONE = "已完成\n进展:\n  - {日期: 2024-05-20, 状态: 已完成, 内容: 建好了。}"
UNITS, NUMBERS = {"2024-jia": "甲局", "2024-yi": "乙局"}, range(1, 5)
SAID = st.text("台账核对巡检移交逐项每周站点水表管网", min_size=4, max_size=10)
PROBLEMS = st.builds(
    PROBLEM.format,
    SAID,
    st.sampled_from(["持续推进", DONE]),
    st.sampled_from(["第一组", "第二组"]),
    st.sampled_from(["财务", "工程"]),
    st.dates(date(2024, 5, 1), date(2024, 9, 1)),
    SAID,
)
FIRST = {
    f"content/reports/{folder}/{number:02}.md": PROBLEM.format(
        f"{unit}台账{number}", "持续推进", "第一组", "财务", "2024-07-01", "正文"
    )
    for folder, unit in UNITS.items()
    for number in NUMBERS
} | {f"content/reports/{folder}/index.md": INDEX.format(unit, unit, "正文") for folder, unit in UNITS.items()}
MARKS = {"mkdocs.yml": "# edited\n", "theme/partials/site-footer.html": "{# edited #}"}
"""What begins the edit at the end of a file that is long before."""
OPTIONS = st.sampled_from(["publisher: 乙办", "as_of: 2024-08-01", "licence: CC0-1.0", "language: en"])
EDITS = st.one_of(
    st.tuples(st.sampled_from([one for one in FIRST if "index" not in one]), PROBLEMS),
    st.tuples(
        st.sampled_from([one for one in FIRST if "index" in one]),
        st.builds(INDEX.format, SAID, st.sampled_from(["甲局", "乙局"]), SAID),
    ),
    st.tuples(st.just("content/about.md"), SAID.map("# 监督方式\n\n{}。\n".format)),
    st.tuples(st.just("words.toml"), SAID.map('[phrases]\n"{}" = "另一说法"\n'.format)),
    st.tuples(
        st.just("units.toml"),
        st.builds(
            '[[unit]]\nname = "{0[0]}"\naliases = ["{1}"]\n[[unit]]\nname = "{0[1]}"\n'.format,
            st.permutations(list(UNITS.values())),
            SAID,
        ),
    ),
    st.tuples(st.just("theme/partials/site-footer.html"), SAID.map("<p>{}</p>\n".format)),
    st.tuples(st.just("mkdocs.yml"), OPTIONS.map("plugins: [rectify: {{{}}}]\n".format)),
)
"""A file of the sources, and what is in it afterwards, or at its end."""


ORDERED = '[[unit]]\nname = "乙局"\n[[unit]]\nname = "甲局"\n'
"""Not as the names sound."""


@example([("units.toml", ORDERED)])
@settings(max_examples=3)
@given(st.lists(EDITS, min_size=2, max_size=4))
def test_a_verified_build_after_edits_equals_a_fresh_one(edits: list[tuple[str, str]]):
    with TemporaryDirectory() as folder:
        site = written(Path(folder, "kept"))
        site.rectify("build").ok()
        for number, (path, text) in enumerate(edits):
            edit(site, path, text)
            site.rectify("build").ok()
            assert differing(snapshot(site.output), fresh(site, Path(folder, str(number)))) == [], path


def written(root: Path) -> Site:
    """A site with its own theme, words and units, in the files that edits change."""
    site = write_site(root, {}, theme={"custom_dir": "theme"})
    shutil.copytree(ROOT / "theme", root / "theme")
    for path, text in FIRST.items():
        site.write(f"../{path}", text)
    return site


def edit(site: Site, path: str, text: str) -> None:
    file = site.root / path
    if mark := MARKS.get(path):
        text = f"{file.read_text('utf-8').partition(mark)[0]}{mark}{text}"
    file.write_text(text, "utf-8")


def fresh(site: Site, root: Path) -> dict[str, bytes]:
    """What a build without any cache gives of the same sources, elsewhere."""
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns(".cache", "site"))
    other = Site(root, root / "site")
    other.build().ok()
    return snapshot(other.output)
