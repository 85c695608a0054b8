"""What a format can hold comes back as it was; what it cannot is counted, field by field."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.evaluation.formats.chat import plain
from interviewer.evaluation.formats.converting import convert, place_in
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.registry import FORMATS
from interviewer.evaluation.formats.source import Source
from interviewer.evaluation.reading import sources_in, transcript_in
from interviewer.transcript import (
    EMPTY,
    MOVE_KINDS,
    Interview,
    MoveRecord,
    Passage,
    Retrieved,
    Transcript,
    Turn,
)
from interviewer.transcript_file import dump, to_json

WHOLE = ("native", "inspect", "scout", "otel", "vcon")
PLACES = {"inspect": ("a.eval", "a.json"), "scout": ("a.parquet", "folder")}

words = st.text(max_size=30)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
# Fields of programs to come: names nothing here uses.
unknown = st.dictionaries(words.map(lambda name: f"x-{name}"), values, max_size=2)
at = st.none() | st.datetimes().map(lambda told: f"{told.isoformat()}Z") | words
moves = st.builds(
    MoveRecord, kind=st.sampled_from(MOVE_KINDS), item=st.none() | words, slot=st.none() | words,
    planned=st.booleans(), reason=words, extra=unknown,
)  # fmt: skip
turns = st.builds(
    Turn,
    seq=st.none() | st.integers(1, 99),
    role=st.sampled_from(("assistant", "user", "system", "developer", "tool", "function")),
    content=words,
    name=st.none() | words,
    at=at,
    round=st.none() | words,
    move=st.none() | moves,
    cites=st.lists(words, max_size=2).map(tuple),
    retrieved=st.lists(st.builds(Retrieved, words, st.floats(0, 1)), max_size=2).map(tuple),
    usage=st.dictionaries(st.sampled_from(("input", "output")), st.integers(0, 9), max_size=2),
    fallback=st.none() | st.just({"cause": "timeout", "from_sentence": 1}),
    extra=unknown,
    message=unknown,
)
interviews = st.builds(
    Interview,
    created=at,
    company=st.none() | words,
    language=st.none() | words,
    seed=st.none() | st.integers(0, 2**31),
    model=st.none() | words,
    plan=st.just(EMPTY) | unknown,
    research=st.dictionaries(words, words, max_size=2).map(
        lambda texts: {key: Passage(key, text, "page", "scope") for key, text in texts.items()}
    ),
    extra=unknown,
)
transcripts = st.lists(
    st.builds(Transcript, words, interviews, st.lists(turns, min_size=1, max_size=5).map(tuple),
              unknown),
    min_size=1, max_size=3, unique_by=lambda transcript: transcript.id,
)  # fmt: skip


def written(found: list[Transcript], name: str, place: Path) -> tuple[list[Transcript], Losses]:
    """Write transcripts in a format and read them again."""
    sources = [Source(f"f:{n}", dump(one), form="native") for n, one in enumerate(found)]
    with place_in(FORMATS[name], place) as target:
        done = convert(sources, target)
    assert (done.written, done.unreadable) == (len(found), 0), done.faults
    files = [place] if place.is_file() else sorted(place.iterdir())
    return [transcript_in(source) for source in sources_in(files)], done.losses


@pytest.mark.parametrize("name", WHOLE)
@given(found=transcripts)
@settings(max_examples=15)
def test_nothing_is_lost_where_there_is_a_place_for_it(name: str, found: list[Transcript]) -> None:
    """Ids, words, names, times, decisions, research, fields of others: the same JSON again."""
    with tempfile.TemporaryDirectory() as folder:
        for place in PLACES.get(name, ("a.jsonl",)):
            again, losses = written(found, name, Path(folder) / place)
            assert list(map(to_json, again)) == list(map(to_json, found))
            assert {field for field in losses.counts if "not known" not in field} == set()


@given(found=transcripts)
@settings(max_examples=25)
def test_a_plain_chat_keeps_roles_names_and_words(found: list[Transcript]) -> None:
    """The rest is counted by its field, and what is counted is what is gone."""
    with tempfile.TemporaryDirectory() as folder:
        again, losses = written(found, "openai", Path(folder) / "a.jsonl")
    chats = [plain(to_json(one), Losses()) for one in found]
    assert [plain(to_json(one), Losses()) for one in again] == chats
    gone = {key for one in found for key in to_json(one).keys() - {"schema", "id", "messages"}}
    assert {field for field in losses.counts if not field.startswith("messages.")} == gone
    beside = sum("metadata" in m for one in found for m in to_json(one)["messages"])  # type: ignore[attr-defined]  # a list
    assert losses.counts.get("messages.metadata", 0) == beside


@given(found=transcripts)
@settings(max_examples=25)
def test_sharegpt_keeps_who_says_what(found: list[Transcript]) -> None:
    """Names go too, and are counted."""
    with tempfile.TemporaryDirectory() as folder:
        again, losses = written(found, "sharegpt", Path(folder) / "a.jsonl")
    told = [[(turn.role, turn.content) for turn in one.turns] for one in found]
    assert [[(turn.role, turn.content) for turn in one.turns] for one in again] == told
    named = sum(turn.name is not None for one in found for turn in one.turns)
    assert losses.counts.get("messages.name", 0) == named


@given(text=st.text(st.characters(), max_size=20))
def test_half_a_surrogate_pair_is_replaced_and_counted_where_utf8_is_wanted(text: str) -> None:
    """Inspect, Scout and OTLP are read by others as UTF-8; ours keeps it as an escape."""
    losses = Losses()
    whole = losses.utf8(text)
    halves = sum("\ud800" <= char <= "\udfff" for char in text)
    assert whole.encode() is not None
    assert sum(losses.counts.values()) == halves
    assert json.loads(json.dumps(whole)) == whole
