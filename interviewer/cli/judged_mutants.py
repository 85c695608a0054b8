"""A model judges mutants for `evaluate validate --judge`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.judge_hearing import hear, model_of, where_to
from interviewer.cli.output import say

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.evaluation.mutation.tally import Tally
    from interviewer.evaluation.mutation.trying import Order
    from interviewer.wiring import Settings


def judge_mutants(
    judge: str, order: Order, operators: Sequence[str], tally: Tally, settings: Settings,
    library: Library, *, most: int, repeats: int, out: Path | None,
) -> str:  # fmt: skip
    """Count what a model says of mutants in a tally and return the model's name.

    Args:
        judge: The model; naming it is the consent.
        order: The interviews, and the seed.
        operators: Those whose mutants are judged, where they can be.
        tally: What it is counted in.
        settings: How models are reached.
        library: For what opens models.
        most: At most so many mutants of each operator.
        repeats: How often each is asked.
        out: Folder of the card, where verdicts are kept; the data folder for None.

    Raises:
        UsageError: The model is no judge.
        SetupError: The string names no model.
    """
    from interviewer.evaluation.mutation.judging import changed, sheets_of, trials_of

    name = model_of(judge, settings)
    pairs = changed(order.stocks, operators, most, order.seed)
    sheets = tuple(dict.fromkeys(sheets_of(pairs, repeats)))
    folder = (out or settings.home) / "judge"
    say(
        f"{name.shown} judges {len(pairs)} mutants, each beside what it was, {repeats} times: "
        f"{len(sheets)} verdicts at most. Answers and follow-ups are {where_to(name)}. Verdicts "
        f"are kept in {folder}."
    )
    heard = hear(settings, library, name, sheets, folder)
    tally.beside(trials_of(pairs, dict(zip(sheets, heard.said, strict=True)), repeats))
    for why in dict.fromkeys(said.failed for said in heard.said if said.failed):
        say(why)
    return name.text
