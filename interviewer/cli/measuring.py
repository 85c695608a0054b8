"""Transcripts measured shard by shard, on an engine, with what is finished kept until the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.output import progress_bar, say
from interviewer.errors import UsageError
from interviewer.wiring import Settings, content_hashes, open_library

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.metric import Metric
    from interviewer.evaluation.report import Evaluation
    from interviewer.evaluation.shards.cutting import Input
    from interviewer.evaluation.shards.grounds import Grounds
    from interviewer.evaluation.shards.work import Work

FOLDER = "measuring"
_ENGINE = re.compile(r"local|processes:([1-9]\d?)")


@dataclass(frozen=True)
class Measurer:
    """Measures files of transcripts.

    Attributes:
        engine: Where, as `--engine` names it.
        place: Where unfinished work lies, None for the data folder.
    """

    engine: str
    place: Path | None

    def __post_init__(self) -> None:
        """Refuse a name that is no engine before anything is read."""
        from interviewer.evaluation.engines.engine import engine_named

        engine_named(self.engine)

    @contextmanager
    def measured(
        self, files: Sequence[Path], metrics: Sequence[Metric], given: Given, settings: Settings
    ) -> Iterator[tuple[Evaluation, tuple[Input, ...]]]:
        """Yield what metrics find in files, and the files; rows are on disk until it is left.

        Args:
            files: The files.
            metrics: What measures them; they know what is given.
            given: What is given beside the transcripts.
            settings: Where the content and the data folder are.

        Raises:
            InputError: A file cannot be read, or unfinished work cannot be kept.
            SetupError: The engine is not there.
        """
        from interviewer.evaluation.report import evaluation_from
        from interviewer.evaluation.shards.cutting import cut
        from interviewer.evaluation.shards.grounds import grounds_of
        from interviewer.evaluation.shards.work import run_hash, working

        place = (self.place or settings.home / FOLDER).absolute()
        parts = cut(files, given.read_as)
        grounds = grounds_of(content_hashes(settings))
        name = run_hash(parts, metrics, given, grounds)
        with working(place, name, parts.shards) as work:
            self._measure(work, metrics, given, grounds)
            gathered, rows = work.gathered(metrics)
            yield evaluation_from(gathered, rows, metrics), parts.inputs

    def _measure(
        self, work: Work, metrics: Sequence[Metric], given: Given, grounds: Grounds
    ) -> None:
        from interviewer.evaluation.engines.engine import engine_named
        from interviewer.evaluation.shards.scoring import Measuring

        waiting, total = work.waiting(), len(work.shards)
        done = total - len(waiting)
        if done:
            say(f"Going on: {done} of {total} parts are finished, in {work.folder}.")
        versions = {metric.name: metric.version for metric in metrics}
        task = Measuring(work.folder, opened, versions, given, grounds, grounds_there)
        with progress_bar("Measuring") as progress:
            for _ in engine_named(self.engine).run(task, waiting):
                done += 1
                progress("parts", done, total)


def opened() -> Library:
    """Return the content, in whatever process measures."""
    return open_library(Settings.from_environment())


def grounds_there() -> Grounds:
    """Return what figures depend on in whatever process measures."""
    from interviewer.evaluation.shards.grounds import grounds_of

    return grounds_of(content_hashes(Settings.from_environment()))


def processes_of(engine: str) -> int:
    """Return how many processes an engine of this machine is, 0 for this one.

    Raises:
        UsageError: It is no engine.
    """
    match = _ENGINE.fullmatch(engine)
    if match is None:
        raise UsageError(f"`{engine}` is no engine. Write local, or processes:2.")
    return int(match[1] or 0)
