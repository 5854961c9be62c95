"""Names that lead elsewhere: nothing outside the site is read into it or written, nothing hangs, nothing ends with a traceback."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from helpers.attacks import body, document, source
from helpers.site import Result, Site, write_site
from rectify.cli import main
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.folder import read_folder

CANARY = "金丝雀在外面kanari"

DISCLOSURE = document(DISCLOSURE_KEYS, "整改")
PROBLEM = document(PROBLEM_KEYS, "问题", leave=("withdrawn",))
HERE = {"reports/2024-a/index.md": DISCLOSURE, "reports/2024-a/01.md": PROBLEM}
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and pipes are made as POSIX has them")


class Place:
    """A site in a folder with other things around it, which nobody may touch."""

    def __init__(self, folder: Path, files: dict[str, str | bytes], **config):
        self.around = folder / "around"
        (self.around / "outside" / "files").mkdir(parents=True)
        for name in ("secret.txt", "outside/index.md", "outside/01.md", "outside/files/a.txt", "evil.html", "10.md"):
            (self.around / name).write_text(
                DISCLOSURE.replace("整改", CANARY) if name.endswith("index.md") else f"{CANARY}\n", "utf-8"
            )
        self.site: Site = write_site(self.around / "site", files, **config)
        self.before = self.snapshot()

    def snapshot(self) -> dict[str, tuple]:
        """Return what lies around the site and in its sources."""
        seen = {}
        for parent, folders, names in os.walk(self.around):
            folders[:] = [f for f in folders if Path(parent, f) not in (self.site.output, self.site.root / ".cache")]
            for name in names:
                file = Path(parent, name)
                seen[str(file)] = (file.lstat().st_mtime_ns, file.lstat().st_size)
        return seen

    def build(self) -> Result:
        """Build the site; whatever comes of it, nothing around it is touched or told."""
        result = self.site.build("-q")
        self.untouched(result)
        return result

    def rectify(self, *arguments: str) -> Result:
        return self.site.rectify(*arguments)

    def untouched(self, result: Result) -> None:
        assert "Traceback" not in result.out, result.out
        assert self.snapshot() == self.before
        for name in self.site.files() if self.site.output.is_dir() else ():
            assert CANARY not in name and CANARY.encode() not in (self.site.output / name).read_bytes(), name


@pytest.fixture
def place(tmp_path) -> Callable[..., Place]:
    return lambda files, **config: Place(tmp_path, HERE | files, **config)


OUTSIDE = (
    "../secret.txt", "../../../../secret.txt", "files/../../../../../secret.txt", "files/../index.md", "/etc/passwd", "//etc/passwd", "file:///etc/passwd", "files//etc/passwd",
    "..\\secret.txt", "files\\..\\..\\secret.txt", "files/..\\..\\secret.txt", "C:\\secret.txt", "C:secret.txt", "files/C:/secret.txt", "\\\\host\\share", "%2e%2e/secret.txt", "files/%2e%2e/%2e%2e/secret.txt",
    "files/..%2f..%2fsecret.txt", "files/．．/secret.txt", "files/\u2025/secret.txt", "files/a.txt\0.pdf", "files/a\n.txt", "files/", "files", ".", "..", "~", "~/x", "$HOME/x", "files/./a.txt",
    "files/" + "a" * 300, "files/" + "a/" * 3000 + "a", "files/*", "files/[a].txt", "-rf", "files/-rf", "files/CON", "files/nul.txt", "files/a.txt:stream", "files/a.txt ", "files/a.txt.", "FILES/a.txt",
)  # fmt: skip


@pytest.mark.parametrize("chunk", range(4))
def test_a_listed_attachment_is_one_of_the_disclosure_or_refused(tmp_path, chunk: int):
    for number, name in enumerate(OUTSIDE[chunk::4]):
        content = tmp_path / str(number) / "content"
        folder = content / "reports" / "2024-a"
        (folder / "files").mkdir(parents=True)
        for path in (content.parent / "secret.txt", folder / "files" / "a.txt"):
            path.write_text(CANARY, "utf-8")
        (folder / "index.md").write_text(DISCLOSURE, "utf-8")
        progress = [{"日期": "2024-05-01", "内容": "启动", "附件": [name]}]
        (folder / "01.md").write_text(source({"问题": "甲", "状态": "已完成", "进展": progress}), "utf-8")
        read = read_folder(content, "2024-a")
        # A blank at either end of a name is dropped on reading.
        assert name.strip() == "files/a.txt" or any(
            f.severity == "error" and f.path.endswith("01.md") for f in read.findings
        ), name
        assert read.attachments == ("files/a.txt",)


def test_the_command_that_builds_says_so(place):
    progress = [{"日期": "2024-05-01", "内容": "启动", "附件": [name]} for name in OUTSIDE]
    here = place({"reports/2024-a/02.md": source({"问题": "甲", "状态": "已完成", "进展": progress})})
    assert here.build().exit == 1 and not here.site.output.exists()


READING = (
    "--8<-- \"../../../secret.txt\"", "--8<--\n/etc/passwd\n--8<--", "{% include '../../secret.txt' %}", "{! ../../../secret.txt !}", "{{ open('../secret.txt').read() }}", ":include: ../../../secret.txt",
    ".. include:: ../../../secret.txt", "!include ../../../secret.txt", "<!--#include virtual=\"../secret.txt\"-->", "@import '../../../secret.txt'", "```{literalinclude} ../../../secret.txt\n```", "![[../../../secret.txt]]",
)  # fmt: skip


def test_nothing_in_a_text_reads_another_file(place):
    text = "\n\n".join(READING)
    pages = {
        f"p{number}.md": source({"title": "页", key: value}, text)
        for number, (key, value) in enumerate(
            (("include", "../../secret.txt"), ("snippet", "../secret.txt"), ("extends", "../secret.txt"))
        )
    }
    here = place(
        {**pages, "reports/2024-a/02.md": document(PROBLEM_KEYS, text, body(text), ("withdrawn",), number="2")}
    )
    assert here.build().exit == 0
    assert "secret.txt" in here.site.page("p0/") and "secret.txt" in here.site.page("reports/2024-a/02/")


@pytest.mark.parametrize(
    "target",
    [
        "../../../secret.txt",
        "..%2f..%2f..%2fsecret.txt",
        "../../../../secret.txt",
        "/../secret.txt",
        "../../site/../../secret.txt",
        "files/../../../../../secret.txt",
        "../../../10.md",
    ],
)
@pytest.mark.parametrize("name", ["reports/2024-a/01.md", "about.md"])
def test_a_link_out_of_the_content_copies_nothing(place, name: str, target: str):
    here = place({name: HERE.get(name, "# 页\n") + f"\n[甲]({target}) ![甲]({target})\n"})
    result = here.build()
    assert result.exit == 1 or "secret" not in " ".join(here.site.files())


TEMPLATES = (
    "main.html", "pages/macros.html", "sitemap.xml", "../../secret.txt", "/etc/passwd", "evil.html", "", "main.html\0", "../../../../../../etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_page_names_no_template_from_elsewhere(place, name: str):
    here = place({"about.md": source({"title": "页", "template": name}, "正文")})
    here.build()


@POSIX
def test_a_link_out_of_the_content_is_refused(place):
    here = place({f"reports/2024-{name}/index.md": DISCLOSURE for name in "bcd"})
    disclosures, outside = here.site.root / "content" / "reports", here.around / "outside"
    targets = {
        "2024-a/files/a.txt": "files/a.txt", "2024-a/files/folder": "files", "2024-b/files": "files", "2024-c/index.md": "index.md", "2024-a/02.md": "01.md", "2024-e": "",
        "../about.md": "01.md", "../sub": "", "../picture.png": "files/a.txt",
    }  # fmt: skip
    for name, target in targets.items():
        (disclosures / name).parent.mkdir(parents=True, exist_ok=True)
        (disclosures / name).unlink(missing_ok=True)
        (disclosures / name).symlink_to(outside / target)
    here.before = here.snapshot()
    built, checked = here.build(), here.rectify("check")
    here.untouched(checked)
    for name in targets:
        shown = os.path.normpath(f"reports/{name}")
        assert built.exit == checked.exit == 1
        for result in (built, checked):
            assert any(shown in line and "S005" in line for line in result.out.splitlines()), (name, result.out)


@POSIX
@pytest.mark.parametrize("name", ["files/a.txt", "02.md", "../../about.md", "../loop"])
def test_a_link_to_itself_or_to_nothing_ends(place, name: str):
    here = place({})
    for target in ("itself", "nothing"):
        link = here.site.root / "content" / "reports" / "2024-a" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(link if target == "itself" else link.with_name("nothing"))
        here.before = here.snapshot()
        here.build()
        assert "Traceback" not in here.rectify("check").out


@POSIX
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("reports/2024-a/files/a.txt", "build"), ("reports/2024-a/files/a.txt", "check"), ("reports/pipe", "build"), ("reports/pipe", "check"), (".pipe", "build"), ("a.txt", "check"),
        ("reports/2024-a/02.md", "check"), ("about.md", "build"), ("a.txt", "build"),
    ],
)  # fmt: skip
def test_a_pipe_holds_nothing_up(place, name: str, command: str):
    here = place({})
    pipe = here.site.root / "content" / name
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)
    here.before = here.snapshot()
    result = here.build() if command == "build" else here.rectify("check")
    assert "Traceback" not in result.out


FOLDERS = (
    "2024-A",
    "2024 a",
    "a'b",
    'a"b',
    "<b>",
    "con.",
    "a\\b",
    "%2e%2e",
    "２０２４",
    "page_2",
    "a\u202eb",
    "~",
    "a;b",
    "$(x)",
    "a\tb",
    "\u200b",
)
ODD = ("-rf", "--help", "con", "nul", "full", "search", "0", "-", "index")


@POSIX
def test_folders_of_other_names_are_refused(place):
    here = place({f"reports/{name}/index.md": DISCLOSURE for name in FOLDERS})
    result = here.build()
    assert result.exit == 1 and result.out.count("[S030]") == len(FOLDERS), result.out


@POSIX
def test_folders_of_odd_names_have_pages_of_their_own(place):
    here = place(
        {
            f"reports/{name}/{file}": text
            for name in ODD
            for file, text in (("index.md", document(DISCLOSURE_KEYS, "整改", round=name)), ("01.md", PROBLEM))
        }
    )
    assert here.build().exit == 0
    assert all((here.site.output / "reports" / name / "01" / "index.html").is_file() for name in ODD)


@POSIX
@pytest.mark.parametrize("name", ["a" * 255, "2024-b\n"])
def test_a_folder_that_cannot_be_named_is_refused(place, name: str):
    here = place({f"reports/{name}/index.md": DISCLOSURE})
    assert here.build().exit == 1


FILES = (
    "1.md", "02.MD", "０２.md", "02.md.md", "-2.md", "02 .md", "2e1.md", "02.md~", "02.html", "+2.md", "²².md", "_2.md", "02.md\\", "a\"onclick=\"x.md", "02.markdown", "index.html", "../2024.md", "files.md",
)  # fmt: skip


@POSIX
def test_problem_files_of_other_names_are_refused(place):
    here = place({f"reports/2024-a/{name}": PROBLEM for name in FILES})
    result = here.build()
    assert result.exit == 1 and len(re.findall(r"\[S032\]|\[A025\]", result.out)) == len(FILES), result.out


@POSIX
@pytest.mark.parametrize(
    "name",
    ["001.md", "01.md\n", "99999999999999999999.md"],
)  # fmt: skip
def test_a_problem_file_that_is_nearly_right_is_refused(place, name: str):
    here = place({f"reports/2024-a/{name}": PROBLEM})
    result = here.build()
    assert result.exit == 1 and "[S03" in result.out


def test_a_printed_number_names_no_file(place):
    numbers = (
        "../../x",
        "01/../../x",
        "/etc/passwd",
        "..\\x",
        "a\nb",
        "\u202e1",
        "0",
        "1" * 400,
        "%2e%2e%2fx",
        ".",
        "..",
        "",
    )
    files = {
        f"reports/2024-a/{n:02}.md": document(
            PROBLEM_KEYS, "问题", leave=("withdrawn",), number=one, group=one, category=one
        )
        for n, one in enumerate(numbers, start=1)
    }
    here = place(files)
    assert here.build().exit == 0
    assert all(not part.startswith(".") and len(part) < 60 for name in here.site.files() for part in name.split("/"))


ATTACHED = (
    *("a.txt", "-rf.txt", "a b.txt", "a%2fb.txt", "a&b'.txt", "e\u0301.txt", "a" * 240 + ".txt", "a;b$(x)`y`.txt"),
    *("a#c.txt", "！.txt"),
)
UNFIT = (
    *("A.TXT", "con.txt", "a<c>.txt", 'a".txt', "a\nb.txt", "a\tb.txt", "é.txt", "a:b.txt", "a?b.txt"),
    "a\u202etxt.exe.txt",
)
"""What some system cannot hold, beside the others or at all, or no reader sees as it is."""


@POSIX
def test_attachments_are_published_as_they_are_called_or_refused(place):
    here = place({f"reports/2024-a/files/{name}": f"附件 {number}\n" for number, name in enumerate(ATTACHED)})
    progress = [
        {"日期": "2024-05-01", "状态": "已完成", "内容": "启动", "附件": [f"files/{name}" for name in ATTACHED]}
    ]
    here.site.write("reports/2024-a/01.md", source({"问题": "甲", "状态": "已完成", "进展": progress}))
    for name in UNFIT:
        here.site.write(f"reports/2024-a/files/{name}", "附件\n")
        here.before = here.snapshot()
        result = here.build()
        assert result.exit == 1 and len(re.findall("A042|S009", result.out)) == 1, f"{name!r}\n{result.out}"
        (here.site.root / "content/reports/2024-a/files" / name).unlink()
    here.before = here.snapshot()
    result = here.build()
    assert result.exit == 0, result.out
    folder = here.site.output / "reports/2024-a/files"
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == {
        name: f"附件 {number}\n" for number, name in enumerate(ATTACHED)
    }


REFS = (
    "../../outside",
    "../outside/01",
    "/etc/passwd",
    "..",
    ".",
    "2024-a\n/01",
    "2024-b/01",
    "C:\\x",
    "2024-a/..",
    "2024-a/../../../outside/01",
    "other/reports/2024-a/01",
    "2024-a/files/01",
)
COMMANDS = (
    ("update", "{}", "--status", "已完成", "--note", "x", "--date", "2024-05-02"), ("withdraw", "{}", "--reason", "x"), ("new", "problem", "{}", "--title", "x"), ("status", "{}"),
    ("new", "disclosure", "--id", "{}", "--unit", "x", "--title", "x", "--as-of", "2024-05-31", "--published", "2024-06-10"), ("export", "--xlsx", "{}"), ("export", "--markdown", "{}"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: "-".join(one[:2]))
def test_a_command_takes_no_reference_that_leads_outside(place, command: tuple[str, ...], monkeypatch):
    here = place({})
    monkeypatch.chdir(here.site.root)
    for ref in REFS:
        result = CliRunner().invoke(main, [part.format(ref) if part == "{}" else part for part in command])
        assert result.exit_code != 0 and (result.exception is None or isinstance(result.exception, SystemExit)), (
            ref,
            result.exception,
        )
        assert CANARY not in result.output and here.snapshot() == here.before, ref


@POSIX
@pytest.mark.parametrize(
    "name", ["../../../x.txt", "-x.txt", ".hidden", "..", "a\nb.txt", "a/../../b.txt", "con.txt", "<b>.html"]
)
def test_an_attachment_of_an_update_lands_among_the_attachments(place, name: str):
    here = place({})
    given = here.around / "given" / name.replace("/", "_")
    if name in ("..", "."):
        given = here.around / "given"
    given.parent.mkdir(exist_ok=True)
    given.mkdir(exist_ok=True) if given == here.around / "given" else given.write_text("附件\n", "utf-8")
    before = set(here.snapshot())
    result = here.rectify(
        "update", "2024-a/01", "--status", "已销号", "--note", "x", "--date", "2024-05-02", f"--attach={given}"
    )
    assert "Traceback" not in result.out
    new = set(here.snapshot()) - before
    assert all(Path(path).parent == here.site.root / "content/reports/2024-a/files" for path in new), new


@pytest.mark.parametrize(
    "member",
    [
        "../../../../pwned.xml",
        "/pwned.xml",
        "C:/pwned.xml",
        "word/../../../pwned.xml",
        "word\\..\\..\\pwned.xml",
        "a\0b.xml",
    ],
)
def test_an_imported_document_unpacks_nothing(place, member: str):
    data = io.BytesIO()
    Document().save(data)
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(member.replace("\0", "_"), "x")
    here = place({})
    (here.around / "given.docx").write_bytes(
        data.getvalue().replace(b"a_b.xml", b"a\0b.xml") if "\0" in member else data.getvalue()
    )
    here.before = here.snapshot()
    result = here.rectify("import", "../given.docx", "--to", "content/reports/2024-new")
    assert result.exit == 1 and "I012" in result.out, result.out
    here.untouched(result)


@pytest.mark.parametrize("names", ["甲\x01乙", ["甲\x1acontent\x1a乙"]], ids=["text", "list"])
def test_names_hold_no_control_characters(place, names):
    here = place({"reports/2024-a/01.md": source({"问题": "甲", "状态": "已完成", "责任单位": names})})
    result = here.build()
    assert result.exit == 1 and "[S042]" in result.out


def test_a_reference_longer_than_any_name_is_refused(place):
    result = place({}).rectify("update", "a" * 5000, "--status", "已完成", "--note", "x")
    assert result.exit != 0 and "Traceback" not in result.out
