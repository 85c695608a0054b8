"""What a reply to an improper question was, and how it did, by rules (SCIENCE 3.4).

A reply answers (D) where no other way is seen; that is free choice and lowers nothing. Nothing
here knows of an interview: no turn, no item, no score of a competency.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from interviewer.content.deflection import DeflectionFile
from interviewer.reading.tongue import word_count
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

Option = Literal["a", "b", "c", "d", "e"]
PARTS = ("composure", "protects", "returns", "door")
LONGEST = 60
_ASKS = re.compile(r"[?？]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the rubric.

    Attributes:
        name: One of `PARTS`.
        level: 1 to 5, None where there is nothing to rate.
        reason: Name of the words that say why.
        quote: The sentence it rests on, empty for none.
    """

    name: str
    level: int | None
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    """What a reply was.

    Attributes:
        options: The ways it took, in the order of the alphabet; empty for silence.
        parts: The rubric, in the order of `PARTS`.
        own_words: Its sentences that would have done, word for word; empty for none.
    """

    options: tuple[Option, ...]
    parts: tuple[Part, ...]
    own_words: tuple[str, ...]


@dataclass(frozen=True)
class _Reply:
    """A reply with the first sentence that shows each sign, empty for none."""

    words: int
    sentences: tuple[str, ...]
    shown: Mapping[str, str]
    options: tuple[Option, ...]
    told: str


def debrief_of(reply: str, *, protect: str, bank: DeflectionFile, language: str) -> Debrief:
    """Return what a reply was and how it did.

    Args:
        reply: What the candidate said; may be empty.
        protect: What they wish to keep to themselves; may be empty.
        bank: Signs of the language.
        language: `en` or `zh`.
    """
    read = _read(reply, protect, bank, language)
    kept = tuple(
        sentence
        for sentence in read.sentences
        if not re.search(bank.signs["attack"], sentence)
        and not _tells(sentence, protect, bank)
        and any(re.search(bank.signs[name], sentence) for name in ("job", "boundary", "why"))
    )
    parts = (_composure(read), _protects(read, protect), _returns(read), _door(read))
    return Debrief(read.options, parts, kept)


def _read(reply: str, protect: str, bank: DeflectionFile, language: str) -> _Reply:
    said = tuple(s.strip() for s in sentences(reply, language) if s.strip())
    shown: dict[str, str] = {
        str(name): next((s for s in said if re.search(pattern, s)), "")
        for name, pattern in bank.signs.items()
    }
    asked = any(_ASKS.search(s) and not re.search(bank.signs["why"], s) for s in said)
    seen: dict[Option, bool] = {
        "a": bool(shown["job"]) and shown["job"] != shown["why"],
        "b": asked,
        "c": bool(shown["boundary"]),
        "e": bool(shown["why"]),
    }
    found: tuple[Option, ...] = tuple(option for option, there in seen.items() if there)
    told = next((s for s in said if _tells(s, protect, bank)), "")
    options: tuple[Option, ...] = found or (("d",) if said else ())
    return _Reply(word_count(reply, language), said, shown, options, told)


def _tells(sentence: str, protect: str, bank: DeflectionFile) -> bool:
    """Whether a sentence states something to be kept; to draw a line states nothing."""
    if _ASKS.search(sentence) or re.search(bank.signs["boundary"], sentence):
        return False
    return bool(terms(sentence) & terms(protect))


def _composure(read: _Reply) -> Part:
    if not read.options:
        return Part("composure", 2, "composure_silent")
    if read.shown["attack"]:
        return Part("composure", 1, "composure_attack", read.shown["attack"])
    if read.words > LONGEST:
        return Part("composure", 3, "composure_long")
    return Part("composure", 5, "composure_calm")


def _protects(read: _Reply, protect: str) -> Part:
    if not protect.strip():
        return Part("protects", None, "protects_nothing")
    if read.options == ("d",):
        return Part("protects", None, "protects_free")
    if read.told:
        return Part("protects", 2, "protects_told", read.told)
    return Part("protects", 5, "protects_kept")


def _returns(read: _Reply) -> Part:
    if read.options == ("d",):
        return Part("returns", None, "returns_free")
    if "a" in read.options:
        return Part("returns", 5, "returns_job", read.shown["job"])
    if set(read.options) & {"b", "e"}:
        return Part("returns", 4, "returns_asked")
    return Part("returns", 2, "returns_not")


def _door(read: _Reply) -> Part:
    if read.shown["attack"]:
        return Part("door", 1, "door_attack", read.shown["attack"])
    if read.shown["warm"]:
        return Part("door", 5, "door_warm", read.shown["warm"])
    return Part("door", 4 if read.options == ("d",) else 3, "door_plain")
