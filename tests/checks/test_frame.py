"""What the frame around a register has of itself is its owner's; anything more on a page is not."""

from rectify.checks.built_files import Looker
from rectify.checks.frame import NO_FRAME, read_frame
from rectify.prose import NO_WORDS

FRAME = """<html><head><link rel="stylesheet" href="https://fonts.example/one.css"></head>
<body><button onclick="menu()">x</button><p>电话 13800138000</p>
{}
</body></html>"""


def _found(page: str, frame=NO_FRAME) -> list[tuple[str, str]]:
    looked = Looker((), NO_WORDS, (), frozenset()).look("a/index.html", page.encode())
    return [(one.rule, one.excerpt) for one in frame.beyond(looked.findings)]


def test_findings_of_the_frame_are_left_out_on_every_page_and_its_hosts_known():
    frame = read_frame([FRAME.format("")], NO_WORDS, (), frozenset())
    assert frame.hosts == ("fonts.example",)
    whole = FRAME.format("<p>整改情况</p>")
    assert len(_found(whole)) >= 3 and _found(whole, frame) == []


def test_what_the_content_adds_is_found_even_where_it_is_spelled_like_the_frame():
    frame = read_frame([FRAME.format("")], NO_WORDS, (), frozenset())
    added = FRAME.format('<button onclick="other()">y</button><img src="https://elsewhere.example/a.png">')
    assert {rule for rule, _ in _found(added, frame)} == {"B006", "B010"}


def test_a_page_that_was_made_small_is_read_like_another():
    small = (
        '<!DOCTYPE html><html lang=en><body><p id=one class="a b">整改 <a href=two/#three>x</a>'
        "<button onclick=menu()>x</button><script>if(a<b)c=1>2</script></body></html>"
    )
    looked = Looker((), NO_WORDS, (), frozenset()).look("index.html", small.encode())
    assert looked.ids == {"one"} and [link for link, _target, _anchor in looked.links] == ["two/#three"]
    assert {one.rule for one in looked.findings} == {"B010"}
    frame = read_frame([FRAME.format("<p>  13900139000\n</p>")], NO_WORDS, (), frozenset())
    assert _found("<html lang=en><p> 13900139000 <p>", frame) == []
