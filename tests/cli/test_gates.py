"""What holds up whom: the one table of it, both READMEs, and what the commands do with an example of every kind."""

import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from helpers.attached import repacked, word
from helpers.cases import DISCLOSURE, changed
from helpers.nginx import free_port
from helpers.repository import committed, git
from helpers.site import ROOT, Site, plain_environment, write_site
from rectify.core.family import CHECKED, Family, family_of
from rectify.core.finding import RULES
from rectify.core.gate import Gate

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
REVISED = '<w:ins w:id="1" w:author="a"><w:r><w:t>拟于下月</w:t></w:r></w:ins>'
REFORMATTED = '<w:r><w:rPr><w:b/><w:rPrChange w:id="2" w:author="a"><w:rPr/></w:rPrChange></w:rPr><w:t>加粗</w:t></w:r>'


def said(text: str) -> dict[str, str]:
    return changed(ONE, ("巡检记录改为统一格式，班组长逐日核对。", text))


def attached(name: str, data: bytes) -> dict[str, str | bytes]:
    link = said(f"巡检记录改为统一格式，班组长逐日核对，见[清单](files/{name})。")
    return {f"reports/2024-a/files/{name}": data, **link}


EXAMPLES = {
    (Family.STRUCTURE, "error"): said("见[第九个问题](09.md)。"),
    (Family.STRUCTURE, "warning"): said("见[第二个问题](/reports/2024-a/02/)。"),
    (Family.STRUCTURE, "note"): changed(ONE, ("状态: 已完成\n序号", "状态：已完成\n序号")),
    (Family.COUNTS, "error"): changed(
        INDEX, ("公布数: {总数: 2, 已完成: 1, 持续推进: 1}\n", ""), ("的2个问题", "的3个问题")
    ),
    (Family.COUNTS, "warning"): changed(ONE, ("状态: 已完成\n序号", "状态: 已完成\n分组: 持续推进的整改事项\n序号")),
    (Family.PRIVACY, "error"): said("经手人13800001234。"),
    (Family.PRIVACY, "warning"): said("走访了家住清河路18号3幢201室的群众。"),
    (Family.PRIVACY, "note"): said("市区委巡察组进驻。"),
    (Family.MARKS, "error"): said("严禁倒卖本站资料\n\n台账已建立。"),
    (Family.MARKS, "warning"): said("系统接口http://192.168.1.20/api已停用。"),
    (Family.WORDING, "error"): said("方案定于2024年 月 日验收。"),
    (Family.WORDING, "warning"): said("组织XX公司补交了资料。"),
    (Family.WORDING, "note"): said("共２０项。"),
    (Family.ATTACHMENTS, "error"): attached("qingdan.docx", word(REVISED)),
    (Family.ATTACHMENTS, "warning"): attached("qingdan.docx", repacked(word(), {"word/embeddings/tubiao.xlsx": b"PK"})),
    (Family.ATTACHMENTS, "note"): attached("qingdan.docx", word(REFORMATTED)),
    (Family.APPROVAL, "error"): said("巡检记录改为统一格式。"),
    (Family.APPROVAL, "warning"): changed(INDEX, ("日期: 2024-10-15}", "日期: 2024-10-15, 指纹: [index.md 0]}")),
    (Family.CONTINUITY, "error"): {
        **changed(
            INDEX,
            ("总数: 2, 已完成: 1, 持续推进: 1", "总数: 1, 已完成: 1"),
            ("的2个问题，已完成1个，持续推进1个", "的问题"),
        ),
        TWO: None,
    },
    (Family.CONTINUITY, "warning"): changed(ONE, ("管网巡检记录不完整", "管网巡查台账不齐全")),
}
"""What of each severity a family of rules finds in a content folder, as files in place of or beside those of DISCLOSURE."""

KINDS = pytest.mark.parametrize(
    ("family", "severity"), EXAMPLES, ids=[f"{family.name.lower()}-{severity}" for family, severity in EXAMPLES]
)


