"""Agreement of marks: figures as others compute them, intervals, and tables that are refused."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from interviewer.errors import InputError
from interviewer.evaluation.agreement.agreeing import agreement_of
from interviewer.evaluation.agreement.marks import Levels, Mark, Thing, marks_in
from interviewer.evaluation.agreement.outcome import outcome_of
from interviewer.evaluation.agreement.pairing import Pair
from interviewer.evaluation.agreement.powered import powered_mean
from interviewer.evaluation.agreement.statistics import (
    coincidences_of,
    kappa,
    ordinal_alpha,
    sums_of,
)
from interviewer.evaluation.agreement.telling import agreement_markdown, agreement_to_json

HEAD = "transcript,turn,item,rater,value,candidate"
# Two people and a machine on forty things, the machine on 120 more.
ONE = [3, 2, 4, 1, 2, 5, 2, 3, 1, 5, 3, 1, 2, 4, 4, 2, 3, 2, 5, 4,
       1, 2, 3, 1, 4, 1, 3, 1, 5, 2, 3, 4, 2, 5, 2, 3, 5, 2, 2, 3]  # fmt: skip
OTHER = [3, 1, 5, 1, 3, 4, 3, 3, 1, 5, 3, 1, 2, 5, 4, 2, 3, 2, 5, 4,
         1, 3, 3, 2, 4, 1, 3, 1, 5, 1, 2, 5, 2, 5, 2, 3, 5, 2, 1, 2]  # fmt: skip
MACHINE = [4, 3, 4, 1, 4, 5, 3, 4, 2, 5, 2, 1, 2, 5, 5, 4, 2, 1, 5, 5,
           1, 4, 4, 3, 5, 1, 5, 2, 5, 2, 2, 5, 2, 5, 3, 2, 5, 1, 2, 3]  # fmt: skip
REST = [3, 5, 3, 4, 4, 5, 4, 2, 3, 4, 4, 4, 3, 3, 5, 4, 5, 4, 3, 5, 4, 3, 5, 4, 3, 3, 2, 3, 3, 3,
        5, 3, 2, 4, 5, 4, 3, 3, 3, 2, 3, 4, 4, 3, 4, 4, 3, 3, 5, 5, 4, 4, 5, 5, 5, 2, 4, 5, 5, 5,
        5, 5, 4, 4, 4, 4, 4, 2, 4, 5, 4, 2, 3, 2, 3, 4, 3, 2, 3, 4, 2, 2, 2, 4, 3, 4, 2, 3, 4, 2,
        2, 5, 3, 4, 4, 3, 5, 3, 3, 4, 3, 4, 2, 2, 5, 4, 4, 4, 4, 3, 2, 3, 2, 5, 3, 5, 3, 4, 5, 5,
        ]  # fmt: skip


def marks(
    rater: str, values: list[int | None], first: int = 0, a_candidate: int = 1
) -> list[Mark]:
    """Return a rater's marks, so many in a row on one candidate."""
    return [
        Mark(Thing(f"t{n}", None, "teamwork"), rater, value, f"c{n // a_candidate}")
        for n, value in enumerate(values, first)
        if value is not None
    ]


def pairs(left: list[int], right: list[int]) -> list[Pair]:
    """Return pairs, each on a candidate of its own."""
    return [
        Pair(Thing(str(n), None, "x"), str(n), a, b, ("a", "b"))
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]


@pytest.mark.parametrize(
    ("right", "value"), [(OTHER, 0.9122807017543859), (MACHINE, 0.7601476014760148)]
)
def test_kappa_is_that_of_scikit_learn(right: list[int], value: float) -> None:
    """`cohen_kappa_score(weights="quadratic")` of scikit-learn 1.9.1 on the same marks."""
    totals = sums_of(pairs(ONE, right)).rows.sum(axis=0)
    assert float(kappa(totals)) == pytest.approx(value, abs=1e-12)


