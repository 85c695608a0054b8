"""What is known of the employer, as JSON."""

from __future__ import annotations

from interviewer.assessment.employer.knowing import EmployerKnowledge, Held


def employer_to_json(known: EmployerKnowledge | None) -> dict[str, object] | None:
    """Return right, wrong and missed with their passages; None where nothing was looked at."""
    if known is None:
        return None

    def held(entry: Held) -> dict[str, object]:
        return {
            "seq": entry.seq,
            "text": entry.text,
            "passage": entry.passage.id,
            "sentence": entry.sentence,
            "told_before": entry.told_before,
        }

    return {
        "right": [held(entry) for entry in known.right],
        "wrong": [held(entry) for entry in known.wrong],
        "missed": [
            {"passage": entry.passage.id, "sentence": entry.sentence, "asked": entry.asked}
            for entry in known.missed
        ],
    }
