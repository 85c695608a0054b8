"""Signing in: tokens that are kept as digests, and how often somebody may try."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from interviewer.errors import InputError
from interviewer.people.accounts import Account, folded
from interviewer.storage.accounts import account_of
from interviewer.storage.people_tables import accounts, attempts, invitations, logins
from interviewer.storage.tables import people

LOGIN_DAYS = 7
# Whoever has forgotten a password needs a few tries; whoever guesses needs thousands.
WINDOW_MINUTES = 15
MOST_OF_ACCOUNT = 10
MOST_OF_ADDRESS = 50


class TooManyAttempts(InputError):
    """Somebody tried to sign in too often; nothing was compared."""


def later(now: str, **after: int) -> str:
    """Return the time so much later, both ISO in UTC."""
    moment = datetime.fromisoformat(now) + timedelta(**after)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def digest_of(token: str) -> str:
    """Return what is kept of a token; the tokens are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def begin_attempt(connection: Connection, name: str, address: str, *, now: str) -> None:
    """Count an attempt before the password is looked at, so that none at once are free.

    Args:
        connection: A transaction that writes.
        name: The account's name, whether there is one or not.
        address: Where the request comes from.
        now: ISO time in UTC.

    Raises:
        TooManyAttempts: There were too many in a quarter of an hour.
    """
    connection.execute(delete(attempts).where(attempts.c.at < later(now, minutes=-WINDOW_MINUTES)))
    abouts = {_about("account", folded(name)): MOST_OF_ACCOUNT}
    abouts[_about("address", address)] = MOST_OF_ADDRESS
    for about, most in abouts.items():
        made = connection.scalar(
            select(func.count()).select_from(attempts).where(attempts.c.about == about)
        )
        if (made or 0) >= most:
            raise TooManyAttempts(
                f"There were too many attempts to sign in. Try again in {WINDOW_MINUTES} minutes."
            )
    connection.execute(insert(attempts), [{"about": about, "at": now} for about in abouts])


def add_login(connection: Connection, number: int, name: str, *, now: str) -> str:
    """Let a browser in and forget the account's attempts; return its token.

    Args:
        connection: A transaction that writes.
        number: Of the account.
        name: Its name, as it was given.
        now: ISO time in UTC.
    """
    connection.execute(delete(attempts).where(attempts.c.about == _about("account", folded(name))))
    connection.execute(delete(logins).where(logins.c.until < now))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(logins).values(
            digest=digest_of(token), account=number, until=later(now, days=LOGIN_DAYS)
        )
    )
    return token


def signed_in(connection: Connection, token: str, *, now: str) -> Account | None:
    """Return whose a token is, None when it is nobody's, too old, or the account is disabled."""
    row = connection.execute(
        select(
            accounts.c.person, people.c.name, accounts.c.key, accounts.c.role, accounts.c.disabled
        )
        .join(people, accounts.c.person == people.c.id)
        .join(logins, logins.c.account == accounts.c.person)
        .where(
            logins.c.digest == digest_of(token),
            logins.c.until > now,
            accounts.c.disabled.is_(None),
        )
    ).one_or_none()
    return None if row is None else account_of(row)


def end_login(connection: Connection, token: str) -> None:
    """Forget a token."""
    connection.execute(delete(logins).where(logins.c.digest == digest_of(token)))


def forget_attempts(connection: Connection, name: str) -> None:
    """Forget how often somebody tried to sign in under an account's name."""
    about = _about("account", folded(name))
    connection.execute(delete(attempts).where(attempts.c.about == about))


def delete_outdated(connection: Connection, *, now: str) -> None:
    """Delete logins, invitations and attempts that open and hinder nothing any more."""
    connection.execute(delete(logins).where(logins.c.until < now))
    connection.execute(delete(invitations).where(invitations.c.until < now))
    connection.execute(delete(attempts).where(attempts.c.at < later(now, minutes=-WINDOW_MINUTES)))


def _about(kind: str, what: str) -> str:
    return digest_of(f"{kind}:{what}")
