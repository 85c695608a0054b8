"""Calls of a model put together: histories count once, and what was said twice counts twice."""

from __future__ import annotations

import pytest

from interviewer.evaluation.formats.conversations import conversation
from interviewer.evaluation.formats.form import Document

ROLES = {"S": "system", "u": "user", "a": "assistant"}


def _messages(told: str) -> list[Document]:
    return [{"role": ROLES[word[0]], "content": word} for word in told.split()]


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        # An answer made again, at once and after more of the talk.
        (["S u1 a1 u2 a2", "S u1 a1 u2 a2'"], "S u1 a1 u2 a2'"),
        (["S u1 a1", "S u1 a1'"], "S u1 a1'"),
        (["S u1 a1 u2 a2", "S u1 a1 u2 a2'", "S u1 a1 u2 a2' u3 a3"], "S u1 a1 u2 a2' u3 a3"),
        (["a1 u1 a2", "a1 u1 a2' u2 a3"], "a1 u1 a2' u2 a3"),
        # The candidate's own words taken back: the talk went on another way.
        (["S u1 a1 u2 a2 u3 a3", "S u1 a1 u2' a2'"], "S u1 a1 u2' a2'"),
        # An exchange said again, where calls bring only what is new.
        (["u1 a1", "u2 a2", "u1 a1"], "u1 a1 u2 a2 u1 a1"),
        (["S u1 a1", "S u2 a2", "S u1 a1", "S u3 a3"], "S u1 a1 u2 a2 u1 a1 u3 a3"),
        (["u1 a1", "u2 a2", "u1 a3"], "u1 a1 u2 a2 u1 a3"),
        # The same call traced twice, and a history that comes late.
        (["S u1 a1", "S u1 a1", "u2 a2", "u2 a2"], "S u1 a1 u2 a2"),
        (["S u1 a1 u2 a2 u3 a3", "S u1 a1 u2 a2", "u2 a2 u3"], "S u1 a1 u2 a2 u3 a3"),
        (["S u1 a1 u2 a2", "S a1 u2 a2 u3 a3"], "S u1 a1 u2 a2 u3 a3"),
    ],
)
def test_histories_count_once_and_repeated_words_twice(calls: list[str], expected: str) -> None:
    """Whether calls bring the whole history, a part of it, or what is new alone."""
    found = conversation(("one", _messages(call), {}) for call in calls)
    assert found == {"id": "one", "messages": _messages(expected)}
