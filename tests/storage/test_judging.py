"""What is shown to a coach, kept of assessments and rated, on both kinds of database."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from benchmarks.store_size import counted
from interviewer.errors import InputError, NotThereError
from interviewer.people.access import Shown
from interviewer.people.accounts import Account
from interviewer.people.assignments import Task
from interviewer.people.ratings import Rating
from interviewer.storage import SqlJudging, SqlPeople, SqlSessionStore, passwords
from interviewer.transcript import Interview, Transcript, Turn

T = TypeVar("T")
NOW = "2026-11-27T10:00:00Z"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
GIVEN = (Rating("hr/teamwork", 4, 3.2, 1, 5), Rating("hr/drive", None, None, 1, 5))


def now(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


@dataclass
class Office:
    """A database with two coaches and a candidate of both."""

    engine: Engine
    store: SqlSessionStore
    people: SqlPeople
    judging: SqlJudging
    ann: Account
    cleo: Account
    dov: Account

    def interview(self, name: str, shown: Shown, whose: Account | None = None) -> None:
        """Keep an interview of three turns and show it to Cleo."""
        turns = tuple(Turn(n, "user", f"Answer {n}.") for n in (1, 2, 3))
        about = Interview(created=NOW, company="brightwell", role="data-engineer", language="en")
        who = whose or self.ann
        now(self.store.create(Transcript(name, about, turns), visitor=who.key))
        now(self.people.share(who, name, self.cleo.id, shown))

    def sheet(self, name: str, turns: int = 3, rules: str = "r") -> None:
        """Keep a sheet."""
        now(self.judging.put_sheet(name, turns, rules, finished=True, body='{"a":1}'))


@pytest.fixture
def office(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return an office where Ann accepted Cleo and Dov."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    store = SqlSessionStore(engine, clock=lambda: NOW)
    people = SqlPeople(engine, clock=lambda: NOW)
    roles = {"Ann": "candidate", "Cleo": "coach", "Dov": "coach"}
    ann, cleo, dov = (
        now(people.add(name, role, "four words in a row")) for name, role in roles.items()
    )
    for coach in (cleo, dov):
        now(people.accept(now(people.invite(coach)), ann))
    judging = SqlJudging(engine, clock=lambda: NOW)
    return Office(engine, store, people, judging, ann, cleo, dov)


def test_what_is_shown_is_told_with_how_it_stands(office: Office) -> None:
    """Who, how much, whether the levels were opened, and for which assignment."""
    office.interview("one", "report")
    office.interview("two", "transcript")
    office.interview("three", "nothing")
    task = now(
        office.people.assign(
            office.cleo, Task("brightwell", "data-engineer", "en", "company", "usual"),
            [office.ann.id],
        )
    )  # fmt: skip
    now(office.people.add_take(office.ann, task, "two"))
    now(office.judging.look(office.cleo, ["one", "two", "three"]))
    now(office.judging.look(office.cleo, []))
    told = {entry.session: entry for entry in now(office.judging.shown(office.cleo, "r"))}
    assert set(told) == {"one", "two"}
    one, two = told["one"], told["two"]
    assert (one.name, one.held.shown, one.turns, one.opened) == ("Ann", "report", 3, True)
    assert (two.held.shown, two.opened, two.assignment) == ("transcript", False, task)
    assert (one.sheet, one.finished, one.assignment) == (False, False, None)
    assert now(office.judging.shown(office.dov, "r")) == ()
    assert now(office.judging.shown(office.cleo, "r", candidate=office.dov.id)) == ()
    now(office.people.leave(coach=office.cleo.id, candidate=office.ann.id))
    assert now(office.judging.shown(office.cleo, "r")) == ()


def test_a_sheet_fits_its_turns_and_its_rules_only(office: Office) -> None:
    """When the interview goes on, or is scored by other rules, it is made anew."""
    office.interview("one", "report")
    office.sheet("one")
    (entry,) = now(office.judging.shown(office.cleo, "r"))
    assert (entry.sheet, entry.finished) == (True, True)
    assert now(office.judging.sheets(["one", "x"], "r")) == {"one": '{"a":1}'}
    assert now(office.judging.sheets([], "r")) == {}
    (entry,) = now(office.judging.shown(office.cleo, "other"))
    assert (entry.sheet, entry.finished) == (False, False)
    assert now(office.judging.sheets(["one"], "other")) == {}
    now(office.store.append("one", Turn(4, "user", "More.")))
    (entry,) = now(office.judging.shown(office.cleo, "r"))
    assert not entry.sheet
    office.sheet("one", 4)
    (entry,) = now(office.judging.shown(office.cleo, "r"))
    assert entry.sheet
    with pytest.raises(InputError):
        office.sheet("never")


def test_the_first_look_makes_blind_ratings_informed(office: Office) -> None:
    """Blind before it, informed after it; the database decides, and rating is a look."""
    office.interview("one", "report")
    assert not now(office.judging.has_looked("one", office.cleo))
    assert now(office.judging.rate("one", office.cleo, GIVEN))
    assert now(office.judging.has_looked("one", office.cleo))
    assert not now(office.judging.rate("one", office.cleo, GIVEN))
    assert not now(office.judging.rate("one", office.cleo, GIVEN[:1]))
    kept = now(office.judging.ratings("one"))
    assert [(r.about, r.blind, r.level) for r in kept] == [
        ("hr/drive", True, None), ("hr/teamwork", True, 4), ("hr/teamwork", False, 4),
    ]  # fmt: skip
    assert {(r.by, r.machine, r.candidate) for r in kept if r.level} == {
        ("Cleo", 3.2, office.ann.id)
    }


def test_other_coaches_ratings_are_for_whoever_rated_and_while_shown_to_both(
    office: Office,
) -> None:
    """Not before one's own, not when the other one lost it, not when it is not shown any more."""
    office.interview("one", "report")
    now(office.people.share(office.ann, "one", office.dov.id, "report"))
    now(office.judging.rate("one", office.cleo, GIVEN))
    assert now(office.judging.ratings_seen("one", office.dov)) == ()
    assert now(office.judging.ratings_for(office.dov)) == ()
    now(office.judging.rate("one", office.dov, GIVEN))
    assert {r.by for r in now(office.judging.ratings_seen("one", office.dov))} == {"Cleo", "Dov"}
    assert {r.by for r in now(office.judging.ratings_for(office.dov))} == {"Cleo", "Dov"}
    now(office.people.share(office.ann, "one", office.cleo.id, "transcript"))
    assert {r.by for r in now(office.judging.ratings_seen("one", office.dov))} == {"Dov"}
    assert {r.by for r in now(office.judging.ratings_for(office.dov))} == {"Dov"}
    assert now(office.judging.ratings_for(office.cleo)) == ()
    now(office.people.leave(coach=office.dov.id, candidate=office.ann.id))
    assert now(office.judging.ratings_for(office.dov)) == ()


