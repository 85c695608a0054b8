"""A plan somebody tampered with is a plan or refused in a sentence, never a crash."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_from_json, plan_record
from tests.conftest import PlanMaker

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner,
                                                                max_size=3),
    max_leaves=5,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list | tuple) else ()  # fmt: skip
    return [path, *(p for key, entry in inner for p in places(entry, (*path, key)))]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_in_place_of_anything(make_plan: PlanMaker, data: st.DataObject) -> None:
    """Whatever stands where, the result is a plan or an InputError."""
    plan = make_plan()
    document = copy.deepcopy(_plain(plan_record(plan)))
    path = data.draw(st.sampled_from([p for p in places(document) if p]))
    owner = document
    for key in path[:-1]:
        owner = owner[key]
    owner[path[-1]] = data.draw(ANYTHING)
    with suppress(InputError):
        assert isinstance(plan_from_json(document, plan.passages), Plan)


def _plain(value: Any) -> Any:
    """Return a document of plain lists and tables."""
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if hasattr(value, "items"):
        return {key: _plain(entry) for key, entry in value.items()}
    return value
