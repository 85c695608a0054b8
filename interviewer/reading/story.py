"""The parts of a story in an answer: who did what, what came of it, when and where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from interviewer.reading.cues import Cues

Who = Literal["own", "shared", "others", ""]
Ownership = Literal["own", "shared", "others"]


# What is written without a stop for longer is looked at so far.
LONGEST_CLAUSE = 240
# So few clauses of "usually I …" tell no work that was done.
_A_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence with one doer.

    Attributes:
        text: Its words.
        who: Who does it; the clause before tells where nobody is named, empty when nobody is.
        named: Whether the doer is named in it.
        place: Where it stands in the answer, 0 for its beginning, 1 for its end.
    """

    text: str
    who: Who
    named: bool
    place: float


def clauses_of(told: Iterable[str], cues: Cues) -> tuple[Clause, ...]:
    """Return the clauses of what is told; what others are quoted with is left out."""
    pieces: list[tuple[str, bool]] = []
    for sentence in told:
        # Runs of spaces would be sought through again from each of them.
        plainly = " ".join(sentence.split())
        bare = cues.patterns["quoted"].sub("，" if cues.language == "zh" else ",", plainly)
        first = True
        for piece in cues.patterns["clause_break"].split(bare):
            text = piece.strip()[:LONGEST_CLAUSE]
            if text:
                pieces.append((text, first))
                first = False
    found: list[Clause] = []
    who: Who = ""
    last = max(1, len(pieces) - 1)
    for index, (text, first) in enumerate(pieces):
        dropped = cues.patterns["act_dropped"].match(text) is not None
        named: Who = "" if dropped else _who(text, cues)
        # A sentence that begins with its verb is the candidate's own, whoever the last one was of;
        # in Chinese it goes on with the group that was named.
        starts = dropped and first and (who != "shared" or cues.language != "zh")
        who = named or ("own" if starts else who)
        found.append(Clause(text, who, bool(named), index / last))
    return tuple(found)


def _who(text: str, cues: Cues) -> Who:
    names: tuple[tuple[Who, str], ...] = (
        ("own", "who_own"), ("shared", "who_shared"), ("others", "who_others"),
    )  # fmt: skip
    there = [
        (match.start(), place, who)
        for place, (who, name) in enumerate(names)
        if (match := cues.patterns[name].search(text))
    ]
    return min(there)[2] if there else ""


@dataclass(frozen=True, slots=True)
class Story:
    """What an answer tells.

    Attributes:
        parts: Parts of a story that are there.
        ownership: Whose doing it was, as told.
        hypothetical: What would be done, not what was done.
        shared: A group acts, or nobody does.
    """

    parts: frozenset[str]
    ownership: Ownership | None
    hypothetical: bool
    shared: bool


def story_in(told: Sequence[str], cues: Cues, form: str, *, of_outcome: bool = False) -> Story:
    """Return what the sentences of an answer tell.

    Args:
        told: Its sentences, without those that ask the examiner something.
        cues: Signs of the language.
        form: What the question asks for: `past`, `would`, `other`, `knowledge`,
            `sample`, or `own`.
        of_outcome: Whether it asks what came of something.
    """
    clauses = clauses_of(told, cues)
    telling = _Telling(clauses, " ".join(told), form, of_outcome, cues)
    own = telling.own
    parts = {
        "situation": telling.tells and (telling.has("situation") or (own and telling.specific)),
        "own_action": own,
        "result": telling.result,
        "reflection": telling.has("reflection"),
        "specific": telling.specific,
    }
    return Story(
        frozenset(name for name, there in parts.items() if there),
        "own" if own else telling.others,
        telling.hypothetical,
        telling.by_a_group,
    )


