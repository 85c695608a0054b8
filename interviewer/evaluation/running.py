"""Metrics over many transcripts: here, or in several processes; the results are the same."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.evaluation.given import NOTHING_GIVEN, Given, filled, informed
from interviewer.evaluation.metric import LooksAhead, Metric, Score, chosen, known_metrics
from interviewer.evaluation.reading import Source, read
from interviewer.evaluation.speech import Speech, numbered
from interviewer.transcript import Transcript

# So many transcripts are handed to a process at once, and twice as many wait for each.
BATCH = 16
_AHEAD = 2
# Metrics that look ahead see so many: enough for a model, and some megabytes.
_SEEN_TOGETHER = 48


@dataclass(frozen=True, slots=True)
class Scored:
    """What was found of one transcript.

    Attributes:
        where: The file, with the line.
        id: The transcript's id.
        scores: By metric; empty where it could not be read.
        fault: Why it could not; empty where it could.
        speakers: Who says the turns that something was found in, by their numbers.
        notes: What is odd about it, though it could be read.
    """

    where: str
    id: str
    scores: Mapping[str, Score]
    fault: str = ""
    speakers: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def scored(source: Source, metrics: Sequence[Metric], given: Given = NOTHING_GIVEN) -> Scored:
    """Return what metrics, which know what is given, say of a transcript."""
    return _scored(_taken(source, given), metrics)


def scored_in_order(
    sources: Iterable[Source], metrics: Sequence[Metric], given: Given = NOTHING_GIVEN
) -> Iterator[Scored]:
    """Yield the same of each transcript; metrics that look ahead see some of them together.

    Args:
        sources: The transcripts.
        metrics: What measures them; they know what is given.
        given: What is given beside the transcripts.
    """
    ahead = [metric for metric in metrics if isinstance(metric, LooksAhead)]
    waiting = iter(sources)
    while some := [_taken(source, given) for source in islice(waiting, _SEEN_TOGETHER)]:
        speeches = [taken.speech for taken in some if taken.speech is not None]
        for metric in ahead:
            metric.look_ahead(speeches)
        for taken in some:
            yield _scored(taken, metrics)


@dataclass(frozen=True, slots=True)
class _Taken:
    where: str
    speech: Speech | None
    fault: str = ""
    notes: tuple[str, ...] = ()


def _taken(source: Source, given: Given) -> _Taken:
    try:
        found = read(source)
        speech = Speech(filled(found.transcript, given), source.where)
    except InputError as error:
        return _Taken(source.where, None, str(error))
    return _Taken(source.where, speech, notes=found.notes)


def _scored(taken: _Taken, metrics: Sequence[Metric]) -> Scored:
    if taken.speech is None:
        return Scored(taken.where, "", {}, taken.fault)
    transcript = taken.speech.transcript
    scores = {m.name: _finite(m.score(taken.speech)) for m in metrics}
    speakers = _speakers(transcript, scores)
    return Scored(taken.where, transcript.id, scores, speakers=speakers, notes=taken.notes)


def _finite(score: Score) -> Score:
    """Return a score whose value can be added up; no number stands in for one that cannot."""
    if score.value is None or math.isfinite(score.value):
        return score
    return replace(score, value=None, reason=f"Its value is {score.value}, no finite number.")


def _speakers(transcript: Transcript, scores: Mapping[str, Score]) -> dict[int, str]:
    found = {finding.seq for score in scores.values() for finding in score.findings}
    if not found:
        return {}
    return {seq: turn.name or "" for seq, turn in numbered(transcript).items() if seq in found}


def scored_here(
    sources: Iterable[Source], metrics: Sequence[Metric], given: Given = NOTHING_GIVEN
) -> Iterator[Scored]:
    """Yield what metrics say of each transcript, in order."""
    yield from scored_in_order(sources, informed(metrics, given), given)


def scored_by(
    processes: int, sources: Iterable[Source], open_library: Callable[[], Library],
    names: Sequence[str], given: Given = NOTHING_GIVEN,
) -> Iterator[Scored]:  # fmt: skip
    """Yield the same from several processes, in the same order and without reading far ahead.

    Args:
        processes: How many.
        sources: The transcripts.
        open_library: Opens the content; each process calls it once, so it is a plain function.
        names: Of the metrics.
        given: What is given beside the transcripts.
    """
    context = multiprocessing.get_context("spawn")
    waiting = iter(sources)
    with ProcessPoolExecutor(
        processes,
        mp_context=context,
        initializer=_begin,
        initargs=(open_library, tuple(names), given),
    ) as pool:
        going: list[Future[list[Scored]]] = []
        while True:
            while len(going) < processes * _AHEAD and (batch := list(islice(waiting, BATCH))):
                going.append(pool.submit(_batch, batch))
            if not going:
                return
            yield from going.pop(0).result()


# A process of the pool scores with these; they are set once when it begins.
_metrics: list[Metric] = []
_given: list[Given] = []


def _begin(open_library: Callable[[], Library], names: tuple[str, ...], given: Given) -> None:
    _metrics[:] = informed(chosen(known_metrics(open_library()), names), given)
    _given[:] = [given]


def _batch(sources: Sequence[Source]) -> list[Scored]:
    return list(scored_in_order(sources, _metrics, _given[0]))
