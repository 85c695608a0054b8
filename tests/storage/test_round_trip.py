import asyncio
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from interviewer.storage import SqlSessionStore
from interviewer.transcript import (
    MOVE_KINDS,
    Interview,
    MoveRecord,
    Passage,
    Retrieved,
    Transcript,
    Turn,
)
from interviewer.transcript_file import dump, load

Where = str | Path


any_text = st.text(st.characters(exclude_categories=()), max_size=20)
line = st.none() | any_text
number = st.integers() | st.floats(allow_nan=False)
json_value = st.recursive(
    st.none() | st.booleans() | number | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)
unknown = st.dictionaries(any_text.map(lambda key: f"x{key}"), json_value, max_size=3)
# PostgreSQL keeps no NUL, and neither does a passage's id come with one.
plain_text = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20
)
passages = st.builds(
    Passage,
    id=plain_text, text=any_text, source=any_text, topic=any_text, date=line,
    language=any_text, heading=any_text,
)  # fmt: skip
numbers = st.none() | st.integers(min_value=-10, max_value=10**9)
shared = {
    "seq": numbers, "content": any_text, "name": line, "at": line, "round": line,
    "extra": unknown, "message": unknown,
}  # fmt: skip
moves = st.builds(
    MoveRecord,
    kind=st.sampled_from(MOVE_KINDS), item=line, slot=line, planned=st.booleans(),
    reason=any_text, by=any_text,
)  # fmt: skip
examiner_turns = st.builds(
    Turn,
    role=st.just("assistant"), move=moves, cites=st.lists(any_text, max_size=3).map(tuple),
    retrieved=st.lists(
        st.builds(Retrieved, id=any_text, score=st.floats(0, 1)), max_size=2
    ).map(tuple),
    usage=unknown, seconds=unknown, fallback=st.none() | unknown, **shared,
)  # fmt: skip
turns = examiner_turns | st.builds(Turn, role=any_text, **shared)
interviews = st.builds(
    Interview,
    created=line, company=line, role=line, language=line, format=line, model=line,
    seed=st.none() | st.integers(),
    personas=st.dictionaries(any_text, any_text, max_size=2), plan=unknown,
    research=st.lists(passages, max_size=3).map(lambda found: {p.id: p for p in found}),
    extra=unknown,
)  # fmt: skip
transcripts = st.builds(
    Transcript,
    id=st.uuids().map(str), interview=interviews, turns=st.lists(turns, max_size=5).map(tuple),
    extra=unknown,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(transcript=transcripts, more=turns, found=st.lists(passages, max_size=2))
def test_what_is_loaded_equals_what_was_put_in(
    shared: tuple[Where, Engine], transcript: Transcript, more: Turn, found: list[Passage]
) -> None:
    """Every field, known or not, comes back; and so it does after another turn is appended."""
    store = SqlSessionStore(shared[1])

    async def put_and_load() -> None:
        await store.create(transcript)
        try:
            assert await store.load(transcript.id) == transcript
            turn = replace(more, seq=transcript.next_seq)
            await store.append(transcript.id, turn, found)
            assert await store.load(transcript.id) == transcript.add(turn, found)
        finally:  # Hypothesis tries the same id again when it shrinks an example
            await store.forget(transcript.id)

    asyncio.run(put_and_load())


def test_a_transcript_file_goes_in_and_out_unchanged(store: SqlSessionStore) -> None:
    """A line of another program's file, unknown fields and all, is exported as it was imported."""
    file = (
        '{"schema":"interviewer.transcript/1","id":"a","room":{"n":1},"interview":{"seed":7,'
        '"mood":"calm"},"messages":[{"role":"assistant","content":"问？","metadata":{"seq":1,'
        '"pause":2.5},"tool":1},{"role":"user","content":"A\\u0000B"}]}'
    )
    asyncio.run(store.create(load(file)))
    assert dump(asyncio.run(store.load("a"))) == file
