"""Scores as Inspect's `precomputed_scores` takes them: a file a metric, a line a sample."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from interviewer.evaluation.formats.inspect_log import AGAIN
from interviewer.evaluation.report import Evaluation, finding_to_json


def inspect_lines(evaluation: Evaluation, metric: str) -> Iterator[str]:
    """Yield what a metric says of every transcript.

    A sample without a line is left unscored by Inspect, as is what we cannot tell.
    """
    seen: Counter[str] = Counter()
    for number, entry in enumerate(evaluation.scored, start=1):
        told = re.fullmatch(AGAIN, entry.id, re.DOTALL)
        name = (told[1] if told else entry.id) or str(number)
        seen[name] += 1
        score = entry.scores[metric]
        if score.value is not None:
            record = {
                "id": name,
                "epoch": int(told[2]) if told else seen[name],
                "value": score.value,
                "explanation": "\n".join(finding.reason for finding in score.findings),
                "metadata": {"findings": [finding_to_json(f) for f in score.findings]},
            }
            yield json.dumps(record, ensure_ascii=False) + "\n"
