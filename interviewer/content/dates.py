"""Dates as a language writes them, from `dates.<lang>.toml`; what is kept is ISO."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib import resources

from interviewer.content.form import Text, Value

# A file from elsewhere may say anything of its day.
_LONGEST = 10
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?")


class DateWords(Value):
    """How a language writes dates.

    Attributes:
        day: A day, with `{year}`, `{month}` and `{day}`.
        month: A month, with `{year}` and `{month}`.
        year: A year.
        months: The twelve months.
    """

    day: Text
    month: Text
    year: Text
    months: tuple[Text, ...]


def written_date(moment: str, language: str) -> str:
    """Return the date of a moment as a language writes it; of what is no date its first ten signs.

    Args:
        moment: ISO: "2026", "2026-11", "2026-11-22" or with a time behind it, which is left out.
        language: Of whoever reads it; English for one that has no file.
    """
    found = _ISO.fullmatch(moment.strip())
    if found is None:
        return moment[:_LONGEST]
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return moment[:_LONGEST]
    words = _words(language)
    form = words.day if day else words.month if month else words.year
    return form.format(year=year, month=words.months[(month or 1) - 1], day=day)


@cache
def _words(language: str) -> DateWords:
    folder = resources.files(__package__)
    name = f"dates.{language.split('-')[0]}.toml"
    # Looked up among what is there: a transcript from elsewhere may name anything as its language.
    known = {entry.name for entry in folder.iterdir()}
    file = folder / (name if name in known else "dates.en.toml")
    return DateWords.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
