"""Teaching: what must not be asked is shown after a round, and changes nothing that is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.assessment import assess, report_html, report_markdown
from interviewer.assessment.document import assessment_to_json
from interviewer.content.lawful import Lawful
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_hash
from interviewer.interview.session import new_transcript, plan_of, stage_of
from interviewer.interview.teaching import lesson_now, lesson_of, with_conduct
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import whole


def taught(plan: Plan, library: Library, country: str = "uk") -> Plan:
    """Return the plan with a country whose rules are taught."""
    return with_conduct(plan, library, mode="teach", country=country)


def over(make_plan: PlanMaker, voice: BuiltinVoice, plan: Plan) -> Transcript:
    """Return a whole interview, as one that was settled by this plan."""
    held = whole(make_plan, voice, plan.company)
    empty = new_transcript("t", plan, model="builtin")
    return replace(empty, turns=held.turns)


def test_strict_is_usual_and_leaves_no_mark(make_plan: PlanMaker, library: Library) -> None:
    """A strict plan is the plan as it was, hash and all, and teaches nothing."""
    plan = make_plan()
    assert with_conduct(plan, library) is plan
    assert plan.conduct == "strict"
    assert lesson_of(plan, library) is None
    assert "conduct" not in new_transcript("s", plan, model="builtin").interview.plan


def test_teaching_is_kept_with_the_plan_and_asks_the_same(
    make_plan: PlanMaker, library: Library
) -> None:
    """Mode and country come back from the transcript; not one item differs."""
    plan = make_plan()
    kept = plan_of(new_transcript("s", taught(plan, library, "cn"), model="builtin"))
    assert (kept.conduct, kept.country) == ("teach", "cn")
    assert kept.rounds == plan.rounds
    assert plan_hash(kept) != plan_hash(plan)


@pytest.mark.parametrize(
    ("mode", "country", "says"),
    [
        ("rude", "", "strict, teach, deflect"),
        ("teach", "", "us, uk, eu, cn"),
        ("teach", "fr", "us, uk, eu, cn"),
        ("strict", "us", "--conduct teach"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    make_plan: PlanMaker, library: Library, mode: str, country: str, says: str
) -> None:
    """A wrong mode or country, or one without the other, is refused with what may be chosen."""
    with pytest.raises(InputError, match=says):
        with_conduct(make_plan(), library, mode=mode, country=country)


def test_pairs_are_dealt_out_over_the_rounds(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """After each round its share is shown, at no other time, and together they are all."""
    plan = taught(make_plan(), library)
    held = over(make_plan, voice, plan)
    shown = []
    for count in range(len(held.turns) + 1):
        transcript = replace(held, turns=held.turns[:count])
        lesson = lesson_now(transcript, library)
        waiting = stage_of(transcript).waiting
        assert (lesson is not None) is (waiting in ("between", "nobody") and count > 0)
        shown += lesson.pairs if lesson else ()
    everything = lesson_of(plan, library)
    assert everything is not None
    assert sorted(pair.topic for pair in shown) == sorted(p.topic for p in everything.pairs)


def test_a_strict_interview_shows_nothing_after_a_round(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """Whoever did not ask for it sees no question of that kind, not even as an example."""
    held = whole(make_plan, voice, "brightwell")
    assert lesson_now(held, library) is None
    assert assess(held, library).lesson is None


def test_the_report_holds_all_pairs_in_every_form(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """Page, Markdown and JSON hold each pair with its rule and that it is no legal advice."""
    plan = taught(make_plan(), library)
    held = over(make_plan, voice, plan)
    report = assess(held, library)
    lesson = report.lesson
    assert lesson is not None
    page, text = report_html(report, held), report_markdown(report, held)
    for pair in lesson.pairs:
        assert pair.never in page
        assert pair.rule in page
    assert text.count("Not to be asked") == len(lesson.pairs)
    assert lesson.notice in page
    document = assessment_to_json(report)["lawful"]
    assert isinstance(document, dict)
    assert len(document["pairs"]) == len(lesson.pairs)
    assert document["notice"] == lesson.notice


def test_a_country_that_has_gone_takes_nothing_with_it(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """An interview whose country is no longer among the content goes on without the pairs."""
    held = over(make_plan, voice, taught(make_plan(), library))
    bare = replace(library, lawful=Lawful())
    assert lesson_now(held, bare) is None
    assert assess(held, bare).lesson is None


def test_a_language_without_words_is_taught_in_english(library: Library) -> None:
    """A language there are no words in gets the English ones."""
    assert library.lawful.lesson("us", "fr") == library.lawful.lesson("us", "en")
    assert library.lawful.lesson("us", "zh-Hans") == library.lawful.lesson("us", "zh")
