"""A cross-encoder exported to ONNX, on this machine."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interviewer.errors import SetupError
from interviewer.research.reranking.reordering import RerankError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# Where exports keep the model, the one that is computed fastest first.
MODELS = (
    "model_quantized.onnx", "model.onnx", "onnx/model_quantized.onnx", "onnx/model.onnx",
)  # fmt: skip
MAX_TOKENS = 512
BATCH = 8
_PADS = ("[PAD]", "<pad>")
_MAX_QUESTION = 400  # characters; a longer one would leave a passage no room


class CrossEncoder:
    """Question and passage read together; loaded at first use, by whichever thread comes first."""

    def __init__(self, folder: Path) -> None:
        """Find the files.

        Args:
            folder: Has a model (`MODELS`) and its `tokenizer.json`.

        Raises:
            SetupError: One of them is missing.
        """
        model = next((folder / name for name in MODELS if (folder / name).is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            raise SetupError(
                f"{folder} holds no reranker. INTERVIEWER_RERANKER=onnx:FOLDER needs a folder "
                "with model.onnx (a cross-encoder) and tokenizer.json."
            )
        self.name = f"The reranker {folder.name}"
        self._model, self._tokenizer = model, folder / "tokenizer.json"
        self._lock = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the model's score of each text.

        Raises:
            RerankError: The files are no cross-encoder and its tokenizer.
        """
        try:
            session, tokenizer = self._open()
            found: list[float] = []
            for start in range(0, len(texts), BATCH):
                pairs = [(question[:_MAX_QUESTION], text) for text in texts[start : start + BATCH]]
                found += self._batch(session, tokenizer, pairs)
            return found
        except RerankError:
            raise
        except Exception as error:  # what a damaged file makes of both libraries is anything
            raise RerankError(
                f"{self._model} and its tokenizer.json cannot be used ({type(error).__name__})."
            ) from None

    def close(self) -> None:
        """Forget the model."""
        with self._lock:
            self._loaded = None

    @staticmethod
    def _batch(
        session: InferenceSession, tokenizer: Tokenizer, pairs: list[tuple[str, str]]
    ) -> list[float]:
        encoded = tokenizer.encode_batch(pairs)
        feed = {
            "input_ids": np.array([entry.ids for entry in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
        }
        names = {entry.name for entry in session.get_inputs()}
        (logits, *_) = session.run(None, {name: feed[name] for name in feed if name in names})
        rows = np.asarray(logits, dtype=np.float64).reshape(len(pairs), -1)
        if rows.shape[1] == 1:
            return [float(score) for score in rows[:, 0]]
        if rows.shape[1] == 2:  # "does not answer", "answers"
            return [float(score) for score in rows[:, 1] - rows[:, 0]]
        raise RerankError(f"The model gives {rows.shape[1]} numbers a passage; one is wanted.")

    def _open(self) -> tuple[InferenceSession, Tokenizer]:
        with self._lock:
            if self._loaded is None:
                from onnxruntime import InferenceSession
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._tokenizer))
                tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
                pad = next((p for p in _PADS if tokenizer.token_to_id(p) is not None), None)
                if pad is not None:
                    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(pad), pad_token=pad)
                else:
                    tokenizer.enable_padding()
                session = InferenceSession(str(self._model), providers=["CPUExecutionProvider"])
                self._loaded = session, tokenizer
            return self._loaded
