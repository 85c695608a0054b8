"""Signing in with an account somebody has elsewhere: who they are, and how they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from interviewer.errors import InputError
from interviewer.people.accounts import LONGEST_NAME, checked_name

# Where a name goes by several, in the order in which people know it (OpenID Connect Core 5.1).
_NAMES = ("name", "preferred_username", "given_name")
_OF_ONE_NAME = 20


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at another service; the two together never change and are never reused.

    Attributes:
        issuer: The service.
        subject: Their number there.
        names: What they are called there, the best first; nothing is decided by them.
    """

    issuer: str
    subject: str
    names: tuple[str, ...] = ()


def identity_of(claims: Mapping[str, object]) -> Identity:
    """Return who the claims of a token that was found good are about."""
    told = (claims.get(name) for name in _NAMES)
    names = tuple(name for name in told if isinstance(name, str))
    return Identity(str(claims["iss"]), str(claims["sub"]), names)


def names_for(identity: Identity) -> Iterator[str]:
    """Yield names for a new account, the best first: as told, then with a number behind."""
    for told in identity.names:
        with suppress(InputError):
            name = checked_name(told)
            yield name
            for number in range(2, _OF_ONE_NAME + 1):
                yield f"{name[: LONGEST_NAME - 3]} {number}"
