"""What a metric is: a value for a transcript with its findings, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from interviewer.content.library import Library
from interviewer.errors import UsageError
from interviewer.evaluation.speech import Speech

if TYPE_CHECKING:
    from interviewer.evaluation.agreement.marks import Mark

GROUP = "interviewer.metrics"
# In the order of reports; metrics of others come after them, by name.
ORDER = (
    "grounding", "citation_validity", "research_use", "persona_fidelity", "role_breaks",
    "prohibited_questions", "plan_coverage", "plan_order", "repetition", "retention",
    "follow_up_relevance", "question_form", "scoring_agreement", "outcome", "judge_reliability",
    "operations",
)  # fmt: skip
# A transcript's reason where it has a part in the figure over all of them.
TOGETHER = "Told over all transcripts together."
SAME = "Everybody's marks are the same; an agreement beyond chance cannot be told."
Severity = Literal["minor", "serious", "critical"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen in a transcript.

    Attributes:
        seq: The turn, None for what concerns the whole transcript.
        metric: Who found it.
        tag: What it is, in one word of the metric's.
        severity: How much it matters.
        reason: The same as a sentence.
        span: The words it is about, an exact part of the turn; empty where there are none.
        evidence: What it was held against: a passage's id, an earlier turn; empty for nothing.
    """

    seq: int | None
    metric: str
    tag: str
    severity: Severity
    reason: str
    span: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a metric says of one transcript.

    Attributes:
        value: The value, None where it cannot be told.
        reason: Why not; empty where there is a value.
        findings: What was seen.
        observed: Marks that the figure over all transcripts is made from; empty for most metrics.
    """

    value: float | None
    reason: str = ""
    findings: tuple[Finding, ...] = field(default_factory=tuple)
    observed: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Overall:
    """What a metric says over all transcripts, where that is no mean of single values.

    Attributes:
        value: The figure, None where it cannot be told.
        ci95: Its 95 % interval.
        n: How many transcripts it is made from.
        details: What stands beside it, as JSON.
        reason: Why there is no figure; empty where there is one.
    """

    value: float | None
    ci95: tuple[float, float] | None
    n: int
    details: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


class Metric(Protocol):
    """A metric. Its value never stands in for one that cannot be told."""

    @property
    def name(self) -> str:
        """Its name in reports."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever its values may change."""
        ...

    @property
    def better(self) -> Literal["higher", "lower", "neither"]:
        """Which way is better."""
        ...

    def score(self, speech: Speech) -> Score:
        """Return what it says of one transcript."""
        ...


@runtime_checkable
class OverAll(Protocol):
    """A metric whose figure over all transcripts is no mean of single values."""

    def together(self, scores: Mapping[str, Score]) -> Overall | None:
        """Return the figure, from scores by where their transcripts lie; None for the mean."""
        ...


@runtime_checkable
class Beside(Protocol):
    """A metric with something that stands beside its mean, such as what a model judged."""

    def beside(self) -> Mapping[str, object]:
        """Return it as JSON, empty for nothing."""
        ...


@runtime_checkable
class LooksAhead(Protocol):
    """A metric that works faster where it sees several transcripts before it scores them."""

    def look_ahead(self, speeches: Sequence[Speech]) -> None:
        """Get ready what these need, such as vectors; no score depends on it."""
        ...


def known_metrics(library: Library) -> tuple[Metric, ...]:
    """Return every metric that is installed, ours first, made with the content of this place."""
    made: list[Metric] = []
    for point in sorted(entry_points(group=GROUP), key=lambda found: found.name):
        make: Callable[[Library], Metric] = point.load()
        made.append(make(library))
    places = {name: place for place, name in enumerate(ORDER)}
    return tuple(sorted(made, key=lambda m: (places.get(m.name, len(ORDER)), m.name)))


def chosen(metrics: Sequence[Metric], names: Sequence[str]) -> tuple[Metric, ...]:
    """Return the metrics of these names, all of them for no name.

    Raises:
        UsageError: A name is not known.
    """
    known = {metric.name: metric for metric in metrics}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"There is no metric {unknown[0]!r}. Choose among {', '.join(known)}.")
    return tuple(known[name] for name in names) if names else tuple(metrics)
