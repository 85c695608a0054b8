"""Agreement of a coach with the report and with other coaches: blind levels, enough of them."""

from __future__ import annotations

from itertools import product

import pytest

from interviewer.errors import InputError
from interviewer.evaluation.agreement.coaches import FEWEST, coach_agreement
from interviewer.people.ratings import CANNOT_SAY, Rating, checked_ratings

ME, OTHER = 1, 2


def rating(number: int, level: float | None, machine: float | None, **told: object) -> Rating:
    """Return a level of mine of the interview of this number, blind where nothing is told."""
    values: dict[str, object] = {
        "author": ME, "blind": True, "session": f"s{number}", "candidate": number,
    }  # fmt: skip
    return Rating("hr/teamwork", level, machine, 1, 5, **(values | told))  # type: ignore[arg-type]  # by name


def weighted_kappa(pairs: list[tuple[float, float]]) -> float:
    """Return Cohen's weighted kappa by its definition: over all pairs of any left and right."""
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    by_chance = sum((a - b) ** 2 for (a, _), (_, b) in product(pairs, pairs)) / len(pairs) ** 2
    return 1 - seen / by_chance


def test_kappa_and_difference_are_those_of_the_definition() -> None:
    """Twenty levels against the report's, by hand; the difference is coach less report."""
    pairs = [(float(1 + n % 5), float(1 + (n * 3 + n // 5) % 5)) for n in range(FEWEST)]
    given = [rating(n, mine, machine) for n, (mine, machine) in enumerate(pairs)]
    together, single = coach_agreement(given, ME).blind
    assert (together.competency, single.competency) == ("", "teamwork")
    assert (single.n, single.candidates, single.scale) == (FEWEST, FEWEST, (1, 5))
    assert single.kappa is not None
    assert single.kappa.value == pytest.approx(weighted_kappa([(b, a) for a, b in pairs]))
    assert single.difference is not None
    assert single.difference.value == pytest.approx(sum(a - b for a, b in pairs) / FEWEST)
    low, high = single.difference.ci95 or (0.0, 0.0)
    assert low < (single.difference.value or 0) < high


def test_below_the_stated_number_nothing_is_told_but_the_number() -> None:
    """One pair less than enough has neither kappa nor difference."""
    (together, _) = coach_agreement([rating(n, 3, 2) for n in range(FEWEST - 1)], ME).blind
    assert together.too_few
    assert (together.n, together.kappa, together.difference) == (FEWEST - 1, None, None)


def test_levels_that_never_differ_have_no_kappa() -> None:
    """A kappa of levels that are all the same would divide by nothing."""
    together, _ = coach_agreement([rating(n, 3, 3) for n in range(FEWEST)], ME).blind
    assert together.kappa is not None
    assert together.kappa.value is None
    assert together.difference is not None
    assert together.difference.value == 0
    assert not together.too_few


def test_blind_and_informed_levels_stand_apart() -> None:
    """What was given after the report was seen never counts among what was given before."""
    found = coach_agreement([rating(1, 3, 2), rating(2, 4, 2, blind=False)], ME)
    assert [row.n for row in (*found.blind, *found.informed)] == [1, 1, 1, 1]


def test_what_has_no_level_is_no_pair() -> None:
    """A report without a level, or a coach who cannot tell, agrees with nobody."""
    assert coach_agreement([rating(1, 3, None), rating(2, None, 3)], ME).blind == ()


def test_coaches_are_compared_by_blind_levels_of_the_same_thing_only() -> None:
    """An informed level of either, another interview and another competency are left out."""
    given = [
        rating(1, 3, None), rating(1, 4, None, author=OTHER),
        rating(2, 3, None), rating(2, 4, None, author=OTHER, blind=False),
        rating(3, 3, None, blind=False), rating(3, 4, None, author=OTHER),
        rating(4, 3, None), rating(5, 4, None, author=OTHER),
        rating(6, 3, None), rating(6, None, None, author=OTHER),
    ]  # fmt: skip
    ((other, rows),) = coach_agreement(given, ME).others
    assert other == OTHER
    assert [row.n for row in rows] == [1, 1]


def test_scales_are_never_added_up() -> None:
    """Levels of five and of seven are told apart, also in what is told of all together."""
    given = [rating(1, 3, 2), Rating("hr/drive", 6, 5, 1, 7, True, "", ME, "", "s1", 1)]
    found = coach_agreement(given, ME).blind
    assert [(row.competency, row.scale) for row in found] == [
        ("", (1, 5)), ("", (1, 7)), ("drive", (1, 7)), ("teamwork", (1, 5)),
    ]  # fmt: skip


def test_a_coach_rates_everything_or_says_that_they_cannot() -> None:
    """What was left out, and what is on no scale, keeps nothing."""
    asked = [Rating("hr/teamwork", None, 2.0, 1, 5), Rating("hr/drive", None, None, 1, 7)]
    chosen = {"hr/teamwork": "4", "hr/drive": CANNOT_SAY, "hr/other": "9"}
    assert [entry.level for entry in checked_ratings(chosen, asked)] == [4, None]
    for wrong in ("", "0", "6", "４", "-1", "four", "1" * 5000):
        with pytest.raises(InputError, match="Nothing was kept"):
            checked_ratings({**chosen, "hr/teamwork": wrong}, asked)
