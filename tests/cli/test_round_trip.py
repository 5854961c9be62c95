"""What is exported and imported again is the same: every disclosure of this project, through every form."""

import json

import pytest

from helpers.site import ROOT, write_site
from rectify.intake.understanding import understand
from rectify.outputs.official_document import official_document
from rectify.sources.folder import read_folder

CONTENT = ROOT / "content"
DISCLOSURES = sorted(path.name for path in (CONTENT / "reports").iterdir())
KEPT = (
    "title",
    "unit",
    "inspector",
    "inspection",
    "round",
    "inspected",
    "feedback",
    "as_of",
    "published",
    "contact",
    "index_no",
    "doc_no",
    "issuer",
    "doc_date",
)
FIELDS = ("title", "group", "number", "category", "lead", "units", "owner", "deadline", "flags", "measures", "closeout")


@pytest.mark.parametrize("disclosure", DISCLOSURES)
def test_the_official_document_holds_the_whole_disclosure(tmp_path, disclosure):
    folder = read_folder(CONTENT, disclosure)
    file = tmp_path / f"{disclosure}.docx"
    file.write_bytes(official_document(folder.disclosure, folder.problems))
    understanding, findings = understand(file)
    assert understanding is not None, [one.text() for one in findings]
    values = understanding.recognition.values
    assert {key: values.get(key) for key in KEPT} == {key: getattr(folder.disclosure, key) or None for key in KEPT}
    problems = understanding.recognition.problems
    assert len(problems) == len(folder.problems)
    for wanted, found in zip(folder.problems, problems):
        if wanted.withdrawn:
            assert wanted.title not in found.title
            continue
        assert {key: getattr(found, key) for key in FIELDS} == {key: getattr(wanted, key) for key in FIELDS}
        assert found.stated.status == wanted.status
        # Attachments are listed by name at the end of the document, not carried by it.
        assert [entry[:3] for entry in found.progress] == [entry[:3] for entry in wanted.progress]


@pytest.fixture
def site(tmp_path):
    files = {
        path.relative_to(CONTENT).as_posix(): path.read_bytes() for path in sorted(CONTENT.rglob("*")) if path.is_file()
    }
    return write_site(tmp_path, files)


def test_a_ledger_that_nobody_edited_changes_nothing(site):
    site.rectify("export", "--xlsx", "-o", "ledger.xlsx").ok()
    before = {path: path.read_bytes() for path in sorted((site.root / "content").rglob("*.md"))}
    result = site.rectify("import", "ledger.xlsx", "--update", "--format", "json").ok()
    assert {one["state"] for one in json.loads(result.out)} == {"unchanged"}
    assert {path: path.read_bytes() for path in sorted((site.root / "content").rglob("*.md"))} == before


def test_import_then_export_then_import_is_stable(site):
    """From a document to content, to a document, to content: the second content updates the first with nothing."""
    place = "content/reports/2024-again"
    site.rectify("import", str(ROOT / "seeds/2024-jiaotongju-shenji.txt"), "--to", place).ok()
    first = {path.name: path.read_text("utf-8") for path in sorted((site.root / place).glob("*.md"))}
    site.rectify("export", "2024-again", "--docx", "-o", "out.docx").ok()
    site.rectify("import", "out.docx", "--to", "content/reports/2024-copy").ok()
    second = {
        path.name: path.read_text("utf-8") for path in sorted((site.root / "content/reports/2024-copy").glob("*.md"))
    }
    assert {name: text for name, text in second.items() if name != "index.md"} == {
        name: text for name, text in first.items() if name != "index.md"
    }
    head = "\n---\n"
    assert second["index.md"].partition(head)[0] == first["index.md"].partition(head)[0]
    assert "没有改动" in site.rectify("import", "out.docx", "--to", "content/reports/2024-copy", "--update").ok().out
