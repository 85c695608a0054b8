"""Promises of the ladders: which question follows, what is planned, what is kept back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.form import read_document
from interviewer.content.ladder import LadderFile, ladders_for, names_it
from interviewer.content.library import Library
from interviewer.errors import ContentError
from interviewer.interview.climbing import Foothold, start_of, step_after
from interviewer.interview.director import decide, next_move
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound, Rung
from interviewer.interview.planning import build_plan
from interviewer.interview.progress import after, follow
from interviewer.interview.sealed import Sealed
from interviewer.interview.sealing import sealing
from interviewer.interview.session import new_transcript
from interviewer.interview.wishing import make_wish
from interviewer.reading.answer import read
from interviewer.reading.level import level_of
from interviewer.transcript import CANDIDATE, EXAMINER, MoveRecord, Transcript, Turn
from tests.conftest import TODAY, PlanMaker, clock

STEPS = ("define", "apply", "trade_off", "failure")
LADDER = PlannedItem(
    id="technical.x.checks", kind="question", step="knowledge", competency="job_knowledge",
    type="knowledge", text="apply 0?", start=1,
    rungs=tuple(Rung(step, (f"{step} 0?", f"{step} 1?")) for step in STEPS),
)  # fmt: skip
SAMPLE = PlannedItem(
    id="technical.x.half", kind="question", step="scenario", competency="problem_solving",
    type="work_sample", text="What would you check?",
    hints=("The goal is to find the cause.", "The loader has a log.", "Count the rows first."),
)  # fmt: skip
TWICE = PlannedItem(
    id="technical.x.twice", kind="question", step="explain", type="work_sample",
    competency="technical_communication", text="lay?",
    rungs=(Rung("lay", ("lay?",)), Rung("expert", ("expert?",))),
)  # fmt: skip
LAST = PlannedItem(id="technical.q.1", kind="question", step="behaviour", text="last?")
POINTS = {
    f"{LADDER.id}:{step}": (("schema",), ("owner",), ("row count",), ("alert",), ("contract",))
    for step in STEPS
}
SEALED = Sealed(points=POINTS)
FULL = (
    "I agree the schema with the owner, because otherwise columns change at night. In 2024 I "
    "set an alert on the row count and wrote the contract down for both sides."
)
HALF = (
    "I would agree the schema with the owner of the source and look at it every week with them, "
    "and then I would go on with the other tables one by one."
)
THIN = (
    "I would look at the whole thing very carefully and talk to everybody who is concerned there, "
    "and then do what seems best to all of us at the time."
)


def planned(*items: PlannedItem, minutes: float = 45) -> Plan:
    """Return a plan of one round with these items."""
    part = PlannedRound(
        id="technical", persona="technical", version="1", name="Ravi", title="head of data",
        minutes=minutes, items=items,
    )  # fmt: skip
    return Plan(
        company="x", company_name="X", post="p", post_title="P", seniority="mid", language="en",
        format="f", probing="limited", seed=1, rounds=(part,),
    )  # fmt: skip


def held(plan: Plan, *answers: str) -> Transcript:
    """Hold an interview with these answers, the moves' questions as its words."""
    transcript = new_transcript("s", plan, model="builtin", clock=clock)
    for answer in (*answers, None):
        move = next_move(plan, transcript, SEALED)
        if move is None or move.kind == "close":
            break
        said = move.question or move.hint or move.question_key
        transcript = transcript.add(
            Turn(transcript.next_seq, EXAMINER, said, round="technical", move=move.record)
        )
        if answer is not None:
            transcript = transcript.add(
                Turn(transcript.next_seq, CANDIDATE, answer, round="technical")
            )
    return transcript


def asked(transcript: Transcript) -> list[str]:
    """Return what the examiner said, turn by turn."""
    return [turn.content for turn in transcript.turns if turn.by_examiner]


def last_move(transcript: Transcript) -> MoveRecord:
    """Return the decision behind the examiner's last turn."""
    return [turn.move for turn in transcript.turns if turn.move][-1]


def test_a_full_answer_climbs_to_the_top() -> None:
    """Up a step after each full answer, and on in the plan from the top."""
    transcript = held(planned(LADDER, LAST), FULL, FULL, FULL)
    assert asked(transcript) == ["apply 0?", "trade_off 0?", "failure 0?", "last?"]
    assert last_move(transcript).extra["ladder"] == {"item": LADDER.id, "reached": "failure"}


def test_a_middling_answer_stays_with_another_case_once() -> None:
    """Another case at the same height, then on."""
    transcript = held(planned(LADDER, LAST), HALF, HALF)
    assert asked(transcript) == ["apply 0?", "apply 1?", "last?"]
    assert last_move(transcript).extra["ladder"] == {"item": LADDER.id, "reached": "apply"}


