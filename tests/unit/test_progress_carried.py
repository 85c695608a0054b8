"""What carries over: series of levels, what may be said of them, the story bank."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

from interviewer.assessment import assess
from interviewer.assessment.progress import Sitting, overview, progress_to_json, sitting_of
from interviewer.assessment.progress.change import FEWEST, SPREAD, change_in
from interviewer.assessment.progress.last_time import last_time
from interviewer.assessment.progress.series import Series, level_of, series_in
from interviewer.assessment.progress.sitting import Answer
from interviewer.assessment.progress.story_bank import stories_in, without_story
from interviewer.assessment.progress.words import (
    change_told,
    compared_told,
    use_told,
    words_for,
)
from interviewer.content.library import Library
from interviewer.content.rubric import Scale
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.redo import redo_plan
from interviewer.transcript import Interview, Transcript
from tests.conftest import ROOT, PlanMaker
from tests.unit.assessment_fixtures import COMPANIES, STORY, ask, begun, say, whole

OTHER_STORY = (
    "In June 2023 two planners at the port quarrelled over whose lorries went first. I sat down "
    "with both, drew up a rota on paper and had them sign it. In the end nobody waited any more."
)


def answer(level: float | None, question: str = "conflict.1", **more: object) -> Answer:
    """Return what an interview shows by one question."""
    usual = Answer(
        competency="teamwork_conflict", name="Teamwork", family="past_behaviour",
        question=question, asked=True, level=level, weight=1.0, reason="", required=3,
        scale=Scale(),
    )  # fmt: skip
    return replace(usual, **more)  # type: ignore[arg-type]  # passed on


def sitting(at: str, *answers: Answer, **more: object) -> Sitting:
    """Return an interview settled at a time."""
    usual = Sitting(
        session=f"s-{at}", at=at, company="brightwell", employer="Brightwell", post="planner",
        title="Planner", language="en", mode="text", assessor="builtin", redo=False,
        finished=True, answers=answers, tellings=(), personas=("hr",),
    )  # fmt: skip
    return replace(usual, **more)  # type: ignore[arg-type]  # passed on


def days(*levels: float | None) -> list[Sitting]:
    """Return an interview a day, each with another question of one family."""
    return [
        sitting(f"2026-11-{day:02}T10:00:00Z", answer(level, f"conflict.{day}"))
        for day, level in enumerate(levels, start=1)
    ]


def only(sittings: Sequence[Sitting]) -> Series:
    """Return the one series of some interviews."""
    (series,) = series_in(sittings)
    return series


def test_a_competency_not_scored_is_a_gap_and_no_number() -> None:
    """A level that nobody gave stays open between two that were given, and counts for nothing."""
    series = only(days(2.0, None, 3.0))
    assert [point.level for point in series.points] == [2.0, None, 3.0]
    assert [level for _, level in series.counted] == [2.0, 3.0]
    assert change_in(series).kind == "too_few"


@pytest.mark.parametrize(
    "other",
    [
        {"mode": "voice"},
        {"assessor": "model"},
        {"language": "zh"},
    ],
    ids=["mode", "assessor", "language"],
)
def test_what_cannot_be_compared_is_kept_apart(other: dict[str, object]) -> None:
    """Text and voice, assessors and languages each have a series of their own."""
    mixed = [replace(entry, **other) if n % 2 else entry for n, entry in enumerate(days(1, 2, 3))]  # type: ignore[arg-type]  # passed on
    assert sorted(len(series.points) for series in series_in(mixed)) == [1, 2]


def test_questions_of_another_family_or_scale_are_kept_apart() -> None:
    """What somebody did and what they would do are not compared, nor levels of two scales."""
    what_if = answer(3.0, "conflict.9", family="situational")
    of_seven = answer(3.0, "conflict.8", scale=Scale(id="uk7", min=1, max=7))
    found = series_in([sitting("2026-11-01T10:00:00Z", answer(2.0), what_if, of_seven)])
    assert len(found) == 3
    assert all(len(series.points) == 1 for series in found)


def test_own_levels_come_nearer_over_interviews_of_their_own(library: Library) -> None:
    """The way is told from two ratings on; an answer given again is no interview of its own."""
    first, second = days(2.0, 3.0)
    far, near = replace(first, distance=1.8), replace(second, distance=0.4)
    assert overview([far, near], library).way == "shrinks"
    assert overview([far, replace(near, redo=True)], library).way is None
    document = progress_to_json("me", overview([far, near], library))
    assert document["self_rating"] == {"way": "shrinks"}
    assert words_for("en").way["shrinks"] != words_for("zh").way["shrinks"]


def test_the_same_question_counts_a_day_later_or_when_given_again() -> None:
    """Asked twice within a day only its first level counts; a redo counts at once."""
    morning, evening = "2026-11-01T08:00:00Z", "2026-11-01T20:00:00Z"
    soon = [sitting(morning, answer(2.0)), sitting(evening, answer(4.0))]
    assert [point.counted for point in only(soon).points] == [True, False]
    assert only(soon).points[1].level == 4.0
    late = [soon[0], sitting("2026-11-02T08:00:00Z", answer(4.0))]
    assert [point.counted for point in only(late).points] == [True, True]
    again = [soon[0], replace(soon[1], redo=True)]
    assert [point.counted for point in only(again).points] == [True, True]
    unknown = [sitting("", answer(2.0)), sitting(evening, answer(4.0))]
    assert [point.counted for point in only(unknown).points] == [True, False]


def test_of_two_questions_only_the_new_one_counts() -> None:
    """A level rests on the questions that were not asked within the last day."""
    first = sitting("2026-11-01T08:00:00", answer(2.0))
    second = sitting("2026-11-01T20:00:00", answer(5.0), answer(3.0, "conflict.2"))
    assert only([second, first]).points[1].level == 3.0


def test_levels_are_weighted_by_how_much_the_answers_say() -> None:
    """The level of several answers is that of a report; without weights it is the plain mean."""
    assert level_of([answer(2.0, weight=1.0), answer(4.0, weight=0.5)]) == 2.7
    assert level_of([answer(2.0, weight=0.0), answer(4.0, weight=0.0)]) == 3.0
    assert level_of([answer(None)]) is None


def test_no_change_is_told_from_fewer_than_three_interviews() -> None:
    """Two interviews, however far apart, and answers given again, make no trend."""
    assert change_in(only(days(None))).kind == "none"
    assert change_in(only(days(1.0, 5.0))).kind == "too_few"
    first, second, third = days(1.0, 5.0, 5.0)
    assert change_in(only([first, second, replace(third, redo=True)])).kind == "too_few"
    assert change_in(only([first, second, third])).kind == "up"
    assert FEWEST == 3


def test_no_change_is_told_within_the_scorers_own_spread() -> None:
    """A difference up to the spread is called chance; one above it is told in its direction."""
    assert change_in(only(days(2.0, 2.0, 2.0 + SPREAD))).kind == "within_spread"
    up = change_in(only(days(2.0, 1.0, 2.1 + SPREAD)))
    assert (up.kind, up.by) == ("up", round(SPREAD + 0.1, 1))
    assert change_in(only(days(4.0, 4.0, 1.0, 1.0))).kind == "down"
    wide = [
        sitting(f"2026-11-0{n}T10:00:00Z", answer(level, f"q.{n}", scale=Scale(min=1, max=9)))
        for n, level in enumerate((2.0, 2.0, 2.0 + SPREAD * 2), start=1)
    ]
    assert change_in(only(wide)).kind == "within_spread"


def test_the_spread_is_the_one_that_is_documented() -> None:
    """docs/scoring.md names the figure that decides whether a change is told."""
    text = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
    assert f"{SPREAD:.1f} levels" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_said_has_words_in_every_language(language: str) -> None:
    """Each kind of change, family and use of a story is said without an open slot."""
    for levels in ((None,), (1.0,), (2.0, 2.0, 2.0), (1.0, 1.0, 5.0), (5.0, 5.0, 1.0)):
        text = change_told(change_in(only(days(*levels))), language)
        assert text
        assert "{" not in text
    english, words = words_for("en"), words_for(language)
    for table in ("change", "interviews", "questions", "story", "families", "modes", "assessors"):
        assert set(getattr(words, table)) == set(getattr(english, table)), table
    assert words_for("fr") == english


def test_what_a_series_compares_is_told() -> None:
    """The kind of question is named, mode and assessor where they are not the usual ones."""
    (usual,) = series_in([sitting("2026-11-01T10:00:00Z", answer(2.0))])
    assert compared_told(usual.key, "en") == "what you did"
    odd = replace(usual.key, mode="voice", assessor="model:x", family="of_its_own")
    assert compared_told(odd, "en") == "of its own, spoken, model:x"


@pytest.mark.parametrize("company", COMPANIES)
def test_an_interview_contributes_the_levels_of_its_report(
    library: Library, make_plan: PlanMaker, voice: BuiltinVoice, company: str
) -> None:
    """Where a competency has one family of questions, its point is the level of the report."""
    transcript = whole(make_plan, voice, company)
    report = assess(transcript, library)
    held = sitting_of(transcript, report)
    assert held is not None
    assert held.finished
    assert held.mode == "text"
    levels = {c.id: c.score.level for part in report.rounds for c in part.competencies}
    families: dict[str, list[Series]] = {}
    for series in series_in([held]):
        families.setdefault(series.key.competency, []).append(series)
    assert set(families) == set(levels)
    single = {name: found[0] for name, found in families.items() if len(found) == 1}
    assert len(single) >= 8
    for name, series in single.items():
        assert series.points[0].level == pytest.approx(levels[name] or None, abs=0.11), name
    document = progress_to_json("me", overview([held], library))
    assert json.loads(json.dumps(document)) == document
    assert held.tellings
    said = {turn.seq: turn.content for turn in transcript.turns}
    assert all(telling.quote.text in said[telling.quote.seq] for telling in held.tellings)


def test_simulated_interviews_and_plain_chats_contribute_nothing(
    library: Library, make_plan: PlanMaker
) -> None:
    """An invented candidate's levels are nobody's progress; without a plan there are none."""
    transcript = begun(make_plan())
    extra = MappingProxyType({"simulated": {"manner": "strong"}})
    invented = replace(transcript, interview=replace(transcript.interview, extra=extra))
    assert sitting_of(transcript, assess(transcript, library)) is not None
    assert sitting_of(invented, assess(invented, library)) is None
    chat = Transcript("c", Interview())
    assert sitting_of(chat, assess(chat, library)) is None


def test_mode_and_redo_are_read_from_the_transcript(
    library: Library, make_plan: PlanMaker
) -> None:
    """A spoken interview and one answer given again are known by what the transcript says."""
    transcript = begun(make_plan())
    extra = MappingProxyType({"mode": "voice", "redo": {"session": "x", "item": "hr.conflict.1"}})
    marked = replace(transcript, interview=replace(transcript.interview, extra=extra))
    held = sitting_of(marked, assess(marked, library))
    assert held is not None
    assert (held.mode, held.redo) == ("voice", True)
    assert held.competencies == frozenset()
    assert overview([held], library).newest is None
    assert overview([held], library).missing == {}


def told(
    library: Library, make_plan: PlanMaker, *stories: str, session: str = "t", seed: int = 7
) -> Sitting:
    """Return an interview in which these stories were told to its questions for one."""
    plan = make_plan(seed=seed)
    part = plan.rounds[0]
    items = [item for item in part.items if item.type == "past_behaviour"]
    transcript = replace(begun(plan), id=session)
    for item, text in zip(items, stories, strict=False):
        transcript = say(ask(transcript, "hr", item), "hr", text)
    held = sitting_of(transcript, assess(transcript, library))
    assert held is not None
    return held


def test_a_story_told_again_is_known_and_counted(library: Library, make_plan: PlanMaker) -> None:
    """The same story in two interviews is one story; told to many questions it is overused."""
    once = told(library, make_plan, STORY, OTHER_STORY, session="a")
    again = told(library, make_plan, OTHER_STORY, STORY, STORY, session="b", seed=8)
    stories = stories_in([once, again])
    assert len(stories) == 2
    load = next(story for story in stories if "nightly" in story.newest.quote.text
                or "retry" in story.newest.quote.text)  # fmt: skip
    assert load.sessions == ("a", "b")
    assert len(load.tellings) == 3
    assert load.overused
    assert "have another ready" in use_told(load, "en")
    assert load.examiners
    rota = next(story for story in stories if story is not load)
    assert not rota.overused
    assert use_told(rota, "en") == "Told in 2 interviews, to 2 questions."
    assert [telling.session for telling in rota.tellings] == ["a", "b"]


def test_competencies_without_a_story_are_named(library: Library, make_plan: PlanMaker) -> None:
    """What the post's examiners ask stories for and none was told of is listed, nothing else."""
    held = told(library, make_plan, STORY)
    (story,) = stories_in([held])
    missing = without_story(held, [story], library)
    assert missing
    assert not set(missing) & set(story.competencies)
    asked = {q.type for name in missing for q in library.rubrics[name].questions}
    assert "past_behaviour" in asked
    assert without_story(replace(held, personas=("gone",)), [], library) == {}
    fewer = replace(library, rubrics={})
    assert without_story(held, [], fewer) == {}


