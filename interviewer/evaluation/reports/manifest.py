"""What an evaluation was made from, so that it can be made again: inputs, settings, versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from interviewer import __version__
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.evaluation.given import NOTHING_GIVEN, Given, given_to_json
from interviewer.evaluation.intervals import SETTINGS
from interviewer.evaluation.metric import Metric

SCHEMA = "interviewer.evaluation-manifest/1"
_AT_ONCE = 1 << 20


def manifest_json(
    *,
    files: Iterable[Path],
    metrics: Sequence[Metric],
    library: Library,
    gate: Sequence[str],
    allow_unreadable: float,
    counts: Mapping[str, object],
    written: Mapping[str, bytes],
    given: Given = NOTHING_GIVEN,
) -> str:
    """Return the manifest as JSON. It names no time and no engine: the same inputs give it again.

    Args:
        files: The files of transcripts.
        metrics: The metrics that were used.
        library: The content they were made with.
        gate: What fails a build.
        allow_unreadable: Share of transcripts that may be unreadable.
        counts: How much there is, for lists of evaluations.
        written: What else lies in the folder, by name.
        given: What was given beside the transcripts.

    Raises:
        InputError: A file cannot be read any more.
    """
    document = {
        "schema": SCHEMA,
        "package": {"name": "three-rounds", "version": __version__},
        "inputs": [_input(path) for path in files],
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
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in written.items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _input(path: Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while data := file.read(_AT_ONCE):
                digest.update(data)
                size += len(data)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
    return {"file": str(path), "sha256": digest.hexdigest(), "bytes": size}
