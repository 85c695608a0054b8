"""What a bare model makes of the same interviews: a column that stands beside every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.errors import InputError
from interviewer.evaluation.comparing import Change, changes
from interviewer.evaluation.report import (
    SCHEMA,
    Evaluation,
    Summary,
    entry_to_json,
    evaluation_to_json,
)


@dataclass(frozen=True, slots=True)
class BareColumn:
    """A bare model's evaluation, and what the house does better.

    Attributes:
        evaluation: Of the bare model's interviews, by the same metrics.
        gains: The measured interviews less the bare ones, by interviews of the same id; empty
            where they share none.
    """

    evaluation: Evaluation
    gains: tuple[Change, ...]

    @property
    def by_name(self) -> Mapping[str, Summary]:
        """Its figures by metric."""
        return {summary.name: summary for summary in self.evaluation.summaries}


def bare_column(evaluation: Evaluation, bare: Evaluation) -> BareColumn:
    """Return the column of a bare model's interviews.

    Args:
        evaluation: What is measured.
        bare: The bare model's, measured by the same metrics.
    """
    try:
        entries = list(map(entry_to_json, bare.scored))
        gains = changes(evaluation, {"schema": SCHEMA, "per_transcript": entries})
    except InputError:
        gains = ()
    return BareColumn(bare, gains)


def bare_to_json(column: BareColumn) -> dict[str, object]:
    """Return the column in the documented form."""
    document = evaluation_to_json(column.evaluation)
    return {
        "transcripts": document["transcripts"],
        "unreadable": document["unreadable"],
        "metrics": document["metrics"],
        "gains": [change_to_json(gain) for gain in column.gains],
    }


def change_to_json(change: Change) -> dict[str, object]:
    """Return a change in the documented form."""
    return {
        "metric": change.metric,
        "n": change.n,
        "difference": change.difference,
        "ci95": list(change.ci95) if change.ci95 else None,
    }


def bare_markdown(column: BareColumn) -> str:
    """Return the column as Markdown."""
    gains = {gain.metric: gain for gain in column.gains}
    lines = [
        "## A bare model beside it",
        "",
        f"{len(column.evaluation.scored)} interviews that a model held alone, from one prompt "
        "with the same research, post and competencies. It was not told the plan's questions.",
        "",
        "| metric | bare model | 95 % interval | scored | gain over it, paired |",
        "|---|---|---|---|---|",
    ]
    for name, s in column.by_name.items():
        mean = "" if s.mean is None else f"{s.mean:.3f}"
        ends = f"{s.ci95[0]:.3f} to {s.ci95[1]:.3f}" if s.ci95 else ""
        gain = change_shown(gains[name]) if name in gains else ""
        lines.append(f"| {name} | {mean} | {ends} | {s.n} | {gain} |")
    if not column.gains:
        lines += ["", "The two share no interview by id: simulate both with the same company, "
                  "role, candidates and seed."]  # fmt: skip
    return "\n".join([*lines, ""])


def change_shown(change: Change) -> str:
    """Return a difference with its interval, as text."""
    interval = f" ({change.ci95[0]:+.3f} to {change.ci95[1]:+.3f})" if change.ci95 else ""
    return f"{change.difference:+.3f}{interval}"
