"""What many transcripts show together, as `interviewer.evaluation/1` and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Literal

from interviewer.evaluation.detail_lines import detail_lines
from interviewer.evaluation.intervals import mean_interval
from interviewer.evaluation.metric import TOGETHER, Finding, Metric, OverAll, Overall, Score
from interviewer.evaluation.running import Scored

SCHEMA = "interviewer.evaluation/1"
MOST_SHOWN = 5
NOTICE = (
    "These figures measure interviewers from what was said. They say nothing of candidates, and "
    "findings on prohibited questions are guidance, not legal advice."
)


@dataclass(frozen=True, slots=True)
class Summary:
    """One metric over all transcripts.

    Attributes:
        name: The metric.
        version: Of the metric.
        mean: Mean of the values, None where there is none.
        n: How many transcripts have a value.
        unscored: How many have none.
        ci95: 95 % interval of the mean, None for fewer than two values.
        reasons: Why there is no value, counted.
        better: Which way is better.
        details: What stands beside the mean, as JSON; empty for most metrics.
    """

    name: str
    version: str
    mean: float | None
    n: int
    unscored: int
    ci95: tuple[float, float] | None
    reasons: Mapping[str, int]
    better: Literal["higher", "lower", "neither"] = "neither"
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was found.

    Attributes:
        summaries: By metric, in the order of reports.
        scored: Transcripts that could be read.
        unreadable: Those that could not, with the reason.
    """

    summaries: tuple[Summary, ...]
    scored: tuple[Scored, ...]
    unreadable: tuple[Scored, ...]

    @property
    def unreadable_share(self) -> float:
        """Share of the transcripts that could not be read."""
        total = len(self.scored) + len(self.unreadable)
        return len(self.unreadable) / total if total else 0.0

    @property
    def noticed(self) -> tuple[tuple[str, str], ...]:
        """What is odd about transcripts that were measured: where each lies, and a sentence."""
        notes = [(entry.where, note) for entry in self.scored for note in entry.notes]
        first: dict[str, str] = {}
        for entry in self.scored:
            if entry.id and first.setdefault(entry.id, entry.where) != entry.where:
                told = f"It has the id {entry.id[:60]!r}, as {first[entry.id]} has."
                notes.append((entry.where, told))
        return tuple(notes)

    @property
    def unscored_share(self) -> float:
        """Share of all values that could not be told."""
        total = sum(summary.n + summary.unscored for summary in self.summaries)
        return sum(summary.unscored for summary in self.summaries) / total if total else 0.0


def evaluation_of(results: Iterable[Scored], metrics: Sequence[Metric]) -> Evaluation:
    """Add up what was found."""
    found = tuple(results)
    read = tuple(entry for entry in found if not entry.fault)
    summaries = tuple(_summary(metric, read) for metric in metrics)
    return Evaluation(summaries, read, tuple(entry for entry in found if entry.fault))


def _summary(metric: Metric, read: Sequence[Scored]) -> Summary:
    scores = [entry.scores[metric.name] for entry in read]
    if isinstance(metric, OverAll):
        by_place = {entry.where: entry.scores[metric.name] for entry in read}
        overall = metric.together(by_place)
        if overall is not None:
            return _overall(metric, overall, scores)
    values = [score.value for score in scores if score.value is not None]
    reasons = Counter(score.reason for score in scores if score.value is None)
    return Summary(
        name=metric.name,
        version=metric.version,
        mean=fmean(values) if values else None,
        n=len(values),
        unscored=len(scores) - len(values),
        ci95=mean_interval(values),
        reasons=dict(sorted(reasons.items())),
        better=metric.better,
    )


def _overall(metric: Metric, overall: Overall, scores: Sequence[Score]) -> Summary:
    """Return a summary whose figure is made from all transcripts together."""
    n = overall.n if overall.value is not None else 0
    reasons = Counter(
        overall.reason if score.reason == TOGETHER and overall.reason else score.reason
        for score in scores
        if score.reason and (score.reason != TOGETHER or overall.value is None)
    )
    return Summary(
        name=metric.name, version=metric.version, mean=overall.value, n=n,
        unscored=len(scores) - n, ci95=overall.ci95, reasons=dict(sorted(reasons.items())),
        better=metric.better, details=overall.details,
    )  # fmt: skip


