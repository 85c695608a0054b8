"""The lexical half of finding an answer: which words of a question a text also has. Pure."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from interviewer.research.characters import cjk_count

_LATIN = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d[\d.,]*")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w'’+#-]*")
_CJK_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_EVERYWHERE = 0.9
_FEW = 10
# Sentences and short passages come again and again: their terms are kept, a few megabytes of them.
_SHORT, _KEPT = 600, 16_384
# Longest first; what is left keeps three letters, so "sees" and "see" meet and "bus" stays.
_SUFFIXES = (
    "ational", "ations", "ation", "ements", "ement", "ments", "ment", "ities", "ity",
    "ings", "ing", "ers", "er", "ed", "ies", "es", "ly", "s", "y", "e",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    empty: frozenset[str]
    groups: Mapping[str, str]
    figure: tuple[str, ...]
    known: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How rare each term is in the passages of one employer.

    Attributes:
        passages: How many passages there are.
        counts: In how many of them each term stands.
    """

    passages: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[frozenset[str]]) -> Vocabulary:
        """Count the terms of all passages."""
        counts: Counter[str] = Counter()
        number = 0
        for terms in texts:
            counts.update(terms)
            number += 1
        return cls(number, counts)

    def weight(self, term: str) -> float:
        """Return how much a term tells: the rarer the more, an unknown one most.

        What stands in nearly every passage is the employer's name, which tells nothing.
        """
        if self.counts.get(term, 0) > self.passages * _EVERYWHERE and self.passages >= _FEW:
            return 0.0
        return math.log(1 + (self.passages + 1) / (self.counts.get(term, 0) + 0.5))


def terms(text: str) -> frozenset[str]:
    """Return the terms of a text: stems of English words, pairs of Chinese characters, numbers.

    Words that say nothing about a subject are left out, words that ask for the same thing are
    one term.
    """
    return _remembered(text) if len(text) <= _SHORT else _terms(text)


def _terms(text: str) -> frozenset[str]:
    lower = text.lower()
    english, chinese = _words("en"), _words("zh")
    found = set()
    for word in _LATIN.findall(lower):
        stem = _stem(word.partition("'")[0].partition("’")[0].rstrip(".,"))
        if stem and stem not in english.empty:
            found.add(english.groups.get(stem, stem))
    for run in _CJK_RUN.findall(lower):
        found.update(_chinese_terms(run, chinese))
    return frozenset(found)


_remembered = lru_cache(maxsize=_KEPT)(_terms)


def names(question: str) -> frozenset[str]:
    """Return the terms of a question that are names: capitals inside an English sentence.

    In a Chinese question they are the words in Latin letters.
    """
    found = _WORD.findall(question)
    if cjk_count(question):
        return terms(" ".join(word for word in found if len(word) > 1))
    return terms(" ".join(word for word in found[1:] if word[0].isupper()))


def coverage(question: frozenset[str], text: frozenset[str], vocabulary: Vocabulary) -> float:
    """Return which share of a question's terms a text has, 0 to 1, rare terms counting more.

    A question without any term of its own ("What does the company do?") gives 0.5: the words
    speak neither for nor against.
    """
    total = sum(vocabulary.weight(term) for term in question)
    if not total:
        return 0.5
    return sum(vocabulary.weight(term) for term in question & text) / total


def wants_figure(question: str) -> bool:
    """Return whether a question asks for a number or a date."""
    lower = question.lower()
    return any(words in lower for lang in ("en", "zh") for words in _words(lang).figure)


def _chinese_terms(run: str, words: _Words) -> Iterable[str]:
    """Yield groups of known words, and pairs of characters of what lies between them."""
    for known in words.known.findall(run):
        if known in words.groups:
            yield words.groups[known]
    for part in words.known.split(run):
        if len(part) == 1:
            yield part
        yield from (part[i : i + 2] for i in range(len(part) - 1))


@lru_cache(maxsize=32_768)
def _stem(word: str) -> str:
    if word[:1].isdigit():
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


@cache
def _words(language: str) -> _Words:
    text = (resources.files(__package__) / "words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)[language]
    stem = _stem if language == "en" else str
    groups: dict[str, str] = {}
    for line in data["same"]:
        members = line.split()
        for member in members:
            groups.setdefault(stem(member), f"={stem(members[0])}")
    empty = frozenset(stem(word) for word in data["empty"].split())
    # Longest first, so that the whole of a phrase is what is found.
    known = sorted(empty | groups.keys(), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known)))
    return _Words(empty, groups, tuple(data["figure"]), pattern)
