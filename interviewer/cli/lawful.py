"""Shows in the terminal, out of character, what must not be asked."""

from __future__ import annotations

import click

from interviewer.content.lawful import Lesson


def show_lesson(lesson: Lesson | None) -> None:
    """Print the pairs of a lesson, nothing where none is due."""
    if lesson is None:
        return
    click.secho(f"\n   {lesson.heading}", bold=True)
    click.secho(f"   {lesson.intro}", dim=True)
    for pair in lesson.pairs:
        click.echo(f"\n   {lesson.never}: {pair.never}\n   {lesson.lawful}: {pair.lawful}")
        click.secho(f"   {pair.rule}", dim=True)
    click.secho(f"\n   {lesson.notice}", dim=True)
