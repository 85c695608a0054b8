"""What a model's words have cost in one interview: a fold over its turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Spending:
    """Tokens and cost of one interview.

    Attributes:
        turns: Turns a model was asked to word.
        calls: Calls of the model.
        input: Tokens sent, as counted by the server.
        output: Tokens received.
        cost: US dollars, None when a price is not known or a turn was not counted.
        fallbacks: Turns the built-in voice spoke, or ended, for the model, by cause.
        kept_back: Sentences the guard kept back, by kind.
    """

    turns: int
    calls: int
    input: int
    output: int
    cost: float | None
    fallbacks: Mapping[str, int]
    kept_back: Mapping[str, int]


def spending_of(transcript: Transcript) -> Spending:
    """Return what the turns of a transcript have cost."""
    asked = [t for t in transcript.turns if t.by_examiner and (t.usage or t.fallback)]
    costs = [turn.usage.get("cost_usd") for turn in asked if turn.usage.get("calls")]
    known = [float(cost) for cost in costs if isinstance(cost, int | float)]
    fallbacks: dict[str, int] = {}
    kept_back: dict[str, int] = {}
    for turn in asked:
        if turn.fallback:
            cause = str(turn.fallback.get("cause"))
            fallbacks[cause] = fallbacks.get(cause, 0) + 1
        refused = turn.extra.get("guard")
        for entry in refused if isinstance(refused, list) else []:
            kind = str(entry.get("kind")) if isinstance(entry, Mapping) else str(entry)
            kept_back[kind] = kept_back.get(kind, 0) + 1
    return Spending(
        turns=len(asked),
        calls=sum(_counted(turn.usage, "calls") for turn in asked),
        input=sum(_counted(turn.usage, "input") for turn in asked),
        output=sum(_counted(turn.usage, "output") for turn in asked),
        cost=sum(known) if known and len(known) == len(costs) else None,
        fallbacks=fallbacks,
        kept_back=kept_back,
    )


def _counted(usage: Mapping[str, object], name: str) -> int:
    value = usage.get(name)
    return value if isinstance(value, int) else 0
