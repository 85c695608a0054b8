"""Documents on their way into the research: taken in beside the pages, which show the progress."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from interviewer.errors import InputError, InterviewerError
from interviewer.research import ResearchStore, SourceReport
from interviewer.research.sources import Source

log = logging.getLogger(__name__)
# Reading and embedding take a core each; more at once would only make all of them slower.
_AT_ONCE = 2
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Taking:
    """Documents that are being taken in, or were the last to be.

    Attributes:
        total: How many documents there are, 0 where that is known only when all have come.
        reports: On those that have been read.
        indexed: Passages that have been indexed, of `passages`.
        passages: Passages of the employer in all; 0 before the last document was read.
        done: Whether it is over.
        fault: Why nothing was taken in, empty unless that happened.
    """

    total: int
    reports: tuple[SourceReport, ...] = ()
    indexed: int = 0
    passages: int = 0
    done: bool = False
    fault: str = ""


class Intakes:
    """Takes documents in, one call an employer at a time, in threads of its own."""

    def __init__(self, research: ResearchStore) -> None:
        """Keep the store."""
        self._research = research
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="intake")
        self._guard = threading.Lock()
        self._takings: dict[str, Taking] = {}

    def of(self, company: str) -> Taking | None:
        """Return what is being taken in for an employer, or was last; None without any."""
        return self._takings.get(company)

    def is_busy(self, company: str) -> bool:
        """Return whether documents are being taken in for an employer."""
        taking = self.of(company)
        return taking is not None and not taking.done

    def begin(
        self,
        company: str,
        sources: Sequence[Source | Iterable[Source]],
        *,
        topic: str | None,
        trouble: str,
        after: Callable[[], None],
    ) -> None:
        """Begin to take documents in, and return at once.

        Args:
            company: Id of the employer.
            sources: The documents, or what yields them one at a time.
            topic: For all of them, None for each one's own or the nearest.
            trouble: What is said when something fails that nobody foresaw.
            after: Called when they are in.

        Raises:
            InputError: There is none, or others are being taken in.
        """
        if not sources:
            raise InputError("No document was chosen. Choose files, or drop them on the page.")
        with self._guard:
            if self.is_busy(company):
                raise InputError(
                    "Documents are being taken in for this employer. Wait until that is done, "
                    "then add these."
                )
            self._takings.pop(company, None)
            self._takings[company] = Taking(_total(sources))
            for old in list(self._takings)[:-_REMEMBERED]:
                if self._takings[old].done:
                    del self._takings[old]
        self._pool.submit(self._take, company, tuple(sources), topic, trouble, after)

    def forget(self, company: str) -> None:
        """Say no more of what was last taken in."""
        with self._guard:
            if not self.is_busy(company):
                self._takings.pop(company, None)

    def close(self) -> None:
        """Begin nothing more; what is under way ends by itself or is gone on with next time."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _take(
        self,
        company: str,
        sources: tuple[Source | Iterable[Source], ...],
        topic: str | None,
        trouble: str,
        after: Callable[[], None],
    ) -> None:
        def told(report: SourceReport) -> None:
            self._change(company, lambda now: replace(now, reports=(*now.reports, report)))

        def indexed(_: str, done: int, total: int) -> None:
            self._change(company, lambda now: replace(now, indexed=done, passages=total))

        fault = ""
        try:
            self._research.ingest(company, sources, topic=topic, progress=indexed, told=told)
            after()
        except InterviewerError as error:
            fault = str(error)
        except Exception:
            log.exception("Documents could not be taken in.")
            fault = trouble
        self._change(company, lambda now: replace(now, done=True, fault=fault))

    def _change(self, company: str, changed: Callable[[Taking], Taking]) -> None:
        with self._guard:
            self._takings[company] = changed(self._takings[company])


def _total(sources: Sequence[Source | Iterable[Source]]) -> int:
    return len(sources) if all(isinstance(source, Source) for source in sources) else 0
