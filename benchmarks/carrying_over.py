"""What progress rests on, measured: `python -m benchmarks.carrying_over`.

Interviews with simulated candidates who stay the same tell how far two levels of one competency
lie apart by chance: pairs of interviews of one manner and level whose answers were meant to be
worth the same. The stories they tell, each known by its id, tell how well one is known again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import fmean

import click

from interviewer.assessment import Assessment, assess
from interviewer.assessment.progress import sitting_of
from interviewer.assessment.progress.sitting import Sitting
from interviewer.assessment.progress.story_bank import stories_in
from interviewer.cli.interviewing import held_beside
from interviewer.simulation.candidate import Level, Manner
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.wiring import Settings, open_library, open_research

RUNS = (("brightwell", "data-engineer", "en"), ("chengyuan", "accountant", "zh"))
KINDS: tuple[tuple[Manner, Level], ...] = (
    ("strong", "low"), ("strong", "medium"), ("strong", "high"), ("nervous", "medium"),
)  # fmt: skip
SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Shown:
    """A competency's level in one interview, and what its answers were meant to be worth."""

    session: str
    competency: str
    level: float
    truth: float


def shown_in(transcript: Transcript, report: Assessment) -> Iterator[Shown]:
    """Yield the levels of an interview whose truth is known."""
    truth = {entry["seq"]: entry for entry in _truth(transcript)}
    for part in report.rounds:
        for entry in part.competencies:
            worth = {
                truth[seq].get("item"): float(truth[seq]["level"])
                for seq, _ in entry.answers
                if truth.get(seq, {}).get("level")
            }
            if worth and entry.score.level is not None:
                yield Shown(transcript.id, entry.id, entry.score.level, fmean(worth.values()))


def apart(shown: Sequence[Shown]) -> list[float]:
    """Return how far pairs of two interviews lie apart that were meant to be worth the same."""
    return [
        abs(one.level - two.level)
        for one, two in combinations(shown, 2)
        if one.competency == two.competency
        and one.session != two.session
        and one.truth == two.truth
    ]


def known_again(sittings: Sequence[Sitting], truth: Mapping[tuple[str, int], str]) -> str:
    """Return of pairs of tellings how many taken for one story are, and how many are taken."""
    places = {
        id(telling): place
        for place, story in enumerate(stories_in(sittings))
        for telling in story.tellings
    }
    tellings = [
        (truth[t.session, t.quote.seq], places[id(t)])
        for sitting in sittings
        for t in sitting.tellings
        if truth.get((t.session, t.quote.seq))
    ]
    pairs = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(tellings, 2)]
    both = sum(same and taken for same, taken in pairs)
    taken = sum(taken for _, taken in pairs) or 1
    same = sum(same for same, _ in pairs) or 1
    return (
        f"{len(tellings)} tellings | taken for one and one {both / taken:.2f} | "
        f"one and taken for one {both / same:.2f}"
    )


@click.command()
@click.option("--interviews", default=6, show_default=True, help="Of each kind of candidate.")
def main(interviews: int) -> None:
    """Print how far levels of unchanged candidates lie apart, and how stories are known again."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        library = open_library(settings)
        research = open_research(settings, library)
        for company, role, language in RUNS:
            research.ensure(company)
            differences: list[float] = []
            sittings: list[Sitting] = []
            truth: dict[tuple[str, int], str] = {}
            for manner, level in KINDS:
                run = Run(company, role, language, "company", interviews, manner=manner,
                          level=level)  # fmt: skip
                shown: list[Shown] = []
                for _, text in held_beside(settings, run, run.shards, 1):
                    for transcript in load_all(text, where=company):
                        report = assess(transcript, library)
                        shown += shown_in(transcript, report)
                        real = sitting_of(_as_real(transcript), report)
                        sittings += [real] if real else []
                        truth |= {
                            (transcript.id, entry["seq"]): entry.get("story", "")
                            for entry in _truth(transcript)
                        }
                differences += apart(shown)
            click.echo(f"{language}: {len(differences)} pairs | {_told(differences)}")
            click.echo(f"  {known_again(sittings, truth)}")
        research.close()


def _truth(transcript: Transcript) -> Sequence[Mapping[str, object]]:
    simulated = transcript.interview.extra.get("simulated")
    return simulated.get("truth", ()) if isinstance(simulated, Mapping) else ()


def _as_real(transcript: Transcript) -> Transcript:
    """Return the interview without the note that leaves it out of anybody's progress."""
    extra = {k: v for k, v in transcript.interview.extra.items() if k != "simulated"}
    return replace(transcript, interview=replace(transcript.interview, extra=extra))


def _told(differences: Sequence[float]) -> str:
    ordered = sorted(differences)
    shares = ((0.5, "half"), (SHARE, f"{SHARE:.0%}"))
    return " | ".join(
        f"{name} within {ordered[int(share * (len(ordered) - 1))]:.1f}" for share, name in shares
    )


if __name__ == "__main__":
    main()
