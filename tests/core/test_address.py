"""Where a browser goes for an address; the cases are those of the URL Standard that RFC 3986 reads otherwise."""

import pytest

from rectify.core.address import leads_elsewhere

ELSEWHERE = (
    "https://a.example/",
    "HTTPS://a.example",
    "//a.example/",
    "///a.example/",
    "/\\a.example",
    "\\\\a.example",
    "\\/a.example",
    "https:a.example",
    "https:/a.example",
    "https:///a.example",
    "/\t/a.example",
    "\n//a.example",
    " //a.example",
    "\x01//a.example",
    "/&Tab;/a.example",
    "&sol;&sol;a.example",
    "ht&Tab;tps://a.example",
    "&#104;ttps://a.example",
    "ftp://a.example",
    "wss://a.example",
    "file:///etc",
    "http:",
)
HERE = (
    "",
    "a/",
    "../../a/",
    "./a",
    "/a//b",
    "a//b",
    "#//a",
    "?//a",
    "#https://a.example",
    "mailto:a@b.example",
    "tel:1",
    "data:,",
    "httpsa",
    "a/https://b",
    "／／a.example",
    "．/a",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_another_host(address):
    assert leads_elsewhere(address)


@pytest.mark.parametrize("address", HERE)
def test_this_site_or_no_host_at_all(address):
    assert not leads_elsewhere(address)
