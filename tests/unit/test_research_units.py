"""What the units of a passage promise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.research.units import units_of
from interviewer.transcript import Passage

_TEXT = """## Beds

We have three sites. The largest is in Aldersby!

| Site | Beds | |
|---|---|---|
| Aldersby | 412 | **main** |
| Quarry Lane | 84 | |

## Parking

- Car park B costs £7.50 a day.
- Cycles are free."""


def _passage(text: str, heading: str = "Our sites › Beds · Parking") -> Passage:
    return Passage("acme/sites#1", text, "S", "address", None, "en", heading)


def test_a_sentence_is_embedded_under_its_own_heading() -> None:
    """Of two sections in one passage each sentence keeps the heading above it."""
    about = [unit.about for unit in units_of(_passage(_TEXT)) if not unit.is_row]
    assert about == [
        "Beds: We have three sites.",
        "Beds: The largest is in Aldersby!",
        "Parking: Car park B costs £7.50 a day.",
        "Parking: Cycles are free.",
    ]


def test_a_row_is_embedded_with_the_heads_of_its_columns() -> None:
    """A row reads as a sentence would, and a small table is a unit as a whole as well."""
    rows = [unit for unit in units_of(_passage(_TEXT)) if unit.is_row]
    assert [unit.about for unit in rows] == [
        "Beds: Site: Aldersby; Beds: 412; main",
        "Beds: Site: Quarry Lane; Beds: 84",
        "Beds: Site Beds ; Aldersby 412 main; Quarry Lane 84 ",
    ]
    assert all(unit.text in _TEXT for unit in rows)


def test_a_passage_of_one_section_lends_its_last_heading() -> None:
    """Where no heading stands in the text the passage's own is taken."""
    (unit,) = units_of(_passage("Trams run all night.", "Services › Night"))
    assert unit.about == "Night: Trams run all night."
    (bare,) = units_of(_passage("Trams run all night.", ""))
    assert bare.about == bare.text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .!。|-#1\n文", max_size=120))
def test_there_is_a_unit_in_every_text_and_each_is_a_piece_of_it(text: str) -> None:
    """Whatever the text, at least one unit comes out, word for word."""
    units = units_of(_passage(text))
    assert units
    assert all(unit.text in text for unit in units)
