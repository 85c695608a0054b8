"""Which items of a post's bank make its written test: chosen by seed, spread over the topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from interviewer.content.format import WRITTEN, Format, WrittenPart
from interviewer.content.library import Library
from interviewer.content.written import (
    ShortAnswer,
    SingleChoice,
    WorkProduct,
    WrittenBank,
    bank_for,
    served,
)
from interviewer.errors import InputError
from interviewer.interview import seeds
from interviewer.interview.plan import ItemKind, PlannedItem, PlannedRound
from interviewer.interview.written.wording import words_for

SINGLE_MINUTES = 1.5
# A paper is no person and has no versions of its own: what was asked stands in the plan.
_VERSION = "1"
AnyItem = TypeVar("AnyItem", SingleChoice, ShortAnswer, WorkProduct)


def with_written(library: Library, interview: Format) -> Format:
    """Return a format with the written test before it, as the format `written` has it."""
    alone = library.formats.get(WRITTEN)
    part = alone.written if alone else None
    return interview.model_copy(update={"written": interview.written or part or WrittenPart()})


def no_test(library: Library, titles: Mapping[str, str], language: str) -> str:
    """Return the sentence that a post has no test and which have one; empty where it has one."""
    if bank_for(library.written, library.ladders, titles) is not None:
        return ""
    words = words_for(language)
    posts = served(library.written, library.ladders, language)
    title = titles.get(language) or next(iter(titles.values()), "")
    return words["none"].format(post=title, posts=words["joint"].join(posts) or words["no_posts"])


def check_has_test(
    library: Library, interview: Format, titles: Mapping[str, str], language: str
) -> None:
    """Make sure that a format which is a written test alone can be held.

    Raises:
        InputError: The post has no test; names the posts that have one.
    """
    sentence = no_test(library, titles, language)
    if sentence and interview.written is not None and not interview.rounds:
        raise InputError(sentence)


def written_rounds(
    library: Library, interview: Format, titles: Mapping[str, str], *, language: str, seed: int
) -> tuple[tuple[PlannedRound, ...], tuple[str, ...]]:
    """Return the written test of a format as rounds, none or one, and notes on what is missing.

    Raises:
        InputError: The format is a written test alone and the post has none.
    """
    if interview.written is None:
        return (), ()
    check_has_test(library, interview, titles, language)
    made = written_round(library, interview.written, titles, language=language, seed=seed)
    return ((made,), ()) if made else ((), (no_test(library, titles, language),))


def written_round(
    library: Library, part: WrittenPart, titles: Mapping[str, str], *, language: str, seed: int
) -> PlannedRound | None:
    """Return the round of a written test, None where the post has no bank.

    Args:
        library: All content.
        part: How many items of each kind.
        titles: The post's, by language.
        language: Language of the interview.
        seed: What the choice varies by.
    """
    bank = bank_for(library.written, library.ladders, titles)
    if bank is None:
        return None
    vocabulary = library.vocabularies.get(language)
    items = (
        *(_single(item, bank, language) for item in _spread(bank.single, part.single, seed)),
        *(_short(item, bank, language) for item in _spread(bank.short, part.short, seed)),
        *(_work(item, bank, language) for item in _spread(bank.work, part.work, seed)),
    )
    return PlannedRound(
        id=WRITTEN,
        kind="written",
        persona=WRITTEN,
        version=_VERSION,
        name=vocabulary.rounds.get(WRITTEN, WRITTEN) if vocabulary else WRITTEN,
        title=words_for(language)["title"],
        minutes=part.minutes,
        items=items,
    )


def _spread(items: Sequence[AnyItem], count: int, seed: int) -> list[AnyItem]:
    """Return so many items, topic after topic: none comes twice before all have come once."""
    by_topic: dict[str, list[AnyItem]] = {}
    for item in seeds.shuffled(items, seed, "written", len(items)):
        by_topic.setdefault(item.topic, []).append(item)
    chosen: list[AnyItem] = []
    while len(chosen) < min(count, len(items)):
        for left in by_topic.values():
            if left and len(chosen) < count:
                chosen.append(left.pop())
    return chosen


def _single(item: SingleChoice, bank: WrittenBank, language: str) -> PlannedItem:
    options = tuple(option[language] for option in item.options)
    return _planned("single", item, bank, language, minutes=SINGLE_MINUTES, options=options)


def _short(item: ShortAnswer, bank: WrittenBank, language: str) -> PlannedItem:
    return _planned("short", item, bank, language, minutes=item.minutes)


def _work(item: WorkProduct, bank: WrittenBank, language: str) -> PlannedItem:
    return _planned(
        "work", item, bank, language, minutes=item.minutes, material=item.material[language]
    )


def _planned(
    kind: ItemKind,
    item: SingleChoice | ShortAnswer | WorkProduct,
    bank: WrittenBank,
    language: str,
    *,
    minutes: float,
    options: tuple[str, ...] = (),
    material: str = "",
) -> PlannedItem:
    return PlannedItem(
        id=f"{WRITTEN}.{bank.id}.{item.id}",
        kind=kind,
        step=WRITTEN,
        competency=item.competencies[0],
        text=item.text[language],
        minutes=minutes,
        link=bank.topic_name(item.topic, language),
        options=options,
        material=material,
    )
