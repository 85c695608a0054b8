"""Packs of invented employers with questions whose answers are known: to set by, and to check by.

`tuning` is what the search was set by. `gold` was written by people who had not seen the search,
and nothing is set by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.transcript import Passage

HERE = Path(__file__).parent
NAMES = {
    "marlow-general": "Marlow General Hospital Trust",
    "linhai-water": "临海水务集团有限公司",
    # Two people invented this operator apart from each other.
    "harrowgate-tramways": "Harrowgate Tramways plc",
    "harrowgate-trams": "Harrowgate Tramways plc",
    "hemu-dairy": "禾牧乳业股份有限公司",
}
CHINESE = frozenset({"linhai-water", "hemu-dairy"})


@dataclass(frozen=True, slots=True)
class Gold:
    """A question and what answers it.

    Attributes:
        question: As asked.
        language: `en` or `zh`.
        quotes: Parts of passages that answer it, none where nothing does.
        crossed: Whether the pack is in the other language.
        kind: `answer`, or why nothing answers: `unrelated`, `other` employer, `near` miss.
    """

    question: str
    language: str
    quotes: tuple[str, ...]
    crossed: bool
    kind: str


def folders(which: str) -> dict[str, Path]:
    """Return the packs of `tuning` or `gold` by name."""
    return {name: path for name in NAMES if (path := HERE / which / name).is_dir()}


def questions(pack: Path) -> Iterator[Gold]:
    """Read the questions of a pack."""
    main = "zh" if pack.name in CHINESE else "en"
    for line in (pack / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        quotes, language = tuple(entry["quotes"]), entry["language"]
        kind = entry.get("kind") or ("answer" if quotes else "near")
        yield Gold(entry["question"], language, quotes, language != main, kind)


def unrelated(main: str) -> Iterator[Gold]:
    """Read questions that no pack answers, asked of a pack in language `main`."""
    lines = (HERE / "tuning" / "unrelated.jsonl").read_text(encoding="utf-8").splitlines()
    for entry in map(json.loads, lines):
        language = entry["language"]
        yield Gold(entry["question"], language, (), language != main, entry["kind"])


def answers(gold: Gold, passage: Passage) -> bool:
    """Return whether a passage answers a question."""
    return any(quote in passage.text for quote in gold.quotes)
