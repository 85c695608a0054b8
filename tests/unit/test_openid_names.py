"""What an account is called that was made with a sign-in elsewhere."""

from __future__ import annotations

from itertools import islice

import pytest

from interviewer.people.accounts import LONGEST_NAME, checked_name
from interviewer.people.openid import identity_of, names_for


def claims(**told: object) -> dict[str, object]:
    """Return the claims of a token."""
    return {"iss": "https://id.example", "sub": "u1", **told}


def test_the_name_people_know_comes_first_then_the_same_with_a_number() -> None:
    """Then what else they are called there; nothing that is no text."""
    identity = identity_of(claims(name="Ann Lee", preferred_username="ann", given_name=7))
    assert identity.names == ("Ann Lee", "ann")
    names = list(names_for(identity))
    assert names[:3] == ["Ann Lee", "Ann Lee 2", "Ann Lee 3"]
    assert "ann" in names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("told", ["<b>x</b>", "me", "", "x" * 61])
def test_what_cannot_be_a_name_is_passed_over(told: str) -> None:
    """An account never has a name that could not be typed in its place."""
    assert list(names_for(identity_of(claims(name=told)))) == []


def test_a_long_name_keeps_room_for_its_number() -> None:
    """Every name that is tried can be one."""
    names = list(islice(names_for(identity_of(claims(name="y" * LONGEST_NAME))), 20))
    assert all(checked_name(name) == name for name in names)
