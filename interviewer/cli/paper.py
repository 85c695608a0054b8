"""The written test in the terminal: item after item, letters, long answers, a clock."""

from __future__ import annotations

from collections.abc import Callable

import click

from interviewer.cli.output import say
from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.interview.progress import Progress
from interviewer.interview.session import Rehearsals
from interviewer.interview.written.choice import chosen
from interviewer.interview.written.sitting import minutes_gone
from interviewer.interview.written.wording import LETTERS
from interviewer.transcript import Transcript

END = "."


def heading(part: PlannedRound, place: int) -> str:
    """Return the line over a written test: what it is, how long, that nobody is cut off."""
    count = len(part.items)
    return f"— {place}. {part.name}, {count} items, {part.minutes:g} min —"


def item_line(state: Progress, transcript: Transcript, rehearsals: Rehearsals) -> str:
    """Return the line over the next item: its number and the time, which only informs."""
    part = state.round
    number = len(part.items) - len(state.left) + 1
    left = part.minutes - minutes_gone(part, transcript, rehearsals.clock())
    clock = f"{left:.0f} min left" if left >= 0 else f"{-left:.0f} min over; take what you need"
    return f"{number}/{len(part.items)} · {clock}"


def typed(
    item: PlannedItem | None, begun: str = "", keep: Callable[[str], None] = lambda text: None
) -> str:
    """Return what the person at the keyboard answers to an item; empty leaves it out.

    Args:
        item: The item.
        begun: What was written before the test was stopped; it is shown and gone on with.
        keep: Called with all that is written after every line, so that stopping loses none.
    """
    if item is None or item.kind != "single":
        return _lines(begun, keep)
    while True:
        text: str = click.prompt("\n>", default="", show_default=False, prompt_suffix=" ")
        if not text.strip() or chosen(text, item.options) is not None:
            return text
        say(_which(item))


def check_given(item: PlannedItem | None, text: str) -> None:
    """Say that an answer from a file names no option; it is kept as it is, and earns nothing."""
    if item is None or item.kind != "single" or not text.strip():
        return
    if chosen(text, item.options) is None:
        say(f"This answer names no option of {item.id}. {_which(item)}")


def _which(item: PlannedItem) -> str:
    letters = ", ".join(LETTERS[: len(item.options)])
    return f"Answer with one of {letters}, or leave it empty to leave the item out."


def _lines(begun: str, keep: Callable[[str], None]) -> str:
    say(f"Write as many lines as you need; a line with only `{END}` ends the answer.")
    lines = begun.split("\n") if begun else []
    if lines:
        say("You had written this; what you type now comes after it.")
        click.echo("\n".join(f"> {line}" for line in lines))
    while True:
        line: str = click.prompt(">", default="", show_default=False, prompt_suffix=" ")
        if line.strip() == END:
            return "\n".join(lines).strip()
        lines.append(line)
        keep("\n".join(lines))
