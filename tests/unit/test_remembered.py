"""What is remembered of a session between two looks is what would be found anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from interviewer.interview.progress import follow
from interviewer.interview.session import plan_of, stage_of
from interviewer.transcript import Transcript
from interviewer.transcript_file import load

GOLDEN = Path(__file__).parents[1] / "golden" / "history" / "0.1.0.jsonl"


def golden() -> Transcript:
    """Return the transcript anew, as a store would."""
    return load(GOLDEN.read_text(encoding="utf-8"))


def test_a_session_that_goes_on_stands_where_it_would_be_found_anew() -> None:
    """After every turn the stage is that of the whole transcript, however it was loaded."""
    turns = golden().turns
    for count in range(len(turns) + 1):
        now = replace(golden(), turns=turns[:count])
        assert stage_of(now) == follow(plan_of(now), now)


def test_what_was_changed_is_not_gone_on_from() -> None:
    """Another answer, another plan or a turn less under the same id: nothing old is told."""
    whole = golden()
    assert stage_of(whole).waiting == "nobody"
    spoken = next(place for place, turn in enumerate(whole.turns) if turn.by_candidate)
    said = replace(whole.turns[spoken], content="Something else altogether.")
    other = replace(whole, turns=(*whole.turns[:spoken], said, *whole.turns[spoken + 1 :]))
    assert stage_of(other).heard[0].text == "Something else altogether."
    less = replace(whole, turns=whole.turns[:-1])
    assert stage_of(less) == follow(plan_of(less), less)
    begun = replace(whole, interview=replace(whole.interview, model="other"), turns=())
    assert plan_of(begun) is not plan_of(whole)
    assert stage_of(begun).heard == ()
