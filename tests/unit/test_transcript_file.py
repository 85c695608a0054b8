"""What reading and writing transcripts promises."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.transcript import (
    MOVE_KINDS,
    Interview,
    MoveRecord,
    Passage,
    Retrieved,
    Transcript,
    Turn,
)
from interviewer.transcript_file import SCHEMA, dump, from_json, load, load_all, to_json

# These have a test of their own, `test_a_line_separator_in_what_was_said`.
_SEPARATORS = "\x85\u2028\u2029"
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=_SEPARATORS))
_NAMES = st.text("abcdefghij_", min_size=1, max_size=8)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)
# The prefix keeps invented fields from being ones the program knows.
_UNKNOWN = st.dictionaries(_NAMES.map(lambda name: f"x_{name}"), _JSON, max_size=3)
_SCORES = st.floats(0, 1)
_MOVES = st.builds(
    MoveRecord,
    kind=st.sampled_from(MOVE_KINDS),
    item=st.none() | _TEXTS,
    slot=st.none() | _TEXTS,
    planned=st.booleans(),
    reason=_TEXTS,
    by=st.sampled_from(["director", "coach"]),
)
_EXAMINER_TURNS = st.builds(
    Turn,
    seq=st.integers(1, 999),
    role=st.just("assistant"),
    content=_TEXTS,
    name=st.none() | _NAMES,
    at=st.none() | _TEXTS,
    round=st.none() | _NAMES,
    move=_MOVES,
    cites=st.lists(_TEXTS, max_size=2).map(tuple),
    retrieved=st.lists(st.builds(Retrieved, id=_TEXTS, score=_SCORES), max_size=2).map(tuple),
    usage=st.dictionaries(_NAMES, st.integers(0, 99), max_size=2),
    seconds=st.dictionaries(_NAMES, _SCORES, max_size=2),
    fallback=st.none() | st.dictionaries(_NAMES, _TEXTS, max_size=2),
    extra=_UNKNOWN,
    message=_UNKNOWN,
)
_PLAIN_TURNS = st.builds(
    Turn,
    seq=st.none() | st.integers(1, 999),
    role=st.sampled_from(["user", "assistant", "system", "tool"]),
    content=_TEXTS,
    at=st.none() | _TEXTS,
    extra=_UNKNOWN,
    message=_UNKNOWN,
)
_PASSAGES = st.dictionaries(
    _NAMES, st.tuples(_TEXTS, _TEXTS, _TEXTS, st.none() | _TEXTS, _TEXTS), max_size=2
).map(
    lambda found: {
        name: Passage(name, text, source, "nature", date, "en", heading)
        for name, (text, source, _, date, heading) in found.items()
    }
)
_INTERVIEWS = st.builds(
    Interview,
    created=st.none() | _TEXTS,
    company=st.none() | _TEXTS,
    seed=st.none() | st.integers(),
    personas=st.dictionaries(_NAMES, _TEXTS, max_size=2),
    plan=st.dictionaries(_NAMES, _JSON, max_size=2),
    research=_PASSAGES,
    extra=_UNKNOWN,
)
_TRANSCRIPTS = st.builds(
    Transcript,
    id=_TEXTS,
    interview=_INTERVIEWS,
    turns=st.lists(_EXAMINER_TURNS | _PLAIN_TURNS, max_size=3).map(tuple),
    extra=_UNKNOWN,
)


def _line(**fields: object) -> str:
    return json.dumps({"messages": [{"role": "user", "content": "Hello"}], **fields})


@settings(max_examples=50, deadline=None)
@given(_TRANSCRIPTS)
def test_a_transcript_survives_a_round_trip(transcript: Transcript) -> None:
    """What is written is read back equal, with every field of newer programs, on one line."""
    line = dump(transcript)
    assert "\n" not in line
    assert load(line) == transcript


@settings(max_examples=50, deadline=None)
@given(st.lists(_TRANSCRIPTS, min_size=1, max_size=3))
def test_writing_what_was_read_gives_the_same_values(transcripts: list[Transcript]) -> None:
    """A file of several transcripts, read and written again, has the same JSON values."""
    text = "\n".join(dump(transcript) for transcript in transcripts)
    again = [dump(transcript) for transcript in load_all(text)]
    assert [json.loads(line) for line in again] == [
        json.loads(line) for line in text.split("\n") if line
    ]


@settings(max_examples=50, deadline=None)
@given(_UNKNOWN, _UNKNOWN, _UNKNOWN, _UNKNOWN)
def test_unknown_fields_are_kept_where_they_stood(
    top: dict[str, object],
    interview: dict[str, object],
    message: dict[str, object],
    metadata: dict[str, object],
) -> None:
    """Fields of other programs come back at the level they were read from."""
    document = {
        "schema": SCHEMA,
        "id": "a",
        **top,
        "interview": {"company": "acme", **interview},
        "messages": [
            {"role": "user", "content": "Hi", "metadata": {"seq": 2, **metadata}, **message}
        ],
    }
    assert to_json(from_json(document)) == document


def test_a_plain_chat_file_opens() -> None:
    """An OpenAI chat without any field of ours is a transcript without numbers or moves."""
    chat = {
        "model": "gpt",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "assistant", "content": "Why us?", "name": "hr"},
            {"role": "user", "content": "Because of the robots."},
        ],
    }
    transcript = load(json.dumps(chat))
    assert [(turn.role, turn.content) for turn in transcript.turns] == [
        ("system", "Be brief."),
        ("assistant", "Why us?"),
        ("user", "Because of the robots."),
    ]
    assert {(turn.seq, turn.move, turn.cites) for turn in transcript.turns} == {(None, None, ())}
    assert transcript.interview == Interview()
    assert to_json(transcript) == {"schema": SCHEMA, "id": "", **chat}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, ""),
        ("said", "said"),
        ([{"type": "text", "text": "One, "}, {"type": "text", "text": "two."}], "One, two."),
        (
            [{"type": "image_url", "image_url": "x"}, {"text": 5}, "loose", {"text": "left"}],
            "left",
        ),
        ([], ""),
    ],
)
def test_content_parts_are_read_as_their_text(content: object, expected: str) -> None:
    """Text, a list of parts and a missing content are all read; parts without text say nothing."""
    transcript = from_json({"messages": [{"role": "user", "content": content}]})
    assert transcript.turns[0].content == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"messages": [', "f.jsonl, line 2 is no JSON: Expecting value at column 15."),
        ('["messages"]', "f.jsonl, line 2 is no chat: it needs a list `messages`."),
        ('{"messages": "all"}', "f.jsonl, line 2 is no chat: it needs a list `messages`."),
        ("12", "f.jsonl, line 2 is no chat: it needs a list `messages`."),
        ('{"messages": [{"content": "x"}]}', "f.jsonl, line 2, message 1 has no role."),
        ('{"messages": [{"role": "user"}, 5]}', "f.jsonl, line 2, message 2 has no role."),
        (
            '{"messages": [{"role": "user", "content": 5}]}',
            "f.jsonl, line 2, message 1 has a content that is no text.",
        ),
        (
            '{"schema": "other/1", "messages": []}',
            f"f.jsonl, line 2 has the schema 'other/1'; this program reads {SCHEMA}.",
        ),
        (
            '{"schema": 1, "messages": []}',
            "f.jsonl, line 2 has the schema 1; this program reads interviewer.transcript/1.",
        ),
    ],
)
def test_a_broken_line_is_named(line: str, said: str) -> None:
    """The error names file, line and message, and says what is wrong with it."""
    with pytest.raises(InputError) as caught:
        list(load_all(f"{_line()}\n{line}\n{_line()}", where="f.jsonl"))
    assert str(caught.value) == said


def test_lines_before_a_broken_one_are_still_read() -> None:
    """Reading stops at the broken line, not before it."""
    reading = load_all(f"{_line(id='a')}\n{{")
    assert next(reading).id == "a"
    with pytest.raises(InputError, match="line 2"):
        next(reading)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file_is_refused_with_advice(text: str) -> None:
    """A file without a transcript says so and says what to give."""
    with pytest.raises(InputError, match=r"^f is empty\. Give a file"):
        load(text, where="f")


def test_empty_lines_and_a_byte_order_mark_do_not_matter() -> None:
    """A file as an editor on Windows leaves it opens."""
    text = f"\ufeff{_line(id='a')}\r\n\r\n  \r\n{_line(id='b')}\r\n"
    assert [transcript.id for transcript in load_all(text)] == ["a", "b"]


def test_a_pretty_printed_document_opens() -> None:
    """One transcript spread over many lines is read as one."""
    transcript = Transcript(id="a", turns=(Turn(seq=1, role="user", content="Hello"),))
    text = json.dumps(to_json(transcript), indent=2, ensure_ascii=False)
    assert list(load_all(text)) == [transcript]


@pytest.mark.parametrize("schema", ["interviewer.transcript/0", "interviewer.transcript/2"])
def test_an_older_or_newer_schema_opens(schema: str) -> None:
    """A transcript of another version of this program is read as far as it is known."""
    transcript = load(_line(schema=schema, id="a", shape="new"))
    assert transcript.turns[0].content == "Hello"
    assert transcript.extra == {"shape": "new"}


def test_an_older_transcript_without_later_fields_opens() -> None:
    """Fields that an older release did not write are empty."""
    move = {"kind": "ask"}
    old = {
        "id": "a",
        "interview": {"company": "acme", "research": {"acme/a#1": {"text": "T."}}},
        "messages": [{"role": "assistant", "content": "Why?", "metadata": {"move": move}}],
    }
    transcript = from_json(old)
    assert transcript.turns[0].move == MoveRecord(kind="ask", planned=True, by="director")
    assert transcript.turns[0].retrieved == ()
    assert transcript.interview.research == {
        "acme/a#1": Passage(id="acme/a#1", text="T.", source="", topic="")
    }


def test_values_of_the_wrong_kind_do_not_stop_reading() -> None:
    """A field with a value of another kind counts as absent; the words of the turn are read."""
    odd = {
        "interview": {"seed": "7", "personas": ["hr"], "research": 5, "created": 3},
        "messages": [
            {
                "role": "assistant",
                "content": "Hi",
                "metadata": {
                    "seq": "1",
                    "move": "ask",
                    "cites": "a",
                    "retrieved": [{"id": "a", "score": "high"}, {"score": 1}, 5, {"id": "b"}],
                    "fallback": "late",
                },
            },
            {"role": "user", "content": "Ho", "metadata": [1]},
        ],
    }
    transcript = from_json(odd)
    first, second = transcript.turns
    assert transcript.interview == Interview()
    assert (first.seq, first.move, first.cites, first.fallback) == (None, None, (), None)
    assert first.retrieved == (Retrieved("b", 0.0),)
    assert second == Turn(seq=None, role="user", content="Ho")
    assert from_json({"messages": [], "interview": [1]}).interview == Interview()


def test_a_move_of_a_kind_nobody_knows_is_no_move() -> None:
    """A kind from a newer release does not stop reading the turn."""
    metadata = {"seq": 3, "move": {"kind": "summary"}}
    transcript = from_json({"messages": [{"role": "assistant", "metadata": metadata}]})
    assert (transcript.turns[0].move, transcript.turns[0].seq) == (None, 3)


def test_chinese_stays_readable_in_the_file() -> None:
    """Text is written as itself, not as escapes."""
    turn = Turn(seq=1, role="user", content="我负责对账。")
    assert "我负责对账。" in dump(Transcript(id="a", turns=(turn,)))


def test_citations_keep_their_numbers_after_a_round_trip() -> None:
    """`[2]` means the same passage in the file as in the interview."""
    move = MoveRecord(kind="answer")
    turns = tuple(
        Turn(seq=n, role="assistant", content="x", move=move, cites=cites)
        for n, cites in enumerate([("b#2", "a#1"), ("a#1", "c#1")], start=1)
    )
    transcript = Transcript(id="a", turns=turns)
    assert load(dump(transcript)).citation_numbers() == {"b#2": 1, "a#1": 2, "c#1": 3}


def test_what_was_read_cannot_be_changed() -> None:
    """Unknown fields of a transcript are a view nobody can write to."""
    assert isinstance(load(_line(x=1)).extra, MappingProxyType)


@pytest.mark.parametrize("mark", list(_SEPARATORS))
def test_a_line_separator_in_what_was_said(mark: str) -> None:
    """Text pasted with a Unicode line separator is read back as it was said."""
    turn = Turn(seq=1, role="user", content=f"one{mark}two")
    transcript = Transcript(id="a", turns=(turn,))
    assert load(dump(transcript)) == transcript


@pytest.mark.parametrize(
    "metadata",
    [
        {"cites": ["a#1"]},
        {"usage": {"input": 3}},
        {"seq": 1, "move": {"kind": "summary"}, "cites": ["a#1"]},
    ],
)
def test_metadata_without_a_known_move_is_written_again(metadata: dict[str, object]) -> None:
    """Writing what was read gives the same values when a turn has no move this program knows."""
    document = {"messages": [{"role": "assistant", "content": "x", "metadata": metadata}]}
    assert to_json(from_json(document))["messages"] == document["messages"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"messages": [], "n": ' + "9" * 5000 + "}",
        '{"messages": [{"role": "user", "metadata": {"retrieved": [{"id": "a", "score": 1'
        + "0" * 400
        + "}]}}]}",
    ],
    ids=["nested too deep", "number too long", "score too large"],
)
def test_hostile_json_is_refused_with_a_sentence(text: str) -> None:
    """A file made to break the parser is an input error like any other."""
    with pytest.raises(InputError):
        load(text)


def test_fields_are_written_in_one_order() -> None:
    """The same transcript is the same bytes in every process, whatever the seed of its hashes."""
    move = MoveRecord(kind="ask", item="hr.conflict.2")
    turn = Turn(1, "assistant", "When?", name="hr", round="hr", move=move)
    text = dump(Transcript(id="t", interview=Interview(company="brightwell"), turns=(turn,)))
    names = ["seq", "round", "move", "kind", "item", "slot", "planned", "reason", "by", "cites"]
    places = [text.index(f'"{name}":') for name in names]
    assert places == sorted(places)
