"""What the ledger workbook keeps of a problem, for comparison."""

from rectify.core import ledger


def test_the_copy_of_a_problem_is_no_longer_than_its_text_and_holds_what_no_cell_does():
    title, odd = "制度不健全" * 200, "前\x00后\x7f\ud800_x000D_"
    text = ledger.pack({"title": title, "lead": odd}, "", "")
    assert len(text) < len(title) + 200 and ledger.plain(text) == text and "_x000D_" not in text
    assert ledger.unpack(text)[0] == {"title": title, "lead": odd}
