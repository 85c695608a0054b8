"""What is said about sound: faults, and what came of a trial. From `words.<lang>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from interviewer.audio.recording import LONGEST_SECONDS


@cache
def audio_words(language: str) -> Mapping[str, str]:
    """Return the words in a language; English for one that has no file."""
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"words.{base}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def audio_fault(cause: str, language: str, *, place: str | None = None) -> str:
    """Return what a cause means and what to do about it.

    Args:
        cause: The word of the fault.
        language: Of the sentence.
        place: The server that was asked, None for this machine.
    """
    words = audio_words(language)
    return words.get(cause, words["other"]).format(
        place=place or words["here"], minutes=LONGEST_SECONDS // 60
    )
