"""When the room offers a hint."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress
from interviewer.ui.view import has_hint


def offered(*, practice: bool = True, **stage: Any) -> bool:
    """Return whether a hint is offered at a question that has two."""
    usual = {"pending": SimpleNamespace(hints=("weak", "strong")), "hints": 0, "aside": None}
    shown = SimpleNamespace(**{**usual, "waiting": "candidate", **stage})
    return has_hint(cast(Plan, SimpleNamespace(practice=practice)), cast(Progress, shown))


def test_a_hint_is_offered_while_there_is_one() -> None:
    """After the last of them the button goes."""
    assert offered()
    assert offered(hints=1)
    assert not offered(hints=2)


def test_an_examination_offers_none() -> None:
    """Whoever chose the examination is not helped."""
    assert not offered(practice=False)


@pytest.mark.parametrize(
    "stage",
    [
        {"pending": None}, {"pending": SimpleNamespace(hints=())}, {"waiting": "examiner"},
        {"waiting": "between"}, {"aside": SimpleNamespace()},
    ],
)  # fmt: skip
def test_nothing_is_offered_where_nothing_could_come(stage: dict[str, Any]) -> None:
    """No question, one without hints, an examiner who speaks, a question put for practice."""
    assert not offered(**stage)
