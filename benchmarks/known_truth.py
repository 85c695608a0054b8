"""Simulated candidates of known worth, assessed: `python -m benchmarks.known_truth`.

Beside the assessor's rank correlation with the truth stands what length, hedges and fillers alone
reach on the same answers, so that its own worth is visible.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import click

from interviewer.assessment import assess
from interviewer.cli.interviewing import held_beside
from interviewer.content.library import Library
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.wiring import Settings, open_library, open_research

RUNS = (("brightwell", "data-engineer", "en"), ("chengyuan", "accountant", "zh"))
_HEDGES = re.compile(
    r"\b(?:maybe|perhaps|probably|somehow|sort of|kind of|i think|i guess)\b|可能|大概|也许|应该"
)
_FILLERS = re.compile(
    r"\b(?:um|uh|er|well|you know|like|basically|actually)\b|嗯|呃|那个|就是说|其实"
)


@dataclass(frozen=True, slots=True)
class Rated:
    """One answer: what it was worth, what it got, and what is counted of it alone."""

    truth: float
    level: float
    length: float
    hedges: float
    fillers: float


def rated_in(transcript: Transcript, library: Library) -> Iterator[Rated]:
    """Yield the answers of an interview to scored questions whose worth is known."""
    simulated = transcript.interview.extra.get("simulated")
    truth = simulated.get("truth", ()) if isinstance(simulated, Mapping) else ()
    worth = {entry["seq"]: entry["level"] for entry in truth if entry.get("level")}
    said = {turn.seq: turn.content for turn in transcript.turns}
    for part in assess(transcript, library).rounds:
        for competency in part.competencies:
            for seq, score in competency.answers:
                if seq in worth:
                    text = said[seq].lower()
                    yield Rated(
                        truth=worth[seq],
                        level=score.level or competency.scale.min,
                        length=len(text),
                        hedges=-len(_HEDGES.findall(text)),
                        fillers=-len(_FILLERS.findall(text)),
                    )


def rank_correlation(first: list[float], second: list[float]) -> float | None:
    """Return Spearman's correlation, None where one of both does not vary."""
    a, b = _ranks(first), _ranks(second)
    mean_a, mean_b = fmean(a), fmean(b)
    up = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    down = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return up / float(down**0.5) if down else None


def _ranks(values: list[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]


@click.command()
@click.option("--candidates", default=28, show_default=True, help="Interviews per employer.")
def main(candidates: int) -> None:
    """Print mean rank correlation within an interview and over all, by language."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        library = open_library(settings)
        research = open_research(settings, library)
        for company, role, language in RUNS:
            research.ensure(company)
            run = Run(company, role, language, "company", candidates)
            found = []
            for _, text in held_beside(settings, run, run.shards, 1):
                for transcript in load_all(text, where=company):
                    found.append(list(rated_in(transcript, library)))
            _tell(language, found)
        research.close()


def _tell(language: str, interviews: list[list[Rated]]) -> None:
    everything = [entry for interview in interviews for entry in interview]
    click.echo(f"{language}: {len(everything)} answers in {len(interviews)} interviews")
    for name in ("level", "length", "hedges", "fillers"):
        within = [
            found
            for interview in interviews
            if len(interview) > 2
            and (
                found := rank_correlation(
                    [e.truth for e in interview], [getattr(e, name) for e in interview]
                )
            )
            is not None
        ]
        whole = rank_correlation(
            [e.truth for e in everything], [getattr(e, name) for e in everything]
        )
        mean = fmean(within) if within else float("nan")
        click.echo(f"  {name} | within {mean:.3f} ({len(within)}) | over all {whole or 0:.3f}")


if __name__ == "__main__":
    main()