def test_alpha_is_that_of_the_krippendorff_package() -> None:
    """Ordinal, three raters with gaps and two without, as krippendorff 0.9.0 computes it."""
    gaps = [
        *marks("a", list(ONE)),
        *marks("b", [value if n % 5 else None for n, value in enumerate(OTHER)]),
        *marks("c", [value if n % 3 else None for n, value in enumerate(MACHINE)]),
    ]
    two = [*marks("a", list(ONE)), *marks("c", list(MACHINE))]
    for given, value in ((gaps, 0.8232989452079106), (two, 0.7496219148125852)):
        table = coincidences_of(given).tables.sum(axis=0)
        assert ordinal_alpha(table) == pytest.approx(value, abs=1e-12)


def test_alpha_is_that_of_its_authors_example() -> None:
    """Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part D: ordinal 0.815."""
    table = {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    given = [mark for rater, values in table.items() for mark in marks(rater, list(values))]
    assert ordinal_alpha(coincidences_of(given).tables.sum(axis=0)) == pytest.approx(
        0.815, abs=5e-4
    )


def test_a_powered_mean_is_that_of_ppi_python() -> None:
    """Mean and interval as `ppi_mean_ci` of ppi-python 0.2.3 gives them."""
    found = powered_mean(ONE, MACHINE, REST)
    assert found is not None
    assert found.mean == pytest.approx(3.13635343, abs=1e-8)
    assert found.ci95 == pytest.approx((2.83807962, 3.43462725), abs=1e-8)
    assert powered_mean([3], [3], REST) is None
    assert powered_mean(ONE, MACHINE, []) is None


def test_a_powered_mean_holds_what_it_should_and_a_machine_alone_does_not() -> None:
    """Over 200 samples of a biased machine the interval holds the truth about 95 times in 100."""
    chance = random.Random(3)
    held = 0
    for _ in range(200):
        truth = [chance.gauss(3, 1) for _ in range(300)]
        judged = [value + 0.5 + chance.gauss(0, 0.4) for value in truth]
        found = powered_mean(truth[:60], judged[:60], judged[60:])
        assert found is not None
        held += found.ci95[0] <= 3 <= found.ci95[1]
    assert held >= 180
    # Marks on the same candidate tell less: the interval is wider.
    names = [f"c{n // 10}" for n in range(300)]
    level = {name: chance.gauss(3, 1) for name in names}
    truth = [level[name] for name in names]
    apart = powered_mean(truth[:60], truth[:60], truth[60:])
    together = powered_mean(truth[:60], truth[:60], truth[60:], (names[:60], names[60:]))
    assert apart is not None
    assert together is not None
    assert together.ci95[1] - together.ci95[0] > 2 * (apart.ci95[1] - apart.ci95[0])


def test_a_machine_stands_between_people_and_a_constant() -> None:
    """Three rows; a constant has no kappa and may still be right more often than it is good."""
    people = [*marks("ann", list(ONE)), *marks("ben", list(OTHER))]
    found = agreement_of(people, marks("model", list(MACHINE)))
    by_name = {row.name: row for row in found.rows}
    assert list(by_name) == ["people", "model", "constant"]
    assert by_name["people"].kappa.value == pytest.approx(0.9122807017543859)
    assert by_name["people"].bias.value is None
    assert by_name["model"].n == 80
    assert (by_name["model"].bias.value or 0) > 0.3
    assert by_name["constant"].kappa.value == pytest.approx(0, abs=1e-12)
    assert (by_name["people"].kappa.value or 0) > (by_name["model"].kappa.value or 0) > 0
    for row in found.rows:
        low, high = row.kappa.ci95 or (0.0, 0.0)
        assert low <= (row.kappa.value or 0) <= high + 1e-9
    assert found.people == ("ann", "ben")


def test_permuted_marks_agree_by_chance_only() -> None:
    """A machine whose marks belong to other answers has a kappa whose interval holds nought."""
    shuffled = list(MACHINE)
    random.Random(11).shuffle(shuffled)
    (_, model, _) = agreement_of([*marks("a", list(ONE)), *marks("b", list(OTHER))],
                                 marks("m", shuffled)).rows  # fmt: skip
    low, high = model.kappa.ci95 or (1.0, 1.0)
    assert low < 0 < high


def test_intervals_draw_candidates_and_not_marks() -> None:
    """An interval depends on whose marks they are and on the seed, a value on neither."""
    few = agreement_of(marks("a", list(ONE), a_candidate=3), marks("m", list(MACHINE)))
    again = agreement_of(marks("a", list(ONE), a_candidate=3), marks("m", list(MACHINE)))
    other = agreement_of(marks("a", list(ONE), a_candidate=3), marks("m", list(MACHINE)), seed=1)
    one = agreement_of(marks("a", list(ONE), a_candidate=40), marks("m", list(MACHINE)))
    assert few == again
    assert few.rows[0].candidates == 14
    assert few.rows[0].kappa.value == other.rows[0].kappa.value
    assert few.rows[0].kappa.ci95 != other.rows[0].kappa.ci95
    assert one.rows[0].kappa.ci95 is None


def test_what_a_machine_marked_alone_goes_into_a_powered_mean() -> None:
    """The mean is between the two and shown beside both; the report is JSON and Markdown."""
    machine = [*marks("m", list(MACHINE)), *marks("m", list(REST), first=40)]
    found = agreement_of(marks("a", list(ONE)), machine)
    ((_, means),) = found.means
    assert means.powered is not None
    assert means.powered.mean == pytest.approx(3.13635343, abs=1e-8)
    assert found.alone == (("m", 120),)
    document = agreement_to_json(found)
    assert document["marked_by_no_person"] == {"m": 120}
    text = agreement_markdown(found)
    assert "prediction-powered" in text
    assert "| constant | 40 |" in text


def test_marks_that_never_differ_have_no_kappa() -> None:
    """Nothing is made up where everybody gave the same."""
    found = agreement_of(marks("a", [3] * 5), marks("m", [3] * 5))
    assert found.rows[0].kappa.value is None
    assert found.rows[0].alpha.value is None
    assert found.rows[0].exact.value == 1.0
    assert "not told" in agreement_markdown(found)


def test_nobody_beside_anybody_is_refused() -> None:
    """Marks on different things, and one rater on both sides, are no agreement."""
    with pytest.raises(InputError, match="No two raters"):
        agreement_of(marks("a", [3, 4]), marks("m", [3], first=7))
    with pytest.raises(InputError, match="both files"):
        agreement_of(marks("a", [3, 4]), marks("a", [3, 4]))


def test_items_stand_apart_and_follow_ups_among_them() -> None:
    """Yes and no on follow-ups is a row of its own and no part of the levels."""
    asked = [
        Mark(Thing(f"t{n}", 3, "follow_up_relevance"), rater, float(n % 2), f"c{n}")
        for n in range(6)
        for rater in ("ann", "ben")
    ]
    people = [*marks("ann", list(ONE)), *asked]
    found = agreement_of(people, marks("m", list(MACHINE)))
    assert [(item, row.name, row.n) for item, row in found.by_item] == [
        ("follow_up_relevance", "people", 6), ("teamwork", "m", 40),
    ]  # fmt: skip
    assert found.by_item[0][1].kappa.value == 1.0
    assert [row.name for row in found.rows] == ["m", "constant"]
    alone = agreement_of(asked)
    assert (alone.rows, alone.constant) == ((), None)
    assert "follow\\_up\\_relevance" in agreement_markdown(alone)


def decisions(rater: str, values: list[float], groups: Sequence[str]) -> list[Mark]:
    """Return outcomes of candidates, each in the group of a letter."""
    return [
        Mark(Thing(f"t{n}", None, "outcome"), rater, value, f"c{n}", group)
        for n, (value, group) in enumerate(zip(values, groups, strict=True))
    ]


def test_decisions_are_held_against_outcomes() -> None:
    """Confusion, kappa, Brier of probabilities, and rates of yes by group, all by hand."""
    people = decisions("board", [1, 1, 0, 0], "xxyy")
    found = outcome_of(people, decisions("m", [0.9, 0.4, 0.2, 0.6], "xxyy"))
    assert found is not None
    assert dict(found.confusion) == {("yes", "yes"): 1, ("yes", "no"): 1, ("no", "no"): 1,
                                     ("no", "yes"): 1}  # fmt: skip
    assert found.kappa == pytest.approx(0)
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.04 + 0.36) / 4)
    assert found.selected == {"x": (2, 1), "y": (2, 1)}
    assert found.impact == 1.0
    nobody = decisions("board", [1, 1, 0, 0], ["", "", "", ""])
    hard = outcome_of(nobody, decisions("m", [1, 1, 1, 0], ["", "", "", ""]))
    assert hard is not None
    assert (hard.brier, hard.impact) == (None, None)
    assert outcome_of(people, []) is None
    text = agreement_markdown(agreement_of(people, decisions("m", [1, 1, 1, 0], "xxxy")))
    assert "adverse-impact ratio: 0.000, below four fifths" in text


