"""One metric over one transcript as Inspect holds it, read as `evaluate` reads one of a log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TypeVar

from interviewer.evaluation.formats.carried import MARK, mapping, ours
from interviewer.evaluation.formats.source import Source
from interviewer.evaluation.metric import GROUP, Finding, Metric, Score, chosen, known_metrics
from interviewer.evaluation.running import scored
from interviewer.wiring import Settings, open_library

DISTRIBUTION = "three_rounds"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a metric says of a transcript.

    Attributes:
        value: The value, None where it cannot be told.
        reason: Why not; empty where there is a value.
        findings: What was seen.
        version: Of the metric.
    """

    value: float | None
    reason: str
    findings: tuple[Finding, ...]
    version: str

    @property
    def seqs(self) -> tuple[int, ...]:
        """The numbers of the turns that something was found in, each once."""
        return tuple(dict.fromkeys(f.seq for f in self.findings if f.seq is not None))

    @property
    def explanation(self) -> str:
        """The reason, or every finding with its turn, a line each."""
        if self.reason:
            return self.reason
        told = [
            f"Turn {found.seq}: {found.reason}" if found.seq is not None else found.reason
            for found in self.findings
        ]
        return "\n".join(told) or "Nothing was found."

    @property
    def metadata(self) -> dict[str, object]:
        """Findings and version as JSON."""
        found = [
            {"seq": f.seq, "tag": f.tag, "severity": f.severity, "reason": f.reason,
             "span": f.span or None, "evidence": f.evidence or None}
            for f in self.findings
        ]  # fmt: skip
        return {"version": self.version, "findings": found}


def names() -> tuple[str, ...]:
    """Return the names of the metrics that are installed, without making them."""
    return tuple(sorted(point.name for point in entry_points(group=GROUP)))


def named(name: str, make: Callable[..., Made]) -> tuple[str, Callable[..., Made]]:
    """Return what a metric is registered as, and what makes it, so that Inspect finds it again.

    Inspect takes the package a function lies in for the distribution and asks for its version.
    Ours are called differently, so the function is given the distribution's name.
    """
    make.__module__ = DISTRIBUTION
    return f"{DISTRIBUTION}/{name}", make


def measured(
    name: str,
    *,
    transcript: object,
    messages: Iterable[Mapping[str, object]],
    metadata: Mapping[str, object],
    interviewer_role: str,
) -> Measured:
    """Return what a metric says.

    Args:
        name: The metric's.
        transcript: The sample's or transcript's id.
        messages: Messages as Inspect's JSON has them.
        metadata: Of the sample or transcript; what was carried lies in it.
        interviewer_role: The role of the interviewer; empty for `assistant`.
    """
    metric = _metrics()[name]
    sample = {"id": transcript, "epoch": 1, "messages": list(messages), "metadata": metadata}
    text = json.dumps(sample, default=str)
    source = Source(str(transcript), text, form="inspect", interviewer=interviewer_role)
    found = scored(source, [metric])
    said = Score(None, found.fault) if found.fault else found.scores[name]
    return Measured(said.value, said.reason, said.findings, metric.version)


def carried(metadata: Mapping[str, object]) -> dict[str, object]:
    """Return metadata in which what was carried is no text: Scout keeps it as JSON in a column."""
    inner = mapping(metadata.get("sample_metadata"))
    told = metadata.get(MARK, inner.get(MARK))
    if isinstance(told, str):
        try:
            told = json.loads(told)
        except (ValueError, RecursionError):
            told = None
    return {MARK: told} if ours(told) else dict(metadata)


@cache
def _metrics() -> Mapping[str, Metric]:
    library = open_library(Settings.from_environment())
    return {metric.name: metric for metric in chosen(known_metrics(library), ())}
