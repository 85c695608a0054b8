"""What simulated candidates say, read from files by language: stories, replies, habits."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from interviewer.interview import seeds

LANGUAGES = ("en", "zh")
PARTS = ("situation", "own_action", "detail", "result", "reflection")


@dataclass(frozen=True, slots=True)
class Story:
    """One piece of work somebody can tell of.

    Attributes:
        id: Its name, the same in no two stories of a language.
        field: The work it is from; `side` for anybody's earlier jobs, studies and free time.
        suits: Ids of the questions it answers best.
        parts: Wordings by part, `shared` among them: the own part told as everybody's.
    """

    id: str
    field: str
    suits: frozenset[str]
    parts: Mapping[str, tuple[str, ...]]

    @property
    def families(self) -> frozenset[str]:
        """The competencies of the questions it suits, by the first half of their ids."""
        return frozenset(question.rpartition(".")[0] for question in self.suits)


@dataclass(frozen=True, slots=True)
class Material:
    """All that is said in one language.

    Attributes:
        language: `en` or `zh`.
        stories: Every story.
        phrases: Wordings by their place in the files, joined with dots.
    """

    language: str
    stories: tuple[Story, ...]
    phrases: Mapping[str, tuple[str, ...]]

    def get(self, key: str) -> tuple[str, ...]:
        """Return the wordings at a place, none where nothing stands."""
        return self.phrases.get(key, ())

    def below(self, key: str) -> tuple[str, ...]:
        """Return the names that stand right below a place, in the order of the file."""
        start = f"{key}."
        found = (name[len(start) :] for name in self.phrases if name.startswith(start))
        return tuple(dict.fromkeys(name.split(".")[0] for name in found))

    @property
    def joint(self) -> str:
        """What stands between two sentences."""
        return self.phrases["manner.joint"][0]


@cache
def material_for(language: str) -> Material:
    """Return what is said in a language; English for one that has no files."""
    base = language.split("-")[0]
    if base not in LANGUAGES:
        base = "en"
    files = ("replies", "people", "around", "raised")
    phrases = {place: said for name in files for place, said in _flat(_read(name, base))}
    return Material(
        language=base,
        stories=tuple(_stories(_read("stories", base))),
        phrases=MappingProxyType(phrases),
    )


def other_language(language: str) -> str:
    """Return the language that is not the one of the interview."""
    return "en" if language.startswith("zh") else "zh"


def fresh(options: Sequence[str], said: str, seed: int, *purpose: object) -> str:
    """Return one of the wordings, one that was not said where there is one; empty without any."""
    unsaid = [option for option in options if option not in said]
    return seeds.pick(unsaid or list(options), seed, *purpose) if options else ""


def _read(name: str, language: str) -> Mapping[str, object]:
    file = resources.files(__package__) / f"{name}.{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _flat(value: object, place: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every list of wordings with its place; one wording alone is a list of one."""
    if isinstance(value, Mapping):
        for name, below in value.items():
            yield from _flat(below, f"{place}.{name}" if place else name)
    elif isinstance(value, str):
        yield place, (value,)
    elif isinstance(value, list) and any(isinstance(entry, list) for entry in value):
        for number, entry in enumerate(value):
            yield from _flat(entry, f"{place}.{number}")
    elif isinstance(value, list):
        yield place, tuple(str(entry) for entry in value)


def _stories(document: Mapping[str, object]) -> Iterator[Story]:
    listed = document["stories"]
    for entry in listed if isinstance(listed, list) else ():
        parts = {name: tuple(entry[name]) for name in (*PARTS, "shared")}
        yield Story(
            entry["id"], entry["field"], frozenset(entry["suits"]), MappingProxyType(parts)
        )
