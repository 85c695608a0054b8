"""Which process may let an examiner speak; measured by the database's clock alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, literal_column, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from interviewer.errors import StaleTurnError
from interviewer.interview.leasing import Lease
from interviewer.storage.rows import session_row
from interviewer.storage.tables import leases

# Seconds since 1970 at the moment the statement runs, which a transaction's own time is not.
_NOW = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) AS double precision)",
}


def claim(connection: Connection, session_id: str, lease: Lease) -> bool:
    """Take the lease on a session unless another's runs.

    One that would run twice as long as any may was claimed before the clock was set back: it is
    void.

    Args:
        connection: A transaction that writes.
        session_id: The session.
        lease: Who claims it, and for how long.

    Returns:
        Whether it was taken.

    Raises:
        InputError: There is no such session.
    """
    session_row(connection, session_id, locked=True)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    here, now = leases.c, _now(connection)
    until = now + lease.seconds
    free = or_(
        here.holder == lease.holder, here.until <= now, here.until > now + 2 * lease.seconds
    )
    taken = (
        insert(leases)
        .values(session=session_id, holder=lease.holder, until=until)
        .on_conflict_do_update(
            index_elements=[here.session],
            set_={"holder": lease.holder, "until": until},
            where=free,
        )
        .returning(here.session)
    )
    return connection.execute(taken).one_or_none() is not None


def renew(connection: Connection, session_id: str, lease: Lease) -> None:
    """Let a lease that is still held last from now on; one that is not stays lost."""
    until = _now(connection) + lease.seconds
    connection.execute(update(leases).where(_held(session_id, lease)).values(until=until))


def give_up(connection: Connection, session_id: str, lease: Lease) -> bool:
    """End a lease; return whether it was still held."""
    return connection.execute(delete(leases).where(_held(session_id, lease))).rowcount == 1


def spend(connection: Connection, session_id: str, lease: Lease) -> None:
    """End a lease with the turn it was held for.

    Raises:
        StaleTurnError: Another process took it over.
    """
    if not give_up(connection, session_id, lease):
        raise StaleTurnError(
            f"The interview {session_id!r} is being carried on by another process, as this one "
            "did not answer for too long. Load it again and go on from there."
        )


def _held(session_id: str, lease: Lease) -> ColumnElement[bool]:
    return (leases.c.session == session_id) & (leases.c.holder == lease.holder)


def _now(connection: Connection) -> ColumnElement[float]:
    return literal_column(_NOW[connection.dialect.name])
