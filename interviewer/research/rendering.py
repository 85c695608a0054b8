"""A document as the file it becomes in a pack: front matter, and Markdown."""

from __future__ import annotations

import json

from interviewer.research.documents import Document


def rendered(document: Document, topic: str) -> str:
    """Return the text of its file."""
    front = {
        "topic": topic,
        "date": document.date,
        "source": document.source,
        "language": document.language,
        "origin": document.origin,
        "read": document.read,
    }
    lines = [f"{key}: {_yaml(key, value)}" for key, value in front.items() if value]
    return "\n".join(("---", *lines, "---", "", document.text, ""))


def _yaml(key: str, value: str) -> str:
    # A JSON string is a YAML string; the other values hold nothing that needs quoting.
    return json.dumps(value, ensure_ascii=False) if key in {"source", "origin", "read"} else value
