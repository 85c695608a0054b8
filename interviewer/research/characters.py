"""Characters: what is taken out of a text at reading, and which language it is in.

Invisible characters carry nothing a reader sees, so text that hides in them could only be meant
for a machine; they go before anything else looks at the text.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "["
    "\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f"  # controls; tab and line ends stay
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic mark, Mongolian separator
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, direction
    "\ufe00-\ufe0f\ufff9-\ufffb"  # variation selectors, annotations
    "\U000e0000-\U000e01ef"  # tags, more variation selectors
    "]"
)
# Readers of PDFs give radicals for the characters that look the same: ⼯ for 工.
_RADICALS = re.compile("[\u2e80-\u2fd5]")
_LINE_ENDS = re.compile("\r\n?|[\u000c\u2028\u2029]")
_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")

# A Chinese text with many Latin product names still has a third of CJK characters; an English
# one that quotes a Chinese name has a few in a hundred.
_CHINESE_FROM = 0.2
CJK_PER_WORD = 1.6


def clean(text: str) -> str:
    """Return the text without invisible characters, its lines ended by a line feed.

    Radicals become the characters they stand for, so that words are found and compared.
    """
    seen = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), seen)


_TAGS = re.compile("[\U000e0020-\U000e007e]{2,}")
_LETTERS_AWAY = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_TAG_BASE = 0xE0000
# A few joiners and marks are ordinary in pasted text; more are worth telling.
_MANY_AWAY = 10


def unseen(text: str) -> tuple[str, ...]:
    """Return what a text hides in characters nobody sees, to be shown to whoever gave it.

    Unicode tags are written out as the letters they stand for; other invisible characters are
    counted.
    """
    found = ["".join(chr(ord(c) - _TAG_BASE) for c in run) for run in _TAGS.findall(text)]
    away = len(_LETTERS_AWAY.findall(text))
    if away >= _MANY_AWAY:
        found.append(f"({away} × U+200B–U+2069)")
    return tuple(found)


def cjk_count(text: str) -> int:
    """Return how many Chinese characters the text has."""
    return len(_CJK.findall(text))


def word_count(text: str) -> float:
    """Return the length in English words; 1.6 Chinese characters count as one word."""
    return len(_WORD.findall(_CJK.sub(" ", text))) + cjk_count(text) / CJK_PER_WORD


def language_of(text: str) -> str:
    """Return `zh` where at least a fifth of the letters are Chinese characters, else `en`."""
    letters = sum(character.isalpha() for character in text)
    return "zh" if letters and cjk_count(text) / letters >= _CHINESE_FROM else "en"
