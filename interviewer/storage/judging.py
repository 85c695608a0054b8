"""Keeps what coaches rated and saw, and what assessments came to; asked for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewer.people.accounts import Account
from interviewer.people.ratings import Rating
from interviewer.people.remarks import Remark
from interviewer.storage import ratings, remarks, shown
from interviewer.storage.shown import ShownInterview
from interviewer.storage.transactions import Transacting


class SqlJudging(Transacting):
    """Keeps looks, ratings, score sheets and leaves in a database; each method is a transaction.

    What is shown is decided anew at every call: what a candidate takes back is in no answer. All
    methods raise SetupError when the database fails.
    """

    async def has_looked(self, session_id: str, coach: Account) -> bool:
        """Return whether a coach had levels of an interview before them."""
        return await self._read(ratings.has_looked, session_id, coach.id)

    async def look(self, coach: Account, ids: Sequence[str]) -> None:
        """Keep that a coach has levels of interviews before them, of those that are shown."""
        if ids:
            await self._write(ratings.look, coach.id, ids, now=self._clock())

    async def rate(self, session_id: str, coach: Account, given: Sequence[Rating]) -> bool:
        """Keep what a coach rated; return whether they had seen no level before.

        Raises:
            InputError: There is no such interview.
        """
        return await self._write(ratings.rate, session_id, coach.id, given, now=self._clock())

    async def ratings(self, session_id: str) -> tuple[Rating, ...]:
        """Return all ratings of an interview, for its candidate."""
        return await self._read(ratings.ratings_of, session_id)

    async def ratings_seen(self, session_id: str, coach: Account) -> tuple[Rating, ...]:
        """Return a coach's ratings of an interview, and others' once there are some."""
        return await self._read(ratings.ratings_seen_by, session_id, coach.id)

    async def ratings_for(self, coach: Account) -> tuple[Rating, ...]:
        """Return a coach's ratings and those to hold beside them, of what is shown now."""
        return await self._read(ratings.ratings_for, coach.id)

    async def given_on(
        self, coach: Account, ids: Sequence[str]
    ) -> tuple[tuple[Rating, ...], tuple[tuple[str, Remark], ...]]:
        """Return what a coach rated and said of some interviews."""
        return (
            await self._read(ratings.ratings_among, coach.id, ids),
            await self._read(remarks.said_among, coach.id, ids),
        )

    async def shown(
        self, coach: Account, rules: str, *, candidate: int | None = None
    ) -> tuple[ShownInterview, ...]:
        """Return what a coach's candidates show, or one of them, newest first."""
        return await self._read(shown.select_shown, coach.id, rules, candidate=candidate)

    async def sheets(self, ids: Sequence[str], rules: str) -> Mapping[str, str]:
        """Return kept score sheets made by these rules, as they were put in, by interview."""
        return await self._read(shown.select_sheets, ids, rules) if ids else {}

    async def put_sheet(
        self, session_id: str, turns: int, rules: str, *, finished: bool, body: str
    ) -> None:
        """Keep a score sheet in place of an older one.

        Raises:
            InputError: There is no such interview.
        """
        await self._write(shown.put_sheet, session_id, turns, rules, finished=finished, body=body)

    async def said(self, places: Mapping[str, Sequence[int]]) -> Mapping[tuple[str, int], str]:
        """Return what was said in some turns, by interview and number."""
        return await self._read(shown.select_said, dict(places))

    async def release(self, candidate: Account, coach: int, *, on: bool) -> None:
        """Let a coach take away as files what a candidate shows them, or no longer.

        Raises:
            NotThereError: It is none of the candidate's coaches.
        """
        await self._write(shown.release, coach, candidate.id, on=on, now=self._clock())

    async def released_to(self, coach: Account) -> frozenset[int]:
        """Return the candidates who let a coach take files away, by number."""
        return await self._read(shown.released_to, coach.id)

    async def releasing(self, candidate: Account) -> frozenset[int]:
        """Return the coaches whom a candidate lets take files away, by number."""
        return await self._read(shown.releasing, candidate.id)
