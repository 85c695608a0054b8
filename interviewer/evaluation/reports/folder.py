"""The files of a report, by the forms that were chosen. Making them is pure but for Parquet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.library import Library
from interviewer.errors import UsageError
from interviewer.evaluation.gate import Condition
from interviewer.evaluation.given import NOTHING_GIVEN, Given
from interviewer.evaluation.metric import Metric
from interviewer.evaluation.report import Evaluation, evaluation_markdown
from interviewer.evaluation.reports.embedding import embedded
from interviewer.evaluation.reports.junit import junit_xml
from interviewer.evaluation.reports.manifest import manifest_json
from interviewer.evaluation.reports.page import evaluation_page
from interviewer.evaluation.reports.scores_table import can_write_parquet, scores_parquet
from interviewer.evaluation.reports.sightings import by_severity, findings_lines, sightings_in

FORMS = ("json", "md", "html", "junit", "parquet")


@dataclass(frozen=True, slots=True)
class Made:
    """What a report is made of.

    Attributes:
        evaluation: What was found.
        document: The same in the documented form, with what a baseline or a card adds.
        files: Where the transcripts lie.
        metrics: What measured them.
        library: The content it was measured with.
        gate: What fails a build.
        allow_unreadable: Share of transcripts that may be unreadable.
        given: What plain chats, and metrics that need it, were given.
        trusted: How far the figures can be trusted, as Markdown.
        beside: What they are compared with, as Markdown.
    """

    evaluation: Evaluation
    document: Mapping[str, object]
    files: Sequence[Path]
    metrics: Sequence[Metric]
    library: Library
    gate: Sequence[Condition] = ()
    allow_unreadable: float = 0.0
    given: Given = NOTHING_GIVEN
    trusted: str = ""
    beside: str = ""


def forms_of(text: str) -> tuple[str, ...]:
    """Return the forms of a list with commas; every one that can be written for an empty list.

    Raises:
        UsageError: A form is not known.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMS]
    if unknown:
        raise UsageError(f"There is no form {unknown[0]!r}. Choose among {', '.join(FORMS)}.")
    if names:
        return tuple(name for name in FORMS if name in names)
    return tuple(name for name in FORMS if name != "parquet" or can_write_parquet())


def report_files(made: Made, forms: Sequence[str]) -> dict[str, bytes]:
    """Return the files of a report by their names; the manifest is always one of them.

    Raises:
        SetupError: A form needs what is not installed.
        InputError: A transcript's file cannot be read any more.
    """
    evaluation = made.evaluation
    found = sightings_in(evaluation)
    files: dict[str, bytes] = {}
    if "json" in forms:
        files["summary.json"] = _bytes(
            json.dumps(made.document, ensure_ascii=False, indent=2) + "\n"
        )
        files["findings.jsonl"] = _bytes(findings_lines(found))
    if "md" in forms:
        parts = (evaluation_markdown(evaluation), made.beside, made.trusted)
        files["report.md"] = _bytes("\n".join(part for part in parts if part))
    if "html" in forms:
        shown = embedded(evaluation, found, made.files, given=made.given)
        page = evaluation_page(evaluation, found, shown, document=made.document)
        files["report.html"] = _bytes(page)
    if "junit" in forms:
        files["junit.xml"] = junit_xml(evaluation, made.gate, made.allow_unreadable)
    if "parquet" in forms:
        files["scores.parquet"] = scores_parquet(evaluation)
    manifest = manifest_json(
        files=made.files,
        metrics=made.metrics,
        library=made.library,
        gate=[str(condition) for condition in made.gate],
        allow_unreadable=made.allow_unreadable,
        counts={
            "transcripts": len(evaluation.scored),
            "unreadable": len(evaluation.unreadable),
            "findings": by_severity(found),
        },
        written=files,
        given=made.given,
    )
    return {**files, "manifest.json": _bytes(manifest)}


def _bytes(text: str) -> bytes:
    """Return a text as UTF-8, half of a surrogate pair as its escape, which JSON reads back."""
    return text.encode("utf-8", errors="backslashreplace")
