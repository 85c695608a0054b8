"""What a passage states: its sentences, each with what it takes over from those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.interview.guard.signs import plain
from interviewer.interview.support.figures import Figure
from interviewer.interview.support.reading import Reading
from interviewer.interview.support.words import SupportWords
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage

_WHOLE = re.compile(r"[.!?。！？…][\"'”’)）」』]*$")
# A question or an unfinished line leads to what follows.
_ENDS = re.compile(r"[.!。！…；;,，][\"'”’)）」』]*$")
_MARKS = re.compile(r"\*\*|__|[|]")
# Entries of a list or a table are read together up to this many characters.
_LIST = 600


@dataclass(frozen=True)
class Stated:
    """A sentence of a passage, or the entries of a list.

    Attributes:
        whole: The sentence.
        terms: Its terms and those of the heading, and where it names nobody of what is before it.
        nameable: Names a sentence from it may have.
        figures: Its figures and those of the heading.
    """

    whole: Reading
    terms: frozenset[str]
    nameable: frozenset[str]
    figures: tuple[Figure, ...]

    @cached_property
    def only_denied(self) -> frozenset[object]:
        """What it speaks of only to say that it is not so."""
        return self.whole.denied - self.whole.affirmed

    def shared(self, piece: Reading) -> int:
        """Return how much of what a piece speaks of this has."""
        return _shared(piece, self.whole)

    def nearest(self, part: Reading) -> tuple[Reading, ...]:
        """Return the parts that have most of what a part of a claim speaks of, if any has."""
        shared = [_shared(part, own) for own in self.whole.parts]
        most = max(shared, default=0)
        pairs = zip(self.whole.parts, shared, strict=True)
        return tuple(own for own, count in pairs if most and count == most)


def _shared(piece: Reading, part: Reading) -> int:
    terms = sum(term.text in part.all_terms for term in piece.terms)
    return terms + sum(any(f.agrees(o) for o in part.figures) for f in piece.figures)


def stated(passage: Passage, words: SupportWords, ignored: tuple[str, ...]) -> tuple[Stated, ...]:
    """Return what a passage states, as it is compared."""
    heading = Reading(f"{passage.heading} {passage.source}", words, ignored)
    years = tuple(figure for figure in heading.figures if figure.unit == "year")
    context = _Context(heading.all_terms)
    found: list[Stated] = []
    single = [_plain(sentence) for sentence in sentences(passage.text, words.language)]
    for place, text in enumerate(single):
        # An order states nothing: what a document tells a model to write is not said by it.
        told = () if words.patterns["order"].search(text) else (text,)
        for window in (*told, *_lists(single, place, words)):
            whole = Reading(window, words, ignored)
            dated = any(figure.unit == "year" for figure in whole.figures)
            found.append(context.stated(whole, () if dated else years))
        context = context.after(Reading(text, words, ignored), leads=not _ENDS.search(text))
    return tuple(found)


@dataclass(frozen=True)
class _Context:
    """What a sentence takes over: from headings always, from before it where it names nobody."""

    headings: frozenset[str]
    heading: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def stated(self, whole: Reading, years: tuple[Figure, ...]) -> Stated:
        own = whole.all_terms | self.headings | self.heading
        # Chinese does not show names, so that nothing tells whether a sentence leans on another.
        leans = not whole.names and whole.words.language != "zh"
        return Stated(
            whole=whole,
            terms=own | self.before if leans else own,
            nameable=own if whole.names else own | self.names,
            figures=whole.figures + years,
        )

    def after(self, sentence: Reading, *, leads: bool) -> _Context:
        return _Context(
            self.headings,
            sentence.all_terms if leads else self.heading,
            self.before | sentence.all_terms,
            self.names | {name.text for name in sentence.names},
        )


def _plain(sentence: str) -> str:
    return " ".join(_MARKS.sub(" ", plain(sentence)).split())


def _lists(single: Sequence[str], place: int, words: SupportWords) -> Iterator[str]:
    """Yield the entries of a list or a table with what leads to them."""
    entries = [single[place]]
    for text in single[place + 1 :]:
        if words.patterns["order"].search(text):
            break
        if (_WHOLE.search(text) and len(entries) > 1) or len("".join(entries)) > _LIST:
            break
        entries.append(text)
        if _WHOLE.search(text):
            break
    first = entries[0]
    if len(entries) > 2 and not _WHOLE.search(first) and not words.patterns["order"].search(first):
        yield ("；" if words.language == "zh" else "; ").join(entries)
