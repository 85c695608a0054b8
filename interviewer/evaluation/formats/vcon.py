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
    messages: list[Document] = []
    dialogs = [mapping(d) for d in entries(vcon.get("dialog")) if mapping(d).get("type") == "text"]
    if not dialogs:
        raise InputError(f"{where} has no dialog of the type `text`; recordings are not read.")
    for number, dialog in enumerate(dialogs):
        if number < len(beside):
            messages.append(message_of(None, dialog.get("body"), beside[number]))
        else:
            messages.append(_message(dialog, parties, f"{where}, dialog {number + 1}"))
    return restored(str(vcon.get("uuid", "")), carried.get("transcript"), messages)


def _carried(vcon: Mapping[str, object]) -> Mapping[str, object]:
    for attachment in map(mapping, entries(vcon.get("attachments"))):
        if attachment.get("purpose") == SCHEMA:
            return mapping(attachment.get("body"))
    return {}


def _message(
    dialog: Mapping[str, object], parties: Sequence[Mapping[str, object]], where: str
) -> Document:
    said_by = dialog.get("originator")
    if said_by is None:
        listed = dialog.get("parties")
        said_by = entries(listed)[0] if isinstance(listed, list) and listed else listed
    if not isinstance(said_by, int) or not 0 <= said_by < len(parties):
        raise InputError(f"{where} does not tell which party says it.")
    party = parties[said_by]
    name = party.get("name")
    role = str(party.get("role") or name or f"party {said_by}")
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
        role = str(message["role"])
        party: Document = {"role": _PARTS.get(role, role)}
        if "name" in message:
            party["name"] = message["name"]
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
