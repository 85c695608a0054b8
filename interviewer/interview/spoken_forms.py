"""How things are said in a sentence: titles, lists, months, the joints between pieces. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


def with_joints(pieces: Iterable[str], language: str, *, after: bool = False) -> list[str]:
    """Return the pieces with a space before each but the first, in languages that have spaces."""
    joint = "" if language.startswith("zh") else " "
    return [
        joint + piece if place or after else piece for place, piece in enumerate(pieces)
    ]  # fmt: skip


def in_sentence(title: str) -> str:
    """Return a title as it stands in mid-sentence: "Data engineer" becomes "data engineer".

    A title in capitals of its own ("Head of HR", "Senior Data Engineer") stays as it is.
    """
    first, *others = title.split(" ")
    if first[1:] != first[1:].lower() or any(word != word.lower() for word in others):
        return title
    return first.lower() + title[len(first) :]


def going_on(question: str, company: str) -> str:
    """Return a question as it goes on after a colon: "Tell me more" becomes "tell me more".

    "I" and the employer's name keep their capital, and so does what is more than one sentence.
    """
    names = "|".join(re.escape(name) for name in ("I", *company.split()[:1]))
    if re.match(rf"(?:{names})\b", question) or re.search(r"[.!?]\W*\s", question):
        return question
    return question[:1].lower() + question[1:]


def with_capitals(template: str, text: str) -> str:
    """Give a slot that begins a sentence its capital letter."""
    if template.startswith("{"):
        text = text[:1].upper() + text[1:]
    return text


def joined(entries: list[str], language: str) -> str:
    """Return a list as it is said: "a, b and c"."""
    if language.startswith("zh"):
        return "、".join(entries)
    if len(entries) == 1:
        return entries[0]
    return f"{', '.join(entries[:-1])} and {entries[-1]}"
