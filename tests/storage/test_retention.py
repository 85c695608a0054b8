"""What nobody has touched since a moment: found, and deleted with nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from sqlalchemy import Engine

from interviewer.interview.annotations import Annotation
from interviewer.interview.redo import FIELD as REDO
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.storage import SqlPeople, SqlSessionStore, Whose
from interviewer.storage.belonging import Traces
from interviewer.storage.retention import Outdated
from interviewer.transcript import Interview, Transcript, Turn

T = TypeVar("T")
OLD, NEW, BEFORE = "2026-01-02T10:00:00Z", "2026-11-02T10:00:00Z", "2026-06-01T00:00:00Z"


def done(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


def keep(
    engine: Engine, name: str, *said: str | None, owner: str = "ann", **extra: object
) -> None:
    """Keep an interview that was begun long ago, with a turn at each of these moments."""
    turns = tuple(Turn(n, "user", "x", at=at) for n, at in enumerate(said, start=1))
    made = Transcript(name, Interview(created=OLD, extra=extra), turns)
    done(SqlSessionStore(engine, clock=lambda: OLD).create(made, owner="ann"))


def test_an_interview_counts_from_its_last_turn_or_note(engine: Engine) -> None:
    """The last turn counts, not the first; a note is a sign of life; a turn may have no time."""
    store = SqlSessionStore(engine, clock=lambda: NEW)
    keep(engine, "old", OLD, OLD)
    keep(engine, "begun")
    keep(engine, "timeless", None)
    keep(engine, "went-on", OLD, NEW)
    keep(engine, "noted", OLD)
    done(store.annotate("noted", Annotation("dispute", "hr/x")))
    done(store.create(Transcript("new", Interview(created=NEW)), owner="ann"))
    found = done(store.outdated(BEFORE))
    assert (found.sessions, found.is_empty) == (("begun", "old", "timeless"), False)
    gone = done(store.forget_outdated(BEFORE))
    assert (gone.sessions, gone.turns, gone.people) == (3, 3, 0)
    assert {s.id for s in done(store.sessions())} == {"went-on", "noted", "new"}
    assert done(store.outdated(BEFORE)) == Outdated((), 0, ())
    assert done(store.outdated(BEFORE)).is_empty


def test_an_answer_given_again_keeps_the_first_and_goes_with_it(engine: Engine) -> None:
    """Both live as long as the younger; one whose first is gone goes by its own time."""
    again = {REDO: {"session": "first", "item": "hr.1"}}
    keep(engine, "first", OLD)
    keep(engine, "again", NEW, **again)
    keep(engine, "alone", OLD, **{REDO: {"session": "gone", "item": "hr.1"}})
    store = SqlSessionStore(engine, clock=lambda: NEW)
    assert done(store.outdated(BEFORE)).sessions == ("alone",)
    assert done(store.outdated("2027-01-01T00:00:00Z")).sessions == ("again", "alone", "first")


def test_one_answer_given_again_lately_keeps_all_that_stand_beside_it(engine: Engine) -> None:
    """The first stays for the younger, and the older for the first, whichever comes first."""
    again = {REDO: {"session": "first", "item": "hr.1"}}
    keep(engine, "first", OLD)
    for name, at in (("a-old", OLD), ("b-young", NEW), ("c-old", OLD)):
        keep(engine, name, at, **again)
    assert done(SqlSessionStore(engine).outdated(BEFORE)).sessions == ()


def test_what_people_say_of_themselves_goes_and_they_with_the_last(
    engine: Engine, kind: str, holds: Callable[[str], bool]
) -> None:
    """Who has nothing left is forgotten, who has an account or wrote lately is not."""
    early = SqlSessionStore(engine, clock=lambda: OLD)
    late = SqlSessionStore(engine, clock=lambda: NEW)
    for name in ("ann", "ben"):
        done(early.save_self_assessment(SelfAssessment(strengths=f"of {name}"), owner=name))
    done(late.save_self_assessment(SelfAssessment(strengths="again"), owner="ben"))
    done(SqlPeople(engine, clock=lambda: OLD).add("Cleo", "coach", "four words in a row"))
    assert done(late.outdated(BEFORE)) == Outdated((), 1, ())
    gone = done(late.forget_outdated(BEFORE))
    assert (gone.self_assessments, gone.people, gone.erased) == (1, 1, kind == "sqlite")
    assert not holds("of ann")
    assert [own.strengths for own in done(late.self_assessments("ben"))] == ["again"]
    assert [a.name for a in done(SqlPeople(engine).accounts())] == ["Cleo"]
    assert not done(late.forget_outdated(BEFORE)).erased  # nothing was to be overwritten


def test_traces_are_a_persons_own(engine: Engine) -> None:
    """Interviews oldest first, and every key and browser; of a browser only its own."""
    store = SqlSessionStore(engine, clock=lambda: NEW)
    for name, at, visitor in (("b", NEW, "d1"), ("a", OLD, "d2"), ("c", NEW, None)):
        done(store.create(Transcript(name, Interview(created=at)), owner="ann", visitor=visitor))
    done(store.save_self_assessment(SelfAssessment(strengths="x"), owner="ann", visitor="d3"))
    cleo = done(SqlPeople(engine).add("Cleo", "coach", "four words in a row"))
    assert done(store.traces(Whose("ann"))) == Traces(
        ("a", "b", "c"), frozenset({"d1", "d2", "d3"})
    )
    assert done(store.traces(Whose("ann", "d1"))) == Traces(("b",), frozenset({"d1"}))
    assert done(store.traces(Whose("Cleo"))) == Traces((), frozenset({cleo.key}))
    assert done(store.traces(Whose("nobody"))) == Traces((), frozenset())
    assert done(store.traces(Whose("nobody", "d9"))) == Traces((), frozenset({"d9"}))
