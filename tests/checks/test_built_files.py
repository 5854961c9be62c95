"""What is kept of the files of a site."""

from rectify.checks.built_files import Looked, Seen

NOTHING = Looked([], [], {}, 0)


def _seen(*links: str) -> dict[str, Seen]:
    return {"a.html": Seen("a.html", b"", frozenset(links[:1]), tuple((link, link, "") for link in links))}


def test_addresses_that_no_file_has_any_more_do_not_pile_up():
    looked = NOTHING.now(["a.html"], _seen("0"))
    for edit in range(30):
        links = [f"{edit}-{number}" for number in range(100)]
        looked = looked.now(
            ["a.html", "b.html"], {**_seen(*links), "b.html": Seen("b.html", b"", links=(("c", "c", ""),))}
        )
        assert len(looked.addresses) <= looked.most + 101
        assert [looked.addresses[number][0] for number in looked.files["a.html"].addresses()] == links
        assert [looked.addresses[number][0] for number in looked.files["b.html"].addresses()] == ["c"]
        assert looked.ids_of("a.html") == {links[0]}
        assert looked.is_whole()


def test_numbers_of_nothing_are_noticed():
    looked = NOTHING.now(["a.html"], _seen("0"))
    file = looked.files["a.html"]
    for wrong in (file._replace(ids=1), file._replace(links=b"\1\0\0\0"), file._replace(links=b"\0")):
        assert not looked._replace(files={"a.html": wrong}).is_whole()
