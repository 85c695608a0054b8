"""Processes that write, wait, die and come back in any order on one database."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, text

from interviewer.errors import StaleTurnError
from interviewer.interview.leasing import Lease
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript, Turn

processes = st.integers(0, 2)


class Processes(RuleBasedStateMachine):
    """Three processes carry one interview on; a list and a name say what must be so.

    Attributes:
        accepted: Every turn that was acknowledged, in order.
        holder: The place of the process that holds the lease, -1 for one that died, None where
            nobody does.
        running: Whether that lease has not run out.
    """

    def __init__(self, engines: tuple[Engine, ...]) -> None:
        """Begin an interview that none of them has looked at."""
        super().__init__()
        self.session = uuid4().hex
        self.engine = engines[0]
        self.stores = [SqlSessionStore(engine) for engine in engines]
        self.leases = [Lease(seconds=600) for _ in engines]
        self.seen = [1, 1, 1]
        self.accepted: list[Turn] = []
        self.holder: int | None = None
        self.running = False
        asyncio.run(self.stores[0].create(Transcript(id=self.session)))

    @rule(who=processes)
    def looks(self, who: int) -> None:
        """A process loads the interview."""
        self.seen[who] = asyncio.run(self.stores[who].load(self.session)).next_seq

    @rule(who=processes)
    def answers(self, who: int) -> None:
        """It keeps an answer to what it saw: taken when nobody was quicker."""
        self._appends(who, "user", None)

    @rule(who=processes)
    def claims(self, who: int) -> None:
        """It claims the lease: granted when it is free or its own."""
        granted = asyncio.run(self.stores[who].claim(self.session, self.leases[who]))
        assert granted == (self.holder in {None, who} or not self.running)
        if granted:
            self.holder, self.running = who, True

    @rule(who=processes)
    def speaks(self, who: int) -> None:
        """It keeps an examiner's turn: taken under its lease, which ends with it."""
        if self._appends(who, "assistant", self.leases[who]):
            self.holder = None

    @rule(who=processes)
    def gives_up(self, who: int) -> None:
        """It gives its lease up, or tries to give up another's."""
        asyncio.run(self.stores[who].give_up(self.session, self.leases[who]))
        self.holder = None if self.holder == who else self.holder

    @rule(who=processes)
    def dies(self, who: int) -> None:
        """It is killed and started anew: it knows nothing, and its lease goes on without it."""
        self.leases[who], self.seen[who] = Lease(seconds=600), 1
        self.holder = -1 if self.holder == who else self.holder

    @rule()
    def time_passes(self) -> None:
        """Leases run out; who holds one may speak until another claims it."""
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE leases SET until = until - 601"))
        self.running = False

    @rule(who=processes)
    def renews(self, who: int) -> None:
        """It renews its lease, or tries to renew another's."""
        asyncio.run(self.stores[who].renew(self.session, self.leases[who]))
        self.running = self.running or self.holder == who

    def _appends(self, who: int, role: str, lease: Lease | None) -> bool:
        turn = Turn(seq=self.seen[who], role=role, content=f"{role} of {who}, {uuid4().hex}")
        wanted = self.seen[who] == len(self.accepted) + 1
        wanted = wanted and (lease is None or self.holder == who)
        try:
            asyncio.run(self.stores[who].append(self.session, turn, lease=lease))
        except StaleTurnError:
            assert not wanted
            return False
        assert wanted
        self.accepted.append(turn)
        self.seen[who] += 1
        return True

    @invariant()
    def all_that_was_acknowledged_is_there_once(self) -> None:
        """Whoever looks finds every accepted turn in its place, and nothing else."""
        kept = asyncio.run(self.stores[-1].load(self.session)).turns
        assert list(kept) == self.accepted


def test_whatever_processes_do_nothing_is_lost_or_doubled(
    database: str | Path, engine: Engine
) -> None:
    """In any order of answers, claims, replies, deaths and time, the record is what was told."""
    engines = (engine, *(open_engine(database) for _ in range(2)))
    try:
        run_state_machine_as_test(
            lambda: Processes(engines),
            settings=settings(max_examples=25, stateful_step_count=25, deadline=None),
        )
    finally:
        for other in engines[1:]:
            other.dispose()
