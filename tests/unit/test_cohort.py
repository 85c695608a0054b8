"""A cohort beside each other: by name, on parallel questions, and told of without anybody."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from interviewer.assessment import assess
from interviewer.assessment.cohort.aggregate import FEWEST, aggregate
from interviewer.assessment.cohort.heat_map import Cell, HeatMap, Member, heat_map
from interviewer.assessment.cohort.needs import MOST_NEEDS, needs_in
from interviewer.assessment.cohort.rules_digest import rules_digest
from interviewer.assessment.cohort.score_sheet import (
    Line,
    ScoreSheet,
    score_sheet,
    sheet_of,
    sheet_record,
)
from interviewer.assessment.progress.sitting import Answer, Sitting
from interviewer.content.library import Library
from interviewer.content.rubric import Scale
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.transcript import Interview, Transcript
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr")
    return held(rehearsals, plan, try_answers("brightwell"))


def answer(level: float | None, *, asked: bool = True, **told: object) -> Answer:
    """Return an answer on teamwork of this level; 3 is asked for."""
    values: dict[str, object] = {
        "competency": "teamwork_conflict", "name": "Teamwork", "family": "past_behaviour",
        "question": "conflict.1", "weight": 1.0, "required": 3, "scale": Scale(),
    }  # fmt: skip
    reason = "" if level else "no answer"
    return Answer(level=level, asked=asked, reason=reason, **(values | told))  # type: ignore[arg-type]  # by name


def sheet(*answers: Answer, missing: tuple[str, ...] = (), at: str = "2026-11-02") -> ScoreSheet:
    """Return the sheet of an interview with these answers, which lacked these parts."""
    sitting = Sitting(
        "s", f"{at}T10:00:00Z", "brightwell", "Brightwell", "data-engineer", "Data engineer",
        "en", "text", "builtin", False, True, answers, (), ("hr",),
    )  # fmt: skip
    lines = tuple(
        Line("hr", a.competency, a.level, a.required, round(a.level) if a.level else None, missing)
        for a in answers
    )
    return ScoreSheet(sitting, (), lines)


def cohort(levels: list[float | None], missing: tuple[str, ...] = ("result",)) -> HeatMap:
    """Return candidates of these levels; whoever lies below 3 lacked these parts."""
    return heat_map(
        Member(n, f"C{n:02d}", sheet(answer(level), missing=missing if (level or 0) < 3 else ()))
        for n, level in enumerate(levels)
    )


def test_a_sheet_is_the_same_after_it_was_kept(over: Transcript, library: Library) -> None:
    """Written as JSON and read again, with the levels of the report and the places of answers."""
    report = assess(over, library)
    made = score_sheet(over, report)
    assert made is not None
    assert sheet_of(json.loads(json.dumps(sheet_record(made)))) == made
    levels = {(part.id, c.id): c.score.level for part in report.rounds for c in part.competencies}
    assert {(line.round, line.competency): line.level for line in made.lines} == levels
    said = {turn.seq: turn for turn in over.turns}
    assert made.put
    assert all(said[seq].by_candidate for entry in made.put for seq in entry.seqs)
    (first, *_) = made.put
    before = over.turns[first.seqs[0] - 2]
    assert before.move is not None
    assert (before.move.item or "").endswith(first.id)


def test_a_sheet_holds_no_word_of_the_candidates(over: Transcript, library: Library) -> None:
    """It goes with the interview and would else be a second place to delete from."""
    made = score_sheet(over, assess(over, library))
    assert made is not None
    kept = json.dumps(sheet_record(made))
    spoken = [turn.content for turn in over.turns if turn.by_candidate and len(turn.content) > 30]
    assert spoken
    assert not any(text[:30] in kept for text in spoken)


def test_what_has_no_plan_has_no_sheet(library: Library) -> None:
    """A plain chat and an interview of an invented candidate are compared with nothing."""
    plain = Transcript("x", Interview(language="en"))
    assert score_sheet(plain, assess(plain, library)) is None


def test_another_rubric_or_word_makes_sheets_anew(library: Library) -> None:
    """The digest is the same for the same content, and another for another."""
    digest = rules_digest(library)
    assert digest == rules_digest(replace(library, formats={}))
    name, rubric = next(iter(library.rubrics.items()))
    stricter = rubric.model_copy(update={"caps": {"no_result": 1}})
    assert digest != rules_digest(replace(library, rubrics={**library.rubrics, name: stricter}))
    assert digest != rules_digest(replace(library, vocabularies={}))


def test_candidates_stand_by_name_whatever_their_levels() -> None:
    """In whichever order they come, and without regard to capitals."""
    given = [Member(1, "zoe", sheet(answer(5.0))), Member(2, "Ann", sheet(answer(1.0))),
             Member(3, "Bea")]  # fmt: skip
    for order in (given, given[::-1]):
        assert [member.name for member, _ in heat_map(order).rows] == ["Ann", "Bea", "zoe"]


def test_a_cell_has_its_level_its_shade_and_what_the_post_asks_for() -> None:
    """Five shades from the lowest level to the highest; below what is asked for is a mark."""
    found = cohort([1.0, 1.4, 2.6, 3.0, 3.9, 5.0])
    cells = [cells[0] for _, cells in found.rows]
    assert [cell.step for cell in cells] == [0, 0, 2, 2, 3, 4]
    assert [cell.below for cell in cells] == [True, True, True, False, False, False]
    unknown = heat_map([Member(1, "A", sheet(answer(1.0, required=None)))])
    assert not unknown.rows[0][1][0].below


def test_only_parallel_questions_share_a_column() -> None:
    """Another kind of question is a column of its own, beside that of the same competency."""
    other = {"competency": "integrity", "name": "Integrity"}
    first = sheet(answer(3.0), answer(4.0, **other))
    second = sheet(answer(2.0, family="situational"), answer(None, **other))
    found = heat_map([Member(1, "A", first), Member(2, "B", second), Member(3, "C")])
    keys = [(column.key.competency, column.key.family) for column in found.columns]
    assert keys == [
        ("teamwork_conflict", "past_behaviour"), ("teamwork_conflict", "situational"),
        ("integrity", "past_behaviour"),
    ]  # fmt: skip
    (_, a), (_, b), (_, c) = found.rows
    assert [cell.state for cell in a] == ["level", "not_asked", "level"]
    assert [cell.state for cell in b] == ["not_asked", "level", "not_scored"]
    assert b[2].reason == "no answer"
    assert c == ()


def test_what_was_planned_and_not_asked_is_no_column_and_no_gap() -> None:
    """Only what somebody was asked about is compared."""
    nobody = heat_map([Member(1, "A", sheet(answer(None, asked=False)))])
    assert nobody.columns == ()
    one = heat_map([Member(1, "A", sheet(answer(None, asked=False))),
                    Member(2, "B", sheet(answer(3.0)))])  # fmt: skip
    assert one.rows[0][1] == (Cell("not_asked"),)


def test_a_cohort_needs_what_most_of_them_lack(library: Library) -> None:
    """How many are below or without a level, the part they lack most, and the anchor for it."""
    (need,) = needs_in(cohort([1.0, 2.0, 2.0, None, 4.0]), library, "en")
    assert (need.asked, need.below, need.unscored, need.short) == (5, 3, 1, 4)
    assert (need.lacking, need.lacking_in) == ("result", 4)
    assert need.asks is not None
    level, clause = need.asks
    anchors = library.rubrics["teamwork_conflict"].anchors
    assert clause in anchors[level]["en"]


def test_nobody_who_lacks_nothing_needs_anything(library: Library) -> None:
    """Whoever reaches what is asked for is no need; without a lacking part none is named."""
    assert needs_in(cohort([3.0, 4.0]), library, "en") == ()
    (need,) = needs_in(cohort([1.0], missing=()), library, "en")
    assert (need.lacking, need.lacking_in, need.asks) == ("", 0, None)


def test_needs_come_by_the_share_that_lacks_and_are_few(library: Library) -> None:
    """The competency that most of them lack stands first; more than a handful helps nobody."""
    names = [f"c{n}" for n in range(MOST_NEEDS + 2)]
    low = sheet(*(answer(1.0, competency=name, name=name) for name in names))
    some = sheet(answer(5.0, competency="c0", name="c0"))
    found = needs_in(heat_map([Member(1, "A", low), Member(2, "B", some)]), library, "en")
    assert len(found) == MOST_NEEDS
    assert "c0" not in [need.column.key.competency for need in found]


def test_an_aggregate_withholds_small_counts_and_their_rests() -> None:
    """Fewer than five are withheld, and so are all but fewer than five."""
    told = aggregate(cohort([1.0] * FEWEST + [4.0] * FEWEST))
    (row,) = told.rows
    assert (row.asked, row.scored, row.mean, row.below) == (10, 10, 2.5, 5)
    assert row.lacking == (("result", 5),)
    for few in ([1.0] * 4 + [4.0] * 6, [1.0] * 6 + [4.0] * 4, [4.0] * 10, [1.0] * 10):
        (row,) = aggregate(cohort(few)).rows
        assert row.below is None
        assert row.lacking == ()
    (row,) = aggregate(cohort([None] * 3 + [4.0] * 7)).rows
    assert (row.asked, row.scored, row.mean) == (10, None, 4.0)
    (row,) = aggregate(cohort([None] * 6 + [4.0] * 4)).rows
    assert (row.scored, row.mean, row.below) == (None, None, None)


def test_an_aggregate_of_few_tells_nothing() -> None:
    """Below five candidates there is no row and no month; a rare question has no row either."""
    few = aggregate(cohort([3.0] * (FEWEST - 1)))
    assert (few.candidates, few.months, few.rows, few.withheld) == (None, ("", ""), (), 1)
    rare = {"competency": "integrity", "name": "Integrity"}
    members = [Member(n, f"C{n}", sheet(answer(3.0))) for n in range(FEWEST)]
    members.append(Member(9, "C9", sheet(answer(4.0, **rare))))
    told = aggregate(heat_map(members))
    assert [row.column.key.competency for row in told.rows] == ["teamwork_conflict"]
    assert told.withheld == 1


def test_an_aggregate_names_months_and_no_day() -> None:
    """From the first month to the last."""
    days = ("2026-11-02", "2026-03-30", "2026-09-01", "2026-10-31", "2026-10-01")
    members = [Member(n, "C", sheet(answer(3.0), at=day)) for n, day in enumerate(days)]
    assert aggregate(heat_map(members)).months == ("2026-03", "2026-11")
