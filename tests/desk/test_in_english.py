"""The desk in English: where the content is English, no page of it has a Chinese word."""

import re
from html import unescape

import pytest

from helpers.desks import Clerk
from helpers.repository import committed, git
from helpers.site import Site
from rectify.core.language import speak, spoken

HAN = re.compile("[\u2e80-\u9fff]")


@pytest.fixture
def clerk(make_site):
    root = make_site().root / "english"
    Site(root.parent, root).rectify("--lang", "en", "init", "english").ok()
    site = committed(Site(root, root / "site"))
    git(site, "config", "user.name", "Clerk").ok()
    git(site, "config", "user.email", "clerk@qingchuan.example").ok()
    git(site, "commit", "-q", "--amend", "--no-verify", "-m", "Begun").ok()
    before = spoken().key
    speak("en")
    yield Clerk(site)
    speak(before)


def test_no_page_has_a_chinese_word(clerk):
    (disclosure,) = [one.name for one in (clerk.site.root / "content/reports").iterdir()]
    clerk.problem(f"{disclosure}/02", lead="Archives section")
    form = clerk.form("/ledger", "/ledger/together")
    pages = {
        way: clerk.text(way)
        for way in (
            "/", "/ledger", "/ledger?view=late", f"/problem/{disclosure}/02", "/disclosures", f"/disclosure/{disclosure}",
            f"/disclosure/{disclosure}/approve", "/disclosures/new", "/import", "/changes", "/nowhere",
        )
    }  # fmt: skip
    pages["together"] = clerk.post(
        "/ledger/together", {**form, "ref": f"{disclosure}/01", "entry_text": "Looked at again."}
    ).get_data(as_text=True)
    pages["refused"] = clerk.problem(f"{disclosure}/02", entry_status="done").get_data(as_text=True)
    pages["handed in"] = clerk.submit().get_data(as_text=True)
    said = {
        way: HAN.findall(unescape(re.sub(r'(?s)<input[^>]*name="(?:base|csrf_token)"[^>]*>', "", page)))
        for way, page in pages.items()
    }
    assert {way: "".join(found) for way, found in said.items() if found} == {}
    assert "Hand in" in pages["/"] and ">Disclosures<" in pages["/"] and "1 problem updated" in pages["/changes"]
