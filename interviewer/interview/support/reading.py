"""A sentence, or a part of one, as it is compared: figures, names, terms, which way it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from interviewer.interview.support.chinese_figures import chinese_figures
from interviewer.interview.support.english_figures import english_figures
from interviewer.interview.support.figures import Figure
from interviewer.interview.support.words import Side, SupportWords, stem

_WORD = re.compile(r"[A-Za-zÀ-ÿ](?:[A-Za-zÀ-ÿ0-9'’-]*[A-Za-zÀ-ÿ0-9])?")
_CHINESE = re.compile("[\u3400-\u9fff]+")
# A part of a sentence with fewer things to compare belongs to its neighbour.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Term:
    """Something a sentence speaks of: a stem or a meaning, in Chinese two characters.

    Attributes:
        text: The stem, the meaning or the characters.
        start: Where it stands.
        run: Where the unknown words begin that it is part of, in Chinese.
    """

    text: str
    start: int
    run: int = -1


@dataclass(frozen=True)
class Reading:
    """A sentence or a part of one.

    Attributes:
        text: As written.
        words: Of its language.
        ignored: What it is always about: the employer's names, in small letters.
    """

    text: str
    words: SupportWords
    ignored: tuple[str, ...] = ()

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures."""
        read = chinese_figures if self.words.language == "zh" else english_figures
        return read(self.text)

    @cached_property
    def bare(self) -> str:
        """The text with spaces for its figures and for the employer's names."""
        text = self.text
        for figure in self.figures:
            text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
        for name in self.ignored:
            text = re.sub(re.escape(name), lambda m: " " * len(m[0]), text, flags=re.IGNORECASE)
        return text

    @cached_property
    def names(self) -> tuple[Term, ...]:
        """Words with a capital that do not begin the sentence; in Chinese all Latin words."""
        found = []
        for match in _WORD.finditer(self.bare):
            word = match[0]
            begins = not self.text[: match.start()].strip(" \"'“‘(")
            if self.words.language == "zh" or (word[0].isupper() and not begins) or _odd(word):
                found.append(Term(self._meaning(word), match.start()))
        return tuple(found)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What it speaks of besides figures."""
        return tuple(self._chinese_terms() if self.words.language == "zh" else self._latin_terms())

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """Every term another sentence could find in it."""
        words = {self._meaning(word) for word, _ in self._words()}
        if self.words.language != "zh":
            return frozenset(words)
        runs = _CHINESE.findall(self.text)
        pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
        groups = {name for word, name in self.words.groups.items() if word in self.text}
        return frozenset(words | pairs | groups | {c for run in runs for c in run})

    @cached_property
    def sides(self) -> frozenset[Side]:
        """Which sides of opposites its words are on."""
        found = (side for word, side in self.words.sides.items() if self._has(word))
        return frozenset(one for side in found for one in side)

    @cached_property
    def strong(self) -> frozenset[int]:
        """Lines of strong words it has one of."""
        return frozenset(line for word, line in self.words.strong.items() if self._has(word))

    @cached_property
    def negations(self) -> tuple[tuple[int, int], ...]:
        """Where it says "not"."""
        found = self.words.patterns["negation"].finditer(self.text)
        return tuple(match.span() for match in found)

    @cached_property
    def denied(self) -> frozenset[object]:
        """Terms and figures behind a negation, up to the next joint."""
        return frozenset(thing for thing, place in self._things() if self._is_denied(place))

    @cached_property
    def affirmed(self) -> frozenset[object]:
        """Terms and figures that do not stand behind a negation."""
        return frozenset(thing for thing, place in self._things() if not self._is_denied(place))

    def _things(self) -> Iterator[tuple[object, int]]:
        yield from ((term.text, term.start) for term in self.terms)
        yield from (((figure.unit, figure.value), figure.start) for figure in self.figures)

    def _is_denied(self, place: int) -> bool:
        start = max(start for start, _ in self._spans() if start <= place)
        return any(start <= begin and end <= place for begin, end in self.negations)

    @cached_property
    def planned(self) -> bool:
        """Whether it speaks of what is wanted, possible or to come."""
        return bool(self.words.patterns["plan"].search(self.text))

    @cached_property
    def pieces(self) -> tuple[Reading, ...]:
        """Its parts, joined with their neighbours where one alone has too little."""
        found: list[str] = []
        short = False
        for piece in self._cut():
            here = self._part(piece)
            things = {term.text for term in (*here.terms, *here.names)}
            few = len(things) + len(here.figures) < _LEAST
            if found and (few or short):
                found[-1] += piece
                short = short and few
            else:
                found.append(piece)
                short = few
        return tuple(self._part(piece) for piece in found)

    @cached_property
    def parts(self) -> tuple[Reading, ...]:
        """Its parts between joints."""
        found = (self._part(piece) for piece in self._cut())
        return tuple(part for part in found if any(map(str.isalnum, part.text)))

    def _part(self, text: str) -> Reading:
        return Reading(text, self.words, self.ignored)

    def _cut(self) -> Iterator[str]:
        return (self.text[start:end] for start, end in self._spans())

    def _spans(self) -> Iterator[tuple[int, int]]:
        start = 0
        for joint in self.words.patterns["pieces"].finditer(self.text):
            # "37 and a half hours" is one thing.
            if not any(f.start < joint.end() and joint.start() < f.end for f in self.figures):
                yield start, joint.end()
                start = joint.end()
        yield start, len(self.text)

    def _has(self, word: str) -> bool:
        if self.words.language == "zh":
            return word in self.text
        return word in self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word, _ in self._words())

    def _words(self) -> Iterator[tuple[str, int]]:
        """Yield Latin words and where they begin; those with hyphens whole and in parts."""
        for match in _WORD.finditer(self.text):
            yield match[0], match.start()
            if "-" in match[0]:
                for part in re.finditer("[^-]+", match[0]):
                    yield part[0], match.start() + part.start()

    def _meaning(self, word: str) -> str:
        if self.words.language == "zh":
            return word.lower()
        found = stem(re.sub(r"['’]s$", "", word))
        return self.words.groups.get(found, found)

    def _latin_terms(self) -> Iterator[Term]:
        for match in _WORD.finditer(self.bare):
            for part in re.finditer(r"[^-]+", match[0]):
                word = re.sub(r"['’]s$", "", part[0])
                if stem(word) not in self.words.empty:
                    yield Term(self._meaning(word), match.start() + part.start())

    def _chinese_terms(self) -> Iterator[Term]:
        """Yield meanings of known words, and pairs of characters of what lies between them."""
        for run in _CHINESE.finditer(self.bare):
            begin = place = run.start()
            while place < run.end():
                known = self.known_at(place, run.end())
                if known is None:
                    place += 1
                    continue
                yield from self._pairs(begin, place)
                if known in self.words.groups:
                    yield Term(self.words.groups[known], place)
                begin = place = place + len(known)
            yield from self._pairs(begin, run.end())

    def known_at(self, place: int, end: int) -> str | None:
        """Return the longest known word that begins at a place."""
        for size in range(min(self.words.longest, end - place), 0, -1):
            word = self.bare[place : place + size]
            if word in self.words.groups or word in self.words.empty:
                return word
        return None

    def _pairs(self, start: int, end: int) -> Iterator[Term]:
        if end - start == 1:
            yield Term(self.bare[start:end], start)
        for place in range(start, end - 1):
            yield Term(self.bare[place : place + 2], place, start)


def _odd(word: str) -> bool:
    """Whether a word has a capital inside, as names of products and short forms have."""
    return any(letter.isupper() for letter in word[1:])
