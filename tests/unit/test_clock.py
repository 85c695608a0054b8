"""The room's clock counts what was sat, tells what there is to think, and minds no odd time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from interviewer.interview.progress import Progress
from interviewer.transcript import Transcript
from interviewer.ui.clock import LONGEST_GAP, ClockView, clock_of

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def seen(
    *minutes_ago: float | str | None, think: int = 0, waiting: str = "candidate"
) -> ClockView:
    """Return the clock after turns so many minutes ago."""
    moments = [
        (NOW - timedelta(minutes=at)).isoformat() if isinstance(at, (int, float)) else at
        for at in minutes_ago
    ]
    turns = [SimpleNamespace(round="hr", at=at) for at in moments]
    turns.append(SimpleNamespace(round="boss", at=(NOW - timedelta(days=1)).isoformat()))
    stage = SimpleNamespace(round=SimpleNamespace(id="hr", minutes=30.0), waiting=waiting)
    return clock_of(
        cast(Transcript, SimpleNamespace(turns=turns)),
        cast(Any, SimpleNamespace(thinking_time=think)),
        cast(Progress, stage),
        NOW,
    )


def test_it_counts_from_the_first_word_of_the_round() -> None:
    """Another round's turns are another round's time."""
    assert seen(8, 5, 1) == ClockView(8 * 60, 30.0)
    assert seen() == ClockView(0, 30.0)


def test_a_night_between_two_answers_is_not_counted() -> None:
    """Somebody who comes back the next day has not sat there since."""
    assert seen(24 * 60, 3).seconds == LONGEST_GAP.total_seconds() + 3 * 60


def test_a_clock_that_was_put_back_takes_nothing_off() -> None:
    """A turn from the future adds nothing and takes nothing away."""
    assert seen(4, -2).seconds == 6 * 60


@pytest.mark.parametrize("odd", [None, "", "yesterday"])
def test_a_turn_without_a_time_is_passed_over(odd: str | None) -> None:
    """Transcripts from elsewhere may tell no time, or one without its zone."""
    assert seen(3, odd).seconds == 3 * 60
    assert seen((NOW - timedelta(minutes=2)).replace(tzinfo=None).isoformat()).seconds == 2 * 60


def test_time_to_think_runs_from_the_question() -> None:
    """It is shown while an answer is waited for, and never below nothing."""
    assert seen(0.5, think=60).think == 30
    assert seen(5, think=60).think == 0
    assert seen(0.5, think=60, waiting="examiner").think == 0
    assert seen(0.5).think == 0
