"""Every example on the page of a rule is true: the bad one is reported, by this rule and by what belongs to it; the good one is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.attached import OLE, jpeg, pdf, png, repacked, sheet, word, zipped
from helpers.built import DISCLOSURE, page, site_files, write_site
from helpers.carriers import changed_pdf, jpeg_with, segment
from helpers.cases import cases_in, changed, write_disclosure
from helpers.examples import FOLDER, INDEX, ONE, Setup, case_of, files_of
from rectify.checks.approval import fingerprints_of
from rectify.checks.built_site import check_site
from rectify.checks.content import check_content
from rectify.core.approval import written
from rectify.core.finding import RULES, Finding
from rectify.intake.readers import read
from rectify.sources.configuration import read_configuration
from rectify.sources.folder import read_folder

SHOWN = [rule for rule, texts in RULES.items() if "bad" in texts]
"""Rules with a page: those of import and of publication have none."""

BESIDE = {
    "B001": {"B004"},  # links to the page that is missing
    "C003": {"C002"},  # parts that exceed the total are more than are listed as well
    "C005": {"C002"},  # what the text does not say, the register does not either
    "H001": {"H007"},  # a problem less
    "H003": {"S058"},  # the old number is missing
    "H006": {"H007"},  # one done less
    "H007": {"H001"},
    "P013": {"W001"},  # a text that masks its unit has masks
    "P031": {"P009"},  # who it is
    "P032": {"P026"},  # what stands before the digit that is hidden
    "P033": {"P009"},
    "S073": {"P002"},  # the waiver is not one
    "W004": {"W001"},
    "W005": {"W001"},
    "W006": {"W001"},
    "W007": {"W001"},
    "A003": {"M003"},  # the hidden words are a mark themselves
    "A010": {"P009"},  # the name of the author is one of a person
    "A018": {"P009"},
    "A013": {"A020"},  # what is carried is not looked into
    "A030": {"A019", "A020"},  # saved twice, and the page that is shown says nothing
    "S108": {"S109"},  # its picture is elsewhere
    "S030": {"S077"},  # the folder with the other name holds the same
}
"""What is reported besides, and why."""
SHORT = {"S052", "A031"}
"""What an example has for being short: nothing is said of the work, and nothing refers to its file."""


def content(files: dict[str, bytes | str | None], arrange: Callable[[Path], object] = lambda folder: None) -> Setup:
    def run(root: Path) -> list[Finding]:
        folder = write_disclosure(root, files_of("") | files)
        arrange(folder)
        return check_content(folder).findings

    return run


def imported(data: bytes) -> Setup:
    def run(root: Path) -> list[Finding]:
        (root / "导入.docx").write_bytes(data)
        return read(root / "导入.docx")[1]

    return run


def site(files: dict[str, str | None], sources: dict[str, str] | None = None) -> Setup:
    return lambda root: check_site(
        write_site(root, files), None if sources is None else write_disclosure(root, sources)
    )


def lead_out(folder: Path) -> None:
    (folder.parent / "fujian.pdf").write_bytes(pdf())
    (folder / FOLDER / "files").mkdir()
    (folder / FOLDER / "files" / "fujian.pdf").symlink_to(folder.parent / "fujian.pdf")


def folder_instead(folder: Path) -> None:
    (folder / ONE).unlink()
    (folder / ONE).mkdir()


def renamed(change: tuple[str, str]) -> dict[str, str]:
    """Another disclosure that is the first but for one change."""
    return {path: text.replace(*change) for path, text in OTHER.items()}


TEXT = files_of("index.md\n01.md")[ONE]
ROWS = site_files()[f"{DISCLOSURE}index.html"]
TWO = ONE.replace("01", "02")
OPINION = "同意公开但隐去附件三"
OTHER = {
    path.replace(FOLDER, "reports/2024-b/"): str(text)
    for path, text in files_of("").items()
    if path.startswith(FOLDER) and text
}
APPROVED = changed(INDEX, ("批准: 党组,", f"批准: {OPINION},"))
A = cases_in("A_documents")


def required(*, approved: bool) -> Setup:
    """An approved disclosure or one that is not, on a site where it must be."""

    def run(root: Path) -> list[Finding]:
        folder = write_disclosure(root)
        (root / "mkdocs.yml").write_text("docs_dir: content\nplugins: [{rectify: {require_approval: true}}]\n")
        if approved:
            parts = ", ".join(written(fingerprints_of(read_folder(folder, "2024-a"), folder)))
            signed = changed(INDEX, ("日期: 2024-10-15}", f"日期: 2024-10-15, 指纹: [{parts}]}}"))
            (folder / INDEX).write_text(signed[INDEX], "utf-8")
        return check_content(folder, site=read_configuration(root / "mkdocs.yml")).findings

    return run


SETUPS: dict[str, Setup] = {
    "mkdocs.yml 里写明要求批准，“审批”里没有指纹": required(approved=False),
    "mkdocs.yml 里写明要求批准，通报用 rectify approve 批准过，以后没有改动": required(approved=True),
    "01.md 由记事本存成 GBK 编码": content({ONE: TEXT.encode("gbk")}),
    "01.md 存成 UTF-8 编码": content({ONE: TEXT.encode()}),
    "01.md 其实是一张改了名的图片": content({ONE: png()}),
    "01.md 是 Markdown 文本，图片放在 files/tu.png": content({f"{FOLDER}files/tu.png": png()}),
    "01.md 的大小是 0 字节": content({ONE: b""}),
    "01.md 写有字段区和正文，还没有内容的先不建文件": content({}),
    "01.md 里嵌了一张扫描图，有 6 MB": content({ONE: f"{TEXT}\n![原文](data:image/png;base64,{'A' * 6_000_000})\n"}),
    "01.md 只有文字，扫描图是 files/yuanwen.pdf": content({f"{FOLDER}files/yuanwen.pdf": pdf()}),
    "reports/2024-shuiwuju/files/fujian.pdf 是指向共享盘的符号链接": content({}, lead_out),
    "reports/2024-shuiwuju/files/fujian.pdf 是文件本身": content({f"{FOLDER}files/fujian.pdf": pdf()}),
    "01.md 存成“带 BOM 的 UTF-8”": content({ONE: b"\xef\xbb\xbf" + TEXT.encode()}),
    "01.md 存成“UTF-8”": content({ONE: TEXT.encode()}),
    "reports/2024-a 复制成 reports/2024-b，只改了文件夹名": content(OTHER),
    "reports/2024-b 有自己的标题、日期和文号": content(renamed(("整改情况", "整改进展情况"))),
    "两份通报的单位分别是“市档案馆”和“清川市档案馆”": content(renamed(("清川市水务局", "市水务局"))),
    "两份通报的单位都是“清川市档案馆”": content(renamed(("整改情况", "整改进展情况"))),
    "一段两万字的文字里有一千个 [": content({ONE: TEXT + "\n" + ("整改情况逐条核对" * 3 + "[") * 1000 + "\n"}),
    "一段两万字的文字里有几十个 [，或者分成了几段": content(
        {ONE: TEXT + ("\n" + ("逐条核对" * 90 + "[") * 30 + "\n") * 2}
    ),
    "转换工具在每个字之间加了空行，正文有四万段": content({ONE: TEXT + "\n" + "字\n\n" * 40_000}),
    "正文每个自然段之间空一行": content({ONE: TEXT + "\n" + "逐条核对。\n\n" * 40}),
    "files/ 里一个附件的名字是 GBK 编码的字节": content({f"{FOLDER}files/\udcb1\udced.txt": "甲"}),
    "files/台账.pdf": content({f"{FOLDER}files/台账.pdf": pdf()}),
    "文件夹里只有 index.md": content({ONE: None, TWO: None}),
    "文件夹里有 index.md 和 01.md": content({TWO: None}),
    "01.md 是一个文件夹": content({}, folder_instead),
    "01.md 是可以读取的文件": content({}),
    "列表嵌套了三十层": content({ONE: TEXT + "\n" + "\n".join("    " * n + "- 逐项核对。" for n in range(30)) + "\n"}),
    "列表嵌套两三层，再细的内容写成段落": content({ONE: TEXT + "\n- 逐项核对。\n    - 逐日核对。\n"}),
    "files/整改清单.docx 里留有修订：删除“拟于下月”": word("正文。", A.DELETED),
    "files/整改清单.docx 第3段有批注“这句再核实”": A.comments("这句再核实"),
    "files/说明.docx 里有设为“隐藏”的一段": word("正文。", A.HIDDEN),
    "待导入的文件，属性“作者”是一个人名": imported(word("正文。", author="王小川")),
    "待导入的文件，属性“作者”为空": imported(word("正文。")),
    "待导入的文件带有宏程序": imported(repacked(word(), {"word/vbaProject.bin": OLE})),
    "另存为不带宏的 .docx 再导入": imported(word()),
    "files/说明.docx 里的图片取自 https://tu.example/1.png": A.linked("https://tu.example/1.png", "image"),
    "待导入的文件里嵌有别的文件": imported(word("正文。", "<w:r><w:object/></w:r>")),
    "待导入的文件只有文字和表格": imported(word()),
    "files/说明.docx 里有 4 处格式修订": word(*[A.FORMAT] * 4),
    "files/整改清单.docx 的属性“作者”是一个人名": word(author="王小川"),
    "files/台账.xlsm 带有宏程序": repacked(sheet(), {"xl/vbaProject.bin": OLE}),
    "files/说明.docx 链接到 file:///D:/巡察/底稿.xlsx": A.linked("file:///D:/巡察/底稿.xlsx"),
    "files/报告.pdf 里夹带“底稿.xlsx”": pdf(lambda writer: writer.add_attachment("底稿.xlsx", sheet())),
    "files/说明.docx 的图表背后嵌有整张工作簿": repacked(
        word(), {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": sheet()}
    ),
    "files/清单.xlsx 里隐藏了工作表“底稿”": sheet(A.hide_sheet("hidden")),
    "files/清单.xlsx 里隐藏了“经办人”一列": sheet(A.hide_column),
    "files/现场.jpg 带有经纬度": jpeg(gps=True),
    "files/现场.jpg 写有相机所有者的姓名": jpeg(owner="王小川"),
    "files/报告.pdf 用编辑软件删过一段再保存": A.saved_again(1),
    "files/现场.jpg 裁剪过，缩略图仍是整张照片": jpeg_with(segment(0xE0, b"JFXX\x00\x10" + bytes(40))),
    "files/现场.jpg 的末尾拼接着一份压缩包": jpeg_with(rest=zipped({"底稿.txt": "底稿"})),
    "files/报告.pdf 用编辑软件删去了“经手人”一行，旧的一行还在文件里": changed_pdf("handled by Wang", ""),
    "content/drafts/guide.md 是还没有定稿的一页": content({"drafts/guide.md": "# 指南\n"}),
    "还没有定稿的一页是 drafts/guide.md，在 content/ 旁边": content({"../drafts/guide.md": "# 指南\n"}),
    "files/底稿.pdf 放在文件夹里，没有一处链接到它": content({f"{FOLDER}files/底稿.pdf": pdf()}),
    "files/报告.pdf 在正文里有链接": content(
        {f"{FOLDER}files/报告.pdf": pdf(), ONE: f"{TEXT}\n见[报告](files/报告.pdf)。\n"}
    ),
    "files/清单.xls（旧格式）": OLE,
    "files/报告.pdf 只有前一半": pdf()[: len(pdf()) // 2],
    "files/现场.jpg 其实是 PNG 图片": png(),
    "files/清单.xlsx 是 0 字节": b"",
    "files/通报.pdf.exe 是 Windows 程序": b"MZ\x90\x00" + bytes(60),
    "files/图册.jpg 有 80 MB": jpeg() + bytes(80_000_000),
    "files/报告.pdf 里只有一行文字": "只有一行文字".encode(),
    "登记了 02.md，网站里没有它的页面": site({f"{DISCLOSURE}02/index.html": None}),
    "每个问题都有页面": site({}),
    "数据写 2 个问题，页面列出 1 个": site({f"{DISCLOSURE}index.html": ROWS.replace('data-status="ongoing"', "")}),
    "数据、页面都是 2 个": site({}),
    "网站里留有已经移走的通报": site({"reports/2023-b/index.html": page()}),
    "网站里只有登记的通报": site({}),
    "审批人的意见出现在 data/problems.csv": site({"data/problems.csv": f"问题,{OPINION}\n"}, APPROVED),
    "审批人的意见只在 index.md 的“审批”里": site({}, APPROVED),
    "一个页面上有一百个打不开的链接": site(
        {"about/index.html": page("".join(f'<a href="../lost-{n}/">问题</a>\n' for n in range(100)))}
    ),
    "一个页面上有五十个打不开的链接": site(
        {"about/index.html": page("".join(f'<a href="../lost-{n}/">问题</a>\n' for n in range(50)))}
    ),
    '页面里多了一段 <script>，或者 <meta http-equiv="refresh">': site(
        {"about/index.html": page("<script>alert(1)</script>")}
    ),
    "只有主题的脚本": site({}),
    "网站里有 reports/2024-shuiwuju/.import.json": site({f"{DISCLOSURE}.import.json": "{}"}),
    "网站里只有页面、数据、样式和 files/ 里的附件": site({f"{DISCLOSURE}files/a.csv": "问题\n"}),
}
"""What cannot be written down as text, by the words that describe it on the page."""


def test_every_description_is_on_a_page():
    shown = {RULES[rule][side] for rule in SHOWN for side in ("bad", "good")}
    assert [text for text in SETUPS if text not in shown] == []


@pytest.mark.parametrize("rule", SHOWN)
def test_the_examples_of_a_rule_are_true(rule: str, tmp_path: Path):
    reported = {}
    for side in ("bad", "good"):
        (tmp_path / side).mkdir()
        reported[side] = {one.rule for one in case_of(rule, side, SETUPS).run(tmp_path / side)}
    assert rule in reported["bad"] and rule not in reported["good"]
    assert reported["bad"] - {rule} <= reported["good"] | BESIDE.get(rule, set()) | SHORT
