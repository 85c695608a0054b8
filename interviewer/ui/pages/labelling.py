"""What the labelling forms bring, checked and kept, and the tables that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.evaluation.kept.labels import (
    TABLES,
    Label,
    Table,
    checked_item,
    checked_rater,
    checked_value,
    item_of,
    metrics_side,
    names_of,
)
from interviewer.evaluation.kept.looking import candidate_of
from interviewer.evaluation.kept.shelf import Shelf
from interviewer.evaluation.metrics.scoring_agreement import BUILTIN, builtin_levels
from interviewer.evaluation.speech import Speech
from interviewer.ui.words import Words


@dataclass(frozen=True)
class Labelling:
    """Labels of the runs on a shelf.

    Attributes:
        shelf: Where the runs lie.
        library: Whose rubrics say which levels there are.
    """

    shelf: Shelf
    library: Library
    FIELDS: ClassVar[tuple[str, ...]] = (
        "table", "turn", "item", "tag", "value", "rater", "blind",
    )  # fmt: skip
    FILES: ClassVar[tuple[str, ...]] = (
        "findings.csv", "levels.csv", "findings-metrics.csv", "levels-assessor.csv",
    )  # fmt: skip

    def keep(self, name: str, number: int, filled: Mapping[str, str], words: Words) -> int | None:
        """Keep what a form says; an empty value takes back what was said. Return the turn.

        Raises:
            InputError: Something in it cannot be, or there is no such transcript.
        """
        run = self.shelf.run(name)
        if not 1 <= number <= len(run.transcripts):
            raise InputError(words["evaluate_no_transcript"].format(number=number, run=name))
        table: Table = TABLES[1] if filled["table"] == TABLES[1] else TABLES[0]
        rater, turn = checked_rater(filled["rater"]), _turn(filled["turn"], words)
        tag = filled["tag"]
        item = checked_item(table, item_of(filled["item"], tag) if tag else filled["item"])
        rubric = self.library.rubrics.get(item)
        levels = (rubric.scale.min, rubric.scale.max) if rubric else (1, 5)
        withdrawn = not filled["value"]
        value = 0 if withdrawn else checked_value(table, filled["value"], levels)
        called = names_of(run.ids)[number - 1]
        candidate = candidate_of(self.shelf.transcript(name, number), called)
        label = Label(called, turn, item, rater, value, candidate)
        self.shelf.keep_label(name, table, label, withdrawn=withdrawn)
        return turn

    def table(self, name: str, file: str) -> Sequence[Label]:
        """Return one of the tables: people's, or the machine's side of it.

        Raises:
            InputError: A label or a transcript is broken.
        """
        if file == "levels.csv":
            return self.shelf.labels(name, "levels")
        if file == "levels-assessor.csv":
            return self._levels(name)
        labels = self.shelf.labels(name, "findings")
        if file == "findings.csv":
            return labels
        run = self.shelf.run(name)
        return metrics_side(labels, run.found, names_of(run.ids))

    def _levels(self, name: str) -> list[Label]:
        """Return the built-in assessor's levels of the transcripts somebody gave levels."""
        numbers = {called: at for at, called in enumerate(names_of(self.shelf.run(name).ids), 1)}
        found = []
        labels = {label.transcript: label for label in self.shelf.labels(name, "levels")}
        for called, label in labels.items():
            kept = self.shelf.transcript(name, numbers.get(called, 0))
            for mark in builtin_levels(Speech(kept), self.library) if kept else ():
                thing = mark.thing
                found.append(
                    Label(called, thing.turn, thing.item, BUILTIN, mark.value, label.candidate)
                )
        return found


def _turn(text: str, words: Words) -> int | None:
    if text and not (text.isdecimal() and len(text) < 8):
        raise InputError(words["evaluate_unreadable"])
    return int(text) if text else None