def table(*rows: str, head: str = HEAD) -> str:
    """Return a table."""
    return "\n".join((head, *rows)) + "\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: the column transcript is missing"),
        (table("t,1,a,r,3,c", head="transcript,turn,item,rater,value"), "candidate is missing"),
        (table("t,1,a,r,6,c"), "line 2: `value` is '6', not a level of 1-5"),
        (table("t,1,a,r,3,c", "t,1,a,r,good,c"), "line 3: `value` is 'good'"),
        (table("t,1,a,r,3.5,c"), "line 2: `value` is '3.5'"),
        (table("t,1,a,r,3,c", "", "t,1,a,r,4,c"), "line 4: r marked the same on line 2"),
        (table("t,one,a,r,3,c"), "line 2: `turn` is 'one' and no number"),
        (table("t,1,,r,3,c"), "line 2: `item` is empty"),
        (table("t,1,a,r,,c"), "line 2: `value` is empty"),
        (table("t,1,a,r,3"), "line 2: 5 cells, and 6 columns"),
        (table("t,1,a,r,3,c", "t,2,a,r,3,"), "empty in 1 of 2 rows"),
        (table("t,1,a,r,3,c", "t,2,a,r,3,d"), "the transcript t is of two candidates"),
        (table("t,,outcome,r,maybe,c"), "line 2: `value` is 'maybe', not yes or no."),
        (table(), "holds no marks"),
        (table('t,1,a,"r"x,3,c'), "line 2: it is no comma-separated row"),
        (table("t,1,a,r,3,c,z", head=HEAD + ",item"), "a column comes twice"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_with_its_lines(text: str, says: str) -> None:
    """Missing columns, unknown levels, doubles and torn rows are named; nothing is guessed."""
    with pytest.raises(InputError, match=says.replace("(", r"\(")) as refused:
        marks_in(text, where="people.csv")
    assert str(refused.value).startswith("people.csv")


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Twenty faults are named and the rest counted."""
    with pytest.raises(InputError) as refused:
        marks_in(table(*(f"t{n},1,a,r,9,c" for n in range(25))), where="p.csv")
    lines = str(refused.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "And 5 more."


def test_a_table_is_read_as_people_write_it() -> None:
    """A byte-order mark, other columns, level names, yes and no; a machine may lie between."""
    text = "\ufeff" + table("t,3,a,r,High,c,note", "t,,outcome,r,Yes,c,", head=HEAD + ",note")
    level, outcome = marks_in(text, where="p.csv")
    assert (level.value, level.thing.turn, outcome.value, outcome.thing.turn) == (
        5.0,
        3,
        1.0,
        None,
    )
    (between, likely) = marks_in(table("t,3,a,m,3.5,c", "t,,outcome,m,0.7,c"), where="m.csv",
                                 by_machine=True)  # fmt: skip
    assert (between.value, likely.value) == (3.5, 0.7)
    (seven,) = marks_in(table("t,3,a,r,7,c"), where="p.csv", levels=Levels(1, 7))
    assert seven.value == 7.0


def test_many_marks_take_no_more_memory_than_their_sums() -> None:
    """Sums have a row a candidate, whatever the number of marks."""
    rows = sums_of([pair for _ in range(50) for pair in pairs(ONE, OTHER)]).rows
    assert rows.shape == (40, 8)
    assert np.all(rows[:, 0] == 50)
