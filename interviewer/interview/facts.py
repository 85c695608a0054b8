"""Sentences of the research that an examiner can speak: they stand alone and state one fact."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from interviewer.reading.cues import cues_for
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage

# Facts older than this are introduced with their date (SCIENCE 2.1; 18 months).
STALE_AFTER = datetime.timedelta(days=548)

_ENGLISH_WORDS = (7, 30)
_CHINESE_CHARACTERS = (12, 55)
_UNSPEAKABLE = re.compile(r"[()\[\]{}|<>*_#`;；（）【】]|https?:|^\s*[-*•\d.]+\s|[:：]$|\?|？")
_ENDS = re.compile(r"[.!。！][\"'”’]?$")


def speakable(passage: Passage, names: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences of a passage that an examiner may state as a fact.

    Each is an exact part of the passage's text, names the employer, has a figure, and is short
    enough to be heard.

    Args:
        passage: Where they come from.
        names: What the employer is called; the first word of a longer name counts too.
    """
    chinese = passage.language == "zh"
    cues = cues_for(passage.language).patterns
    wanted = _short_names(names)
    found = []
    for sentence in sentences(passage.text, passage.language or "en"):
        text = sentence.strip()
        if not _ENDS.search(text) or _UNSPEAKABLE.search(text) or "\n" in text:
            continue
        if cues["fact_hanging"].match(text) or not _fits(text, chinese):
            continue
        if any(name in text for name in wanted) and cues["fact_figure"].search(text):
            found.append(text)
    return tuple(found)


def _short_names(names: Sequence[str]) -> set[str]:
    short = set()
    for name in names:
        first = name.split()[0] if " " in name else name
        short.update({name, first if len(first) > 2 else name})
        if re.match(r"[\u4e00-\u9fff]{4,}", name):
            short.add(name[:2])
    return {name for name in short if name}


def _fits(text: str, chinese: bool) -> bool:
    low, high = _CHINESE_CHARACTERS if chinese else _ENGLISH_WORDS
    return low <= (len(text) if chinese else len(text.split())) <= high


def is_stale(passage: Passage, today: datetime.date) -> bool:
    """Whether what a passage says is more than 18 months old, or its date cannot be read."""
    if passage.date is None:
        return False
    try:
        date = datetime.date.fromisoformat(passage.date[:10])
    except ValueError:
        return False
    return today - date > STALE_AFTER


def cited(sentence: str, number: int) -> str:
    """Return a sentence with its citation mark before the full stop: "… in 2025 [1]."."""
    match = re.search(r"[.!。！][\"'”’]?\s*$", sentence)
    if not match:
        return f"{sentence.rstrip()} [{number}]"
    body, end = sentence[: match.start()].rstrip(), sentence[match.start() :].rstrip()
    space = "" if end[0] in "。！" else " "
    return f"{body}{space}[{number}]{end}"
