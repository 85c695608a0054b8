"""`deflect`: improper questions to practise on, apart from any interview; nothing is kept."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click

from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.interview.debriefing import Debriefing, Practice

_SEEDS = 2**31


@click.command()
@click.option("--country", required=True, help="Whose rules are told: us, uk, eu or cn.")
@click.option("--language", default="en", show_default=True, help="en or zh.")
@click.option("--questions", "count", type=click.IntRange(1, 3), default=3, show_default=True,
              help="How many.")  # fmt: skip
@click.option("--seed", type=int, help="The same seed asks the same questions.")
def deflect(country: str, language: str, count: int, seed: int | None) -> None:
    r"""Practise turning questions that must not be asked; nothing of it is kept.

    A poorly trained examiner, who sits in no interview, asks one to three of them word for word
    from a file. After each reply you are told, by rules, which way it took and how it did.

    \b
    Example:
      interviewer deflect --country uk
    """
    from interviewer.interview.debriefing import practice_of

    practice = practice_of(open_library(Settings.from_environment()), country, language)
    words = practice.words
    click.secho(words["title"], bold=True)
    click.echo(words["about"])
    protect: str = click.prompt(f"\n{words['protect']}", default="", show_default=False)
    asked = practice.chosen(secrets.randbelow(_SEEDS) if seed is None else seed, count)
    for number, question in enumerate(asked, start=1):
        place = words["question"].format(number=number, total=len(asked))
        click.secho(f"\n— {place} —\n{words['examiner']}: ", bold=True, nl=False)
        click.echo(question.text)
        reply: str = click.prompt("\n>", default="", show_default=False, prompt_suffix=" ")
        _show(practice.debriefing(question, reply, protect), practice)


def _show(told: Debriefing, practice: Practice) -> None:
    """Print what a reply was, what the law says, and what else can be done."""
    words, line = practice.words, practice.line
    click.echo("\n" + line("option", practice.joined(told.ways)))
    for part in told.parts:
        form = words["rated"] if part.level else words["not_rated"]
        click.echo("  " + form.format(name=part.name, level=part.level, reason=part.reason))
    if told.own_line:
        click.echo(line("own_line", told.own_line))
    elif told.options != ("d",):
        click.echo(words["no_line"])
    if told.lawful:
        click.echo(line("instead", told.lawful))
    click.echo(line("law", told.rule or words["no_rule"]))
    click.secho(practice.lesson.notice, dim=True)
    click.echo(line("stop", words["when_to_stop"]))
    click.echo(line("complain", practice.complain))
