"""A reranker from the string that names it."""

from __future__ import annotations

from pathlib import Path

from interviewer.errors import SetupError
from interviewer.research.reranking.cross_encoder import CrossEncoder
from interviewer.research.reranking.reordering import Reranker
from interviewer.research.reranking.server import RerankServer


def open_reranker(setting: str, key: str | None = None, *, beyond: bool = True) -> Reranker:
    """Return a reranker; it is loaded or asked when it is first needed.

    Args:
        setting: `onnx:FOLDER`, or the `http(s)` address of a rerank endpoint.
        key: For a server that wants one.
        beyond: Whether the server is another machine, which a proxy may lead to.

    Raises:
        SetupError: The string names none, or the folder holds none.
    """
    kind, _, rest = setting.strip().partition(":")
    if kind == "onnx" and rest:
        return CrossEncoder(Path(rest).expanduser())
    if kind in ("http", "https"):
        return RerankServer(setting.strip(), key, trust_proxy=beyond)
    raise SetupError(
        f"INTERVIEWER_RERANKER is `{setting}`. Write onnx:FOLDER or the address of a rerank "
        "endpoint, or leave it unset."
    )
