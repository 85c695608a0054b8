"""What every bank of written items keeps, whoever writes one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from interviewer.assessment.written.pointing import points_shown
from interviewer.content.library import Library
from interviewer.content.written import ShortAnswer, WorkProduct, WrittenBank
from interviewer.interview.written.key import Point

ROOT = Path(__file__).parents[2]
BANKS = sorted(p.stem for p in (ROOT / "personas" / "_shared" / "written").glob("*.toml"))
LANGUAGES = ("en", "zh")


@pytest.fixture(params=BANKS)
def bank(request: pytest.FixtureRequest, library: Library) -> WrittenBank:
    """Return each bank in turn."""
    return library.written[request.param]


def _pointed(bank: WrittenBank) -> tuple[ShortAnswer | WorkProduct, ...]:
    return (*bank.short, *bank.work)


def _points(item: ShortAnswer | WorkProduct, language: str) -> tuple[Point, ...]:
    return tuple(Point(p.text[language], p.says[language]) for p in item.points)


def _given(item: ShortAnswer | WorkProduct, language: str) -> str:
    return item.text[language] + (
        f"\n{item.material[language]}" if isinstance(item, WorkProduct) else ""
    )


def test_tests_of_a_post_can_differ(bank: WrittenBank) -> None:
    """A bank holds more than one test: 20 choices, 8 short answers, 2 pieces of work or more."""
    assert len(bank.single) >= 20
    assert len(bank.short) >= 8
    assert len(bank.work) >= 2
    assert len({item.topic for item in bank.items}) >= 6


def test_the_place_of_the_right_option_gives_nothing_away(bank: WrittenBank) -> None:
    """No letter is right in more than four of ten items, and the longest is right in few."""
    places = Counter(item.right for item in bank.single)
    assert max(places.values()) <= 0.4 * len(bank.single)
    for language in LANGUAGES:
        longest = sum(
            max(item.options, key=lambda option: len(option[language]))
            is item.options[item.right - 1]
            for item in bank.single
        )
        assert longest <= 0.5 * len(bank.single), language


def test_an_answer_of_the_points_themselves_earns_every_mark(bank: WrittenBank) -> None:
    """Whoever writes the key points down as they stand is given all of them."""
    for language in LANGUAGES:
        for item in _pointed(bank):
            points = _points(item, language)
            answer = "\n".join(point.text for point in points)
            shown = points_shown(answer, points, _given(item, language), language)
            assert all(shown), (item.id, language)


def test_a_copied_question_earns_nothing(bank: WrittenBank) -> None:
    """Whoever copies the question and what is given with it is given no mark."""
    for language in LANGUAGES:
        for item in _pointed(bank):
            given = _given(item, language)
            assert not any(points_shown(given, _points(item, language), given, language)), item.id


def test_a_question_asks_one_thing(bank: WrittenBank) -> None:
    """Items to choose from have one question mark at most."""
    for item in bank.single:
        for text in item.text.values():
            assert text.count("?") + text.count("？") <= 1, item.id
