"""What a written test promises from plan to hand-in."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.model_reading import Opinion
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_from_json, plan_record
from interviewer.interview.sealing import sealing
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.written.choice import chosen
from interviewer.interview.written.handing_in import hand_in, is_open, unanswered
from interviewer.interview.written.sitting import minutes_gone
from interviewer.interview.written.wording import words_for
from interviewer.transcript import Transcript
from interviewer.transcript_file import dump
from tests.conftest import clock, held
from tests.written_fixtures import BANK, with_bank, written_plan


@pytest.fixture
def plan(library: Library) -> Plan:
    """Return a written test alone."""
    return written_plan(with_bank(library))


def test_a_test_has_its_items_spread_over_topics(plan: Plan) -> None:
    """Twelve choices, four short answers and one piece of work; no topic is asked out of turn."""
    (part,) = plan.rounds
    assert part.kind == "written"
    assert Counter(item.kind for item in part.items) == {"single": 12, "short": 4, "work": 1}
    assert set(Counter(item.link for item in part.items[:12]).values()) == {3}
    assert part.minutes == 60
    assert "Loading data" in {item.link for item in part.items}


def test_the_same_seed_chooses_the_same(library: Library) -> None:
    """A seed gives one test; other seeds give others; a repeated plan has no item twice."""
    library = with_bank(library)
    ids = [
        tuple(i.id for i in written_plan(library, seed).rounds[0].items) for seed in (1, 1, 2, 3)
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(len(set(entry)) == len(entry) for entry in ids)


def test_a_test_reads_back_from_its_transcript(plan: Plan) -> None:
    """Options, material and the kind of the round come back as they were written."""
    assert plan_from_json(plan_record(plan), {}) == plan


def test_which_option_is_right_stands_in_no_transcript(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """Reasons, key points and sources stay behind, and moves say nothing of the answers before."""
    transcript = held(rehearsals, plan, ["A"] * 17)
    text = dump(transcript)
    assert "Because of reason" not in text
    assert "duplicate keys" not in text
    assert "right" not in json.loads(text)["interview"]["plan"]["rounds"][0]["items"][0]
    other = held(rehearsals, plan, ["D"] * 17)
    assert [t.move for t in transcript.turns] == [t.move for t in other.turns]
    keys = sealing(with_bank(library))(plan).keys
    assert set(keys) == {item.id for item in plan.rounds[0].items}


def test_items_are_put_word_for_word_once_each(rehearsals: Rehearsals, plan: Plan) -> None:
    """Every item is asked once with its options; nothing is probed, taken up or put again."""
    answers = ["", "What?", "I led a team of 40 for £9m.", *["B"] * 20]
    transcript = held(rehearsals, plan, answers)
    asked = [t for t in transcript.turns if t.by_examiner]
    assert [t.move.kind for t in asked if t.move] == ["ask"] * 17 + ["close"]
    first = plan.rounds[0].items[0]
    assert asked[0].content == "\n\n".join(
        [first.text, "\n".join(f"{a}. {o}" for a, o in zip("ABCD", first.options, strict=True))]
    )
    work = asked[16].content
    assert plan.rounds[0].items[16].material in work
    assert asked[17].content == words_for("en")["close"]
    assert transcript.interview.personas == {}
    assert stage_of(transcript).heard == ()


def test_the_interview_goes_on_after_the_test(rehearsals: Rehearsals, library: Library) -> None:
    """A test before a company interview leaves nothing behind: the same rounds are asked."""
    library = with_bank(library)
    alone = written_plan(library, format_id="company")
    both = written_plan(library, format_id="company", written=True)
    assert [part.id for part in both.rounds] == ["written", "hr", "technical", "boss"]
    assert both.rounds[1:] == alone.rounds
    paper = ["We cut costs by 30 % in 2024."] * 17
    transcript = held(rehearsals, both, [*paper, "", "", "", "", ""])
    hr = [t for t in transcript.turns if t.round == "hr"]
    assert hr[0].move is not None
    assert hr[0].move.kind == "open"
    assert not [e for h in stage_of(transcript).heard for e in h.entries]


def test_a_model_has_no_part_in_it(rehearsals: Rehearsals, plan: Plan) -> None:
    """No voice words an item and no reader reads an answer."""

    class Loud:
        async def speak(self, *_: object) -> AsyncIterator[str]:
            yield "something else"
            raise AssertionError

    class Nosy:
        rests = False

        async def read(self, *_: object) -> Opinion:
            raise AssertionError

    quiet = replace(rehearsals, voice=Loud(), reader=lambda _: Nosy())  # type: ignore[arg-type]  # fakes
    transcript = held(quiet, plan, ["A"] * 17)
    assert "something else" not in dump(transcript)


def test_a_paper_is_handed_in_as_a_whole(rehearsals: Rehearsals, plan: Plan) -> None:
    """Every item is put in its order; what has no answer stays empty; then nothing is open."""
    item, *others = plan.rounds[0].items

    async def sat() -> tuple[Transcript, Transcript]:
        begun = new_transcript("t", plan, model="builtin", clock=clock)
        await rehearsals.store.create(begun)
        assert is_open(stage_of(begun))
        assert unanswered(stage_of(begun)) == plan.rounds[0].items
        first = await hand_in(rehearsals, "t", {others[0].id: "B"})
        return first, await hand_in(rehearsals, "t", {item.id: "too late"})

    once, again = asyncio.run(sat())
    assert [turn.content for turn in once.turns if turn.role == "user"][:2] == ["", "B"]
    assert not is_open(stage_of(once))
    assert unanswered(stage_of(once)) == ()
    assert again == once


def test_a_post_without_items_is_told_which_posts_have_some(library: Library) -> None:
    """A test alone is refused in a sentence; before an interview it is left out with a note."""
    library = with_bank(library)
    with pytest.raises(InputError, match=r"no written test for this post .* for: data engineer\."):
        written_plan(library, role="transport-planner")
    with pytest.raises(InputError, match="没有笔试题"):
        written_plan(library, company="chengyuan", role="accountant")
    plan = written_plan(library, role="transport-planner", format_id="company", written=True)
    assert [part.id for part in plan.rounds] == ["hr", "technical", "boss"]
    assert any("no written test" in note for note in plan.notes)


def test_a_panel_gives_everybody_the_same_test(library: Library) -> None:
    """Where all candidates for a post get the same questions they get the same items."""
    library = with_bank(library)
    plans = [written_plan(library, s, format_id="uk_panel", written=True) for s in (1, 2)]
    assert plans[0].rounds[0] == plans[1].rounds[0]


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("b", 1), (" (B) ", 1), ("B.", 1), ("Option b", 1), ("选B", 1), ("答案是B", 1), ("Ｂ", 1),
        ("B选项", 1), ("B. A good plan", 1), ("a good plan", 0), ("A GOOD  plan.", 0),
        ("D", 3), ("E", None), ("", None), ("A bad plan", None), ("both", None), ("AB", None),
    ],
)  # fmt: skip
def test_an_option_is_known_by_letter_or_words(answer: str, place: int | None) -> None:
    """Letters in the ways people write them, or the option's own words, and nothing else."""
    assert chosen(answer, ("A good plan", "B plan", "C plan", "D plan")) == place


