"""An answer given again: the plan of it, whose it is, and when it does most."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

import pytest

from interviewer.errors import InputError
from interviewer.interview.plan_file import plan_from_json, plan_record
from interviewer.interview.redo import (
    Redo,
    answered_at,
    as_redo,
    first_of,
    items_to_redo,
    redo_in,
    redo_plan,
    too_soon,
)
from interviewer.interview.session import Rehearsals, plan_of, stage_of
from interviewer.transcript import Interview, Transcript
from interviewer.transcript_file import dump, load
from tests.conftest import PlanMaker, clock, held
from tests.unit.assessment_fixtures import STORY, begun, talk

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
def test_every_scored_answer_can_be_given_again(
    make_plan: PlanMaker, rehearsals: Rehearsals, company: str
) -> None:
    """The same examiner asks the same question and says good-bye; no other is asked."""
    plan = make_plan(company)
    items = items_to_redo(plan)
    assert {item.id.split(".")[0] for item in items} == {"hr", "technical", "boss"}
    for item in items:
        made = redo_plan(plan, item.id)
        (part,) = made.rounds
        before = plan.round(part.id)
        assert before is not None
        assert (part.persona, part.name, part.items) == (before.persona, before.name, (item,))
        assert plan_from_json(plan_record(made), made.passages) == made
        transcript = held(rehearsals, made, [STORY, STORY, STORY])
        assert stage_of(transcript).waiting == "nobody"
        asked = {turn.move.item for turn in transcript.turns if turn.move}
        assert asked == {item.id, None}
        assert item.text in transcript.turns[0].content or item.text[1:] in (
            transcript.turns[0].content
        )


def test_a_redo_is_practice_under_the_same_plan(make_plan: PlanMaker) -> None:
    """Hints may be given even after an examination; post, language, probing and seed stay."""
    plan = replace(make_plan("brightwell"), practice=False, conduct="teach", country="uk")
    item = items_to_redo(plan)[0]
    made = redo_plan(plan, item.id)
    assert (made.practice, made.conduct, made.country, made.notes) == (True, "strict", "", ())
    kept = ("company", "post", "language", "probing", "seed", "difficulty", "format")
    assert [getattr(made, n) for n in kept] == [getattr(plan, n) for n in kept]
    assert redo_plan(made, item.id) == made


def test_a_redo_takes_along_the_fact_it_speaks_from(make_plan: PlanMaker) -> None:
    """The passage behind a question's lead, and no other, is in its plan."""
    plan = make_plan("brightwell")
    cited = [item for item in items_to_redo(plan) if item.lead and item.lead.cites]
    assert cited
    for item in cited:
        assert item.lead is not None
        assert set(redo_plan(plan, item.id).passages) == {item.lead.cites}


def test_what_cannot_be_given_again_is_refused_by_name(make_plan: PlanMaker) -> None:
    """An unknown item and the candidate's own questions are refused, with those that can be."""
    plan = make_plan("brightwell")
    for wrong in ("hr.nothing", "hr.candidate_questions"):
        with pytest.raises(InputError, match=f"'{wrong}' cannot be given again.*hr\\."):
            redo_plan(plan, wrong)
    bare = replace(plan, rounds=tuple(replace(part, items=()) for part in plan.rounds))
    with pytest.raises(InputError, match="none"):
        redo_plan(bare, "hr.nothing")


def test_the_mark_goes_through_a_file(make_plan: PlanMaker) -> None:
    """Whoever reads a transcript reads which answer it gives again; others keep the field."""
    transcript = as_redo(begun(make_plan("brightwell")), Redo("s1", "hr.x"))
    read = load(dump(transcript))
    assert redo_in(read.interview) == Redo("s1", "hr.x")
    assert plan_of(read) == plan_of(transcript)


@pytest.mark.parametrize(
    "mark",
    [None, "s1", {"session": "s1"}, {"session": 3, "item": "x"}, {"session": "", "item": "x"}],
    ids=["none", "text", "no_item", "number", "empty"],
)
def test_a_mark_that_names_nothing_marks_nothing(mark: object) -> None:
    """Such an interview counts as one of its own."""
    assert redo_in(Interview(extra={"redo": mark} if mark else {})) is None


def test_all_tries_stand_under_the_first_interview() -> None:
    """Answering again what was answered again goes back to where it was answered first."""
    first = Transcript("s1")
    assert first_of(first, "hr.x") == Redo("s1", "hr.x")
    second = as_redo(Transcript("s2"), Redo("s1", "hr.x"))
    assert first_of(second, "hr.x") == Redo("s1", "hr.x")
    assert first_of(second, "hr.y") == Redo("s2", "hr.y")


def test_another_day_or_the_drill_first(make_plan: PlanMaker) -> None:
    """Within a day of the last try it is too soon, unless the drill was done in between."""
    transcript = talk(make_plan("brightwell"), {("hr", 0): [STORY]})
    item = transcript.turns[0].move
    assert item is not None
    assert item.item is not None
    last = answered_at([Transcript("t"), transcript], item.item)
    assert last == clock()
    assert too_soon(last, NOW, drilled=False)
    assert not too_soon(last, NOW, drilled=True)
    assert not too_soon(last, NOW + datetime.timedelta(hours=1), drilled=False)
    assert not too_soon(None, NOW, drilled=False)


@pytest.mark.parametrize(
    ("about", "time"),
    [
        (
            {"created": "2026-11-20T10:00:00"},
            datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC),
        ),
        ({"created": "yesterday"}, None),
        ({}, None),
    ],
    ids=["without_zone", "no_time", "nothing"],
)
def test_turns_without_a_time_have_that_of_the_interview(
    make_plan: PlanMaker, about: Mapping[str, str], time: datetime.datetime | None
) -> None:
    """A file that does not say when is not taken to be of today."""
    transcript = talk(make_plan("brightwell"), {("hr", 0): [STORY]})
    bare = replace(
        transcript,
        interview=Interview(**about),  # type: ignore[arg-type]  # fields of text
        turns=tuple(replace(turn, at=None) for turn in transcript.turns),
    )
    move = transcript.turns[0].move
    assert move is not None
    assert answered_at([bare], str(move.item)) == time
    assert answered_at([bare], "hr.other") is None
