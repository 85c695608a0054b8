"""Scores go to other tools in their forms: OpenTelemetry's events, Inspect's ready-made scores."""

from __future__ import annotations

import json
from dataclasses import replace

from interviewer.evaluation.formats.spans import records_in
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.report import Evaluation, Summary
from interviewer.evaluation.reports.inspect_scores import inspect_lines
from interviewer.evaluation.reports.telemetry_events import telemetry_lines
from interviewer.evaluation.running import Scored

FOUND = Finding(3, "repetition", "again", "minor", "It was asked before.")
SCORES = {
    "repetition": Score(0.25, findings=(FOUND,)),
    "grounding": Score(None, "No research."),
}
FIRST = Scored("f:1", "one", SCORES)


def evaluation(*entries: Scored) -> Evaluation:
    """Return an evaluation of these transcripts."""
    summaries = [Summary(name, "2", None, 0, 0, None, {}) for name in SCORES]
    return Evaluation(tuple(summaries), entries, ())


def test_a_score_is_an_event_with_name_value_explanation_and_conversation() -> None:
    """One that cannot be told has its reason and no value."""
    (line,) = telemetry_lines(evaluation(FIRST))
    batch = json.loads(line)
    names = [r["eventName"] for r in batch["resourceLogs"][0]["scopeLogs"][0]["logRecords"]]
    assert names == ["gen_ai.evaluation.result"] * 2
    told, untold = (record.attributes for record in records_in(batch))
    assert told["gen_ai.evaluation.name"] == "repetition"
    assert told["gen_ai.evaluation.score.value"] == 0.25
    assert told["gen_ai.evaluation.explanation"] == "Turn 3: It was asked before."
    assert told["gen_ai.conversation.id"] == "one"
    assert "gen_ai.evaluation.score.value" not in untold
    assert untold["gen_ai.evaluation.explanation"] == "No research."


def test_a_sample_has_one_line_a_metric_and_is_found_by_id_and_epoch() -> None:
    """The same id again is the next epoch, as in a converted log; no id is the place."""
    again = replace(FIRST, where="f:2")
    second = replace(FIRST, id="two (epoch 2)", where="g")
    found = evaluation(FIRST, again, replace(FIRST, id=""), second)
    assert list(inspect_lines(found, "grounding")) == []
    records = [json.loads(line) for line in inspect_lines(found, "repetition")]
    assert [(r["id"], r["epoch"], r["value"]) for r in records] == [
        ("one", 1, 0.25), ("one", 2, 0.25), ("3", 1, 0.25), ("two", 2, 0.25)
    ]  # fmt: skip
    assert records[0]["explanation"] == "It was asked before."
