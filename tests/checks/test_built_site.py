"""The built site: nothing that its sources keep back, wherever it lies, and no link that a reader cannot follow."""

import json
from pathlib import Path

import pytest

from helpers.built import DISCLOSURE, page, write_site
from helpers.cases import changed, write_disclosure
from helpers.site import Site
from rectify.checks.built_site import check_site
from rectify.checks.content import check_content
from rectify.core.finding import Finding
from rectify.sources.last_build import files_of
from rectify.sources.store import Store

INDEX, ONE = f"{DISCLOSURE}index.md", f"{DISCLOSURE}01.md"
CANARY = "泵房钥匙由夜班门卫代为保管"
IDENTITY = "330102199003071230"
WAIVER = "豁免: [{{规则: W020, 理由: {}, 审批人: 办公室, 日期: 2024-10-15}}]\n"

KEPT_BACK = {
    "approval": changed(INDEX, ("批准: 党组,", f"批准: {CANARY},")),
    "waiver of the disclosure": changed(INDEX, ("审批:", f"{WAIVER.format(CANARY)}审批:")),
    "waiver of a problem": changed(ONE, ("整改时限:", f"{WAIVER.format(CANARY)}整改时限:")),
    "comment in the text": changed(ONE, ("逐日核对。", f"逐日核对。\n\n<!-- {CANARY} -->")),
    "comment of several lines": changed(ONE, ("逐日核对。", f"逐日核对。\n\n<!--\n待定\n{CANARY}\n-->")),
    "comment in the overview": changed(INDEX, ("持续推进1个。\n", f"持续推进1个。\n\n<!-- {CANARY} -->\n")),
    "comment in the front matter": changed(ONE, ("整改时限:", f"# {CANARY}\n整改时限:")),
    "comment behind a value": changed(ONE, ("状态: 已完成\n序号", f"状态: 已完成  # {CANARY}\n序号")),
    "disclosure that is not for everybody": {
        **changed(INDEX, ("文种: 整改情况报告", "文种: 整改情况报告\n公开范围: 党内")),
        **changed(ONE, ("巡检记录改为统一格式，班组长逐日核对", CANARY)),
    },
    "withdrawn problem": changed(
        ONE,
        ("巡检记录改为统一格式，班组长逐日核对", CANARY),
        ("整改时限:", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n整改时限:"),
    ),
    "withdrawn problem's measure": changed(
        ONE,
        ("统一巡检记录格式，按月抽查", CANARY),
        ("整改时限:", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n整改时限:"),
    ),
    "draft": {"../drafts/2024-b/01.md": f"---\n问题: 待定\n---\n\n{CANARY}。\n"},
}


PLANTED = {
    "text": (f"{DISCLOSURE}01/index.html", page(f"<p>其中，{CANARY}。</p>")),
    "comment": ("about/index.html", page(f"<!-- {CANARY} -->")),
    "attribute": ("about/index.html", page(f'<p title="{CANARY}">说明</p>')),
    "script": ("about/index.html", page(f"<script>var a = '{CANARY}';</script>")),
    "codes of characters": ("about/index.html", page("".join(f"&#{ord(character)};" for character in CANARY))),
    "JSON": ("data/more.json", json.dumps({"text": CANARY}, ensure_ascii=False)),
    "JSON in codes": ("data/more.json", json.dumps({"text": CANARY})),
    "CSV": ("data/all.csv", f"问题,说明\n台账,{CANARY}\n"),
    "CSV with its mark": ("data/all.csv", f"\ufeff说明\r\n{CANARY}\r\n"),
    "search index": ("search/index/index.json", json.dumps({"docs": [CANARY]}, ensure_ascii=False)),
    "bytes of an attachment": (f"{DISCLOSURE}files/a.csv", f"{CANARY}\n".encode("gb18030")),
    "properties of an attachment": (
        f"{DISCLOSURE}files/a.pdf",
        b"%PDF-1.4 /Title (" + CANARY.encode("utf-16-le") + b")",
    ),
    "file name": (f"data/{CANARY}.csv", "问题\n"),
}


def leaks(root: Path, planted: dict[str, str | bytes], sources: dict[str, str]) -> list[tuple[str, str]]:
    """Return file and excerpt of every leak."""
    findings = check_site(write_site(root, planted), write_disclosure(root, sources))
    return [(finding.path, finding.excerpt) for finding in findings if finding.rule == "B007"]


@pytest.mark.parametrize("origin", KEPT_BACK)
def test_what_a_source_keeps_back_is_found(tmp_path: Path, origin: str):
    path, text = PLANTED["text"]
    assert path in {where for where, excerpt in leaks(tmp_path, {path: text}, KEPT_BACK[origin]) if CANARY in excerpt}


@pytest.mark.parametrize("place", PLANTED)
def test_it_is_found_wherever_it_lies(tmp_path: Path, place: str):
    path, text = PLANTED[place]
    assert leaks(tmp_path, {path: text}, KEPT_BACK["approval"]) == [(path, CANARY)]


@pytest.mark.parametrize("place", PLANTED)
def test_it_is_found_in_a_site_that_was_clean_before(tmp_path: Path, place: str):
    store, content = Store(tmp_path / "cache"), write_disclosure(tmp_path, KEPT_BACK["approval"])
    assert [finding.rule for finding in check_site(write_site(tmp_path), content, store=store)] == []
    path, text = PLANTED[place]
    for _ in range(2):
        findings = check_site(write_site(tmp_path, {path: text}), content, store=store)
        assert [(finding.path, finding.excerpt) for finding in findings if finding.rule == "B007"] == [(path, CANARY)]
    (tmp_path / "site" / path).unlink()
    assert [finding.rule for finding in check_site(write_site(tmp_path), content, store=store)] == []


@pytest.mark.parametrize("origin", KEPT_BACK)
def test_what_a_source_keeps_back_from_now_on_is_found(tmp_path: Path, origin: str):
    store, (path, text) = Store(tmp_path / "cache"), PLANTED["text"]
    site = write_site(tmp_path, {path: text})
    assert [one for one in check_site(site, write_disclosure(tmp_path, {}), store=store) if one.rule == "B007"] == []
    findings = check_site(site, write_disclosure(tmp_path, KEPT_BACK[origin]), store=store)
    assert path in {one.path for one in findings if one.rule == "B007" and CANARY in one.excerpt}


def test_a_link_dies_and_a_passage_is_decided_without_a_change_of_the_page(tmp_path: Path):
    store, lost = (
        Store(tmp_path / "cache"),
        {"about/index.html": page(f'<a href="../more.html#a">看</a> 身份证号{IDENTITY}')},
    )

    def rules(more: str | None, decided: set[str]) -> list[str]:
        return [
            finding.rule
            for finding in check_site(write_site(tmp_path, {**lost, "more.html": more}), decided=decided, store=store)
        ]

    assert rules(page('<p id="a">'), {IDENTITY}) == []
    assert rules(page('<p id="b">'), {IDENTITY}) == ["B005"]
    assert rules(page('<p id="a">'), set()) == ["P001"]
    (tmp_path / "site" / "more.html").unlink()
    assert rules(None, {IDENTITY}) == ["B004"]


@pytest.mark.parametrize(
    "said",
    [
        {"about.md": f"# 监督方式\n\n{CANARY}。\n"},
        changed(f"{DISCLOSURE}02.md", ("其余小区按计划移交。", f"{CANARY}。")),
        {"../mkdocs.yml": f"site_name: {CANARY}\n"},
    ],
    ids=["page", "problem", "configuration"],
)
@pytest.mark.parametrize("origin", ["approval", "draft", "withdrawn problem", "comment in the text"])
def test_what_is_said_in_public_as_well_is_no_leak(tmp_path: Path, origin: str, said: dict[str, str]):
    path, text = PLANTED["text"]
    assert leaks(tmp_path, {path: text}, {**KEPT_BACK[origin], **said}) == []


def test_the_real_site_is_clean(built_site: Site):
    content = built_site.root / "content"
    findings = check_site(built_site.output, content, decided=check_content(content).decided)
    assert [finding.text() for finding in findings] == []


@pytest.fixture
def with_identity(tmp_path: Path) -> Path:
    return write_site(
        tmp_path, {f"{DISCLOSURE}01/index.html": page(f"<p>身份证号<b>{IDENTITY[:6]}</b>{IDENTITY[6:]}。</p>")}
    )


def test_an_identity_number_in_a_page_is_found(with_identity: Path):
    (finding,) = check_site(with_identity)
    assert (finding.rule, finding.path, finding.severity) == ("P001", f"{DISCLOSURE}01/index.html", "error")


def test_a_waived_one_may_stand(with_identity: Path):
    assert check_site(with_identity, decided={IDENTITY}) == []
    assert [finding.rule for finding in check_site(with_identity, decided={IDENTITY[:-1]})] == ["P001"]


def test_a_site_that_is_built_again_is_verified_where_it_differs(tmp_path: Path):
    site, stage, store = write_site(tmp_path), tmp_path / "stage", Store(tmp_path / "cache")
    (stage / "about").mkdir(parents=True)

    def found() -> list[str]:
        return [one.rule for one in check_site(stage, store=store, below=site, kept=dict(files_of(site)))]

    good, bad = page("监督"), page(f"身份证号{IDENTITY}")
    assert (found(), found()) == ([], [])
    for file in (site / "about/index.html", stage / "about/index.html"):
        for text, rules in ((bad, ["P001"]), (bad, ["P001"]), (good, []), (good, [])):
            file.write_text(text, "utf-8")
            assert found() == rules
    (site / "about/index.html").write_text(bad, "utf-8")
    assert found() == []
    (stage / "about/index.html").unlink()
    assert found() == ["P001"]


@pytest.mark.parametrize("rule", ["B004", "B005"])
def test_of_one_rule_fifty_are_named_and_the_others_counted(tmp_path: Path, rule: str):
    links = "".join(f'<a href="{"../lost/" if rule == "B004" else ""}#{number}">问题</a>' for number in range(63))
    findings: list[Finding] = check_site(write_site(tmp_path, {"about/index.html": page(links)}))
    assert [finding.rule for finding in findings] == [rule] * 50 + ["B008"]
    assert dict(findings[-1].values) == {"found": rule, "allowed": "13"}


HERE, THERE = page('<h2 id="text-联系方式">联系方式</h2>'), "about/index.html"


@pytest.mark.parametrize(
    ("path", "link", "rules"),
    [
        (THERE, "#text-联系方式", []),
        (THERE, "./#text-联系方式", []),
        (THERE, "?view=all#text-联系方式", []),
        (THERE, "../about/index.html?view=all", []),
        (THERE, "#text-%E8%81%94%E7%B3%BB%E6%96%B9%E5%BC%8F", []),
        (THERE, "../about/#text-联系人", ["B005"]),
        (THERE, "../abuot/#text-联系方式", ["B004"]),
        (THERE, "../../about/", ["B004"]),
        (THERE, "http://[half", ["B004"]),
        ("404.html", "/about/#text-联系方式", []),
        ("404.html", "about/", []),
        ("404.html", "/abuot/", ["B004"]),
        ("reports/2024-a/01/index.html", "../../../about/#text-联系方式", []),
        ("reports/2024-a/01/index.html", "../about/", ["B004"]),
    ],
)
def test_a_link(tmp_path: Path, path: str, link: str, rules: list[str]):
    files = {THERE: HERE}
    files[path] = files.get(path, page()).replace("</body>", f'<a href="{link}">看</a></body>')
    assert [finding.rule for finding in check_site(write_site(tmp_path, files))] == rules


def test_a_tag_that_is_shown_as_it_was_written_leads_nowhere(tmp_path: Path):
    shown = HERE.replace("</body>", '<p>&lt;img src="files/a.png"&gt;</p></body>')
    assert check_site(write_site(tmp_path, {THERE: shown})) == []


@pytest.mark.parametrize("data", [None, "", "[", '{"disclosures": 1', "\ufffd"])
def test_data_that_cannot_be_read_is_a_message(tmp_path: Path, data: str | None):
    site = write_site(tmp_path, {"data/disclosures.json": data})
    with pytest.raises(ValueError, match=r"data/disclosures\.json"):
        check_site(site)
