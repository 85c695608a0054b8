"""What many transcripts show together, as `interviewer.evaluation/1` and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from interviewer.evaluation.detail_lines import detail_lines
from interviewer.evaluation.metric import TOGETHER, Beside, Finding, Metric, OverAll, Overall
from interviewer.evaluation.reports.marking import visible
from interviewer.evaluation.running import Scored
from interviewer.evaluation.shards.gathering import MOST_NAMED, Gathered, nothing_gathered
from interviewer.evaluation.shards.tally import Tally
from interviewer.evaluation.shards.work import Rows
from interviewer.evaluation.wording import Wording, wording

SCHEMA = "interviewer.evaluation/1"
# Beyond so many transcripts no document holds each: they stand in files of lines.
MOST_TOLD = 10_000
NOTICE = wording().markdown["notice"]


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


@dataclass(frozen=True)
class Evaluation:
    """Everything that was found.

    Attributes:
        summaries: By metric, in the order of reports.
        scored: Transcripts that could be read, in order; in memory, or read from disk each time.
        unreadable: The first of those that could not, with the reason.
        counted: What all of them show together; None where it is to be counted from `scored`.
    """

    summaries: tuple[Summary, ...]
    scored: Collection[Scored]
    unreadable: tuple[Scored, ...]
    counted: Gathered | None = None

    @cached_property
    def gathered(self) -> Gathered:
        """What all transcripts show together."""
        return self.counted or _gathered((*self.scored, *self.unreadable), self.summaries)

    @property
    def transcripts(self) -> int:
        """How many transcripts could be read."""
        return len(self.scored)

    @property
    def unreadable_count(self) -> int:
        """How many transcripts could not be read."""
        return self.gathered.unreadable

    @property
    def unreadable_share(self) -> float:
        """Share of the transcripts that could not be read."""
        total = len(self.scored) + self.unreadable_count
        return self.unreadable_count / total if total else 0.0

    @cached_property
    def noticed(self) -> tuple[tuple[str, str], ...]:
        """The first oddities of what was measured: where each lies, and a sentence."""
        _, pairs = self.gathered.twice()
        same = list(pairs)
        entries = self.at([number for pair in same for number in pair])
        notes = list(self.gathered.notes)
        for number, first in same:
            entry, before = entries[number], entries[first]
            if entry.id == before.id and entry.where != before.where:
                told = f"It has the id {entry.id[:60]!r}, as {before.where} has."
                notes.append((entry.where, told))
        return tuple(notes[:MOST_NAMED])

    @cached_property
    def noticed_count(self) -> int:
        """How many oddities there are."""
        return max(len(self.noticed), self.gathered.noted + self.gathered.twice()[0])

    @property
    def unscored_share(self) -> float:
        """Share of all values that could not be told."""
        total = sum(summary.n + summary.unscored for summary in self.summaries)
        return sum(summary.unscored for summary in self.summaries) / total if total else 0.0

    def at(self, numbers: Sequence[int]) -> Mapping[int, Scored]:
        """Return the transcripts of some numbers, from 1."""
        if isinstance(self.scored, Rows):
            return self.scored.at(numbers)
        wanted = set(numbers)
        return {n: entry for n, entry in enumerate(self.scored, start=1) if n in wanted}


def evaluation_of(results: Iterable[Scored], metrics: Sequence[Metric]) -> Evaluation:
    """Add up what was found, all of it in memory."""
    found = tuple(results)
    gathered = _gathered(found, metrics)
    read = tuple(entry for entry in found if not entry.fault)
    return evaluation_from(gathered, read, metrics)


def evaluation_from(
    gathered: Gathered, scored: Collection[Scored], metrics: Sequence[Metric]
) -> Evaluation:
    """Return an evaluation from what was gathered.

    Args:
        gathered: What all transcripts show together.
        scored: What was found of each that could be read.
        metrics: What measured them.
    """
    summaries = tuple(_summary(metric, gathered) for metric in metrics)
    unreadable = tuple(Scored(where, "", {}, fault) for where, fault in gathered.faults)
    return Evaluation(summaries, scored, unreadable, gathered)


def _gathered(found: Iterable[Scored], metrics: Iterable[Metric | Summary]) -> Gathered:
    gathered = nothing_gathered(metrics)
    for entry in found:
        gathered.add(entry)
    return gathered


def _summary(metric: Metric, gathered: Gathered) -> Summary:
    tally = gathered.tallies[metric.name]
    if isinstance(metric, OverAll):
        overall = metric.together(gathered.together[metric.name])
        if overall is not None:
            return _overall(metric, overall, tally, gathered.read)
    return Summary(
        name=metric.name,
        version=metric.version,
        mean=tally.mean,
        n=tally.n,
        unscored=gathered.read - tally.n,
        ci95=tally.interval,
        reasons=dict(sorted(tally.reasons.items())),
        better=metric.better,
        details=metric.beside() if isinstance(metric, Beside) else {},
    )


def _overall(metric: Metric, overall: Overall, tally: Tally, read: int) -> Summary:
    """Return a summary whose figure is made from all transcripts together."""
    n = overall.n if overall.value is not None else 0
    reasons: Counter[str] = Counter()
    for reason, count in tally.reasons.items():
        if reason and (reason != TOGETHER or overall.value is None):
            reasons[overall.reason if reason == TOGETHER and overall.reason else reason] += count
    return Summary(
        name=metric.name, version=metric.version, mean=overall.value, n=n,
        unscored=read - n, ci95=overall.ci95, reasons=dict(sorted(reasons.items())),
        better=metric.better, details=overall.details,
    )  # fmt: skip


def evaluation_to_json(evaluation: Evaluation) -> dict[str, object]:
    """Return the documented form; a value that cannot be told is null with its reason.

    Of more than `MOST_TOLD` transcripts none stands in it; how many are left out does.
    """
    told = len(evaluation.scored) <= MOST_TOLD
    more = {
        "unreadable_more": evaluation.unreadable_count - len(evaluation.unreadable),
        "noticed_more": evaluation.noticed_count - len(evaluation.noticed),
        "per_transcript_left_out": 0 if told else len(evaluation.scored),
    }
    return {
        "schema": SCHEMA,
        "transcripts": len(evaluation.scored),
        "unreadable": [{"file": e.where, "reason": e.fault} for e in evaluation.unreadable],
        "noticed": [{"file": where, "reason": why} for where, why in evaluation.noticed],
        **{name: count for name, count in more.items() if count},
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
        "per_transcript": list(map(entry_to_json, evaluation.scored)) if told else [],
        "notice": NOTICE,
    }


def entry_to_json(entry: Scored) -> dict[str, object]:
    """Return what was found of a transcript in the documented form."""
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


def evaluation_markdown(evaluation: Evaluation, language: str = "en") -> str:
    """Return a report to read: figures with their intervals, and a few findings of each metric.

    Raises:
        UsageError: There are no words of this language.
    """
    words = wording(language)
    w = words.markdown
    counts = {"read": len(evaluation.scored), "unreadable": evaluation.unreadable_count}
    lines = [
        f"# {w['title']}",
        "",
        w["counts"].format_map(counts),
        "",
        w["head"],
        "|---|---|---|---|---|",
    ]
    for s in evaluation.summaries:
        mean = "" if s.mean is None else f"{s.mean:.3f}"
        interval = ends_shown(s.ci95, words)
        lines.append(f"| {s.name} | {mean} | {interval} | {s.n} | {s.unscored} |")
    for s in evaluation.summaries:
        lines += _examples(s, evaluation, words)
    for entry in evaluation.unreadable:
        lines += ["", w["unreadable"].format(fault=plain(words.told(entry.fault)))]
    if more := evaluation.unreadable_count - len(evaluation.unreadable):
        lines += ["", w["more_unreadable"].format(n=more)]
    for where, why in evaluation.noticed:
        lines += ["", w["noticed"].format(where=plain(where), why=plain(words.told(why)))]
    if more := evaluation.noticed_count - len(evaluation.noticed):
        lines += ["", w["more_noticed"].format(n=more)]
    return "\n".join([*lines, "", w["notice"], ""])


def ends_shown(interval: tuple[float, float] | None, words: Wording) -> str:
    """Return the ends of an interval as text, nothing without one."""
    if interval is None:
        return ""
    return words.markdown["to"].format(low=f"{interval[0]:.3f}", high=f"{interval[1]:.3f}")


def _examples(summary: Summary, evaluation: Evaluation, words: Wording) -> list[str]:
    w = words.markdown
    found = evaluation.gathered.shown[summary.name]
    told = detail_lines(summary.name, summary.details, words.language)
    lines = [f"- {plain(line)}" for line in told]
    for why, n in summary.reasons.items():
        lines.append("- " + w["unscored"].format(n=n, why=plain(words.told(why))))
    for where, finding in found:
        turn = w["at_turn"].format(seq=finding.seq) if finding.seq else ""
        said = f" “{plain(finding.span)}”" if finding.span else ""
        lines.append(f"- {place_shown(where)}{turn}: {plain(words.told(finding.reason))}{said}")
    if more := evaluation.gathered.findings[summary.name] - len(found):
        lines.append("- " + w["more"].format(n=more))
    about = words.about.get(summary.name, "")
    title = f"## {summary.name}" + (f" · {about}" if about else "")
    return ["", title, "", *lines] if lines else []


def place_shown(where: str) -> str:
    """Return a place as Markdown; the name of a file, or of a member of one, may hold any sign."""
    shown = " ".join(visible(where).split())
    return plain(shown) if "`" in shown else f"`{shown}`"


def plain(text: str) -> str:
    """Return text on one line in which no sign has a meaning."""
    shown = " ".join(visible(text).split())[:240]
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in shown)