def test_a_thin_answer_steps_down_and_is_then_left_with_courtesy() -> None:
    """Down a step, and from the lowest on, with a word that the topic is left."""
    plan = planned(LADDER, LAST)
    transcript = held(plan, THIN, THIN)
    assert asked(transcript) == ["apply 0?", "define 0?", "last?"]
    assert last_move(transcript).extra["ladder"] == {"item": LADDER.id, "reached": None}
    before = replace(transcript, turns=transcript.turns[:-1])
    move = next_move(plan, before, SEALED)
    assert move is not None
    assert move.first == "bridge.move_on"


def test_no_rung_that_was_passed_is_asked_again() -> None:
    """Down after up leads on, not back."""
    transcript = held(planned(LADDER, LAST), FULL, THIN)
    assert asked(transcript) == ["apply 0?", "trade_off 0?", "last?"]


def test_a_short_answer_is_asked_for_more_before_it_is_told() -> None:
    """One neutral probe, then the step."""
    transcript = held(planned(LADDER, LAST), "With a schema.", FULL)
    assert asked(transcript) == ["apply 0?", "probe.more", "trade_off 0?"]


def test_not_knowing_steps_down_without_a_probe() -> None:
    """Somebody who says that they do not know gets an easier question, not a demand."""
    transcript = held(planned(LADDER, LAST), "I don't know that.")
    assert asked(transcript) == ["apply 0?", "define 0?"]


def test_a_question_put_again_is_the_rungs_own() -> None:
    """After silence the open rung's question comes again, not the ladder's first."""
    transcript = held(planned(LADDER, LAST), FULL, "")
    assert asked(transcript) == ["apply 0?", "trade_off 0?", "trade_off 0?"]


def test_a_ladder_ends_when_its_time_is_up() -> None:
    """The questions still to come keep their time."""
    plan = planned(LADDER, LAST, LAST, minutes=9)
    transcript = held(plan, " ".join([FULL] * 8))
    assert asked(transcript)[-1] == "last?"
    assert "time" in last_move(transcript).reason


def test_one_thing_is_explained_twice() -> None:
    """To somebody outside the trade, then to one within, whatever the first answer was."""
    transcript = held(planned(TWICE, LAST), THIN, THIN)
    assert asked(transcript) == ["lay?", "expert?", "last?"]


def test_hints_come_one_after_the_other_in_practice_only() -> None:
    """Three hints, weakest first; then, and in an examination, none."""
    plan = planned(SAMPLE, LAST)
    ask = "Could you give me a hint?"
    transcript = held(plan, ask, "I have no idea.", ask, ask)
    assert asked(transcript)[1:4] == list(SAMPLE.hints)
    slots = [turn.move.slot for turn in transcript.turns if turn.move]
    assert slots[1:] == ["h1", "h2", "h3", "hint"]
    strict = held(replace(plan, practice=False), ask)
    assert last_move(strict).kind == "deflect"
    assert last_move(strict).slot == "hint"
    unknown = held(replace(plan, practice=False), ask, "I have no idea.")
    assert last_move(unknown).kind != "hint"


def test_a_hint_is_refused_once_then_the_answer_counts() -> None:
    """Asked again where there is none, the rest is taken as an answer."""
    ask = "Could you give me a hint?"
    transcript = held(planned(LAST, LADDER), ask, ask)
    slots = [turn.move.slot for turn in transcript.turns if turn.move]
    assert slots.count("hint") == 1
    assert len(slots) == 3


@given(levels=st.lists(st.integers(1, 5), max_size=20), start=st.integers(0, 5))
def test_no_question_of_a_ladder_comes_twice(levels: list[int], start: int) -> None:
    """Whatever the answers, a ladder ends, and each of its questions is asked at most once."""
    item = replace(LADDER, start=start)
    been = [start_of(item)]
    for level in levels:
        step = step_after(item, been, level)
        if step.to is None:
            break
        assert step.to not in been
        been.append(step.to)
    assert len(been) <= 8


def test_two_steps_down_in_a_row_are_the_most() -> None:
    """After the second step down a third is not taken."""
    item = replace(LADDER, start=3)
    been = [Foothold(3, 0), Foothold(2, 0), Foothold(1, 0)]
    assert step_after(item, been, 1).way == "left"
    assert step_after(item, been[:2], 1).to == Foothold(1, 0)
    assert step_after(item, [Foothold(3, 0), Foothold(2, 0), Foothold(2, 1)], 1).way == "down"


