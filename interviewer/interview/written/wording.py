"""The words of a written test: its items as they are put, their letters, the end."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator, Mapping
from functools import cache
from importlib import resources

from interviewer.interview.moves import Move
from interviewer.interview.plan import PlannedItem
from interviewer.interview.voice import Delivery, Scene

LETTERS = ("A", "B", "C", "D")


@cache
def words_for(language: str) -> Mapping[str, str]:
    """Return the words of a language; English for one that has no file."""
    folder = resources.files(__package__)
    own = language.isalpha() and (folder / f"words.{language}.toml").is_file()
    file = folder / f"words.{language if own else 'en'}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def lettered(options: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return options with their letters before them."""
    pattern = words_for(language)["option"]
    pairs = zip(LETTERS, options, strict=False)
    return tuple(pattern.format(letter=letter, text=text) for letter, text in pairs)


def as_put(item: PlannedItem, language: str) -> str:
    """Return an item word for word: its text, what is given, its options."""
    parts = [item.text, item.material, "\n".join(lettered(item.options, language))]
    return "\n\n".join(part for part in parts if part)


class PaperVoice:
    """Puts an item as it stands in the plan, whoever else speaks in the interview."""

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str | Delivery]:
        """Yield the item, or the word that the test is over."""
        if move.item is not None and move.kind == "ask":
            yield as_put(move.item, scene.language)
        else:
            yield words_for(scene.language)["close"]


PAPER = PaperVoice()
