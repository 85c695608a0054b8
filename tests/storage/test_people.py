"""Accounts and what coaches and candidates agree on, as they are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from interviewer.errors import ConversationError, InputError, NotThereError
from interviewer.people.accounts import Account
from interviewer.people.assignments import Task
from interviewer.people.remarks import Remark
from interviewer.storage import SqlPeople, SqlSessionStore, TooManyAttempts, passwords
from interviewer.storage.logins import MOST_OF_ACCOUNT, MOST_OF_ADDRESS
from interviewer.storage.people_tables import accounts
from interviewer.storage.tables import metadata
from interviewer.transcript import Interview, MoveRecord, Transcript, Turn

T = TypeVar("T")
PASSWORD = "four words in a row"
TASK = Task("brightwell", "data-engineer", "en", "company", "usual", takes=2, due="2026-12-24")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def now(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


class House:
    """A database, a clock that can be set, two candidates and two coaches."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.at = engine, "2026-11-27T10:00:00Z"
        self.store = SqlSessionStore(engine, clock=lambda: self.at)
        self.people = SqlPeople(engine, clock=lambda: self.at)
        self.ann, self.ben = (
            now(self.people.add(n, "candidate", PASSWORD)) for n in ("Ann", "Ben")
        )
        self.cleo, self.dov = (now(self.people.add(n, "coach", PASSWORD)) for n in ("Cleo", "Dov"))

    def coached(self, coach: Account, candidate: Account) -> None:
        """Let a candidate accept a coach."""
        now(self.people.accept(now(self.people.invite(coach)), candidate))

    def interview(self, whose: Account, name: str, *, over: bool = False) -> str:
        """Keep an interview of somebody's."""
        plan = {"rounds": [{"id": "hr"}]}
        end = Turn(1, "assistant", "Bye.", "hr", round="hr", move=MoveRecord("close"))
        made = Transcript(name, Interview(created=self.at, plan=plan), (end,) if over else ())
        now(self.store.create(made, visitor=whose.key))
        return name

    def everything(self) -> str:
        """Return all that the tables hold."""
        with self.engine.begin() as connection:
            found = [connection.execute(select(t)).all() for t in metadata.sorted_tables]
        return str(found)


