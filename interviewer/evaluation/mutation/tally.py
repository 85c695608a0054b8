"""Trials counted: how often each metric sees what each operator plants."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from interviewer.evaluation.intervals import mean_interval, share_interval
from interviewer.evaluation.mutation.operators import ALARMS, OPERATORS
from interviewer.evaluation.mutation.trial import Seen, Trial
from interviewer.evaluation.running import Scored

Share = dict[str, object]


@dataclass
class Cell:
    """What one metric says of one operator's mutants.

    Attributes:
        n: Mutants with a value.
        worse: Of these, those that are strictly worse than their base.
        flagged: Those with a finding where something was planted.
        new: Those with a finding the base has not.
        located: Of these, those whose findings are all where something was planted.
        parts: `worse` and `n` by part: language, kind, open or held-out texts.
    """

    n: int = 0
    worse: int = 0
    flagged: int = 0
    new: int = 0
    located: int = 0
    parts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, seen: Seen, trial: Trial) -> None:
        """Count a mutant."""
        self.n += 1
        self.worse += seen.worse
        self.flagged += seen.flagged
        self.new += seen.new
        self.located += seen.new and seen.located
        for part in _parts(trial):
            self.parts[part]["n"] += 1
            self.parts[part]["hits"] += seen.worse

    def to_json(self) -> dict[str, object]:
        """Return the shares with their intervals."""
        return {
            "paired": share(self.worse, self.n),
            "absolute": share(self.flagged, self.n),
            "located": share(self.located, self.new),
            "parts": {
                name: share(count["hits"], count["n"])
                for name, count in sorted(self.parts.items())
            },
        }

    def alarms_to_json(self) -> dict[str, object]:
        """Return how often an equivalent mutant raises an alarm: worse, or a new finding."""
        return {
            "worse": share(self.worse, self.n),
            "new_finding": share(self.new, self.n),
        }


def _parts(trial: Trial) -> Iterable[str]:
    yield f"language {trial.language}"
    if trial.held_out is not None:
        yield "held-out texts" if trial.held_out else "open texts"
    if trial.kind and trial.operator != "persona_swap":
        yield f"kind {trial.kind}"


@dataclass
class Tally:
    """All trials of a run, counted.

    Attributes:
        made: Mutants by operator.
        cells: By operator and metric.
    """

    made: Counter[str] = field(default_factory=Counter)
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)

    def add(self, trials: Iterable[Trial]) -> None:
        """Count some."""
        counted = tuple(trials)
        self.made.update(trial.operator for trial in counted)
        self.beside(counted)

    def beside(self, trials: Iterable[Trial]) -> None:
        """Count what one more metric says of mutants that are counted already."""
        for trial in trials:
            row = self.cells.setdefault(trial.operator, {})
            for metric, seen in trial.seen.items():
                row.setdefault(metric, Cell()).add(seen, trial)

    def to_json(self, operators: Iterable[str]) -> dict[str, object]:
        """Return every operator with its cells: the metrics that must see it, and all others."""
        return {name: self._operator(name) for name in operators if name in OPERATORS}

    def _operator(self, name: str) -> dict[str, object]:
        operator, row = OPERATORS[name], self.cells.get(name, {})
        entry: dict[str, object] = {"made": self.made[name], "equivalent": operator.equivalent}
        if not self.made[name]:
            return {**entry, "unscored": "No interview has what it changes."}
        if operator.equivalent:
            asked = ALARMS.get(name, tuple(row))
            return {**entry, "alarms": {m: row[m].alarms_to_json() for m in asked if m in row}}
        seen = {m: row[m].to_json() for m in operator.sees if m in row}
        lacking = {m: "The metric has no value here." for m in operator.sees if m not in row}
        others = {
            metric: share(cell.worse, cell.n)
            for metric, cell in row.items()
            if metric not in operator.sees
        }
        return {**entry, "seen_by": seen, "unscored_by": lacking,
                "expected_too": list(operator.moves), "others_worse": others}  # fmt: skip


def share(hits: int, n: int) -> Share:
    """Return a share with what it is of and its Wilson interval; null for nothing counted."""
    if not n:
        return {"hits": 0, "n": 0, "share": None, "ci95": None}
    low, high = share_interval(hits, n)
    return {"hits": hits, "n": n, "share": round(hits / n, 4),
            "ci95": [round(low, 4), round(high, 4)]}  # fmt: skip


def originals(scored: Iterable[Scored], turns: int, names: Iterable[str]) -> dict[str, object]:
    """Return how often each metric finds something in interviews in which nothing was planted.

    Args:
        scored: What was found of each.
        turns: How many turns of examiners they have in all.
        names: Of the metrics.
    """
    found = tuple(scored)
    return {name: _originals(name, found, turns) for name in names}


def _originals(name: str, found: tuple[Scored, ...], turns: int) -> Mapping[str, object]:
    scores = [entry.scores[name] for entry in found if entry.scores[name].value is not None]
    places = sum(
        len({finding.seq for finding in score.findings if finding.seq is not None})
        for score in scores
    )
    values = [score.value for score in scores if score.value is not None]
    interval = mean_interval(values)
    return {
        "mean": round(fmean(values), 4) if values else None,
        "mean_ci95": [round(end, 4) for end in interval] if interval else None,
        "turns_flagged": share(places, turns if scores else 0),
        "interviews_flagged": share(sum(bool(score.findings) for score in scores), len(scores)),
    }
