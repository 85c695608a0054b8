"""A reranker behind HTTP: llama.cpp, Text Embeddings Inference, Jina's API and servers like them.

Two forms are in use. Most take `documents` and answer with `results`, each with `index` and
`relevance_score`; Text Embeddings Inference takes `texts` and answers with a list of `index` and
`score`.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Final, Literal
from urllib.parse import urldefrag, urlsplit

import httpx

from interviewer.errors import SetupError
from interviewer.research.reranking.reordering import RerankError

Form = Literal["documents", "texts"]

# Seconds for one question, all tries together; bytes of an answer.
DEADLINE = 3.0
LARGEST = 1 << 20
# What a server says to a form it does not know.
_OTHER_FORM: Final = frozenset({400, 415, 422})


class RerankServer:
    """Asks a server for scores; one question at a time is one request."""

    def __init__(self, address: str, key: str | None = None, *, trust_proxy: bool = True) -> None:
        """Read the address; nothing is sent.

        Args:
            address: The whole address of the endpoint; what stands behind `#` is the model's name.
            key: Sent as a bearer token.
            trust_proxy: Whether a proxy of the environment is used; for other machines only.

        Raises:
            SetupError: It is no address.
        """
        url, self._model = urldefrag(address)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise SetupError(
                f"INTERVIEWER_RERANKER is `{address}`. Write the endpoint's address, for example "
                "http://127.0.0.1:8080/v1/rerank, a model's name behind # where it needs one."
            )
        self.name = f"The reranker at {parts.hostname}"
        self._url = url
        self._headers = {"authorization": f"Bearer {key}"} if key else {}
        self._trust_proxy = trust_proxy
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None
        self._form: Form = "documents"

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the server's score of each text.

        Raises:
            RerankError: It did not answer in time, or not with a score for each.
        """
        until = time.monotonic() + DEADLINE
        other: Form = "texts" if self._form == "documents" else "documents"
        status, answer = self._asked(self._form, question, texts, until)
        if status in _OTHER_FORM:
            status, answer = self._asked(other, question, texts, until)
            if status == httpx.codes.OK:
                self._form = other
        if status != httpx.codes.OK:
            raise RerankError(f"Its server answers with status {status}.")
        return scores_in(answer, len(texts))

    def close(self) -> None:
        """Give back the connections; new ones are made when they are needed."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _opened(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(
                    headers=self._headers, timeout=DEADLINE, trust_env=self._trust_proxy,
                    follow_redirects=False,
                )  # fmt: skip
            return self._client

    def _asked(
        self, form: Form, question: str, texts: Sequence[str], until: float
    ) -> tuple[int, bytes]:
        body: dict[str, object] = {"query": question, form: list(texts)}
        if form == "documents":
            body["top_n"] = len(texts)
        if self._model:
            body["model"] = self._model
        try:
            left = max(until - time.monotonic(), 0.01)
            with self._opened().stream("POST", self._url, json=body, timeout=left) as answer:
                return answer.status_code, _read(answer, until)
        except httpx.TimeoutException:
            raise RerankError("Its server did not answer in time.") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise RerankError("Its server could not be reached, or broke off.") from None


def _read(response: httpx.Response, until: float) -> bytes:
    """Return an answer; a server may not go on for ever, nor drip."""
    found = b""
    for piece in response.iter_bytes():
        found += piece
        if len(found) > LARGEST:
            raise RerankError("Its server's answer is too long.")
        if time.monotonic() > until:
            raise RerankError("Its server did not answer in time.")
    return found


def scores_in(answer: bytes, count: int) -> list[float]:
    """Return the scores of an answer in the order the texts were sent.

    Raises:
        RerankError: It is not JSON of a known form, or not one finite score for each text.
    """
    try:
        document = json.loads(answer)
    except (ValueError, RecursionError):
        raise RerankError("Its server's answer is no JSON.") from None
    entries = document.get("results") if isinstance(document, dict) else document
    found: dict[int, float] = {}
    for entry in entries if isinstance(entries, list) else ():
        place, score = _scored(entry)
        if place is None or score is None or place in found or not 0 <= place < count:
            raise RerankError("Its server's answer has no score for each passage.")
        found[place] = score
    if len(found) != count:
        raise RerankError("Its server's answer has no score for each passage.")
    return [found[place] for place in range(count)]


def _scored(entry: object) -> tuple[int | None, float | None]:
    if not isinstance(entry, Mapping):
        return None, None
    place = entry.get("index")
    score = entry.get("relevance_score", entry.get("score"))
    whole = isinstance(place, int) and not isinstance(place, bool)
    number = isinstance(score, int | float) and not isinstance(score, bool)
    if not whole or not number or not math.isfinite(score):
        return None, None
    return place, float(score)