def test_there_is_an_example_of_every_family_and_severity():
    of_content = set(CHECKED) - {Family.BUILT_SITE}
    known = {(family_of(rule), texts["severity"]) for rule, texts in RULES.items() if family_of(rule) in of_content}
    assert set(EXAMPLES) == known


@pytest.fixture(scope="module")
def last(tmp_path_factory) -> Path:
    """The data of the last publication, which is DISCLOSURE's."""
    site = write_site(tmp_path_factory.mktemp("last"), DISCLOSURE)
    site.build().ok()
    return site.output


@pytest.fixture
def example(make_site, last):
    """example(family, severity) -> a site of that content, staged on top of DISCLOSURE."""

    def make(family: Family, severity: str) -> Site:
        required = (family, severity) == (Family.APPROVAL, "error")
        options = {"published": str(last), "require_approval": required}
        site = committed(make_site(DISCLOSURE, plugins=[{"rectify": options}]))
        for name, text in EXAMPLES[family, severity].items():
            site.write(name, text) if text is not None else (site.root / "content" / name).unlink()
        git(site, "add", "-A").ok()
        return site

    return make


@KINDS
def test_everyone_tells_and_refuses_what_the_table_says(example, family: Family, severity: str):
    site = example(family, severity)
    for gate, result in (
        (Gate.CHECK, site.rectify("check")),
        (Gate.HOOK, site.rectify("check", "--staged")),
        (Gate.BUILD, site.build()),
    ):
        told = {(family_of(rule), RULES[rule]["severity"]) for rule in re.findall(r"\[([A-Z]\d{3})\]", result.out)}
        assert told == {(family, severity)}, f"{gate.command}\n{result.out}"
        assert result.exit == int(severity == "error" and family not in gate.passed), f"{gate.command}\n{result.out}"


@pytest.mark.parametrize(
    "family", [family for family, severity in EXAMPLES if severity == "error"], ids=lambda f: f.name.lower()
)
def test_a_preview_shows_whatever_can_be_read(example, family: Family):
    site, port = example(family, "error"), free_port()
    command = [
        str(Path(sys.executable).with_name("rectify")),
        "preview",
        "2024-a",
        "--no-open",
        "-a",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen(
        command, cwd=site.root, env=plain_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            shown = answered(running, f"http://127.0.0.1:{port}/reports/2024-a/")
        finally:
            running.terminate()
    assert shown == (family in Gate.PREVIEW.passed)


def answered(running: subprocess.Popen, address: str) -> bool:
    """Whether a page is served before the command ends."""
    while running.poll() is None:
        try:
            return urllib.request.urlopen(address, timeout=30).status == 200
        except OSError:
            time.sleep(0.1)
    return False


def test_a_publication_refuses_what_a_build_lets_pass(example):
    site = example(Family.WORDING, "error")
    result = site.rectify("publish", "--to", "live")
    assert result.exit == 4 and "[W" in result.out and not (site.root / "live" / "current").exists()


@pytest.mark.parametrize(
    ("name", "refused", "told"), [("README.md", "refused", "told"), ("README.zh-CN.md", "不通过", "只报告")]
)
def test_the_readmes_state_the_table(name: str, refused: str, told: str):
    rows = re.findall(
        r"^\| (.+)" + rf" \| ({refused}|{told})" * 4 + r" \|$",
        (ROOT / name).read_text("utf-8"),
        re.M,
    )
    stated = {
        family_of(letter): cells for families, *cells in rows for letter in re.findall(r"[(（]([A-Z])[)）]", families)
    }
    gates = [(Gate.CHECK, Gate.PUBLISH), (Gate.HOOK,), (Gate.BUILD,), (Gate.PREVIEW,)]
    assert stated == {
        family: [told if all(family in gate.passed for gate in column) else refused for column in gates]
        for family in CHECKED
        if family is not Family.BUILT_SITE
    }
    assert all(len({family in gate.passed for gate in gates[0]}) == 1 for family in Family)
