"""What an evaluation was made from, so that it can be made again: inputs, settings, versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from interviewer import __version__
from interviewer.content.library import Library
from interviewer.evaluation.given import NOTHING_GIVEN, Given, given_to_json
from interviewer.evaluation.intervals import SETTINGS
from interviewer.evaluation.metric import Metric
from interviewer.evaluation.shards.cutting import Input

SCHEMA = "interviewer.evaluation-manifest/1"


def manifest_json(
    *,
    inputs: Iterable[Input],
    metrics: Sequence[Metric],
    library: Library,
    gate: Sequence[str],
    allow_unreadable: float,
    counts: Mapping[str, object],
    written: Mapping[str, str],
    given: Given = NOTHING_GIVEN,
) -> str:
    """Return the manifest as JSON. It names no time and no engine: the same inputs give it again.

    Args:
        inputs: The files of transcripts.
        metrics: The metrics that were used.
        library: The content they were made with.
        gate: What fails a build.
        allow_unreadable: Share of transcripts that may be unreadable.
        counts: How much there is, for lists of evaluations.
        written: What else lies in the folder: its SHA-256 by name.
        given: What was given beside the transcripts.
    """
    document = {
        "schema": SCHEMA,
        "package": {"name": "three-rounds", "version": __version__},
        "inputs": [
            {"file": entry.file, "sha256": entry.sha256, "bytes": entry.size} for entry in inputs
        ],
        "metrics": {
            metric.name: {
                "version": metric.version,
                "better": metric.better,
                "thresholds": dict(getattr(metric, "thresholds", {})),
            }
            for metric in metrics
        },
        "personas": {
            name: persona.about.version for name, persona in sorted(library.personas.items())
        },
        "intervals": dict(SETTINGS),
        "given": given_to_json(given),
        "gate": {"fail_on": list(gate), "allow_unreadable": allow_unreadable},
        "counts": dict(counts),
        "files": dict(written),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
