"""Pictures, files that are not what they seem, and what reading a document for import says of it."""

import os
import zlib
from pathlib import Path

from helpers.attached import OLE, heic, jpeg, pdf, png, repacked, sheet, tiff, webp, word, zipped
from helpers.carriers import changed_pdf, gif, jpeg_with, png_with, segment
from helpers.cases import DISCLOSURE, Case, changed, file_case, write_disclosure
from rectify.checks.attachments.attachment import attachment_findings
from rectify.checks.content import check_content
from rectify.core.finding import Finding
from rectify.intake.readers import read

XMP = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="30,15N"/><dc:creator><rdf:Seq><rdf:li>wangmou</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>'
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(32)


def published(rule: str, fires: bool, name: str, data: bytes, label: str = "", size: int = 0) -> Case:
    """A published file; `size` makes it longer than its data, without taking room on disk."""

    def run(folder: Path) -> list[Finding]:
        with (folder / name).open("wb") as file:
            file.write(data)
            file.truncate(max(size, len(data)))
        return attachment_findings(folder / name, f"reports/2024-a/files/{name}")

    return Case(rule, fires, run, label or name)


def _beside_content(folder: Path) -> list[Finding]:
    """What is found in a file of the theme, whose path leads out of the content folder."""
    (folder / "map.pdf").write_bytes(pdf())
    return attachment_findings(folder / "map.pdf", "../theme/assets/map.pdf")


def sized(fires: bool, name: str, size: int) -> Case:
    """A published file of some size, which takes no room on disk."""

    def run(folder: Path) -> list[Finding]:
        content = write_disclosure(folder, {**DISCLOSURE, f"reports/2024-a/files/{name}": ""})
        os.truncate(content / "reports/2024-a/files" / name, size)
        return check_content(content).findings

    return Case("A024", fires, run, f"{name} of {size}")


def imported(rule: str, fires: bool, name: str, data: bytes, label: str = "") -> Case:
    def run(folder: Path) -> list[Finding]:
        (folder / name).write_bytes(data)
        return read(folder / name)[1]

    return Case(rule, fires, run, f"import-{label or name}")


def with_picture(picture: bytes) -> bytes:
    return repacked(word(), {"word/media/image1.jpg": picture})


SMALL = segment(0xE0, b"JFXX\x00\x10" + bytes(40))
SMALL_OF_PHOTOSHOP = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x0c\x00\x00\x00\x00\x00\x04" + bytes(4))
XMP_IN_JPEG = b"http://ns.adobe.com/xap/1.0/\x00" + XMP

PICTURE = (
    '<w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r>'
)
OBJECT = "<w:r><w:object/></w:r>"

