"""Accounts: who they are, what they sign in with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from interviewer.errors import InputError
from interviewer.people.accounts import Account, Role, checked_role, folded, new_key
from interviewer.storage.people import person
from interviewer.storage.people_tables import accounts, logins
from interviewer.storage.tables import people

_COLUMNS = (
    accounts.c.person,
    people.c.name,
    accounts.c.key,
    accounts.c.role,
    accounts.c.disabled,
)
_BELONGS = accounts.c.person == people.c.id


def add_account(
    connection: Connection, *, name: str, role: Role, password: str, now: str
) -> Account:
    """Enter an account.

    Args:
        connection: A transaction that writes.
        name: A checked name.
        role: What they come to do.
        password: The hash.
        now: ISO time in UTC.

    Raises:
        InputError: There is an account of that name, or one that reads the same.
    """
    key = new_key(name)
    number = person(connection, name, now=now)
    try:
        with connection.begin_nested():
            connection.execute(
                insert(accounts).values(
                    person=number, folded=folded(name), key=key, role=role, password=password
                )
            )
    except IntegrityError:
        raise InputError(
            f"There is an account named {name!r} already. Take another name."
        ) from None
    return Account(number, name, key, role)


def find_account(connection: Connection, name: str) -> Account:
    """Return the account of a name, written in capitals or not.

    Raises:
        InputError: There is none.
    """
    row = connection.execute(
        select(*_COLUMNS).join(people, _BELONGS).where(accounts.c.folded == folded(name))
    ).one_or_none()
    if row is None:
        raise InputError(
            f"There is no account named {name!r}. `interviewer user list` lists them."
        )
    return account_of(row)


def account_with_key(connection: Connection, key: str) -> Account | None:
    """Return the account whose things are kept under a key, None for a browser's."""
    row = connection.execute(
        select(*_COLUMNS).join(people, _BELONGS).where(accounts.c.key == key)
    ).one_or_none()
    return None if row is None else account_of(row)


def select_accounts(connection: Connection) -> tuple[Account, ...]:
    """Return all accounts by name."""
    rows = connection.execute(select(*_COLUMNS).join(people, _BELONGS).order_by(accounts.c.folded))
    return tuple(account_of(row) for row in rows)


def kept_password(connection: Connection, name: str) -> tuple[int, str] | None:
    """Return number and hash of an account that may sign in, None without one."""
    row = connection.execute(
        select(accounts.c.person, accounts.c.password).where(
            accounts.c.folded == folded(name), accounts.c.disabled.is_(None)
        )
    ).one_or_none()
    return None if row is None else (row.person, row.password)


def put_password(connection: Connection, number: int, password: str, *, ends: bool) -> None:
    """Keep another hash.

    Args:
        connection: A transaction that writes.
        number: Of the account.
        password: The hash.
        ends: Whether browsers that are signed in have to sign in again.
    """
    connection.execute(
        update(accounts).where(accounts.c.person == number).values(password=password)
    )
    if ends:
        end_logins(connection, number)


def put_disabled(connection: Connection, number: int, when: str | None) -> None:
    """Keep an account out from a time on, or with None let it in again."""
    connection.execute(update(accounts).where(accounts.c.person == number).values(disabled=when))
    end_logins(connection, number)


def end_logins(connection: Connection, number: int) -> None:
    """Let every browser of an account sign in again."""
    connection.execute(delete(logins).where(logins.c.account == number))


def account_of(row: Row[*tuple[Any, ...]]) -> Account:
    """Return the account a row stands for."""
    number, name, key, role, disabled = row
    return Account(number, name, key, checked_role(role), disabled is not None)
