"""The written test of a post: single choice, short answers, pieces of work to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from interviewer.content.form import LANGUAGES, Document, Id, Value, Words
from interviewer.content.ladder import LadderFile, Listed, ladders_for

OPTIONS = 4


class KeyPoint(Value):
    """One thing a good answer holds: one mark.

    Attributes:
        text: The point as one full sentence.
        says: Words and short phrases any of which show it; a word may go on after them.
    """

    text: Words
    says: Listed

    @model_validator(mode="after")
    def _shown_in_its_languages(self) -> Self:
        for language in self.text:
            if not self.says.get(language):
                raise ValueError(f"no words show the point in {language}, add some to says")
        return self


class _Item(Value):
    """What all items have.

    Attributes:
        topic: What of the post's requirements it tests, one short word.
        source: The body of knowledge it comes from.
    """

    id: Id
    topic: Id
    text: Words
    source: Words


class SingleChoice(_Item):
    """A question with four options, exactly one of them best (SCIENCE 2.6).

    Attributes:
        right: Which option is best, counted from 1.
        why: Why it is, and the tempting one is not.
    """

    competency: Id
    options: tuple[Words, ...] = Field(min_length=OPTIONS, max_length=OPTIONS)
    right: int = Field(ge=1, le=OPTIONS)
    why: Words

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        for language in self.text:
            said = [
                " ".join(o[language].casefold().split()) for o in self.options if language in o
            ]
            if len(set(said)) != len(said):
                raise ValueError(f"two options are the same in {language}")
        return self

    @property
    def competencies(self) -> tuple[str, ...]:
        """Rubric ids of what it bears on."""
        return (self.competency,)

    @property
    def spoken(self) -> tuple[Words, ...]:
        """Every text of the item that has to be there in each of its languages."""
        return (self.text, *self.options, self.why, self.source)


class ShortAnswer(_Item):
    """A question answered in a few sentences, marked by key points."""

    competency: Id
    minutes: float = Field(default=4, gt=0, le=60)
    points: tuple[KeyPoint, ...] = Field(min_length=4, max_length=5)

    @property
    def competencies(self) -> tuple[str, ...]:
        """Rubric ids of what it bears on."""
        return (self.competency,)

    @property
    def spoken(self) -> tuple[Words, ...]:
        """Every text of the item that has to be there in each of its languages."""
        return (self.text, self.source, *(point.text for point in self.points))


class WorkProduct(_Item):
    """A piece of the work to write from given facts.

    Attributes:
        material: The facts, with at least one thing to be noticed.
    """

    competencies: tuple[Id, ...] = Field(min_length=1)
    material: Words
    minutes: float = Field(default=20, gt=0, le=120)
    points: tuple[KeyPoint, ...] = Field(min_length=5, max_length=7)

    @property
    def spoken(self) -> tuple[Words, ...]:
        """Every text of the item that has to be there in each of its languages."""
        return (self.text, self.material, self.source, *(point.text for point in self.points))


WrittenItem = SingleChoice | ShortAnswer | WorkProduct


class WrittenBank(Document):
    """`_shared/written/<id>.toml`: the items for one kind of post.

    Attributes:
        id: That of the ladder file whose `posts` decide who gets the test.
        topics: Names of the topics; one that has none is named by its word.
    """

    id: Id
    topics: dict[Id, Words] = Field(default_factory=dict)
    single: tuple[SingleChoice, ...] = Field(min_length=1)
    short: tuple[ShortAnswer, ...] = Field(min_length=1)
    work: tuple[WorkProduct, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [item.id for item in self.items]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"two items have the same id: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _whole_in_both_languages(self) -> Self:
        for item in self.items:
            for language in LANGUAGES:
                if any(language not in words for words in item.spoken):
                    raise ValueError(f"the item {item.id} has a text that lacks {language}")
        return self

    @property
    def items(self) -> tuple[WrittenItem, ...]:
        """All items, in the order of the file."""
        return (*self.single, *self.short, *self.work)

    def topic_name(self, topic: str, language: str) -> str:
        """Return a topic's name in a language, its word where it has none."""
        return self.topics.get(topic, {}).get(language) or topic.replace("_", " ")


def bank_for(
    banks: Mapping[str, WrittenBank], ladders: Mapping[str, LadderFile], titles: Mapping[str, str]
) -> WrittenBank | None:
    """Return the bank for a post with these titles, None where nobody has written one."""
    file = ladders_for(ladders, titles)
    return banks.get(file.id) if file is not None and not file.general else None


def served(
    banks: Mapping[str, WrittenBank], ladders: Mapping[str, LadderFile], language: str
) -> tuple[str, ...]:
    """Return the kinds of post that have a bank, by the first name of each in a language."""
    with_posts = (ladders[name] for name in sorted(banks) if name in ladders)
    return tuple(file.posts.get(language, (file.id,))[0] for file in with_posts)


def unfit(
    banks: Mapping[str, WrittenBank], rubrics: frozenset[str], ladders: Mapping[str, LadderFile]
) -> Iterator[tuple[str, str, str]]:
    """Yield what does not fit the other files: the bank, what is wrong, what to do."""
    for bank in banks.values():
        if bank.id not in ladders or ladders[bank.id].general:
            what = f"No ladder file says which posts `{bank.id}` is for."
            yield bank.id, what, f"Add _shared/ladders/{bank.id}.toml with `posts`."
        for item in bank.items:
            for competency in item.competencies:
                if competency not in rubrics:
                    what = f"The item `{item.id}` names the competency `{competency}`, unknown."
                    yield bank.id, what, f"Use one of: {', '.join(sorted(rubrics))}."
        for topic in sorted(set(bank.topics) - {item.topic for item in bank.items}):
            yield bank.id, f"No item has the topic `{topic}`.", "Remove it or correct the word."
