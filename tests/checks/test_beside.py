"""What lies beside the disclosures is examined like them, and what nothing refers to is not published."""

import os
import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from helpers.attached import png, word
from helpers.carriers import NUMBER, SAID, png_with
from helpers.cases import DISCLOSURE, changed
from helpers.site import Site, write_site
from rectify.checks import beside
from rectify.checks.attachments.attachment import attachment_findings
from rectify.prose import NO_WORDS

ROOT = Path(__file__).resolve().parents[2]
ONE, TWO = "reports/2024-a/01.md", "reports/2024-a/02.md"
CODED = SAID.replace("1", "\\u0031")
CODES = SAID.replace("1", "&#x31;")
APART = "".join(f"<tspan x='{9 * place}'>{sign}</tspan>" for place, sign in enumerate(NUMBER))
PICTURE = b64encode(png_with(b"tEXt", SAID.encode())).decode()

PRIVATE: dict[str, str | bytes] = {
    "more.markdown": f"# 说明\n\n{SAID}。\n",
    "titled.md": f'---\ntitle: "{CODED}"\n---\n\n# 说明\n',
    "coded.md": f"# 说明\n\n{CODES}。\n",
    "shuoming.docx": word(SAID),
    "tu.png": png_with(b"tEXt", SAID.encode()),
    "style.css": f"/* {SAID} */\n",
    "shuoming.txt": f"{SAID}\n",
    "sheji.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{SAID}</desc></svg>',
    "fen.svg": f"<svg><text>{APART}</text></svg>",
    "qian.svg": f'<svg><image href="data:image/png;base64,{PICTURE}"/></svg>',
    "shuju.json": f'{{"经手人": "{CODED}"}}',
    f"{SAID}.txt": "说明",
    "../theme/partials/footer.html": f"<p>{SAID}</p>",
    "../theme/assets/tu.png": png_with(b"tEXt", SAID.encode()),
    "../theme/assets/script.js": f"// {SAID}\n",
    "../units.toml": f'[[unit]]\nname = "清川市水务局 {CODED}"\naliases = ["水务局"]\n',
    "../mkdocs.yml": f"site_name: 清川市整改公开 {SAID}\ndocs_dir: content\ntheme: {{name: rectify, custom_dir: theme}}\nplugins: [rectify]\n",
    **changed(ONE, ("内容: 新的巡检记录全面使用。", f'内容: "{CODED}，\\\n      全面使用。"')),
    **changed(TWO, ("问题: 二次供水设施移交缓慢", f'问题: "二次供水\\x31{NUMBER[1:]}"')),
}
LEFT = ("shuoming.md.bak", "shuoming.md~", "shuoming.md.orig", "#shuoming.md#", "tu.png.tmp")


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> str:
    site = write_site(tmp_path_factory.mktemp("private"), {**DISCLOSURE})
    for name, data in PRIVATE.items():
        site.write(name, data)
    for name in LEFT:
        site.write(name, "# 说明\n")
    result = site.rectify("check", "-o", "told.txt")
    assert result.exit == 1
    return (site.root / "told.txt").read_text("utf-8")


@pytest.mark.parametrize("name", PRIVATE)
def test_a_number_is_found_wherever_it_would_be_published(told: str, name: str):
    path = name.removeprefix("../") if name.startswith("../") else f"content/{name}"
    assert re.search(rf"错误  {re.escape(path)}[:\d]*(?:/1.png)? \[P002\] .*{NUMBER[1:]}", told), told


def test_the_files_of_our_theme_are_known_and_hold_nothing(monkeypatch):
    told = subprocess.run([sys.executable, ROOT / "tools/theme.py", "--check"], stdout=subprocess.PIPE, text=True)
    assert told.returncode == 0, told.stdout
    listed = (ROOT / "plugins/rectify/checks/theme.txt").read_text("utf-8").splitlines()
    files = [ROOT / "theme" / line.split()[1] for line in listed]
    assert len(files) > 50
    monkeypatch.setattr(beside, "_of_this_program", lambda: frozenset())
    looked = beside.Files(NO_WORDS, None)
    assert [finding for file in files for finding in looked.findings(file, f"../theme/{file.name}")] == []


