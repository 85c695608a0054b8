"""What is asked of a store for many interviews is asked once: no count grows with rows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Engine

from benchmarks.store_size import counted
from interviewer.interview.annotations import DRILL, Annotation
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Interview, Passage, Transcript, Turn

SAID = tuple(Turn(seq=n, role="user", content=f"Answer {n}.") for n in range(1, 4))


def keep(store: SqlSessionStore, number: int) -> list[str]:
    """Keep so many interviews of one person, each with turns, passages, a note and a draft."""
    ids = [f"s{n}" for n in range(number)]

    async def put() -> None:
        for key in ids:
            about = Interview(
                research={f"a#{n}": Passage(f"a#{n}", "T", "S", "pay") for n in range(3)},
                extra={"redo": {"session": "s0", "item": "x"}} if key != "s0" else {},
            )
            await store.create(Transcript(id=key, interview=about, turns=SAID), owner="Ann")
            await store.annotate(key, Annotation(DRILL, "hr/integrity"))
            await store.save_draft(key, "Not sent")

    asyncio.run(put())
    return ids


def used(number: int) -> list[Passage]:
    """Return so many passages."""
    return [Passage(f"b#{n}", "T", "S", "pay") for n in range(number)]


Ask = Callable[[SqlSessionStore, list[str]], Awaitable[object]]
QUESTIONS: dict[str, Ask] = {
    "list": lambda store, ids: store.sessions(owner="Ann"),
    "many": lambda store, ids: store.load_all(ids),
    "notes": lambda store, ids: store.annotations_of(ids),
    "redos": lambda store, ids: store.redos("s0"),
    "afterwards": lambda store, ids: store.afterwards(Transcript(id="s0")),
    "everything": lambda store, ids: store.everything("Ann"),
    "turn": lambda store, ids: store.append(
        "s0", Turn(seq=4, role="assistant", content="?"), used(len(ids))
    ),
    "forgetting": lambda store, ids: store.forget("Ann"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_number_of_statements_stays_the_same(
    engine: Engine, store: SqlSessionStore, question: str
) -> None:
    """For two interviews and for nine, each question is the same number of statements."""
    counts = []
    for number in (2, 9):
        ids = keep(store, number)
        with counted(engine) as sent:
            asyncio.run(_awaited(QUESTIONS[question](store, ids)))
        counts.append(len(sent))
        if question != "forgetting":
            asyncio.run(store.forget("Ann"))
    assert counts[0] == counts[1]
    # Forgetting asks every table once.
    assert 0 < counts[0] < 60


async def _awaited(asked: Awaitable[object]) -> object:
    return await asked


def test_many_come_in_the_order_asked_for(store: SqlSessionStore) -> None:
    """Those that are not there are left out; nothing asked for is nothing."""
    keep(store, 3)
    assert [held.id for held in asyncio.run(store.load_all(["s2", "x", "s0"]))] == ["s2", "s0"]
    assert asyncio.run(store.load_all(["s1"])) == (asyncio.run(store.load("s1")),)
    assert asyncio.run(store.load_all([])) == ()
    assert asyncio.run(store.annotations_of([])) == {}
    assert set(asyncio.run(store.annotations_of(["s1", "x"]))) == {"s1", "x"}
