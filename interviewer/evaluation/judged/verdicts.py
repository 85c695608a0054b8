"""What a model says of what it is shown: counted only where its quote stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from interviewer.evaluation.judged.asking import Asked, FollowUp, Sheet

Fault = Literal["unparsable", "no_quote", "not_found", "failed"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a judge said to a sheet.

    Attributes:
        value: Yes or no, or a level; None for nothing readable.
        quote: The words it rests on.
        failed: Why nothing came, as a sentence; empty where something came, readable or not.
    """

    value: int | None
    quote: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge said, looked at.

    Attributes:
        value: 1 or 0, or a level; None where it does not count.
        fault: Why it does not: no form, no quote where one is due, words nobody said, no reply.
        quote: What it quotes.
    """

    value: int | None
    fault: Fault | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """One follow-up with all that was said of it.

    Attributes:
        follow_up: What was judged.
        real: Verdicts with its own answer first, in the order asked.
        control: The same with another answer; empty without a control.
        turned: The verdict on its own answer shown last, and that on the other.
        control_answer: The other answer.
    """

    follow_up: FollowUp
    real: tuple[Verdict, ...]
    control: tuple[Verdict, ...]
    turned: tuple[Verdict, ...]
    control_answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Who judged, and what it took.

    Attributes:
        judge: The model.
        prompt: Hash of the prompt's file.
        found: How much there was to draw from.
        failed: Why calls failed, as sentences, each once.
        usage: Tokens and cost where they are told.
        cached: How many verdicts were known already.
        asked: How many sheets there were.
        settings: Seed, sample and repeats, by name.
    """

    judge: str
    prompt: str
    found: int
    failed: tuple[str, ...] = ()
    usage: Mapping[str, float] = field(default_factory=dict)
    cached: int = 0
    asked: int = 0
    settings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Judged(Hearing):
    """Everything a judge said of follow-ups.

    Attributes:
        looked: By where the transcript lies.
    """

    looked: Mapping[str, tuple[Looked, ...]]

    @property
    def all(self) -> tuple[Looked, ...]:
        """All follow-ups that were judged."""
        return tuple(entry for entries in self.looked.values() for entry in entries)


def verdict_of(sheet: Asked, said: Said) -> Verdict:
    """Return what a reply is worth: where words are due, they stand in what was shown."""
    if said.failed:
        return Verdict(None, "failed")
    if said.value is None:
        return Verdict(None, "unparsable")
    if not sheet.has_to_quote(said.value):
        return Verdict(int(said.value))
    if not said.quote.strip():
        return Verdict(None, "no_quote")
    if _loose(said.quote) not in _loose(sheet.quotable):
        return Verdict(None, "not_found", said.quote)
    return Verdict(int(said.value), quote=said.quote)


def _loose(text: str) -> str:
    """Return text with every space one space: a line break is not a word."""
    return " ".join(text.split())


def share(verdicts: Sequence[Verdict]) -> float | None:
    """Return the mean of verdicts that count, of yes and no their share; None where none does."""
    told = [verdict.value for verdict in verdicts if verdict.value is not None]
    return sum(told) / len(told) if told else None


def judged_of(
    judge: str,
    prompt: str,
    sheets: Sequence[Sheet],
    said: Sequence[Said],
    *,
    found: int,
    usage: Mapping[str, float],
    cached: int,
    settings: Mapping[str, int] | None = None,
) -> Judged:
    """Return what replies come to, by transcript.

    Args:
        judge: The model.
        prompt: Hash of the prompt's file.
        sheets: What was asked.
        said: What came, in the same order.
        found: How many follow-ups there were to draw from.
        usage: Tokens.
        cached: How many replies were known already.
        settings: Seed, sample and repeats, by name.
    """
    told: dict[FollowUp, list[tuple[Sheet, Verdict]]] = {}
    for sheet, reply in zip(sheets, said, strict=True):
        told.setdefault(sheet.follow_up, []).append((sheet, verdict_of(sheet, reply)))
    looked: dict[str, tuple[Looked, ...]] = {}
    for follow_up, entries in told.items():
        own = _looked(follow_up, entries)
        looked[follow_up.where] = (*looked.get(follow_up.where, ()), own)
    return Judged(
        judge=judge, prompt=prompt, looked=looked, found=found, failed=failures(said),
        usage=dict(usage), cached=cached, asked=len(sheets), settings=dict(settings or {}),
    )  # fmt: skip


def failures(said: Sequence[Said]) -> tuple[str, ...]:
    """Return why calls failed, each once."""
    return tuple(dict.fromkeys(reply.failed for reply in said if reply.failed))


def _looked(follow_up: FollowUp, entries: Sequence[tuple[Sheet, Verdict]]) -> Looked:
    def of(*, control: bool, first: bool) -> tuple[Verdict, ...]:
        return tuple(
            verdict
            for sheet, verdict in entries
            if sheet.control == control and (sheet.order == "answer_first") == first
        )

    others = [sheet.answer for sheet, _ in entries if sheet.control]
    return Looked(
        follow_up,
        of(control=False, first=True),
        of(control=True, first=True),
        (*of(control=False, first=False), *of(control=True, first=False)),
        others[0] if others else "",
    )
