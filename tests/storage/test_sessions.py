import asyncio
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from interviewer.errors import ConversationError, InputError, StaleTurnError
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import (
    Interview,
    MoveRecord,
    Passage,
    Retrieved,
    Transcript,
    Turn,
)

NOW = "2026-11-22T12:00:00Z"
PLAN = MappingProxyType({"hash": "h", "rounds": [{"id": "hr"}, {"id": "boss"}]})
PASSAGE = Passage(id="acme/pay#1", text="Pay is fair.", source="Report", topic="pay")


def interview(**changes: object) -> Interview:
    """Return an interview of two rounds."""
    settled = Interview(created=NOW, company="acme", role="clerk", language="en", plan=PLAN)
    return replace(settled, seed=7, model="builtin", format="company", **changes)


def said(seq: int, content: str = "Well.", **changes: object) -> Turn:
    """Return an answer."""
    return replace(Turn(seq=seq, role="user", content=content, round="hr"), **changes)


def asked(seq: int, kind: str = "ask", **changes: object) -> Turn:
    """Return an examiner's turn."""
    move = MoveRecord(kind=kind)  # type: ignore[arg-type]
    return replace(Turn(seq=seq, role="assistant", content="And?", move=move), **changes)


def test_of_eight_equal_turns_exactly_one_is_kept(store: SqlSessionStore) -> None:
    """Eight tasks that append the same number: one wins, seven are told they are stale."""

    async def race() -> list[object]:
        await store.create(Transcript(id="s"))
        tasks = (store.append("s", said(1, f"Answer {n}.")) for n in range(8))
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    outcomes = asyncio.run(race())
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, StaleTurnError) for outcome in outcomes) == 7
    kept = asyncio.run(store.load("s")).turns
    assert [turn.content for turn in kept] == [f"Answer {outcomes.index(None)}."]


def test_sessions_that_are_written_at_once_do_not_disturb_each_other(
    store: SqlSessionStore,
) -> None:
    """Eight interviews at the same time, under one new owner, keep all their turns in order."""

    async def hold(name: str) -> None:
        await store.create(Transcript(id=name), owner="Ann")
        for seq in range(1, 11):
            await store.append(name, said(seq, f"{name} {seq}"))

    async def all_at_once() -> None:
        await asyncio.gather(*(hold(f"s{n}") for n in range(8)))

    asyncio.run(all_at_once())
    for n in range(8):
        kept = asyncio.run(store.load(f"s{n}")).turns
        assert [turn.content for turn in kept] == [f"s{n} {seq}" for seq in range(1, 11)]


@pytest.mark.parametrize("seq", [None, 0, 2, 4])
def test_only_the_next_number_is_appended(store: SqlSessionStore, seq: int | None) -> None:
    """A number that is repeated, left out or missing is stale, and nothing of the turn is kept."""
    before = Transcript(id="s", turns=(asked(1), said(2)))
    asyncio.run(store.create(before))
    with pytest.raises(StaleTurnError, match=rf"goes on with turn 3, not with turn {seq}"):
        asyncio.run(store.append("s", replace(asked(1), seq=seq), [PASSAGE]))
    assert asyncio.run(store.load("s")) == before


def test_a_turn_cannot_be_changed(engine: Engine) -> None:
    """The database itself refuses to update a turn."""
    store = SqlSessionStore(engine)
    asyncio.run(store.create(Transcript(id="kept", turns=(said(1, "Mine."),))))
    with pytest.raises(DatabaseError, match="never changed"), engine.begin() as connection:
        connection.execute(text("UPDATE turns SET body = '{}'"))
    assert asyncio.run(store.load("kept")).turns[0].content == "Mine."


def test_an_id_that_is_taken_is_refused(store: SqlSessionStore) -> None:
    """A second session of the same id is refused and leaves the first, and no new person."""
    first = Transcript(id="s", turns=(said(1),))
    asyncio.run(store.create(first))
    with pytest.raises(ConversationError, match="'s' is kept already"):
        asyncio.run(store.create(Transcript(id="s"), owner="Ben"))
    assert asyncio.run(store.load("s")) == first
    with pytest.raises(InputError, match="Ben"):
        asyncio.run(store.everything("Ben"))


def test_what_is_not_there_is_a_sentence(store: SqlSessionStore) -> None:
    """Every question about an unknown interview or person is answered with what to do."""
    asking = (
        store.load("x"), store.append("x", said(1)), store.visitor_of("x"), store.draft("x"),
        store.save_draft("x", "text"),
    )  # fmt: skip
    for question in asking:
        with pytest.raises(InputError, match=r"no interview with the id 'x'.*list of interviews"):
            asyncio.run(question)
    with pytest.raises(InputError, match=r"Nothing is kept.*'x'"):
        asyncio.run(store.everything("x"))


@pytest.mark.parametrize(("key", "owner"), [("", "me"), (" ", "me"), ("s", " "), ("\ud800", "me")])
def test_names_that_cannot_be_kept_are_sentences(
    store: SqlSessionStore, key: str, owner: str
) -> None:
    """An empty id or name, or one with half a surrogate pair, is refused as input."""
    with pytest.raises(InputError):
        asyncio.run(store.create(Transcript(id=key), owner=owner))


