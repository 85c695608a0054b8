"""Whose words are whose: the interviewer's role is stated, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from interviewer.errors import InputError
from interviewer.evaluation.formats.carried import messages_of
from interviewer.evaluation.formats.form import Document
from interviewer.transcript import CANDIDATE, EXAMINER, Transcript

# Roles that take no part in the talk.
BESIDE = frozenset({"system", "developer", "tool", "function"})
OPTION = "--interviewer-role"
_ASKS = re.compile(r"[?？]")
# So many questions by the one and none by the other are no interview the usual way round.
_ASKED_ROUND = 2


def settle(document: Document, names: Mapping[str, str], stated: str, where: str) -> None:
    """Give the messages of a document the roles of the native form, in place.

    Args:
        document: The native form, roles by the file's own names.
        names: The native role by the format's names.
        stated: The interviewer's role, by either name; empty where it is not stated.
        where: What to call the transcript in an error.

    Raises:
        InputError: It cannot be told who the interviewer is, or who the candidate.
    """
    messages = [m for m in messages_of(document) if isinstance(m, dict)]
    for message in messages:
        role = message.get("role")
        if isinstance(role, str):
            message["role"] = names.get(role, role)
    present = {role for m in messages if isinstance(role := m.get("role"), str)} - BESIDE
    if stated:
        _as_stated(messages, present, names.get(stated, stated), where)
        return
    strange = present - {EXAMINER, CANDIDATE}
    if strange:
        raise InputError(
            f"{where} has the roles {_listed(present)}. Say which is the interviewer's: "
            f"{OPTION} {sorted(strange)[0]}."
        )
    ours = str(document.get("schema", "")).startswith("interviewer.transcript/")
    if not ours and _asked_round((m.get("role"), m.get("content")) for m in messages):
        raise InputError(
            f"{where}: the role {EXAMINER!r} asks nothing and the role {CANDIDATE!r} does. Say "
            f"which is the interviewer's: {OPTION} {CANDIDATE}, or {OPTION} {EXAMINER}."
        )


def asked_round(transcript: Transcript) -> bool:
    """Whether only the side that is to answer asks questions, and more than one."""
    return _asked_round((turn.role, turn.content) for turn in transcript.turns)


def _asked_round(said: Iterable[tuple[object, object]]) -> bool:
    asked = 0
    for role, content in said:
        if isinstance(content, str) and _ASKS.search(content):
            if role == EXAMINER:
                return False
            asked += role == CANDIDATE
    return asked >= _ASKED_ROUND


def _as_stated(messages: list[Document], present: set[str], interviewer: str, where: str) -> None:
    others = present - {interviewer}
    if interviewer not in present:
        raise InputError(
            f"{where} has nothing said by the role {interviewer!r} of {OPTION}; its roles are "
            f"{_listed(present)}."
        )
    if len(others) > 1:
        raise InputError(
            f"{where} has the roles {_listed(others)} beside the interviewer's; which is the "
            "candidate's is not told. Take out or rename what takes no part."
        )
    for message in messages:
        role = message.get("role")
        if role == interviewer:
            message["role"] = EXAMINER
        elif isinstance(role, str) and role in others:
            message["role"] = CANDIDATE


def _listed(roles: set[str]) -> str:
    return ", ".join(repr(role[:40]) for role in sorted(roles)[:5]) or "none"
