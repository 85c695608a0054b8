"""What many transcripts show together, in a form whose parts can be put together.

Whatever the number of transcripts it holds no more than a few thousand things: sums, counts, and
of what is named one by one the first, or the gravest. Only an id leaves eight bytes each.
"""

from __future__ import annotations

import hashlib
import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from interviewer.evaluation.metric import TOGETHER, Finding, OverAll, Score
from interviewer.evaluation.running import Scored
from interviewer.evaluation.shards.entry import (
    finding_of,
    finding_to_list,
    score_of,
    scores_to_json,
)
from interviewer.evaluation.shards.tally import Tally, group_of

# Of faults and oddities so many are named; of findings so many of each metric; so many transcripts
# with the gravest findings stand in a report.
MOST_NAMED, MOST_SHOWN, MOST_GRAVE = 1_000, 5, 300
# The gravest first.
SEVERITIES = ("critical", "serious", "minor")
Named = tuple[str, str]
Grave = tuple[tuple[int, ...], int]


def weight(severity: str) -> int:
    """Return how grave a severity is, 0 for the gravest; one nobody knows comes last."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


@dataclass
class Gathered:
    """Everything that is told of all transcripts.

    Attributes:
        names: Of the metrics.
        overall: Those of them whose figure is made from all transcripts together.
        read: How many transcripts could be read.
        unreadable: How many could not.
        faults: Where the first of these lie, and why.
        noted: How many oddities there are.
        notes: Where the first of these lie, and what they are.
        tallies: Values by metric.
        findings: How many findings there are, by metric.
        severities: The same by severity.
        shown: The first findings of each metric, with where they are.
        with_findings: How many transcripts have any.
        grave: Numbers of the transcripts with the gravest, each behind what it is sorted by.
        together: Scores that a figure over all transcripts is made from, by metric and place.
        ids: Eight bytes of a hash of each id, in order; 0 for none.
    """

    names: tuple[str, ...]
    overall: frozenset[str] = frozenset()
    read: int = 0
    unreadable: int = 0
    faults: list[Named] = field(default_factory=list)
    noted: int = 0
    notes: list[Named] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    findings: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[tuple[str, Finding]]] = field(default_factory=lambda: defaultdict(list))
    with_findings: int = 0
    grave: list[Grave] = field(default_factory=list)
    together: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(dict))
    ids: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, entry: Scored) -> None:
        """Add what was found of one transcript."""
        if entry.fault:
            self.unreadable += 1
            _name(self.faults, [(entry.where, entry.fault)])
            return
        self.read += 1
        group = group_of(entry.id, entry.where)
        self.ids.append(_digest(entry.id))
        self.noted += len(entry.notes)
        _name(self.notes, [(entry.where, note) for note in entry.notes])
        found: list[Finding] = []
        for name in self.names:
            score = entry.scores[name]
            self.tallies[name].add(group, score)
            if name in self.overall and _has_a_part(score):
                _put(self.together[name], entry.where, score)
            found += score.findings
            _show(self.shown[name], [(entry.where, finding) for finding in score.findings])
        if found:
            self._found(self.read, found)

    def _found(self, number: int, found: Sequence[Finding]) -> None:
        self.with_findings += 1
        counts = [0] * (len(SEVERITIES) + 1)
        for finding in found:
            self.findings[finding.metric] += 1
            self.severities[finding.severity] += 1
            counts[weight(finding.severity)] -= 1
        self.grave.append((tuple(counts), number))
        if len(self.grave) > 2 * MOST_GRAVE:
            self._trim()

    def _trim(self) -> None:
        self.grave = heapq.nsmallest(MOST_GRAVE, self.grave)

    @property
    def gravest(self) -> tuple[int, ...]:
        """Numbers of the transcripts with the gravest findings, then with the most, in order."""
        self._trim()
        return tuple(number for _, number in self.grave)

    def absorb(self, other: Gathered) -> None:
        """Add what was found in the transcripts that follow."""
        for name in self.names:
            self.tallies[name].absorb(other.tallies[name])
            _show(self.shown[name], other.shown[name])
            for where, score in other.together[name].items():
                _put(self.together[name], where, score)
        self.grave += [(counts, number + self.read) for counts, number in other.grave]
        self._trim()
        self.read += other.read
        self.unreadable += other.unreadable
        self.noted += other.noted
        self.with_findings += other.with_findings
        self.findings.update(other.findings)
        self.severities.update(other.severities)
        self.ids.extend(other.ids)
        _name(self.faults, other.faults)
        _name(self.notes, other.notes)

    def twice(self) -> tuple[int, Iterator[tuple[int, int]]]:
        """Return how many transcripts have an id that came before, and the first of these.

        Each comes as its number and that of the transcript which had the id first.
        """
        ids = np.array(self.ids, dtype=np.uint64)
        _, first, inverse = np.unique(ids, return_index=True, return_inverse=True)
        before = first[inverse]
        again = np.flatnonzero((before != np.arange(len(ids))) & (ids != 0))
        named = again[:MOST_NAMED].tolist()
        return len(again), ((place + 1, int(before[place]) + 1) for place in named)

    def to_json(self) -> dict[str, object]:
        """Return the form that a part is kept in."""
        self._trim()
        return {
            "read": self.read, "unreadable": self.unreadable, "faults": self.faults,
            "noted": self.noted, "notes": self.notes, "findings": self.findings,
            "severities": self.severities, "with_findings": self.with_findings,
            "grave": self.grave, "ids": self.ids.tobytes().hex(),
            "tallies": {name: self.tallies[name].to_json() for name in self.names},
            "shown": {
                name: [[where, finding_to_list(finding)] for where, finding in shown]
                for name, shown in self.shown.items() if shown
            },
            "together": {n: scores_to_json(s) for n, s in self.together.items() if s},
        }  # fmt: skip

    @classmethod
    def from_json(cls, names: Sequence[str], told: dict[str, Any]) -> Gathered:
        """Return what `to_json` gave."""
        made = cls(
            tuple(names), frozenset(), told["read"], told["unreadable"],
            [(where, why) for where, why in told["faults"]], told["noted"],
            [(where, why) for where, why in told["notes"]],
        )  # fmt: skip
        made.tallies.update((n, Tally.from_json(t)) for n, t in told["tallies"].items())
        made.findings.update(told["findings"])
        made.severities.update(told["severities"])
        made.with_findings = told["with_findings"]
        made.grave = [(tuple(counts), number) for counts, number in told["grave"]]
        made.ids.frombytes(bytes.fromhex(told["ids"]))
        for name, shown in told["shown"].items():
            made.shown[name] = [(where, finding_of(finding)) for where, finding in shown]
        for name, scores in told["together"].items():
            made.together[name] = {where: score_of(score) for where, score in scores.items()}
        return made


def nothing_gathered(metrics: Iterable[Any]) -> Gathered:
    """Return what there is before anything is added."""
    overall: dict[str, bool] = {m.name: isinstance(m, OverAll) for m in metrics}
    return Gathered(tuple(overall), frozenset(name for name, told in overall.items() if told))


def _has_a_part(score: Score) -> bool:
    return score.value is not None or bool(score.observed) or score.reason == TOGETHER


def _put(held: dict[str, Score], where: str, score: Score) -> None:
    """Add a score; a transcript of a file that is named twice counts twice, as in the means."""
    name, times = where, 1
    while name in held:
        times += 1
        name = f"{where} ({times})"
    held[name] = score


def _digest(name: str) -> int:
    """Return eight bytes that tell an id from others; a chance meeting is looked at again."""
    if not name:
        return 0
    data = name.encode("utf-8", errors="backslashreplace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def _name(named: list[Named], more: Sequence[Named]) -> None:
    named.extend(more[: max(0, MOST_NAMED - len(named))])


def _show(shown: list[tuple[str, Finding]], more: Sequence[tuple[str, Finding]]) -> None:
    shown.extend(more[: max(0, MOST_SHOWN - len(shown))])
