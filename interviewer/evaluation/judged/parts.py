"""Turns and rounds of examiners whose part is judged: found, and each with its controls."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.content.phrasebook import SLOT
from interviewer.evaluation.mutation.claims import before_the_question
from interviewer.evaluation.mutation.texts import planted
from interviewer.evaluation.speech import Speech
from interviewer.reading.answer import read
from interviewer.transcript import Turn

Kind = Literal["role_breaks", "persona_fidelity"]
# As it is; a turn with a break planted in it; a question of the banks; under another's card.
Arm = Literal["real", "planted", "clean", "other_card"]
# The two arms that a judge worth hearing tells apart, the higher first.
APART: Mapping[Kind, tuple[Arm, Arm]] = MappingProxyType(
    {"role_breaks": ("planted", "clean"), "persona_fidelity": ("real", "other_card")}
)
# A round of fewer turns shows no persona.
_LEAST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """What an examiner says in their part: one turn, or all of a round.

    Attributes:
        kind: What is judged: whether a turn breaks the part, how well a round shows the persona.
        where: The file, with the line.
        transcript: The transcript's id.
        seq: The turn, of a round the first one.
        language: Of what is said.
        persona: The persona's id, empty where it is none that is known here.
        said: Everything that is said.
        others: Whose card may stand in for theirs: others at the table, else all there are.
    """

    kind: Kind
    where: str
    transcript: str
    seq: int
    language: str
    persona: str
    said: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartSheet:
    """What a judge sees once: who the examiner is to be, and what is said.

    Attributes:
        part: What is asked about.
        arm: Whether it is shown as it is, or which control this is.
        quotable: What is said, as shown; a verdict quotes it.
        card: Who the examiner is to be.
        repeat: How often it was asked before.
    """

    part: Part
    arm: Arm
    quotable: str
    card: str
    repeat: int

    @property
    def kind(self) -> str:
        """What is asked, by the metric's name."""
        return self.part.kind

    @property
    def language(self) -> str:
        """Of what is said."""
        return self.part.language

    @property
    def template(self) -> str:
        """The prompt of this sheet."""
        return "asked"

    @property
    def slots(self) -> Mapping[str, str]:
        """What the prompt is filled with."""
        return {"card": self.card, "said": self.quotable}

    def has_to_quote(self, value: int) -> bool:
        """Whether a verdict needs words for it: a break does, and every level of a round."""
        return self.part.kind == "persona_fidelity" or bool(value)


def turns_in(speech: Speech, library: Library) -> Iterator[Part]:
    """Yield turns of examiners; without a persona where it is none that is known here.

    Not what is said to a candidate who asked if they speak to a program: the truth is no break.
    """
    for place, seq, turn in _said(speech):
        before = speech.answer_before(place)
        if before and read(before.content, speech.language).asks_software:
            continue
        name = turn.name if turn.name and turn.name in library.personas else ""
        yield _part("role_breaks", speech, seq, name, turn.content)


def rounds_in(speech: Speech, library: Library) -> Iterator[Part]:
    """Yield what each examiner who is known here says in a round."""
    present = _present(speech, library)
    found: dict[tuple[str, str], list[tuple[int, Turn]]] = {}
    for _, seq, turn in _said(speech):
        if turn.name in library.personas:
            found.setdefault((turn.round or "", turn.name or ""), []).append((seq, turn))
    for (_, name), said in found.items():
        there = present if len(present) > 1 else sorted(library.personas)
        others = tuple(other for other in there if other != name)
        if len(said) >= _LEAST_TURNS:
            told = "\n".join(turn.content for _, turn in said)
            yield _part("persona_fidelity", speech, said[0][0], name, told, others)


def sheets_for_turns(
    drawn: Sequence[Part], library: Library, repeats: int, seed: int
) -> tuple[PartSheet, ...]:
    """Return each turn as it is, with a break planted in it, and a clean question in its place.

    Breaks are those of the texts to plant that are not held out; clean are questions of the banks.
    """
    chance = random.Random(f"planted {seed}")

    def shown(part: Part) -> Iterator[tuple[Arm, str, str]]:
        card = card_of(library, part.persona, part.language)
        breaks, clean = _breaks(part.language), _clean(library, part)
        planted_in = before_the_question(
            Turn(part.seq, "assistant", part.said), chance.choice(breaks), part.language
        )
        yield "real", part.said, card
        yield "planted", planted_in.content, card
        if clean:
            yield "clean", chance.choice(clean), card

    return tuple(_sheets(((part, list(shown(part))) for part in drawn), repeats))


def sheets_for_rounds(
    drawn: Sequence[Part], library: Library, repeats: int, seed: int
) -> tuple[PartSheet, ...]:
    """Return each round under its examiner's card, and the same round under another's."""
    chance = random.Random(f"cards {seed}")

    def shown(part: Part) -> Iterator[tuple[Arm, str, str]]:
        yield "real", part.said, card_of(library, part.persona, part.language)
        if part.others:
            other = chance.choice(part.others)
            yield "other_card", part.said, card_of(library, other, part.language)

    return tuple(_sheets(((part, list(shown(part))) for part in drawn), repeats))


def card_of(library: Library, persona: str, language: str) -> str:
    """Return who an examiner is to be: post, mandate and subjects; nothing for nobody known.

    The name is left out: whoever says it would be known by it, however they ask.
    """
    if persona not in library.personas:
        return ""
    about = library.personas[persona].about
    rubrics = (library.rubrics.get(competency) for competency in about.competencies)
    subjects = [rubric.name.get(language, rubric.id) for rubric in rubrics if rubric]
    lines = (about.title.get(language, ""), about.mandate.get(language, ""), "; ".join(subjects))
    return "\n".join(line for line in lines if line)


def _sheets(
    found: Iterable[tuple[Part, Sequence[tuple[Arm, str, str]]]], repeats: int
) -> Iterator[PartSheet]:
    for part, arms in found:
        for arm, quotable, card in arms:
            for repeat in range(repeats):
                yield PartSheet(part, arm, quotable, card, repeat)


def _part(
    kind: Kind, speech: Speech, seq: int, name: str, said: str,
    others: tuple[str, ...] = (),
) -> Part:  # fmt: skip
    return Part(kind, speech.where, speech.transcript.id, seq, speech.language, name, said, others)


def _said(speech: Speech) -> Iterator[tuple[int, int, Turn]]:
    """Yield turns of examiners that say something, with their place and number."""
    for place, turn in enumerate(speech.transcript.turns, start=1):
        if turn.by_examiner and turn.content.strip():
            yield place, place if turn.seq is None else turn.seq, turn


def _present(speech: Speech, library: Library) -> tuple[str, ...]:
    names = {turn.name or "" for _, _, turn in _said(speech)}
    return tuple(sorted(names & library.personas.keys()))


def _breaks(language: str) -> list[str]:
    parts = ("persona_break", "answer_leak")
    texts = (text for part in parts for text in planted(part, language) if not text.held_out)
    return [text.words for text in texts if not SLOT.search(text.words)]


def _clean(library: Library, part: Part) -> list[str]:
    """Return questions of the banks: the examiner's own, anybody's where nobody is known."""
    if part.persona:
        known = library.personas[part.persona].about.competencies
        rubrics = [library.rubrics[name] for name in known if name in library.rubrics]
    else:
        rubrics = [library.rubrics[name] for name in sorted(library.rubrics)]
    asked = (q.text.get(part.language, "") for rubric in rubrics for q in rubric.questions)
    return [text for text in asked if text and not SLOT.search(text)]
