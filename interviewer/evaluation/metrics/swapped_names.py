"""Whether a claim gives to somebody else what the research says of the employer.

Word for word the claim says what a sentence of the research says, but where that names the
employer it names somebody nobody has heard of. Words by themselves do not show it: in Chinese no
capital tells a name, and in English not at the beginning of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from interviewer.research.sentences import sentences

# Share of a claim that stands in the sentence of the research in the same order.
_SAME = 0.6
# Longer is more than a name.
_LONGEST = {"en": 3, "zh": 8}
_TOKENS = {
    "en": re.compile(r"[A-Za-z0-9][\w'’.-]*"),
    "zh": re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]"),
}
_ONES_OWN = re.compile(r"(?:we|our|us|it|its|they|their|the|this|a|an|one)\b", re.IGNORECASE)


def swapped_name(claim: str, passages: Iterable[str], names: Sequence[str], language: str) -> str:
    """Return who stands in the employer's place, nothing where nobody does.

    Args:
        claim: A sentence without marks.
        passages: Texts it may be taken from.
        names: What the employer is called.
        language: `en` or `zh`.
    """
    whole = _called(names, language)
    if not whole or any(name in claim for name in whole):
        return ""
    token = _TOKENS[language]
    said, called = token.findall(claim), [token.findall(name) for name in whole]
    for passage in passages:
        for sentence in sentences(passage, language):
            # Most sentences do not name the employer, and need not be taken apart.
            if not any(name[0] in sentence for name in called if name):
                continue
            told = token.findall(sentence)
            place = _place(told, called)
            if place and (name := _other(said, told, place, language)):
                return "" if _ONES_OWN.match(name) else name
    return ""


def _called(names: Sequence[str], language: str) -> list[str]:
    """Return the names, the longest first; in Chinese an employer is called by a beginning too."""
    found = set(names)
    if language == "zh":
        found |= {name[:size] for name in names for size in range(2, len(name))}
    return sorted(found, key=lambda name: (-len(name), name))


def _place(told: Sequence[str], called: Iterable[Sequence[str]]) -> range | None:
    """Return where a sentence first names the employer, by its longest name."""
    for name in called:
        for first in range(len(told) - len(name) + 1):
            if name and told[first : first + len(name)] == name:
                return range(first, first + len(name))
    return None


def _other(said: list[str], told: list[str], place: range, language: str) -> str:
    """Return what a claim has where a sentence it nearly repeats has a name."""
    if len(set(said) & set(told)) < _SAME * len(set(said)):
        return ""
    blocks = SequenceMatcher(None, said, told, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _SAME * len(said):
        return ""
    # What lies between the last word that agrees before the name and the first one after it.
    ends = [b.a + min(b.size, place.start - b.b) for b in blocks if b.b < place.start and b.size]
    starts = [
        b.a + max(0, place.stop - b.b) for b in blocks if b.b + b.size > place.stop and b.size
    ]
    words = said[max(ends, default=0) : min(starts, default=len(said))]
    if not words or len(words) > _LONGEST[language]:
        return ""
    if language == "zh":
        return "".join(words)
    return " ".join(words) if words[0][:1].isupper() else ""
