"""A job advert that a page carries as data: schema.org's JobPosting in JSON-LD.

Boards draw the advert by script and keep it whole in the data, for search engines ask for that.
What is asked for becomes a list under a heading that says so, as requirements are read from there.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from interviewer.research.characters import language_of
from interviewer.research.parsing.fragments import hidden_in, lines_of

_DEEPEST = 6
_MOST = 50
_LISTS = (
    ("responsibilities", ("responsibilities",)),
    ("requirements", ("qualifications", "skills", "experienceRequirements",
                      "educationRequirements")),
    ("benefits", ("jobBenefits", "incentiveCompensation")),
)  # fmt: skip
Data = Mapping[str, Any]  # what a page says of itself, of any form


@dataclass(frozen=True, slots=True)
class Posting:
    """One advert.

    Attributes:
        text: Markdown.
        date: ISO date it was posted, None when it does not say.
        hidden: Text in it that a page would not show, which is left out.
    """

    text: str
    date: str | None
    hidden: tuple[str, ...] = ()


def postings(tree: Any) -> list[Posting]:
    """Return the adverts in the data of a page, without repetition.

    Args:
        tree: The page as lxml has it, which has no types.
    """
    found: dict[str, Posting] = {}
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = re.sub(
            r"^\s*(<!--|//\s*<!\[CDATA\[)|(-->|//\s*\]\]>)\s*$|;\s*$", "", script.text or ""
        )
        try:
            data = json.loads(text, strict=False)  # boards put bare line ends into strings
        except (ValueError, RecursionError):
            continue
        for entry in _entries(data, 0):
            text = _text(entry)
            if text and len(found) < _MOST:
                date, hidden = _day(entry.get("datePosted")), _hidden(entry)
                found.setdefault(text, Posting(text, date, hidden))
    return list(found.values())


def _hidden(entry: Data) -> tuple[str, ...]:
    texts = (text for value in entry.values() for text in _each(value))
    return tuple(piece for text in texts for piece in hidden_in(text))


def _entries(data: Any, depth: int) -> Iterator[Data]:
    """Yield the adverts in any depth of lists and graphs."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:1000]:
            yield from _entries(item, depth + 1)
    if isinstance(data, dict):
        kinds = data.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if re.split(r"[/:#]", str(kind))[-1] == "JobPosting":
                yield data
                return
        for value in data.values():
            yield from _entries(value, depth + 1)


def _text(entry: Data) -> str:
    description = lines_of(entry.get("description"))
    lists = {name: [line for key in keys for line in _items(entry.get(key))]
             for name, keys in _LISTS}  # fmt: skip
    if not description and not any(lists.values()):
        return ""
    title = " ".join(lines_of(entry.get("title")))
    words = _words(language_of("\n".join(description) or f"{title} {lists}"))
    lines = [f"# {title}"] if title else []
    lines += [*_facts(entry, words), *description]
    said = {line.removeprefix("- ") for line in description}
    for name, items in lists.items():
        new = [f"- {item}" for item in dict.fromkeys(items) if item not in said]
        lines += [f"## {words[name]}", *new] if new else []
    return _markdown(lines)


def _markdown(lines: list[str]) -> str:
    """Return lines as paragraphs, items of a list under each other."""
    text = ""
    for before, line in pairwise(["", *lines]):
        both = before.startswith("- ") and line.startswith("- ")
        text += ("\n" if both else "\n\n") + line
    return text.strip()


def _facts(entry: Data, words: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands beside the advert's text, a line each."""
    places = [_place(place, words) for place in _each(entry.get("jobLocation"))]
    if "TELECOMMUTE" in _each(entry.get("jobLocationType")):
        places.append(words["remote"])
    contract = [_named(kind, words) for kind in _each(entry.get("employmentType"))]
    facts = {
        "employer": [_name(one) for one in _each(entry.get("hiringOrganization"))],
        "place": places,
        "contract": contract,
        "pay": [_pay(one, entry, words) for one in _each(entry.get("baseSalary"))],
        "until": [_day(entry.get("validThrough")) or ""],
    }
    for name, values in facts.items():
        said = words["comma"].join(dict.fromkeys(value for value in values if value))
        if said:
            yield words["fact"].format(name=words[name], said=said)


def _place(place: Any, words: Mapping[str, str]) -> str:
    address = place.get("address", place) if isinstance(place, dict) else place
    if not isinstance(address, dict):
        return _name(place)
    keys = ("addressLocality", "addressRegion", "addressCountry")
    parts = [_name(address.get(key)) for key in keys]
    return words["comma"].join(dict.fromkeys(part for part in parts if part))


def _pay(pay: Any, entry: Data, words: Mapping[str, str]) -> str:
    if not isinstance(pay, dict):
        pay = {"value": pay}
    value = pay.get("value", pay)
    value = value if isinstance(value, dict) else {"value": value}
    ends = [_name(value.get(key)) for key in ("minValue", "maxValue")]
    amount = _name(value.get("value")) or words["to"].join(end for end in ends if end)
    unit = _named(value.get("unitText") or pay.get("unitText"), words)
    currency = _name(pay.get("currency") or entry.get("salaryCurrency"))
    said = " ".join(part for part in (amount, currency) if part)
    return f"{said}{words['per']}{unit}" if amount and unit else said if amount else ""


def _named(word: Any, words: Mapping[str, str]) -> str:
    """Return a word of schema.org in the advert's language, any other as it is."""
    plain = _name(word)
    return words.get(plain.lower(), plain)


def _name(value: Any) -> str:
    """Return what a thing is called: the text itself, or the name in an object."""
    if isinstance(value, dict):
        value = next((value[k] for k in ("name", "credentialCategory") if k in value), None)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(lines_of(str(value)))[:200]


def _each(value: Any) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else [] if value is None else [value]


def _items(value: Any) -> Iterator[str]:
    """Yield what a list, or a text that is one, names one after the other."""
    for one in _each(value):
        if isinstance(one, dict) and not _name(one):
            one = one.get("description")
        lines = lines_of(one if isinstance(one, str) else _name(one))
        for line in lines:
            for part in re.split(r"[;；]", line) if len(lines) == 1 else [line]:
                item = re.sub(r"^([-*•·]|\d{1,2}[.)、])\s*", "", part.strip())
                if item:
                    yield item


def _day(value: Any) -> str | None:
    try:
        return datetime.date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


@cache
def _words(language: str) -> Mapping[str, str]:
    text = (resources.files(__package__) / "advert.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[language])
