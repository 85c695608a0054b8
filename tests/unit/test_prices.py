"""What tokens cost, and that nothing is guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interviewer.models.prices import Prices, load_prices

PRICES = load_prices()
NAMES = sorted(name for table in PRICES.tables for name in table.models)
TOKENS = st.integers(min_value=0, max_value=10_000_000)


@st.composite
def usages(draw: st.DrawFn) -> dict[str, int]:
    """Draw a usage that can be: what was cached was read."""
    read = draw(TOKENS)
    return {
        "input": read,
        "output": draw(TOKENS),
        "cached": draw(st.integers(min_value=0, max_value=read)),
    }


def test_a_million_tokens_cost_what_the_table_says() -> None:
    """Input, cached input and output are each charged at their own rate."""
    assert PRICES.cost("gpt-4o", {"input": 1_000_000, "output": 0}) == pytest.approx(2.5)
    assert PRICES.cost("gpt-4o", {"input": 0, "output": 1_000_000}) == pytest.approx(10)
    usage = {"input": 1_000_000, "cached": 400_000, "output": 0}
    assert PRICES.cost("gpt-4o", usage) == pytest.approx(0.6 * 2.5 + 0.4 * 1.25)


def test_cached_input_without_a_price_is_input() -> None:
    """No discount is assumed where none is published."""
    usage = {"input": 1_000_000, "cached": 1_000_000, "output": 0}
    assert PRICES.cost("o3-pro", usage) == pytest.approx(20)


@pytest.mark.parametrize(
    ("name", "same_as"),
    [
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("gpt-5-nano-2025-08-07", "gpt-5-nano"),
        ("o3-2025-04-16", "o3"),
        ("openai:gpt-4.1-mini", "gpt-4.1-mini"),
        ("openai:gpt-4.1-2025-04-14", "gpt-4.1"),
    ],
)
def test_a_dated_name_costs_what_its_model_costs(name: str, same_as: str) -> None:
    """The longest name in front of the date decides, with or without the provider."""
    assert PRICES.find(name) == PRICES.find(same_as) is not None


def test_a_dated_name_with_its_own_price_keeps_it() -> None:
    """The first gpt-4o was dearer than the ones after it."""
    usage = {"input": 1_000_000, "output": 0}
    assert PRICES.cost("gpt-4o-2024-05-13", usage) == pytest.approx(5)


@pytest.mark.parametrize(
    "model",
    [
        "", "builtin", "local:/models/gpt-4o.gguf", "local:gpt-4o", "ollama:gpt-4o",
        "ollama:llama3", "anthropic:claude", "azure_openai:gpt-4o", "gpt-4o-audio-preview",
        "gpt-4o-mini-tts",
        "gpt-5.9", "gpt-5-image", "gpt-7", "ft:gpt-4o-mini-2024-07-18:me", "GPT-4o", "gpt-4o-",
        "gpt-4o-latest", "gpt", "o", "gpt-4o-2024-08-06-2024-08-06", "openai:", "openai:openai:o1",
    ],
)  # fmt: skip
def test_an_unknown_model_has_no_price(model: str) -> None:
    """A name that only begins like a known one is another model."""
    assert PRICES.find(model) is None
    assert PRICES.cost(model, {"input": 1, "output": 1}) is None


@pytest.mark.parametrize(
    "usage",
    [
        {}, {"input": 5}, {"output": 5}, {"input": -1, "output": 1}, {"input": 1, "output": -1},
        {"input": 1, "output": 1, "cached": -1}, {"input": 1, "output": 1, "cached": 2},
    ],
)  # fmt: skip
def test_a_usage_that_says_too_little_has_no_cost(usage: dict[str, int]) -> None:
    """Counts that are missing or cannot be give no cost, not a cost of nothing."""
    assert PRICES.cost("gpt-4o", usage) is None


@given(model=st.sampled_from(NAMES), usage=usages())
def test_a_cost_is_never_negative(model: str, usage: dict[str, int]) -> None:
    """Whatever was used, nobody is paid for it."""
    cost = PRICES.cost(model, usage)
    assert cost is not None
    assert cost >= 0


@given(
    model=st.sampled_from(NAMES),
    usage=usages(),
    more=st.sampled_from(["input", "output"]),
    by=st.integers(min_value=1, max_value=1_000_000),
)
def test_a_cost_grows_with_the_tokens(
    model: str, usage: dict[str, int], more: str, by: int
) -> None:
    """More read or written costs more, and what is cached never costs more than what is not."""
    cost = PRICES.cost(model, usage)
    grown = PRICES.cost(model, {**usage, more: usage[more] + by})
    uncached = PRICES.cost(model, {**usage, "cached": 0})
    assert cost is not None
    assert grown is not None
    assert uncached is not None
    assert grown > cost
    assert cost <= uncached * (1 + 1e-12)


@given(
    head=st.sampled_from(["", "builtin", "local:", "ollama:", "x-", "openai:x"]),
    name=st.sampled_from(NAMES),
    tail=st.text(min_size=1, max_size=12),
)
def test_a_name_nobody_wrote_down_has_no_price(head: str, name: str, tail: str) -> None:
    """Anything before or after a known name, but a date, makes it unknown."""
    model = f"{head}{name}{tail}"
    if model not in NAMES and not tail.removeprefix("-").replace("-", "").isdigit():
        assert PRICES.find(model) is None


@given(date=st.dates(min_value=datetime.date(2023, 1, 1)), name=st.sampled_from(NAMES))
def test_any_date_may_follow_a_name(date: datetime.date, name: str) -> None:
    """A release of a known model that is not listed is charged like the model."""
    dated = f"{name}-{date.isoformat()}"
    if dated not in NAMES:
        assert PRICES.find(dated) == PRICES.find(name)


def test_every_price_says_when_and_where_it_was_read() -> None:
    """A price has a day, a source, and writing costs no less than reading."""
    for name in NAMES:
        price = PRICES.find(name)
        assert price is not None
        assert price.as_of > datetime.date(2025, 1, 1)
        assert "Pricing" in price.source
        assert price.rates.output >= price.rates.input > 0
        assert price.rates.cached is None or price.rates.cached < price.rates.input


def test_a_model_stands_in_one_table() -> None:
    """Two prices for one model are an error of the file, found when it is read."""
    table = {
        "as_of": datetime.date(2026, 1, 1),
        "source": "Pricing",
        "models": {"m": {"input": 1, "output": 2}},
    }
    assert Prices.model_validate({"tables": [table]}).find("m") is not None
    with pytest.raises(ValidationError, match="in more than one table: m"):
        Prices.model_validate({"tables": [table, table]})


@pytest.mark.parametrize("wrong", [{"input": -1, "output": 1}, {"input": 1}, {"in": 1}])
def test_a_wrong_price_is_found_when_it_is_read(wrong: dict[str, float]) -> None:
    """Prices are checked: no negative ones, none missing, no unknown names."""
    table = {"as_of": datetime.date(2026, 1, 1), "source": "P", "models": {"m": wrong}}
    with pytest.raises(ValidationError):
        Prices.model_validate({"tables": [table]})


def test_prices_are_read_once() -> None:
    """The file is opened the first time only."""
    assert load_prices() is PRICES
