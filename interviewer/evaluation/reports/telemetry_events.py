"""Scores as OpenTelemetry's `gen_ai.evaluation.result` events, a transcript's a line of OTLP JSON.

Of the conventions that `formats.telemetry` is pinned to; a collector or a backend takes the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from interviewer.evaluation.formats.form import Document
from interviewer.evaluation.formats.spans import key_values
from interviewer.evaluation.formats.telemetry import in_logs
from interviewer.evaluation.metric import Score
from interviewer.evaluation.report import Evaluation
from interviewer.evaluation.running import Scored

EVENT = "gen_ai.evaluation.result"


def telemetry_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield the scores of every transcript; one that cannot be told has a reason, no value."""
    versions = {summary.name: summary.version for summary in evaluation.summaries}
    for entry in evaluation.scored:
        yield json.dumps(in_logs(list(_records(entry, versions))), ensure_ascii=False) + "\n"


def _records(entry: Scored, versions: dict[str, str]) -> Iterator[Document]:
    for name, score in entry.scores.items():
        attributes: Document = {
            "gen_ai.evaluation.name": name,
            **({"gen_ai.evaluation.score.value": score.value} if score.value is not None else {}),
            "gen_ai.evaluation.explanation": _explanation(score),
            "gen_ai.conversation.id": entry.id or entry.where,
            "interviewer.metric.version": versions[name],
        }
        yield {"eventName": EVENT, "attributes": key_values(attributes)}


def _explanation(score: Score) -> str:
    return score.reason or " ".join(
        f"Turn {f.seq}: {f.reason}" if f.seq is not None else f.reason for f in score.findings
    )
