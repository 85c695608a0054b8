"""What a move gives a reply to speak of: its words, its facts, what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType

from interviewer.interview.guard.signs import Signs, plain, signs_for
from interviewer.interview.moves import Move
from interviewer.interview.voice import Scene
from interviewer.interview.wording import Wording
from interviewer.reading.claims import claims_in
from interviewer.reading.cues import cues_for
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

MARK = re.compile(r"\[(\d{1,3})\]")
# A reply may be this much longer than the move's own words before it is cut short.
_LONGEST = {"en": (90, 40), "zh": (170, 80)}


@dataclass(frozen=True)
class Given:
    """Everything a reply may speak of.

    Attributes:
        language: Language of the interview.
        text: The move's words.
        question: The question among them, empty when it asks nothing.
        facts: The sentence behind each citation mark.
        heard: What the candidate said last.
        employer: What the employer is called.
        others: Names of the other examiners.
        frame: Everything else the persona is wont to say.
        private: What the prompt tells the model in confidence: rules, mandate.
        required: What must be said besides the question: figures of an offer, who comes next.
        about_software: Whether the candidate asked if they speak to a person.
        unanswered: Whether the candidate asked what nothing is known of.
    """

    language: str
    text: str
    question: str = ""
    facts: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    heard: str = ""
    employer: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    frame: str = ""
    private: str = ""
    required: tuple[str, ...] = ()
    about_software: bool = False
    unanswered: bool = False

    @property
    def signs(self) -> Signs:
        """What must not be said in this language."""
        return signs_for(self.language)

    @cached_property
    def words(self) -> str:
        """The move's words and facts in small letters, in the form signs are looked up."""
        return plain(" ".join([self.text, self.question, *self.facts.values()])).lower()

    @cached_property
    def terms(self) -> frozenset[str]:
        """Terms of the move's words and facts."""
        return terms(self.words)

    @cached_property
    def frame_terms(self) -> frozenset[str]:
        """Terms of what the persona is wont to say, and of small talk."""
        return _frame_terms(self.frame) | self.signs.small_talk

    @cached_property
    def heard_terms(self) -> frozenset[str]:
        """Terms of what the candidate said."""
        return terms(self.heard)

    @cached_property
    def figures(self) -> frozenset[float | str]:
        """Figures of the move's words and facts."""
        return figures_in(self.words, self.language)

    @cached_property
    def heard_figures(self) -> frozenset[float | str]:
        """Figures the candidate named, but for money."""
        return figures_in(self.heard, self.language, money=False)

    @cached_property
    def most(self) -> int:
        """How long a reply may get, in words, in Chinese in characters."""
        least, more = _LONGEST[self.signs.language]
        return max(least, int(1.5 * length(self.text, self.language)) + more)


@lru_cache(maxsize=64)
def _frame_terms(frame: str) -> frozenset[str]:
    """Return the terms of a persona's phrases; they are many, and the same in every turn."""
    return terms(frame)


def given_of(
    move: Move, scene: Scene, wording: Wording, *, frame: str = "", private: str = ""
) -> Given:
    """Return what a move gives a reply to speak of.

    Args:
        move: The move.
        scene: The scene, its citation marks those of `wording`.
        wording: The move in plain words.
        frame: Everything the persona is wont to say.
        private: What the prompt tells the model in confidence.
    """
    required = [
        move.terms[name] for name in ("next_name", "opening", "figure") if name in move.terms
    ]
    return Given(
        language=scene.language,
        text=wording.text,
        question=wording.question,
        facts=wording.facts,
        heard=scene.heard,
        employer=names_of(scene.company),
        others=scene.others,
        frame=frame,
        private=private,
        required=tuple(name for name in required if name in wording.text),
        about_software=move.kind == "deflect" and move.slot == "software",
        unanswered=bool(move.asked) and not move.found,
    )


def names_of(company: str) -> tuple[str, ...]:
    """Return an employer's name and the short form people use of it."""
    first = company.split()[0] if company.split() else company
    short = first if " " in company else company[:4] if len(company) > 5 else company
    return tuple(dict.fromkeys(name for name in (company, short) if len(name) > 1))


def figures_in(text: str, language: str, *, money: bool = True) -> frozenset[float | str]:
    """Return the figures of a text by value, by their wording where no value can be told."""
    stated = sentences(MARK.sub(" ", text), language)
    claims = claims_in(stated, cues_for(language))
    return frozenset(
        claim.text if claim.value is None else claim.value
        for claim in claims
        if money or claim.kind != "money"
    )


def length(text: str, language: str) -> int:
    """Return how long a text is, in words, in Chinese in characters."""
    return len(text) if language.startswith("zh") else len(text.split())


def terms_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the terms of several texts."""
    return terms(" ".join(texts))
