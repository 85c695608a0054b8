"""Which option an answer names: by its letter or by its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from interviewer.interview.written.wording import LETTERS

# "B", "(b)", "B.", "option B", "选B", "B选项"; "A good plan" names no option.
_LETTER = re.compile(
    r"^(?:option|answer|选项|答案是?|我?选择?|应选)?\s*[(\[]?\s*([a-d])\s*[)\].:、,。]*\s*(?:项|选项)?$"
)
_LETTERED = re.compile(r"^[(\[]?\s*([a-d])\s*[)\].:、,]\s*\S")
_MOST_COMPARED = 500


def chosen(answer: str, options: Sequence[str]) -> int | None:
    """Return the place of the option an answer names, None for none of them."""
    text = _plain(answer)
    for place, option in enumerate(options):
        if text and text == _plain(option):
            return place
    match = _LETTER.match(text) or _LETTERED.match(text)
    if match is None:
        return None
    place = LETTERS.index(match[1].upper())
    return place if place < len(options) else None


def _plain(text: str) -> str:
    """Return a text without what differs between two ways to write the same."""
    # Bringing a text into one form takes the square of its length, and no option is so long.
    folded = unicodedata.normalize("NFKC", text[:_MOST_COMPARED]).casefold()
    return " ".join(folded.split()).rstrip(".。")
