"""Leases: one process at a time lets an examiner speak, and a dead one holds nobody up."""

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from interviewer.errors import InputError, StaleTurnError
from interviewer.interview.leasing import Lease
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript, Turn

LONG, OTHER = Lease("one", seconds=60), Lease("two", seconds=60)
SHORT = Lease("one", seconds=0.4)
TURN = Turn(seq=1, role="assistant", content="And?")


@pytest.fixture(autouse=True)
def session(store: SqlSessionStore) -> None:
    """Keep an interview without a turn."""
    asyncio.run(store.create(Transcript(id="s")))


def claimed(store: SqlSessionStore, lease: Lease) -> bool:
    """Claim the interview."""
    return asyncio.run(store.claim("s", lease))


def test_one_holds_it_until_it_is_given_up(store: SqlSessionStore) -> None:
    """The holder may claim it again, another may not; what another gives up changes nothing."""
    assert claimed(store, LONG)
    assert claimed(store, LONG)
    assert not claimed(store, OTHER)
    asyncio.run(store.give_up("s", OTHER))
    assert not claimed(store, OTHER)
    asyncio.run(store.give_up("s", LONG))
    assert claimed(store, OTHER)


def test_it_runs_out_unless_it_is_renewed(store: SqlSessionStore) -> None:
    """By the database's clock: a silent holder loses it, and cannot get it back by renewing."""
    assert claimed(store, SHORT)
    asyncio.run(store.renew("s", LONG))
    time.sleep(0.5)
    assert not claimed(store, OTHER)
    asyncio.run(store.renew("s", SHORT))
    time.sleep(0.5)
    assert claimed(store, OTHER)
    asyncio.run(store.renew("s", LONG))
    assert not claimed(store, LONG)


def test_a_lease_from_before_the_clock_was_set_back_is_void(
    store: SqlSessionStore, engine: Engine
) -> None:
    """Nobody waits for hours because a clock was corrected."""
    assert claimed(store, LONG)
    with engine.begin() as connection:
        connection.execute(text("UPDATE leases SET until = until + 3600"))
    assert claimed(store, OTHER)


def test_a_turn_ends_its_lease(store: SqlSessionStore) -> None:
    """With the turn the next process may go on; a turn that is refused leaves the lease."""
    assert claimed(store, LONG)
    with pytest.raises(StaleTurnError, match="goes on with turn 1"):
        asyncio.run(store.append("s", Turn(seq=2, role="assistant", content="?"), lease=LONG))
    assert not claimed(store, OTHER)
    asyncio.run(store.append("s", TURN, lease=LONG))
    assert claimed(store, OTHER)


@pytest.mark.parametrize("taken_over", [True, False])
def test_a_turn_without_its_lease_is_refused(store: SqlSessionStore, taken_over: bool) -> None:
    """Who was silent for too long has no say, whether or not the other has spoken by then."""
    if taken_over:
        assert claimed(store, OTHER)
    with pytest.raises(StaleTurnError, match=r"carried on by another process.*Load it again"):
        asyncio.run(store.append("s", TURN, lease=LONG))
    assert asyncio.run(store.load("s")).turns == ()
    assert claimed(store, OTHER)


def test_of_many_that_claim_at_once_one_gets_it(store: SqlSessionStore, database: Path) -> None:
    """Two programs with eight claims each: one is granted."""
    engine = open_engine(database)
    other = SqlSessionStore(engine)

    async def race() -> list[bool]:
        return await asyncio.gather(
            *(
                place.claim("s", Lease(f"{name}{n}"))
                for n in range(8)
                for name, place in (("a", store), ("b", other))
            )
        )

    try:
        assert sum(asyncio.run(race())) == 1
    finally:
        engine.dispose()


def test_there_is_none_on_what_is_not_there(store: SqlSessionStore) -> None:
    """An interview that is unknown or was forgotten cannot be claimed."""
    assert claimed(store, LONG)
    asyncio.run(store.forget("s"))
    with pytest.raises(InputError, match="no interview with the id 's'"):
        claimed(store, LONG)
