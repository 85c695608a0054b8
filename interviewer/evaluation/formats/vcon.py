"""vCon, the IETF's container for conversations: draft-ietf-vcon-vcon-core-04 (version 0.4.0).

Words are dialogs of the type `text`; what a vCon has no place for lies in an attachment.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from interviewer.errors import InputError
from interviewer.evaluation.formats.carried import (
    beside_messages,
    beside_words,
    entries,
    mapping,
    message_of,
    messages_of,
    restored,
)
from interviewer.evaluation.formats.form import Document, Format
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.moments import moment
from interviewer.transcript import CANDIDATE, EXAMINER
from interviewer.transcript_file import SCHEMA

VERSION = "0.4.0"
_UNKNOWN = "1970-01-01T00:00:00+00:00"
_NO_TIME = "messages.metadata.at (not known; written as 1970, for a vCon has to have one)"
_PARTS = {EXAMINER: "interviewer", CANDIDATE: "candidate"}
_ROLES = {part: role for role, part in _PARTS.items()}
_SPACE = uuid.UUID("6f2b1d0e-5d0c-5b57-9d64-2f6f7f0a4c11")


def _bears(entry: Mapping[str, object]) -> bool:
    return "vcon" in entry and isinstance(entry.get("parties"), list)


def _native(entry: object, where: str) -> Document:
    vcon = mapping(entry)
    parties = [mapping(party) for party in entries(vcon.get("parties"))]
    carried = _carried(vcon)
    beside = entries(carried.get("messages"))
    dialogs = [mapping(d) for d in entries(vcon.get("dialog")) if mapping(d).get("type") == "text"]
    if not dialogs:
        raise InputError(f"{where} has no dialog of the type `text`; recordings are not read.")
    told = [_said_by(d, parties, f"{where}, dialog {n}") for n, d in enumerate(dialogs, start=1)]
    if _unchanged(beside, [parties[number] for number in told]):
        whole = zip(dialogs, beside, strict=True)
        messages = [message_of(None, dialog.get("body"), kept) for dialog, kept in whole]
    else:
        said = zip(dialogs, told, strict=True)
        messages = [_message(dialog, parties[number], number) for dialog, number in said]
    return restored(str(vcon.get("uuid", "")), carried.get("transcript"), messages)


def _carried(vcon: Mapping[str, object]) -> Mapping[str, object]:
    for attachment in map(mapping, entries(vcon.get("attachments"))):
        if attachment.get("purpose") == SCHEMA:
            return mapping(attachment.get("body"))
    return {}


def _unchanged(beside: Sequence[object], said_by: Sequence[Mapping[str, object]]) -> bool:
    """Whether what was carried still belongs to the dialogs, by their number and who says each.

    Other tools cut, add and mend dialogs, and leave the attachment as it was.
    """
    if len(beside) != len(said_by):
        return False
    kept = [_party(mapping(one)) for one in beside]
    return all(
        (party.get("role"), party.get("name")) == (was.get("role"), was.get("name"))
        for party, was in zip(said_by, kept, strict=True)
    )


def _party(message: Mapping[str, object]) -> Document:
    role = str(message.get("role"))
    name = {"name": message["name"]} if "name" in message else {}
    return {"role": _PARTS.get(role, role), **name}


def _said_by(
    dialog: Mapping[str, object], parties: Sequence[Mapping[str, object]], where: str
) -> int:
    said_by = dialog.get("originator")
    if said_by is None:
        listed = dialog.get("parties")
        said_by = entries(listed)[0] if isinstance(listed, list) and listed else listed
    if not isinstance(said_by, int) or not 0 <= said_by < len(parties):
        raise InputError(f"{where} does not tell which party says it.")
    return said_by


def _message(dialog: Mapping[str, object], party: Mapping[str, object], number: int) -> Document:
    name = party.get("name")
    role = str(party.get("role") or name or f"party {number}")
    message: Document = {"role": _ROLES.get(role, role), "content": dialog.get("body")}
    if isinstance(name, str) and role != name and role not in {"candidate", CANDIDATE}:
        message["name"] = name
    if isinstance(dialog.get("start"), str):
        message["metadata"] = {"at": dialog["start"]}
    return message


def _entry(document: Document, losses: Losses) -> Document:
    created = mapping(document.get("interview")).get("created")
    begins = str(created) if moment(created) else _UNKNOWN
    parties: list[Document] = []
    dialogs, beside = [], []
    for message in messages_of(document):
        party = _party(message)
        if party not in parties:
            parties.append(party)
        place = parties.index(party)
        start = mapping(message.get("metadata")).get("at")
        if not moment(start):
            losses.lose(_NO_TIME)
            start = begins
        dialogs.append({
            "type": "text", "start": start, "parties": [place], "originator": place,
            "mediatype": "text/plain", "body": message["content"], "encoding": "none",
        })  # fmt: skip
        beside.append(beside_words(message, None))
    body = {"transcript": beside_messages(document), "messages": beside}
    attachment = {
        "purpose": SCHEMA, "start": begins, "party": 0, "mediatype": "application/json",
        "encoding": "json", "body": body,
    }  # fmt: skip
    return {
        "vcon": VERSION,
        "uuid": _uuid(str(document["id"])),
        "created_at": begins,
        "parties": parties,
        "dialog": dialogs,
        "attachments": [attachment],
    }


def _uuid(name: str) -> str:
    """Return an id that is a UUID as it is, else one that is always made of it."""
    try:
        return str(uuid.UUID(name))
    except ValueError:
        return str(uuid.uuid5(_SPACE, name.encode("utf-8", "surrogatepass").hex()))


FORMAT = Format("vcon", "vCon 0.4.0", _bears, _native, entry=_entry)
