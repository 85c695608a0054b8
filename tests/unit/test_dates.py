"""Dates are written as people of a language write them."""

from __future__ import annotations

import pytest

from interviewer.content.dates import written_date


@pytest.mark.parametrize(
    ("kept", "english", "chinese"),
    [
        ("2026-01-02T23:59:00Z", "2 January 2026", "2026年1月2日"),
        ("2026-11-22", "22 November 2026", "2026年11月22日"),
        ("2024-03", "March 2024", "2024年3月"),
        ("2019", "2019", "2019年"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_kept(kept: str, english: str, chinese: str) -> None:
    """A day, a month or a year; the time of day is left out."""
    assert written_date(kept, "en") == english
    assert written_date(kept, "zh-CN") == chinese
    assert written_date(kept, "../../secrets") == english


@pytest.mark.parametrize("kept", ["", "2026-13-40", "soon", "22.11.2026"])
def test_what_is_no_date_stands_as_it_is(kept: str) -> None:
    """A file from elsewhere may say anything of its day, and no more than ten signs of it."""
    assert written_date(kept, "en") == kept
    assert written_date(f"{kept} or perhaps later", "zh") == f"{kept} or perhaps later"[:10]
