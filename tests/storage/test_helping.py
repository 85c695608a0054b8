"""What coaches whisper and put in while an interview goes on, as it is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from interviewer.errors import ConversationError, NotThereError
from interviewer.people.helping import MOST_HELPS, MOST_WAITING, Help, put_in_by
from interviewer.storage import helping, passwords
from interviewer.transcript import MoveRecord, Turn
from tests.storage.test_people import House, now

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HINT, QUESTION = Help("", "hint", "Say what came of it."), Help("", "question", "Why that one?")


@pytest.fixture
def house(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a house where Cleo coaches Ann, who lets her help in one interview of two."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    made = House(engine)
    made.coached(made.cleo, made.ann)
    made.coached(made.dov, made.ben)
    for name in ("one", "two"):
        made.interview(made.ann, name)
    now(made.people.share(made.ann, "one", made.cleo.id, "help"))
    return made


def said(house: House, *roles: str) -> None:
    """Let turns be said in the first interview."""
    begun = len(now(house.store.load("one")).turns)
    for seq, role in enumerate(roles, start=begun + 1):
        now(house.store.append("one", Turn(seq, role, f"{seq}", round="hr")))


def test_a_hint_is_its_candidates_alone_and_for_one_answer(house: House) -> None:
    """The page of its candidate gets it, nobody else's; the next answer ends it."""
    said(house, "assistant")
    now(house.people.add_help("one", house.cleo, HINT))
    for stranger in (house.ben, house.cleo, house.dov):
        with pytest.raises(NotThereError):
            now(house.people.beside("one", stranger))
    assert now(house.people.seen_hints("one")) == ()
    found = now(house.people.beside("one", house.ann))
    assert [(hint.text, hint.by) for hint in found.hints] == [("Say what came of it.", "Cleo")]
    assert [hint.text for hint in now(house.people.seen_hints("one"))] == [HINT.text]
    said(house, "user")
    assert now(house.people.beside("one", house.ann)).hints == ()
    assert now(house.people.seen_hints("one")) == ()
    now(house.people.add_help("one", house.cleo, replace(HINT, text="Now the figure.")))
    said(house, "assistant")
    assert [h.text for h in now(house.people.beside("one", house.ann)).hints] == [
        "Now the figure."
    ]


def test_only_whom_the_candidate_lets_help_may(house: House) -> None:
    """Not in another interview, not another coach, not the candidate, not with less shown."""
    for session, coach in (("two", house.cleo), ("one", house.dov), ("one", house.ann)):
        for entry in (HINT, QUESTION):
            with pytest.raises(NotThereError):
                now(house.people.add_help(session, coach, entry))
    for shown in ("report", "transcript", "nothing"):
        now(house.people.share(house.ann, "one", house.cleo.id, shown))  # type: ignore[arg-type]  # one of the choices
        with pytest.raises(NotThereError):
            now(house.people.add_help("one", house.cleo, QUESTION))
    with pytest.raises(NotThereError):
        now(house.people.add_help("nowhere", house.cleo, QUESTION))


def test_taking_back_ends_everything_at_once(house: House) -> None:
    """Questions that wait are asked no more and hints are gone, also when it is allowed again."""
    said(house, "assistant")
    for entry in (HINT, QUESTION):
        now(house.people.add_help("one", house.cleo, entry))
    now(house.people.live("one", house.cleo))
    assert [q.text for q in now(house.people.questions_for("one"))] == [QUESTION.text]
    now(house.people.share(house.ann, "one", house.cleo.id, "transcript"))
    assert now(house.people.questions_for("one")) == ()
    found = now(house.people.beside("one", house.ann))
    assert found.hints == ()
    assert [(c.name, c.helps, c.present) for c in found.companions] == [("Cleo", False, False)]
    now(house.people.share(house.ann, "one", house.cleo.id, "help"))
    assert now(house.people.questions_for("one")) == ()
    now(house.people.add_help("one", house.cleo, QUESTION))
    now(house.people.disable("Cleo"))
    assert now(house.people.questions_for("one")) == ()
    now(house.people.disable("Cleo", disabled=False))
    assert len(now(house.people.questions_for("one"))) == 1
    now(house.people.leave(coach=house.cleo.id, candidate=house.ann.id))
    with pytest.raises(NotThereError):
        now(house.people.live("one", house.cleo))