def evaluation_to_json(evaluation: Evaluation) -> dict[str, object]:
    """Return the documented form; a value that cannot be told is null with its reason."""
    return {
        "schema": SCHEMA,
        "transcripts": len(evaluation.scored),
        "unreadable": [{"file": e.where, "reason": e.fault} for e in evaluation.unreadable],
        "noticed": [{"file": where, "reason": why} for where, why in evaluation.noticed],
        "metrics": {
            s.name: {
                "mean": s.mean,
                "n": s.n,
                "unscored": s.unscored,
                "ci95": list(s.ci95) if s.ci95 else None,
                "version": s.version,
                "reasons": dict(s.reasons),
                **({"details": dict(s.details)} if s.details else {}),
            }
            for s in evaluation.summaries
        },
        "per_transcript": [_transcript(entry) for entry in evaluation.scored],
        "notice": NOTICE,
    }


def _transcript(entry: Scored) -> dict[str, object]:
    return {
        "file": entry.where,
        "id": entry.id,
        "metrics": {name: score.value for name, score in entry.scores.items()},
        "unscored": {n: s.reason for n, s in entry.scores.items() if s.value is None},
        "findings": [finding_to_json(f) for s in entry.scores.values() for f in s.findings],
    }


def finding_to_json(finding: Finding) -> dict[str, object]:
    """Return a finding in the documented form."""
    return {
        "seq": finding.seq,
        "metric": finding.metric,
        "tag": finding.tag,
        "severity": finding.severity,
        "reason": finding.reason,
        "span": finding.span or None,
        "evidence": finding.evidence or None,
    }


def evaluation_markdown(evaluation: Evaluation) -> str:
    """Return a report to read: figures with their intervals, and a few findings of each metric."""
    lines = [
        "# Evaluation of interviewers",
        "",
        f"{len(evaluation.scored)} transcripts, {len(evaluation.unreadable)} that cannot be read.",
        "",
        "| metric | mean | 95 % interval | scored | not scored |",
        "|---|---|---|---|---|",
    ]
    for s in evaluation.summaries:
        mean = "" if s.mean is None else f"{s.mean:.3f}"
        interval = f"{s.ci95[0]:.3f} to {s.ci95[1]:.3f}" if s.ci95 else ""
        lines.append(f"| {s.name} | {mean} | {interval} | {s.n} | {s.unscored} |")
    for s in evaluation.summaries:
        lines += _examples(s, evaluation)
    for entry in evaluation.unreadable:
        lines += ["", f"Cannot be read: {plain(entry.fault)}"]
    for where, why in evaluation.noticed:
        lines += ["", f"Noticed: {plain(where)}: {plain(why)}"]
    return "\n".join([*lines, "", NOTICE, ""])


def _examples(summary: Summary, evaluation: Evaluation) -> list[str]:
    found = [
        (entry.where, finding)
        for entry in evaluation.scored
        for finding in entry.scores[summary.name].findings
    ]
    lines = [f"- {plain(line)}" for line in detail_lines(summary.name, summary.details)]
    lines += [f"- not scored, {n} times: {plain(why)}" for why, n in summary.reasons.items()]
    for where, finding in found[:MOST_SHOWN]:
        turn = f", turn {finding.seq}" if finding.seq else ""
        told = f" “{plain(finding.span)}”" if finding.span else ""
        lines.append(f"- `{where}`{turn}: {plain(finding.reason)}{told}")
    if len(found) > MOST_SHOWN:
        lines.append(f"- and {len(found) - MOST_SHOWN} more")
    return ["", f"## {summary.name}", "", *lines] if lines else []


def plain(text: str) -> str:
    """Return text on one line in which no sign has a meaning."""
    shown = " ".join(text.split())[:240]
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in shown)
