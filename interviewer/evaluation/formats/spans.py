"""Spans and log records of OpenTelemetry: OTLP as JSON, or single spans as an SDK prints them.

The JSON form of OTLP is that of the protocol's specification 1.x (camel case, numbers of 64 bits
as text); a collector's file exporter and protobuf's own printer write it alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interviewer.evaluation.formats.carried import entries, mapping

_KINDS = (("resourceSpans", "scopeSpans", "spans"), ("resourceLogs", "scopeLogs", "logRecords"))


@dataclass(frozen=True, slots=True)
class Record:
    """A span, an event of one, or a log record.

    Attributes:
        attributes: Its attributes by name.
        trace: The trace it belongs to; empty where that is not told.
        began: When, in a form that sorts.
    """

    attributes: Mapping[str, object]
    trace: str
    began: str


def is_otlp(entry: Mapping[str, object]) -> bool:
    """Whether a JSON object is a batch of spans or log records."""
    return any(isinstance(entry.get(outer), list) for outer, _, _ in _KINDS)


def records_in(entry: object) -> Iterator[Record]:
    """Yield the spans, their events and the log records of an entry."""
    told = mapping(entry)
    if not is_otlp(told):
        yield from _of_sdk(told)
        return
    for outer, middle, inner in _KINDS:
        for resource in entries(told.get(outer)):
            for scope in entries(mapping(resource).get(middle)):
                for one in entries(mapping(scope).get(inner)):
                    yield from _of_otlp(mapping(one))


def _of_otlp(one: Mapping[str, object]) -> Iterator[Record]:
    trace = str(one.get("traceId") or "")
    yield Record(_attributes(one), trace, _began(one, "startTimeUnixNano", "timeUnixNano"))
    for event in entries(one.get("events")):
        told = mapping(event)
        yield Record(_attributes(told), trace, _began(told, "timeUnixNano"))


def _of_sdk(one: Mapping[str, object]) -> Iterator[Record]:
    trace = str(mapping(one.get("context")).get("trace_id") or one.get("trace_id") or "")
    began = str(one.get("start_time") or one.get("timestamp") or "")
    yield Record(mapping(one.get("attributes")), trace, began)
    for event in entries(one.get("events")):
        told = mapping(event)
        yield Record(mapping(told.get("attributes")), trace, str(told.get("timestamp") or began))


def _began(one: Mapping[str, object], *names: str) -> str:
    for name in names:
        if one.get(name):
            return str(one[name]).zfill(20)
    return ""


def _attributes(one: Mapping[str, object]) -> dict[str, object]:
    return {
        str(entry["key"]): from_any_value(entry.get("value"))
        for entry in map(mapping, entries(one.get("attributes")))
        if "key" in entry
    }


def from_any_value(value: object) -> object:
    """Return what an AnyValue of OTLP holds."""
    told = mapping(value)
    for name in ("stringValue", "boolValue", "doubleValue"):
        if name in told:
            return told[name]
    if "intValue" in told:
        return _whole(told["intValue"])
    if "arrayValue" in told:
        return [
            from_any_value(entry) for entry in entries(mapping(told["arrayValue"]).get("values"))
        ]
    if "kvlistValue" in told:
        pairs = map(mapping, entries(mapping(told["kvlistValue"]).get("values")))
        return {str(pair.get("key")): from_any_value(pair.get("value")) for pair in pairs}
    return None


def _whole(value: object) -> int | str:
    """Return a number that is written as text; what is none stays text."""
    try:
        return int(str(value))
    except ValueError:
        return str(value)


def any_value(value: object) -> dict[str, object]:
    """Return a JSON value as an AnyValue of OTLP."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, Mapping):
        return {"kvlistValue": {"values": key_values(value)}}
    if isinstance(value, list | tuple):
        return {"arrayValue": {"values": [any_value(entry) for entry in value]}}
    return {"stringValue": str(value)}


def key_values(values: Mapping[str, object]) -> list[dict[str, object]]:
    """Return a JSON object as the pairs of OTLP."""
    return [{"key": key, "value": any_value(value)} for key, value in values.items()]
