"""One private number in every place of a published file that its pages do not show; all made here, as bytes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pypdf
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    TextStringObject,
)

from helpers.attached import OLE, heic, jpeg, open_document, pdf, png, repacked, sheet, slides, tiff, webp, word, zipped

NUMBER = "13700005678"
SAID = f"经手人{NUMBER}"
_SETTINGS = "<w:settings xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{}</w:settings>"
_DRAWING = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    f'<property pid="2" name="经手人"><vt:lpwstr>{NUMBER}</vt:lpwstr></property></Properties>'
)
_XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:description>{SAID}</dc:description></x:xmpmeta>'.encode()


_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_SPLIT = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (NUMBER[:3], NUMBER[3:7], NUMBER[7:]))
_SYMBOLS = "".join(f"<w:sym w:char='F0{ord(figure):02X}'/>" for figure in NUMBER)
_QUOTED = "".join(f"={byte:02X}" for byte in SAID.encode())


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg_with(*segments: bytes, rest: bytes = b"") -> bytes:
    """A JPEG with segments before its end and bytes behind it."""
    return jpeg()[:-2] + b"".join(segments) + b"\xff\xd9" + rest


def png_with(kind: bytes, body: bytes) -> bytes:
    """A PNG with a chunk before its picture."""
    data = png()
    at = data.index(b"IDAT") - 4
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:at] + chunk + data[at:]


def gif(comment: str = "", rest: bytes = b"") -> bytes:
    """A GIF of one dot."""
    text = comment.encode()
    said = b"\x21\xfe" + bytes([len(text)]) + text + b"\x00" if text else b""
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    return head + said + b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b" + rest


def gif_with_xmp(text: str) -> bytes:
    """A GIF with an XMP packet, which lies there as it is: whoever takes it for blocks loses the character that stands for a length."""
    start = b"<x:xmpmeta><a>"
    packet = start + b" " * (1 + ord("<") - len(start) - len(text) // 2) + text.encode() + b"</a></x:xmpmeta>"
    data = gif()
    at = data.index(b"\x2c")
    leads_out = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    return data[:at] + b"\x21\xff\x0bXMP DataXMP" + packet + leads_out + data[at:]


def iptc(dataset: int, text: str) -> bytes:
    """Photoshop's segment of a JPEG with one dataset of IPTC."""
    data = b"\x1c\x02" + bytes([dataset]) + struct.pack(">H", len(text.encode())) + text.encode()
    return segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data)


def _validated(book: openpyxl.Workbook) -> None:
    validation = DataValidation(type="list", formula1=f'"{SAID},其他"')
    book.active.add_data_validation(validation)
    validation.add("B5")


def _named(book: openpyxl.Workbook) -> None:
    book.defined_names["经手"] = DefinedName("经手", attr_text=f'"{NUMBER}"')


def _headed(book: openpyxl.Workbook) -> None:
    book.active.oddHeader.center.text = SAID


def _computed(book: openpyxl.Workbook) -> None:
    book.active["D1"] = f'=IF(A1=1,"{SAID}","")'


def _linked(book: openpyxl.Workbook) -> None:
    book.active["D1"] = "看"
    book.active["D1"].hyperlink = f"tel:{NUMBER}"


def _titled(book: openpyxl.Workbook) -> None:
    book.active.title = SAID


def _marked(writer: pypdf.PdfWriter) -> None:
    writer.add_outline_item(title=SAID, page_number=0)


def _leading(writer: pypdf.PdfWriter) -> None:
    link = Link(rect=(0, 0, 9, 9), url=f"tel:{NUMBER}")
    writer.add_annotation(page_number=0, annotation=link)


def _filled(writer: pypdf.PdfWriter) -> None:
    field = DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/V"): TextStringObject(SAID)})
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer._root_object[NameObject("/AcroForm")] = form


def _described(writer: pypdf.PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(_XMP)
    stream[NameObject("/Type")] = NameObject("/Metadata")
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)


def aimed() -> bytes:
    """A PDF with a destination whose name has the number in three parts, so that nothing but its words shows that somebody gave it."""
    return pdf(_aimed)


