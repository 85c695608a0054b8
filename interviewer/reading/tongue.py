"""Which language an answer is in, how long it is, and whether it is language at all."""

from __future__ import annotations

import re
import unicodedata

from interviewer.reading.cues import Cues, cues_for

_CJK = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_LETTERS = re.compile(r"[A-Za-z]+")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_ENGLISH_END = re.compile(r"(?:ed|ing|s|ly|er|or|ion|ment|al|ty|ness|th|ck|wn|ght)$")
_RUN = re.compile(r"(.)\1{4,}|[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)


def word_count(text: str, language: str) -> int:
    """Return the length in words, for Chinese in characters plus words in other scripts."""
    if language != "zh":
        return len(_WORD.findall(text))
    return len(_CJK.findall(text)) + len(_LETTERS.findall(text))


def has_chinese(text: str) -> bool:
    """Whether a text has Chinese characters in it."""
    return _CJK.search(text) is not None


def is_unclear(text: str, language: str) -> bool:
    """Whether a text has no words in it: only signs, emoji, or keys hit at random."""
    if not any(unicodedata.category(char)[0] in "LN" for char in text):
        return True
    if has_chinese(text):
        return False
    words = _LETTERS.findall(text)
    if not words:  # digits, or letters of a script this reader does not know
        return False
    odd = sum(1 for word in words if _is_mash(word))
    return odd > len(words) / 2


def _is_mash(word: str) -> bool:
    if len(word) > 30 or _RUN.search(word):
        return True
    return len(word) > 4 and not _VOWEL.search(word)


def is_other_language(text: str, cues: Cues) -> bool:
    """Whether a text of some length is not in the language of the cues.

    Figures, names and terms are the same in many languages, so fewer than five words decide
    nothing.
    """
    characters = len(_CJK.findall(text))
    letters = sum(1 for char in text if char.isalpha())
    if cues.language == "zh":
        if cues.words["foreign"].search(text):
            return True
        return characters < 0.15 * letters and word_count(text, "en") >= 5
    if characters > 0.3 * letters:
        return characters >= 5
    words = [word.lower() for word in _WORD.findall(text)][:200]
    foreign = sum(1 for word in words if word in cues.listed["foreign"])
    strange = foreign + (not text.replace("’", "").isascii())
    known = sum(1 for word in words if word.replace("’", "'") in cues.listed["stop"])
    if len(words) < 8:
        if not text.isascii() and letters >= 12 and not _has_latin(text):
            return True
        return len(words) >= 5 and not known and foreign > 0 and strange > 1
    # Running English has 40 to 50 % of these words.
    if known >= 0.08 * len(words):
        return False
    # Telegram style has hardly any; what another language has tells it from that.
    if (
        any(word in cues.listed["foreign"] for word in words)
        or not text.replace("’", "").isascii()
    ):
        return True
    return sum(bool(_ENGLISH_END.search(word)) for word in words) < 0.3 * len(words)


def _has_latin(text: str) -> bool:
    return bool(_LETTERS.search(text))


def spoken_in(text: str, language: str) -> str:
    """Return the language a text is in, that of the interview where it cannot be told."""
    if not is_other_language(text, cues_for(language)):
        return language
    return language_of(text) or language


def language_of(text: str) -> str | None:
    """Return the language of these two a text is in, None when it is in neither."""
    if len(_CJK.findall(text)) > 0.3 * sum(1 for char in text if char.isalpha()):
        return "zh"
    return None if is_other_language(text, cues_for("en")) else "en"
