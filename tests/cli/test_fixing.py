"""`rectify check --fix` takes from attachments what they carry beside what they show, and keeps the originals."""

import base64
import json
import zipfile
from io import BytesIO

import pypdf
import pytest
from docx import Document

from helpers.attached import open_document, pdf, png, repacked, sheet, tiff, webp, word
from helpers.carriers import changed_pdf, gif, iptc, ofd, png_with, rtf, segment
from helpers.cases import DISCLOSURE, changed
from helpers.site import Site
from helpers.whole_pictures import dot_heic, dot_tiff
from rectify.checks.attachments.cleaning import cleaned

FOLDER = "reports/2024-a/files/"
TWO = "reports/2024-a/02.md"
PICTURE = (
    base64.b64decode(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////"
        "////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
    )
    + b"\xff\xd9"
)
"""A JPEG of one dot."""
TURNED = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"


def carrying(*segments: bytes, rest: bytes = b"") -> bytes:
    """PICTURE with segments behind its first and bytes behind its end."""
    return PICTURE[:20] + b"".join(segments) + PICTURE[20:] + rest


def exif(structure: bytes) -> bytes:
    return segment(0xE1, b"Exif\x00\x00" + structure)


SMALL = segment(0xE0, b"JFXX\x00\x10" + bytes(40))
EXIF = tiff("wangmou", gps=True)
OWNER = "王某"
PACKET = f"<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>{OWNER}</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>".encode()
CLEAN: dict[str, tuple[bytes, bytes]] = {
    "xianchang.jpg": (
        carrying(exif(tiff("wangmou", gps=True)), iptc(80, "王某"), segment(0xFE, b"note"), SMALL, rest=b"PK rest"),
        PICTURE,
    ),
    "wenzi.png": (png_with(b"tEXt", b"Author\x00wangmou") + b"rest", png()),
    "dongtu.gif": (gif("王某", b"rest"), gif()),
    "tupian.webp": (webp(tiff("wangmou")), webp()[:20] + b"\x00" + webp()[21:]),
    "saomiao.tif": (dot_tiff("wangmou", "王某"), dot_tiff()),
    "shouji.heic": (
        dot_heic(EXIF, PACKET),
        dot_heic(b"II*\x00\x08\x00\x00\x00".ljust(len(EXIF), b"\x00"), b" " * len(PACKET)),
    ),
    "guanli.rtf": (rtf("正文", f"{{\\info{{\\author {OWNER}}}}}") + b"rest", rtf("正文")),
}
"""A file with all that files of its form carry, and what is left of it."""
ABOUT = "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:Author>王某</ofd:Author></ofd:DocInfo></ofd:DocBody>"
SETTINGS = (
    '<office:settings SPACES xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><config:config-item-set>'
    '<config:config-item config:name="PrinterName">王某的打印机</config:config-item></config:config-item-set></office:settings>'
)
DOCUMENTS = {
    "shuoming.docx": repacked(
        word("管网巡检记录改为统一格式。", author="王某"), {"word/media/a.jpg": carrying(exif(tiff("wangmou")))}
    ),
    "qingdan.xlsx": sheet(author="王某"),
    "baogao.pdf": pdf(lambda writer: writer.add_metadata({"/Author": "wangmou"})),
    "gaiguo.pdf": changed_pdf("before", "after"),
    "banshi.ofd": ofd("正文", ABOUT),
    "kaifang.odt": open_document(
        "<text:p>正文</text:p>", parts={"settings.xml": SETTINGS, "Thumbnails/thumbnail.png": ""}
    ),
}


@pytest.fixture
def site(make_site) -> Site:
    names = [*CLEAN, *DOCUMENTS]
    links = "".join(f"\n- [看](files/{name})" for name in names)
    site = make_site({**DISCLOSURE, **changed(TWO, ("其余小区按计划移交。", f"其余小区按计划移交。\n{links}"))})
    for name in names:
        site.write(f"{FOLDER}{name}", CLEAN[name][0] if name in CLEAN else DOCUMENTS[name])
    return site


def held(site: Site, name: str) -> bytes:
    return (site.root / "content" / FOLDER / name).read_bytes()


def test_what_would_be_taken_is_shown_first(site: Site):
    out = site.rectify("check", "--fix", "--dry-run").out
    assert f"{FOLDER}xianchang.jpg: 去掉 图片记录了拍摄的位置" in out and "王某" in out
    assert all(f"{FOLDER}{name}: 去掉" in out for name in (*CLEAN, *DOCUMENTS))
    assert all(held(site, name) == data for name, data in DOCUMENTS.items()) and not (site.root / "originals").exists()


def test_it_is_taken_and_the_originals_are_kept(site: Site):
    assert site.rectify("check").exit == 1
    out = site.rectify("check", "--fix").ok().out
    assert f"{FOLDER}shuoming.docx: 原件在 originals/{FOLDER}shuoming.docx" in out
    for name, (before, after) in CLEAN.items():
        assert held(site, name) == after, name
        assert (site.root / "originals" / FOLDER / name).read_bytes() == before
    document = Document(BytesIO(held(site, "shuoming.docx")))
    assert [p.text for p in document.paragraphs] == [
        "管网巡检记录改为统一格式。"
    ] and not document.core_properties.author
    with zipfile.ZipFile(BytesIO(held(site, "shuoming.docx"))) as package:
        assert package.testzip() is None and package.read("word/media/a.jpg") == PICTURE
    for name, text in (("baogao.pdf", "Rectification report"), ("gaiguo.pdf", "after")):
        assert [page.extract_text() for page in pypdf.PdfReader(BytesIO(held(site, name))).pages] == [text]
    assert b"before" not in held(site, "gaiguo.pdf")
    for name, part, kept in (("banshi.ofd", "OFD.xml", "DocID"), ("kaifang.odt", "settings.xml", "config-item-set")):
        with zipfile.ZipFile(BytesIO(held(site, name))) as package:
            assert package.testzip() is None and kept in (text := package.read(part).decode()) and "王某" not in text
    assert "*" in (site.root / "originals" / ".gitignore").read_text("utf-8")
    assert "没有可以自动改正的写法" in site.rectify("check", "--fix").ok().out