def _aimed(writer: pypdf.PdfWriter) -> None:
    place = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
    name = NameObject(f"/经手人{NUMBER[:3]}-{NUMBER[3:7]}-{NUMBER[7:]}")
    writer._root_object[NameObject("/Dests")] = DictionaryObject({name: place})


def _aimed_in_a_tree(writer: pypdf.PdfWriter) -> None:
    place = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject(SAID), place])})
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/Dests"): names})


def placed(order: int = 1) -> bytes:
    """A PDF that places the figures of the number one by one, from the left or from the right."""

    def edit(writer: pypdf.PdfWriter) -> None:
        figures = list(enumerate(NUMBER))[::order]
        stream = DecodedStreamObject()
        stream.set_data("".join(f"BT /F1 12 Tf {20 + 7 * i} 200 Td ({c}) Tj ET " for i, c in figures).encode())
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return pdf(edit)


def changed_pdf(before: str, after: str) -> bytes:
    """A PDF whose one line was changed by adding to the file (ISO 32000-1, 7.5.6)."""
    data = pdf(text=before)
    reader = pypdf.PdfReader(BytesIO(data))
    number = reader.pages[0].raw_get("/Contents").idnum
    text = f"BT /F1 12 Tf 20 200 Td ({after}) Tj ET"
    added = f"{number} 0 obj\n<</Length {len(text)}>>\nstream\n{text}\nendstream\nendobj\n"
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    size, root = reader.trailer["/Size"], reader.trailer.raw_get("/Root").idnum
    table = f"xref\n{number} 1\n{len(data):010d} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {start}>>\n"
    return data + f"{added}{table}startxref\n{len(data) + len(added)}\n%%EOF\n".encode()


def ofd(text: str, information: str = "") -> bytes:
    """An OFD file of one page (GB/T 33190-2016)."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    page = f"<ofd:Page {space}><ofd:Content><ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject></ofd:Content></ofd:Page>"
    return zipped({"OFD.xml": f"<ofd:OFD {space}>{information}</ofd:OFD>", "Doc_0/Pages/Page_0/Content.xml": page})


def rtf(text: str, beside: str = "") -> bytes:
    """An RTF file as Word writes it, with a group beside its text."""
    code = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("gb18030"))
    return f"{{\\rtf1\\ansi\\ansicpg936 {beside}{code}\\par}}".encode("gb18030")


def beside_members(
    data: bytes, *, comment: bytes = b"", extra: bytes = b"", gap: bytes = b"", behind: bytes = b""
) -> bytes:
    """An office document with bytes in its zip file that belong to none of its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = comment
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.extra = struct.pack("<HH", 0x9999, len(extra)) + extra if extra else b""
            new.writestr(info, old.read(name))
    made = out.getvalue()
    end = made.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", made, end + 16)[0]
    last = made[end : end + 16] + struct.pack("<I", start + len(gap)) + made[end + 20 :]
    return made[:start] + gap + made[start:end] + last + behind


def _stream(data: bytes, **entries: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    for key, value in entries.items():
        stream[NameObject(f"/{key}")] = NameObject(f"/{value}")
    return stream


def _xfa(writer: pypdf.PdfWriter) -> None:
    data = _stream(f"<datasets><a>{SAID}</a></datasets>".encode())
    form = DictionaryObject({NameObject("/XFA"): ArrayObject([TextStringObject("datasets"), writer._add_object(data)])})
    writer._root_object[NameObject("/AcroForm")] = form


def _photographed(writer: pypdf.PdfWriter) -> None:
    picture = EncodedStreamObject()
    picture._data = jpeg(description=SAID)
    for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        picture[NameObject(key)] = NameObject(value)
    writer._root_object[NameObject("/Any")] = writer._add_object(picture)


def _kept(writer: pypdf.PdfWriter) -> None:
    writer._root_object[NameObject("/PieceInfo")] = writer._add_object(_stream(SAID.encode()))


def _left_inside(writer: pypdf.PdfWriter) -> None:
    writer._add_object(_stream(repacked(word(), {"a.txt": SAID}), Type="EmbeddedFile"))


def _spoken(writer: pypdf.PdfWriter) -> None:
    code = SAID.encode("utf-16-be").hex()
    shown = f"/Span <</ActualText <FEFF{code}>>> BDC BT /F1 12 Tf 20 200 Td (Report) Tj ET EMC"
    writer.pages[0][NameObject("/Contents")] = writer._add_object(_stream(shown.encode()))


def _stamped(writer: pypdf.PdfWriter) -> None:
    look = _stream(f"BT /F1 9 Tf 1 1 Td ({NUMBER}) Tj ET".encode(), Type="XObject", Subtype="Form")
    look[NameObject("/Resources")] = writer.pages[0]["/Resources"]
    stamp = DictionaryObject({NameObject("/Subtype"): NameObject("/Stamp")})
    stamp[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(stamp)])


