"""What changed most between two evaluations: the transcripts, both ways, with turn and words."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.evaluation.beside import beside
from interviewer.evaluation.examples import examples, examples_markdown
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.report import Evaluation, Summary, evaluation_to_json
from interviewer.evaluation.running import Scored


def found(value: float, *seqs: int) -> Score:
    """Return a score with a finding at each turn."""
    findings = tuple(
        Finding(seq, "form", "two", "minor", "Two at once.", f"Words | {seq}?") for seq in seqs
    )
    return Score(value, findings=findings)


def evaluation(scores: Mapping[str, Score], better: str = "higher") -> Evaluation:
    """Return an evaluation of one metric."""
    summary = Summary("form", "1", None, 0, 0, None, {}, better)
    entries = tuple(Scored(f"f:{name}", name, {"form": score}) for name, score in scores.items())
    return Evaluation((summary,), entries, ())


BEFORE = {"a": found(1.0), "b": found(0.5, 1, 3), "c": found(0.5, 1), "d": found(0.2, 5)}
NOW = {"a": found(0.0, 7), "b": found(1.0, 3), "c": found(0.5, 1), "d": found(0.6)}


def test_both_ways_are_shown_worse_first_with_what_came_and_went() -> None:
    """Findings both have are left out; what did not change is no example."""
    seen = examples(evaluation(NOW), evaluation_to_json(evaluation(BEFORE)))
    assert [(example.where, example.better) for example in seen] == [
        ("f:a", False), ("f:b", True), ("f:d", True),
    ]  # fmt: skip
    assert [entry["seq"] for entry in seen[0].new] == [7]
    assert [entry["seq"] for entry in seen[1].gone] == [1]
    assert seen[1].new == ()
    text = examples_markdown(seen)
    assert "| before: 1.000 | now: 0.000 |" in text
    assert "turn 7: Two at once. “Words \\| 7?”" in text


def test_what_is_better_depends_on_the_metric() -> None:
    """Lower is better where the metric says so, and neither where it says neither."""
    old = evaluation_to_json(evaluation(BEFORE))
    lower = examples(evaluation(NOW, "lower"), old)
    assert [example.better for example in lower] == [False, False, True]
    neither = examples(evaluation(NOW, "neither"), old)
    assert {example.better for example in neither} == {None}


def test_nothing_beside_an_evaluation_adds_nothing() -> None:
    """Without an earlier one and a bare model there is no word of either."""
    alone = beside(evaluation(NOW), None, None)
    assert (alone.to_json(), alone.markdown()) == ({}, "")


def test_a_bare_column_without_shared_interviews_says_so() -> None:
    """The figures stand there all the same; no gain is made up."""
    other = evaluation({"z": found(0.1)})
    told = beside(evaluation(NOW), None, other)
    assert told.bare is not None
    assert told.bare.gains == ()
    assert "share no interview" in told.markdown()