def test_a_file_of_nothing_but_size_is_told_and_not_read_whole(tmp_path):
    site = write_site(tmp_path, {**DISCLOSURE, "more.md": "# 说明\n\n[样式](huge.css)\n", "huge.css": ""})
    os.truncate(tmp_path / "content/huge.css", 1 << 40)
    told = site.rectify("check")
    assert told.exit == 1 and "huge.css [A024]" in told.out and "Traceback" not in told.out


@pytest.mark.parametrize("name", LEFT)
def test_what_a_program_left_behind_is_an_error(told: str, name: str):
    assert f"错误  content/{name} [A025]" in told


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Site:
    """A site of files that something refers to and of others."""
    files: dict[str, str | bytes] = {
        **DISCLOSURE,
        "about.md": "# 监督方式\n\n![流程图](tu/liucheng.png)\n\n[说明 一](shuoming%20yi.txt)\n",
        "tu/liucheng.png": png(),
        "shuoming yi.txt": "说明",
        "tu/digao.png": png(),
        "digao.txt": "底稿",
        "style.css": "body { background: url(tu/beijing.png); }\n",
        "tu/beijing.png": png(),
        "robots.txt": "User-agent: *\n",
        "baidu_verify_codeva-1a2b.html": "1a2b",
        "reports/2024-a/files/guize.txt": "规则",
        "reports/2024-a/files/ceng_1 gao.txt": "说明",
        "reports/2024-a/files/digao.txt": "底稿",
        **changed(
            TWO,
            ("其余小区按计划移交。", "其余小区按计划移交，见[说明](files/ceng\\_1%20gao.txt)。"),
            ("内容: 第一批7个小区完成移交。", "内容: 第一批7个小区完成移交。\n    附件: [files/guize.txt]"),
        ),
    }
    site = write_site(tmp_path_factory.mktemp("published"), files, extra_css=["style.css"])
    site.build().ok()
    return site


@pytest.mark.parametrize(
    "path",
    [
        "tu/liucheng.png",
        "shuoming yi.txt",
        "style.css",
        "tu/beijing.png",
        "robots.txt",
        "baidu_verify_codeva-1a2b.html",
        "reports/2024-a/files/guize.txt",
        "reports/2024-a/files/ceng_1 gao.txt",
    ],
)
def test_what_something_refers_to_is_published(published: Site, path: str):
    assert (published.output / path).is_file()


@pytest.mark.parametrize("path", ["tu/digao.png", "digao.txt", "reports/2024-a/files/digao.txt"])
def test_what_nothing_refers_to_is_not(published: Site, path: str):
    assert not (published.output / path).exists()
    assert f"content/{path} [A031]" in published.rectify("check").ok().out


def test_a_file_that_nobody_can_look_into_may_be_among_the_words_of_the_office(make_site):
    site = make_site(
        {**DISCLOSURE, "about.md": "# 监督方式\n\n[说明](shuoming.rar)\n", "shuoming.rar": b"Rar!\x1a\x07\x00"}
    )
    assert "[A020]" in site.rectify("check").out
    site.write("../words.toml", 'allowed = ["shuoming.rar"]\n')
    site.rectify("check").ok()


def test_a_name_is_read_as_well(tmp_path: Path):
    (tmp_path / f"{SAID}.txt").write_text("说明", "utf-8")
    (finding,) = attachment_findings(tmp_path / f"{SAID}.txt", f"reports/2024-a/files/{SAID}.txt")
    assert (finding.rule, str(finding.key)) == ("P002", "文件名")


def test_a_file_is_looked_at_again_when_it_changed(make_site):
    site = make_site({**DISCLOSURE, "about.md": "# 监督方式\n\n[说明](shuoming.txt)\n", "shuoming.txt": "说明"})
    for text, exit in (("说明", 0), (SAID, 1), (SAID, 1), ("说明见第一页", 0)):
        site.write("shuoming.txt", text)
        assert site.rectify("check").exit == exit
