"""Interviews with simulated candidates, held in this process or in several beside it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.output import write_file
from interviewer.models.bare_examiner import ModelExaminer, fitting
from interviewer.models.naming import BUILTIN
from interviewer.simulation.bare import BareExaminer, Briefing, hold_bare
from interviewer.simulation.holding import Examiners, Watch, hold
from interviewer.simulation.ordering import ordered
from interviewer.simulation.runs import Run, Shard
from interviewer.transcript import Found, Passage, Transcript
from interviewer.transcript_file import dump
from interviewer.wiring import Settings, open_library, open_research, open_speakers, open_voice

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.plan import Plan
    from interviewer.research import ResearchStore


@dataclass(frozen=True)
class Remembered:
    """Answers candidates' questions from the research, each question looked up once.

    Attributes:
        research: The store.
        found: What was found, by employer, question and number.
    """

    research: ResearchStore
    found: dict[tuple[str, str, int], tuple[Found, ...]] = field(default_factory=dict)

    async def find(self, company: str, question: str, k: int = 4) -> Sequence[Found]:
        """Return passages, best first."""
        key = (company, question, k)
        if key not in self.found:
            self.found[key] = self.research.find_now(company, question, k)
        return self.found[key]


@dataclass(frozen=True)
class Desk:
    """Where the interviews of a run are held.

    Attributes:
        run: What was ordered.
        library: All content.
        passages: The research on the employer.
        examiners: The other side of the table.
        alone: The model that holds the interviews by itself, None where the house does.
    """

    run: Run
    library: Library
    passages: tuple[Passage, ...]
    examiners: Examiners
    alone: BareExaminer | None = None

    async def interview(self, place: int) -> Transcript:
        """Return the interview with the candidate at a place.

        Raises:
            InputError: The employer, the post, the language or the format is not known.
        """
        made = ordered(self.run, place, self.library, self.passages)
        if self.alone is not None:
            return await hold_bare(
                made.plan, made.candidate, self.alone, self._briefing(made.plan),
                watch=Watch(made.begins), sealed=made.sealed,
            )  # fmt: skip
        return await hold(
            made.plan, made.candidate, self.examiners, begins=made.begins, sealed=made.sealed
        )

    def _briefing(self, plan: Plan) -> Briefing:
        """Return what a model that interviews alone is told: the house's inputs, in words."""
        language, rubrics = plan.language, self.library.rubrics
        by_round = {
            part.id: tuple(
                (rubrics[name].name[language], rubrics[name].definition[language])
                for name in dict.fromkeys(item.competency or "" for item in part.items)
                if name in rubrics
            )
            for part in plan.conversations
        }
        return Briefing(plan, fitting(self.passages), by_round)

    async def shard(self, shard: Shard) -> str:
        """Return a shard's interviews as JSON Lines."""
        places = range(shard.first, shard.first + shard.size)
        return "".join([dump(await self.interview(place)) + "\n" for place in places])


def open_desk(library: Library, research: ResearchStore, run: Run) -> Desk:
    """Return a desk with the built-in voice."""
    examiners = Examiners(open_voice(library), Remembered(research))
    return Desk(run, library, research.passages(run.company), examiners)


def held_here(desk: Desk, shards: Sequence[Shard]) -> Iterator[tuple[Shard, str]]:
    """Yield each shard with its text, one after the other, in this process."""
    with asyncio.Runner() as runner:
        for shard in shards:
            yield shard, runner.run(desk.shard(shard))


def held_beside(
    settings: Settings, run: Run, shards: Sequence[Shard], processes: int
) -> Iterator[tuple[Shard, str]]:
    """Yield each shard with its text as it is ready, from several processes.

    Every process reads the content and the research once. A process is started anew and not
    split off, so that it has no part of this one's threads.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(shards)), mp_context=context) as pool:
        waiting = {pool.submit(_in_process, settings, run, shard): shard for shard in shards}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _held_by_model(
    settings: Settings, library: Library, research: ResearchStore, run: Run, shard: Shard,
    *, fallback: bool,
) -> str:  # fmt: skip
    """Return a shard as text; a model words the questions, one interview after the other.

    The model is opened for the shard and closed behind it, wherever that is held.

    Raises:
        ModelError: The model failed, and it speaks alone or nothing is to take its place.
    """

    async def held() -> str:
        speakers = open_speakers(
            settings, library, research, models=[run.model], fallback=fallback, always=run.model
        )
        try:
            examiners = Examiners(speakers, Remembered(research), run.model)
            alone = (
                ModelExaminer(speakers.source(run.model)) if run.interviewer == "bare" else None
            )
            desk = Desk(run, library, research.passages(run.company), examiners, alone)
            return await desk.shard(shard)
        finally:
            await speakers.close()

    return asyncio.run(held())


def cores() -> int:
    """Return how many processes this machine runs at once."""
    return (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


@dataclass(frozen=True)
class Writing:
    """The task of holding a run's interviews, each shard into its file.

    Attributes:
        run: What was ordered.
        out: The folder of the files; all who hold interviews see it.
        fallback: Whether the built-in voice speaks where a model fails.
    """

    run: Run
    out: Path
    fallback: bool = True

    def begin(self) -> Callable[[Shard], Shard]:
        """Return what holds a shard's interviews; settings are those of whoever holds them."""
        settings = Settings.from_environment()
        held = self._by_model(settings) if self.run.model != BUILTIN else self._built_in(settings)

        def written(shard: Shard) -> Shard:
            write_file(self.out / shard.name, held(shard))
            return shard

        return written

    def _built_in(self, settings: Settings) -> Callable[[Shard], str]:
        desk = _desk_of(settings, self.run)
        return lambda shard: asyncio.run(desk.shard(shard))

    def _by_model(self, settings: Settings) -> Callable[[Shard], str]:
        library = open_library(settings)
        research = open_research(settings, library)
        return lambda shard: _held_by_model(
            settings, library, research, self.run, shard, fallback=self.fallback
        )


def _in_process(settings: Settings, run: Run, shard: Shard) -> str:
    return asyncio.run(_desk_of(settings, run).shard(shard))


@cache
def _desk_of(settings: Settings, run: Run) -> Desk:
    """Return the desk of a process that was started for a run; it ends with the run."""
    library = open_library(settings)
    return open_desk(library, open_research(settings, library), run)
