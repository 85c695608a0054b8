"""Every table of the database: what stands in it of a person is given out, and goes with them.

The tables are taken from the schema. One in which nothing was put here fails: somebody has to say
whose its rows are, how they are exported, and what deletes them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, insert

from interviewer.content.copies import Piece
from interviewer.interview.annotations import Annotation
from interviewer.interview.leasing import Lease
from interviewer.interview.redo import FIELD as REDO
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.people.assignments import Task
from interviewer.people.helping import Help
from interviewer.people.openid import Identity
from interviewer.people.ratings import Rating
from interviewer.people.remarks import Remark
from interviewer.privacy.giving import as_lines, everything_about
from interviewer.storage import (
    SqlIdentities,
    SqlJudging,
    SqlPeople,
    SqlSessionStore,
    SqlStudio,
    Whose,
    passwords,
)
from interviewer.storage.people_tables import takes
from interviewer.storage.tables import metadata
from interviewer.transcript import Interview, MoveRecord, Passage, Transcript, Turn

T = TypeVar("T")
AT = "2026-11-27T10:00:00Z"
CANARY = "zugunruhe"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
# What is not given out, and why. Everything else that stands in a row of hers is.
SECRETS = {
    ("sessions", "visitor"): "proves which browser may see the interview",
    ("sessions", "ahead"): "how turns are counted; the turns carry their numbers",
    ("self_assessments", "visitor"): "proves which browser may see it",
    ("accounts", "key"): "proves whose the interviews are",
    ("accounts", "folded"): "the name in another form of writing",
    ("accounts", "password"): "a hash",
    ("logins", "digest"): "proves who is signed in",
    ("invitations", "digest"): "opens an account",
    ("attempts", "about"): "a hash of the name, for a quarter of an hour",
    ("attempts", "at"): "when somebody tried to sign in, for a quarter of an hour",
    ("leases", "holder"): "which process speaks at this moment",
    ("leases", "until"): "the same",
    ("content_versions", "kind"): "stands in the name of the file",
    ("content_versions", "digest"): "a hash of the text",
    ("content_versions", "verdict"): "what a trial of the text found, made anew by another",
    ("score_sheets", "rules"): "a hash of rubrics and rules",
    ("score_sheets", "body"): "the report, which is made of the interview at any time",
    ("releases", "at"): "the moment since when; that it is so is given out",
    ("people", "created"): "given out with an account; of others the first interview says it",
    ("self_assessments", "changed"): "when it was written last",
}
NUMBERS = {"id", "owner", "person", "account", "coach", "candidate", "author", "seq", "number",
           "turns", "finished", "blind"}  # fmt: skip


def done(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


@pytest.fixture
def held(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> SqlSessionStore:
    """Put something of Ann, who is coached and coaches, into every table, and of Ben."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    store, people = SqlSessionStore(engine, clock=lambda: AT), SqlPeople(engine, clock=lambda: AT)
    ann = done(people.add(f"Ann {CANARY}", "coach", "four words in a row"))
    ben = done(people.add("Ben", "coach", "four words in a row"))
    for coach, candidate in ((ben, ann), (ann, ben)):
        done(people.accept(done(people.invite(coach)), candidate))
    done(people.invite(ann))
    done(people.let_in(ann))
    identity = Identity("https://id.example", f"subject {CANARY}")
    done(SqlIdentities(engine, clock=lambda: AT).connect(ann, identity))
    with pytest.raises(Exception, match="do not belong together"):
        done(people.sign_in(ann.name, "wrong wrong wrong", "there"))
    passage = Passage("acme/one#1", f"passage {CANARY}", "a.md", "nature", "2026-01-01")
    turn = Turn(1, "user", f"answer {CANARY}", at=AT, round="hr")
    close = Turn(2, "assistant", "Bye.", "hr", at=AT, round="hr", move=MoveRecord("close"))
    header = Interview(
        created=AT, company="acme", role="planner", language="en", format="company", seed=7,
        model="builtin", plan={"rounds": [{"id": "hr"}], "cv": f"cv {CANARY}"},
        research={passage.id: passage},
    )  # fmt: skip
    first = Transcript("anns", header, (turn, close), {"more": f"extra {CANARY}"})
    done(store.create(first, visitor=ann.key))
    again = Transcript(
        "again", Interview(created=AT, extra={REDO: {"session": "anns", "item": "hr.1"}})
    )
    done(store.create(again, visitor=ann.key))
    done(store.create(Transcript("bens", Interview(created=AT), (turn,)), visitor=ben.key))
    done(store.save_draft("anns", f"draft {CANARY}"))
    own = SelfAssessment(strengths=f"strength {CANARY}")
    done(store.save_self_assessment(own, visitor=ann.key))
    done(store.annotate("anns", Annotation("dispute", "hr/x", {"words": f"no {CANARY}"})))
    assert done(store.claim("anns", Lease("here", 6.0)))
    for coach, candidate, session in ((ben, ann, "anns"), (ann, ben, "bens")):
        done(people.share(candidate, session, coach.id, "help"))
        done(people.add_help(session, coach, Help("", "hint", f"hint {CANARY}")))
        done(people.live(session, coach))
    done(people.remark("anns", ben, Remark("comment", "interview", "Well told.")))
    done(people.remark("bens", ann, Remark("comment", "interview", f"remark {CANARY}")))
    task = Task("acme", "planner", "en", "company", "usual", note="Rehearse this.")
    asked = done(people.assign(ben, task, [ann.id]))
    note = Task("acme", "planner", "en", "company", "usual", note=f"note {CANARY}")
    done(people.assign(ann, note, [ben.id]))
    with engine.begin() as connection:
        connection.execute(insert(takes).values(session="anns", assignment=asked))
    judging, studio = SqlJudging(engine, clock=lambda: AT), SqlStudio(engine, clock=lambda: AT)
    rating = Rating("hr/communication", level=3.0, machine=2.0, lowest=1, highest=5)
    done(judging.rate("anns", ben, [rating]))
    done(judging.release(ann, ben.id, on=True))
    done(judging.put_sheet("anns", 2, "rules", finished=True, body="{}"))
    done(studio.add(ann.name, Piece("phrases", "hr", "en"), f"copy {CANARY}", f"why {CANARY}"))
    return store


