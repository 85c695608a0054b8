"""Findings with the place where each was made, in the order of transcripts and metrics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from interviewer.evaluation.metric import Finding, Severity
from interviewer.evaluation.report import Evaluation, finding_to_json

# The gravest first.
SEVERITIES = ("critical", "serious", "minor")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A finding and where it was made.

    Attributes:
        number: Its own, from 1 through the whole evaluation.
        transcript: The number of its transcript among those that were read, from 1.
        where: The file, with the line.
        id: The transcript's id.
        speaker: Who says the turn, empty where the file does not tell.
        version: Of its metric.
        finding: What was seen.
    """

    number: int
    transcript: int
    where: str
    id: str
    speaker: str
    version: str
    finding: Finding


def sightings_in(evaluation: Evaluation) -> tuple[Sighting, ...]:
    """Return every finding of an evaluation."""
    versions = {summary.name: summary.version for summary in evaluation.summaries}
    return tuple(_sightings(evaluation, versions))


def _sightings(evaluation: Evaluation, versions: Mapping[str, str]) -> Iterator[Sighting]:
    number = 0
    for transcript, entry in enumerate(evaluation.scored, start=1):
        for name, score in entry.scores.items():
            for finding in score.findings:
                number += 1
                said_by = entry.speakers.get(finding.seq, "") if finding.seq is not None else ""
                yield Sighting(
                    number, transcript, entry.where, entry.id, said_by, versions.get(name, ""),
                    finding,
                )  # fmt: skip


def weight(severity: str) -> int:
    """Return how grave a severity is, 0 for the gravest; one nobody knows comes last."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def by_severity(found: Iterable[Sighting]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for sighting in found:
        counts[sighting.finding.severity] = counts.get(sighting.finding.severity, 0) + 1
    return counts


def findings_lines(found: Iterable[Sighting]) -> str:
    """Return findings as JSON Lines."""
    return "".join(json.dumps(_to_json(sighting), ensure_ascii=False) + "\n" for sighting in found)


def _to_json(sighting: Sighting) -> dict[str, object]:
    return {
        "file": sighting.where,
        "id": sighting.id,
        "transcript": sighting.transcript,
        "persona": sighting.speaker or None,
        **finding_to_json(sighting.finding),
        "version": sighting.version,
    }


def sighting_from_json(number: int, value: Mapping[str, object]) -> Sighting:
    """Read a line that `findings_lines` wrote.

    Raises:
        KeyError: Something is not there.
        TypeError: A number is none.
    """
    seq, transcript = value["seq"], value["transcript"]
    if not isinstance(transcript, int) or not (seq is None or isinstance(seq, int)):
        raise TypeError("a turn or transcript without its number")
    finding = Finding(
        seq, str(value["metric"]), str(value["tag"]), cast("Severity", str(value["severity"])),
        str(value["reason"]), str(value.get("span") or ""), str(value.get("evidence") or ""),
    )  # fmt: skip
    return Sighting(
        number, transcript, str(value["file"]), str(value["id"]), str(value.get("persona") or ""),
        str(value.get("version", "")), finding,
    )  # fmt: skip
