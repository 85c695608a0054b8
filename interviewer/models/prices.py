"""What a model's tokens cost at list price, from `prices.toml`; an unknown model has no price."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Self

from pydantic import Field, model_validator

from interviewer.content.form import Text, Value

_MILLION = 1_000_000
# Only a date may follow a known name: gpt-4o-audio-preview is another model than gpt-4o, and
# gpt-5.9 than gpt-5.
_DATED = re.compile(r"(?P<name>.+)-\d{4}-\d{2}-\d{2}")

Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Rates(Value):
    """US dollars for a million tokens of one model.

    Attributes:
        input: What the model reads.
        output: What it writes, its thinking included.
        cached: What it reads from its cache; none published means it is charged as input.
    """

    input: Dollars
    output: Dollars
    cached: Dollars | None = None


class PriceTable(Value):
    """The prices that were read on one day.

    Attributes:
        as_of: The day.
        source: The title of the page they come from.
        models: The rates by model name.
    """

    as_of: datetime.date
    source: Text
    models: dict[str, Rates]


@dataclass(frozen=True, slots=True)
class Price:
    """The rates of one model, and where they come from.

    Attributes:
        rates: US dollars for a million tokens.
        as_of: The day they were read.
        source: The title of the page they come from.
    """

    rates: Rates
    as_of: datetime.date
    source: str


class Prices(Value):
    """All prices that are known."""

    tables: tuple[PriceTable, ...]

    @model_validator(mode="after")
    def _once(self) -> Self:
        named = Counter(name for table in self.tables for name in table.models)
        if twice := sorted(name for name, times in named.items() if times > 1):
            raise ValueError(f"in more than one table: {', '.join(twice)}")
        return self

    def find(self, model: str) -> Price | None:
        """Return the price of a model by its name, its dated name or `openai:` and either.

        The longest known name wins, so a dated name with a price of its own keeps it.
        """
        name = model.removeprefix("openai:")
        dated = _DATED.fullmatch(name)
        for known in (name, *([dated["name"]] if dated else [])):
            for table in self.tables:
                if known in table.models:
                    return Price(table.models[known], table.as_of, table.source)
        return None

    def cost(self, model: str, usage: Mapping[str, int]) -> float | None:
        """Return what this usage costs in US dollars, or None where that is not known.

        Args:
            model: A name as the provider gives it, or an `openai:` string. Everything else
                (`builtin`, `local:`, `ollama:`, other providers) has no price.
            usage: Tokens as `input`, `output` and, where known, `cached`, which is a part of
                `input`. Without the first two, or with counts that cannot be, nothing is known.
        """
        price = self.find(model)
        if price is None or "input" not in usage or "output" not in usage:
            return None
        read, written, cached = usage["input"], usage["output"], usage.get("cached", 0)
        if read < cached or cached < 0 or written < 0:
            return None
        rates = price.rates
        cheaper = rates.input if rates.cached is None else rates.cached
        dollars = (read - cached) * rates.input + cached * cheaper + written * rates.output
        return dollars / _MILLION


@cache
def load_prices() -> Prices:
    """Return the prices that come with the project."""
    file = resources.files(__package__) / "prices.toml"
    return Prices.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
