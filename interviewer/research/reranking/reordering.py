"""The order of what was found, by a reranker; as before where it fails."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from interviewer.errors import SetupError

Entry = TypeVar("Entry")

# So many are looked at again; what a search puts lower hardly ever belongs on top.
MOST = 20
# Seconds a reranker is left alone after it failed.
RESTS = 60.0

_log = logging.getLogger(__name__)


class RerankError(Exception):
    """A reranker has no scores to give; the text says why, without anything a server said."""


class Reranker(Protocol):
    """Reads a question with each of several texts.

    Attributes:
        name: What it is called in remarks.
    """

    name: str

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Return a score a text, the higher the better it answers; they compare with each other.

        Raises:
            RerankError: There are none.
        """
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class Reordering:
    """Puts what was found in a reranker's order; safe for the threads of one process."""

    def __init__(self, reranker: Reranker, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep the reranker; nothing is loaded or sent before something is to be ordered.

        Args:
            reranker: Gives the scores.
            clock: Seconds, from any start.
        """
        self._reranker = reranker
        self._clock = clock
        self._guard = threading.Lock()
        self._warned = False
        self._rests_until = -math.inf

    def reordered(
        self, question: str, found: Sequence[Entry], text: Callable[[Entry], str]
    ) -> tuple[Entry, ...]:
        """Return what was found, the first `MOST` of it in the reranker's order.

        Args:
            question: As asked.
            found: Best first by the search.
            text: What the reranker reads of an entry.

        Returns:
            The same entries; in the order given when there is nothing to order, and when the
            reranker fails, of which one warning is logged.
        """
        head, tail = tuple(found[:MOST]), tuple(found[MOST:])
        if len(head) < 2 or self._clock() < self._rests_until:
            return head + tail
        try:
            scores = self._scores(question, [text(entry) for entry in head])
        except RerankError as error:
            self._failed(str(error))
            return head + tail
        order = sorted(range(len(head)), key=lambda place: (-scores[place], place))
        return (*(head[place] for place in order), *tail)

    def tried(self, question: str, texts: Sequence[str]) -> None:
        """Ask the reranker once.

        Raises:
            SetupError: It does not answer.
        """
        try:
            self._scores(question, texts)
        except RerankError as error:
            raise SetupError(f"{self._reranker.name} does not answer. {error}") from None

    def close(self) -> None:
        """Give back what the reranker holds."""
        self._reranker.close()

    def _scores(self, question: str, texts: Sequence[str]) -> list[float]:
        scores = list(self._reranker.scores(question, texts))
        if len(scores) != len(texts) or not all(map(math.isfinite, scores)):
            raise RerankError("It gave no score for each passage.")
        return scores

    def _failed(self, why: str) -> None:
        with self._guard:
            self._rests_until = self._clock() + RESTS
            first, self._warned = not self._warned, True
        if first:
            _log.warning(
                "%s is left out, the search keeps its order. %s", self._reranker.name, why
            )
