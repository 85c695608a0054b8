"""`dispute`: "I did say that", looked at again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_store
from interviewer.cli.output import print_json, say
from interviewer.errors import InputError, UsageError
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.assessment import Assessment


@click.command()
@click.argument("session")
@click.argument("competency", required=False)
@click.argument("part", required=False)
@click.argument("sentence", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def dispute(
    session: str, competency: str | None, part: str | None, sentence: str | None, as_json: bool
) -> None:
    r"""Point to the SENTENCE of SESSION that tells a PART said to be missing in a COMPETENCY.

    The sentence has to stand in what you said; spaces and capitals do not matter. The point is
    withdrawn and the level computed again, or it stays, and the reason is told with what was
    found. With SESSION alone what can be disputed is listed.

    \b
    Examples:
      interviewer dispute 3f9c2a71d0
      interviewer dispute 3f9c2a71d0 hr/teamwork_conflict result "We count by aisle since then."
    """
    from interviewer.assessment import assess
    from interviewer.assessment.afterwards_document import verdict_to_json
    from interviewer.assessment.dispute import Dispute
    from interviewer.assessment.disputing import answer_to
    from interviewer.assessment.words import words_for

    settings = Settings.from_environment()
    library, store = open_library(settings), open_store(settings)
    transcript = asyncio.run(store.load(session))
    after = asyncio.run(store.afterwards(transcript))
    report = assess(transcript, library, after=after)
    if competency is None:
        _list(report, as_json=as_json)
        return
    if part is None or sentence is None:
        raise UsageError("Name competency, part and sentence, or the session alone for a list.")
    asked = Dispute(*_named(report, competency), part, sentence)
    answer = answer_to(asked, transcript, library, after)
    if answer.note is not None:
        asyncio.run(store.annotate(session, answer.note))
    verdict, words = answer.verdict, words_for(report.language)
    if as_json:
        levels = {"level_before": answer.before, "level_after": answer.after}
        print_json({**verdict_to_json(verdict), **levels})
        return
    outcome = words.practice["withdrawn" if verdict.withdrawn else "kept"]
    click.echo(f"{outcome}: {words.dispute[verdict.reason]}")
    if verdict.quote:
        click.echo(f"> {verdict.quote} ({words.labels['turn']} {verdict.seq})")
    if answer.before != answer.after:
        click.echo(f"{words.labels['level']} {answer.before} → {answer.after}")


def _list(report: Assessment, *, as_json: bool) -> None:
    words = report.words
    named = {**words.lifts, **words.parts}
    open_points = [
        {"about": f"{part.id}/{entry.id}", "part": name, "text": named[name]}
        for part in report.rounds
        for entry in part.competencies
        for name in entry.disputable
    ]
    if as_json:
        print_json(open_points)
        return
    for point in open_points:
        click.echo(f"{point['about']} {point['part']}: {point['text']}")
    if not open_points:
        say("Nothing is said to be missing in this interview that a sentence could show.")


def _named(report: Assessment, competency: str) -> tuple[str, str]:
    """Return round and rubric of a competency that may be named by its rubric alone.

    Raises:
        InputError: It is in several rounds.
    """
    round_id, _, name = competency.rpartition("/")
    if round_id:
        return round_id, name
    rounds = [part.id for part in report.rounds for c in part.competencies if c.id == name]
    if len(rounds) > 1:
        either = " or ".join(f"{entry}/{name}" for entry in rounds)
        raise InputError(f"{name!r} is in several rounds. Name it as {either}.")
    return (rounds or [""])[0], name
