"""The transcript as JSON Lines, `interviewer.transcript/1`: one transcript a line, UTF-8.

It is the OpenAI chat form with more in it. Reading is forgiving in one direction only: fields that
are absent stay empty and fields that are unknown are kept, but a line that is no chat is refused
with a sentence. Writing what was read gives the same JSON values back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import cast, get_args

from interviewer.errors import InputError
from interviewer.transcript import (
    EMPTY,
    Interview,
    Json,
    MoveKind,
    MoveRecord,
    Passage,
    Retrieved,
    Transcript,
    Turn,
    plain_turn,
)

SCHEMA = "interviewer.transcript/1"
_DOCUMENT = ("schema", "id", "interview", "messages")
# What is written is written in this order, so these are no sets.
_INTERVIEW = (
    "created", "company", "role", "language", "format", "seed", "model", "personas", "plan",
    "research",
)  # fmt: skip
_PLAIN = frozenset({"role", "name", "content"})
_MESSAGE = _PLAIN | {"metadata"}
_METADATA = (
    "seq", "at", "round", "move", "cites", "retrieved", "usage", "seconds", "fallback", "retakes",
)  # fmt: skip
# A decision of a kind that is not known here is kept as read, beside the other unknown fields.
_WITHOUT_MOVE = tuple(name for name in _METADATA if name != "move")
_MOVE = ("kind", "item", "slot", "planned", "reason", "by")
_MOVES = get_args(MoveKind)


def dump(transcript: Transcript) -> str:
    """Return the transcript as one line of JSON without a line end."""
    return json.dumps(to_json(transcript), ensure_ascii=False, separators=(",", ":"))


def to_json(transcript: Transcript) -> dict[str, object]:
    """Return the transcript in the file's form."""
    document: dict[str, object] = {"schema": SCHEMA, "id": transcript.id, **transcript.extra}
    interview = interview_to_json(transcript.interview)
    if interview:
        document["interview"] = interview
    document["messages"] = [turn_to_json(turn) for turn in transcript.turns]
    return document


def interview_to_json(interview: Interview) -> dict[str, object]:
    """Return the settled part in the file's form, absent fields left out."""
    known: dict[str, object] = {
        "created": interview.created,
        "company": interview.company,
        "role": interview.role,
        "language": interview.language,
        "format": interview.format,
        "seed": interview.seed,
        "model": interview.model,
        "personas": dict(interview.personas) or None,
        "plan": dict(interview.plan) or None,
        "research": {key: passage_to_json(value) for key, value in interview.research.items()}
        or None,
    }
    present = {key: value for key, value in known.items() if value is not None}
    return {**present, **interview.extra}


def passage_to_json(passage: Passage) -> dict[str, object]:
    """Return one entry of `interview.research` (the id is the key there)."""
    entry: dict[str, object] = {
        "text": passage.text,
        "source": passage.source,
        "topic": passage.topic,
        "date": passage.date,
    }
    optional = {"language": passage.language, "heading": passage.heading}
    return entry | {key: value for key, value in optional.items() if value}


def turn_to_json(turn: Turn) -> dict[str, object]:
    """Return one turn as a chat message."""
    message: dict[str, object] = {"role": turn.role}
    if turn.name is not None:
        message["name"] = turn.name
    message["content"] = turn.content
    metadata = _turn_metadata(turn)
    if metadata:
        message["metadata"] = metadata
    return {**message, **turn.message}


def _turn_metadata(turn: Turn) -> dict[str, object]:
    place: dict[str, object] = {"seq": turn.seq, "at": turn.at, "round": turn.round}
    spoken: dict[str, object] = {
        "cites": list(turn.cites),
        "retrieved": [{"id": r.id, "score": r.score} for r in turn.retrieved],
        "usage": dict(turn.usage),
        "seconds": dict(turn.seconds),
        "fallback": None if turn.fallback is None else dict(turn.fallback),
    }
    rest = turn.extra if turn.retakes is None else {"retakes": turn.retakes, **turn.extra}
    if turn.move is None:
        # A candidate's turn, or one of another program: only what is there is written.
        present = {key: value for key, value in place.items() if value is not None}
        return {**present, **{k: v for k, v in spoken.items() if v}, **rest}
    move = {name: getattr(turn.move, name) for name in _MOVE}
    return {**place, "move": {**move, **turn.move.extra}, **spoken, **rest}


def load_all(text: str, *, where: str = "transcript") -> Iterator[Transcript]:
    """Read every transcript of a JSON Lines text, or one transcript spread over lines.

    Args:
        text: The file's text.
        where: What to call the file in an error.

    Raises:
        InputError: A line is no JSON, or no chat; names the line.
    """
    stripped = text.lstrip("\ufeff").strip()
    whole = _as_one_document(stripped)
    if whole is not None:
        yield from_json(whole, where=where)
        return
    # Only a line feed ends a line: what was said may hold any of Unicode's other line ends.
    for number, line in enumerate(stripped.split("\n"), start=1):
        if line.strip():
            place = f"{where}, line {number}"
            yield from_json(_parsed(line, place), where=place)


def load(text: str, *, where: str = "transcript") -> Transcript:
    """Read the first transcript of a text.

    Raises:
        InputError: There is none, or it is broken.
    """
    for transcript in load_all(text, where=where):
        return transcript
    raise InputError(f"{where} is empty. Give a file with one transcript a line.")


