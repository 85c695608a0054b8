"""Points of a board: bands, sums, the mean without highest and lowest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from interviewer.assessment.points import Line, Table, combined, points_for, table_of
from interviewer.content.elements import Element
from interviewer.content.library import Library

TWENTY = Element(
    id="analysis", name={"en": "Analysis"}, max=20, good=(15, 20), mid=(8, 14), poor=(0, 7),
    shown_in=("cn_analysis", "cn_plan"),
)  # fmt: skip
SEEN = Element(
    id="manner", name={"en": "Bearing"}, max=5, good=(4, 5), mid=(2, 3), poor=(0, 1),
    seen_only=True,
)  # fmt: skip


def total_of(points: int) -> Table:
    """Return the table of a rater who gave this much of a hundred."""
    whole = Element(
        id="all", name={"en": "All"}, max=100, good=(71, 100), mid=(40, 70), poor=(0, 39),
        shown_in=("cn_plan",),
    )  # fmt: skip
    return Table((Line(whole, points),))


@pytest.mark.parametrize(
    ("level", "points"), [(1, 0), (2.4, 7), (2.5, 8), (3, 11), (3.4, 13), (3.5, 15), (5, 20)]
)
def test_a_level_falls_into_its_band(level: float, points: int) -> None:
    """Poor below 2.5, good from 3.5, and within a band by its place."""
    assert points_for(TWENTY, level) == points


@pytest.mark.parametrize("level", [0.9, 5.1, float("nan")])
def test_a_level_outside_the_scale_is_refused(level: float) -> None:
    """What is no level of 1 to 5 gets no points."""
    with pytest.raises(ValueError, match="give one from 1 to 5"):
        points_for(TWENTY, level)


def test_an_element_has_the_mean_of_the_answers_that_show_it() -> None:
    """Competencies that do not show it move nothing; what can only be seen is left out."""
    table = table_of((TWENTY, SEEN), {"cn_analysis": 5.0, "cn_plan": 2.0, "cn_speech": 1.0})
    assert table.lines == (Line(TWENTY, points_for(TWENTY, 3.5)),)
    assert table.total == Decimal("75.00")


def test_no_level_is_no_number() -> None:
    """An element without a scored answer has no points, and then there is no total."""
    table = table_of((TWENTY,), {})
    assert table.lines[0].points is None
    assert table.total is None
    assert combined([table]).points is None
    assert Table(()).total is None


def test_seven_raters_lose_the_highest_and_the_lowest() -> None:
    """The mean of the five between is told to two decimals, halves upwards."""
    result = combined([total_of(points) for points in (60, 82, 83, 84, 85, 87, 100)])
    assert (result.points, result.raters, result.dropped) == (Decimal("84.20"), 7, 2)
    three = combined([total_of(points) for points in (10, 80, 90)])
    assert three.points == Decimal("80.00")


@pytest.mark.parametrize(("given", "mean"), [((81,), "81.00"), ((80, 85), "82.50")])
def test_one_or_two_raters_lose_none(given: tuple[int, ...], mean: str) -> None:
    """Nothing is dropped where nothing would be left."""
    result = combined([total_of(points) for points in given])
    assert (result.points, result.dropped) == (Decimal(mean), 0)


def test_the_shipped_table_adds_up_to_a_hundred(library: Library) -> None:
    """Its elements have 100 points together, and any four kinds of question show each of them."""
    held = library.formats["civil_service_cn"]
    kinds = library.personas["chief_examiner"].about.competencies
    asked = held.rounds[0].scored_questions
    assert sum(element.max for element in held.elements) == 100
    for element in held.elements:
        assert set(element.shown_in) <= set(kinds)
        assert element.seen_only or len(element.shown_in) > len(kinds) - asked
    assert table_of(held.elements, dict.fromkeys(kinds, 5.0)).total == Decimal("100.00")
    assert table_of(held.elements, dict.fromkeys(kinds, 1.0)).total == Decimal("0.00")


@pytest.mark.parametrize(
    "changed",
    [
        {"good": (16, 20)}, {"mid": (9, 14)}, {"poor": (1, 7)}, {"good": (15, 19)},
        {"mid": (14, 8)}, {"shown_in": ()},
    ],
)  # fmt: skip
def test_bands_that_do_not_meet_are_refused(changed: dict[str, object]) -> None:
    """A table with a hole, an overlap or an element nothing shows cannot be read."""
    with pytest.raises(ValidationError):
        Element.model_validate(TWENTY.model_dump() | changed)
