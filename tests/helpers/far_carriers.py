"""One private number where programs leave it behind, where a file is damaged, and beyond what is read at once."""

from __future__ import annotations

import struct
from io import BytesIO
from random import Random

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from helpers.attached import heic, pdf, repacked, word, zipped
from helpers.carriers import NUMBER, SAID, gif, jpeg_with, png_with, rtf, segment

_BYTES = SAID.encode()
_PART = "图片的属性"
_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\x00" + bytes(40)
_RESOURCE = b"8BIM\x04\x0f" + bytes(6)
_NOISE = Random(1).randbytes(4_200_000).translate(bytes(0xA0 | byte & 0x1F for byte in range(256)))
"""No text in any way."""


def _xmp(packet: str) -> bytes:
    return jpeg_with(segment(0xE1, _XMP + packet.encode()))


def _iptc_of(data: bytes, before: bytes = b"") -> bytes:
    """Photoshop's segment of a JPEG with these datasets of IPTC behind other resources."""
    body = before + b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data
    return jpeg_with(segment(0xED, b"Photoshop 3.0\x00" + body))


def _dataset(record: int, dataset: int, data: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, dataset, len(data)) + data


def _page_taken_out() -> bytes:
    """A PDF of two pages, one of which the list of pages does not name any more."""

    def edit(writer: pypdf.PdfWriter) -> None:
        page = writer.add_blank_page(300, 300)
        page[NameObject("/Resources")] = writer.pages[0]["/Resources"]
        stream = DecodedStreamObject()
        # In figures, so that nothing but reading the page shows what it says.
        stream.set_data(f"BT /F1 12 Tf 20 200 Td <{NUMBER.encode().hex()}> Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        tree = writer._root_object["/Pages"]
        tree["/Kids"].pop()

    return pdf(edit)


def _objects_left() -> bytes:
    """A PDF with a stream of objects that the list of objects does not name."""

    def edit(writer: pypdf.PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(f"90 0 <</Note ({NUMBER})>>".encode())
        stream[NameObject("/Type")] = NameObject("/ObjStm")
        writer._add_object(stream)

    return pdf(edit)


def _saved_often(data: bytes, times: int) -> bytes:
    """A PDF after something was added to it again and again, as each seal does (ISO 32000-1, 7.5.6)."""
    for _ in range(times):
        reader = pypdf.PdfReader(BytesIO(data))
        start = int(data.rsplit(b"startxref", 1)[1].split()[0])
        root, size = reader.trailer.raw_get("/Root").idnum, reader.trailer["/Size"]
        table = f"xref\n0 0\ntrailer\n<</Size {size}/Root {root} 0 R/Prev {start}>>\nstartxref\n{len(data)}\n%%EOF\n"
        data += table.encode()
    return data


def _with_streams(number: int) -> bytes:
    def edit(writer: pypdf.PdfWriter) -> None:
        for index in range(number):
            stream = DecodedStreamObject()
            stream.set_data(b"kept %d" % index)
            writer._add_object(stream)
        last = DecodedStreamObject()
        last.set_data(_BYTES)
        writer._root_object[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/A"): writer._add_object(last)})

    return pdf(edit)


def _wide_tag() -> bytes:
    """A TIFF whose description is in two bytes for each character, which its kind does not provide for."""
    value = SAID.encode("utf-16-le")
    entry = struct.pack("<HHHII", 1, 270, 2, len(value), 26)
    return b"II*\x00" + struct.pack("<I", 8) + entry + bytes(4) + value


def _large_box() -> bytes:
    """A HEIF whose picture has its size in eight bytes, and another box behind."""
    free = struct.pack(">I4s", 8 + len(_BYTES), b"free") + _BYTES
    return heic()[:24] + struct.pack(">I4sQ", 1, b"mdat", 20) + bytes(4) + free


FAR_CARRIERS: dict[str, tuple[bytes, str]] = {
    "第五百个.docx": (
        repacked(word(), {f"word/a{i:04}.dat": b"a" if i < 520 else _BYTES for i in range(521)}),
        "",
    ),
    "很远.docx": (repacked(word(), {"word/a.dat": _NOISE + _BYTES}), ""),
    "很多.docx": (repacked(word(), {"word/a.dat": b"\x01".join([b"abcdefg"] * 5_100) + b"\x01" + _BYTES}), ""),
    "跨界.docx": (repacked(word(), {"word/a.dat": b"a" * 3_985 + b" " + _BYTES + bytes(9)}), ""),
    "部件名.docx": (repacked(word(), {f"word/{SAID}.xml": "<a/>"}), "文件内部"),
    "根.docx": (repacked(word(), {"docProps/core.xml": f"<a>{SAID}</a>"}), "文件属性"),
    "空文件夹.zip": (zipped({f"{SAID}/": ""}), "压缩包里的文件名"),
    "单引号.jpg": (_xmp(f"<a b='{SAID}'/>"), _PART),
    "旁注.jpg": (_xmp(f"<a><!-- {SAID} --></a>"), _PART),
    "照录.jpg": (_xmp(f"<a><![CDATA[{SAID}]]></a>"), _PART),
    "裸写.jpg": (_xmp(SAID), _PART),
    "末项.jpg": (_xmp("<a>b</a>" * 5_100 + f"<a>{SAID}</a>"), _PART),
    "两段.jpg": (
        jpeg_with(
            segment(0xE1, _MORE_XMP + _BYTES[:-5]),
            segment(0xE1, _MORE_XMP + _BYTES[-5:] + b"</a>"),
        ),
        _PART,
    ),
    "很多资源.jpg": (_iptc_of(_dataset(2, 120, _BYTES), _RESOURCE * 2_100), _PART),
    "别的记录.jpg": (_iptc_of(_dataset(3, 120, _BYTES)), _PART),
    "长数据.jpg": (_iptc_of(b"\x1c\x02\x78\x80\x04" + struct.pack(">I", len(_BYTES)) + _BYTES), _PART),
    "残数据.jpg": (_iptc_of(b"x" + _BYTES + b"\x02"), _PART),
    "残资源.jpg": (jpeg_with(segment(0xED, b"Photoshop 3.0\x00" + _RESOURCE + _BYTES)), _PART),
    "没完.gif": (gif(SAID)[: gif(SAID).index(_BYTES) + len(_BYTES)], _PART),
    "没完.png": (png_with(b"tEXt", b"a\x00" + _BYTES)[:-30], _PART),
    "宽说明.tif": (_wide_tag(), _PART),
    "大盒子.heic": (_large_box(), _PART),
    "很后.heic": (heic() + struct.pack(">I4s", 8 + len(_NOISE) + len(_BYTES), b"uuid") + _NOISE + _BYTES, _PART),
    "程序.rtf": (rtf("正文", f"{{\\*\\generator {SAID};}}"), "generator"),
    "样式.rtf": (rtf("正文", f"{{\\stylesheet{{\\s1 {SAID};}}}}"), "stylesheet"),
    "存储.rtf": (rtf("正文", f"{{\\*\\datastore {_BYTES.hex()}}}"), "object"),
    "变量.rtf": (rtf("正文", f"{{\\*\\docvar {{a}}{{{NUMBER}}}}}"), "docvar"),
    "形状.rtf": (rtf("正文", f"{{\\shp{{\\*\\shpinst{{\\sp{{\\sn wzDescription}}{{\\sv {NUMBER}}}}}}}}}"), ""),
    "删去的页.pdf": (_page_taken_out(), "之前的版本"),
    "旧对象.pdf": (_objects_left(), ""),
    "很多流.pdf": (_with_streams(510), ""),
}
"""File name -> what it holds and what the program calls the place; beside the number nothing must keep it from being found."""

OVERGROWN = _saved_often(pdf(), 21)
"""A file that has more versions than are read."""
