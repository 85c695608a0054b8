"""Promises of the simulated candidates: each manner does what it is called, and says so."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import pytest

from interviewer.content.company import Pay
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import Plan
from interviewer.reading.answer import read
from interviewer.reading.tongue import word_count
from interviewer.simulation.candidate import (
    LEVELS,
    MANNERS,
    MIXED,
    Candidate,
    Level,
    Manner,
    candidate_at,
)
from interviewer.simulation.material import PARTS, material_for
from interviewer.simulation.mixed import levels_of
from interviewer.simulation.person import field_of
from interviewer.simulation.sheet import sheet_for
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.simulating import answers, record_of, simulated

LANGUAGES = ("en", "zh")
POSTS = {"en": ("brightwell", "data-engineer"), "zh": ("chengyuan", "accountant")}
SEEDS = (1, 2, 3)
TOLD = {"story", "reply", "knowledge", "opener"}
Held = Callable[..., Transcript]


@pytest.fixture(scope="module")
def held(make_plan: PlanMaker, voice: BuiltinVoice, library: Library) -> Held:
    """Return a function that holds an interview with a candidate of a manner, once each."""
    known: dict[tuple[object, ...], Transcript] = {}

    def hold(manner: Manner, level: Level, language: str, seed: int = 1) -> Transcript:
        key = (manner, level, language, seed)
        if key not in known:
            company, role = POSTS[language]
            plan = make_plan(company, role, seed=seed, language=language)
            candidate = Candidate(manner, level, language, seed)
            known[key] = simulated(plan, candidate, voice, library)
        return known[key]

    return hold


def lengths(transcript: Transcript, language: str) -> list[int]:
    """Return the lengths of answers that tell something."""
    return [
        word_count(turn.content, language)
        for turn, truth in answers(transcript)
        if truth["kind"] in TOLD
    ]


def kinds(transcript: Transcript) -> list[str]:
    """Return what the answers really were."""
    return [truth["kind"] for _, truth in answers(transcript)]


def texts(transcript: Transcript) -> str:
    """Return all that the candidate said."""
    return "\n".join(turn.content for turn, _ in answers(transcript))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strong_tell_whole_stories_of_their_own(held: Held, language: str) -> None:
    """A strong candidate's stories have own action and result, and readers find both mostly."""
    stories = [
        turn
        for seed in SEEDS
        for turn, truth in answers(held("strong", "high", language, seed))
        if {"own_action", "result"} <= set(truth["parts"])
    ]
    assert len(stories) >= 12
    found = [read(turn.content, language).parts for turn in stories]
    # The reader misses some; told in half of the cases it is a story for any reader.
    for part in ("own_action", "result"):
        assert sum(part in parts for parts in found) >= 0.5 * len(found), part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("manner", ["strong", "nervous", "combative", "contradicting"])
