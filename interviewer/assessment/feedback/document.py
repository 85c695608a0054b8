"""Feedback as JSON: fields of `interviewer.assessment/1`."""

from __future__ import annotations

from interviewer.assessment.feedback.item import FeedbackItem, ModelLine, OneThing, Strength


def item_to_json(item: FeedbackItem) -> dict[str, object]:
    """Return an item; what there is none of is null."""
    return {
        "round": item.round,
        "competency": item.competency,
        "name": item.name,
        "item": item.item,
        "turns": list(item.turns),
        "lack": item.lack,
        "level": item.level,
        "required": item.required,
        "spread": item.spread,
        "confidence": item.confidence,
        "rests_on": item.rests_on,
        "evidence_quote": {"seq": item.seq, "text": item.evidence_quote, "by": item.said_by},
        "anchor_matched": item.anchor_matched or None,
        "anchor_next": item.anchor_next or None,
        "gap": item.gap,
        "question_to_you": item.question_to_you,
        "next_action": {"drill": item.drill, "minutes": item.minutes, "due": item.when},
        "again": item.again,
        "still": item.still,
        "model_line": _line(item.model_line),
        "outline": _line(item.outline),
    }


def _line(line: ModelLine | None) -> dict[str, object] | None:
    if line is None:
        return None
    return {
        "text": line.text,
        "pieces": [
            {"part": piece.part, "seq": piece.seq, "text": piece.text} for piece in line.pieces
        ],
    }


def strength_to_json(round_id: str, strength: Strength) -> dict[str, object]:
    """Return what to keep doing in a round."""
    return {
        "round": round_id,
        "seq": strength.seq,
        "text": strength.text,
        "shown": strength.shown,
        "why": strength.why,
    }


def one_thing_to_json(first: OneThing) -> dict[str, object]:
    """Return the most valuable change with its grounds."""
    return {
        "lack": first.lack,
        "change": first.change,
        "why": first.why,
        "turns": list(first.turns),
        "answers": first.answers,
        "of": first.of,
        "now": first.now,
    }
