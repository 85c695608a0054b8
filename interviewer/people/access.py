"""What somebody may do with one interview: the one place that decides it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal, get_args

from interviewer.errors import InputError
from interviewer.people.accounts import Role

Act = Literal["use", "read", "judge", "help"]
Shown = Literal["nothing", "transcript", "report", "help"]
EDITING: frozenset[Role] = frozenset({"coach", "admin"})
"""Who edits copies of personas, competencies and formats."""
SHOWN: tuple[Shown, ...] = get_args(Shown)
# What a coach may do, by what the candidate shows of an interview to that coach.
_ALLOWED: dict[Shown, frozenset[Act]] = {
    "nothing": frozenset(),
    "transcript": frozenset({"read"}),
    "report": frozenset({"read", "judge"}),
    "help": frozenset({"read", "help"}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What has to be known of an interview to decide about it.

    Attributes:
        key: Whose it is: an account's key or a browser's digest; None for the terminal's, which
            nobody reaches through a page.
        shown: What its candidate shows to whoever asks, who is a coach they accepted.
    """

    key: str | None
    shown: Shown = "nothing"


def may(act: Act, asker: str | None, held: Held) -> bool:
    """Return whether somebody may do something with an interview; what is not allowed is not.

    Args:
        act: `use` is all a candidate does with an interview of their own, `read` to see what was
            said and comment on it, `judge` to see its report and to say other levels, `help` to
            whisper a hint and put a question in while it goes on, which nobody does to themselves.
        asker: Key of whoever asks, None for nobody.
        held: The interview.
    """
    if not asker:
        return False
    if held.key is not None and secrets.compare_digest(held.key.encode(), asker.encode()):
        return act != "help"
    return act in _ALLOWED[held.shown]


def shown_for(act: Act) -> tuple[Shown, ...]:
    """Return how an interview has to be shown to a coach who may do something with it."""
    return tuple(shown for shown in SHOWN if act in _ALLOWED[shown])


def may_edit_content(role: Role | None, *, alone: bool) -> bool:
    """Return whether somebody may keep edited copies of the content, which are theirs alone.

    Args:
        role: Of the account, None where nobody signs in.
        alone: Whether only this machine's own user can reach the app.
    """
    return role in EDITING if role is not None else alone


def checked_shown(text: str) -> Shown:
    """Return how much of an interview is shown.

    Raises:
        InputError: There is no such choice.
    """
    for shown in SHOWN:
        if shown == text:
            return shown
    raise InputError(f"There is no choice `{text}`. Choose one of: {', '.join(SHOWN)}.")
