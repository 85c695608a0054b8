"""A claim in a few of the candidate's own words, short enough for an examiner to say back."""

from __future__ import annotations

import re

from interviewer.interview.ledger.signs import signs_for

MOST_WORDS = 8
MOST_CHARACTERS = 18
# Eight words of this many characters are no words.
LONGEST = 90
# Signs that would make another question of it, or something else than speech.
_UNSAYABLE = frozenset("?？{}[]<>|\n")
# Words kept before a figure; what follows fills the quote.
_BEFORE = 4
_JOINT = re.compile(r"[,;:.!?—–()\[\]\"“”](?=\s|$)|\s[-–—]\s|[“”\"()\[\]]")
_CHINESE_JOINT = re.compile(r"[，。；：！？、,;:!?“”\"（）()…—]")
_WORD = re.compile(r"\S+")


def quoted(sentence: str, at: int, length: int, language: str) -> str:
    """Return the words around a place of a sentence, an exact part of it; empty if unsayable.

    Args:
        sentence: The sentence.
        at: Where the claim begins.
        length: How long it is; what is longer than a quote is cut at the end.
        language: Language of the sentence.
    """
    joint = _CHINESE_JOINT if language.startswith("zh") else _JOINT
    begin = max((m.end() for m in joint.finditer(sentence) if m.end() <= at), default=0)
    end = min((m.start() for m in joint.finditer(sentence, at + length)), default=len(sentence))
    cut = _characters if language.startswith("zh") else _words
    quote = cut(sentence, begin, end, at, at + length)
    return "" if len(quote) > LONGEST or set(quote) & _UNSAYABLE else quote


def _characters(sentence: str, begin: int, end: int, at: int, until: int) -> str:
    if end - begin > MOST_CHARACTERS:
        begin = max(begin, min(at - 6, end - MOST_CHARACTERS))
        end = min(end, max(until, begin + MOST_CHARACTERS))
    return sentence[begin:end].strip()[:MOST_CHARACTERS]


def _words(sentence: str, begin: int, end: int, at: int, until: int) -> str:
    words = list(_WORD.finditer(sentence, begin, end))
    here = [n for n, word in enumerate(words) if word.end() > at and word.start() < until]
    if not here:
        return ""
    dangles = signs_for("en").patterns
    first = max(0, here[0] - _BEFORE)
    while first < here[0] and dangles["dangling_first"].match(words[first][0]):
        first += 1
    last = max(here[-1] + 1, min(len(words), first + MOST_WORDS))
    while last > here[-1] + 1 and dangles["dangling_last"].match(words[last - 1][0]):
        last -= 1
    last = min(last, first + MOST_WORDS)
    return sentence[words[first].start() : words[last - 1].end()].rstrip(",.;:!")
