"""What office documents and PDF files carry beside their text."""

from pathlib import Path

from openpyxl.comments import Comment
from pypdf.annotations import FreeText, Highlight, Link, Text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NullObject, TextStringObject

from helpers.attached import OLE, W, open_document, pdf, png, repacked, sheet, slides, word, zipped
from helpers.carriers import ofd, rtf, scanned
from helpers.cases import Case
from rectify.checks.attachments.attachment import attachment_findings
from rectify.core.finding import Finding

DOCUMENT, WORKBOOK = "word/_rels/document.xml.rels", "xl/_rels/workbook.xml.rels"
INSERTED = '<w:ins w:id="1" w:author="a"><w:r><w:t>拟于下月</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>拟于下月</w:delText></w:r></w:del>'
MOVED = '<w:moveTo w:id="1" w:author="a"><w:r><w:t>移来的话</w:t></w:r></w:moveTo>'
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部掌握</w:t></w:r>"
SHOWN = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>公开</w:t></w:r>'
FORMAT = '<w:r><w:rPr><w:b/><w:rPrChange w:id="2" w:author="a"><w:rPr/></w:rPrChange></w:rPr><w:t>加粗</w:t></w:r>'
UNSEEN = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
AWAY = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>修订工作规则，接受群众批注意见</w:t></w:r>"


def published(rule: str, fires: bool, name: str, data: bytes, label: str = "") -> Case:
    def run(folder: Path) -> list[Finding]:
        (folder / name).write_bytes(data)
        return attachment_findings(folder / name, f"reports/2024-a/files/{name}")

    return Case(rule, fires, run, label or name)


def signed(author: str) -> bytes:
    """An OFD file that names its author."""
    return ofd("正文", f"<ofd:DocBody><ofd:DocInfo><ofd:Author>{author}</ofd:Author></ofd:DocInfo></ofd:DocBody>")


def reviewed(author: str) -> bytes:
    """A document that names who commented on it."""
    space = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    people = f'<w15:people {space}><w15:person w15:author="{author}"/></w15:people>'
    return repacked(word(), {"word/people.xml": people})


def comments(text: str) -> bytes:
    part = f'<w:comments {W}><w:comment w:id="0"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment></w:comments>'
    return repacked(word(), {"word/comments.xml": part}, {DOCUMENT: (("comments", "comments.xml", False),)})


def linked(address: str, kind: str = "hyperlink") -> bytes:
    return repacked(word(), relations={DOCUMENT: ((kind, address, True),)})


def noted(writer):
    writer.add_annotation(0, Text(rect=(10, 10, 30, 30), text="这句再核实"))


def marked(writer):
    corners = ArrayObject(FloatObject(n) for n in (10, 30, 60, 30, 10, 10, 60, 10))
    writer.add_annotation(0, Highlight(rect=(10, 10, 60, 30), quad_points=corners))


def acting(kind: str, **more: str):
    def edit(writer):
        action = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}")})
        action.update({NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()})
        writer._root_object[NameObject("/OpenAction")] = action

    return edit


def locked(writer):
    writer.encrypt("secret", algorithm="RC4-128")


def against_changes(writer):
    writer.encrypt("", "owner", algorithm="RC4-128")


def hide_sheet(state: str):
    def edit(book):
        book.create_sheet("底稿").sheet_state = state

    return edit


def saved_again(times: int, data: bytes = b"") -> bytes:
    data = data or pdf()
    return data + (b"\n" + data[data.rindex(b"startxref") :]) * times


def hide_row(book):
    book.active.row_dimensions[2].hidden = True


def hide_column(book):
    book.active.column_dimensions["B"].hidden = True


def group(book):
    book.active.row_dimensions.group(1, 2, hidden=False)


