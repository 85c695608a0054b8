"""Who speaks in a rehearsal in the terminal, and where text goes."""

from __future__ import annotations

import asyncio
import sys

import click

from interviewer.cli.output import say
from interviewer.interview.spending import Spending
from interviewer.models.faults import explained
from interviewer.models.naming import BUILTIN, ModelName, understood
from interviewer.wiring import Settings


def chosen_model(settings: Settings, asked: str | None, *, ask: bool) -> str:
    """Return the model of a new interview, as `INTERVIEWER_MODEL` names it.

    Naming one, by option or by environment, is the consent. Where nobody has, and somebody sits
    at the keyboard, what is within reach is offered once, the built-in voice first.

    Args:
        settings: Has the model of the environment.
        asked: The model of the command's option.
        ask: Whether there is anybody to ask.

    Raises:
        SetupError: The string names no model.
    """
    named = asked or settings.model
    if named:
        return named if named == BUILTIN else understood(named, settings.access).text
    if not ask or not sys.stdin.isatty():
        return BUILTIN
    return _offered(settings)


def _offered(settings: Settings) -> str:
    from interviewer.models.finding import found_models

    found = asyncio.run(found_models(settings.access))
    if not found:
        return BUILTIN
    say("Who shall put the questions into words?")
    say("  0  the built-in voice; no text leaves this machine")
    for number, name in enumerate(found, start=1):
        say(f"  {number}  {name.shown}; {where(name)}")
    number = click.prompt("Number", default=0, type=click.IntRange(0, len(found)), err=True)
    return found[number - 1].text if number else BUILTIN


def where(name: ModelName | None) -> str:
    """Return where text goes, as half a sentence."""
    if name is None or name.goes_to is None:
        return "no text leaves this machine"
    return f"the post, the research facts and what you say are sent to {name.goes_to}"


def introduction(name: ModelName | None) -> str:
    """Return who speaks, as a sentence."""
    who = "The built-in voice speaks" if name is None else f"{name.shown} words the questions"
    return f"{who}; {where(name)}."


def fallback_note(cause: str, name: ModelName | None) -> str:
    """Return why the built-in voice spoke instead of a model."""
    if cause.startswith("guard:"):
        return "The built-in voice spoke: what the model said was kept back."
    if cause == "stopped":
        return "The built-in voice ended the turn."
    shown = name.shown if name else "The model"
    place = (name.goes_to if name else None) or "The server"
    return f"The built-in voice spoke. {explained(cause, shown, place)}"


def spent(spending: Spending, name: ModelName | None) -> str:
    """Return what a model's words took, as a sentence; nothing when no model was asked."""
    if not spending.calls:
        return ""
    shown = name.shown if name else "The model"
    cost = f", about ${spending.cost:.3f}" if spending.cost is not None else ""
    alone = sum(spending.fallbacks.values())
    return (
        f"{shown}: {spending.calls} calls, {spending.input:,} tokens in, "
        f"{spending.output:,} out{cost}; the built-in voice stepped in {alone} times."
    )
