"""A few of the candidate's own words that name what they spoke of: always an exact part."""

from __future__ import annotations

import re

from interviewer.assessment.feedback.words import feedback_words
from interviewer.reading.cues import folded
from interviewer.reading.tongue import word_count
from interviewer.research.sentences import sentences

MOST = {"en": 16, "zh": 26}
LONGEST_QUESTION = {"en": 26, "zh": 50}
LEAST = {"en": 4, "zh": 5}
# Inside a figure neither mark ends a clause.
_BREAK = re.compile(r"(?:[,;:](?=\s)|[，；：])\s*| [–—-] ")
# Where a clause is too long still.
_FINER = re.compile(r"\s(?=(?:and|but|so|because|while|until|before)\s)")
_GOES_ON = re.compile(r"\s(?=(?:who|which|that|where|when|for|with|by|from)\s)")
_EDGES = " \t\n.,;:。，；：、!！"


def excerpt(sentence: str, language: str, about: re.Pattern[str] | None = None) -> str:
    """Return the clauses of a sentence that name its matter, short enough to ask about.

    Args:
        sentence: A sentence of the candidate.
        language: Language of the interview.
        about: A sign of the clause that is meant; the first that can be asked about without it.
    """
    base = "zh" if language.startswith("zh") else "en"
    bare = sentence.strip(_EDGES)
    if word_count(bare, base) <= MOST[base]:
        return _from_its_subject(bare, language)
    clauses = _clauses(bare, base)
    lengths = [word_count(clause, base) for clause in clauses]
    fitting = [n for n, length in enumerate(lengths) if LEAST[base] <= length <= MOST[base]]
    if not fitting:
        return _from_its_subject(bare, language)
    meant = [n for n in fitting if about is not None and about.search(folded(clauses[n]))]
    first = last = (meant or fitting)[0]
    # The clause after it is taken along where both can be taken in at a glance.
    while last + 1 < len(clauses) and sum(lengths[first : last + 2]) <= MOST[base]:
        last += 1
    start = bare.index(clauses[first])
    end = bare.index(clauses[last], start) + len(clauses[last])
    return _from_its_subject(bare[start:end], language)


def shortened(question: str, language: str) -> str:
    """Return a question, of a long one its first sentence, without the mark at its end."""
    base = "zh" if language.startswith("zh") else "en"
    if word_count(question, base) <= LONGEST_QUESTION[base]:
        return question
    return sentences(question, language)[0].strip(_EDGES)


def _clauses(bare: str, base: str) -> list[str]:
    found: list[str] = []
    for piece in _BREAK.split(bare):
        long = word_count(piece, base) > MOST[base]
        found += _FINER.split(piece) if long else [piece]
    return [clause for piece in found if (clause := _begun(piece, base).strip(_EDGES))]


def _begun(piece: str, base: str) -> str:
    """Return the beginning of a clause that is too long, cut before a word that goes on."""
    ends = [match.start() for match in _GOES_ON.finditer(piece)]
    short = [end for end in ends if word_count(piece[:end], base) <= MOST[base]]
    return piece[: short[-1]] if short and word_count(piece, base) > MOST[base] else piece


def _from_its_subject(text: str, language: str) -> str:
    """Return a clause without the word that joined it to the one before."""
    low = folded(text)
    match = feedback_words(language).pattern("joining").match(low)
    rest = text[match.end() :].strip() if match else text
    return rest or text
