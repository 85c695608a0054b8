"""Claims that are walked back or made smaller when they are asked about."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.scoring.cues import weighed
from interviewer.reading.cues import folded
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

# Plain words that take a claim back weigh more than words that limit it.
_WITHDRAWS, _LIMITS = 0.45, 0.15
_ENOUGH, _MOST = 0.15, 0.8
_ANSWERED_AT_LENGTH = 14


def shrunk_by(question: str, answer: str, language: str) -> float:
    """Return which share of the claims asked about an answer takes back, 0 to 0.8.

    Only an answer to a question about what was said before can do so: anybody may say "usually"
    when they tell something for the first time.
    """
    cues = weighed(language).shrinking
    said = [folded(line) for line in sentences(answer, language)]
    whole = " ".join(said)
    plainly = len(cues["withdraws"].findall(whole))
    if not cues["checks"].search(folded(question)):
        return 0.0
    limits = len(cues["limits"].findall(whole))
    share = _WITHDRAWS * plainly + _LIMITS * limits
    return min(_MOST, share) if share >= _ENOUGH else 0.0


def asked_about(question: str, answer: str, earlier: Sequence[str]) -> int | None:
    """Return the place of the earlier answer that a question comes back to, None for none.

    It is the one that shares most terms with the question, weighed with what the answer takes up;
    of equals the later one.
    """
    asked, said = terms(question), terms(answer)
    best: tuple[float, int] | None = None
    for place, text in enumerate(earlier):
        own = terms(text)
        shared = len(asked & own) + 0.5 * len(said & own)
        if len(asked & own) >= 1 and shared >= 1.5 and (best is None or shared >= best[0]):
            best = (shared, place)
    return best[1] if best else None