def test_a_letter_without_an_option_names_none() -> None:
    """An item of two options has no C."""
    assert chosen("C", ("yes", "no")) is None


def test_the_clock_counts_from_the_first_item(rehearsals: Rehearsals, plan: Plan) -> None:
    """Time goes from the first item, else from when the interview was made, if that is a time."""
    transcript = held(rehearsals, plan, [])
    part = plan.rounds[0]
    later = clock() + datetime.timedelta(minutes=12)
    assert minutes_gone(part, transcript, later) == pytest.approx(12)
    unbegun = replace(transcript, turns=())
    assert minutes_gone(part, unbegun, later) == pytest.approx(12)
    for created in (None, "yesterday"):
        interview = replace(transcript.interview, created=created)
        assert minutes_gone(part, replace(unbegun, interview=interview), later) == 0
    naive = replace(transcript.interview, created="2026-11-22T10:00:00")
    assert minutes_gone(part, replace(unbegun, interview=naive), later) == pytest.approx(12)


def test_a_changed_item_has_no_key(library: Library, plan: Plan) -> None:
    """An item that was reworded after the plan was made is not marked by its new answer."""
    item = BANK.single[0]
    changed = item.model_copy(update={"text": {"en": "Anything?", "zh": "什么？"}})
    bank = BANK.model_copy(update={"single": (changed, *BANK.single[1:])})
    before = sealing(with_bank(library))(plan).keys
    after = sealing(with_bank(library, bank))(plan).keys
    assert set(before) - set(after) <= {"written.data_engineer.single_0"}


def test_words_of_an_unknown_language_are_english() -> None:
    """A transcript from elsewhere may name any language."""
    assert words_for("../x") == words_for("en")