def test_what_is_private_or_tells_nothing_is_no_story(
    library: Library, make_plan: PlanMaker
) -> None:
    """Nothing of family or health is kept as a quote; a short or supposed answer is no story."""
    private = "In 2023 I stayed at home because my daughter was ill and my wife worked nights."
    supposed = (
        "I would talk to both of them, I would listen and then I would propose a plan to us."
    )
    held = told(library, make_plan, private, supposed, STORY)
    assert held.tellings
    assert not any("daughter" in telling.quote.text for telling in held.tellings)
    assert not any("would" in telling.quote.text for telling in held.tellings)
    assert stories_in([replace(held, tellings=())]) == ()


def test_nothing_is_stored_twice(library: Library, make_plan: PlanMaker) -> None:
    """Without an interview nothing of it is left: progress is made of what is passed in."""
    once = told(library, make_plan, STORY, session="a")
    other = told(library, make_plan, OTHER_STORY, session="b", seed=8)
    left = json.dumps(progress_to_json("me", overview([other], library)))
    assert "nightly" in json.dumps(progress_to_json("me", overview([once, other], library)))
    assert "nightly" not in left
    assert '"a"' not in left


def test_the_document_is_the_documented_one(library: Library) -> None:
    """Without any interview the document is there, and empty."""
    empty = progress_to_json("me", overview([], library))
    assert empty["schema"] == "interviewer.progress/1"
    assert (empty["series"], empty["stories"], empty["without_story"]) == ([], [], [])


