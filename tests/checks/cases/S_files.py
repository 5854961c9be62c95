"""Files as they lie on disk: encodings, sizes, names, links, attachments."""

import os
from collections.abc import Callable
from pathlib import Path

from helpers.cases import DISCLOSURE, Case, changed, file_case, text_case, write_disclosure
from rectify.checks.content import check_content
from rectify.core.finding import Finding

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
TEXT = DISCLOSURE[ONE]
LATIN = "---\ntitle: gaps in the ledger\nstatus: ongoing\n---\n\nentered again\n"


def arranged(arrange: Callable[[Path], object]) -> Callable[[Path], list[Finding]]:
    """Return a run that changes the content folder of the disclosure in its own way before the check."""

    def run(root: Path) -> list[Finding]:
        content = write_disclosure(root)
        arrange(content)
        return check_content(content).findings

    return run


def link(place: str, target: str, note: str = "note.md") -> Callable[[Path], list[Finding]]:
    """Return a run with a symbolic link in the content folder; `outside/` lies beside it, with a note in it."""

    def arrange(content: Path) -> None:
        outside = content.parent / "outside"
        outside.mkdir()
        (outside / note).write_text(TEXT, "utf-8")
        path = content / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return arranged(arrange)


def all_reports_outside(content: Path) -> None:
    (content / "reports/2024-a/\udcff.md").write_text(TEXT, "utf-8")
    (content / "reports").rename(content.parent / "r")
    (content / "reports").symlink_to(content.parent / "r")


def folder_in_place_of(place: str) -> Callable[[Path], list[Finding]]:
    def arrange(content: Path) -> None:
        (content / place).unlink()
        (content / place).mkdir()

    return arranged(arrange)


def pipe_in_place_of(place: str) -> Callable[[Path], list[Finding]]:
    def arrange(content: Path) -> None:
        (content / place).parent.mkdir(exist_ok=True)
        (content / place).unlink(missing_ok=True)
        os.mkfifo(content / place)

    return arranged(arrange)


def with_progress_file(name: str) -> str:
    return TEXT.replace("    内容: 新的巡检", f"    附件: [{name}]\n    内容: 新的巡检")


