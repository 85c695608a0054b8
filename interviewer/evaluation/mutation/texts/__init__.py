"""What is planted, by language; half of it is held out, told by a hash of the words."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """Words to plant.

    Attributes:
        words: The words; `{company}` is the employer's name.
        kind: What they are in one word: a break's tag, a topic, a question's id.
    """

    words: str
    kind: str

    @property
    def held_out(self) -> bool:
        """Whether metrics may not be developed on it: half of all texts, by their hash."""
        return bool(hashlib.blake2b(self.words.encode(), digest_size=1).digest()[0] & 1)


@dataclass(frozen=True, slots=True)
class Turning:
    """A way to turn a sentence into its contrary.

    Attributes:
        find: Pattern of what is changed.
        put: What stands there instead.
    """

    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """How sentences are changed.

    Attributes:
        numbers: Numbers written out.
        entities: Names for other names.
        people: Names of candidates.
        address: How a candidate is addressed by `{name}`.
        replies: What a candidate says to what is planted.
        denial: Pattern of a sentence that says no already.
        negations: Ways to turn a sentence into its contrary.
        synonyms: Other words for a word, lower case.
        contractions: Short forms by long ones.
        joins: Ways to put `{first}` and `{second}` in one breath.
    """

    numbers: tuple[str, ...]
    entities: tuple[str, ...]
    people: tuple[str, ...]
    address: tuple[str, ...]
    replies: tuple[str, ...]
    denial: str
    negations: tuple[Turning, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    contractions: Mapping[str, str]
    joins: tuple[str, ...]


@cache
def planted(part: str, language: str) -> tuple[Text, ...]:
    """Return the texts of a part: `foreign_claim`, `persona_break` or `answer_leak`."""
    groups: Mapping[str, list[str]] = _document("planted", language)[part]
    return tuple(Text(words, kind) for kind, found in groups.items() for words in found)


@cache
def prohibited(how: str, language: str) -> tuple[Text, ...]:
    """Return questions that are not asked, `direct` or `indirect`, or their `permitted` kin."""
    topics = _document("prohibited", language)["questions"]
    return tuple(Text(words, topic["category"]) for topic in topics for words in topic[how])


@cache
def paraphrases(language: str) -> Mapping[str, tuple[Text, ...]]:
    """Return questions of the banks in other words, by the question's id."""
    found: Mapping[str, list[str]] = _document("paraphrases", language)["questions"]
    return MappingProxyType(
        {key: tuple(Text(w, key) for w in told) for key, told in found.items()}
    )


@cache
def wordings(language: str) -> Wordings:
    """Return how sentences of a language are changed."""
    document = _document("wordings", language)
    return Wordings(
        numbers=tuple(document["numbers"]),
        entities=tuple(document["entities"]),
        people=tuple(document["people"]),
        address=tuple(document["address"]),
        replies=tuple(document["replies"]),
        denial=document["denial"],
        negations=tuple(Turning(**entry) for entry in document["negations"]),
        synonyms={word: tuple(others) for word, others in document["synonyms"].items()},
        contractions=document["contractions"],
        joins=tuple(document["merging"]["joins"]),
    )


def all_texts(language: str) -> tuple[Text, ...]:
    """Return every text of a language that is planted as it stands."""
    parts = [planted(part, language) for part in ("foreign_claim", "persona_break", "answer_leak")]
    asked = [prohibited(how, language) for how in ("direct", "indirect", "permitted")]
    return tuple(
        text for found in (*parts, *asked, *paraphrases(language).values()) for text in found
    )


def digest(found: Iterable[Text]) -> str:
    """Return one hash for the held-out texts among these, whatever their order."""
    held = sorted(text.words for text in found if text.held_out)
    return hashlib.sha256("\n".join(held).encode()).hexdigest()


def recorded_digests() -> Mapping[str, str]:
    """Return the hash of the held-out texts by language, as it was written down with them."""
    file = resources.files(__package__) / "held_out.toml"
    recorded: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["sha256"]
    return recorded


def _document(name: str, language: str) -> dict[str, Any]:
    file = resources.files(__package__) / f"{name}.{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
