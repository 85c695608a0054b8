"""What an evaluator looks for in a run: findings or transcripts, some at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from interviewer.errors import InputError
from interviewer.evaluation.kept.labels import Label, names_of, whole
from interviewer.evaluation.kept.shelf import Run
from interviewer.evaluation.reports.marking import visible
from interviewer.evaluation.reports.sightings import Sighting, by_severity
from interviewer.evaluation.shards.gathering import weight
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript

AT_ONCE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty for anything.

    Attributes:
        metric: Findings of this metric.
        severity: Of this severity.
        persona: In what this examiner says, as `visible` writes the name.
        text: Whose words, reason, tag or transcript hold this.
    """

    metric: str = ""
    severity: str = ""
    persona: str = ""
    text: str = ""

    def holds(self, sighting: Sighting) -> bool:
        """Return whether a finding is looked for."""
        finding = sighting.finding
        looked = (finding.reason, finding.span, finding.tag, sighting.id, sighting.where)
        return (
            self.metric in ("", finding.metric)
            and self.severity in ("", finding.severity)
            and self.persona in ("", visible(sighting.speaker))
            and any(self.text.lower() in part.lower() for part in looked)
        )


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of many.

    Attributes:
        shown: These.
        total: Of how many.
        page: Which part it is, from 1.
        pages: How many parts there are.
    """

    shown: Sequence[T]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Row:
    """A transcript in the list.

    Attributes:
        number: Its number in the run.
        id: Its id.
        findings: How many, by severity.
        labels: How many labels people gave it.
    """

    number: int
    id: str
    findings: Mapping[str, int]
    labels: int


def part_of(all_of_them: Sequence[T], page: int) -> Part[T]:
    """Return a part; a page beyond the last is the last."""
    pages = max(1, ceil(len(all_of_them) / AT_ONCE))
    at = min(max(page, 1), pages)
    return Part(all_of_them[(at - 1) * AT_ONCE : at * AT_ONCE], len(all_of_them), at, pages)


def findings_of(run: Run, wanted: Wanted) -> list[Sighting]:
    """Return the findings that are looked for, the gravest first."""
    found = [sighting for sighting in run.found if wanted.holds(sighting)]
    return sorted(found, key=lambda s: (weight(s.finding.severity), s.number))


def rows_of(run: Run, labels: Iterable[Label], text: str = "") -> list[Row]:
    """Return the transcripts whose id or file holds a text, in order."""
    given = Counter(label.transcript for label in labels)
    names = names_of(run.ids)
    by_transcript: dict[int, list[Sighting]] = {}
    for sighting in run.found:
        by_transcript.setdefault(sighting.transcript, []).append(sighting)
    return [
        Row(number, str(entry.get("id", "")), by_severity(by_transcript.get(number, ())),
            given[names[number - 1]])
        for number, entry in enumerate(run.transcripts, start=1)
        if text.lower() in f"{entry.get('id', '')}\n{entry.get('file', '')}".lower()
    ]  # fmt: skip


def asked_about(transcript: Transcript) -> dict[int, str]:
    """Return which competency each answer bears on by the plan, by the turn's number."""
    try:
        plan = plan_of(transcript)
    except InputError:
        return {}
    bears = {item.id: item.competency for part in plan.rounds for item in part.items}
    found: dict[int, str] = {}
    before = None
    for place, turn in enumerate(transcript.turns, start=1):
        if turn.by_candidate and before is not None and before.move is not None:
            competency = bears.get(before.move.item or "")
            if competency is not None:
                found[place if turn.seq is None else turn.seq] = competency
        before = turn
    return found


def candidate_of(transcript: Transcript | None, name: str) -> str:
    """Return whose interview it is: as the file says, else each transcript is a candidate."""
    told = transcript.extra.get("candidate") if transcript is not None else None
    return whole(told) if isinstance(told, str) and told else name
