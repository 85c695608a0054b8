"""Findings with the place where each was made, in the order of transcripts and metrics."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import cast

from interviewer.evaluation.metric import Finding, Severity
from interviewer.evaluation.report import Evaluation, finding_to_json
from interviewer.evaluation.running import Scored
from interviewer.evaluation.shards.gathering import SEVERITIES

# A page that a browser opens in a moment lists no more findings than these.
MOST_LISTED = 20_000


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


def sightings_in(evaluation: Evaluation) -> Iterator[Sighting]:
    """Yield every finding of an evaluation, one transcript after the other."""
    yield from _sightings(evaluation, enumerate(evaluation.scored, start=1))


def sightings_listed(evaluation: Evaluation, most: int = MOST_LISTED) -> tuple[Sighting, ...]:
    """Return the findings a page lists: all, or those of the transcripts with the gravest."""
    if evaluation.gathered.findings.total() <= most:
        return tuple(sightings_in(evaluation))
    entries = evaluation.at(evaluation.gathered.gravest)
    return tuple(islice(_sightings(evaluation, sorted(entries.items())), most))


def _sightings(
    evaluation: Evaluation, entries: Iterable[tuple[int, Scored]]
) -> Iterator[Sighting]:
    versions = {summary.name: summary.version for summary in evaluation.summaries}
    number = 0
    for transcript, entry in entries:
        for name, score in entry.scores.items():
            for finding in score.findings:
                number += 1
                said_by = entry.speakers.get(finding.seq, "") if finding.seq is not None else ""
                yield Sighting(
                    number, transcript, entry.where, entry.id, said_by, versions.get(name, ""),
                    finding,
                )  # fmt: skip


def by_severity(found: Iterable[Sighting]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    return severity_counts(Counter(sighting.finding.severity for sighting in found))


def severity_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many findings there are of each severity, the gravest first and each named."""
    return {**dict.fromkeys(SEVERITIES, 0), **counts}


def findings_lines(found: Iterable[Sighting]) -> Iterator[str]:
    """Yield findings as JSON Lines."""
    return (json.dumps(_to_json(sighting), ensure_ascii=False) + "\n" for sighting in found)


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
