"""OpenInference spans, as Phoenix and its instrumentations keep them: messages as attributes.

`llm.input_messages.<i>.message.role|content` and the same of the output; `session.id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from interviewer.evaluation.formats.carried import Kind, entries, mapping, parted
from interviewer.evaluation.formats.form import Call, Document, Format
from interviewer.evaluation.formats.spans import is_otlp, records_in

_SIDES = ("llm.input_messages", "llm.output_messages")
_FLAT = re.compile(r"llm\.(?:in|out)put_messages\.\d+\.message\.")
_PART = re.compile(r"contents\.(\d+)\.message_content\.(\w+)(?:\..+)?")
_TOOL = re.compile(r"tool_calls\.(\d+)\.")


def _bears(entry: Mapping[str, object]) -> bool:
    if is_otlp(entry):
        return any(_has_messages(record.attributes) for record in records_in(entry))
    return _has_messages(mapping(entry.get("attributes")))


def _has_messages(attributes: Mapping[str, object]) -> bool:
    if any(name in attributes for name in _SIDES) or any(map(_FLAT.match, attributes)):
        return True
    return "input_messages" in mapping(attributes.get("llm"))


def _calls(entry: object) -> Iterator[Call]:
    for record in records_in(entry):
        told = record.attributes
        if told.get("openinference.span.kind", "LLM") != "LLM":
            continue
        messages = [_message(one) for side in _SIDES for one in _listed(told, side)]
        if messages:
            session = told.get("session.id") or mapping(told.get("session")).get("id")
            yield Call(str(session or record.trace), record.began, messages)


def _listed(attributes: Mapping[str, object], side: str) -> list[Mapping[str, object]]:
    """Return messages by their fields: from flat names, or from lists as exports nest them."""
    nested = attributes.get(side) or mapping(attributes.get("llm")).get(side.removeprefix("llm."))
    if isinstance(nested, list):
        return [_fields(mapping(one)) for one in nested]
    found: dict[int, dict[str, object]] = {}
    for name, value in attributes.items():
        if name.startswith(f"{side}."):
            number, _, field = name.removeprefix(f"{side}.").partition(".message.")
            if number.isdigit() and field:
                found.setdefault(int(number), {})[field] = value
    return [found[number] for number in sorted(found)]


def _fields(one: Mapping[str, object]) -> Mapping[str, object]:
    if "message" in one:
        return mapping(one["message"])
    return {name.removeprefix("message."): value for name, value in one.items()}


def _message(fields: Mapping[str, object]) -> Document:
    content = fields.get("content")
    parts = list(_flat_parts(fields)) or [_part(part) for part in entries(fields.get("contents"))]
    calls = [Kind("tool_call")] * _calls_of_tools(fields)
    if content is None:
        content = parted([*parts, *calls])
    elif isinstance(content, str) and calls:
        content = parted([content, *calls])
    name = {"name": fields["name"]} if isinstance(fields.get("name"), str) else {}
    return {"role": fields.get("role"), **name, "content": content}


def _flat_parts(fields: Mapping[str, object]) -> Iterator[str | Kind]:
    """Yield the parts of a message whose fields have flat names, in order."""
    found: dict[int, dict[str, object]] = {}
    for name, value in fields.items():
        if match := _PART.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    for _, part in sorted(found.items()):
        yield _part({"message_content": part})


def _part(part: object) -> str | Kind:
    """Return the words of a part, or what it is instead."""
    told = mapping(part)
    nested = mapping(told.get("message_content"))
    words = told.get("message_content.text", nested.get("text"))
    if isinstance(words, str):
        return words
    return Kind(str(told.get("message_content.type", nested.get("type")) or "unknown"))


def _calls_of_tools(fields: Mapping[str, object]) -> int:
    """Return how many calls of tools a message holds, in flat names or in a list."""
    flat = {match[1] for name in fields if (match := _TOOL.match(name))}
    return len(flat) or len(entries(fields.get("tool_calls")))


def _native(entry: object, where: str) -> Document:
    return dict(mapping(entry))


FORMAT = Format("openinference", "OpenInference spans (Phoenix)", _bears, _native, calls=_calls)