@pytest.fixture
def house(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a house whose passwords are hashed quickly."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    return House(engine)


def test_a_password_opens_its_account_alone(house: House) -> None:
    """Name and password belong together; capitals do not matter, a name without account does."""
    token = now(house.people.sign_in("ann", PASSWORD, "1.2.3.4"))
    assert now(house.people.signed_in(token)) == house.ann
    for name, password in (("Ann", "another password"), ("Nobody", PASSWORD)):
        with pytest.raises(InputError, match="do not belong together"):
            now(house.people.sign_in(name, password, "1.2.3.4"))
    assert now(house.people.signed_in("forged")) is None


def test_neither_password_nor_token_lies_in_the_file(house: House) -> None:
    """The database alone lets nobody in."""
    token = now(house.people.sign_in("ann", PASSWORD, "1.2.3.4"))
    invitation = now(house.people.invite(house.cleo))
    written = house.everything()
    for secret in (PASSWORD, token, invitation, "1.2.3.4"):
        assert secret not in written
    assert "$argon2id$" in written


def test_a_login_ends_by_itself_and_when_it_is_ended(house: House) -> None:
    """Time, signing out, another password and being kept out all end it, at once."""
    people = house.people

    def token() -> str:
        return now(people.sign_in("Ann", PASSWORD, "1.2.3.4"))

    one, two = token(), token()
    now(people.sign_out(one))
    assert now(people.signed_in(one)) is None
    assert now(people.signed_in(two)) == house.ann
    now(people.set_password("ann", PASSWORD))
    assert now(people.signed_in(two)) is None
    three = token()
    now(people.disable("ann"))
    assert now(people.signed_in(three)) is None
    with pytest.raises(InputError, match="closed"):
        token()
    now(people.disable("ann", disabled=False))
    four = token()
    house.at = "2026-12-05T10:00:00Z"
    assert now(people.signed_in(four)) is None


def test_changing_ones_own_password_needs_the_old_one(house: House) -> None:
    """Whoever finds a browser open cannot take the account."""
    people = house.people
    with pytest.raises(InputError, match="do not belong"):
        now(people.change_password(house.ann, "not the old one", "five other words here", "x"))
    token = now(people.change_password(house.ann, PASSWORD, "five other words here", "x"))
    assert now(people.signed_in(token)) == house.ann
    assert now(people.sign_in("Ann", "five other words here", "x"))


def test_guessing_is_stopped_by_name_and_by_address(house: House) -> None:
    """After a few failures even the right password waits a quarter of an hour."""
    people = house.people
    for _ in range(MOST_OF_ACCOUNT):
        with pytest.raises(InputError):
            now(people.sign_in("Ann", "wrong wrong wrong", "1.1.1.1"))
    with pytest.raises(TooManyAttempts):
        now(people.sign_in("ANN", PASSWORD, "2.2.2.2"))
    assert now(people.sign_in("Ben", PASSWORD, "2.2.2.2"))
    for number in range(MOST_OF_ADDRESS):
        with pytest.raises(InputError):
            now(people.sign_in(f"guess {number}", "wrong wrong wrong", "3.3.3.3"))
    with pytest.raises(TooManyAttempts):
        now(people.sign_in("Cleo", PASSWORD, "3.3.3.3"))
    house.at = "2026-11-27T10:16:00Z"
    assert now(people.sign_in("Ann", PASSWORD, "3.3.3.3"))


def test_an_old_hash_is_made_anew_when_its_password_is_known(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was hashed with less is hashed with more, and still opens the account."""
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", stronger)
    token = now(house.people.sign_in("Ann", PASSWORD, "x"))
    assert now(house.people.signed_in(token)) == house.ann
    with house.engine.begin() as connection:
        kept = connection.scalar(select(accounts.c.password).where(accounts.c.folded == "ann"))
    assert kept is not None
    assert not stronger.check_needs_rehash(kept)


def test_names_are_taken_once(house: House) -> None:
    """A second account that reads the same is refused, and leaves nothing behind."""
    with pytest.raises(InputError, match="already"):
        now(house.people.add("ANN", "candidate", PASSWORD))
    assert [a.name for a in now(house.people.accounts())] == ["Ann", "Ben", "Cleo", "Dov"]
    with pytest.raises(InputError, match="user list"):
        now(house.people.account("Zoe"))


def test_an_invitation_is_used_once_and_in_time(house: House) -> None:
    """It joins one candidate to its coach; a used, old, own or forged one is not there."""
    people = house.people
    token = now(people.invite(house.cleo))
    assert now(people.inviting(token)).name == "Cleo"
    with pytest.raises(NotThereError):
        now(people.accept(token, house.cleo))
    assert now(people.accept(token, house.ann)).name == "Cleo"
    for used in (token, "forged"):
        with pytest.raises(NotThereError):
            now(people.accept(used, house.ben))
    again = now(people.invite(house.cleo))
    now(people.accept(again, house.ann))
    assert [known.name for known in now(people.candidates_of(house.cleo))] == ["Ann"]
    old = now(people.invite(house.cleo))
    house.at = "2026-12-05T10:00:00Z"
    with pytest.raises(NotThereError):
        now(people.inviting(old))


def test_whoever_is_invited_makes_an_account_with_it(house: House) -> None:
    """A name that is taken leaves the invitation as it was; one that is used makes no account."""
    token = now(house.people.invite(house.cleo))
    with pytest.raises(InputError, match="already"):
        now(house.people.join(token, "Ben", PASSWORD))
    zoe = now(house.people.join(token, "Zoë", PASSWORD))
    assert zoe.role == "candidate"
    assert [known.name for known in now(house.people.coaches_of(zoe))] == ["Cleo"]
    with pytest.raises(NotThereError):
        now(house.people.join(token, "Yan", PASSWORD))


def test_what_is_shown_can_be_taken_back_at_once(house: House) -> None:
    """Nothing at first; then what was chosen, to that coach alone; then nothing again."""
    house.coached(house.cleo, house.ann)
    name, people = house.interview(house.ann, "a1"), house.people

    def shown(coach: Account) -> str:
        return now(house.store.held(name, coach.key)).shown

    assert shown(house.cleo) == "nothing"
    now(people.share(house.ann, name, house.cleo.id, "transcript"))
    assert (shown(house.cleo), shown(house.dov)) == ("transcript", "nothing")
    now(people.share(house.ann, name, house.cleo.id, "report"))
    assert shown(house.cleo) == "report"
    assert [s.id for s in now(people.shown_to(house.cleo, house.ann))] == [name]
    assert now(people.shares(house.ann)) == {(name, house.cleo.id): "report"}
    assert now(people.coaches_of(house.ann))[0].shown == 1
    now(people.disable("Cleo"))
    assert shown(house.cleo) == "nothing"
    now(people.disable("Cleo", disabled=False))
    now(people.share(house.ann, name, house.cleo.id, "nothing"))
    assert shown(house.cleo) == "nothing"
    assert now(people.shown_to(house.cleo, house.ann)) == ()


def test_only_ones_own_can_be_shown_and_only_to_ones_own_coach(house: House) -> None:
    """Neither another's interview nor a coach one did not accept."""
    house.coached(house.cleo, house.ann)
    mine, theirs = house.interview(house.ann, "a1"), house.interview(house.ben, "b1")
    for session, coach in ((theirs, house.cleo), (mine, house.dov), ("none", house.cleo)):
        with pytest.raises(NotThereError):
            now(house.people.share(house.ann, session, coach.id, "report"))
    with pytest.raises(NotThereError):
        now(house.people.candidate_of(house.cleo, house.ben.id))
    assert now(house.people.candidate_of(house.cleo, house.ann.id)) == house.ann


def test_ending_it_hides_everything(house: House) -> None:
    """A coach who was left sees nothing any more, and accepting again shows nothing by itself."""
    house.coached(house.cleo, house.ann)
    name = house.interview(house.ann, "a1")
    now(house.people.share(house.ann, name, house.cleo.id, "report"))
    now(house.people.assign(house.cleo, TASK, [house.ann.id]))
    now(house.people.leave(coach=house.cleo.id, candidate=house.ann.id))
    assert now(house.store.held(name, house.cleo.key)).shown == "nothing"
    assert now(house.people.candidates_of(house.cleo)) == ()
    assert now(house.people.asked_of(house.ann)) == ()
    house.coached(house.cleo, house.ann)
    assert now(house.store.held(name, house.cleo.key)).shown == "nothing"


def test_candidates_stand_in_the_order_of_the_alphabet(house: House) -> None:
    """Never by anything they did."""
    for candidate in (house.ben, house.ann):
        house.coached(house.cleo, candidate)
    assert [known.name for known in now(house.people.candidates_of(house.cleo))] == ["Ann", "Ben"]


def test_an_assignment_is_asked_of_ones_own_candidates(house: House) -> None:
    """It is on their list with how far they are; of nobody, or of others, it is refused."""
    house.coached(house.cleo, house.ann)
    people = house.people
    for whom in ([], [house.ben.id], [house.ann.id, house.ben.id]):
        with pytest.raises(InputError):
            now(people.assign(house.cleo, TASK, whom))
    with pytest.raises(InputError, match="past"):
        now(people.assign(house.cleo, replace(TASK, due="2026-11-01"), [house.ann.id]))
    task = now(people.assign(house.cleo, TASK, [house.ann.id, house.ann.id]))
    (asked,) = now(people.asked_of(house.ann))
    assert (asked.assignment.task, asked.assignment.coach) == (TASK, "Cleo")
    assert (asked.begun, asked.finished, asked.going) == (0, 0, None)
    assert now(people.asked_by(house.cleo)) == (asked,)
    assert now(people.asked_by(house.dov)) == now(people.asked_of(house.ben)) == ()
    with pytest.raises(NotThereError):
        now(people.standing(house.ben, task))


def test_takes_are_counted(house: House) -> None:
    """Begun and finished, up to as many as were asked; another's interview is none."""
    house.coached(house.cleo, house.ann)
    people = house.people
    task = now(people.assign(house.cleo, TASK, [house.ann.id]))
    now(people.add_take(house.ann, task, house.interview(house.ann, "a1", over=True)))
    now(people.add_take(house.ann, task, house.interview(house.ann, "a2")))
    found = now(people.standing(house.ann, task))
    assert (found.begun, found.finished, found.going) == (2, 1, "a2")
    with pytest.raises(ConversationError, match="as often"):
        now(people.add_take(house.ann, task, house.interview(house.ann, "a3")))
    other = now(people.assign(house.cleo, TASK, [house.ann.id]))
    with pytest.raises(NotThereError):
        now(people.add_take(house.ann, other, house.interview(house.ben, "b1")))
    with pytest.raises(NotThereError):
        now(people.withdraw(house.dov, task))
    now(people.withdraw(house.cleo, task))
    assert len(now(people.asked_of(house.ann))) == 1


def test_what_coaches_say_is_kept_beside(house: House) -> None:
    """In their order, with who said it; only its author takes one out."""
    name = house.interview(house.ann, "a1")
    people = house.people
    now(people.remark(name, house.cleo, Remark("comment", "turn:1", "Slower.", quote="Bye")))
    now(people.remark(name, house.dov, Remark("level", "hr/x", "Why not.", level=4, machine=2.5)))
    one, two = now(people.remarks(name))
    assert (one.by, one.text, one.quote, one.number) == ("Cleo", "Slower.", "Bye", 1)
    assert (two.by, two.level, two.machine) == ("Dov", 4, 2.5)
    assert now(people.remarks(name, house.dov)) == (two,)
    with pytest.raises(NotThereError):
        now(people.take_out_remark(name, house.dov, 1))
    now(people.take_out_remark(name, house.cleo, 1))
    assert now(people.remarks(name)) == (two,)


def test_remarks_have_an_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One interview cannot be filled without bounds."""
    monkeypatch.setattr("interviewer.storage.remarks.MOST_REMARKS", 1)
    name = house.interview(house.ann, "a1")
    now(house.people.remark(name, house.cleo, Remark("comment", "interview", "One.")))
    with pytest.raises(ConversationError):
        now(house.people.remark(name, house.cleo, Remark("comment", "interview", "Two.")))


def test_a_person_is_forgotten_with_all_they_agreed_on(house: House) -> None:
    """Accounts, logins, what was shown, said and asked go, on either side."""
    house.coached(house.cleo, house.ann)
    house.coached(house.cleo, house.ben)
    people = house.people
    name, other = house.interview(house.ann, "a1"), house.interview(house.ben, "b1")
    now(people.share(house.ann, name, house.cleo.id, "report"))
    now(people.remark(name, house.cleo, Remark("comment", "interview", "canary of Cleo")))
    now(people.remark(other, house.cleo, Remark("comment", "interview", "canary of Cleo")))
    task = now(people.assign(house.cleo, TASK, [house.ann.id, house.ben.id]))
    now(people.add_take(house.ann, task, name))
    (transcript,) = now(house.store.everything("Ann"))
    assert "canary of Cleo" in str(transcript.extra["remarks"])
    told = now(people.record("ann"))
    assert told is not None
    assert told["coaches"] == [{"name": "Cleo", "since": house.at}]
    assert told["shown"] == [{"session": name, "to": "Cleo", "shown": "report"}]
    assert "brightwell" in str(told["asked_of_them"])
    assert "argon2" not in str(told)
    coach = now(people.record("Cleo"))
    assert coach is not None
    assert "canary of Cleo" in str(coach["remarks"])
    assert now(people.record("nobody")) is None
    gone = now(house.store.forget("Ann"))
    assert (gone.sessions, gone.accounts, gone.remarks, gone.people) == (1, 1, 1, 1)
    assert [s.candidate for s in now(people.asked_by(house.cleo))] == ["Ben"]
    gone = now(house.store.forget("Cleo"))
    assert (gone.accounts, gone.remarks, gone.assignments) == (1, 1, 1)
    assert now(people.coaches_of(house.ben)) == ()
    assert now(people.remarks(other)) == ()
    assert "canary" not in house.everything()