CASES: list[Case] = [
    file_case("S001", True, {ONE: TEXT.encode("gbk")}, "GBK"),
    file_case("S001", True, {TWO: TEXT.encode("utf-16")}, "UTF-16 with mark"),
    file_case("S001", True, {ONE: LATIN.encode("utf-16-le")}, "UTF-16 without mark"),
    file_case("S001", True, {"about.md": "# 监督方式\n\n来信请寄办公室。\n".encode("gb18030")}, "page in GB 18030"),
    file_case("S001", False, {ONE: TEXT.encode().replace("核对".encode(), b"\xe6\xa0")}, "UTF-8 that lost bytes"),
    file_case("S001", False, {ONE: TEXT.replace("\n", "\r\n").encode()}, "UTF-8 with CRLF"),
    file_case("S001", False, {ONE: TEXT.replace("核对", "核对𬭚䶮").encode()}, "rare characters in UTF-8"),
    file_case("S001", False, {"about.md": "plain ASCII\n"}, "ASCII"),
    file_case("S002", True, {ONE: bytes(range(128, 255)) * 5}, "bytes of a picture"),
    file_case("S002", True, {ONE: b"---\n\x00\n---\n" + b"body of the text\n" * 9}, "one zero byte"),
    file_case("S002", True, {"about.md": b"\x89PNG\r\n\x1a\n\xff\xd8\xff\xe0" + b"\xc3\x28" * 9}, "picture as a page"),
    file_case("S002", False, {ONE: TEXT.encode("gbk")}, "GBK is named as such"),
    file_case("S002", False, {ONE: TEXT.replace("核对", "核对②℃㎡").encode()}, "signs in UTF-8"),
    file_case("S002", False, {"reports/2024-a/files/plan.pdf": b"%PDF-1.4\n\xff\xfe\x00"}, "attachment"),
    file_case("S003", True, {ONE: ""}, "no byte"),
    file_case("S003", True, {TWO: " \n\n\t\n"}, "only blanks"),
    file_case("S003", True, {"about.md": b"\xef\xbb\xbf"}, "only a mark"),
    file_case("S003", False, {ONE: TEXT.rpartition("---\n")[0] + "---\n"}, "front matter without text"),
    file_case("S003", False, {"about.md": "无\n"}, "one character"),
    file_case("S003", False, {"reports/2024-a/files/empty.txt": ""}, "empty attachment"),
    file_case("S004", True, {ONE: TEXT + "字" * 666_700}, "long problem"),
    file_case("S004", True, {INDEX: DISCLOSURE[INDEX] + " " * 2_000_000}, "long disclosure"),
    file_case("S004", True, {"about.md": "# 监督\n" + "a" * 2_000_000}, "long page"),
    file_case("S004", False, {ONE: TEXT + "\n" + "核对台账。\n\n" * 300}, "ordinary length"),
    file_case(
        "S004", False, {"reports/2024-a/files/plan.pdf": b"%PDF-1.4\n" + b"0" * 2_000_100}, "attachments are not texts"
    ),
    file_case("S004", False, {ONE: TEXT + "a" * (2_000_000 - len(TEXT.encode()))}, "exactly the limit"),
    Case("S005", True, link(ONE, "../../../outside/note.md"), "problem"),
    Case("S005", True, link("about.md", "../outside/note.md"), "page"),
    Case("S005", True, link("reports/2024-b", "../../outside"), "report folder"),
    Case("S005", True, link("reports/2024-a/files", "../../../outside"), "folder of attachments"),
    Case("S005", True, link("reports/2024-a/files/a.md", "../../../../outside/note.md"), "attachment"),
    Case("S005", True, arranged(all_reports_outside), "all reports"),
    Case("S005", False, link("more.md", "about.md"), "page inside"),
    Case("S005", False, link("reports/2024-a/03.md", "02.md"), "problem inside"),
    Case("S005", False, link("reports/2024-a/files/a.md", "../../../about.md"), "attachment inside"),
    Case(
        "S005",
        False,
        arranged(
            lambda content: (
                (content / "reports").rename(content / "disclosures"),
                (content / "reports").symlink_to("disclosures"),
            )
        ),
        "all reports, inside",
    ),
    Case("S005", False, link("reports/2024-b", "2024-a"), "report folder inside"),
    file_case("S006", True, {ONE: b"\xef\xbb\xbf" + TEXT.encode()}, "problem"),
    file_case("S006", True, {INDEX: b"\xef\xbb\xbf" + DISCLOSURE[INDEX].encode()}, "disclosure"),
    file_case("S006", True, {"about.md": b"\xef\xbb\xbf# x\n"}, "page"),
    file_case("S006", False, {ONE: TEXT}, "none"),
    file_case("S006", False, {ONE: TEXT.encode("utf-16")}, "UTF-16 is an error of its own"),
    file_case("S006", False, {ONE: TEXT + "\ufeff"}, "inside the text"),
    Case("S007", True, folder_in_place_of(ONE), "folder named like a problem"),
    Case("S007", True, folder_in_place_of(INDEX), "folder named index.md"),
    Case("S007", True, link(ONE, "nowhere.md"), "link to nothing"),
    Case("S007", True, pipe_in_place_of(ONE), "pipe"),
    Case("S007", True, pipe_in_place_of("a.txt"), "pipe beside the pages"),
    Case("S007", True, pipe_in_place_of("reports/2024-a/files/a.pdf"), "pipe among the attachments"),
    Case("S007", True, link("reports/2024-a/files/a.pdf", "nowhere.pdf"), "attachment that is a link to nothing"),
    Case("S007", False, link("copy", "reports/2024-a"), "link to a folder"),
    Case("S007", False, link(ONE, "../../../outside/nowhere.md"), "link out of the folder"),
    file_case("S007", False, {ONE: None, TWO: None}, "no problem yet"),
    file_case("S007", False, {"reports/2024-a/files/01.md/a.txt": "甲"}, "folder among the attachments"),
    file_case("S030", True, {"reports/2024_A/index.md": DISCLOSURE[INDEX]}, "capital and underscore"),
    file_case("S030", True, {"reports/水务局/index.md": DISCLOSURE[INDEX]}, "Chinese"),
    file_case("S030", True, {"reports/2024 a/index.md": DISCLOSURE[INDEX]}, "blank"),
    file_case("S030", False, {"reports/2025-shuiwu-2/index.md": DISCLOSURE[INDEX]}, "letters, digits, hyphens"),
    file_case("S030", False, {"reports/.draft/index.md": "x\n"}, "hidden folder"),
    file_case("S030", False, {"reports/2024-a/files/整改 台账/清单.txt": "甲"}, "folder of attachments"),
    file_case("S031", True, {INDEX: None}, "problems alone"),
    file_case("S031", True, {"reports/2024-b/01.md": TEXT}, "second folder"),
    file_case("S031", True, {"reports/2024-b/Index.md": DISCLOSURE[INDEX]}, "capital letter"),
    file_case("S031", False, {ONE: None, TWO: None}, "no problem yet"),
    file_case("S031", False, {INDEX: ""}, "empty one is there"),
    file_case("S031", False, {"reports/.draft/01.md": TEXT}, "hidden folder"),
    file_case("S032", True, {"reports/2024-a/1.md": TEXT}, "one digit"),
    file_case("S032", True, {"reports/2024-a/台账.xlsx": b"PK"}, "workbook"),
    file_case("S032", True, {"reports/note.txt": "甲"}, "beside the folders"),
    file_case("S032", False, {"reports/2024-a/Thumbs.db": b"x", "reports/~$a.docx": b"x"}, "left by programs"),
    file_case("A025", True, {"reports/2024-a/~$台账.docx": b"x"}, "beside the texts"),
    file_case("A025", True, {"reports/desktop.ini": b"x"}, "beside the folders"),
    file_case("A025", False, {"reports/2024-a/台账.xlsx": b"PK", "reports/note.txt": "甲"}, "not left by a program"),
    file_case("S032", True, {"reports/2024-a/０３.md": TEXT}, "full-width digits"),
    file_case("S032", False, {"reports/2024-a/03.md": TEXT.replace("序号: 1", "序号: 3")}, "two digits"),
    file_case("S032", False, {"reports/2024-a/100.md": TEXT.replace("序号: 1", "序号: 3")}, "three digits"),
    file_case("S032", False, {"reports/2024-a/files/台账.xlsx": b"PK"}, "attachment"),
    file_case("S032", False, {INDEX: None, ONE: None, TWO: None}, "no reports"),
    file_case("S032", False, {"reports/2024-a/.01.md.swp": "x", "reports/.DS_Store": "x"}, "hidden files"),
    file_case("S033", True, {"about/index.md": "# 又一页\n"}, "page and folder"),
    file_case("S033", True, {"reports/2024-a/001.md": TEXT}, "01 and 001"),
    file_case("S033", True, {"README.md": "# 首页\n"}, "README beside index"),
    file_case(
        "S033", False, {"guide/index.md": "# 说明\n", "guide/about.md": "# 说明\n"}, "same name in another folder"
    ),
    file_case(
        "S033",
        False,
        {"reports/2024-b/index.md": DISCLOSURE[INDEX], "reports/2024-b/01.md": TEXT},
        "same number in another report",
    ),
    file_case("S033", False, {"guide.md": "# 说明\n", "guides/index.md": "# 说明\n"}, "names that begin alike"),
    file_case("S009", True, {"reports/2024-a/\udcb1\udced.txt": "甲"}, "file named in GBK"),
    file_case("S009", True, {"reports/2024-a/\udcff.md": TEXT}, "problem with a byte that is in no name"),
    file_case("S009", True, {"\udcb1\udced.md": "# 表\n"}, "page named in GBK"),
    file_case("S009", True, {"reports/2024-a/files/台账\u202efdp.txt": "甲"}, "attachment whose end is turned around"),
    file_case("S009", True, {"shuo\u200bming.md": "# 表\n", "表\n2.md": "# 表\n"}, "pages with signs nobody sees"),
    file_case("S009", False, {"reports/2024-a/files/台账.txt": "甲"}, "attachment in Chinese"),
    file_case("S009", False, {"tables.md": "# 表\n"}, "page in English"),
    Case("S009", False, link("reports/2024-b", "../../outside", "\udcff.md"), "what lies outside"),
    Case("S009", False, arranged(all_reports_outside), "all reports, outside"),
    file_case("S009", False, {"表\U00020000.md": "# 表\n"}, "rare character"),
    file_case("S045", True, {"search.md": "# 检索\n"}, "page where the search is"),
    file_case("S045", True, {"releases/index.md": "# 公开记录\n"}, "page that publications have"),
    file_case("S045", True, {"manifest.json": "{}"}, "file that publications have"),
    file_case("S045", False, {"searching.md": "# 检索办法\n"}, "name that begins alike"),
    file_case("S045", False, {"guide/search.md": "# 检索办法\n"}, "in another folder"),
    file_case("S045", False, {"assets/shuoming.txt": "甲"}, "beside the theme's files"),
    file_case("S035", True, {ONE: with_progress_file("files/guifan.pdf")}, "missing"),
    file_case(
        "S035",
        True,
        {ONE: with_progress_file("files/Guifan.txt"), "reports/2024-a/files/guifan.txt": "甲"},
        "capital letter",
    ),
    file_case(
        "S035",
        True,
        {ONE: with_progress_file("files/guifan.txt"), "reports/2024-b/files/guifan.txt": "甲"},
        "of another report",
    ),
    file_case(
        "S035", False, {ONE: with_progress_file("files/guifan.txt"), "reports/2024-a/files/guifan.txt": "甲"}, "there"
    ),
    file_case(
        "S035",
        False,
        {ONE: with_progress_file("files/a/规范.txt"), "reports/2024-a/files/a/规范.txt": "甲"},
        "there, in a folder",
    ),
    text_case("S035", False, "规范文本可在办公室查阅，不在网上提供。"),
    file_case("S036", True, {ONE: with_progress_file("guifan.pdf")}, "no folder"),
    file_case("S036", True, {ONE: with_progress_file("files/../01.md")}, "leads out"),
    file_case("S036", True, {ONE: with_progress_file(r"files\\guifan.pdf")}, "backslash"),
    file_case("S036", True, {ONE: with_progress_file("files")}, "the folder itself"),
    file_case(
        "S036", False, {ONE: with_progress_file("files/guifan.txt"), "reports/2024-a/files/guifan.txt": "甲"}, "inside"
    ),
    file_case(
        "S036",
        False,
        {ONE: with_progress_file("files/a..b.txt"), "reports/2024-a/files/a..b.txt": "甲"},
        "two dots in a name",
    ),
    file_case("S036", False, {ONE: with_progress_file("files/none.pdf")}, "inside but missing"),
    file_case("S044", True, {"reports/2024-a/files/page.html": "<p>"}, "html"),
    file_case("S044", True, {"reports/2024-a/files/图.SVG": "<svg/>"}, "capital letters"),
    file_case("S044", True, {"reports/2024-a/files/a/run.js": "1"}, "script in a folder"),
    file_case(
        "S044",
        True,
        {"tu.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>"},
        "drawing with a script beside the pages",
    ),
    file_case("S044", True, {"more.html": "<p>甲</p>"}, "page beside the pages"),
    file_case(
        "S044",
        False,
        {"tu.svg": "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"},
        "drawing beside the pages",
    ),
    file_case("S044", True, {"_redirects": "/* https://elsewhere.example 301\n"}, "order for a server"),
    file_case("S044", True, {"xiazai/CNAME": "elsewhere.example\n"}, "other name of the site"),
    file_case("S044", False, {"verify_a1b2.html": "a1b2c3d4"}, "word by which a search engine knows the owner"),
    file_case("S044", False, {"reports/2024-a/files/说明.txt": "见 page.html"}, "text"),
    file_case("S044", False, {"reports/2024-a/files/page.html.txt": "甲"}, "ending before the ending"),
    file_case("S044", False, {"reports/2024-a/files/表.csv": "甲,乙\n"}, "table"),
    file_case("S058", True, {ONE: None}, "the first is missing"),
    file_case("S058", True, {"reports/2024-a/04.md": TEXT.replace("序号: 1", "序号: 3")}, "the third is missing"),
    file_case("S058", True, {"reports/2024-a/12.md": TEXT.replace("序号: 1", "序号: 3")}, "many are missing"),
    file_case("S058", False, {TWO: None}, "the last is missing"),
    file_case("S058", False, {ONE: "没有字段区的草稿\n"}, "there but not readable"),
    file_case(
        "S058",
        False,
        changed(ONE, ("---\n\n巡检", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n---\n\n巡检")),
        "withdrawn, file kept",
    ),
    file_case(
        "S058",
        False,
        {"reports/2024-a/03.md": TEXT.replace("序号: 1", "序号: 9")},
        "printed numbers are another matter",
    ),
    file_case("S063", True, {"guide.md": "---\ndraft: true\n---\n\n# 指南\n"}),
    file_case("S063", True, {"guide.md": "---\n草稿: 是\n---\n\n# 指南\n"}, "in Chinese"),
    file_case("S063", True, {"drafts/guide.md": "# 指南\n"}),
    file_case("S063", True, {"zhinan/草稿/guide.markdown": "# 指南\n"}),
    file_case("S063", False, {"guide.md": "---\ndraft: false\n---\n\n# 指南\n"}),
    file_case("S063", False, {"drafts.md": "# 征集意见\n\ndraft: true\n"}),
    file_case("S063", False, {"../drafts/guide.md": "# 指南\n"}, "beside the content"),
]
