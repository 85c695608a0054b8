"""`progress`: what several interviews of a candidate show together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_store
from interviewer.cli.output import print_json, progress_bar, say
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.assessment.progress import Overview, Sitting
    from interviewer.assessment.progress.series import Series
    from interviewer.content.library import Library
    from interviewer.interview.annotations import Annotation
    from interviewer.transcript import Transcript

GAP = "–"


@click.command()
@click.argument("candidate", default="me")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def progress(candidate: str, as_json: bool) -> None:
    r"""Show what the interviews of CANDIDATE show together: levels over time, and stories told.

    Only what can be compared is: parallel questions of one competency, by one assessor, in one
    language and mode. No change is told from fewer than three interviews, nor within the scorer's
    own spread.

    \b
    Examples:
      interviewer progress me
      interviewer progress me --json
    """
    from interviewer.assessment.progress import overview, progress_to_json

    settings = Settings.from_environment()
    store = open_store(settings)
    transcripts = asyncio.run(store.everything(candidate))
    library = open_library(settings)
    noted = asyncio.run(store.annotations_of([transcript.id for transcript in transcripts]))
    said = [noted[transcript.id] for transcript in transcripts]
    found = overview(_sittings(transcripts, said, library, candidate), library)
    if as_json:
        print_json(progress_to_json(candidate, found))
    elif not found.sittings:
        say("There is no interview yet that could be compared. Hold one with "
            "`interviewer rehearse`, or in the browser.")  # fmt: skip
    else:
        _print(found)


def _sittings(
    transcripts: Sequence[Transcript], said: Sequence[Sequence[Annotation]], library: Library,
    candidate: str,
) -> tuple[Sitting, ...]:  # fmt: skip
    """Return what each interview contributes; own levels stand beside those of the rules."""
    from interviewer.assessment import assess
    from interviewer.assessment.progress import sitting_of
    from interviewer.assessment.self_rating import with_own_levels

    held = []
    with progress_bar("Reading the interviews of") as advance:
        for place, transcript in enumerate(transcripts):
            advance(candidate, place, len(transcripts))
            report = with_own_levels(assess(transcript, library), said[place])
            sitting = sitting_of(transcript, report)
            held += [sitting] if sitting else []
    return tuple(held)


def _print(found: Overview) -> None:
    from rich.console import Console
    from rich.table import Table

    from interviewer.assessment.progress.words import (
        change_told,
        compared_told,
        use_told,
        words_for,
    )

    newest = found.newest or found.sittings[-1]
    words = words_for(newest.language)
    console = Console(highlight=False, markup=False, soft_wrap=False)
    levels = Table(title=f"Levels over {len(found.sittings)} interviews", title_justify="left")
    for heading in ("Competency", "Asked", "Levels, oldest first", "Asked for", "What changed"):
        levels.add_column(heading, overflow="fold")
    for series, change in found.series:
        language = series.key.language
        required = series.points[-1].required
        levels.add_row(
            series.name, compared_told(series.key, language), _levels(series),
            GAP if required is None else str(required), change_told(change, language),
        )  # fmt: skip
    console.print(levels)
    if found.stories:
        stories = Table(title="Stories told", title_justify="left")
        for heading in ("Story", "Served", "How often"):
            stories.add_column(heading, overflow="fold")
        for story in found.stories:
            told = story.newest
            stories.add_row(
                f"{told.quote.text}", ", ".join(story.competencies.values()),
                use_told(story, newest.language),
            )  # fmt: skip
        console.print(stories)
    if found.missing:
        click.echo(f"No story yet for: {', '.join(found.missing.values())}.")
    if found.way:
        click.echo(words.way[found.way])
    click.echo(f"\n{words.apart}\n{words.notice}")


def _levels(series: Series) -> str:
    """Return levels in a row; a gap is a dash, one that does not count stands in brackets."""
    shown = []
    for point in series.points:
        text = GAP if point.level is None else f"{point.level:.1f}"
        shown.append(text if point.counted or point.level is None else f"({text})")
    return " ".join(shown)