def _unlisted(data: bytes) -> bytes:
    """A PDF with an object that its list of objects does not have."""
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    added = f"99 0 obj\n<</Note ({NUMBER})>>\nendobj\n".encode()
    table = data[start:].replace(f"startxref\n{start}".encode(), f"startxref\n{start + len(added)}".encode())
    return data[:start] + added + table


def _noted(writer: pypdf.PdfWriter) -> None:
    shown = f"/Artifact <</Note ({NUMBER})>> BDC BT /F1 12 Tf 20 200 Td (Report) Tj ET EMC"
    writer.pages[0][NameObject("/Contents")] = writer._add_object(_stream(shown.encode()))


def _nested(writer: pypdf.PdfWriter) -> None:
    shown = f"/Artifact <</Note (a (b {NUMBER}) c)>> BDC BT /F1 12 Tf 20 200 Td (Report) Tj ET EMC"
    writer.pages[0][NameObject("/Contents")] = writer._add_object(_stream(shown.encode()))


def _left_over(writer: pypdf.PdfWriter) -> None:
    drawn = _stream(f"BT /F1 9 Tf 1 1 Td ({NUMBER}) Tj ET".encode(), Type="XObject", Subtype="Form")
    writer._root_object[NameObject("/Any")] = writer._add_object(drawn)


def _coded(data: bytes, *filters: str) -> Callable[[pypdf.PdfWriter], None]:
    """Leave a stream in the file that is written with these filters."""

    def edit(writer: pypdf.PdfWriter) -> None:
        stream = EncodedStreamObject()
        stream._data = data
        stream[NameObject("/Filter")] = ArrayObject(NameObject(f"/{name}") for name in filters)
        writer._root_object[NameObject("/Any")] = writer._add_object(stream)

    return edit


def _tiff_of(*entries: tuple[int, int, bytes], gap: bytes = b"") -> bytes:
    """A TIFF with one directory: number, kind and value of each entry, all of several bytes, and bytes that no entry names."""
    start = 8 + len(gap)
    at, rows, values = start + 2 + 12 * len(entries) + 4, b"", b""
    for number, kind, value in entries:
        rows += struct.pack("<HHII", number, kind, len(value) // {2: 1, 3: 2, 7: 1}[kind], at + len(values))
        values += value
    return b"II*\0" + struct.pack("<I", start) + gap + struct.pack("<H", len(entries)) + rows + bytes(4) + values


def _webp_with(kind: bytes, body: bytes) -> bytes:
    body += b"\0" * (len(body) % 2)
    data = webp()[8:] + kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(data)) + data


def scanned(writer: pypdf.PdfWriter) -> None:
    """Make the page a picture without text."""
    picture = DecodedStreamObject()
    picture.set_data(b"\x00")
    for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image")):
        picture[NameObject(key)] = NameObject(value)
    things = DictionaryObject({NameObject("/Im1"): writer._add_object(picture)})
    page = writer.pages[0]
    page["/Resources"][NameObject("/XObject")] = things
    stream = DecodedStreamObject()
    stream.set_data(b"/Im1 Do")
    page[NameObject("/Contents")] = writer._add_object(stream)


