"""How much of a reply evidence says, as one number: for ranking replies of any source."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from interviewer.evaluation.support import Evidence, supported_by
from interviewer.interview.guard.signs import plain

# What a new figure or a turned sense takes off the share, and what the same words in the same
# order add; chosen on BEGIN dev.
_FIGURE, _TURNED, _ORDER = 0.3, 0.2, 0.5
_WORDS = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]", re.IGNORECASE)
_SPACED = re.compile(r"\s+'\s*(?=(?:s|m|t|re|ve|ll|d)\b)", re.IGNORECASE)


def worth(claim: str, text: str, language: str) -> float:
    """Return how much of a reply a text says.

    The weighed share of its words, more where they come in the same order (the longest common
    subsequence over the reply's length, the precision of ROUGE-L), less for a figure the text
    lacks and for a "not" more or less. What a reply says of its own not knowing claims nothing.

    Args:
        claim: The reply.
        text: What it is held against.
        language: Of both.
    """
    said = _hedge(language).sub("", _joined(claim))
    evidence = Evidence(_joined(text), language)
    held = supported_by(said, [evidence], language)
    order = _in_order(_WORDS.findall(said.lower()), _WORDS.findall(evidence.text.lower()))
    return held.share + _ORDER * order - _FIGURE * held.new_figures - _TURNED * held.turned


def _joined(text: str) -> str:
    """Return a text whose short forms are one word again, where signs were set apart."""
    return _SPACED.sub("'", plain(text))


def _in_order(said: list[str], told: list[str]) -> float:
    """Return the share of words that come in the other text in the same order."""
    longest = [0] * (len(told) + 1)
    for word in said:
        before = longest
        longest = [0]
        for place, other in enumerate(told):
            same = before[place] + 1 if word == other else max(before[place + 1], longest[place])
            longest.append(same)
    return longest[-1] / len(said) if said else 0.0


@cache
def _hedge(language: str) -> re.Pattern[str]:
    file = resources.files(__package__) / "hedges.toml"
    patterns = tomllib.loads(file.read_text(encoding="utf-8"))
    return re.compile(patterns["zh" if language.startswith("zh") else "en"], re.IGNORECASE)
