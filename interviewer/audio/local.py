"""Hearing on this machine: Whisper in CTranslate2's form, run by faster-whisper."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from interviewer.audio.faults import AudioFault
from interviewer.audio.heard import Heard, HeardWord
from interviewer.audio.recording import Recording
from interviewer.errors import InputError, SetupError

# Without these a folder holds no such model.
NEEDED = ("config.json", "model.bin")


class LocalHearing:
    """Recognition by a model in a folder of this machine; one answer after another."""

    def __init__(self, model: Any, name: str) -> None:  # faster-whisper brings no types
        """Keep an opened model."""
        self._model = model
        self._name = name
        self._one = asyncio.Lock()

    @property
    def name(self) -> str:
        """The folder's name."""
        return self._name

    async def hear(self, recording: Recording, language: str) -> Heard:
        """Return what was said, with the times of words."""
        async with self._one:
            try:
                text, words = await asyncio.to_thread(self._heard, recording, language[:2])
            except Exception as error:
                # Whatever the engine stumbles over, the candidate can go on typing.
                raise AudioFault("engine") from error
        if not text:
            raise AudioFault("nothing_heard")
        return Heard(text, words, recording.seconds)

    def _heard(self, recording: Recording, language: str) -> tuple[str, tuple[HeardWord, ...]]:
        pieces, _ = self._model.transcribe(
            recording.samples(), language=language, word_timestamps=True,
            condition_on_previous_text=False,
        )  # fmt: skip
        said = list(pieces)
        words = tuple(
            HeardWord(word.word.strip(), float(word.start), float(word.end))
            for piece in said
            for word in piece.words or ()
        )
        return "".join(piece.text for piece in said).strip(), words


async def open_local(folder: str) -> LocalHearing:
    """Load a model from a folder; nothing is fetched.

    Raises:
        InputError: There is no such folder, or no model in it.
        SetupError: The extra is not installed, or the model cannot be loaded.
    """
    model, name = await asyncio.to_thread(_loaded, folder)
    return LocalHearing(model, name)


def _loaded(folder: str) -> tuple[object, str]:
    path = Path(folder).expanduser()
    missing = [name for name in NEEDED if not (path / name).is_file()]
    if missing:
        raise InputError(
            f"{folder} holds no speech model: {missing[0]} is not in it. Give the whole path of a "
            "folder with a Whisper model in CTranslate2's form (config.json, model.bin, "
            "tokenizer.json)."
        )
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        raise SetupError(
            "Hearing on this machine needs the extra `voice`. Install it with "
            "`pip install three-rounds[voice]`, or use a server."
        ) from None
    try:
        made = WhisperModel(str(path), device="cpu", compute_type="int8", local_files_only=True)
    except Exception as error:
        raise SetupError(
            f"The speech model in {path} cannot be loaded ({type(error).__name__}). "
            "Fetch it again, or use another."
        ) from None
    return made, path.name
