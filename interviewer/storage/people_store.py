"""Keeps accounts, who coaches whom, what is shown, asked for and said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, select

from interviewer.errors import InputError
from interviewer.people.access import Shown
from interviewer.people.accounts import Account, Role, check_password, checked_name, checked_role
from interviewer.people.assignments import Standing, Task
from interviewer.people.remarks import Remark
from interviewer.storage import accounts, assignments, coaching, logins, remarks
from interviewer.storage.account_records import account_record
from interviewer.storage.coaching import Known
from interviewer.storage.helping import put_away, put_away_all
from interviewer.storage.helping_store import HelpKeeping
from interviewer.storage.passwords import fits, hashed, is_outdated
from interviewer.storage.people_tables import shares
from interviewer.storage.summaries import SessionSummary, select_summaries
from interviewer.storage.transactions import utc_now

_REFUSED = "Name and password do not belong together, or the account is closed."
# One hash takes 64 MB for a moment.
_HASHES_AT_ONCE = 2


class SqlPeople(HelpKeeping):
    """Keeps people in a database; every method is one transaction, or says so.

    All of them raise SetupError when the database fails.
    """

    def __init__(self, engine: Engine, *, clock: Callable[[], str] = utc_now) -> None:
        """Keep people in this database.

        Args:
            engine: From `open_engine`, the one that interviews are kept in.
            clock: Returns the present ISO time in UTC.
        """
        super().__init__(engine, clock=clock)
        self._hashing = asyncio.Semaphore(_HASHES_AT_ONCE)

    async def add(self, name: str, role: str, password: str) -> Account:
        """Make an account.

        Raises:
            InputError: Name, role or password will not do, or the name is taken.
        """
        name, given = checked_name(name), checked_role(role)
        kept = await self._hashed(password, name)
        return await self._write(
            accounts.add_account, name=name, role=given, password=kept, now=self._clock()
        )

    async def set_password(self, name: str, password: str) -> None:
        """Give an account another password; every browser has to sign in again.

        Raises:
            InputError: There is no such account, or the password will not do.
        """
        account = await self.account(name)
        kept = await self._hashed(password, account.name)
        await self._write(accounts.put_password, account.id, kept, ends=True)

    async def change_password(self, account: Account, old: str, new: str, address: str) -> str:
        """Change one's own password; return the token of this browser, the others are out.

        Raises:
            InputError: The old one is wrong, tried too often, or the new one will not do.
        """
        await self.sign_in(account.name, old, address)
        await self.set_password(account.name, new)
        return await self.sign_in(account.name, new, address)

    async def disable(self, name: str, *, disabled: bool = True) -> None:
        """Keep an account out and end its logins at once, or let it in again.

        Raises:
            InputError: There is no such account.
        """
        account = await self.account(name)
        when = self._clock() if disabled else None
        await self._write(accounts.put_disabled, account.id, when)

    async def account(self, name: str) -> Account:
        """Return an account by its name.

        Raises:
            InputError: There is none.
        """
        return await self._read(accounts.find_account, name)

    async def accounts(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        return await self._read(accounts.select_accounts)

    async def record(self, name: str) -> dict[str, object] | None:
        """Return what is kept of a person beside interviews, None for one of whom nothing is.

        Names, roles, days, what is shown, asked and edited; no password and no token in any form.
        """
        return await self._read(account_record, name)

    async def sign_in(self, name: str, password: str, address: str) -> str:
        """Return the token of a browser whose user gave name and password.

        Args:
            name: Of the account.
            password: What was typed.
            address: Where the request comes from.

        Raises:
            InputError: They do not belong together, the account is closed, or there were too
                many attempts.
        """
        await self._write(logins.begin_attempt, name, address, now=self._clock())
        kept = await self._read(accounts.kept_password, name)
        async with self._hashing:
            known = await asyncio.to_thread(fits, password, kept[1] if kept else None)
        if kept is None or not known:
            raise InputError(_REFUSED)
        again = await asyncio.to_thread(hashed, password) if is_outdated(kept[1]) else None
        return await self._write(_let_in, name, kept, again, now=self._clock())

    async def let_in(self, account: Account) -> str:
        """Return the token of a browser whose user made this account a moment ago."""
        return await self._write(logins.add_login, account.id, account.name, now=self._clock())

    async def signed_in(self, token: str) -> Account | None:
        """Return whose a browser's token is, None when it opens nothing."""
        return await self._read(logins.signed_in, token, now=self._clock())

    async def sign_out(self, token: str) -> None:
        """Forget a browser's token."""
        await self._write(logins.end_login, token)

    async def invite(self, coach: Account) -> str:
        """Return the token of an invitation, which is kept as a digest only."""
        return await self._write(coaching.add_invitation, coach, now=self._clock())

    async def inviting(self, token: str) -> Account:
        """Return the coach behind an invitation that can be used.

        Raises:
            NotThereError: It cannot.
        """
        return await self._read(coaching.inviting, token, now=self._clock())

    async def accept(self, token: str, candidate: Account) -> Account:
        """Use an invitation up and accept its coach; return them.

        Raises:
            NotThereError: It cannot be used.
        """
        return await self._write(coaching.accept, token, candidate, now=self._clock())

    async def join(self, token: str, name: str, password: str) -> Account:
        """Make the account of an invited candidate, who accepts the coach with it.

        Raises:
            NotThereError: The invitation cannot be used; then there is no account either.
            InputError: Name or password will not do, or the name is taken.
        """
        await self.inviting(token)
        name = checked_name(name)
        kept = await self._hashed(password, name)
        return await self._write(_joined, token, name, kept, now=self._clock())

    async def leave(self, *, coach: int, candidate: int) -> None:
        """End that a coach coaches a candidate; nothing is shown any more."""
        await self._write(_left, coach, candidate)

    async def coaches_of(self, candidate: Account) -> tuple[Known, ...]:
        """Return the coaches a candidate accepted, by name."""
        return await self._read(coaching.coaches_of, candidate.id)

    async def candidates_of(self, coach: Account) -> tuple[Known, ...]:
        """Return the candidates who accepted a coach, by name."""
        return await self._read(coaching.candidates_of, coach.id)

    async def candidate_of(self, coach: Account, candidate: int) -> Account:
        """Return a candidate who accepted a coach.

        Raises:
            NotThereError: They did not, or there is none.
        """
        return await self._read(coaching.candidate_of, coach.id, candidate)

    async def share(self, candidate: Account, session_id: str, coach: int, shown: Shown) -> None:
        """Show so much of a candidate's own interview to a coach; from now on, not less or more.

        Raises:
            NotThereError: Interview or coach is not theirs.
        """
        await self._write(_shared, candidate, session_id, coach, shown)

    async def shares(self, candidate: Account) -> dict[tuple[str, int], Shown]:
        """Return what a candidate shows, by interview and number of the coach."""
        return await self._read(coaching.select_shares, candidate.id)

    async def shown_to(self, coach: Account, candidate: Account) -> tuple[SessionSummary, ...]:
        """Return the interviews of a candidate that are shown to a coach, newest first."""
        among = select(shares.c.session).where(shares.c.coach == coach.id)
        return await self._read(
            select_summaries, owner=candidate.name, visitor=candidate.key, among=among
        )

    async def assign(self, coach: Account, task: Task, candidates: Sequence[int]) -> str:
        """Ask something of candidates who accepted a coach; return its id.

        Raises:
            InputError: Nobody was chosen, one did not accept, or the task cannot be kept.
        """
        return await self._write(assignments.assign, coach, task, candidates, now=self._clock())

    async def withdraw(self, coach: Account, assignment: str) -> None:
        """Take an assignment back.

        Raises:
            NotThereError: It is not one of the coach's.
        """
        await self._write(assignments.withdraw, coach.id, assignment)

    async def asked_by(self, coach: Account) -> tuple[Standing, ...]:
        """Return how far everybody is with what a coach asked for."""
        return await self._read(assignments.standings_of_coach, coach.id)

    async def asked_of(self, candidate: Account) -> tuple[Standing, ...]:
        """Return what is asked of a candidate."""
        return await self._read(assignments.standings_of_candidate, candidate.id)

    async def standing(self, candidate: Account, assignment: str) -> Standing:
        """Return how far a candidate is with one assignment.

        Raises:
            NotThereError: It is not one of theirs.
        """
        return await self._read(assignments.standing, candidate.id, assignment)

    async def add_take(self, candidate: Account, assignment: str, session_id: str) -> None:
        """Keep that an interview was begun for an assignment.

        Raises:
            NotThereError: One of them is not theirs.
            ConversationError: It has been taken as often as was asked.
        """
        await self._write(assignments.add_take, candidate, assignment, session_id)

    async def remark(self, session_id: str, author: Account, remark: Remark) -> None:
        """Keep what a coach says of an interview.

        Raises:
            InputError: There is no such interview.
            ConversationError: Enough was said.
        """
        await self._write(remarks.add_remark, session_id, author.id, remark, now=self._clock())

    async def take_out_remark(self, session_id: str, author: Account, number: int) -> None:
        """Delete a remark of the author's own.

        Raises:
            NotThereError: There is none.
        """
        await self._write(remarks.take_out_remark, session_id, author.id, number)

    async def remarks(self, session_id: str, author: Account | None = None) -> tuple[Remark, ...]:
        """Return what coaches said of an interview, or one of them."""
        number = author.id if author else None
        return await self._read(remarks.select_remarks, session_id, author=number)

    async def _hashed(self, password: str, name: str) -> str:
        check_password(password, name)
        async with self._hashing:
            return await asyncio.to_thread(hashed, password)


def _joined(connection: Connection, token: str, name: str, password: str, *, now: str) -> Account:
    role: Role = "candidate"
    account = accounts.add_account(connection, name=name, role=role, password=password, now=now)
    coaching.accept(connection, token, account, now=now)
    return account


def _shared(
    connection: Connection, candidate: Account, session_id: str, coach: int, shown: Shown
) -> None:
    coaching.share(connection, candidate, session_id, coach, shown)
    if shown != "help":
        put_away(connection, session_id, coach)


def _left(connection: Connection, coach: int, candidate: int) -> None:
    coaching.leave(connection, coach, candidate)
    put_away_all(connection, candidate, coach)


def _let_in(
    connection: Connection, name: str, kept: tuple[int, str], again: str | None, *, now: str
) -> str:
    """Return a browser's token where the password that was looked at is still the account's.

    Raises:
        InputError: It was changed, or the account closed, meanwhile.
    """
    if accounts.kept_password(connection, name) != kept:
        raise InputError(_REFUSED)
    if again is not None:
        accounts.put_password(connection, kept[0], again, ends=False)
    return logins.add_login(connection, kept[0], name, now=now)
