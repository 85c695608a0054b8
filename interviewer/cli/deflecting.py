"""`deflect`: improper questions to practise on, apart from any interview; nothing is kept."""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING

import click

from interviewer.errors import InputError
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.content.deflection import DeflectionFile, PracticeQuestion
    from interviewer.content.lawful import Lesson
    from interviewer.interview.deflecting import Debrief


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
    library = open_library(Settings.from_environment())
    bank = library.deflection.get(language)
    lesson = library.lawful.lesson(country, language)
    if bank is None:
        raise InputError(f"There are no questions in `{language}`. Choose en or zh.")
    if lesson is None:
        known = ", ".join(library.lawful.countries)
        raise InputError(f"The rules of `{country}` are not known. Choose one of: {known}.")
    chosen = random.Random(secrets.randbits(31) if seed is None else seed)  # no secret
    words = bank.words
    click.secho(words["title"], bold=True)
    click.echo(words["about"])
    protect: str = click.prompt(f"\n{words['protect']}", default="", show_default=False)
    for number, question in enumerate(chosen.sample(bank.questions, count), start=1):
        place = words["question"].format(number=number, total=count)
        click.secho(f"\n— {place} —\n{words['examiner']}: ", bold=True, nl=False)
        click.echo(question.text)
        reply: str = click.prompt("\n>", default="", show_default=False, prompt_suffix=" ")
        _debrief(reply, protect, question, bank, lesson, country, language)


def _debrief(
    reply: str, protect: str, question: PracticeQuestion, bank: DeflectionFile, lesson: Lesson,
    country: str, language: str,
) -> None:  # fmt: skip
    """Print what a reply was, what the law says, and what else can be done."""
    from interviewer.interview.deflecting import debrief_of

    words = bank.words
    found = debrief_of(reply, protect=protect, bank=bank, language=language)
    ways = [str(words[option]) for option in found.options] or [words["silent"]]
    click.echo(f"\n{words['option']}: {'; '.join(ways)}")
    _show_parts(found, bank)
    own = ("" if language == "zh" else " ").join(found.own_words)
    click.echo(f"{words['own_line']}: {own}" if own else words["no_line"])
    rule = next((pair.rule for pair in lesson.pairs if pair.topic == question.topic), "")
    click.echo(f"{words['law']}: {rule or words['no_rule']}")
    click.secho(lesson.notice, dim=True)
    click.echo(words["when_to_stop"])
    complain = bank.complain.get(country)  # type: ignore[call-overload]  # checked by the lesson
    click.echo(f"{words['complain']}: {complain}")


def _show_parts(found: Debrief, bank: DeflectionFile) -> None:
    from interviewer.interview.deflecting import LONGEST

    words = {str(name): text for name, text in bank.words.items()}
    for part in found.parts:
        reason = words[part.reason].format(quote=part.quote, most=LONGEST)
        form = words["rated"] if part.level else words["not_rated"]
        click.echo("  " + form.format(name=words[part.name], level=part.level, reason=reason))
