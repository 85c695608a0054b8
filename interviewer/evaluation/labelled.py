"""Sets of replies that people labelled as supported or not, and how well support agrees.

BEGIN (Dziri et al. 2022) comes as tab-separated files with `begin_label`, `response`, `knowledge`;
Q2 (Honovich et al. 2021) as comma-separated ones with a response and a label of each model. A file
is told by its columns, not by its name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interviewer.errors import InputError
from interviewer.evaluation.ranking import worth

_BEGIN = frozenset({"begin_label", "response", "knowledge"})
_Q2_LABEL, _Q2_RESPONSE = "_label", "_response"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply that somebody judged.

    Attributes:
        supported: Whether its knowledge says it.
        response: The reply.
        knowledge: What it was to be held against.
    """

    supported: bool
    response: str
    knowledge: str


def labelled_sets(folder: Path) -> Iterator[tuple[str, tuple[Labelled, ...]]]:
    """Yield each file of labelled replies in a folder with its rows, by name.

    Raises:
        InputError: There is none, or one cannot be read.
    """
    files = [p for p in sorted(folder.rglob("*")) if p.suffix in (".tsv", ".csv") and p.is_file()]
    found = False
    for file in files:
        rows = tuple(_rows(file))
        if rows:
            found = True
            yield str(file.relative_to(folder)), rows
    if not found:
        raise InputError(
            f"{folder} holds no labelled replies. They are .tsv files as BEGIN has them "
            "(begin_label, response, knowledge) or .csv files as Q2 has them."
        )


def area(rows: Sequence[Labelled]) -> float | None:
    """Return the chance that a supported reply is worth more than one that is not.

    This is the area under the receiver operating characteristic; 0.5 is chance. None where all
    rows have the same label.
    """
    told = [(row.supported, worth(row.response, row.knowledge, "en")) for row in rows]
    right = np.array([value for label, value in told if label])[:, None]
    wrong = np.array([value for label, value in told if not label])[None, :]
    if not right.size or not wrong.size:
        return None
    return float(((right > wrong) + 0.5 * (right == wrong)).mean())


def _rows(file: Path) -> Iterator[Labelled]:
    tabs = file.suffix == ".tsv"
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = (
                csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                if tabs
                else csv.DictReader(lines)
            )
            columns = frozenset(reader.fieldnames or ())
            if columns >= _BEGIN:
                yield from map(_begin, (row for row in reader if row["begin_label"] != "Generic"))
            elif "knowledge" in columns:
                models = sorted(name.removesuffix(_Q2_LABEL) for name in columns
                                if name.endswith(_Q2_LABEL))  # fmt: skip
                for row in reader:
                    yield from (_q2(row, model) for model in models if model + _Q2_RESPONSE in row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read ({error}).") from None


def _begin(row: dict[str, str]) -> Labelled:
    """Return a row of BEGIN; those labelled Generic say nothing to be supported."""
    return Labelled(row["begin_label"].startswith("Fully"), row["response"], row["knowledge"])


def _q2(row: dict[str, str], model: str) -> Labelled:
    """Return one model's reply of a row of Q2; its label 1 marks one that is not consistent."""
    supported = row[model + _Q2_LABEL] == "0"
    return Labelled(supported, row[model + _Q2_RESPONSE], row["knowledge"])
