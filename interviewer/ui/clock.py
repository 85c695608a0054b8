"""The clock of the room: how long a round has lasted and is to last. It ends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress
from interviewer.transcript import Transcript

# Whoever goes away for longer is not sitting in the room; the clock does not count that.
LONGEST_GAP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ClockView:
    """What the clock starts from when it is drawn.

    Attributes:
        seconds: The round has lasted, without breaks longer than `LONGEST_GAP`.
        minutes: It is planned to take.
        think: Seconds to think that are left before an answer, 0 where none are suggested.
    """

    seconds: int
    minutes: float
    think: int = 0


def clock_of(transcript: Transcript, plan: Plan, stage: Progress, now: datetime) -> ClockView:
    """Return the clock of the round under way.

    Args:
        transcript: The interview.
        plan: Its plan.
        stage: Where it stands.
        now: The present moment, in UTC.
    """
    told = [_moment(turn.at) for turn in transcript.turns if turn.round == stage.round.id]
    moments = [*(moment for moment in told if moment is not None), now]
    gaps = [after - before for before, after in pairwise(moments)]
    lasted = sum((min(max(gap, timedelta()), LONGEST_GAP) for gap in gaps), timedelta())
    think = 0
    if plan.thinking_time and stage.waiting == "candidate" and gaps:
        think = max(0, plan.thinking_time - int(gaps[-1].total_seconds()))
    return ClockView(int(lasted.total_seconds()), stage.round.minutes, think)


def _moment(at: str | None) -> datetime | None:
    """Return when a turn was spoken; None where a transcript from elsewhere does not tell."""
    try:
        moment = datetime.fromisoformat(at or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
