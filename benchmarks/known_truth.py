"""Simulated candidates of known worth, assessed: `python -m benchmarks.known_truth`.

Candidates are strong in one competency and weak in another (`simulate --level mixed`). Beside the
assessor's rank correlation with the truth stands what length, hedges and fillers alone reach on
the same answers, so that its own worth is visible.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import click

from interviewer.assessment import assess
from interviewer.cli.interviewing import held_beside
from interviewer.content.library import Library
from interviewer.simulation.candidate import MIXED
from interviewer.simulation.raising import half_of
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.wiring import Settings, open_library, open_research

RUNS = (("brightwell", "data-engineer", "en"), ("chengyuan", "accountant", "zh"))
AIM = 0.6
# Who gets across what they know: a manner that leaves it unsaid has no level to be found.
PLAIN = ("strong", "rambling", "nervous", "combative", "contradicting", "negotiating_hard")
MEASURES = ("level", "length", "hedges", "fillers")
_LEAST = 3
_HEDGES = re.compile(
    r"\b(?:maybe|perhaps|probably|somehow|sort of|kind of|i think|i guess)\b|可能|大概|也许|应该"
)
_FILLERS = re.compile(
    r"\b(?:um|uh|er|well|you know|like|basically|actually)\b|嗯|呃|那个|就是说|其实"
)


@dataclass(frozen=True, slots=True)
class Rated:
    """One competency in one round.

    Attributes:
        truth: What its answers were worth, the mean over its questions.
        level: The level it got, the lowest where it got none.
        length: Characters an answer.
        hedges: Hedges an answer, negative.
        fillers: Fillers an answer, negative.
        half: The half of the phrases that all its answers were made of; empty for a mix.
    """

    truth: float
    level: float
    length: float
    hedges: float
    fillers: float
    half: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview: the manner of its candidate, and the competencies whose worth is known."""

    manner: str
    rated: tuple[Rated, ...]


def rated_in(transcript: Transcript, library: Library) -> Interview:
    """Return the competencies of an interview whose worth is known, as they were assessed."""
    simulated = transcript.interview.extra.get("simulated")
    known = simulated if isinstance(simulated, Mapping) else {}
    truth = {entry["seq"]: entry for entry in known.get("truth", ()) if entry.get("level")}
    said = {turn.seq: turn.content.lower() for turn in transcript.turns}
    found = []
    for part in assess(transcript, library).rounds:
        for competency in part.competencies:
            seqs = [seq for seq, _ in competency.answers if seq in truth]
            # The truth of an answer is that of all answers to its question: the last has it all.
            worth = {truth[seq]["item"]: float(truth[seq]["level"]) for seq in seqs}
            if worth:
                texts = [said[seq] for seq in seqs]
                halves = {_half(truth[seq]) for seq in seqs}
                found.append(
                    Rated(
                        truth=fmean(worth.values()),
                        level=competency.score.level or competency.scale.min,
                        length=fmean(map(len, texts)),
                        hedges=-fmean(len(_HEDGES.findall(text)) for text in texts),
                        fillers=-fmean(len(_FILLERS.findall(text)) for text in texts),
                        half=halves.pop() if len(halves) == 1 else "",
                    )
                )
    return Interview(str(known.get("manner", "")), tuple(found))


def _half(entry: Mapping[str, str]) -> str:
    """Return the half of the phrases an answer is made of: its story's, else its question's."""
    return half_of(entry.get("story") or entry["item"].partition(".")[2])


def of_half(interview: Interview, half: str) -> Interview:
    """Return an interview with only the competencies whose answers are of one half."""
    return replace(interview, rated=tuple(e for e in interview.rated if e.half == half))


def within(interviews: Sequence[Interview], measure: str) -> tuple[float, int]:
    """Return the mean rank correlation within an interview, and of how many it is."""
    found = [
        correlation
        for interview in interviews
        if len(interview.rated) >= _LEAST
        and (
            correlation := rank_correlation(
                [entry.truth for entry in interview.rated],
                [getattr(entry, measure) for entry in interview.rated],
            )
        )
        is not None
    ]
    return (fmean(found) if found else float("nan")), len(found)


def rank_correlation(first: list[float], second: list[float]) -> float | None:
    """Return Spearman's correlation, 0 where only the truth varies, None where it does not."""
    a, b = _ranks(first), _ranks(second)
    mean_a, mean_b = fmean(a), fmean(b)
    spread = sum((x - mean_a) ** 2 for x in a)
    down = spread * sum((y - mean_b) ** 2 for y in b)
    up = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    return None if not spread else up / float(down**0.5) if down else 0.0


def _ranks(values: list[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]


def interviews_of(
    settings: Settings, company: str, role: str, language: str, candidates: int
) -> Iterator[Transcript]:
    """Yield interviews with candidates of mixed profiles."""
    run = Run(company, role, language, "company", candidates, level=MIXED)
    for _, text in held_beside(settings, run, run.shards, 1):
        yield from load_all(text, where=company)


@click.command()
@click.option("--candidates", default=28, show_default=True, help="Interviews per employer.")
def main(candidates: int) -> None:
    """Print the mean rank correlation of competencies within an interview, by language."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        library = open_library(settings)
        research = open_research(settings, library)
        for company, role, language in RUNS:
            research.ensure(company)
            found = [
                rated_in(transcript, library)
                for transcript in interviews_of(settings, company, role, language, candidates)
            ]
            tell(language, found)
        research.close()


def tell(language: str, found: Sequence[Interview]) -> None:
    """Print the figures of a language: all, who gets it across, and by half of the phrases."""
    plain = [interview for interview in found if interview.manner in PLAIN]
    _tell(f"{language}, every manner", found)
    _tell(f"{language}, who gets it across", plain)
    for half in ("seen", "held"):
        _tell(f"{language}, who gets it across, {half} half", [of_half(e, half) for e in plain])


def _tell(group: str, interviews: Sequence[Interview]) -> None:
    count = sum(len(interview.rated) for interview in interviews)
    click.echo(f"{group}: {count} competencies in {len(interviews)} interviews (aim {AIM})")
    for measure in MEASURES:
        mean, of = within(interviews, measure)
        click.echo(f"  {measure} | within {mean:.3f} ({of})")


if __name__ == "__main__":
    main()
