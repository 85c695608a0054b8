"""A concrete thing the candidate spoke of, as a noun phrase an examiner can take up safely.

No grammar is parsed: the phrase is what stands after a verb of doing ("built the nightly sales
pipeline"), up to the next word that cannot belong to it. A phrase that could be private, vague or
broken is not taken up; saying nothing is better than saying it wrong.
"""

from __future__ import annotations

import re

from interviewer.reading.cues import Cues

MOST_WORDS = 4
MOST_CHARACTERS = 12


def thing_in(text: str, cues: Cues) -> str | None:
    """Return the first safe noun phrase of a text, None when there is none."""
    patterns = [cues.patterns[name] for name in ("thing", "thing_mine") if name in cues.patterns]
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        thing = (
            _chinese(match["np"], cues) if cues.language == "zh" else _english(match["np"], cues)
        )
        if thing:
            return thing
    return None


def _english(phrase: str, cues: Cues) -> str | None:
    kept: list[str] = []
    for word in phrase.split():
        if cues.patterns["thing_end"].match(word):
            break
        kept.append(word)
    if not 1 <= len(kept) <= MOST_WORDS:
        return None
    last = kept[-1].lower()
    if any(word.lower() in cues.listed["never_take_up"] for word in kept):
        return None
    # A phrase cut in mid-clause ends in an adverb, an adjective or a verb form.
    if last.endswith(("ly", "ed", "ous", "ful", "able", "ible", "less", "est")) or len(last) < 3:
        return None
    return "the " + " ".join(kept)


_LEADING = re.compile(
    r"^(?:了|过|着|一个|一套|一次|一份|一条|一些|几个|整个|我们的|公司的|这个|那个|全部|所有|其中的?)+"
)
_COUNTED = re.compile(r"^[\d一二两三四五六七八九十百千几半多]")
_TRAILING = re.compile(r"(?:的?(?:工作|任务|事情|开发|建设|维护|搭建)|的)$")


def _chinese(phrase: str, cues: Cues) -> str | None:
    phrase = _LEADING.sub("", phrase)
    end = cues.patterns["thing_end"].search(phrase)
    if end:
        phrase = phrase[: end.start()]
    phrase = _TRAILING.sub("", phrase)
    if not 3 <= len(phrase) <= MOST_CHARACTERS or phrase[0] in "的和与及对从向为":
        return None
    if _COUNTED.match(phrase):
        return None
    if phrase.count("的") > 1 or phrase[-1] in "和与及的对从向为把被一":
        return None
    if cues.words["never_take_up"].search(phrase):
        return None
    return phrase
