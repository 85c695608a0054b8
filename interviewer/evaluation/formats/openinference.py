"""OpenInference spans, as Phoenix and its instrumentations keep them: messages as attributes.

`llm.input_messages.<i>.message.role|content` and the same of the output; `session.id`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from interviewer.evaluation.formats.carried import entries, mapping
from interviewer.evaluation.formats.form import Call, Document, Format
from interviewer.evaluation.formats.spans import is_otlp, records_in

_SIDES = ("llm.input_messages", "llm.output_messages")
_FLAT = re.compile(r"llm\.(?:in|out)put_messages\.\d+\.message\.")
_PART = re.compile(r"contents\.(\d+)\.message_content\.text")


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
    if content is None:
        flat = sorted(
            (int(match[1]), value)
            for name, value in fields.items()
            if (match := _PART.fullmatch(name))
        )
        content = "".join(str(value) for _, value in flat) or "".join(
            _text(mapping(part)) for part in entries(fields.get("contents"))
        )
    name = {"name": fields["name"]} if isinstance(fields.get("name"), str) else {}
    return {"role": fields.get("role"), **name, "content": content}


def _text(part: Mapping[str, object]) -> str:
    told = part.get("message_content.text") or mapping(part.get("message_content")).get("text")
    return told if isinstance(told, str) else ""


def _native(entry: object, where: str) -> Document:
    return dict(mapping(entry))


FORMAT = Format("openinference", "OpenInference spans (Phoenix)", _bears, _native, calls=_calls)
