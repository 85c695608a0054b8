"""The parts of a story in an answer: who did what, what came of it, when and where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.reading.cues import Cues

Who = Literal["own", "shared", "others", ""]
Ownership = Literal["own", "shared", "others"]


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
        bare = cues.patterns["quoted"].sub("，" if cues.language == "zh" else ",", sentence)
        first = True
        for piece in cues.patterns["clause_break"].split(bare):
            text = piece.strip()
            if text:
                pieces.append((text, first))
                first = False
    found: list[Clause] = []
    who: Who = ""
    last = max(1, len(pieces) - 1)
    for index, (text, first) in enumerate(pieces):
        dropped = cues.patterns["act_dropped"].match(text) is not None
        named: Who = "" if dropped else _who(text, cues)
        # A sentence that begins with its verb is the candidate's own, whoever the last one was of.
        who = named or ("own" if dropped and first else who)
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
    ownership: Literal["own", "shared", "others"] | None
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
    patterns = cues.patterns
    clauses = clauses_of(told, cues)
    text = " ".join(told)
    imagined = [_imagines(clause, cues) for clause in clauses]
    real = [clause for clause, would in zip(clauses, imagined, strict=True) if not would]
    usual = patterns["usually"].search(text) is not None
    habits = form == "past" and not (usual and len(real) < _A_SENTENCE)
    acts = [clause for clause in real if _acts(clause, cues, habits=habits)]
    occasion = patterns["occasion"].search(text) is not None
    own = bool(acts) and (form == "past" or (form in ("would", "other", "knowledge") and occasion))
    asked_would = form == "would" and any(patterns["plain_act"].search(c.text) for c in clauses)
    lesson = patterns["reflection"].search(text) is not None
    # What would be done next time is a lesson of what was done; habits are no occasion.
    imagines = form == "would" or not lesson
    hypothetical = (
        (any(imagined) and imagines) or asked_would or (usual and not own and form == "past")
    ) and not (own and occasion)
    if hypothetical or form in ("sample", "own"):
        own = False
    begun = acts[0].place if own else 2.0
    result = (
        form != "sample"
        and (own or form != "knowledge")
        and not hypothetical
        and any(
            _results(clause, cues, begun) or (of_outcome and _ended(clause, cues))
            for clause in real
        )
    )
    shared = [c for c in real if c.who == "shared" and patterns["shared_act"].search(c.text)]
    passive = form == "past" and patterns["passive"].search(text) is not None
    doing = own or bool(shared) or passive
    specific = (
        form in ("past", "would", "other", "knowledge")
        and not hypothetical
        and doing
        and ((occasion and (result or not usual)) or (own and result and not usual))
    )
    scene = patterns["situation"].search(text) is not None
    found = {
        "situation": not hypothetical
        and form != "sample"
        and (own or form != "knowledge")
        and (scene or (own and specific)),
        "own_action": own,
        "result": result,
        "reflection": lesson,
        "specific": specific,
    }
    parts = frozenset(name for name, there in found.items() if there)
    return Story(
        parts, _ownership(own, bool(shared), clauses), hypothetical,
        form not in ("knowledge", "sample") and (bool(shared) or passive),
    )  # fmt: skip


def _ownership(own: bool, shared: bool, clauses: Sequence[Clause]) -> Ownership | None:
    if own:
        return "own"
    if shared:
        return "shared"
    return "others" if any(clause.who == "others" for clause in clauses) else None


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