CARRIERS: dict[str, tuple[bytes, str]] = {
    "属性.docx": (
        repacked(
            word(),
            {"docProps/custom.xml": _CUSTOM},
            {"_rels/.rels": (("custom-properties", "docProps/custom.xml", 0),)},
        ),
        "文件属性",
    ),
    "替代文字.docx": (
        word(f'<w:r><w:drawing><wp:inline {_DRAWING}><wp:docPr id="1" descr="{SAID}"/></wp:inline></w:drawing></w:r>'),
        "替代文字",
    ),
    "域.docx": (word(f"<w:r><w:instrText> QUOTE {SAID} </w:instrText></w:r>"), "域代码"),
    "控件.docx": (word(f'<w:sdt><w:sdtPr><w:tag w:val="{NUMBER}"/></w:sdtPr></w:sdt>'), "内容控件"),
    "书签.docx": (word(f'<w:bookmarkStart w:id="1" w:name="经手人_{NUMBER}"/>'), "书签"),
    "变量.docx": (
        repacked(word(), {"word/settings.xml": _SETTINGS.format(f'<w:docVars><w:docVar w:val="{SAID}"/></w:docVars>')}),
        "文档变量",
    ),
    "数据.docx": (repacked(word(), {"customXml/item1.xml": f"<a><b>{SAID}</b></a>"}), "customXml/item1.xml"),
    "坏数据.docx": (repacked(word(), {"customXml/item1.xml": f"<a><br>{SAID}</a>"}), "customXml/item1.xml"),
    "链接.docx": (
        repacked(word(), {}, {"word/_rels/document.xml.rels": (("hyperlink", f"tel:{NUMBER}", True),)}),
        "链接",
    ),
    "图.docx": (repacked(word(), {"word/media/image1.png": png_with(b"tEXt", SAID.encode())}), "图片的属性"),
    "墨迹.docx": (repacked(word(), {"word/media/image1.emf": SAID.encode("utf-16-le")}), "emf"),
    "表名.xlsx": (sheet(_titled), "工作表名称"),
    "名称.xlsx": (sheet(_named), "定义的名称"),
    "公式.xlsx": (sheet(_computed), "公式"),
    "页眉.xlsx": (sheet(_headed), "页眉页脚"),
    "验证.xlsx": (sheet(_validated), "数据有效性"),
    "链接.xlsx": (sheet(_linked), "链接"),
    "旧字.xlsx": (
        repacked(
            sheet(),
            {
                "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                + "<si><t>序号</t></si>" * 6
                + f"<si><t>{SAID}</t></si></sst>"
            },
            {"xl/_rels/workbook.xml.rels": (("sharedStrings", "sharedStrings.xml", False),)},
        ),
        "没有单元格用到的文字",
    ),
    "母版.pptx": (
        repacked(slides(), {"ppt/slideMasters/slideMaster1.xml": f"<p><t>{SAID}</t></p>"}),
        "ppt/slideMasters",
    ),
    "属性.odt": (
        open_document(
            "<text:p>正文</text:p>",
            parts={
                "meta.xml": f'<office:document-meta SPACES><meta:user-defined meta:name="经手人">{NUMBER}'
                "</meta:user-defined></office:document-meta>"
            },
        ),
        "文件属性",
    ),
    "表名.ods": (open_document(f'<table:table table:name="{SAID}"/>', "spreadsheet"), "表格名称"),
    "说明.jpg": (jpeg(description=SAID), "图片的属性"),
    "注释.jpg": (jpeg_with(segment(0xFE, SAID.encode("gb18030"))), "图片的属性"),
    "编目.jpg": (jpeg_with(iptc(120, SAID)), "图片的属性"),
    "标签.jpg": (jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + _XMP)), "图片的属性"),
    "别家.jpg": (jpeg_with(segment(0xE5, b"\x01\x02" + SAID.encode("utf-16-be"))), "图片的属性"),
    "尾部.jpg": (jpeg_with(rest=SAID.encode()), "图片末尾之后"),
    "文字.png": (png({"Comment": SAID}), "图片的属性"),
    "压缩.png": (png_with(b"zTXt", b"Comment\x00\x00" + zlib.compress(SAID.encode())), "图片的属性"),
    "国际.png": (png_with(b"iTXt", b"Comment\x00\x00\x00\x00\x00" + SAID.encode()), "图片的属性"),
    "转来.png": (
        png_with(b"tEXt", b"Raw profile type xmp\x00\nxmp\n 9\n" + _XMP.hex().encode()),
        "图片的属性",
    ),
    "私有.png": (png_with(b"prVt", SAID.encode()), "图片的属性"),
    "尾部.png": (png() + SAID.encode(), "图片末尾之后"),
    "注释.gif": (gif(SAID), "图片的属性"),
    "数据包.gif": (gif_with_xmp(NUMBER), "图片的属性"),
    "尾部.gif": (gif(rest=SAID.encode()), "图片末尾之后"),
    "说明.tif": (tiff(description=SAID), "图片的属性"),
    "说明.webp": (webp(tiff(description=SAID)), "图片的属性"),
    "尾部.webp": (webp() + SAID.encode(), "图片末尾之后"),
    "尾部.bmp": (b"BM" + struct.pack("<I", 58) + bytes(52) + SAID.encode(), "图片末尾之后"),
    "属性.pdf": (pdf(lambda writer: writer.add_metadata({"/Contact": SAID})), "文件属性"),
    "标签.pdf": (pdf(_described), "文件属性"),
    "目的地树.pdf": (pdf(_aimed_in_a_tree), "Names"),
    "书签.pdf": (pdf(_marked), "书签"),
    "链接.pdf": (pdf(_leading), "链接"),
    "表单.pdf": (pdf(_filled), "表单"),
    "域.rtf": (rtf("正文", f"{{\\*\\fldinst QUOTE {SAID}}}"), "域代码"),
    "属性.rtf": (rtf("正文", f"{{\\info{{\\doccomm {SAID}}}}}"), "文件属性"),
    "属性.ofd": (ofd("正文", f"<ofd:CustomData>{SAID}</ofd:CustomData>"), "OFD.xml"),
    "名单.zip": (zipped({f"{SAID}.txt": "a"}), "压缩包里的文件名"),
    "材料.zip": (
        zipped({"图.docx": repacked(word(), {"word/media/a.png": png_with(b"tEXt", SAID.encode())})}),
        "图片的属性",
    ),
    "旧.doc": (OLE + SAID.encode("utf-16-le"), "文件内部"),
    "旧版.pdf": (changed_pdf(f"mobile {NUMBER}", "mobile removed"), "之前的版本"),
    f"{SAID}.csv": (b"a,b\n", "文件名"),
    "替代.docx": (
        word(f"<mc:AlternateContent {_MC}><mc:Choice/><mc:Fallback>{_SPLIT}</mc:Fallback></mc:AlternateContent>"),
        "word/",
    ),
    "数学.docx": (word(f'<m:oMath xmlns:m="urn:m">{_SPLIT.replace("w:", "m:")}</m:oMath>'), "word/"),
    "域码.docx": (word(_SPLIT.replace("w:t>", "w:instrText>")), "域代码"),
    "删去.docx": (word(f"<w:del>{_SPLIT.replace('w:t>', 'w:delText>')}</w:del>"), "word/"),
    "符号.docx": (word(f"<w:r>{_SYMBOLS}</w:r>"), ""),
    "片段.docx": (repacked(word(), {"word/a.mht": f"Content-Transfer-Encoding: quoted-printable\n\n{_QUOTED}"}), "mht"),
    "注释.docx": (repacked(word(), {"customXml/item1.xml": f"<a><!-- {SAID} --></a>"}), "customXml/item1.xml"),
    "画.xlsx": (
        repacked(sheet(), {"xl/drawings/a.vml": f"<xml><b>{NUMBER[:7]}</b><i>{NUMBER[7:]}</i><br></xml>"}),
        "xl/",
    ),
    "读音.xlsx": (repacked(sheet(), {"xl/sharedStrings.xml": f"<sst><si><rPh><t>{SAID}</t></rPh></si></sst>"}), "xl/"),
    "备注.docx": (beside_members(word(), comment=SAID.encode()), "文件内部"),
    "字段.docx": (beside_members(word(), extra=SAID.encode()), "文件内部"),
    "夹缝.docx": (beside_members(word(), gap=SAID.encode()), "文件内部"),
    "末尾.zip": (beside_members(zipped({"a.txt": "a"}), behind=SAID.encode()), "文件内部"),
    "拆开.json": (f'{{"经手人电话": ["{NUMBER[:3]}", "{NUMBER[3:7]}", "{NUMBER[7:]}"]}}'.encode(), ""),
    "表单数据.pdf": (pdf(_xfa), "stream"),
    "照片.pdf": (pdf(_photographed), "图片的属性"),
    "私存.pdf": (pdf(_kept), "stream"),
    "代读.pdf": (pdf(_spoken), "替代文字"),
    "图章.pdf": (pdf(_stamped), ""),
    "注释.pdf": (pdf().replace(b"\n1 0 obj", f"\n%{SAID}\n1 0 obj".encode(), 1), "注释"),
    "前后.pdf": (SAID.encode() + b"\n" + pdf(), "head"),
    "目录外.pdf": (_unlisted(pdf()), "不在目录里的对象"),
    "对象.rtf": (rtf("正文", f"{{\\*\\objdata 0105{SAID.encode().hex()}}}"), "object"),
    "图.rtf": (rtf("正文", f"{{\\pict\\jpegblip {jpeg(description=SAID).hex()}}}"), "图片的属性"),
    "色彩.jpg": (jpeg_with(segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + SAID.encode())), "图片的属性"),
    "开头.jpg": (jpeg_with(segment(0xE0, b"JFIF\x00\x01\x01" + bytes(7) + SAID.encode())), "图片的属性"),
    "夹缝.jpg": (jpeg()[:-2] + SAID.encode() + b"\xff\xd9", "图片的属性"),
    "色彩.png": (png_with(b"iCCP", b"a\x00\x00" + zlib.compress(SAID.encode())), "图片的属性"),
    "色盘.png": (png_with(b"sPLT", SAID.encode() + b"\x00\x08"), "图片的属性"),
    "坏块.gif": (gif()[:-1] + b"\x99" + SAID.encode(), "图片末尾之后"),
    "末尾.tif": (tiff(description="a") + SAID.encode(), "图片的属性"),
    "盒子.heic": (heic() + struct.pack(">I", 8 + len(SAID.encode())) + b"uuid" + SAID.encode(), "图片的属性"),
    "虚长.bmp": (
        b"BM" + struct.pack("<IIIIiiHHI", 99, 0, 54, 40, 1, 1, 1, 24, 0) + bytes(24) + SAID.encode(),
        "图片末尾之后",
    ),
    "标签.webp": (_webp_with(b"XMP ", _XMP), "图片的属性"),
    "帧.webp": (_webp_with(b"ANMF", bytes(16) + b"abcd" + struct.pack("<I", 20) + SAID.encode()), "图片的属性"),
    "画布.webp": (_webp_with(b"VP8X", bytes(10) + SAID.encode()), "图片的属性"),
    "私有.tif": (_tiff_of((65000, 3, "".join(NUMBER).encode("utf-16-le"))), "图片的属性"),
    "夹缝.tif": (_tiff_of((270, 2, b"a" * 8), gap=SAID.encode()), "图片的属性"),
    "译名.png": (png_with(b"iTXt", b"Comment\x00\x00\x00zh\x00" + SAID.encode() + b"\x00a"), "图片的属性"),
    "名称.png": (png_with(b"tEXt", NUMBER.encode() + b"\x00a"), "图片的属性"),
    "前缀.png": (png_with(b"eXIf", b"Exif\x00\x00" + tiff(description=SAID)), "图片的属性"),
    "时间.png": (png_with(b"tIME", SAID.encode()), "图片的属性"),
    "宽注.jpg": (jpeg_with(segment(0xFE, SAID.encode("utf-16-le"))), "图片的属性"),
    "标记.pdf": (pdf(_noted), "Note"),
    "套括.pdf": (pdf(_nested), "Note"),
    "余图.pdf": (pdf(_left_over), ""),
    "异码.pdf": (pdf(_coded(SAID.encode(), "Nonsense")), "stream"),
    "包图.pdf": (pdf(_coded(zlib.compress(jpeg(description=SAID)), "FlateDecode", "DCTDecode")), "图片的属性"),
    "新图.pdf": (pdf(_coded(b"\0\0\0\x0cjP  " + SAID.encode(), "JPXDecode")), "jp2"),
    "折行.ics": (f"BEGIN:VCALENDAR\r\nDESCRIPTION:{SAID[:7]}\r\n {SAID[7:]}\r\nEND:VCALENDAR".encode(), ""),
    "宽.txt": (SAID.encode("utf-32"), ""),
    "名片.vcf": (f"TEL;ENCODING=QUOTED-PRINTABLE:{_QUOTED}".encode(), ""),
}
"""Name of a file: its bytes, and what the finding calls the place of the number."""
