"""Hashes of passwords: Argon2id, with what RFC 9106 advises where memory is short."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """Return what is kept of a password; takes a good part of a tenth of a second."""
    return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Return whether a password is the one that was kept.

    Without one it takes as long as with one, so that nobody learns which names there are.
    """
    try:
        return _HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Return whether a password that is known now had better be hashed again."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hashed("the password of nobody")
