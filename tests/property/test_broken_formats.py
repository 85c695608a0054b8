"""A file of any format that is cut, changed or of other shapes is named and counted, no more."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.evaluation.formats.source import ReadAs, Source
from interviewer.evaluation.reading import sources_in, transcript_in
from interviewer.transcript import Transcript

MADE = Path(__file__).parents[1] / "formats"
SHAPES: tuple[Any, ...] = (
    None, 3, -1.5, True, "", [], {}, "x", [1], [None], {"a": 1}, [[]], "\ud800", "2026", 10**30
)  # fmt: skip


def spoilt(data: bytes, draw: random.Random) -> bytes:
    """Return a file cut off somewhere, or with some bytes changed."""
    if draw.random() < 0.5:
        return data[: draw.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(draw.randrange(1, 6)):
        changed[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(changed)


def reshaped(value: Any, draw: random.Random) -> Any:
    """Return a JSON document in which one thing is gone, or of another shape."""
    if not value or not isinstance(value, dict | list) or draw.random() < 0.1:
        return draw.choice(SHAPES)
    key = draw.choice(list(value)) if isinstance(value, dict) else draw.randrange(len(value))
    if draw.random() < 0.1:
        del value[key]
    else:
        value[key] = reshaped(value[key], draw)
    return value


def told_of(source: Source) -> Transcript | str:
    """Return the transcript, or the sentence that refuses it."""
    try:
        return transcript_in(source)
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("name", sorted(path.name for path in MADE.iterdir()))
@given(draw=st.randoms(use_true_random=False), stated=st.booleans())
@settings(max_examples=25)
def test_whatever_is_wrong_with_a_file_ends_in_a_sentence(
    name: str, draw: random.Random, stated: bool
) -> None:
    """Cutting never fails and yields something; each thing is a transcript or refused by place."""
    data = (MADE / name).read_bytes()
    if name.endswith((".json", ".jsonl")) and draw.random() < 0.8:
        lines = [data] if name.endswith(".json") else data.splitlines()
        told = [json.dumps(reshaped(json.loads(line), draw)) for line in lines]
        data = "\n".join(told).encode()
    else:
        data = spoilt(data, draw)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(sources_in([path], ReadAs(interviewer="assistant" if stated else "")))
        assert found or not data.strip()
        for source in found:
            outcome = told_of(source)
            assert isinstance(outcome, Transcript) or outcome.startswith(str(path))
