"""What a .docx holds, and what of it becomes text."""

import zipfile
from pathlib import Path

import pytest

from helpers.growth import assert_linear
from rectify.intake.outline import Paragraph, Table
from rectify.intake.readers import read


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def changed(kind: str, text: str) -> str:
    element = "delText" if kind in ("del", "moveFrom") else "t"
    return f'<w:{kind} w:id="1" w:author="甲岗"><w:r><w:{element}>{text}</w:{element}></w:r></w:{kind}>'


def texts(file, accepted=True) -> list[str]:
    return [block.text for block in read(file, accepted=accepted)[0].blocks]


def kinds(file) -> list[tuple[str, int, str]]:
    return [(f.kind, f.line, f.excerpt) for f in read(file)[1]]


def test_lines_count_paragraphs_and_rows_in_reading_order(docx):
    table = "<w:tbl>" + "".join(f"<w:tr><w:tc>{p(run(t))}</w:tc></w:tr>" for t in "甲乙") + "</w:tbl>"
    outline, findings = read(docx(p(run("首段")) + p() + table + p(run("末段"))))
    first, rows, last = outline.blocks
    assert (outline.format, outline.lines, findings) == ("docx", 5, [])
    assert (first.line, [row.line for row in rows.rows], last.line) == (1, [3, 4], 5)


def test_signs_inside_a_run(docx):
    inner = "<w:r><w:t>电话0000</w:t><w:noBreakHyphen/><w:t>5566</w:t><w:tab/><w:t>转</w:t><w:sym w:char='F06F'/><w:softHyphen/><w:t>8</w:t></w:r>"
    assert texts(docx(p(inner))) == ["电话0000-5566\t转8"]


def test_a_line_break_makes_a_paragraph_of_the_same_line(docx):
    outline, _ = read(docx(p("<w:r><w:t>通信地址</w:t><w:br/><w:t>邮政编码</w:t></w:r>") + p(run("其后"))))
    assert [(block.text, block.line) for block in outline.blocks] == [("通信地址", 1), ("邮政编码", 1), ("其后", 2)]


def test_a_bullet_of_a_symbol_font_is_dropped_and_leading_spaces_stay(docx):
    assert texts(docx(p(run("\uf06c\t要点")) + p(run("　　缩进")))) == ["要点", "　　缩进"]


def test_fields_show_their_result(docx):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>不显示</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>8</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = '<w:fldSimple w:instr="DATE"><w:r><w:t>个</w:t></w:r></w:fldSimple>'
    link = '<w:hyperlink r:id="r9"><w:r><w:t>问题</w:t></w:r></w:hyperlink>'
    assert texts(docx(p(run("共"), field, simple, link))) == ["共8个问题"]


def test_a_field_that_never_ends_does_not_swallow_the_document(docx):
    assert texts(docx(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("失")) + p(run("其后")))) == ["其后"]


def test_containers_are_walked_into(docx):
    control = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p(run('控件'))}</w:sdtContent></w:sdt>"
    inline = "<w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>里</w:t></w:r></w:sdtContent></w:sdt>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    assert texts(docx(control + p(inline, ruby))) == ["控件", "标记里音"]


def box(text: str) -> str:
    content = f"<w:txbxContent>{p(run(text))}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_on_the_line_of_its_anchor(docx):
    outline, _ = read(docx(p(run("前")) + p(run("锚"), box("框内")) + p(run("后"))))
    assert [(block.text, block.line) for block in outline.blocks] == [("前", 1), ("锚", 2), ("框内", 2), ("后", 3)]


