"""Accounts: names, roles, passwords that will do, and the key their things are kept under."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from interviewer.errors import InputError

Role = Literal["candidate", "coach", "evaluator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
NOBODY = "me"
"""Whose interviews are held without accounts."""
LONGEST_NAME = 60
# Bringing a text into one form of writing takes the square of its length.
_MOST_WRITTEN = 4 * LONGEST_NAME
# NIST SP 800-63B asks for length and against rules of composition.
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
_NAME = re.compile(r"[\w][\w .'’·-]*")
_SIGN = "@"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in.

    Attributes:
        id: Number of the person.
        name: What they sign in with and are called by.
        key: What an interview keeps of whose it is.
        role: What they come to do.
        disabled: Whether they are kept out.
    """

    id: int
    name: str
    key: str
    role: Role
    disabled: bool = False


def checked_name(text: str) -> str:
    """Return the name of a new account, in one form of writing.

    Raises:
        InputError: It cannot be one.
    """
    name = _one_form(text)
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or folded(name) == NOBODY:
        raise InputError(
            f"{text[:LONGEST_NAME]!r} cannot be the name of an account. Take letters, digits, "
            f"spaces and . ' - only, at most {LONGEST_NAME}, and not `{NOBODY}`."
        )
    return name


def folded(name: str) -> str:
    """Return what two names that a reader takes for one have in common.

    Of a text that is too long for a name only the beginning counts.
    """
    return _one_form(name).casefold()


def _one_form(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:_MOST_WRITTEN]).split())


def check_password(password: str, name: str) -> None:
    """Make sure that a password will do.

    Raises:
        InputError: It is too short, too long, or the name.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a few words "
            "in a row are easy to keep in mind."
        )
    if len(set(password)) < 4 or folded(name) * 2 in folded(password) * 2:
        raise InputError("This password is too easy to guess. Take a few words in a row.")


def checked_role(text: str) -> Role:
    """Return a role.

    Raises:
        InputError: There is none of this name.
    """
    for role in ROLES:
        if role == text:
            return role
    raise InputError(f"There is no role `{text}`. Choose one of: {', '.join(ROLES)}.")


def new_key(name: str) -> str:
    """Return a key that no other account has, one of the same name before it included."""
    return f"{_SIGN}{secrets.token_hex(4)}:{name}"


def owner_of_key(key: str | None) -> str:
    """Return the name of the person whose things are kept under a key; a browser's are `me`."""
    if key is None or not key.startswith(_SIGN):
        return NOBODY
    return key.partition(":")[2]
