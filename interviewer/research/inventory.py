"""What research there is on an employer, told from the files alone, without a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from interviewer.research.documents import Document
from interviewer.research.pack import files, read_pack
from interviewer.research.topics import TOPICS
from interviewer.transcript import Passage


def passages_of(company: str, folders: Sequence[Path]) -> tuple[Passage, ...]:
    """Return the passages of an employer; a document without a topic counts as the first topic.

    For counting and for tests: the store assigns such a document the topic nearest to it.
    """
    return read_pack(company, files(folders), _first_topic).passages


def count_passages(company: str, folders: Sequence[Path]) -> int:
    """Return how many passages the documents of an employer make; unreadable ones make none."""
    return len(passages_of(company, folders))


def main_language(company: str, folders: Sequence[Path]) -> str:
    """Return the language most passages are in, English when there is none."""
    counts = Counter(passage.language for passage in passages_of(company, folders))
    return counts.most_common(1)[0][0] if counts else "en"


def _first_topic(document: Document) -> str:
    return document.topic or next(iter(TOPICS))
