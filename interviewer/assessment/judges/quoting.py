"""A judge's quotes, found in the transcript by code or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.evidence import Quote
from interviewer.research.lexical import terms

# Marks that models exchange for each other when they copy, and what a judge is shown of a woman.
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "她": "他"})
_AROUND = " \t\r\n\"'“”‘’「」….,;:!?。，；：！？"
# Fewer terms are found by chance.
_LEAST_TERMS = 2


def found_in(turns: Sequence[Quote], copied: str) -> Quote | None:
    """Return the exact words of a turn that a judge copied, None where nobody said them.

    White space and kinds of quotation marks may differ; every word and every figure has to be
    there, in order.
    """
    wanted = _folded(copied.strip(_AROUND))[0].strip()
    if len(terms(wanted)) < _LEAST_TERMS:
        return None
    for turn in turns:
        text, places = _folded(turn.text)
        start = text.find(wanted)
        if start >= 0:
            end = places[start + len(wanted) - 1] + 1
            return Quote(turn.seq, turn.text[places[start] : end])
    return None


def bears(quote: Quote, counted: Sequence[str]) -> bool:
    """Return whether a quote holds, or is part of, a sentence that counts as evidence."""
    said = _folded(quote.text)[0]
    return any(said in line or line in said for line in (_folded(text)[0] for text in counted))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text with plain marks and single spaces, and where each sign of it stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text.translate(_SAME)):
        if sign.isspace():
            if signs and signs[-1] == " ":
                continue
            sign = " "
        signs.append(sign)
        places.append(place)
    return "".join(signs), places