def test_an_old_text_box_is_read_too(docx):
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(run('旧框'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(docx(p(old))) == ["旧框"]


@pytest.mark.parametrize(
    ("inside", "accepted", "rejected", "excerpts"),
    [
        ([run("检测"), changed("del", "412"), changed("ins", "438"), run("处")], "438", "412", ["412", "438"]),
        ([run("检测"), changed("moveFrom", "甲"), changed("moveTo", "甲"), run("处")], "甲", "甲", ["甲", "甲"]),
        ([run("检测"), changed("ins", "四"), changed("ins", "百"), run("处")], "四百", "", ["四百"]),
        ([run("检测"), f'<w:ins w:id="2">{changed("del", "写了又删")}</w:ins>', run("处")], "", "", ["写了又删"]),
    ],
)
def test_tracked_changes_are_reported_and_the_text_is_that_of_one_side(docx, inside, accepted, rejected, excerpts):
    file = docx(p(run("前")) + p(*inside))
    assert texts(file) == ["前", f"检测{accepted}处"]
    assert texts(file, accepted=False) == ["前", f"检测{rejected}处"]
    assert [(f.kind, f.line, f.excerpt, f.severity) for f in read(file)[1]] == [
        ("tracked_change", 2, e, "error") for e in excerpts
    ]


@pytest.mark.parametrize(("kind", "accepted"), [("del", True), ("moveFrom", True), ("ins", False)])
def test_a_paragraph_mark_that_is_not_there_does_not_part_the_text(docx, kind, accepted):
    mark = f'<w:rPr><w:{kind} w:id="1"/></w:rPr>'
    file = docx(p(run("前半，"), properties=mark) + p(run("后半。")) + p(run("下段")))
    outline, findings = read(file, accepted=accepted)
    assert [(block.text, block.line) for block in outline.blocks] == [("前半，后半。", 1), ("下段", 3)]
    assert [f.kind for f in findings] == ["tracked_change"]
    assert texts(file, accepted=not accepted) == ["前半，", "后半。", "下段"]


def test_text_before_a_deleted_mark_is_not_lost_at_the_end_of_a_cell_or_box_or_before_a_table(docx):
    deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
    last = p(run("末句"), properties=deleted)
    table = f"<w:tbl><w:tr><w:tc>{last}</w:tc>{cell('旁')}</w:tr></w:tbl>"
    assert rows_of(docx(table)) == [[("末句", False), ("旁", False)]]
    outline, _ = read(docx(last + table))
    assert outline.blocks[0].text == "末句"
    assert [one.text for one in outline.blocks[1].rows[0].cells] == ["末句", "旁"]
    assert texts(docx(p(run("甲"), box("框"), properties=deleted) + p(run("乙")) + last)) == ["框", "甲乙", "末句"]


@pytest.mark.parametrize(
    ("kind", "accepted", "rejected"), [("ins", ["旧", "新"], ["旧"]), ("del", ["旧"], ["旧", "新"])]
)
def test_rows_of_a_table_are_those_of_one_side(docx, kind, accepted, rejected):
    changed_row = f"<w:tr><w:trPr><w:{kind} w:id='1'/></w:trPr><w:tc>{p(run('新'))}</w:tc></w:tr>"
    file = docx(f"<w:tbl><w:tr><w:tc>{p(run('旧'))}</w:tc></w:tr>{changed_row}</w:tbl>")
    for side, rows in ((True, accepted), (False, rejected)):
        assert [row.cells[0].text for row in read(file, accepted=side)[0].blocks[0].rows] == rows
    assert kinds(file) == [("tracked_change", 2, "新")]


def test_struck_out_text_is_no_text_and_is_reported(docx):
    by_style = (
        '<w:style w:type="paragraph" w:styleId="gone"><w:name w:val="gone"/><w:rPr><w:dstrike/></w:rPr></w:style>'
    )
    body = p(run("正在推进", "<w:strike/>"), run("已完成"), run("。", '<w:strike w:val="0"/>')) + p(
        run("整段作废"), properties='<w:pStyle w:val="gone"/>'
    )
    file = docx(body, styles=by_style)
    assert texts(file) == ["已完成。"]
    assert kinds(file) == [("struck_text", 1, "正在推进"), ("struck_text", 2, "整段作废")]


def test_boxes_are_read_from_controls_fields_and_symbol_fonts(docx):
    def control(on: bool, sign: str) -> str:
        state = f'<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="{int(on)}"/></w14:checkbox>'
        return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"

    def field(state: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
        return begin + '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    def sign(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    ways = [
        (control(True, "☒"), control(False, "☐")),
        (control(True, "■"), control(False, "☒")),
        (field("<w:checked/>"), field('<w:default w:val="1"/><w:checked w:val="0"/>')),
        (field('<w:default w:val="1"/>'), field("<w:sizeAuto/>")),
        (sign("Wingdings", "F0FE"), sign("Wingdings", "00A8")),
        (run("R", '<w:rFonts w:ascii="Wingdings 2"/>'), run("£", '<w:rFonts w:hAnsi="Wingdings 2"/>')),
    ]
    file = docx("".join(p(on, run("是 "), off, run("否")) for on, off in ways))
    assert texts(file) == ["☑是 ☐否"] * len(ways)
    assert texts(docx(p(sign("Wingdings", "F0FC"), run("一个项目符号")))) == ["一个项目符号"]


def test_changes_of_format_are_counted_only(docx):
    (finding,) = read(docx(p(run("文字", '<w:rPrChange w:id="1"><w:rPr/></w:rPrChange>'))))[1]
    assert (finding.kind, finding.severity) == ("format_change", "note")


def test_comments_are_reported_where_they_are_anchored(docx):
    comments = f'<w:comment w:id="7">{p(run("口径再核"), run("一下"))}</w:comment>'
    anchored = p(run("前")) + p(
        '<w:commentRangeStart w:id="7"/>', run("正文"), '<w:r><w:commentReference w:id="7"/></w:r>'
    )
    file = docx(anchored, comments=comments)
    assert texts(file) == ["前", "正文"]
    assert kinds(file) == [("comment", 2, "口径再核一下")]


STYLES = (
    '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
)


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:rStyle w:val="H"/>'])
def test_hidden_text_is_reported_and_not_read(docx, properties):
    file = docx(p(run("公开"), run("核对前不要对外", properties)), styles=STYLES)
    assert texts(file) == ["公开"]
    assert kinds(file) == [("hidden_text", 1, "核对前不要对外")]


def test_hiding_can_be_switched_off_again(docx):
    file = docx(p(run("可见", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>')), styles=STYLES)
    assert (texts(file), kinds(file)) == (["可见"], [])


def test_alignment_and_bold_come_from_the_style_or_the_paragraph(docx):
    style = '<w:pStyle w:val="T"/>'
    body = p(run("标题"), properties=style) + p(
        run("左", "<w:b w:val='0'/>"), properties=style + '<w:jc w:val="left"/>'
    )
    body += p(run("落款"), properties='<w:jc w:val="right"/>') + p(run("半", "<w:b/>"), run("粗"))
    blocks = read(docx(body, styles=STYLES))[0].blocks
    assert [(b.centred, b.bold, b.right) for b in blocks] == [
        (True, True, False),
        (False, False, False),
        (False, False, True),
        (False, False, False),
    ]


def test_a_generated_table_of_contents_is_left_out(docx):
    file = docx(p(run("一、总体情况\t1"), properties='<w:pStyle w:val="C1"/>') + p(run("一、总体情况")), styles=STYLES)
    assert texts(file) == ["一、总体情况"]
    assert [kind for kind, *_ in kinds(file)] == ["table_of_contents"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(run(t)) for t in text.split('|'))}</w:tc>"


def rows_of(file) -> list[list[tuple[str, bool]]]:
    (table,) = [block for block in read(file)[0].blocks if isinstance(block, Table)]
    return [[(c.text, c.merged) for c in row.cells] for row in table.rows]


def test_merged_cells_are_repeated(docx):
    restart, go_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = f"<w:tr>{cell('方面', restart)}{cell('责任', two)}</w:tr><w:tr>{cell('', go_on)}{cell('牵头')}{cell('配合|两行')}</w:tr>"
    assert rows_of(docx(f"<w:tbl>{table}</w:tbl>")) == [
        [("方面", False), ("责任", False), ("责任", True)],
        [("方面", True), ("牵头", False), ("配合\n两行", False)],
    ]


def test_an_inner_table_is_text_of_its_cell(docx):
    inner = f"<w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{p(run('外'))}{inner}{p()}</w:tc>{cell('旁')}</w:tr></w:tbl>"
    assert rows_of(docx(table)) == [[("外\n内一 内二", False), ("旁", False)]]
    assert read(docx(table))[0].lines == 1


def test_tables_inside_a_table_that_only_lays_out_are_tables_of_their_own(docx):
    inner = f"<w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>"
    rows = "".join(f"<w:tr><w:tc>{p(run(name))}{inner}{p()}</w:tc></w:tr>" for name in "甲乙")
    outline = read(docx(f"<w:tbl>{rows}</w:tbl>"))[0]
    told = [
        one.text if isinstance(one, Paragraph) else [c.text for row in one.rows for c in row.cells]
        for one in outline.blocks
    ]
    assert [one for one in told if one] == ["甲", ["内一", "内二"], "乙", ["内一", "内二"]]
    assert [one.line for one in outline.blocks] == sorted({one.line for one in outline.blocks})


def test_a_row_may_begin_further_right_and_stand_in_a_control(docx):
    row = f"<w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('二')}</w:tr></w:sdtContent></w:sdt>"
    assert rows_of(docx(f"<w:tbl>{row}</w:tbl>")) == [[("", False), ("二", False)]]


def test_notes_stand_after_the_text(docx):
    notes = f'<w:footnote w:id="-1" w:type="separator">{p(run("线"))}</w:footnote><w:footnote w:id="2">{p(run("脚注一"))}</w:footnote>'
    file = docx(p(run("正文"), '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=notes)
    assert texts(file) == ["正文", "脚注一"]
    assert [(kind, line) for kind, line, _ in kinds(file)] == [("footnote", 2)]


def test_headers_and_footers_are_kept_apart(docx):
    outline, _ = read(docx(p(run("正文")), header=p(run("内部资料")) + p(run("内部资料")), footer=p(run("第1页"))))
    assert [block.text for block in outline.blocks] == ["正文"]
    assert outline.margins == ("内部资料", "第1页")


def test_pictures_and_objects_are_counted(docx):
    body = (
        p("<w:r><w:drawing><pic:pic/></w:drawing></w:r>", "<w:r><w:object/></w:r>", run("图"))
        + '<w:altChunk r:id="r9"/>'
    )
    findings = read(docx(body))[1]
    assert [(f.kind, f.line) for f in findings] == [("embedded_object", 1)] * 3
    assert "图片 1 个" in findings[0].message()


def test_names_macros_and_links_are_reported(docx):
    core = '<c:p xmlns:c="x" xmlns:d="y"><d:creator>综合科</d:creator><c:lastModifiedBy> </c:lastModifiedBy></c:p>'
    external = (("attachedTemplate", "file:///D:/模板.dotm"), ("hyperlink", "http://qingchuan.example/"))
    file = docx(p(run("正文")), external=external, raw={"docProps/core.xml": core, "word/vbaProject.bin": b"x"})
    assert [(kind, excerpt) for kind, _, excerpt in kinds(file)] == [
        ("document_metadata", "综合科"),
        ("macro", "word/vbaProject.bin"),
        ("external_link", "file:///D:/模板.dotm"),
    ]


def test_the_strict_variant_is_read(docx, tmp_path):
    file = docx(p(run("正文"), properties='<w:jc w:val="center"/>'))
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(tmp_path / "strict.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, data)
    (block,) = read(tmp_path / "strict.docx")[0].blocks
    assert (block.text, block.centred) == ("正文", True)


def test_progress_is_told_and_reaches_the_total(docx):
    told = []
    read(docx(p(run("段")) * 450), lambda done, total: told.append((done, total)))
    assert told == [(200, 450), (400, 450), (450, 450)]


def test_two_hundred_pages_take_longer_in_proportion(docx):
    paragraph = p(run("对反馈的问题逐项核实，"), run("明确责任和时限，按月调度。" * 3))

    def read_whole(file: Path) -> None:
        outline, _ = read(file)
        assert {len(b.text) for b in outline.blocks if isinstance(b, Paragraph)} == {50}

    assert_linear(lambda count: docx(paragraph * count), read_whole, 3000, pairs=1)


def test_digits_above_the_line_and_fractions_are_not_run_together(docx):
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    raised = run("3", '<w:vertAlign w:val="superscript"/>')
    three, five = (f"<m:{part}><m:r><m:t>{n}</m:t></m:r></m:{part}>" for part, n in (("num", 3), ("den", 5)))
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"
    body = p(run("10"), raised, run("立方米")) + p(f"<m:oMath {math}><m:f>{three}{five}</m:f>{power}</m:oMath>")
    assert texts(docx(body)) == ["10³立方米", "3/510⁴"]


def test_the_option_of_a_list_field_is_the_one_it_shows(docx):
    def field(result: str) -> str:
        options = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("已完成", "持续推进"))
        data = f"<w:ffData><w:ddList>{result}{options}</w:ddList></w:ffData>"
        instruction = "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        ends = [
            f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'
            for kind, inner in (("begin", data), ("end", ""))
        ]
        return p(ends[0], instruction, ends[1])

    shown = ['<w:result w:val="1"/>', "", '<w:default w:val="1"/>', '<w:result w:val="7"/>']
    assert texts(docx("".join(map(field, shown)) + p(run("完")))) == ["持续推进", "已完成", "持续推进", "完"]


def test_a_hidden_row_is_reported_and_not_read(docx):
    rows = f"<w:tr>{cell('露')}</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>{cell('藏')}</w:tr>"
    file = docx(f"<w:tbl>{rows}</w:tbl>")
    assert rows_of(file) == [[("露", False)]]
    assert kinds(file) == [("hidden_text", 2, "藏")]


def test_a_cell_that_goes_on_with_nothing_above_is_its_own(docx):
    """What another program wrote: the first cell of a span says that it goes on."""
    go_on = "<w:vMerge/>"
    rows = f"<w:tr>{cell('状态')}</w:tr><w:tr>{cell('已完成', go_on)}</w:tr><w:tr>{cell('', go_on)}</w:tr>"
    assert rows_of(docx(f"<w:tbl>{rows}</w:tbl>")) == [
        [("状态", False)],
        [("已完成", False)],
        [("已完成", True)],
    ]


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("a.html", "<html><meta charset=utf-8><body><h1>题</h1><p>一</p><p>二</p></body></html>", ["题", "一", "二"]),
        ("a.txt", "一\n\n二\n", ["一", "二"]),
        ("a.docx", b"PK\x03\x04", []),
        ("a.rtf", b"{\\rtf1 x}", []),
    ],
)
def test_a_part_of_another_format_is_read_as_what_it_is_or_told(docx, name, data, shown):
    body = p(run("前")) + '<w:altChunk r:id="r1"/>' + p(run("后"))
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/aFChunk" Target="{name}"/></Relationships>'
    file = docx(body, raw={f"word/{name}": data}, relations=rels)
    outline, findings = read(file)
    assert [block.text for block in outline.blocks] == ["前", *shown, "后"]
    assert [block.line for block in outline.blocks] == list(range(1, len(shown) + 3))
    assert ["embedded_object"] * (not shown) == [f.kind for f in findings]


def test_lettering_is_text_and_diagrams_and_sub_documents_are_told(docx):
    lettering = '<w:r><w:pict><v:shape><v:textpath string="整改通报"/></v:shape></w:pict></w:r>'
    diagram = '<w:r><w:drawing><x:relIds xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing></w:r>'
    file = docx(p(lettering) + p(diagram) + '<w:subDoc r:id="r9"/>' + p(run("后")))
    assert texts(file) == ["整改通报", "后"]
    assert [(f.kind, f.line) for f in read(file)[1]] == [("embedded_object", 2), ("embedded_object", 2)]


def test_boxes_of_a_checklist_are_read_where_some_are_ticked(docx):
    """Bullets say nothing, but those of a list to tick, as other programs write it."""

    def numbering(*signs: str) -> str:
        levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/></w:lvl>'
        abstracts = "".join(
            f'<w:abstractNum w:abstractNumId="{at}">{levels.format(sign)}</w:abstractNum>'
            for at, sign in enumerate(signs)
        )
        return abstracts + "".join(
            f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(signs))
        )

    body = "".join(
        p(run(text), properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at}"/></w:numPr>')
        for at, text in ((1, "已完成"), (2, "持续推进"))
    )
    assert texts(docx(body, numbering=numbering("☑", "☐"))) == ["☑已完成", "☐持续推进"]
    assert texts(docx(body, numbering=numbering("☐", "●"))) == ["已完成", "持续推进"]
