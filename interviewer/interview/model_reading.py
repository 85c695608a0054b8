"""An answer as a model reads it, laid beside the reading by rules: pure.

A model hears what words alone do not tell: whether a story bears on the question, whether
something was done or only imagined. It may say so and no more. What was silence, noise or an
order to the examiner is told by rules alone; what a model quotes has to stand in the answer;
figures stay the rules'. What it changed is kept with the examiner's turn, so that a transcript
that is read again gives the same next move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

from interviewer.reading.answer import Reading
from interviewer.transcript import EMPTY, Json

PARTS = frozenset({"situation", "own_action", "result", "reflection", "specific"})
# What a model may switch on and off.
SIGNS = ("off_question", "hypothetical", "we_only")
# So few words hold no part of a story, whatever a model finds in them.
FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model made of an answer.

    Attributes:
        reading: Its reading, of which `parts`, `questions` and the signs above are looked at; None
            when it gave none.
        usage: Tokens as `input` and `output`, and `cost_usd` where a price is known.
    """

    reading: Reading | None
    usage: Mapping[str, float] = field(default_factory=dict)


class Reader(Protocol):
    """A model that reads answers."""

    @property
    def rests(self) -> bool:
        """Whether it is left alone for now."""
        ...

    async def read(self, question: str, answer: str, language: str) -> Opinion:
        """Return what it makes of an answer; its failures are no reading, and never raise."""
        ...


def worth_asking(rules: Reading) -> bool:
    """Whether a model may be asked of an answer: not of silence, noise, orders and mere asides."""
    settled = (
        rules.silent, rules.unclear, rules.gives_orders, rules.asks_software, rules.refusal,
        rules.asks_time, rules.asks_repeat,
    )  # fmt: skip
    return rules.words >= FEWEST_WORDS and not any(settled)


def merged(rules: Reading, model: Reading, answer: str) -> Reading:
    """Return the reading by rules with what a model adds to it and takes from it.

    Args:
        rules: The reading by rules.
        model: The model's.
        answer: What was said.
    """
    if not worth_asking(rules):
        return rules
    parts = model.parts & PARTS
    asked = tuple(dict.fromkeys(q for q in model.questions if q.strip() and q in answer))
    if model.off_question:
        parts &= {"situation", "reflection"}
    own = "own_action" in parts
    return replace(
        rules,
        parts=parts,
        questions=asked,
        off_question=model.off_question,
        hypothetical=model.hypothetical and not own,
        we_only=model.we_only and not own and not model.off_question,
        ownership="own" if own else None if rules.ownership == "own" else rules.ownership,
    )


def difference(rules: Reading, reading: Reading) -> Json:
    """Return what differs from the reading by rules, as JSON; empty when nothing does."""
    told: dict[str, object] = {}
    if reading.parts != rules.parts:
        told["parts"] = sorted(reading.parts)
    if reading.questions != rules.questions:
        told["questions"] = list(reading.questions)
    for sign in SIGNS:
        if getattr(reading, sign) != getattr(rules, sign):
            told[sign] = getattr(reading, sign)
    return MappingProxyType(told) if told else EMPTY


def corrected(rules: Reading, told: object, answer: str) -> Reading:
    """Return a reading with a difference that a transcript holds; what makes no sense is left.

    Args:
        rules: The reading by rules.
        told: What `difference` gave, read from a file.
        answer: What was said.
    """
    if not isinstance(told, Mapping) or not told:
        return rules
    model = replace(
        rules,
        parts=frozenset(_words(told.get("parts"), rules.parts)),
        questions=tuple(_words(told.get("questions"), rules.questions)),
        off_question=told.get("off_question", rules.off_question) is True,
        hypothetical=told.get("hypothetical", rules.hypothetical) is True,
        we_only=told.get("we_only", rules.we_only) is True,
    )
    return merged(rules, model, answer)


def _words(told: object, otherwise: frozenset[str] | tuple[str, ...]) -> list[str]:
    if not isinstance(told, list):
        return list(otherwise)
    return [word for word in told if isinstance(word, str)]
