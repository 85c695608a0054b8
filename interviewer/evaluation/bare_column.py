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
    ends_shown,
    entry_to_json,
    evaluation_to_json,
)
from interviewer.evaluation.wording import wording


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


def bare_markdown(column: BareColumn, language: str = "en") -> str:
    """Return the column as Markdown."""
    words = wording(language)
    w = words.markdown
    gains = {gain.metric: gain for gain in column.gains}
    lines = [
        f"## {w['bare']}",
        "",
        w["bare_lead"].format(n=len(column.evaluation.scored)),
        "",
        w["bare_head"],
        "|---|---|---|---|---|",
    ]
    for name, s in column.by_name.items():
        mean = "" if s.mean is None else f"{s.mean:.3f}"
        ends = ends_shown(s.ci95, words)
        gain = change_shown(gains[name], language) if name in gains else ""
        lines.append(f"| {name} | {mean} | {ends} | {s.n} | {gain} |")
    if not column.gains:
        lines += ["", w["bare_alone"]]
    return "\n".join([*lines, ""])


def change_shown(change: Change, language: str = "en") -> str:
    """Return a difference with its interval, as text."""
    if not change.ci95:
        return f"{change.difference:+.3f}"
    low, high = (f"{end:+.3f}" for end in change.ci95)
    told = wording(language).markdown["to"].format(low=low, high=high)
    return f"{change.difference:+.3f} ({told})"