def test_a_picture_stays_turned_as_it_was(site: Site):
    site.write(f"{FOLDER}xianchang.jpg", carrying(exif(TURNED), exif(tiff("wangmou"))))
    site.rectify("check", "--fix").ok()
    data = held(site, "xianchang.jpg")
    assert (
        b"wangmou" not in data and data.count(b"Exif\x00\x00") == 1 and b"\x12\x01\x03\x00\x01\x00\x00\x00\x06" in data
    )


def test_another_file_of_the_same_name_does_not_take_the_place_of_an_original(site: Site):
    site.rectify("check", "--fix").ok()
    second = word("又一份。", author="李某")
    site.write(f"{FOLDER}shuoming.docx", second)
    site.rectify("check", "--fix").ok()
    folder = site.root / "originals" / FOLDER
    assert (folder / "shuoming.docx").read_bytes() == DOCUMENTS["shuoming.docx"]
    assert (folder / "shuoming.2.docx").read_bytes() == second


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("qianming.docx", repacked(word(author="王某"), {"_xmlsignatures/sig1.xml": "<a/>"})),
        ("qianming.pdf", pdf(lambda writer: writer.add_metadata({"/Author": "wangmou"})) + b"/ByteRange"),
        ("sunhuai.jpg", carrying(exif(tiff("wangmou")))[:-60]),
        ("sunhuai.docx", word(author="王某")[:-300]),
        ("gaizhang.ofd", repacked(ofd("正文", ABOUT), {"Doc_0/Signs/Signatures.xml": "<a/>"})),
        ("wuye.tif", tiff("wangmou")),
        ("sunhuai.heic", dot_heic(EXIF)[:60] + EXIF),
        ("sunhuai.rtf", rtf("正文", "{\\info{\\author wangmou}}")[:-1]),
    ],
)
def test_what_is_signed_or_damaged_is_left_alone(name: str, data: bytes):
    assert cleaned(data, name.rpartition(".")[2]) is None


def test_what_could_not_be_taken_is_told_with_what_to_do(make_site):
    name = f"{FOLDER}gaizhang.ofd"
    site = make_site(DISCLOSURE)
    site.write(name, repacked(ofd("正文", ABOUT), {"Doc_0/Signs/Signatures.xml": "<a/>"}))
    out = site.rectify("check", "--fix").out
    assert f"{name}: 没有去掉 公开的文件在属性里写着“作者”：“王某”；" in out and "重新导出" in out
    assert not (site.root / "originals").exists()


BODY = f"""
# 总体情况
主要做法：
- 修订办法
- 组织培训

1、逐月抽查
2、通报结果，详见［附表］（files/Biao.pdf）。

科室\t人数
办公室\t3

![现场](data:image/png;base64,{base64.b64encode(png()).decode()})
<img src="files/dangan.png" alt="档案室" style="zoom:50%" />

<!-- 尺寸2*3*4，![](data:image/png;base64,AAAA) -->
尺寸为2*3*4米。
---
#3楼电梯已检修。
"""
MENDED = r"""
## 总体情况
主要做法：

- 修订办法
- 组织培训

1、逐月抽查

2、通报结果，详见[附表](files/biao.pdf)。

| 科室 | 人数 |
| --- | --- |
| 办公室 | 3 |

![现场](files/tu-XXXXXXXX.png)
![档案室](files/dangan.png)

<!-- 尺寸2*3*4，![](data:image/png;base64,AAAA) -->
尺寸为2\*3\*4米。

---
\#3楼电梯已检修。
"""


MENDABLE = {"S041", "S060", "S100", "S101", "S103", "S104", "S107", "S111", "S112"}


def test_a_pasted_body_is_mended(make_site):
    """Pictures become files, every other character stays, and nothing is left to mend."""
    site = make_site({**DISCLOSURE, **changed(TWO, ("\n其余小区按计划移交。\n", BODY))})
    for name, data in (("biao.pdf", pdf()), ("dangan.png", png())):
        site.write(f"{FOLDER}{name}", data)
    before = site.root / "content" / TWO
    text = before.read_text("utf-8")
    shown = site.rectify("check", "--fix", "--dry-run").out
    assert "粘贴的图片存为 files/tu-" in shown and "base64" not in shown.partition("以上")[0].replace("base64,AAAA", "")
    assert before.read_text("utf-8") == text
    site.rectify("check", "--fix")
    (picture,) = (site.root / "content" / FOLDER).glob("tu-*.png")
    assert picture.read_bytes() == png()
    assert before.read_text("utf-8") == text.replace(BODY, MENDED.replace("tu-XXXXXXXX.png", picture.name))
    findings = json.loads(site.rectify("check", "--format", "json").out)
    assert not {finding["rule"] for finding in findings if finding["file"].endswith(TWO)} & MENDABLE
    assert "没有可以自动改正" in site.rectify("check", "--fix", "--dry-run").out
