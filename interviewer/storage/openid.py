"""Which account belongs to whom at another service."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from interviewer.errors import InputError
from interviewer.people.accounts import Account
from interviewer.people.openid import Identity, names_for
from interviewer.storage.accounts import account_of, add_account
from interviewer.storage.coaching import accept
from interviewer.storage.people_tables import accounts, identities
from interviewer.storage.tables import people

_TAKEN = "That sign-in belongs to another account here. Sign out there, and choose your own."
_NAMELESS = (
    "The service you signed in with tells no name that an account can have. Take the invitation "
    "with a name and a password instead."
)


def account_with(connection: Connection, identity: Identity) -> Account | None:
    """Return the account of somebody who signed in elsewhere, None where there is none.

    An account that is closed is none.
    """
    row = connection.execute(
        select(
            accounts.c.person, people.c.name, accounts.c.key, accounts.c.role, accounts.c.disabled
        )
        .join(people, accounts.c.person == people.c.id)
        .join(identities, identities.c.account == accounts.c.person)
        .where(
            identities.c.issuer == identity.issuer,
            identities.c.subject == identity.subject,
            accounts.c.disabled.is_(None),
        )
    ).one_or_none()
    return None if row is None else account_of(row)


def connect(connection: Connection, account: int, identity: Identity) -> None:
    """Let an account be entered by a sign-in elsewhere; another one of that service goes.

    Raises:
        InputError: It belongs to another account.
    """
    disconnect(connection, account, identity.issuer)
    try:
        with connection.begin_nested():
            connection.execute(
                insert(identities).values(
                    issuer=identity.issuer, subject=identity.subject, account=account
                )
            )
    except IntegrityError:
        raise InputError(_TAKEN) from None


def disconnect(connection: Connection, account: int, issuer: str) -> None:
    """Let an account be entered by a service's sign-in no longer."""
    connection.execute(
        delete(identities).where(identities.c.account == account, identities.c.issuer == issuer)
    )


def is_connected(connection: Connection, account: int, issuer: str) -> bool:
    """Return whether an account can be entered by a service's sign-in."""
    found = connection.scalar(
        select(identities.c.account).where(
            identities.c.account == account, identities.c.issuer == issuer
        )
    )
    return found is not None


def join(
    connection: Connection, token: str, identity: Identity, password: str, *, now: str
) -> Account:
    """Make the account of an invited candidate who signed in elsewhere; they accept the coach.

    Args:
        connection: A transaction that writes.
        token: Of the invitation.
        identity: Who they are there.
        password: A hash of what nobody knows; the operator can give a password later.
        now: ISO time in UTC.

    Raises:
        NotThereError: The invitation cannot be used; then there is no account either.
        InputError: The sign-in belongs to an account, or tells no name.
    """
    account = _named(connection, names_for(identity), password, now=now)
    connect(connection, account.id, identity)
    accept(connection, token, account, now=now)
    return account


def _named(connection: Connection, names: Iterable[str], password: str, *, now: str) -> Account:
    for name in names:
        try:
            with connection.begin_nested():
                return add_account(
                    connection, name=name, role="candidate", password=password, now=now
                )
        except InputError:
            continue
    raise InputError(_NAMELESS)