def test_who_keeps_to_the_point_keeps_to_a_length(
    held: Held, manner: Manner, language: str
) -> None:
    """Half of an ordinary candidate's answers are of 60 words or more, hardly one above 150."""
    long = lengths(held(manner, "high", language), language)
    low, high = (60, 150) if language == "en" else (80, 260)
    assert median(long) >= low
    assert sum(length > high for length in long) <= 0.05 * len(long)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terse_say_a_clause(held: Held, language: str) -> None:
    """A terse candidate's answers are a few words."""
    assert median(lengths(held("terse", "high", language), language)) <= 24


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rambling_do_not_end(held: Held, language: str) -> None:
    """A rambling candidate says about twice what a strong one says and more."""
    rambling = median(lengths(held("rambling", "high", language), language))
    assert rambling > 1.7 * median(lengths(held("strong", "high", language), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blurred_keep_their_part_back_until_asked(held: Held, language: str) -> None:
    """Blurred ownership says "we" first and tells the own part only after a probe for it."""
    own_after_probe = 0
    for seed in SEEDS:
        transcript = held("blurred_ownership", "high", language, seed)
        moves = {turn.seq: turn.move for turn in transcript.turns}
        for turn, truth in answers(transcript):
            if truth["kind"] != "story":
                continue
            move = moves[(turn.seq or 0) - 1]
            assert move is not None
            asked_for = move.kind == "probe" and move.slot == "own_action"
            assert (truth["ownership"] == "own") <= asked_for, turn.content
            own_after_probe += truth["ownership"] == "own"
    assert own_after_probe


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bluffer_does_nothing(held: Held, language: str) -> None:
    """A bluffer's stories hold a scene at most, and no act of their own."""
    stories = [t for _, t in answers(held("bluffer", "high", language)) if t["kind"] == "story"]
    assert stories
    assert all(not set(truth["parts"]) & {"own_action", "result"} for truth in stories)
    assert all(truth["level"] <= 2 for truth in stories)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("manner", "kind", "least"),
    [("off_topic", "off_topic", 8), ("silent", "silence", 5), ("injecting", "injection", 1)],
)
def test_a_manner_is_heard_often(
    held: Held, manner: Manner, kind: str, least: int, language: str
) -> None:
    """Who speaks of other things, says nothing or gives orders does so often enough to matter."""
    assert kinds(held(manner, "medium", language)).count(kind) >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_injections_are_orders(held: Held, language: str) -> None:
    """An injecting candidate's orders are recognised as orders in most cases."""
    orders = [
        turn.content
        for seed in SEEDS
        for turn, truth in answers(held("injecting", "medium", language, seed))
        if truth["kind"] == "injection"
    ]
    assert sum(read(text, language).gives_orders for text in orders) >= 0.5 * len(orders)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wrong_language_is_another(held: Held, language: str) -> None:
    """A candidate of the wrong language answers in the other one, and comes back when asked."""
    said = [
        turn.content
        for turn, truth in answers(held("wrong_language", "high", language))
        if truth["kind"] in TOLD
    ]
    strays = [text for text in said if read(text, language).other_language]
    assert len(strays) >= 3
    assert len(strays) < len(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_nervous_stumble(held: Held, language: str) -> None:
    """A nervous candidate's words are a strong one's with fillers between them."""
    fillers = material_for(language).get("manner.fillers")
    assert sum(texts(held("nervous", "high", language)).count(f) for f in fillers) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_combative_push_back(held: Held, language: str) -> None:
    """A combative candidate questions questions and answers them all the same."""
    pushback = material_for(language).get("manner.pushback")
    transcript = held("combative", "high", language)
    said = [turn.content for turn, truth in answers(transcript) if truth["kind"] in TOLD]
    pushed = [text for text in said if text.startswith(pushback)]
    assert len(pushed) >= 4
    assert all(len(text) > max(map(len, pushback)) for text in pushed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_contradictions_are_written_down(held: Held, language: str) -> None:
    """Whoever contradicts changes a fact told before, and the truth names the earlier answer."""
    for seed in SEEDS:
        transcript = held("contradicting", "high", language, seed)
        truths = {truth["seq"]: truth for _, truth in answers(transcript)}
        later = [truth for truth in truths.values() if truth["contradicts"]]
        assert later
        for truth in later:
            before = truths[truth["contradicts"]]
            same = set(before["facts"]) & set(truth["facts"]) or {"pay"}
            assert all(before["facts"][n] != truth["facts"].get(n) for n in same)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("manner", [name for name in MANNERS if name != "contradicting"])
def test_nobody_else_contradicts(held: Held, manner: Manner, language: str) -> None:
    """A fact that any other candidate tells twice is the same both times."""
    told: dict[str, set[str]] = {}
    for _, truth in answers(held(manner, "high", language)):
        assert truth["contradicts"] is None
        for name in ("team", "since", "ownership"):
            if name in truth.get("facts", {}):
                told.setdefault(name, set()).add(truth["facts"][name])
    assert all(len(values) == 1 for values in told.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_a_level(held: Held, level: Level, language: str) -> None:
    """What the answers of a level are worth lies where the level says."""
    worth = [
        truth["level"]
        for seed in SEEDS
        for _, truth in answers(held("strong", level, language, seed))
        if truth["level"] and truth["kind"] in TOLD
    ]
    bounds = {"low": (1, 2.6), "medium": (2.6, 4), "high": (4.2, 5)}
    low, high = bounds[level]
    assert low <= sum(worth) / len(worth) <= high


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_story_is_told_to_two_questions(held: Held, language: str) -> None:
    """A story belongs to one question of an interview."""
    for manner in MANNERS:
        belongs: dict[str, set[str]] = {}
        for _, truth in answers(held(manner, "high", language)):
            if truth.get("story"):
                belongs.setdefault(truth["story"], set()).add(truth["item"])
        assert all(len(items) == 1 for items in belongs.values()), manner


@pytest.mark.parametrize("language", LANGUAGES)
def test_pay_keeps_to_the_sheet(held: Held, language: str) -> None:
    """Nobody accepts less than their sheet says, and who negotiates asks for more than that."""
    for seed in range(1, 9):
        transcript = held("negotiating_hard", "high", language, seed)
        sheet = record_of(transcript)["sheet"]
        for _, truth in answers(transcript):
            facts = truth.get("facts", {})
            assert float(facts.get("accepted", sheet["target"])) >= sheet["reservation"]
            assert float(facts.get("asked", sheet["target"])) >= sheet["reservation"]


def test_a_sheet_lies_around_the_band() -> None:
    """The lowest figure of a candidate lies near the post's range, the hope above it."""
    pay = Pay(currency="GBP", period="year", band=(46000, 55000), opening=47500, reservation=53000)
    for seed in range(200):
        sheet = sheet_for(Candidate("strong", "high", "en", seed), pay)
        assert sheet.reservation is not None
        assert sheet.target is not None
        assert 41000 <= sheet.reservation <= 61000
        assert sheet.target > sheet.reservation


def test_without_pay_there_is_no_figure(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """Where the research names no pay a candidate names none and goes by what is usual."""
    sheet = sheet_for(Candidate("strong", "high", "en", 1), None)
    assert (sheet.reservation, sheet.target) == (None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_of_a_language_are_whole(language: str) -> None:
    """Every language has every phrase of the other, and at least 24 stories with all parts."""
    material = material_for(language)
    assert set(material.phrases) == set(material_for("en").phrases)
    assert len(material.stories) >= 24
    assert len({story.id for story in material.stories}) == len(material.stories)
    for story in material.stories:
        assert all(story.parts[part] for part in (*PARTS, "shared")), story.id
        assert story.field in (*material.below("fields"), "side")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_an_answer(library: Library, language: str) -> None:
    """Every question of the rubrics has a reply or a story that suits it."""
    material = material_for(language)
    stories = {question for story in material.stories for question in story.suits}
    missing = [
        question.id
        for rubric in library.rubrics.values()
        for question in rubric.questions
        if question.id not in stories
        and not material.get(f"good.{question.id}")
        and not (
            question.type == "public_service"
            and material.get(f"good.{question.id.rpartition('.')[0]}")
        )
        and question.type not in ("knowledge", "background")
    ]
    assert not missing


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("Data engineer", "data"), ("Civil engineer", "building"), ("Accountant", "accounts"),
        ("Staff nurse", "care"), ("Sales representative", "sales"), ("Head gardener", "office"),
        ("Transport planner", "transport"),
    ],
)  # fmt: skip
def test_the_work_fits_the_post(make_plan: PlanMaker, title: str, work: str) -> None:
    """A candidate for a post has done that work before, or work that fits any."""
    from dataclasses import replace

    plan: Plan = replace(make_plan(), post_title=title, post=title.lower().replace(" ", "-"))
    assert field_of(plan, material_for("en")) == work


def test_a_series_mixes_everything() -> None:
    """A series of 42 candidates has every manner at every level."""
    seen = {(c.manner, c.level) for c in (candidate_at(place, 7, "en") for place in range(42))}
    assert len(seen) == len(MANNERS) * len(LEVELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mixed_candidate_is_strong_here_and_weak_there(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, language: str
) -> None:
    """Each competency has a level of its own, all three occur, and answers are worth as much."""
    company, role = POSTS[language]
    plan = make_plan(company, role, seed=2, language=language)
    person = candidate_at(0, 3, language, manner="strong", level=MIXED)
    transcript = simulated(plan, person, voice, library)
    record = record_of(transcript)
    assert record["level"] == "mixed"
    assert set(record["levels"].values()) == set(LEVELS)
    planned = {item.id: item.competency for part in plan.rounds for item in part.items}
    worth: dict[str, list[int]] = {level: [] for level in LEVELS}
    for _, truth in answers(transcript):
        level = record["levels"].get(planned.get(truth.get("item")))
        if level and truth["level"]:
            worth[level].append(truth["level"])
    means = [sum(found) / len(found) for found in worth.values()]
    assert means[0] < means[1] < means[2]
    assert levels_of(candidate_at(0, 3, language), plan) == {}


def test_one_manner_comes_at_all_levels() -> None:
    """A series of one manner still has every level."""
    series: list[Any] = [candidate_at(place, 7, "en", manner="terse") for place in range(6)]
    assert {candidate.level for candidate in series} == set(LEVELS)
    assert {candidate.manner for candidate in series} == {"terse"}
