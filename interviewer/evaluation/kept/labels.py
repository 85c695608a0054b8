"""What people say of findings and answers, in the form `interviewer evaluate agree` reads.

Two tables, for their values are of two kinds. In the table of findings an item is a metric with a
tag, and the value says whether the thing is there: 1 for a finding that is right or one that was
missed, 0 for a finding that is wrong. In the table of levels an item is a competency.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from interviewer.errors import InputError
from interviewer.evaluation.agreement.marks import COLUMNS
from interviewer.evaluation.cells import as_cell, from_cell
from interviewer.evaluation.reports.sightings import Sighting

Table = Literal["findings", "levels"]
TABLES: tuple[Table, ...] = get_args(Table)
# The rater that stands for the metrics in their side of the findings.
METRICS = "metrics"
_RATER = re.compile(r"[^\W_][\w .-]{0,38}")
_ITEM = re.compile(r"[a-z0-9][a-z0-9_.#]{0,99}")
_TAG = re.compile(r"[a-z0-9]")
_LEVEL = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Label:
    """What one person says of one thing.

    Attributes:
        transcript: The transcript, as the tables name it.
        turn: The turn, None for the transcript as a whole.
        item: A metric with a tag, or a competency.
        rater: Who says it.
        value: 1 or 0 of a finding, a level of an answer.
        candidate: Whose interview it is.
    """

    transcript: str
    turn: int | None
    item: str
    rater: str
    value: float
    candidate: str

    @property
    def thing(self) -> tuple[str, int | None, str]:
        """What it is said of."""
        return self.transcript, self.turn, self.item


def with_label(labels: Iterable[Label], label: Label, *, withdrawn: bool = False) -> list[Label]:
    """Return labels with one more, in place of what its rater said of the same thing before."""
    rest = [old for old in labels if (old.thing, old.rater) != (label.thing, label.rater)]
    return rest if withdrawn else [*rest, label]


def checked_rater(name: str) -> str:
    """Return a rater's name.

    Raises:
        InputError: It is none, or the one that stands for the metrics.
    """
    rater = " ".join(name.split())
    if not _RATER.fullmatch(rater) or rater == METRICS:
        raise InputError(
            f"{rater[:40]!r} is no name of a rater: up to 39 letters, digits, spaces, dots and "
            f"dashes, a letter or digit first, and not {METRICS!r}."
        )
    return rater


def checked_item(table: Table, item: str) -> str:
    """Return what a label is about.

    Raises:
        InputError: It is neither a competency nor a metric with a tag.
    """
    metric, _, tag = item.partition(".")
    right = _ITEM.fullmatch(item) and (table == "levels" or (metric and _TAG.match(tag)))
    if not right:
        raise InputError(f"{item[:100]!r} is nothing that can be labelled.")
    return item


def checked_value(table: Table, text: str, levels: tuple[int, int] = (1, 5)) -> int:
    """Return a label's value.

    Raises:
        InputError: It is none that may be given.
    """
    low, high = (0, 1) if table == "findings" else levels
    if not _LEVEL.fullmatch(text) or not low <= int(text) <= high:
        raise InputError(f"{text[:20]!r} is no value from {low} to {high}.")
    return int(text)


def items_of(found: Iterable[Sighting]) -> dict[int, str]:
    """Return what each finding is called in a table, by its number.

    A second finding of one tag in the same turn has `#2` behind it.
    """
    seen: Counter[tuple[int, int | None, str]] = Counter()
    items = {}
    for sighting in found:
        name = item_of(sighting.finding.metric, sighting.finding.tag)
        key = (sighting.transcript, sighting.finding.seq, name)
        seen[key] += 1
        items[sighting.number] = name if seen[key] == 1 else f"{name}#{seen[key]}"
    return items


def item_of(metric: str, tag: str) -> str:
    """Return what a kind of finding is called in a table."""
    return f"{_plain(metric)}.{_plain(tag)}"


def names_of(ids: Sequence[str]) -> tuple[str, ...]:
    """Return what transcripts are called in the tables: their ids, told apart where need be."""
    told = [whole(name) for name in ids]
    counts = Counter(told)
    return tuple(
        name if name and counts[name] == 1 else f"{name or 'transcript'}#{place}"
        for place, name in enumerate(told, start=1)
    )


def whole(text: str) -> str:
    """Return a text with half of a surrogate pair as its escape: a table is UTF-8."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


def metrics_side(
    labels: Iterable[Label], found: Sequence[Sighting], names: Sequence[str]
) -> tuple[Label, ...]:
    """Return what the metrics say of everything that somebody labelled: 1 found, 0 not found."""
    items = items_of(found)
    there = {(names[s.transcript - 1], s.finding.seq, items[s.number]) for s in found}
    one_each = {label.thing: label for label in labels}
    return tuple(
        Label(*thing, METRICS, int(thing in there), label.candidate)
        for thing, label in one_each.items()
    )


def to_table(labels: Iterable[Label]) -> str:
    """Return labels as comma-separated values, in the order of transcripts, turns and items."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for label in sorted(labels, key=lambda o: (o.transcript, o.turn or 0, o.item, o.rater)):
        turn = "" if label.turn is None else label.turn
        names = [label.transcript, label.item, label.rater, label.candidate]
        transcript, item, rater, candidate = map(as_cell, names)
        rows.writerow([transcript, turn, item, rater, f"{label.value:g}", candidate])
    return written.getvalue()


def from_table(text: str, where: str) -> list[Label]:
    """Read labels as `to_table` writes them.

    Raises:
        InputError: A line is no label; names it.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    labels = []
    for row in rows:
        labels.append(_label(row, f"{where}, line {rows.line_num}"))
    return labels


def _label(row: Mapping[str, str | None], where: str) -> Label:
    values = {name: from_cell(row.get(name) or "") for name in COLUMNS}
    turn, value = values["turn"], values["value"]
    if not values["transcript"] or not _LEVEL.fullmatch(value) or (turn and not turn.isdecimal()):
        raise InputError(f"{where} is no label. Mend it, or move the file away.")
    return Label(
        values["transcript"], int(turn) if turn else None, values["item"], values["rater"],
        int(value), values["candidate"],
    )  # fmt: skip


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", name.lower())[:40].strip("_") or "finding"