def test_a_hint_that_was_seen_stays_for_the_answer_it_helped(house: House) -> None:
    """Neither its coach nor whoever it helped takes it out of the record before the answer."""
    said(house, "assistant")
    now(house.people.add_help("one", house.cleo, HINT))
    (seen,) = now(house.people.beside("one", house.ann)).hints
    with pytest.raises(NotThereError):
        now(house.people.take_back("one", house.cleo, seen.id))
    now(house.people.share(house.ann, "one", house.cleo.id, "nothing"))
    assert [hint.text for hint in now(house.people.seen_hints("one"))] == [HINT.text]


def test_who_looks_on_is_told_as_long_as_their_page_asks(house: House) -> None:
    """A page that asks no more is closed; who may look on and does not is told apart."""

    def present() -> list[bool]:
        return [c.present for c in now(house.people.beside("one", house.ann)).companions]

    assert present() == [False]
    assert now(house.people.live("one", house.cleo)).turns == 0
    assert present() == [True]
    house.at = "2026-11-27T10:00:14Z"
    assert present() == [True]
    house.at = "2026-11-27T10:00:16Z"
    assert present() == [False]
    said(house, "assistant")
    assert now(house.people.live("one", house.cleo)).turns == 1
    assert present() == [True]
    assert now(house.people.beside("two", house.ann)).companions == ()
    with pytest.raises(NotThereError):
        now(house.people.live("two", house.cleo))


def test_so_many_questions_wait_and_no_more(house: House) -> None:
    """One that was asked makes room, and so does one that is taken back."""
    for _ in range(MOST_WAITING):
        now(house.people.add_help("one", house.cleo, QUESTION))
    with pytest.raises(ConversationError, match="wait to be asked"):
        now(house.people.add_help("one", house.cleo, QUESTION))
    first, second, _third = now(house.people.questions_for("one"))
    move = MoveRecord("ask", "hr.coach.1", by="coach", extra={"put_in": {"id": first.id}})
    asked = Turn(1, "assistant", "Why that one?", round="hr", move=move)
    assert put_in_by(asked) == first.id
    now(house.store.append("one", asked))
    now(house.people.add_help("one", house.cleo, QUESTION))
    with pytest.raises(ConversationError):
        now(house.people.add_help("one", house.cleo, QUESTION))
    with pytest.raises(NotThereError):
        now(house.people.take_back("one", house.dov, second.id))
    now(house.people.take_back("one", house.cleo, second.id))
    with pytest.raises(NotThereError):
        now(house.people.take_back("one", house.cleo, second.id))
    now(house.people.add_help("one", house.cleo, QUESTION))


def test_there_is_an_end_to_hints(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody fills a candidate's interview with them."""
    assert MOST_HELPS == 100
    monkeypatch.setattr(helping, "MOST_HELPS", 2)
    for _ in range(2):
        now(house.people.add_help("one", house.cleo, HINT))
    with pytest.raises(ConversationError, match="Enough was put into this interview"):
        now(house.people.add_help("one", house.cleo, HINT))


def test_what_was_put_in_is_told_and_forgotten_with_whom_it_is_of(house: House) -> None:
    """It stands in what is exported of either, and goes with the interview or with the coach."""
    said(house, "assistant")
    now(house.people.add_help("one", house.cleo, HINT))
    now(house.people.live("one", house.cleo))
    one = next(held for held in now(house.store.everything("Ann")) if held.id == "one")
    (kept,) = one.extra["helps"]  # type: ignore[misc]  # a list of one
    assert (kept["text"], kept["by"]) == (HINT.text, "Cleo")
    record = now(house.people.record("Cleo"))
    assert record is not None
    assert [entry["text"] for entry in record["helps"]] == [HINT.text]  # type: ignore[attr-defined]  # a list
    assert now(house.store.forget("Cleo")).remarks == 1
    assert now(house.people.beside("one", house.ann)).hints == ()
    house.cleo = now(house.people.add("Cleo", "coach", "four words in a row"))
    house.coached(house.cleo, house.ann)
    now(house.people.share(house.ann, "one", house.cleo.id, "help"))
    now(house.people.add_help("one", house.cleo, HINT))
    assert now(house.store.forget("one", what="session")).remarks == 1
    assert HINT.text not in house.everything()