@dataclass(frozen=True)
class _Telling:
    """An answer being weighed: its clauses, and what each of them says of the others."""

    clauses: tuple[Clause, ...]
    text: str
    form: str
    of_outcome: bool
    cues: Cues

    def has(self, name: str) -> bool:
        """Whether a sign is anywhere in it."""
        return self.cues.patterns[name].search(self.text) is not None

    @cached_property
    def real(self) -> tuple[Clause, ...]:
        """Clauses that tell what is or was, not what would be."""
        return tuple(clause for clause in self.clauses if not _imagines(clause, self.cues))

    @cached_property
    def occasion(self) -> bool:
        return self.has("occasion")

    @cached_property
    def usual(self) -> bool:
        return self.has("usually")

    @cached_property
    def acts(self) -> tuple[Clause, ...]:
        """Clauses that tell the candidate's own deeds, where the question leaves room for any."""
        if self.form != "past" and (self.form in ("sample", "own") or not self.occasion):
            return ()
        habits = self.form == "past" and not (self.usual and len(self.real) < _A_SENTENCE)
        acts = tuple(clause for clause in self.real if _acts(clause, self.cues, habits=habits))
        done = self.cues.patterns["done"]
        alone = len(acts) == 1 and not done.search(acts[0].text)
        return () if alone else acts

    @cached_property
    def hypothetical(self) -> bool:
        """Whether it tells what would be done, and no occasion of having done it."""
        if self.acts and self.occasion:
            return False
        imagines = len(self.real) < len(self.clauses)
        if self.form == "would":
            steps = self.cues.patterns["plain_act"]
            return imagines or any(steps.search(clause.text) for clause in self.clauses)
        # What would be done next time is a lesson of what was done; talk in general is no deed.
        general = self.form == "past" and not self.acts and self.has("in_general")
        return (imagines and not self.has("reflection")) or general

    @property
    def own(self) -> bool:
        """Whether a deed of the candidate's own is told."""
        return bool(self.acts) and not self.hypothetical

    @property
    def tells(self) -> bool:
        """Whether it can hold a story at all."""
        if self.hypothetical or self.form == "sample":
            return False
        return self.own or self.form != "knowledge"

    @cached_property
    def result(self) -> bool:
        begun = self.acts[0].place if self.own else 2.0
        return self.tells and any(
            _results(clause, self.cues, begun) or (self.of_outcome and _ended(clause, self.cues))
            for clause in self.real
        )

    @cached_property
    def shared(self) -> bool:
        """Whether a group acts in it."""
        together = self.cues.patterns["shared_act"]
        return any(c.who == "shared" and together.search(c.text) for c in self.real)

    @cached_property
    def passive(self) -> bool:
        """Whether things were done by nobody."""
        return self.form == "past" and self.has("passive")

    @property
    def by_a_group(self) -> bool:
        """Whether a group did it, or nobody is said to have done it."""
        return self.form not in ("knowledge", "sample") and (self.shared or self.passive)

    @cached_property
    def specific(self) -> bool:
        """Whether somebody acted on one occasion."""
        if self.form in ("sample", "own") or self.hypothetical:
            return False
        if self.occasion:
            doing = self.own or self.shared or self.passive
            return doing and (self.result or not self.usual)
        return self.own and self.result and not self.usual

    @property
    def others(self) -> Ownership | None:
        """Whose doing it is where it is not the candidate's."""
        if self.shared:
            return "shared"
        return "others" if any(clause.who == "others" for clause in self.clauses) else None


def _imagines(clause: Clause, cues: Cues) -> bool:
    patterns = cues.patterns
    return bool(patterns["would"].search(clause.text)) and not patterns["used_to"].search(
        clause.text
    )


def _acts(clause: Clause, cues: Cues, *, habits: bool) -> bool:
    patterns = cues.patterns
    if patterns["act_mine"].search(clause.text):
        return True
    if patterns["act_own"].search(clause.text):
        return True
    if clause.who == "own" and clause.named:
        return habits and patterns["act_habit"].search(clause.text) is not None
    if clause.named or clause.who not in ("own", ""):
        return False
    return bool(patterns["act_dropped"].search(clause.text))


def _ended(clause: Clause, cues: Cues) -> bool:
    """Whether a clause tells of what is past and not of a plan, where the end was asked for."""
    patterns = cues.patterns
    planned = patterns["plan"].search(clause.text) is not None
    return not planned and patterns["result_late"].search(clause.text) is not None


def _results(clause: Clause, cues: Cues, begun: float) -> bool:
    """Whether a clause tells what came of it: in so many words, or after the doing was told."""
    patterns = cues.patterns
    if patterns["plan"].search(clause.text) or patterns["not_outcome"].match(clause.text):
        return False
    if patterns["result_said"].search(clause.text):
        return True
    doing = (clause.who == "own" and clause.named) or patterns["act_dropped"].search(clause.text)
    if doing or not patterns["result_late"].search(clause.text):
        return False
    return bool(patterns["result_opening"].match(clause.text)) or (
        clause.place > 0.5 and clause.place > begun
    )