def leaves(value: object) -> Iterator[str]:
    """Yield everything a document says, keys left out."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None and value != "" and value is not False:
        yield str(value)


def said_in(column: object) -> list[str]:
    """Return what a column of a row says: a text, or the leaves of the JSON in it."""
    try:
        return list(leaves(json.loads(str(column))))
    except ValueError:
        return [str(column)]


def rows(engine: Engine) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield every row of every table."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(table.select()).mappings():
                yield table.name, dict(row)


def test_nothing_of_a_person_is_left_out_of_their_export(
    engine: Engine, held: SqlSessionStore, tmp_path: Path
) -> None:
    """Each column of each row that is Ann's is in what she is given, or is named as a secret."""
    whose = Whose(f"Ann {CANARY}")
    given = done(everything_about(whose, held, SqlPeople(engine), tmp_path, tmp_path / "own"))
    told = {leaf for line in as_lines(given).splitlines() for leaf in leaves(json.loads(line))}
    told |= {entry.id for entry in given} | {"anns", "again"}
    mine = {"1", "anns", "again", whose.name, "bens"}  # what a row names when it is hers
    missing, seen = set(), set()
    for table, row in rows(engine):
        about = {str(value) for value in row.values()}
        if not mine & about and CANARY not in str(row):
            continue
        seen.add(table)
        for column, value in row.items():
            if (table, column) in SECRETS or column in NUMBERS or value is None:
                continue
            if row.get("session") == "bens" or row.get("id") == "bens":
                continue
            missing |= {(table, column, said) for said in said_in(value) if said not in told}
    others = {entry for entry in missing if "Ben" in str(entry)}
    assert not missing - others
    assert seen | {"attempts"} == set(metadata.tables), "a table nobody thought of"
    assert any("draft zugunruhe" in leaf for leaf in told)


def test_nothing_of_a_person_stays_when_they_are_forgotten(
    engine: Engine, held: SqlSessionStore
) -> None:
    """No row names Ann or holds a word of hers; Ben keeps his interview, account and task."""
    assert {table for table, _ in rows(engine)} == set(metadata.tables)
    attempts = {str(row) for table, row in rows(engine) if table == "attempts"}
    gone = done(held.forget(f"Ann {CANARY}", what="candidate"))
    assert (gone.sessions, gone.accounts, gone.remarks, gone.assignments) == (2, 1, 4, 1)
    left = list(rows(engine))
    assert CANARY not in str([row for _, row in left if row.get("session") != "bens"])
    assert not [row for _, row in left if {"anns", "again"} & {str(v) for v in row.values()}]
    names = {"owner", "person", "account", "coach", "candidate", "author"}
    assert not [row for _, row in left if any(row.get(name) == 1 for name in names)]
    assert {row["name"] for table, row in left if table == "people"} == {"Ben"}
    assert {row["id"] for table, row in left if table == "sessions"} == {"bens"}
    # The account's attempts went; those of an address are nobody's in particular.
    assert len({str(row) for table, row in left if table == "attempts"}) == len(attempts) - 1


def test_what_belongs_to_a_browser_is_given_and_forgotten_alone(
    store: SqlSessionStore, engine: Engine, tmp_path: Path
) -> None:
    """Where everybody at a browser is `me`, one browser's things go and the others' stay."""
    for name in ("d1", "d2"):
        done(store.create(Transcript(name, Interview(created=AT)), visitor=name))
        done(store.save_self_assessment(SelfAssessment(strengths=f"of {name}"), visitor=name))
    whose = Whose(visitor="d1")
    given = as_lines(
        done(everything_about(whose, store, SqlPeople(engine), tmp_path, tmp_path / "own"))
    )
    assert ("of d1" in given, "of d2" in given) == (True, False)
    assert done(store.traces(whose)).visitors == {"d1"}
    gone = done(store.forget("me", what="candidate", visitor="d1"))
    assert (gone.sessions, gone.self_assessments, gone.people) == (1, 1, 0)
    assert [entry.id for entry in done(store.sessions())] == ["d2"]
    assert done(store.self_assessment(visitor="d2")).strengths == "of d2"