_TWO = "reports/2024-a/02.md"
LINKED = {
    "reports/2024-a/files/guize.txt": "规则",
    **changed(_TWO, ("其余小区按计划移交。", "其余小区按计划移交，见[规则](files/guize.txt)。")),
}
WITHDRAWN = {_TWO: LINKED[_TWO].replace("整改时限:", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n整改时限:")}
INSIDE = changed("reports/2024-a/index.md", ("文种:", "公开范围: 党内\n文种:"))

CASES = [
    imported("A004", True, "作者.docx", word("正文。", author="wangmou")),
    imported("A004", True, "作者.xlsx", sheet(author="wangmou")),
    imported("A004", True, "单位.docx", word("正文。", author="清川市水务局")),
    imported("A004", False, "空.docx", word("作者：清川市水务局")),
    imported("A004", False, "空.xlsx", sheet()),
    imported("A004", False, "空格.docx", word("正文。", author=" ")),
    imported("A005", True, "宏.docx", repacked(word(), {"word/vbaProject.bin": OLE})),
    imported("A005", True, "宏.xlsx", repacked(sheet(), {"xl/vbaProject.bin": OLE})),
    imported("A005", True, "别处的宏.docx", repacked(word(), {"customUI/vbaProject.bin": OLE})),
    imported("A005", False, "正文.docx", word("停用表格里的宏。")),
    imported("A005", False, "清单.xlsx", sheet()),
    imported("A005", False, "设置.docx", repacked(word(), {"word/vbaData.xml": "<a/>"})),
    imported("A007", True, "图.docx", word("正文。", PICTURE)),
    imported("A007", True, "对象.docx", word("正文。", OBJECT)),
    imported("A007", True, "图.xlsx", repacked(sheet(), {"xl/media/image1.png": png()})),
    imported("A007", False, "正文.docx", word("图片2张见附件。")),
    imported("A007", False, "清单.xlsx", sheet()),
    imported("A007", False, "表格.docx", word("<w:r><w:tab/><w:t>表格</w:t></w:r>")),
    published("A017", True, "现场.jpg", jpeg(gps=True)),
    published("A017", True, "现场.png", png(exif=tiff(gps=True))),
    published("A017", True, "现场.tif", tiff(gps=True)),
    published("A017", True, "现场.webp", webp(tiff(gps=True))),
    published("A017", True, "现场.heic", heic(tiff(gps=True))),
    published("A017", True, "连拍.heic", heic(tiff(gps=True), b"msf1"), "another brand of HEIF"),
    published("A017", True, "标签.jpg", jpeg_with(segment(0xE1, XMP_IN_JPEG))),
    published("A017", True, "说明.docx", with_picture(jpeg(gps=True)), "a picture inside a document"),
    published("A017", False, "现场.jpg", jpeg(description="N 30.25, E 120.15")),
    published("A017", False, "现场.png", png({"Title": "GPSLatitude"})),
    published("A017", False, "作者.webp", webp(tiff(artist="wangmou"))),
    published("A017", False, "作者.heic", heic(tiff(artist="wangmou"))),
    published("A017", False, "作者.tif", tiff(artist="wangmou")),
    published("A017", False, "说明.docx", with_picture(jpeg())),
    published("A018", True, "作者.jpg", jpeg(artist="wangmou")),
    published("A018", True, "所有者.jpg", jpeg(owner="wangmou")),
    published("A018", True, "序列号.tif", tiff(serial="SN00012345")),
    published("A018", True, "所有者.webp", webp(tiff(owner="wangmou"))),
    published("A018", True, "所有者.heic", heic(tiff(owner="wangmou"))),
    published("A018", False, "说明.webp", webp(tiff(description="author unknown"))),
    published("A018", False, "说明.heic", heic(tiff(gps=True))),
    published("A018", True, "作者.png", png({"Author": "王某"})),
    published("A018", True, "标签.jpg", jpeg_with(segment(0xE1, XMP_IN_JPEG))),
    published("A018", True, "说明.docx", with_picture(jpeg(owner="wangmou")), "a picture inside a document"),
    published("A018", False, "说明.jpg", jpeg(description="author unknown")),
    published("A018", False, "空格.jpg", jpeg(artist="   ")),
    published("A018", False, "软件.png", png({"Software": "screenshot", "Author": " "})),
    published("A018", False, "位置.jpg", jpeg(gps=True)),
    published("A021", True, "一半.pdf", pdf()[:200]),
    published("A021", True, "一半.docx", word()[:4000]),
    published("A021", True, "坏.xlsx", repacked(sheet(), {"xl/worksheets/sheet1.xml": "<worksheet><row>"})),
    published("A021", True, "无正文.docx", zipped({"[Content_Types].xml": "<Types/>"})),
    published("A021", True, "无正文.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"})),
    published("A021", True, "无页面.pdf", pdf(lambda writer: writer.remove_page(0))),
    Case("A021", True, lambda folder: attachment_findings(folder, "reports/2024-a/files"), "a folder"),
    published("A021", False, "清单.docx", sheet(), "a sheet named as a document"),
    published("A021", False, "材料.docx", zipped({"a.txt": "a"}), "an archive named as a document"),
    published("A021", False, "报告.pdf", pdf()),
    published("A021", False, "说明.docx", word()),
    published("A021", True, "材料.zip", zipped({"a": "b"})[:40]),
    published("A021", True, "空版式.ofd", zipped({"OFD.xml": "<a/>"})),
    published("A022", True, "报告.pdf", word()),
    published("A022", True, "现场.jpg", png()),
    published("A022", True, "清单.docx", sheet()),
    published(
        "A022", True, "清单.xls", b"<html><table><tr><td>1</td></tr></table></html>", "a web page named as a sheet"
    ),
    published("A022", True, "清单.docx", zipped({"a.txt": "a"}), "an archive named as a document"),
    published("A027", True, "报告.pdf", "只有一行文字".encode()),
    published("A027", True, "清单.docx", b"dummy"),
    published("A027", True, "现场.png", bytes(range(1, 200))),
    published("A027", False, "说明.txt", "只有一行文字".encode()),
    published("A027", False, "报告.pdf", pdf()),
    published("A027", False, "现场.jpg", png(), "another picture"),
    published("A022", False, "现场.JPEG", jpeg(), "another ending for the same"),
    published("A022", False, "说明.wps", word(), "WPS in its newer format"),
    published("A022", False, "说明.txt", b"BM 2024, %PDF is a format", "text that begins like a picture"),
    published("A022", False, "数据.geo", b"\x00\x01\x02\x03", "an ending that is not known"),
    published("A025", True, "材料.zip", zipped({"~$清单.docx": b"\x08wang"}), "in an archive"),
    published("A025", True, "清单.csv~", "问题".encode()),
    published("A025", True, ".清单.csv.swp", "问题".encode()),
    published("A025", True, "清单.csv.orig", "问题".encode()),
    published("A023", True, "空.xlsx", b""),
    published("A023", True, "空.pdf", bytes(500)),
    published("A023", True, "空.txt", b" \r\n\t\n"),
    published("A023", False, "短.txt", "无。".encode()),
    published("A023", False, "空表.xlsx", sheet(lambda book: book.active.delete_rows(1, 9))),
    published("A023", False, "空白页.pdf", pdf(text=""), "a page without text"),
    sized(True, "录像.mp4", 21_000_000),
    sized(True, "巨大.pdf", 200_000_000),
    sized(True, "图册.jpg", 20_100_000),
    sized(False, "图册.jpg", 1_000_000),
    sized(False, "录像.mp4", 20_000_000),
    sized(False, "报告.pdf", 5_000),
    published("A040", True, "通报.pdf.exe", b"MZ\x90\x00" + bytes(60)),
    published("A040", True, "通报.pdf", b"MZ\x90\x00" + bytes(60), "a program named as a document"),
    published("A040", True, "清单.bat", b"@echo off\r\n"),
    published("A040", True, "清单", b"#!/bin/sh\necho\n", "a script without an ending"),
    published("A040", True, "材料.zip", zipped({"填报.exe": "MZ"}), "in an archive"),
    published("A040", False, "通报.pdf", pdf()),
    published("A040", False, "说明.txt", "MZ型阀门已更换。".encode()),
    published("A040", False, "清单.docx", word()),
    published("A041", True, "通报.doc.pdf", pdf()),
    published("A041", True, "现场.jpg.png", png()),
    published("A041", True, "清单.xls.xlsx", sheet()),
    published("A041", False, "附件1.清单.pdf", pdf()),
    published("A041", False, "2024.10.18.pdf", pdf()),
    published("A041", False, "清单.PDF", pdf()),
    published("A041", False, "清单.pdf.pdf", pdf()),
    published("A041", False, "清单.txt.geo", b"\x00\x01"),
    published("A020", True, "长文.png", png_with(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * 70_000)), "cut"),
    published("A042", True, "con.pdf", pdf()),
    published("A042", True, "10:30会议.pdf", pdf()),
    published("A042", True, "为什么?.pdf", pdf()),
    published("A042", False, "通报\u202efdp.pdf", pdf(), "told as S009: a mark that turns the letters round"),
    published("A042", True, "清单.pdf ", pdf()),
    file_case(
        "A042", True, {"reports/2024-a/files/A.txt": "甲", "reports/2024-a/files/a.txt": "乙"}, "only case differs"
    ),
    file_case("A042", True, {"REPORTS/a.md": "# 甲\n"}, "beside the disclosures"),
    file_case("A042", True, {"a.md": "# 甲\n", "A/b.txt": "乙"}, "a folder like a page"),
    file_case("A042", True, {"Search/a.md": "# 甲\n"}, "a page like a generated one"),
    file_case("A042", False, {"Pictures/a.md": "# 甲\n", "Pictures/b.txt": "乙"}, "one folder"),
    published("A042", False, "2024年10月（终稿）.pdf", pdf()),
    published("A042", False, "contact.pdf", pdf()),
    Case("A042", False, _beside_content, "a file of the theme"),
    published("A042", False, "整改 清单.pdf", pdf()),
    published("A025", True, "~$清单.docx", b"\x08wang"),
    published("A025", True, "来信.eml", b"From: a"),
    published("A025", True, "清单.docx.bak", word()),
    published("A025", True, "Thumbs.db", OLE),
    published("A025", False, "清单~终稿.docx", word()),
    published("A025", False, "材料.zip", zipped({"清单.docx": word()}), "a document in an archive"),
    published("A025", False, "图.docx", repacked(word(), {"word/media/image1.tmp": b"a"}), "a part of a document"),
    published("A025", False, "tmp.txt", "临时党支部名单见公告。".encode()),
    published("A025", False, "bak-2024.pdf", pdf()),
    published("A026", True, "宣传片.mp4", MP4),
    published("A026", True, "录音.mp3", b"ID3\x04" + bytes(40)),
    published("A026", True, "录音.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20)),
    published("A026", False, "动图.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20)),
    published("A026", False, "照片.heic", b"\x00\x00\x00\x18ftypheic" + bytes(32)),
    published("A026", False, "音频说明.txt", "音频已由人工核听。".encode()),
    published("A028", True, "现场.jpg", jpeg_with(SMALL)),
    published("A028", True, "修图.jpg", jpeg_with(SMALL_OF_PHOTOSHOP)),
    published("A028", True, "目录.tif", tiff(thumbnail=True)),
    published("A028", True, "说明.docx", with_picture(jpeg_with(SMALL)), "a picture inside a document"),
    published("A028", False, "现场.jpg", jpeg(artist="wangmou")),
    published("A028", False, "头.jpg", jpeg_with(segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))),
    published("A028", False, "目录.tif", tiff(description="thumbnail")),
    published("A029", True, "现场.jpg", jpeg_with(rest=zipped({"a.txt": "a"}))),
    published("A029", True, "现场.png", png() + b"abc"),
    published("A029", True, "动图.gif", gif(rest=b"abc")),
    published("A029", True, "说明.docx", with_picture(jpeg_with(rest=b"abc")), "a picture inside a document"),
    published("A029", False, "补齐.jpg", jpeg_with(rest=bytes(500))),
    published("A029", False, "换行.png", png() + b"\r\n"),
    published("A029", False, "动图.gif", gif("not at the end")),
    published("A030", True, "旧版.pdf", changed_pdf("the old figure", "the new figure")),
    published("A030", True, "改三次.pdf", changed_pdf("one", "two").replace(b"two", b"six")),
    published("A030", True, "删去.pdf", changed_pdf("to be deleted", "")),
    published("A030", False, "报告.pdf", pdf()),
    published("A030", False, "盖章.pdf", changed_pdf("the same text", "the same text"), "only something was added"),
    published("A030", False, "结尾.pdf", pdf() + b"%%EOF", "two ends of one version"),
    file_case("A031", True, {"reports/2024-a/files/digao.txt": "底稿"}),
    file_case("A031", True, {"tu.png": png()}),
    file_case("A031", True, {**LINKED, **WITHDRAWN}, "withdrawn with its problem"),
    file_case("A031", True, {"style.css": "body { background: url(tu.png); }", "tu.png": png()}, "nobody's style"),
    file_case("A031", False, LINKED, "a link in a problem"),
    file_case("A031", False, {"reports/2024-a/files/digao.txt": "底稿", **INSIDE}, "of a disclosure that nobody sees"),
    file_case("A031", False, {"tu.png": png(), "about.md": "# 监督方式\n\n![图](tu.png)\n"}),
    file_case("A031", False, {"tu.png": png(), "about.md": '# 监督方式\n\n<img src="tu.png" alt="图">\n'}, "raw HTML"),
    file_case("A031", True, {"server.txt": "admin Passw0rd\n"}, "short, and no proof of anything"),
    file_case("A031", True, {"2024beizhu.txt": "see a\n"}, "likewise"),
    file_case("A031", False, {"Xk29LdQpZ7.txt": "9f86d081884c7d65\n"}, "proof of ownership"),
    file_case("A031", False, {"robots.txt": "User-agent: *\n", "favicon.ico": png()}),
]
