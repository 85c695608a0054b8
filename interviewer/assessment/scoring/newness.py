"""What in an answer is new and its own: nothing repeated, echoed, copied or merely praised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.assessment.scoring.belonging import belonging
from interviewer.assessment.scoring.cues import weighed
from interviewer.reading.answer import read
from interviewer.reading.cues import cues_for, folded
from interviewer.reading.runs import Runs, runs_of, share_of
from interviewer.reading.tongue import is_unclear
from interviewer.research.lexical import names, terms
from interviewer.research.sentences import sentences

# A run of so many words, or Chinese characters, is not hit upon twice by chance.
_RUN = {"en": 4, "zh": 6}
_COPIED = 0.5
_SAID_BEFORE = 0.75
# A shorter sentence can share its few words and still say what came of it.
_JUDGED = 4
# So many fashionable words in one sentence are a string of them.
_FASHIONABLE = 3
# Fewer terms in common are a chance meeting: they let a sentence stand and make it no news.
_NEAR = 2
# Where the candidate's questions are what was asked for.
_OWN_QUESTIONS = "candidate_questions"


@dataclass(frozen=True, slots=True)
class Source:
    """Text that is no evidence when it is said again.

    Attributes:
        terms: Its terms.
        runs: Its runs of words.
    """

    terms: frozenset[str]
    runs: Runs


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of an answer.

    Attributes:
        text: Its sentences that count, one a line.
        terms: Terms that are new in them.
        void: Share of its sentences that do not count.
    """

    text: str
    terms: frozenset[str]
    void: float


def source_of(texts: Iterable[str], language: str) -> Source:
    """Return text as what may be said again."""
    joined = [text for text in texts if text]
    size = _run_size(language)
    runs = Runs().union(*(runs_of(text, size) for text in joined))
    return Source(terms("\n".join(joined)), runs)


def kept_of(
    turns: Sequence[str],
    language: str,
    *,
    asked: str,
    before: Source,
    given: Source,
    kind: str = "",
) -> Kept:
    """Return the sentences of an answer that count, and what is new in them.

    Args:
        turns: The turns of the answer as judged.
        language: Language of the interview.
        asked: The question, whose words are no news.
        before: What the candidate said earlier.
        given: Texts the candidate should not have: anchors. Their words count, their sentences
            do not.
        kind: Type of the question.
    """
    question = source_of((asked,), language)
    said = [sentence for turn in turns for sentence in sentences(turn, language)]
    belongs = dict(belonging(turns, language, question.terms | given.terms))
    put_back = () if kind == _OWN_QUESTIONS else read("\n".join(turns), language).questions
    size = _run_size(language)
    seen_terms, seen_runs = set(before.terms), set(before.runs)
    lines: list[str] = []
    fresh: set[str] = set()
    others = _terms_of_others(list(belongs))
    for sentence in said:
        own = terms(sentence) - names(sentence)
        runs = runs_of(sentence, size)
        copied = any(share_of(runs, s) >= _COPIED for s in (question.runs, given.runs, seen_runs))
        known = share_of(own, seen_terms) >= _SAID_BEFORE and len(own) >= _JUDGED
        seen_terms |= own
        seen_runs |= runs
        if copied or known or sentence not in belongs or is_void(sentence, language):
            continue
        if sentence in put_back:
            continue
        lines.append(sentence)
        near = len(own & (question.terms | given.terms | before.terms | others[sentence]))
        if not belongs[sentence]:
            continue
        if near >= _NEAR or _says_something(sentence, language, kind):
            fresh |= own - question.terms - before.terms
    return Kept("\n".join(lines), frozenset(fresh), 1 - len(lines) / len(said) if said else 0.0)


def is_void(sentence: str, language: str) -> bool:
    """Return whether a sentence holds no evidence: praise, bids, filler, fashionable words."""
    low = folded(sentence)
    signs = weighed(language).void
    if any(signs[name].search(low) for name in ("praise", "self_praise", "begging", "filler")):
        return True
    if len(signs["boast_words"].findall(low)) >= _FASHIONABLE and not re.search(r"\d", low):
        return True
    if not _may_be_beside(low, language):
        return False
    reading = read(sentence, language)
    return reading.gives_orders or reading.asks_verdict or reading.unclear


def _may_be_beside(low: str, language: str) -> bool:
    """Return whether reading a sentence can find no words in it, an order or fishing.

    Most sentences are told by this alone, which is several times as quick.
    """
    if is_unclear(low, language):
        return True
    # What is said in the other language is read by that language's signs.
    for cues in map(cues_for, ("en", "zh")):
        bare = cues.patterns["quoted_words"].sub(" ", low)
        if any(cues.patterns[name].search(bare) for name in ("gives_orders", "asks_verdict")):
            return True
    return False


def _terms_of_others(said: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return for each sentence those of its terms that stand in any other."""
    own = {sentence: terms(sentence) for sentence in said}
    counts = Counter(term for found in own.values() for term in found)
    shared = frozenset(term for term, often in counts.items() if often > 1)
    return {sentence: found & shared for sentence, found in own.items()}


def _says_something(sentence: str, language: str, kind: str) -> bool:
    """Return whether a sentence has a figure, a deed or a sign of what lifts an answer."""
    low = folded(sentence)
    signs = weighed(language).signs.values()
    if re.search(r"\d", low) or any(sign.search(low) for sign in signs):
        return True
    reading = read(sentence, language, kind=kind)
    return reading.hypothetical or bool(reading.parts & {"own_action", "result"})


def _run_size(language: str) -> int:
    return _RUN["zh" if language.startswith("zh") else "en"]
