"""The marked test as JSON: `written` of the report."""

from __future__ import annotations

from interviewer.assessment.written.marking import MarkedItem, MarkedTest


def written_to_json(test: MarkedTest, not_scored: str) -> dict[str, object]:
    """Return the documented form.

    Args:
        test: The marked test.
        not_scored: Why a piece of work has no level.
    """
    return {
        "marks": test.marks,
        "most": test.most,
        "finished": test.finished,
        "topics": [{"topic": t.topic, "marks": t.marks, "most": t.most} for t in test.topics],
        "items": [_item(item, not_scored) for item in test.items],
    }


def _item(item: MarkedItem, not_scored: str) -> dict[str, object]:
    document: dict[str, object] = {
        "item": item.item,
        "kind": item.kind,
        "topic": item.topic,
        "seq": item.seq,
        "answer": item.answer,
        "marks": item.marks,
        "most": item.most,
    }
    if item.right:
        document |= {"right": item.right, "why": item.why}
    if item.points:
        document["points"] = [{"text": p.text, "quote": p.quote or None} for p in item.points]
    if item.kind == "work":
        document["not_scored"] = not_scored
    if item.form is not None:
        form = item.form
        document["form"] = {
            "length": form.length,
            "wanted": list(form.wanted) if form.wanted else None,
            "addressed": form.addressed,
            "ordered": form.ordered,
        }
    return document | ({"source": item.source} if item.source else {})
