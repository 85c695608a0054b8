"""The candidate's own levels, asked in the terminal before the report."""

from __future__ import annotations

from collections.abc import Sequence

import click

from interviewer.assessment.self_rating import ToRate
from interviewer.cli.output import say

SKIP_ALL = "-"


def asked_levels(asked: Sequence[ToRate]) -> dict[str, int]:
    """Ask for a level of each competency; Enter skips one, `-` all that are left.

    What was chosen before somebody stops is kept.
    """
    say(
        "\nBefore the report: how would you rate what your answers showed? "
        f"Enter skips one, `{SKIP_ALL}` skips the rest; it is asked once and moves no level."
    )
    chosen: dict[str, int] = {}
    for entry in asked:
        say(f"\n{entry.name}: {entry.definition}")
        for level, text in entry.anchors:
            say(f"  {level}  {text}")
        answer = _level(entry)
        if answer == SKIP_ALL:
            break
        if answer:
            chosen[entry.id] = int(answer)
    return chosen


def _level(entry: ToRate) -> str:
    """Return a level as typed, empty when skipped, `-` when all are."""
    known = {str(level) for level in entry.levels} | {"", SKIP_ALL}
    span = f"{entry.scale.min}-{entry.scale.max}"
    while True:
        try:
            text: str = click.prompt(
                span, default="", show_default=False, prompt_suffix="> ", err=True
            )
        except (EOFError, click.Abort):
            return SKIP_ALL
        if text.strip() in known:
            return text.strip()
        say(f"Type a level from {span}, Enter to skip it, or `{SKIP_ALL}` to skip the rest.")
