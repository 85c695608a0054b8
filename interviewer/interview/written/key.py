"""What right answers to a written test are: kept back until it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from interviewer.content.format import WRITTEN
from interviewer.content.library import Library
from interviewer.content.written import SingleChoice, WorkProduct, WrittenItem
from interviewer.interview.plan import Plan, PlannedItem


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a good answer holds.

    Attributes:
        text: The point as a sentence.
        says: Words any of which show it.
    """

    text: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What the right answer to an item is.

    Attributes:
        right: Place of the best option from 0, None where there are no options.
        why: Why it is.
        points: What a good answer holds.
        source: The body of knowledge it comes from.
    """

    right: int | None = None
    why: str = ""
    points: tuple[Point, ...] = ()
    source: str = ""


def keys_of(library: Library, plan: Plan) -> Mapping[str, Key]:
    """Return the keys of a plan's written items, by id.

    An item whose words have been changed since the plan was made has none: its right answer may
    be another one now.
    """
    banks = {f"{WRITTEN}.{bank.id}.{item.id}": item for bank in library.written.values()
             for item in bank.items}  # fmt: skip
    found: dict[str, Key] = {}
    for part in plan.rounds:
        for item in part.items if part.kind == "written" else ():
            known = banks.get(item.id)
            if known is not None and _same(item, known, plan.language):
                found[item.id] = _key(known, plan.language)
    return MappingProxyType(found)


def _same(item: PlannedItem, known: WrittenItem, language: str) -> bool:
    options = tuple(o[language] for o in known.options) if isinstance(known, SingleChoice) else ()
    material = known.material[language] if isinstance(known, WorkProduct) else ""
    return (item.text, item.options, item.material) == (known.text[language], options, material)


def _key(item: WrittenItem, language: str) -> Key:
    source = item.source[language]
    if isinstance(item, SingleChoice):
        return Key(right=item.right - 1, why=item.why[language], source=source)
    points = (Point(point.text[language], point.says[language]) for point in item.points)
    return Key(points=tuple(points), source=source)
