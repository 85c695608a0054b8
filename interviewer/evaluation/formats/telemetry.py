"""OpenTelemetry's conventions for generative AI: messages in spans, their events, log records.

Pinned to the conventions of 1.41.0, the last before they moved to a repository of their own; the
same names stand in that one's 0.1.0. They are in development: `gen_ai.input.messages`,
`gen_ai.output.messages`, `gen_ai.conversation.id`, and the event
`gen_ai.client.inference.operation.details`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from interviewer import __version__
from interviewer.errors import InputError
from interviewer.evaluation.formats.carried import (
    MARK,
    Kind,
    beside_messages,
    beside_words,
    entries,
    mapping,
    message_of,
    messages_of,
    ours,
    parted,
)
from interviewer.evaluation.formats.form import Call, Document, Format
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.moments import nanoseconds
from interviewer.evaluation.formats.spans import any_value, is_otlp, key_values, records_in

SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.0"
SCOPE = {"name": "three-rounds", "version": __version__}
EVENT = "gen_ai.client.inference.operation.details"
_IN, _OUT, _ID = "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.conversation.id"


def _bears(entry: Mapping[str, object]) -> bool:
    if is_otlp(entry):
        return any(_IN in r.attributes or _OUT in r.attributes for r in records_in(entry))
    attributes = mapping(entry.get("attributes"))
    return _IN in attributes or _OUT in attributes


def _calls(entry: object) -> Iterator[Call]:
    for record in records_in(entry):
        told = record.attributes
        carried = ours(told.get(MARK))
        listed = [m for name in (_IN, _OUT) for m in _listed(told.get(name))]
        messages = [_message(mapping(one), carried is not None) for one in listed]
        if messages:
            # A record of ours is a whole transcript, whose id another one may have too.
            name = "" if carried is not None else str(told.get(_ID) or record.trace)
            yield Call(name, record.began, messages, dict(carried or {}))


def _listed(value: object) -> list[object]:
    """Return messages that are structured, or JSON in a text as spans have to have it."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise InputError("has messages that are no JSON.") from None
    return entries(value)


def _message(told: Mapping[str, object], carries: bool) -> Document:
    parts = [mapping(part) for part in entries(told.get("parts"))]
    content: object = parted(map(_part, parts)) if "parts" in told else told.get("content", "")
    name = {"name": told["name"]} if isinstance(told.get("name"), str) else {}
    return message_of(
        told.get("role"), content, {**name, **(mapping(told.get(MARK)) if carries else {})}
    )


def _part(part: Mapping[str, object]) -> str | Kind:
    """Return the words of a part, or what it is instead: a call of a tool, thoughts, a picture."""
    kind, words = part.get("type", "text"), part.get("content")
    return words if kind == "text" and isinstance(words, str) else Kind(str(kind))


def _native(entry: object, where: str) -> Document:
    return dict(mapping(entry))


def _entry(document: Document, losses: Losses) -> Document:
    messages = [_told(message) for message in messages_of(document)]
    ends = bool(messages) and messages[-1]["role"] == "assistant"
    given, made = (messages[:-1], messages[-1:]) if ends else (messages, [])
    interview = mapping(document.get("interview"))
    attributes: Document = {
        "gen_ai.operation.name": "chat",
        **({_ID: document["id"]} if document["id"] else {}),
        **({"gen_ai.request.model": interview["model"]} if "model" in interview else {}),
        _IN: given,
        **({_OUT: [{**message, "finish_reason": "stop"} for message in made]} if made else {}),
        MARK: beside_messages(document),
    }
    began = nanoseconds(interview.get("created"))
    record: Document = {
        **({"timeUnixNano": began} if began else {}),
        "eventName": EVENT,
        "attributes": key_values(attributes),
    }
    return in_logs([record])


def _told(message: Document) -> Document:
    role = message["role"]
    beside = beside_words(message, role)
    name = {"name": beside.pop("name")} if "name" in beside else {}
    content = message["content"]
    parts = [{"type": "text", "content": content}] if content else []
    return {"role": role, **name, "parts": parts, **({MARK: beside} if beside else {})}


def in_logs(records: list[Document]) -> Document:
    """Return log records as one batch of OTLP."""
    service = {"key": "service.name", "value": any_value(SCOPE["name"])}
    scope = {"scope": SCOPE, "schemaUrl": SCHEMA_URL, "logRecords": records}
    return {"resourceLogs": [{"resource": {"attributes": [service]}, "scopeLogs": [scope]}]}


FORMAT = Format(
    "otel", "OpenTelemetry GenAI events 1.41.0 (OTLP JSON)", _bears, _native, calls=_calls,
    entry=_entry,
)  # fmt: skip