def test_a_step_that_the_ladder_has_not_is_ignored() -> None:
    """A record that names no question of the ladder moves nothing."""
    plan = planned(LADDER, LAST)
    state = follow(plan, held(plan, FULL))
    for rung in ([9, 0], [0, 9], [-1, 0], ["a", 0], "x"):
        record = MoveRecord("ask", LADDER.id, extra={"ladder": {"rung": rung}})
        turn = Turn(9, EXAMINER, "?", round="technical", move=record)
        assert after(plan, state, turn).climbed == state.climbed
    odd = MoveRecord("ask", LADDER.id, extra={"ladder": "x"})
    turn = Turn(9, EXAMINER, "?", round="technical", move=odd)
    assert after(plan, state, turn).climbed == state.climbed
    unread = MoveRecord("ask", LADDER.id, extra={"ladder": {"rung": [2, 0], "reached": 3}})
    turn = Turn(9, EXAMINER, "?", round="technical", move=unread)
    assert after(plan, state, turn).reached == ""


def test_the_level_of_an_answer_rises_with_what_it_holds() -> None:
    """Nothing, a list of terms, half of the points, all of them with a reason."""
    points = POINTS[f"{LADDER.id}:apply"]

    def level(text: str, wanted: tuple[tuple[str, ...], ...] = points) -> int:
        return level_of(text, read(text, "en"), wanted, "en")

    assert level("") == 1
    assert level("I don't know.") == 1
    assert level("I don't know, but I would look it up in the manual.") == 2
    assert level(THIN) == 1
    assert level("Schema, contract.") <= 3 <= level(HALF)
    assert level(FULL) == 5
    assert level("Because.", ()) == 1
    assert level(THIN, ()) == 2
    assert level(f"{FULL} As a result, failures fell from nine to one.", ()) == 4


def test_a_post_is_known_by_its_title(library: Library) -> None:
    """The longest name that stands in the title decides; a post nobody wrote for gets the rest."""
    found = ladders_for(library.ladders, {"en": "Senior accountant"})
    assert found is not None
    assert found.id == "accountant"
    other = ladders_for(library.ladders, {"en": "Lion tamer"})
    assert other is not None
    assert other.general
    teacher = ladders_for(library.ladders, {"en": "Nursery teacher", "zh": "幼儿园老师"})
    assert teacher is not None
    assert teacher.general
    assert names_it("sql", "熟练使用SQL和Python")
    assert not names_it("sql", "MySQL")
    assert ladders_for({}, {"en": "Accountant"}) is None


def test_a_plan_climbs_three_ladders_and_keeps_their_points_back(
    make_plan: PlanMaker, library: Library
) -> None:
    """Ladders, a sample with hints and something to explain stand in the plan; points do not."""
    plan = make_plan("chengyuan", role="accountant")
    part = plan.rounds[1]
    ladders = [item for item in part.items if len(item.rungs) == len(STEPS)]
    assert len(ladders) == 3
    assert [item for item in part.items if len(item.hints) == 3]
    assert [item for item in part.items if len(item.rungs) == 2]
    points = sealing(library)(plan).points
    assert all(points[f"{item.id}:{step}"] for item in ladders for step in STEPS)


def test_without_ladder_files_the_rubrics_ask(library: Library) -> None:
    """Content without ladders plans the questions of its rubrics, as before."""
    wish = make_wish(
        library, company="brightwell", role="data-engineer", seed=7, today=TODAY,
        passages=lambda name: (),
    )  # fmt: skip
    plan = build_plan(replace(library, ladders={}), wish)
    assert plan.rounds[1].items
    assert not any(item.rungs for part in plan.rounds for item in part.items)


def test_decide_needs_no_transcript() -> None:
    """The fold alone decides, so that whoever carries it along need not fold anew."""
    plan = planned(LADDER, LAST)
    transcript = held(plan, FULL)
    shorter = replace(transcript, turns=transcript.turns[:-1])
    assert decide(plan, follow(plan, shorter), SEALED) == next_move(plan, shorter, SEALED)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("hints = [", "hints = [{en = 'One more.'}, "), "hints"),
        (('step = "apply"', 'step = "define"'), "order"),
        (("What is it?", "What is it? And why?"), "question marks"),
        (("Look there.", "Look there?"), "hint only tells"),
        (('id = "s"', 'id = "l"'), "same id"),
    ],
)
def test_a_fault_in_a_ladder_file_is_named(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    """Each fault is told with the rule it breaks."""
    rungs = "".join(
        f'[[ladders.rungs]]\nstep = "{step}"\n'
        "questions = [{en = 'What is it?'}, {en = 'And here?'}]\n"
        for step in STEPS
    )
    hints = "[{en = 'Look there.'}, {en = 'Nearer.'}, {en = 'First that.'}]"
    text = (
        'schema = 1\nid = "x"\n[[ladders]]\nid = "l"\nname = {en = "L"}\n' + rungs
        + f"[[samples]]\nid = \"s\"\ntext = {{en = 'How?'}}\nhints = {hints}\n"
    )  # fmt: skip
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    assert read_document(path, LadderFile).samples
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        read_document(path, LadderFile)
    assert says in str(raised.value)
