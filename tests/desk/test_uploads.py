"""Files of every wrong kind that are dropped on the desk or put beside an entry: each told in a sentence, none of them let out or in."""

import json
import re
import zipfile
from io import BytesIO

import pytest

from helpers.attached import png, repacked, sheet, tiff, word, zipped
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, fields, source
from helpers.repository import committed, git
from helpers.site import write_site
from rectify.core.finding import RULES
from rectify.desk.told import plain

REF = "2024-a/02"
EXE = b"MZ\x90\x00\x03" + bytes(300) + b"PE\0\0" + bytes(2000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
MACRO = repacked(sheet(), {"xl/vbaProject.bin": OLE})


def bomb() -> bytes:
    """A .docx that would fill the memory."""
    return repacked(word(), {"word/document.xml": b"<w:document>" + b" " * 400_000_000})


def with_link() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        part = zipfile.ZipInfo("word/document.xml")
        part.create_system, part.external_attr = 3, 0o120777 << 16
        file.writestr(part, "/etc/passwd")
        file.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


WRONG = {
    "a bomb": ("a.docx", bomb, "超过 200 MB", "超过 200 MB"),
    # Of a workbook its cells are read, whatever would run in it.
    "with macros": ("a.xlsm", lambda: MACRO, "", "宏程序"),
    "with macros under another name": ("a.xlsx", lambda: MACRO, "", "宏程序"),
    "a program": ("a.exe", lambda: EXE, "不是文档", "会运行的程序"),
    "a program as a text": ("a.docx", lambda: EXE, "不是文档", "会运行的程序"),
    "a program as a picture": ("a.jpg", lambda: EXE, "不是文档", "会运行的程序"),
    "nothing": ("a.docx", lambda: b"", "文件是空的", "附件是空的"),
    "with a password": ("a.docx", lambda: OLE, "旧格式", "内容却是 OLE"),
    "of an old program": ("a.doc", lambda: OLE, "旧格式", "旧格式"),
    "a picture as a text": ("a.docx", png, "这是图片", "内容却是 PNG"),
    "half of it": ("a.docx", lambda: word()[:900], "已损坏", "打不开"),
    "a name inside that leads out": ("a.docx", lambda: zipped({"../../../x": "x"}), "指向外面", "指向外面"),
    "a link inside": ("a.docx", with_link, "是链接", "是链接"),
    "an archive": ("a.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(300), "压缩包", "压缩包"),
    "a page with a program": ("a.html", lambda: b"<h1>x</h1><script>alert(1)</script>", "没有导入", "不能公开"),
    "a picture with a program": ("a.svg", lambda: b"<svg><script>1</script></svg>", "没有导入", "不能公开"),
    "no text": ("a.txt", lambda: bytes(range(256)) * 20, "没有导入", "内容却不是"),
    "half a PDF": ("a.pdf", lambda: b"%PDF-1.4\n" + EXE, "已损坏", "打不开"),
}


@pytest.fixture(scope="module")
def clerk(tmp_path_factory) -> Clerk:
    return Clerk(write_site(tmp_path_factory.mktemp("desk"), DISCLOSURE))


def dropped(clerk: Clerk, name: str, data: bytes):
    return clerk.post("/import", {**clerk.form("/import", "/import"), "file": (BytesIO(data), name)})


def look(clerk: Clerk, name: str, data: bytes) -> dict:
    form = {**clerk.form(f"/problem/{REF}", f"/problem/{REF}"), "entry_text": "复核。", "files": (BytesIO(data), name)}
    return json.loads(clerk.post(f"/problem/{REF}/look", form, Accept="application/json").data)["remarks"]


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_with_a_file_is_said_where_it_is_given(clerk, kind):
    name, made, of_import, of_attachment = WRONG[kind]
    before = sorted(clerk.site.root.rglob("content/**/*"))
    page = dropped(clerk, name, made())
    told = page.get_data(as_text=True)
    matter = " ".join(
        re.sub("<[^>]+>", " ", told.partition("desk-matter--wrong")[2].partition("</section>")[0]).split()
    )
    assert page.status_code == 200 and of_import in matter, matter
    assert bool(matter) == bool(of_import)
    remarks = look(clerk, name, made())
    said = "".join(one["text"] for one in remarks["files"])
    assert of_attachment in said and all(one["fix"] for one in remarks["files"])
    everything = told + json.dumps(remarks, ensure_ascii=False)
    assert "Traceback" not in everything and str(clerk.site.root) not in everything and "reports/" not in said
    assert sorted(clerk.site.root.rglob("content/**/*")) == before


@pytest.mark.parametrize(
    "name", ["a\0.txt", "../../../etc/cron.d/x.txt", "C:\\Windows\\x.txt", "长" * 200 + ".txt", ".x.txt"]
)
def test_a_name_of_any_kind_is_read_like_another(clerk, name):
    from helpers.desks import notice

    page = dropped(clerk, name, notice("2024年12月31日", "2025年1月10日").encode())
    assert page.status_code == 200 and "读出 2 个问题" in page.get_data(as_text=True)
    kept = {file.resolve() for file in (clerk.desk.office.state / "imports").rglob("*")}
    assert all(file.is_relative_to(clerk.desk.office.state.resolve()) for file in kept)


def test_what_is_larger_than_some_photographs_is_told(clerk, monkeypatch):
    monkeypatch.setitem(clerk.app.config, "MAX_CONTENT_LENGTH", 5000)
    page = dropped(clerk, "a.docx", bytes(9000))
    assert page.status_code == 413 and "文件太大" in page.get_data(as_text=True)


def test_what_a_saved_photograph_tells_is_taken_out_where_it_is_handed_in(make_site):
    clerk = Clerk(committed(make_site(DISCLOSURE)))
    git(clerk.site, "config", "user.name", "办公室科员").ok()
    form = {**clerk.form(f"/problem/{REF}", f"/problem/{REF}"), "entry_text": "现场照片。", "then": "changes"}
    photo = (BytesIO(png(exif=tiff(gps=True))), "现场.png")
    page = clerk.post(f"/problem/{REF}", {**form, "files": photo})
    told = page.get_data(as_text=True)
    assert page.request.path.endswith("/changes") and "已保存" in told  # one click less than by way of the menu
    assert "附件 现场.png" in told and "位置" in told
    done = clerk.post("/changes/mend", fields(told, "/changes/mend")).get_data(as_text=True)
    assert "已改正 1 个文件" in done and "/changes/mend" not in done
    assert (source(clerk.site, REF).parent / "files/现场.png").read_bytes() == png()
    assert "已提交" in clerk.submit().get_data(as_text=True)


def test_an_attachment_that_was_handed_in_is_taken_away_again(make_site):
    clerk = Clerk(committed(make_site(DISCLOSURE)))
    git(clerk.site, "config", "user.name", "办公室科员").ok()
    photo = (BytesIO(png()), "现场.png")
    clerk.problem(REF, entry_text="完成移交，见附件。", files=photo)
    clerk.submit()
    before, file = source(clerk.site, REF).read_text("utf-8"), source(clerk.site, REF).parent / "files/现场.png"
    told = clerk.problem(REF, **{"gone-files/现场.png": "1"}).get_data(as_text=True)
    assert "附件 files/现场.png 已去掉" in told and "进展的文字还提到附件" in told
    assert not file.exists() and source(clerk.site, REF).read_text("utf-8") == re.sub(r"\n *附件: .*", "", before)
    clerk.post("/changes/undo", clerk.form("/changes", "/changes/undo"))
    assert file.read_bytes() == png() and source(clerk.site, REF).read_text("utf-8") == before
    clerk.problem(REF, **{"gone-files/现场.png": "1", "gone-../index.md": "1"})
    assert "附件 现场.png" in clerk.text("/changes") and "已提交" in clerk.submit().get_data(as_text=True)
    assert git(clerk.site, "ls-files", "content").ok().out.count("files/") == 0
    assert git(clerk.site, "status", "--porcelain").ok().out == "" and not file.exists()


def test_an_attachment_that_something_else_needs_stays(make_site):
    clerk = Clerk(make_site(DISCLOSURE))
    clerk.problem(REF, entry_text="完成移交。", files=(BytesIO(png()), "a.png"))
    clerk.problem("2024-a/01", body="见[照片](files/a.png)。")
    told = clerk.problem(REF, **{"gone-files/a.png": "1"}).get_data(as_text=True)
    assert "files/a.png 还用在 2024-a/01，文件没有删去" in told
    assert "a.png" not in source(clerk.site, REF).read_text("utf-8")
    assert (source(clerk.site, REF).parent / "files/a.png").read_bytes() == png()


def test_no_remedy_on_a_page_is_a_command():
    texts = [
        rule[f"{language}_fix"] for rule in RULES.values() for language in ("zh", "en") if rule.get(f"{language}_fix")
    ]
    said = [plain(text) for text in texts]
    assert all(said) and not any("rectify check" in text or "rectify approve" in text for text in said)


def test_no_file_is_written_through_a_link(make_site, tmp_path):
    clerk = Clerk(make_site(DISCLOSURE))
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept", "utf-8")
    files = source(clerk.site, REF).parent / "files"
    files.mkdir()
    (files / "a.txt").symlink_to(outside / "kept.txt")
    (files / "b.txt").symlink_to(outside / "none.txt")
    for name in ("a.txt", "b.txt"):
        clerk.problem(REF, entry_text=f"附 {name}。", files=(BytesIO(b"mine"), name))
    assert (outside / "kept.txt").read_text("utf-8") == "kept" and not (outside / "none.txt").exists()
    assert {"a-2.txt", "b-2.txt"} <= {file.name for file in files.iterdir()}
    for file in files.iterdir():
        file.unlink()
    files.rmdir()
    files.symlink_to(outside)
    told = clerk.problem(REF, entry_text="附件。", files=(BytesIO(b"mine"), "c.txt")).get_data(as_text=True)
    assert "没有保存" in told and not (outside / "c.txt").exists()


def test_where_other_files_keep_the_page_from_being_shown_that_is_said_without_their_places(make_site):
    clerk = Clerk(make_site(DISCLOSURE))
    other = source(clerk.site, "2024-a/01")
    other.write_text(other.read_text("utf-8").replace("状态: 已完成", "状态: 完了"), "utf-8")
    form = clerk.form(f"/problem/{REF}", f"/problem/{REF}")
    told = json.loads(clerk.post(f"/problem/{REF}/look", form, Accept="application/json").data)
    assert told["page"] == "" and [one["text"] for one in told["remarks"][""]] == [
        "有检查提示，改正以后才看得到读者的页面；别处的见“提交”"
    ]
