"""Vectors that come with an employer: fresh, and never believed when they do not fit."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from interviewer.content.library import Library
from interviewer.research.embedding import Vectors, open_embedder
from interviewer.research.known_vectors import KnownVectors, _read, key_of, write_vectors
from interviewer.research.store import ResearchStore
from interviewer.wiring import employer_names
from tests.conftest import ROOT, SHIPPED

TEXTS = ("The hub opened in March.", "澄远有620名员工。", "Nine people work on data.")


class Counting:
    """An embedder whose vectors follow from the text, and that says what it had to embed."""

    name = "counting"
    digest = "ab" * 32
    dimension = 8

    def __init__(self) -> None:
        """Start with nothing embedded."""
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return a row a text."""
        self.embedded += texts
        rows = np.array([self._row(text) for text in texts], dtype=np.float32)
        return rows.reshape(len(texts), self.dimension)

    def question(self, text: str) -> Vectors:
        """Return a vector."""
        return self.passages([text])[0]

    def _row(self, text: str) -> Vectors:
        row = np.frombuffer(key_of(text)[: self.dimension], dtype=np.uint8).astype(np.float32) + 1
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the vectors of three texts."""
    write_vectors(tmp_path / "vectors.counting.npz", Counting(), TEXTS)
    return tmp_path


@pytest.mark.parametrize("company", SHIPPED)
def test_the_vectors_that_come_along_are_fresh(
    library: Library, tmp_path: Path, company: str
) -> None:
    """Every text of an employer is known, and a sample embedded anew agrees.

    When this fails a document was changed: run `make vectors`.
    """
    embedder = open_embedder()
    folders = library.packs[company].folders
    if not any((folder / f"vectors.{embedder.name}.npz").exists() for folder in folders):
        pytest.skip(f"no vectors of {embedder.name} come with the project")
    store = ResearchStore(
        {company: folders}, tmp_path / "index", tmp_path / "own", embedder,
        names=employer_names(library),
    )  # fmt: skip
    texts = store.embedded_texts(company)
    store.close()
    known = KnownVectors(embedder, folders)
    assert len(texts) > 100
    assert [text for text in texts if not known.knows(text)] == []
    sample = random.Random(7).sample(texts, 5)
    cosines = np.sum(known.passages(sample) * embedder.passages(sample), axis=1)
    assert cosines.min() >= 0.999


def test_a_known_text_is_not_embedded(folder: Path) -> None:
    """Known and unknown texts come back in the order asked; only unknown ones cost the model."""
    model = Counting()
    known = KnownVectors(model, [folder])
    asked = [TEXTS[2], "Something new.", TEXTS[0]]
    rows = known.passages(asked)
    assert model.embedded == ["Something new."]
    np.testing.assert_allclose(rows, Counting().passages(asked), atol=2e-3)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows.dtype == np.float32


def test_it_is_the_same_model(folder: Path) -> None:
    """Name, hash and length are the model's own; questions always go to it."""
    model = Counting()
    known = KnownVectors(model, [folder])
    assert (known.name, known.digest, known.dimension) == ("counting", model.digest, 8)
    np.testing.assert_array_equal(known.question(TEXTS[0]), Counting().question(TEXTS[0]))
    assert model.embedded == [TEXTS[0]]
    assert known.passages([]).shape == (0, 8)


def test_a_changed_text_is_embedded_anew(folder: Path) -> None:
    """One changed letter makes a text unknown."""
    known = KnownVectors(Counting(), [folder])
    assert known.knows(TEXTS[0])
    assert not known.knows(TEXTS[0].replace("March", "April"))


def _other_model(_data: bytes) -> bytes:
    return _packed(digest=np.zeros(32, dtype=np.uint8))


def _other_length(_data: bytes) -> bytes:
    return _packed(vectors=np.ones((3, 4), dtype=np.float16))


def _missing_rows(_data: bytes) -> bytes:
    return _packed(vectors=np.ones((2, 8), dtype=np.float16))


def _without_keys(_data: bytes) -> bytes:
    return _packed(keys=None)


def _pickled(_data: bytes) -> bytes:
    return _packed(vectors=np.array([{"a": 1}], dtype=object))


def _packed(**changed: object) -> bytes:
    arrays: dict[str, object] = {
        "digest": np.frombuffer(bytes.fromhex(Counting.digest), dtype=np.uint8),
        "keys": np.frombuffer(b"".join(map(key_of, TEXTS)), dtype=np.uint8).reshape(3, 16),
        "vectors": np.ones((3, 8), dtype=np.float16),
        **changed,
    }
    file = io.BytesIO()
    np.savez(file, **{key: value for key, value in arrays.items() if value is not None})  # type: ignore[arg-type]  # arrays by name
    return file.getvalue()


def test_a_file_that_fits_is_believed(tmp_path: Path) -> None:
    """The file the next test spoils is read when nothing is spoilt."""
    (tmp_path / "vectors.counting.npz").write_bytes(_packed())
    assert KnownVectors(Counting(), [tmp_path]).knows(TEXTS[0])


@pytest.mark.parametrize(
    "spoil",
    [
        _other_model, _other_length, _missing_rows, _without_keys, _pickled,
        lambda _data: b"", lambda _data: b"no zip at all",
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_ignored(folder: Path, spoil: object) -> None:
    """A broken file or one of another model saves nothing and breaks nothing."""
    path = folder / "vectors.counting.npz"
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]  # one of the functions above
    model = Counting()
    known = KnownVectors(model, [folder, folder / "nowhere"])
    rows = known.passages(TEXTS)
    assert model.embedded == list(TEXTS)
    np.testing.assert_array_equal(rows, Counting().passages(TEXTS))


def test_several_folders_are_looked_through(folder: Path, tmp_path: Path) -> None:
    """Vectors of every folder of an employer count."""
    second = tmp_path / "second"
    second.mkdir()
    write_vectors(second / "vectors.counting.npz", Counting(), ["One more."])
    known = KnownVectors(Counting(), [folder, second])
    assert known.knows("One more.")
    assert known.knows(TEXTS[1])


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8, 0.97])
def test_a_damaged_file_of_vectors_is_as_good_as_none(tmp_path: Path, place: float) -> None:
    """Bytes turned over, or an end cut off, anywhere in the file, cost time and nothing else."""
    shipped = next((ROOT / "knowledge" / "brightwell").glob("vectors.*.npz"))
    whole = shipped.read_bytes()
    at = int(place * len(whole))
    target = tmp_path / shipped.name
    for damaged in (whole[:at], whole[:at] + bytes(200) + whole[at + 200 :]):
        target.write_bytes(damaged)
        assert isinstance(_read(target, "0" * 64, 384), dict)
