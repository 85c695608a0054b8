"""Questions that must not be asked, what to ask instead, and the rule behind it by country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from interviewer.content.faults import FaultCollector, read_named
from interviewer.content.form import LANGUAGES, Document, Id, Value, Words, read_document

Mode = Literal["strict", "teach", "deflect"]
MODES: tuple[Mode, ...] = ("strict", "teach", "deflect")
COUNTRIES = ("us", "uk", "eu", "cn")
LEAST_RULES = 10


def _in_both(words: dict[str, str]) -> dict[str, str]:
    lacking = [language for language in LANGUAGES if language not in words]
    if lacking:
        raise ValueError(f"no text in {', '.join(lacking)}")
    return words


def _asks(words: dict[str, str]) -> dict[str, str]:
    if any(text.count("?") + text.count("？") != 1 for text in words.values()):
        raise ValueError("a question has one question mark")
    return words


Both = Annotated[Words, AfterValidator(_in_both)]
Question = Annotated[Words, AfterValidator(_in_both), AfterValidator(_asks)]


class Topic(Value):
    """One thing an employer must leave alone.

    Attributes:
        never: A question that must not be asked.
        lawful: What may be asked about the job instead.
    """

    never: Question
    lawful: Question


class TopicsFile(Document):
    """`_shared/conduct_topics.toml`.

    Attributes:
        heading: Above the pairs.
        intro: What they are for.
        notice: That they are no legal advice.
        never: Names a question that must not be asked.
        lawful: Names what may be asked.
        topics: The pairs, by id.
    """

    heading: Both
    intro: Both
    notice: Both
    never: Both
    lawful: Both
    topics: dict[Id, Topic] = Field(min_length=1)


class Rule(Value):
    """What the law of a country says of a topic.

    Attributes:
        topic: Id of the topic.
        source: The law, or who advises so, in one line.
        since: When that law was made: a year, or a day.
    """

    topic: Id
    source: Both
    since: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}-\d{2})?$")]


class CountryFile(Document):
    """`_shared/conduct/<country>.toml`."""

    id: Literal["us", "uk", "eu", "cn"]
    name: Both
    rules: tuple[Rule, ...] = Field(min_length=LEAST_RULES)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question not to be asked, one that may be, and the rule with its date, in one language."""

    topic: str
    never: str
    lawful: str
    rule: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """The pairs of a country in one language, with the words around them.

    Attributes:
        heading: Names the country.
        intro: What the pairs are for.
        notice: That they are no legal advice.
        never: Names a question that must not be asked.
        lawful: Names what may be asked.
        pairs: In the order of the country's file.
    """

    heading: str
    intro: str
    notice: str
    never: str
    lawful: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Lawful:
    """Everything known of questions that must not be asked.

    Attributes:
        about: The topics and the words around them, None where there are none.
        countries: Rules by country.
    """

    about: TopicsFile | None = None
    countries: Mapping[str, CountryFile] = field(default_factory=dict)

    def lesson(self, country: str, language: str) -> Lesson | None:
        """Return the pairs of a country, None for one that has no file."""
        about, found = self.about, self.countries.get(country)
        if about is None or found is None:
            return None
        tongue = language.split("-")[0]
        tongue = tongue if tongue in LANGUAGES else "en"
        pairs = tuple(
            Pair(
                rule.topic,
                about.topics[rule.topic].never[tongue],
                about.topics[rule.topic].lawful[tongue],
                f"{rule.source[tongue]} ({rule.since})",
            )
            for rule in found.rules
        )
        return Lesson(
            heading=about.heading[tongue].replace("{country}", found.name[tongue]),
            intro=about.intro[tongue],
            notice=about.notice[tongue],
            never=about.never[tongue],
            lawful=about.lawful[tongue],
            pairs=pairs,
        )


def read_lawful(shared: Path, collector: FaultCollector) -> Lawful:
    """Read the topics and the countries of `_shared`; without the topics' file there are none."""
    path = shared / "conduct_topics.toml"
    if not path.exists():
        return Lawful()
    about = collector.attempt(lambda: read_document(path, TopicsFile))
    countries = read_named(shared / "conduct", CountryFile, collector)
    for country in countries.values():
        for what, fix in _unfit(country, about.topics if about else None):
            collector.add(shared / "conduct" / f"{country.id}.toml", what, fix)
    return Lawful(about, countries)


def _unfit(country: CountryFile, topics: Mapping[str, Topic] | None) -> Iterator[tuple[str, str]]:
    names = [rule.topic for rule in country.rules]
    for name in dict.fromkeys(names):
        if topics is not None and name not in topics:
            yield f"The topic `{name}` is not known.", "Add it to conduct_topics.toml."
        if names.count(name) > 1:
            yield f"The topic `{name}` has several rules.", "Keep one."