def test_last_time_is_the_newest_earlier_finished_interview_alike(
    library: Library, make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """It was settled before, ended, shares a competency, language and mode, and is a real one."""
    done = whole(make_plan, voice, "brightwell")

    def at(day: int, of: Transcript = done, **extra: object) -> Transcript:
        more = MappingProxyType(extra)
        made = replace(of.interview, created=f"2026-11-0{day}T10:00:00Z", extra=more)
        return replace(of, id=f"{day}{sorted(extra)}", interview=made)

    now = at(9)
    assert last_time(now, [at(1), at(3), at(2)]) == at(3)
    assert last_time(now, [at(1), at(9), replace(at(9), id="later")]) == at(1)
    assert last_time(now, []) is None
    for other in (at(3, simulated={"x": 1}), at(3, redo={"session": "a"}), at(3, mode="voice")):
        assert last_time(now, [at(1), other]) == at(1)
    unfinished = begun(make_plan())
    chinese = whole(make_plan, voice, "chengyuan")
    pay_alone = begun(redo_plan(make_plan(), "boss.pay"))
    for other in (at(3, unfinished), at(3, chinese), Transcript("c", Interview()), pay_alone):
        assert last_time(now, [other]) is None
    assert last_time(Transcript("c", Interview()), [at(1)]) is None
    written = replace(now.interview, plan=MappingProxyType({**now.interview.plan, "rounds": []}))
    assert last_time(replace(now, interview=written), [at(1)]) is None
    assert last_time(at(9, pay_alone), [at(1)]) == at(1)


def test_series_of_one_competency_stand_together() -> None:
    """Two kinds of question of a competency follow each other, whatever came in between."""
    what_if = answer(3.0, "conflict.9", family="situational")
    other = answer(3.0, "integrity.1", competency="integrity")
    found = series_in([sitting("2026-11-01T10:00:00Z", answer(2.0), other, what_if)])
    assert [series.key.competency for series in found] == [
        "teamwork_conflict", "teamwork_conflict", "integrity",
    ]  # fmt: skip