def test_leave_to_take_files_away_is_the_candidates(office: Office) -> None:
    """Given, taken back, gone with the coach; nobody gives it to a coach they do not have."""
    now(office.judging.release(office.ann, office.cleo.id, on=True))
    now(office.judging.release(office.ann, office.cleo.id, on=True))
    assert now(office.judging.released_to(office.cleo)) == {office.ann.id}
    assert now(office.judging.releasing(office.ann)) == {office.cleo.id}
    record = now(office.people.record("Ann"))
    assert record is not None
    assert record["take_away"] == ["Cleo"]
    now(office.judging.release(office.ann, office.cleo.id, on=False))
    assert now(office.judging.released_to(office.cleo)) == set()
    now(office.judging.release(office.ann, office.cleo.id, on=True))
    now(office.people.leave(coach=office.cleo.id, candidate=office.ann.id))
    assert now(office.judging.releasing(office.ann)) == set()
    with pytest.raises(NotThereError):
        now(office.judging.release(office.ann, office.cleo.id, on=True))


def test_forgetting_takes_all_of_it(office: Office) -> None:
    """An interview takes its sheet and ratings along, a coach what they rated and saw."""
    office.interview("one", "report")
    office.interview("two", "report")
    office.sheet("one")
    for name in ("one", "two"):
        now(office.judging.rate(name, office.cleo, GIVEN))
    now(office.judging.release(office.ann, office.cleo.id, on=True))
    now(office.store.forget("one"))
    assert now(office.judging.sheets(["one"], "r")) == {}
    assert now(office.judging.ratings("one")) == ()
    now(office.store.forget("Cleo"))
    assert now(office.judging.ratings("two")) == ()
    assert now(office.judging.releasing(office.ann)) == set()
    now(office.store.forget("Ann"))


def test_what_was_said_is_asked_for_by_place(office: Office) -> None:
    """Of each interview the turns that were named, and no others."""
    office.interview("one", "report")
    office.interview("two", "report")
    said = now(office.judging.said({"one": (2,), "two": (1, 3)}))
    assert set(said) >= {("one", 2), ("two", 1), ("two", 3)}
    assert "Answer 3." in said["two", 3]
    assert now(office.judging.said({})) == {}


@pytest.mark.parametrize("question", ["shown", "sheets", "said", "ratings", "look"])
def test_no_number_of_statements_grows_with_rows(office: Office, question: str) -> None:
    """With three interviews and with thirty it is the same number."""
    counts = []
    for number in (3, 30):
        ids = [f"n{number}-{n}" for n in range(number)]
        for name in ids:
            office.interview(name, "report")
            office.sheet(name)
            now(office.judging.rate(name, office.dov, GIVEN))
        asked = {
            "shown": office.judging.shown(office.cleo, "r"),
            "sheets": office.judging.sheets(ids, "r"),
            "said": office.judging.said(dict.fromkeys(ids, (1, 2))),
            "ratings": office.judging.ratings_for(office.cleo),
            "look": office.judging.look(office.cleo, ids),
        }
        with counted(office.engine) as sent:
            now(asked.pop(question))
        counts.append(len(sent))
        for unused in asked.values():
            unused.close()
    assert counts[0] == counts[1]
    assert 0 < counts[0] < 6
