"""What the ledger knows of a language, from `signs.<lang>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from snowballstemmer.english_stemmer import EnglishStemmer

from interviewer.reading.protected import protected_in


@dataclass(frozen=True)
class Signs:
    """Signs in one language.

    Attributes:
        language: `en` or `zh`.
        same: The name of the meaning of a counted noun.
        opposed: Words that tell two things of a kind apart, each with its line.
        people: Nouns for people who do the work together.
        patterns: One pattern by name.
        events: What a date is the date of, one pattern by name.
        work: Who did a piece of work, one pattern by name.
        months: Number of a month by its names.
        generic: Terms that people use whatever they speak of.
    """

    language: str
    same: Mapping[str, str]
    opposed: Mapping[str, int]
    people: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    events: Mapping[str, re.Pattern[str]]
    work: Mapping[str, re.Pattern[str]]
    months: Mapping[str, int]
    generic: frozenset[str]

    def says(self, name: str, text: str) -> bool:
        """Whether a text shows the sign of this name."""
        return self.patterns[name].search(text) is not None

    def private(self, text: str) -> bool:
        """Return whether a text tells what an examiner never comes back to (SCIENCE 3.3)."""
        return self.says("private", text) or bool(protected_in(text, self.language))

    def told_apart(self, text: str) -> frozenset[tuple[int, str]]:
        """Return the words of a text that tell things of a kind apart, each with its line."""
        lower = text.lower()
        words = lower if self.language == "zh" else set(re.findall(r"[a-z]+", lower))
        return frozenset((line, word) for word, line in self.opposed.items() if word in words)

    def meaning(self, noun: str) -> str:
        """Return the name of what a noun means, the same for shops and stores."""
        form = noun if self.language == "zh" else stem(noun)
        return self.same.get(form, form)


@cache
def signs_for(language: str) -> Signs:
    """Return the signs of a language; English for one that has no file."""
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"signs.{base}.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    work = dict(document["work"])
    verb = work.pop("verb")
    return Signs(
        language=base,
        same=_same(document["same"], base),
        opposed={word: n for n, line in enumerate(document["opposed"]) for word in line.split()},
        people=frozenset(document["people"].split()),
        patterns={name: re.compile(text) for name, text in document["patterns"].items()},
        events={name: re.compile(text) for name, text in document["events"].items()},
        work={name: re.compile(text.replace("VERB", verb)) for name, text in work.items()},
        months={
            name: number
            for number, line in enumerate(document["months"], start=1)
            for name in line.split()
        },
        generic=frozenset(document["generic"].split()),
    )


def _same(lines: list[str], language: str) -> dict[str, str]:
    """Return the first word of each line by all of its words; English ones as terms."""
    meanings = {}
    for line in lines:
        words = line.split()
        for word in words:
            meanings[word if language == "zh" else stem(word)] = words[0]
    return meanings


def stem(word: str) -> str:
    """Return the stem of an English word."""
    # A stemmer keeps the word it works on; a new one for each is safe in any thread.
    return str(EnglishStemmer().stemWord(word.lower()))