def test_the_list_shows_what_each_interview_is(store: SqlSessionStore) -> None:
    """Newest first, with owner, rounds in order, number of turns, and whether it is finished."""
    going = Transcript(
        id="going",
        interview=interview(),
        turns=(asked(1, "open", round="hr"), said(2), asked(3, "close", round="hr")),
    )
    done = replace(
        going,
        id="done",
        interview=interview(created="2026-11-23T09:00:00Z"),
        turns=(*going.turns, said(4, round="boss"), asked(5, "close", round="boss")),
    )
    asyncio.run(store.create(going))
    asyncio.run(store.create(done, owner="Ann", visitor="digest"))
    asyncio.run(store.create(Transcript(id="chat"), owner="Ann"))
    listed = asyncio.run(store.sessions())
    assert [entry.id for entry in listed] == ["done", "going", "chat"]
    assert [entry.finished for entry in listed] == [True, False, False]
    assert [entry.turns for entry in listed] == [5, 3, 0]
    assert [entry.rounds for entry in listed] == [("hr", "boss"), ("hr",), ()]
    first = listed[0]
    assert (first.owner, first.created) == ("Ann", "2026-11-23T09:00:00Z")
    assert (first.company, first.role, first.language) == ("acme", "clerk", "en")
    assert (first.model, listed[2].model, listed[2].created) == ("builtin", None, NOW)


def test_the_list_can_be_asked_for_one_person_or_browser(store: SqlSessionStore) -> None:
    """Owner and visitor narrow the list, alone and together; a stranger sees nothing."""
    for key, owner, visitor in (("a", "Ann", "d1"), ("b", "Ann", "d2"), ("c", "me", "d1")):
        asyncio.run(store.create(Transcript(id=key), owner=owner, visitor=visitor))
    asyncio.run(store.create(Transcript(id="d")))

    def ids(**asked_for: str) -> set[str]:
        return {entry.id for entry in asyncio.run(store.sessions(**asked_for))}

    assert ids() == {"a", "b", "c", "d"}
    assert ids(owner="Ann") == {"a", "b"}
    assert ids(visitor="d1") == {"a", "c"}
    assert ids(owner="Ann", visitor="d1") == {"a"}
    assert ids(owner="Nobody") == ids(visitor="") == set()
    assert asyncio.run(store.visitor_of("a")) == "d1"
    assert asyncio.run(store.visitor_of("d")) is None


def test_an_import_gets_an_id_of_its_own_when_it_needs_one(store: SqlSessionStore) -> None:
    """A free id is kept; a taken or empty one is replaced, and nothing that is kept is lost."""
    file = Transcript(id="s", turns=(Turn(seq=None, role="user", content="Hi"),))
    assert asyncio.run(store.import_transcript(file, "Ann")) == "s"
    second = asyncio.run(store.import_transcript(file, "Ann"))
    third = asyncio.run(store.import_transcript(replace(file, id=""), "Ben"))
    assert len({"s", "", second, third}) == 4
    assert asyncio.run(store.load(second)) == replace(file, id=second)
    assert {t.id for t in asyncio.run(store.everything("Ann"))} == {"s", second}


def test_numbers_beyond_what_can_be_kept_are_a_sentence(store: SqlSessionStore) -> None:
    """A file with absurd turn numbers is refused as input."""
    with pytest.raises(InputError, match="more than can be kept"):
        asyncio.run(store.import_transcript(Transcript(id="s", turns=(said(10**30),)), "me"))


def test_all_that_is_held_about_a_person_is_told(store: SqlSessionStore) -> None:
    """Every interview of theirs, oldest first, with what they typed and did not send."""
    old = Transcript(id="z", interview=interview(created="2026-01-01T00:00:00Z"))
    new = Transcript(id="a", interview=interview(research={PASSAGE.id: PASSAGE}))
    for transcript in (new, old):
        asyncio.run(store.create(transcript, owner="Ann"))
    asyncio.run(store.create(Transcript(id="other")))
    asyncio.run(store.save_draft("a", "Not sent"))
    told = asyncio.run(store.everything("Ann"))
    assert told == (old, replace(new, extra={"draft": "Not sent"}))


def test_a_hundred_turns_take_less_than_200_kb(tmp_path: Path) -> None:
    """An interview of 100 turns of 800 characters adds little to an empty database."""
    open_engine(tmp_path / "one.db").dispose()
    empty = (tmp_path / "one.db").stat().st_size
    engine = open_engine(tmp_path / "one.db")
    store = SqlSessionStore(engine)
    considered = tuple(Retrieved(id=f"acme/performance#{n}", score=0.7123) for n in range(8))

    async def hold() -> None:
        await store.create(Transcript(id="s" * 32, interview=interview()))
        for seq in range(1, 101):
            turn = asked(seq, retrieved=considered) if seq % 2 else said(seq)
            await store.append("s" * 32, replace(turn, content="a" * 800, at=NOW))

    asyncio.run(hold())
    engine.dispose()
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) - empty < 200_000


def test_foreign_keys_hold(engine: Engine) -> None:
    """A turn without a session cannot be put in by anybody."""
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(text("INSERT INTO turns VALUES ('none', 1, 'user', null, '{}')"))
