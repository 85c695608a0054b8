"""Which sentences of an answer have to do with it: what is put behind an answer adds no evidence.

People tell of themselves, take up words of the question, or go on from what they have just said.
A paragraph from elsewhere does none of it, whatever it is about. No meaning is compared: what is
told in the first person about something else belongs here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviewer.assessment.scoring.cues import weighed
from interviewer.reading.answer import read
from interviewer.reading.cues import cues_for, folded
from interviewer.reading.tongue import has_chinese, is_other_language, language_of, word_count
from interviewer.research.lexical import names, terms
from interviewer.research.sentences import sentences

# One term in common is a chance meeting, and so are two in a long sentence.
_NEAR, _SHARE = 2, 0.34
# Whoever talks may leave out who did it; nobody says so many words about nobody.
_SHORT = {"en": 12, "zh": 30}
# After so many sentences from elsewhere somebody reads something out, also where it says "I".
_READ_OUT = 2
# Signs of which speech has none: so many, or so large a share of the characters, are no speech.
_SIGNS = re.compile(r"[<>{}\[\]\\|=^~`_]")
_MOST_SIGNS, _SIGN_SHARE = 2, 0.05
# People who work with programs name things of theirs, in writing between two marks.
_NAMED = re.compile(r"`[^`\n]{1,80}`|\b[^\W_]+(?:_[^\W_]+)+")
_PLAIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LEAST_PLAIN, _LONGEST_WORD = 0.5, 30
_MARKS = " \t\n.,;:!?\"'“”‘’()…–—-%$£€"
_ASKS = re.compile(r"[?？]\W*$")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万]")


def belonging(
    turns: Sequence[str], language: str, matter: frozenset[str]
) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of an answer that have to do with it, in their order.

    With each goes whether it says so itself; one that only goes on from others brings no news.

    Args:
        turns: What was said, as judged, oldest first.
        language: Language of the interview.
        matter: Terms of the question and of what it is asked for.
    """
    told: set[str] = set()
    for turn in turns:
        elsewhere = 0
        for place, sentence in enumerate(sentences(turn, language)):
            # A sentence of another tongue is taken by its own signs.
            tongue = "zh" if has_chinese(sentence) else "en"
            own = terms(sentence) - names(sentence)
            near = max(len(own & matter), len(own & told))
            tied = near >= max(_NEAR, _SHARE * len(own)) or _is_told(sentence, near, tongue)
            if not _is_understood(sentence, language):
                elsewhere += 1
            elif tied and (near or elsewhere < _READ_OUT):
                elsewhere = 0
                told |= own
                yield sentence, True
            elif not elsewhere and _goes_on(sentence, tongue):
                # What follows has to go on from what was asked or told, not from this.
                told |= own if place == 0 else set()
                yield sentence, place == 0 or near > 0 or _is_linked(sentence, tongue)
            elif _ASKS.search(sentence) is None:
                elsewhere += 1


def _is_understood(sentence: str, language: str) -> bool:
    """Whether a sentence is speech, in a language that is read here."""
    return is_speech(sentence) and (
        not is_other_language(sentence, cues_for(language)) or language_of(sentence) is not None
    )


def _is_told(sentence: str, near: int, language: str) -> bool:
    """Whether somebody tells this of themselves, or of others what has to do with it."""
    low, telling = folded(sentence), weighed(language).telling
    of_others = near > 0 and telling["somebody"].search(low) is not None
    return of_others or telling["first_person"].search(low) is not None


def _goes_on(sentence: str, language: str) -> bool:
    """Whether a sentence may go on from the one before without a word of it."""
    low = folded(sentence)
    return _ASKS.search(sentence) is None and (
        word_count(sentence, language) <= _SHORT[language]
        or _is_linked(sentence, language)
        # What came of it, in figures.
        or (_FIGURE.search(low) is not None and "result" in read(sentence, language).parts)
    )


def _is_linked(sentence: str, language: str) -> bool:
    return weighed(language).telling["carries_on"].search(folded(sentence)) is not None


def is_speech(text: str) -> bool:
    """Whether a text can have been said: no markup, no code, no rows of signs and figures."""
    signs = len(_SIGNS.findall(_NAMED.sub("", text)))
    if signs > _MOST_SIGNS or signs > _SIGN_SHARE * len(text):
        return False
    if has_chinese(text):
        return True
    words = [word for piece in text.split() if (word := piece.strip(_MARKS))]
    if any(len(word) > _LONGEST_WORD for word in words):
        return False
    plain = sum(_PLAIN.fullmatch(word) is not None for word in words)
    return plain >= _LEAST_PLAIN * len(words)
