"""Marks as a table, `transcript,turn,item,rater,value,candidate`; faults are named by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from interviewer.errors import InputError
from interviewer.evaluation.cells import from_cell

COLUMNS = ("transcript", "turn", "item", "rater", "value", "candidate")
GROUP = "group"
# Items whose value is no level: what became of a candidate, and whether a turn belongs.
OUTCOME, FOLLOW_UP = "outcome", "follow_up_relevance"
_YES_NO = (OUTCOME, FOLLOW_UP)
_SAID = {"yes": 1.0, "no": 0.0, "1": 1.0, "0": 0.0}
_NAMED = {"low": 1.0, "medium": 3.0, "high": 5.0}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels that may be given, from the lowest to the highest, each one above the last.

    Attributes:
        lowest: The lowest.
        highest: The highest.
    """

    lowest: int = 1
    highest: int = 5

    def __str__(self) -> str:
        """Return them as the option is written."""
        return f"{self.lowest}-{self.highest}"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a mark is given to.

    Attributes:
        transcript: The transcript's id.
        turn: The number of the turn, None for the transcript as a whole.
        item: The competency, or what else is looked at.
    """

    transcript: str
    turn: int | None
    item: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark by one rater.

    Attributes:
        thing: What it is given to.
        rater: Who gave it.
        value: The level; 1 or 0 for yes or no, between them a probability.
        candidate: Whose interview it is; marks on one candidate are not independent.
        group: The candidate's group, empty where none is given.
    """

    thing: Thing
    rater: str
    value: float
    candidate: str
    group: str = ""


@dataclass
class _Reading:
    where: str
    levels: Levels
    by_machine: bool
    faults: list[str] = field(default_factory=list)
    seen: dict[tuple[Thing, str], int] = field(default_factory=dict)

    def mark(self, line: int, row: Mapping[str, str]) -> Mark | None:
        """Return the mark of a row, None where something is wrong with it."""
        before = len(self.faults)
        for name in ("transcript", "item", "rater", "value"):
            if not row[name]:
                self.fault(line, f"`{name}` is empty")
        turn = row["turn"]
        if turn and not turn.isdecimal():
            self.fault(line, f"`turn` is {turn!r} and no number")
        value = self.value(line, row)
        if len(self.faults) > before or value is None:
            return None
        thing = Thing(row["transcript"], int(turn) if turn else None, row["item"])
        first = self.seen.setdefault((thing, row["rater"]), line)
        if first != line:
            self.fault(line, f"{row['rater']} marked the same on line {first}")
        return Mark(thing, row["rater"], value, row["candidate"], row[GROUP])

    def value(self, line: int, row: Mapping[str, str]) -> float | None:
        """Return a value, None where it is none that may be given."""
        text, item = row["value"].lower(), row["item"]
        if not text:
            return None
        if item in _YES_NO:
            told = _SAID.get(text)
            if told is None and self.by_machine and _NUMBER.fullmatch(text) and float(text) <= 1:
                told = float(text)
            offered = "yes or no" + (", or a probability" if self.by_machine else "")
        else:
            told = _NAMED.get(text, float(text) if _NUMBER.fullmatch(text) else None)
            offered = f"a level of {self.levels}"
            # A machine's level may be a median of several, a person's is one that was offered.
            if told is not None and (
                not self.levels.lowest <= told <= self.levels.highest
                or (told % 1 and not self.by_machine)
            ):
                told = None
        if told is None:
            self.fault(line, f"`value` is {row['value']!r}, not {offered}")
        return told

    def fault(self, line: int, what: str) -> None:
        """Keep what is wrong with a line."""
        self.faults.append(f"{self.where}, line {line}: {what}.")


def marks_in(
    text: str, *, where: str, levels: Levels = Levels(), by_machine: bool = False
) -> tuple[Mark, ...]:
    """Return the marks of a table of comma-separated values.

    Args:
        text: The table; its first line names the columns, others than ours are left alone.
        where: What to call it in an error.
        levels: The levels that may be given.
        by_machine: Whether values between two levels, and probabilities, may be given too.

    Raises:
        InputError: A column is missing, a value is none that may be given, or something is marked
            twice by the same rater; names the lines.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    reading = _Reading(where, levels, by_machine)
    marks = tuple(_marks(rows, reading))
    if not marks and not reading.faults:
        reading.faults.append(f"{where} holds no marks.")
    bare = [mark.candidate for mark in marks if not mark.candidate]
    if bare and len(bare) < len(marks):
        reading.faults.append(
            f"{where}: `candidate` is empty in {len(bare)} of {len(marks)} rows. Fill it in all "
            "or in none; with none each transcript counts as a candidate of its own."
        )
    reading.faults += _torn(marks, where)
    if reading.faults:
        more = len(reading.faults) - _MOST_NAMED
        told = [*reading.faults[:_MOST_NAMED], *([f"And {more} more."] if more > 0 else [])]
        raise InputError("\n".join(told))
    return marks


def _marks(rows: Iterator[list[str]], reading: _Reading) -> Iterator[Mark]:
    try:
        head = [name.strip().lower() for name in next(rows, [])]
        missing = [name for name in COLUMNS if name not in head]
        if missing or len(set(head)) < len(head):
            what = f"the column {missing[0]} is missing" if missing else "a column comes twice"
            reading.fault(1, f"{what}; the columns are {', '.join(COLUMNS)}")
            return
        for cells in rows:
            line = rows.line_num  # type: ignore[attr-defined]  # csv's reader has it
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                reading.fault(line, f"{len(cells)} cells, and {len(head)} columns")
                continue
            row = {
                GROUP: "",
                **dict(zip(head, (from_cell(cell.strip()) for cell in cells), strict=True)),
            }
            mark = reading.mark(line, row)
            if mark is not None:
                yield mark
    except csv.Error as error:
        line = rows.line_num  # type: ignore[attr-defined]  # csv's reader has it
        reading.fault(line, f"it is no comma-separated row ({error})")


def _torn(marks: tuple[Mark, ...], where: str) -> Iterator[str]:
    """Yield transcripts that are said to be of two candidates."""
    owner: dict[str, str] = {}
    for mark in marks:
        if owner.setdefault(mark.thing.transcript, mark.candidate) != mark.candidate:
            yield (
                f"{where}: the transcript {mark.thing.transcript} is of two candidates, "
                f"{owner[mark.thing.transcript]} and {mark.candidate}."
            )
