"""The files of a report, by the forms that were chosen. Making them is pure but for Parquet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.library import Library
from interviewer.errors import UsageError
from interviewer.evaluation.gate import Condition
from interviewer.evaluation.given import NOTHING_GIVEN, Given
from interviewer.evaluation.metric import Metric
from interviewer.evaluation.report import (
    MOST_TOLD,
    Evaluation,
    entry_to_json,
    evaluation_markdown,
)
from interviewer.evaluation.reports.embedding import embedded
from interviewer.evaluation.reports.inspect_scores import inspect_lines
from interviewer.evaluation.reports.junit import junit_xml
from interviewer.evaluation.reports.manifest import manifest_json
from interviewer.evaluation.reports.page import evaluation_page
from interviewer.evaluation.reports.scores_table import can_write_parquet, scores_parquet
from interviewer.evaluation.reports.sightings import (
    findings_lines,
    severity_counts,
    sightings_in,
    sightings_listed,
)
from interviewer.evaluation.reports.telemetry_events import telemetry_lines
from interviewer.evaluation.shards.cutting import Input

# What was found of each transcript, a line each, where there are too many for `summary.json`.
TRANSCRIPTS = "transcripts.jsonl"
FORMS = ("json", "md", "html", "junit", "parquet")
# What is written for other tools, where it is asked for.
ASKED_FOR = ("otel", "inspect")


@dataclass(frozen=True, slots=True)
class Made:
    """What a report is made of.

    Attributes:
        evaluation: What was found.
        document: The same in the documented form, with what a baseline or a card adds.
        inputs: The files in which the transcripts lie.
        metrics: What measured them.
        library: The content it was measured with.
        gate: What fails a build.
        allow_unreadable: Share of transcripts that may be unreadable.
        given: What plain chats, and metrics that need it, were given.
        trusted: How far the figures can be trusted, as Markdown.
        beside: What they are compared with, as Markdown.
        language: Of what people read, `en` or `zh`.
    """

    evaluation: Evaluation
    document: Mapping[str, object]
    inputs: Sequence[Input]
    metrics: Sequence[Metric]
    library: Library
    gate: Sequence[Condition] = ()
    allow_unreadable: float = 0.0
    given: Given = NOTHING_GIVEN
    trusted: str = ""
    beside: str = ""
    language: str = "en"


def forms_of(text: str) -> tuple[str, ...]:
    """Return the forms of a list with commas; every one that can be written for an empty list.

    Raises:
        UsageError: A form is not known.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = FORMS + ASKED_FOR
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"There is no form {unknown[0]!r}. Choose among {', '.join(known)}.")
    if names:
        return tuple(name for name in known if name in names)
    return tuple(name for name in FORMS if name != "parquet" or can_write_parquet())


def report_parts(made: Made, forms: Sequence[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the files of a report: each one's name, and what stands in it piece by piece.

    Each is to be taken whole before the next; the manifest, which knows them all, comes last.

    Raises:
        SetupError: A form needs what is not installed.
        InputError: A transcript's file cannot be read any more.
    """
    written: dict[str, str] = {}
    for name, pieces in _files(made, forms):
        digest = hashlib.sha256()
        yield name, _counted(pieces, digest)
        written[name] = digest.hexdigest()
    gathered = made.evaluation.gathered
    manifest = manifest_json(
        inputs=made.inputs,
        metrics=made.metrics,
        library=made.library,
        gate=[str(condition) for condition in made.gate],
        allow_unreadable=made.allow_unreadable,
        counts={
            "transcripts": gathered.read,
            "unreadable": gathered.unreadable,
            "findings": severity_counts(gathered.severities),
        },
        written=written,
        given=made.given,
    )
    yield "manifest.json", _bytes([manifest])


def _files(made: Made, forms: Sequence[str]) -> Iterator[tuple[str, Iterable[bytes]]]:
    evaluation = made.evaluation
    if "json" in forms:
        summary = json.dumps(made.document, ensure_ascii=False, indent=2)
        yield "summary.json", _bytes([summary, "\n"])
        if len(evaluation.scored) > MOST_TOLD:
            yield TRANSCRIPTS, _bytes(_transcripts(evaluation))
        yield "findings.jsonl", _bytes(findings_lines(sightings_in(evaluation)))
    if "md" in forms:
        parts = (evaluation_markdown(evaluation, made.language), made.beside, made.trusted)
        yield "report.md", _bytes(["\n".join(part for part in parts if part)])
    if "html" in forms:
        found = sightings_listed(evaluation)
        files = [Path(entry.file) for entry in made.inputs]
        shown = embedded(evaluation, found, files, given=made.given)
        page = evaluation_page(
            evaluation, found, shown, document=made.document, language=made.language
        )
        yield "report.html", _bytes([page])
    if "junit" in forms:
        yield "junit.xml", [junit_xml(evaluation, made.gate, made.allow_unreadable)]
    if "parquet" in forms:
        yield "scores.parquet", scores_parquet(evaluation)
    if "otel" in forms:
        yield "scores.otel.jsonl", _bytes(telemetry_lines(evaluation))
    if "inspect" in forms:
        for name in [told.name for told in evaluation.summaries]:
            lines = inspect_lines(evaluation, name)
            yield f"inspect/{name}.jsonl", _bytes(lines)


def _transcripts(evaluation: Evaluation) -> Iterator[str]:
    for entry in evaluation.scored:
        yield json.dumps(entry_to_json(entry), ensure_ascii=False) + "\n"


def _counted(pieces: Iterable[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        yield piece


def _bytes(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as UTF-8, half of a surrogate pair as its escape, which JSON reads back."""
    return (text.encode("utf-8", errors="backslashreplace") for text in texts)
