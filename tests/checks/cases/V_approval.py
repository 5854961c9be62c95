"""What is approved, and what is not any more."""

from pathlib import Path

from helpers.cases import DISCLOSURE, Case, changed, write_disclosure
from rectify.checks.approval import fingerprints_of
from rectify.checks.content import check_content
from rectify.core.approval import written
from rectify.core.finding import Finding
from rectify.sources.configuration import read_configuration
from rectify.sources.folder import read_folder

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
FILE = "reports/2024-a/files/a.csv"
LINKED = changed(ONE, ("班组长逐日核对", "班组长逐日核对，见[记录](files/a.csv)")) | {FILE: "月份,次数\n1,2\n"}
WITHDRAWN = ("---\n\n巡检", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n---\n\n巡检")
INTERNAL = ("文种: 整改情况报告", "文种: 对照检查材料")


def approved(root: Path, text: str) -> str:
    """Return an index.md with the fingerprints of the folder as it lies there."""
    parts = ", ".join(written(fingerprints_of(read_folder(root / "content", "2024-a"), root / "content")))
    return text.replace("日期: 2024-10-15}", f"日期: 2024-10-15, 指纹: [{parts}]}}")


def case(
    rule: str,
    fires: bool,
    name: str,
    later: dict[str, str | None],
    before: dict[str, str] | None = None,
    *,
    required: bool = True,
    signed: bool = True,
) -> Case:
    """A case of what is done to an approved disclosure."""

    def run(root: Path) -> list[Finding]:
        content = write_disclosure(root, before)
        files = {**DISCLOSURE, **(before or {}), **later}
        files[INDEX] = approved(root, files[INDEX]) if signed else files[INDEX]
        for path, text in files.items():
            (content / path).unlink() if text is None else (content / path).write_text(text, "utf-8")
        (root / "mkdocs.yml").write_text(
            f"docs_dir: content\nplugins: [{{rectify: {{require_approval: {str(required).lower()}}}}}]\n"
        )
        return check_content(content, site=read_configuration(root / "mkdocs.yml")).findings

    return Case(rule, fires, run, name)


EDITS = {
    "a word of a body": changed(ONE, ("逐日", "每日")),
    "a title": changed(ONE, ("记录不完整", "记录不够完整")),
    "a date": changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2025-12-31")),
    "the contact": changed(INDEX, ("0000-2345601", "0000-2345602")),
    "the overview": changed(INDEX, ("市委巡察反馈的", "市委巡察组反馈的")),
    "a hard break": changed(ONE, ("统一格式，", "统一格式，  \n")),
    "one more problem": {"reports/2024-a/03.md": DISCLOSURE[ONE].replace("不完整", "缺页")},
    "a problem less": {TWO: None},
}
UNSEEN = {
    "nothing": {},
    "line ends": {ONE: DISCLOSURE[ONE].replace("\n", "\r\n")},
    "the order of keys": changed(ONE, ("状态: 已完成\n序号: 1\n", "序号: 1\n状态: 已完成\n")),
    "keys in English": changed(ONE, ("整改时限: 2024-06-30", "deadline: 2024.6.30"), ("问题: ", "title: ")),
    "a comment": changed(ONE, ("巡检记录改为", "<!-- 再核对一次 -->\n巡检记录改为"), ("序号: 1", "序号: 1  # 核过")),
    "blank lines": changed(ONE, ("---\n\n巡检", "---\n\n\n巡检"), ("逐日核对。\n", "逐日核对。 \n\n\n")),
    "a decision": changed(
        INDEX, ("审批: {提出", "豁免: [{规则: W020, 理由: 原文, 审批人: 办公室, 日期: 2024-10-15}]\n审批: {提出")
    ),
    "a withdrawal": changed(ONE, WITHDRAWN),
}

CASES = [
    *(case("V001", True, name, later, required=False) for name, later in EDITS.items()),
    *(case("V001", False, name, later, required=False) for name, later in UNSEEN.items()),
    case("V001", True, "an attachment", {FILE: "月份,次数\n1,3\n"}, LINKED),
    case("V001", False, "an attachment of a withdrawn problem", changed(ONE, WITHDRAWN), LINKED),
    case("V001", False, "no fingerprint at all", EDITS["a title"], signed=False),
    case("V002", True, "never approved", {}, signed=False),
    case("V002", True, "approved before an edit", EDITS["a date"]),
    case("V002", True, "no approval at all", {INDEX: DISCLOSURE[INDEX].replace("审批: ", "# ")}, signed=False),
    case("V002", False, "approved", {}),
    case("V002", False, "not required", {}, signed=False, required=False),
    case("V002", False, "an internal text", changed(INDEX, INTERNAL), signed=False),
    case("V002", False, "a withdrawal after the approval", changed(ONE, WITHDRAWN)),
]