CASES = [
    published("A001", True, "清单.docx", word("正文。", f"{INSERTED}")),
    published("A001", True, "删除.docx", word("正文。", f"{DELETED}")),
    published("A001", True, "移动.docx", word(MOVED)),
    published(
        "A001",
        True,
        "修订.odt",
        open_document(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧话</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        ),
    ),
    published("A001", True, "插入.rtf", rtf("正文", r"{\revised not yet}")),
    published("A001", True, "删除.rtf", rtf("正文", r"{\deleted not yet}")),
    published("A001", False, "接受.rtf", rtf("正文", r"{\revised\revised0 done}"), "marking is switched off"),
    published("A001", False, "清单.docx", word("已完成规章修订，插入、删除的条目见附表。")),
    published("A001", False, "制表符.docx", word("<w:r><w:tab/><w:t>附表</w:t><w:br/></w:r>"), "tabs and breaks"),
    published("A001", False, "格式.docx", word(FORMAT), "only the format was changed"),
    published("A001", False, "修订.odt", open_document("<text:p>修订制度3项</text:p>")),
    published("A002", True, "批注.docx", comments("这句再核实")),
    published("A002", True, "批注.pdf", pdf(noted)),
    published("A002", True, "划线.pdf", pdf(marked)),
    published("A002", True, "字.pdf", pdf(lambda w: w.add_annotation(0, FreeText(text="改", rect=(1, 1, 40, 40))))),
    published(
        "A002",
        True,
        "空引用.pdf",
        pdf(lambda w: [w.pages[0].__setitem__(NameObject("/Annots"), ArrayObject([NullObject()])), noted(w)]),
        "after a null",
    ),
    published(
        "A002", True, "批注.xlsx", sheet(lambda book: setattr(book.active["B2"], "comment", Comment("这句再核实", "a")))
    ),
    published(
        "A002",
        True,
        "批注.odt",
        open_document("<text:p>正文<office:annotation><text:p>再核</text:p></office:annotation></text:p>"),
    ),
    published("A002", True, "批注.rtf", rtf("正文", r"{\*\annotation check again}")),
    published("A002", False, "书签.rtf", rtf("正文", r"{\*\bkmkstart annotation}"), "a bookmark"),
    published("A002", False, "批注.docx", word("逐条批注，逐条销号。")),
    published(
        "A002",
        False,
        "链接.pdf",
        pdf(lambda w: w.add_annotation(0, Link(rect=(1, 1, 9, 9), url="https://example.com/"))),
        "a link in a PDF",
    ),
    published("A002", False, "清单.xlsx", sheet()),
    published("A003", True, "隐藏.docx", word(f"{HIDDEN}")),
    published("A003", True, "混合.docx", word(f"{SHOWN}{HIDDEN}")),
    published("A003", True, "备注.pptx", slides(notes="讲到这里不要展开")),
    published(
        "A003",
        True,
        "隐藏.odt",
        open_document(UNSEEN + '<text:p><text:span text:style-name="T1">内部</text:span></text:p>'),
    ),
    published("A003", True, "隐藏.rtf", rtf("正文", r"{\v internal}")),
    published("A003", False, "空格.rtf", rtf("正文", r"{\v  \v0 public}"), "hidden blanks"),
    published("A003", False, "不隐藏.docx", word(SHOWN), "hiding is switched off"),
    published("A003", False, "空格.docx", word("<w:r><w:rPr><w:vanish/></w:rPr><w:t>  </w:t></w:r>"), "hidden blanks"),
    published(
        "A003",
        False,
        "空白.odt",
        open_document(UNSEEN + '<text:p><text:span text:style-name="T1"> </text:span></text:p>'),
        "hidden blanks",
    ),
    published(
        "A003",
        False,
        "别的样式.odt",
        open_document(UNSEEN + '<text:p><text:span text:style-name="T2">公开</text:span></text:p>'),
        "another style",
    ),
    published(
        "A003",
        False,
        "段落标记.docx",
        word("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>标题</w:t></w:r>"),
        "only the mark of a paragraph",
    ),
    published("A003", False, "备注.pptx", slides(), "the number on a page of notes"),
    published("A006", True, "图.docx", linked("https://tu.example.com/1.png", "image")),
    published("A006", True, "模板.docx", linked("https://mb.example.com/a.dotx", "attachedTemplate")),
    published(
        "A006",
        True,
        "外链.xlsx",
        repacked(sheet(), relations={WORKBOOK: (("externalLinkPath", "https://biao.example.com/a.xlsx", True),)}),
    ),
    published("A006", False, "链接.docx", linked("https://www.example.com/"), "a link that readers click on"),
    published("A006", False, "邮箱.docx", linked("mailto:jiandu@example.com")),
    published("A006", False, "清单.xlsx", sheet()),
    published("A008", True, "格式.docx", word(FORMAT)),
    published(
        "A008",
        True,
        "段落.docx",
        word('<w:pPr><w:jc w:val="center"/><w:pPrChange w:id="3" w:author="a"><w:pPr/></w:pPrChange></w:pPr>'),
    ),
    published("A008", True, "两处.docx", word(FORMAT, FORMAT)),
    published("A008", False, "加粗.docx", word(BOLD)),
    published("A008", False, "插入.docx", word(INSERTED), "words were changed"),
    published("A008", False, "格式.odt", open_document("<text:p>格式</text:p>")),
    published("A010", True, "作者.docx", word(author="wangmou")),
    published("A010", True, "作者.xlsx", sheet(author="办公室人员")),
    published("A010", True, "作者.pdf", pdf(lambda w: w.add_metadata({"/Author": "wangmou"}))),
    published(
        "A010",
        True,
        "作者.odt",
        open_document(
            "",
            parts={"meta.xml": "<office:document-meta SPACES><dc:creator>wangmou</dc:creator></office:document-meta>"},
        ),
    ),
    published(
        "A010",
        False,
        "空.odt",
        open_document(
            "", parts={"meta.xml": "<office:document-meta SPACES><dc:creator> </dc:creator></office:document-meta>"}
        ),
    ),
    published("A010", True, "批注者.docx", reviewed("wangmou")),
    published("A010", True, "作者.ofd", signed("wangmou")),
    published("A010", True, "作者.rtf", rtf("正文", r"{\info{\author wangmou}}")),
    published("A010", True, "修订者.rtf", rtf("正文", r"{\*\revtbl {wangmou;}}")),
    published("A010", False, "批注者.docx", reviewed(" ")),
    published("A010", False, "空.ofd", signed(" ")),
    published("A010", False, "标题.rtf", rtf("正文", r"{\info{\title report}{\author ;}}"), "only a title"),
    published("A010", False, "作者.docx", word("作者：清川市水务局")),
    published(
        "A010",
        False,
        "程序.pdf",
        pdf(lambda w: w.add_metadata({"/Creator": "WPS 文字", "/Title": "整改报告"})),
        "the program that made it",
    ),
    published("A010", False, "空.pdf", pdf(lambda w: w.add_metadata({"/Author": " "}))),
    published("A011", True, "宏.docx", repacked(word(), {"word/vbaProject.bin": OLE})),
    published("A011", True, "宏.xlsx", repacked(sheet(), {"xl/vbaProject.bin": OLE})),
    published("A011", True, "脚本.pdf", pdf(acting("JavaScript", JS="app.alert(1)"))),
    published("A011", True, "启动.pdf", pdf(acting("Launch", F="cmd.exe"))),
    published("A011", True, "宏.odt", open_document("", parts={"Basic/Standard/Module1.xml": "<a/>"})),
    published("A011", False, "讲宏.docx", word("停用表格里的宏 vbaProject.bin。")),
    published("A011", False, "跳转.pdf", pdf(acting("GoTo")), "an action that turns to a page"),
    published(
        "A011", False, "库.odt", open_document("", parts={"Basic/script-lc.xml": "<a/>"}), "an empty library of macros"
    ),
    published("A012", True, "盘.docx", linked("file:///D:/巡察/底稿.xlsx")),
    published("A012", True, "共享.docx", linked("\\\\fuwuqi\\gongxiang\\a.dotx", "attachedTemplate")),
    published("A012", True, "内网.docx", linked("http://192.168.3.9/oa/1.html")),
    published(
        "A012", True, "主机.xlsx", repacked(sheet(), relations={WORKBOOK: (("hyperlink", "http://oa/list", True),)})
    ),
    published(
        "A012", True, "盘.odt", open_document('<text:p><text:a xlink:href="file:///C:/a.odt">底稿</text:a></text:p>')
    ),
    published("A012", False, "外网.docx", linked("https://www.example.com/D:/a")),
    published("A012", False, "邮箱.docx", linked("mailto:jiandu@example.com")),
    published(
        "A012", False, "锚.odt", open_document('<text:p><text:a xlink:href="#一、基本情况">见上</text:a></text:p>')
    ),
    published("A012", False, "地址.docx", word("服务器地址为 192.168.3.9 的设备已更换。"), "an address in the text"),
    published("A013", True, "夹带.pdf", pdf(lambda w: w.add_attachment("底稿.xlsx", sheet()))),
    published("A013", True, "夹带文字.pdf", pdf(lambda w: w.add_attachment("a.txt", b"a"))),
    published("A013", True, "两个.pdf", pdf(lambda w: [w.add_attachment(name, b"a") for name in ("a.doc", "b.doc")])),
    published("A013", False, "报告.pdf", pdf(text="see attachment a.xlsx")),
    published("A013", False, "属性.pdf", pdf(lambda w: w.add_metadata({"/Title": "附件"}))),
    published("A013", False, "批注.pdf", pdf(noted)),
    published("A014", True, "图表.docx", repacked(word(), {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": sheet()})),
    published("A014", True, "对象.xlsx", repacked(sheet(), {"xl/embeddings/oleObject1.bin": OLE})),
    published("A014", True, "透视表.xlsx", repacked(sheet(), {"xl/pivotCache/pivotCacheRecords1.xml": "<a/>"})),
    published("A014", True, "对象.rtf", rtf("正文", r"{\object\objemb{\*\objdata 0105}}")),
    published("A014", False, "报告.rtf", rtf("object"), "the word in the text"),
    published("A014", False, "图片.docx", repacked(word(), {"word/media/image1.emf": b"a"})),
    published(
        "A014",
        False,
        "图表.docx",
        repacked(word(), {"word/charts/chart1.xml": "<a/>"}),
        "a chart with no workbook behind it",
    ),
    published("A014", False, "定义.xlsx", repacked(sheet(), {"xl/pivotCache/pivotCacheDefinition1.xml": "<a/>"})),
    published("A015", True, "隐藏.xlsx", sheet(hide_sheet("hidden"))),
    published("A015", True, "深藏.xlsx", sheet(hide_sheet("veryHidden"))),
    published("A015", True, "隐藏.pptx", slides(hidden=True)),
    published(
        "A015",
        True,
        "隐藏.ods",
        open_document(AWAY + '<table:table table:name="底稿" table:style-name="ta2"/>', "spreadsheet"),
    ),
    published(
        "A015",
        False,
        "另一张.ods",
        open_document(AWAY + '<table:table table:name="清单" table:style-name="ta1"/>', "spreadsheet"),
        "another sheet",
    ),
    published("A015", False, "两张.xlsx", sheet(hide_sheet("visible"))),
    published("A015", False, "演示.pptx", slides()),
    published("A015", False, "隐藏行.xlsx", sheet(hide_row), "a hidden row"),
    published("A016", True, "行.xlsx", sheet(hide_row)),
    published("A016", True, "列.xlsx", sheet(hide_column)),
    published(
        "A016",
        True,
        "行.ods",
        open_document(
            '<table:table table:name="清单"><table:table-row table:visibility="filter"/></table:table>', "spreadsheet"
        ),
    ),
    published(
        "A016",
        False,
        "清单.ods",
        open_document('<table:table table:name="清单"><table:table-row/></table:table>', "spreadsheet"),
    ),
    published("A016", False, "清单.xlsx", sheet()),
    published("A016", False, "分组.xlsx", sheet(group), "rows in a group that is open"),
    published("A016", False, "底稿.xlsx", sheet(hide_sheet("hidden")), "a hidden sheet"),
    published("A019", True, "改过.pdf", saved_again(1)),
    published("A019", True, "多次.pdf", saved_again(3)),
    published("A019", True, "快速浏览改过.pdf", saved_again(2, pdf().replace(b"\n", b"\n%/Linearized 1\n", 1))),
    published("A019", False, "报告.pdf", pdf()),
    published(
        "A019",
        False,
        "快速浏览.pdf",
        saved_again(1, pdf().replace(b"\n", b"\n%/Linearized 1\n", 1)),
        "laid out for the web",
    ),
    published("A019", False, "批注.pdf", pdf(noted)),
    published("A020", True, "有密码.pdf", pdf(locked)),
    published("A020", True, "有密码.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    published("A020", True, "旧.doc", OLE),
    published("A020", True, "材料.zip", zipped({"b.zip": zipped({"a.docx": word()})}), "an archive in an archive"),
    published("A020", True, "材料.rar", b"Rar!\x1a\x07\x00" + bytes(9)),
    published("A020", True, "旧的.zip", zipped({"旧.doc": OLE}), "an old format in an archive"),
    published("A020", True, "扫描.pdf", pdf(scanned)),
    published("A020", True, "数据.geo", b"\x00\x01\x02\x03"),
    published("A020", False, "材料.zip", zipped({"说明.docx": word(), "图/现场.png": png()})),
    published("A020", False, "版式.ofd", ofd("管网巡检记录改为统一格式。")),
    published("A020", False, "限制修改.pdf", pdf(against_changes), "locked against changes only"),
    published("A020", False, "清单.xlsx", sheet()),
    published("A020", False, "说明.txt", "压缩包、旧格式均已清理。".encode()),
]
