"""A passage as it is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewer.ui.passage_text import Block, blocks_of


def test_paragraphs_and_tables_are_told_apart() -> None:
    """A table becomes rows without its rule; a bar that is escaped stays in its cell."""
    text = "Pay:\n| Grade | Pay |\n| --- | ---: |\n| One \\| two | £34,000 |\nAfter it.\n\nLast."
    assert blocks_of(text) == (
        Block("Pay:"),
        Block(rows=(("Grade", "Pay"), ("One | two", "£34,000"))),
        Block("After it."),
        Block("Last."),
    )


def test_a_heading_between_sections_is_told_apart() -> None:
    """A line of hashes and words stands as a heading; a hash inside a text stays."""
    text = "## Beds\n\n412 beds.\n\n## Parking\n\nBay #4 is ours."
    assert blocks_of(text) == (
        Block(heading="Beds"),
        Block("412 beds."),
        Block(heading="Parking"),
        Block("Bay #4 is ours."),
    )


def test_what_decides_is_marked_where_it_stands() -> None:
    """Only an exact part of one paragraph is marked."""
    assert blocks_of("One. Two. Three.", "Two.") == (Block("One. ", "Two.", " Three."),)
    assert blocks_of("One.", "Two.") == (Block("One."),)


@given(st.text(alphabet="ab |-\n\\<>", max_size=80), st.text(max_size=5))
def test_no_word_is_lost(text: str, marked: str) -> None:
    """Every letter of a passage is shown, in its order."""
    shown = "".join(
        b.before + b.marked + b.after + "".join(c for row in b.rows for c in row)
        for b in blocks_of(text, marked)
    )
    assert [c for c in shown if c in "ab<>"] == [c for c in text if c in "ab<>"]