def from_json(document: object, *, where: str = "transcript") -> Transcript:
    """Read one transcript from parsed JSON.

    Raises:
        InputError: It is no chat.
    """
    if not isinstance(document, dict) or not isinstance(document.get("messages"), list):
        raise InputError(f"{where} is no chat: it needs a list `messages`.")
    schema = document.get("schema", SCHEMA)
    if not isinstance(schema, str) or not schema.startswith("interviewer.transcript/"):
        raise InputError(f"{where} has the schema {schema!r}; this program reads {SCHEMA}.")
    interview = document.get("interview")
    extra = _rest(document, _DOCUMENT)
    turns = tuple(
        turn_from_json(message, where=where, number=number)
        for number, message in enumerate(document["messages"], start=1)
    )
    return Transcript(
        id=str(document.get("id", "")),
        interview=interview_from_json(interview) if isinstance(interview, dict) else Interview(),
        turns=turns,
        extra=extra,
    )


def interview_from_json(value: Json) -> Interview:
    """Read the settled part."""
    research = _mapping(value.get("research"))
    seed = value.get("seed")
    return Interview(
        created=_text(value.get("created")),
        company=_text(value.get("company")),
        role=_text(value.get("role")),
        language=_text(value.get("language")),
        format=_text(value.get("format")),
        seed=seed if isinstance(seed, int) else None,
        model=_text(value.get("model")),
        personas=MappingProxyType({k: str(v) for k, v in _mapping(value.get("personas")).items()}),
        plan=MappingProxyType(dict(_mapping(value.get("plan")))),
        research=MappingProxyType(
            {key: passage_from_json(key, _mapping(entry)) for key, entry in research.items()}
        ),
        extra=_rest(value, _INTERVIEW),
    )


def passage_from_json(passage_id: str, value: Json) -> Passage:
    """Read one entry of `interview.research`."""
    return Passage(
        id=passage_id,
        text=str(value.get("text", "")),
        source=str(value.get("source", "")),
        topic=str(value.get("topic", "")),
        date=_text(value.get("date")),
        language=str(value.get("language", "")),
        heading=str(value.get("heading", "")),
    )


def turn_from_json(message: object, *, where: str = "", number: int | None = None) -> Turn:
    """Read one chat message.

    Args:
        message: The message.
        where: What to call the transcript in an error.
        number: The message's place in it, from 1.

    Raises:
        InputError: It has no role, or its content is no text.
    """
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        raise InputError(f"{_place(where, number)} has no role.")
    content = message.get("content")
    if not isinstance(content, str):
        content = _content(content, where, number)
    if "metadata" not in message:  # a plain chat's, of which there may be millions
        extra = EMPTY if message.keys() <= _PLAIN else _rest(message, _PLAIN)
        return plain_turn(message["role"], content, _text(message.get("name")), extra)
    metadata = _mapping(message["metadata"])
    seq = metadata.get("seq")
    fallback = metadata.get("fallback")
    retakes = metadata.get("retakes")
    move = _move(metadata.get("move"))
    return Turn(
        seq=seq if isinstance(seq, int) else None,
        role=message["role"],
        content=content,
        name=_text(message.get("name")),
        at=_text(metadata.get("at")),
        round=_text(metadata.get("round")),
        move=move,
        cites=tuple(str(cite) for cite in _list(metadata.get("cites"))),
        retrieved=_retrieved(_list(metadata.get("retrieved")), where, number),
        usage=_mapping(metadata.get("usage")),
        seconds=_mapping(metadata.get("seconds")),
        fallback=_mapping(fallback) if isinstance(fallback, dict) else None,
        retakes=retakes if isinstance(retakes, int) else None,
        extra=_rest(metadata, _METADATA if move or "move" not in metadata else _WITHOUT_MOVE),
        message=_rest(message, _MESSAGE),
    )


def _place(where: str, number: int | None) -> str:
    message = "message" if number is None else f"message {number}"
    return f"{where}, {message}" if where else message


def _content(content: object, where: str, number: int | None) -> str:
    if content is None:
        return ""
    if isinstance(content, list):  # the chat form's list of parts
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    raise InputError(f"{_place(where, number)} has a content that is no text.")


def _move(value: object) -> MoveRecord | None:
    if not isinstance(value, dict) or value.get("kind") not in _MOVES:
        return None
    return MoveRecord(
        kind=cast("MoveKind", value["kind"]),
        item=_text(value.get("item")),
        slot=_text(value.get("slot")),
        planned=bool(value.get("planned", True)),
        reason=str(value.get("reason", "")),
        by=str(value.get("by", "director")),
        extra=_rest(value, _MOVE),
    )


def _retrieved(entries: list[object], where: str, number: int | None) -> tuple[Retrieved, ...]:
    found = [_mapping(entry) for entry in entries]
    return tuple(
        Retrieved(id=str(entry["id"]), score=_score(entry.get("score", 0.0), where, number))
        for entry in found
        if "id" in entry and isinstance(entry.get("score", 0.0), int | float)
    )


def _score(value: object, where: str, number: int | None) -> float:
    try:
        return float(cast("float", value))
    except OverflowError:
        raise InputError(
            f"{_place(where, number)} has a score that is no usable number."
        ) from None


def _parsed(line: str, where: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where} is no JSON: {error.msg} at column {error.colno}.") from None
    except (RecursionError, ValueError):
        raise InputError(f"{where} is nested too deep or holds a number too long.") from None


def _as_one_document(text: str) -> object | None:
    """Return the JSON value when the whole text is one pretty-printed document."""
    if "\n" not in text:
        return None
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else EMPTY


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _rest(value: Json, known: Collection[str]) -> Json:
    rest = {key: entry for key, entry in value.items() if key not in known}
    return MappingProxyType(rest) if rest else EMPTY
