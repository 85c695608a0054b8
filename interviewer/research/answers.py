"""The sentence of a passage that answers a question. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.research.characters import cjk_count
from interviewer.research.lexical import Vocabulary, coverage, terms, wants_figure
from interviewer.research.units import units_of
from interviewer.transcript import Passage

MAX_WORDS = 45
MAX_CJK = 90
# A sentence that begins like this needs the one before it.
_LEANS = re.compile(
    r"(?:It|Its|They|Their|He|She|His|Her|This|That|These|Those|Of these|Of those|The rest|"
    r"Both|Such|However|Therefore|Then|Because of (?:that|this)|Until then|Since then)\b"
    r"|(?:它|他|她|这|该|此|其|因此|所以|但|不过|另外|另有|同时|之后|随后|此后|当时|原因)"
)
_CLAUSE = re.compile(r"[,;:，；：、](?=\s|[^\x00-\x7f])")


# Sentences of one passage differ by about this much in cosine; "how many" is answered by the one
# with a number although another may be as near, and by the one that has the question's words.
_FIGURE = 0.04
_WORDS = 0.1
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b|[一二两三四五六七八九十]"
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences of a passage that could be spoken.

    Attributes:
        sentences: Exact substrings of the passage's text, in order.
    """

    sentences: tuple[str, ...]

    @classmethod
    def of(cls, passage: Passage) -> Candidates:
        """Split a passage; rows of tables are left out where there is anything else."""
        units = units_of(passage)
        said = [unit for unit in units if not unit.is_row] or units
        return cls(tuple(unit.text for unit in said))


def best_sentence(
    question: str,
    passage: Passage,
    candidates: Candidates,
    cosines: Sequence[float],
    vocabulary: Vocabulary,
) -> str:
    """Return the one or two adjacent sentences that answer best.

    Args:
        question: As asked.
        passage: The passage the sentences come from.
        candidates: Its sentences.
        cosines: Of question and each sentence.
        vocabulary: The terms of all the employer's passages.

    Returns:
        An exact substring of the passage's text, at most 45 words and 90 Chinese characters.
    """
    asked = terms(question)
    figure = _FIGURE if wants_figure(question) else 0.0
    scores = [
        cosine
        + _WORDS * coverage(asked, terms(sentence), vocabulary)
        + figure * bool(_NUMBER.search(sentence))
        for sentence, cosine in zip(candidates.sentences, cosines, strict=True)
    ]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    best = next((i for i in order if fits(candidates.sentences[i])), order[0])
    chosen = candidates.sentences[best]
    if best and _LEANS.match(chosen):
        pair = _between(passage.text, candidates.sentences[best - 1], chosen)
        if pair and fits(pair):
            return pair
    return chosen if fits(chosen) else _shortened(chosen)


def fits(text: str) -> bool:
    """Return whether a text is short enough to be spoken as one fact."""
    return len(text.split()) <= MAX_WORDS and cjk_count(text) <= MAX_CJK


def _between(text: str, first: str, second: str) -> str | None:
    """Return the piece of text from one sentence to the next where only a space is between."""
    start = text.find(first)
    end = text.find(second, start + len(first))
    between = text[start + len(first) : end]
    if start < 0 or end < 0 or between.strip() or "\n\n" in between:
        return None
    return text[start : end + len(second)]


def _shortened(sentence: str) -> str:
    """Cut a sentence that is too long at its last clause that fits."""
    ends = [match.start() for match in _CLAUSE.finditer(sentence)]
    clauses = [sentence[:end] for end in ends if fits(sentence[:end])]
    if clauses:
        return clauses[-1]
    words = list(re.finditer(r"\S+", sentence))[:MAX_WORDS]
    short = sentence[: words[-1].end()]
    while not fits(short):
        short = short[:-1]
    return short
