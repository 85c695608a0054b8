"""What the blend of two embedding models promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import SetupError
from interviewer.research.blend import Blend
from interviewer.research.embedding import Vectors


class Directions:
    """A model that gives each text one of a few directions, and counts what it was given."""

    def __init__(self, name: str, dimension: int) -> None:
        """Keep name and dimension."""
        self.name = self.digest = name
        self.dimension = dimension
        self.seen: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        self.seen.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows[np.arange(len(texts)), [len(text) % self.dimension for text in texts]] = 1
        return rows

    def question(self, text: str) -> Vectors:
        """Return a unit vector."""
        return np.asarray(self.passages([text])[0], dtype=np.float32)


def _blend() -> tuple[Blend, Directions]:
    english = Directions("english", 16)
    return Blend(Directions("every", 384), english), english


def test_every_vector_has_length_one() -> None:
    """Questions and passages in both languages, and nothing for nothing."""
    blend, _ = _blend()
    rows = blend.passages(["Where are you?", "公司在哪里？", "Trams"])
    assert rows.shape == (3, 400)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(blend.question("公司？")) == pytest.approx(1, abs=1e-5)
    assert blend.passages([]).shape == (0, 400)


def test_the_english_model_is_asked_for_english_only() -> None:
    """Chinese texts have nothing in the second part."""
    blend, english = _blend()
    rows = blend.passages(["公司在哪里？", "Where are you?"])
    assert english.seen == ["Where are you?"]
    assert not rows[0, 384:].any()
    assert rows[1, 384:].any()


def test_a_blend_of_other_parts_is_another_model() -> None:
    """The digest names both models, so that an index of another blend is not taken for this."""
    one = Blend(Directions("a", 384), Directions("b", 16))
    two = Blend(Directions("a", 384), Directions("c", 16))
    assert one.digest != two.digest
    assert one.name == two.name == "blend"


def test_centres_that_are_not_the_known_ones_are_refused(tmp_path: Path) -> None:
    """A changed file is named, and nothing is embedded with it."""
    other = tmp_path / "e5.npz"
    other.write_bytes(b"something")
    with pytest.raises(SetupError, match=r"e5\.npz is not the file"):
        Blend(Directions("a", 384), Directions("b", 16), other).question("Where?")
