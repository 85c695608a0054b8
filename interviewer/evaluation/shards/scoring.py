"""A shard is measured: its rows are written beside the figures, whole or not at all."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.library import Library
from interviewer.errors import InputError, SetupError
from interviewer.evaluation.given import Given, informed
from interviewer.evaluation.metric import Metric, chosen, known_metrics
from interviewer.evaluation.running import scored_in_order
from interviewer.evaluation.shards.cutting import Shard
from interviewer.evaluation.shards.entry import entry_line
from interviewer.evaluation.shards.gathering import nothing_gathered
from interviewer.evaluation.shards.grounds import Grounds
from interviewer.evaluation.shards.parts import FIGURES, ROWS, part_name


@dataclass(frozen=True, slots=True)
class Measured:
    """A shard that is done.

    Attributes:
        number: Which.
        transcripts: How many were in it, readable or not.
    """

    number: int
    transcripts: int


@dataclass(frozen=True)
class Measuring:
    """The task of measuring shards.

    Attributes:
        folder: Where parts are written; all who measure see it.
        open_library: Opens the content, a plain function that each process calls once.
        versions: Of the metrics, by name: whoever measures must have the same.
        given: What is given beside the transcripts.
        grounds: What is installed here, and the content: whoever measures must have the same.
        grounds_there: Tells what whoever measures has, a plain function.
    """

    folder: Path
    open_library: Callable[[], Library]
    versions: Mapping[str, str]
    given: Given
    grounds: Grounds
    grounds_there: Callable[[], Grounds]

    def begin(self) -> Callable[[Shard], Measured]:
        """Return what measures a shard.

        Raises:
            SetupError: Metrics, content or models here are others than those of the machine that
                asked.
        """
        self.grounds.require(self.grounds_there())
        metrics = chosen(known_metrics(self.open_library()), tuple(self.versions))
        here = {metric.name: metric.version for metric in metrics}
        if here != dict(self.versions):
            raise SetupError(
                "A worker has other versions of metrics than this machine. Install the same "
                "version of three-rounds on all of them."
            )
        told = informed(metrics, self.given)
        return lambda shard: self._measured(shard, told)

    def _measured(self, shard: Shard, metrics: tuple[Metric, ...]) -> Measured:
        gathered = nothing_gathered(metrics)
        place = self.folder / part_name(shard.number)
        # Two may measure one shard, where a worker was thought lost: each writes its own file.
        part = place.with_name(f".{place.name}.{uuid.uuid4().hex[:12]}.part")
        try:
            with part.open("w", encoding="utf-8") as rows:
                sources = shard.sources(self.given.read_as)
                for entry in scored_in_order(sources, metrics, self.given):
                    gathered.add(entry)
                    if not entry.fault:
                        rows.write(entry_line(entry))
                # Figures say that a part is finished, so its rows are on the disk before them.
                rows.flush()
                os.fsync(rows.fileno())
            part.replace(place.with_name(place.name + ROWS))
            part.write_text(json.dumps(gathered.to_json()), encoding="utf-8")
            part.replace(place.with_name(place.name + FIGURES))
        except OSError as error:
            raise InputError(
                f"{self.folder} cannot be written ({error.strerror}). Name another folder with "
                "--work, one that all who measure can write to."
            ) from None
        finally:
            with suppress(OSError):
                part.unlink()
        return Measured(shard.number, gathered.read + gathered.unreadable)
