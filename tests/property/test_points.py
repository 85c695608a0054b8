"""Points of a board, whatever the levels."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from interviewer.assessment.points import combined, points_for, table_of
from interviewer.content.elements import Element

LEVEL = st.floats(min_value=1, max_value=5, allow_nan=False)
KINDS = ("a", "b", "c")


@st.composite
def an_element(draw: st.DrawFn) -> Element:
    """Return an element whose bands meet."""
    low = draw(st.integers(1, 20))
    middle = draw(st.integers(low + 1, 40))
    most = draw(st.integers(middle + 1, 60))
    return Element(
        id="e", name={"en": "E"}, max=most, poor=(0, low - 1), mid=(low, middle - 1),
        good=(middle, most), shown_in=KINDS,
    )  # fmt: skip


LEVELS = st.fixed_dictionaries(dict.fromkeys(KINDS, LEVEL))
TABLES = st.lists(an_element(), min_size=1, max_size=8)


@given(an_element(), LEVEL, LEVEL)
def test_a_higher_level_never_has_fewer_points(element: Element, one: float, two: float) -> None:
    """Points rise with the level and stay between 0 and the most."""
    low, high = sorted((one, two))
    assert 0 <= points_for(element, low) <= points_for(element, high) <= element.max


@given(TABLES, LEVELS)
def test_points_add_up(elements: list[Element], levels: dict[str, float]) -> None:
    """The total is the sum of the elements, scaled to 100, and within half a hundredth of it."""
    table = table_of(elements, levels)
    total = table.total
    assert total is not None
    points = sum(line.points or 0 for line in table.lines)
    most = sum(element.max for element in elements)
    assert abs(total * most - points * 100) <= Decimal("0.005") * most
    assert 0 <= total <= 100


@given(TABLES, st.lists(LEVELS, min_size=1, max_size=9))
def test_the_mean_lies_within(elements: list[Element], raters: list[dict[str, float]]) -> None:
    """What raters come to together is between the lowest and the highest kept of them."""
    tables = [table_of(elements, levels) for levels in raters]
    totals = sorted(table.total for table in tables if table.total is not None)
    result = combined(tables)
    kept = totals[1:-1] if len(totals) >= 3 else totals
    assert result.points is not None
    assert kept[0] <= result.points <= kept[-1]
    assert (result.raters, result.dropped) == (len(totals), len(totals) - len(kept))
