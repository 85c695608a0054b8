"""Hearing and speaking by any server with OpenAI's audio endpoints."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from interviewer.audio.faults import AudioFault
from interviewer.audio.heard import Heard, HeardWord, Sound
from interviewer.audio.recording import Recording
from interviewer.models.faults import fault_of

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT = 5.0
PATIENCE = 60.0
LONGEST_TEXT = 20_000
"""Characters of one recognised answer; five minutes of speech have about 5,000."""
LARGEST_SOUND = 20_000_000
_SAID_NOTHING = "nothing_heard"


async def open_client(address: str, key: str, *, leaves: bool) -> AsyncOpenAI:
    """Return a client of its own for one connection.

    Args:
        address: Of the server, as far as `/v1`.
        key: Empty for a server that asks for none.
        leaves: Whether it is another machine; only then a proxy is used.
    """
    import httpx2

    openai = await asyncio.to_thread(_openai)
    timeout = httpx2.Timeout(PATIENCE, connect=CONNECT)
    client = httpx2.AsyncClient(timeout=timeout, trust_env=leaves)
    return openai(
        api_key=key or "none", base_url=address, timeout=timeout, max_retries=0, http_client=client
    )


def _openai() -> type[AsyncOpenAI]:
    from openai import AsyncOpenAI

    return AsyncOpenAI


class EndpointHearing:
    """Recognition by `/audio/transcriptions`."""

    def __init__(self, client: AsyncOpenAI, model: str) -> None:
        """Keep client and model."""
        self._client = client
        self._model = model
        self._gives_times = True

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model

    async def hear(self, recording: Recording, language: str) -> Heard:
        """Return what was said, with the times of words where the model gives them."""
        given = await self._asked(recording, language[:2])
        text = getattr(given, "text", None)
        if not isinstance(text, str):
            raise AudioFault("garbled")
        text = text.strip()[:LONGEST_TEXT]
        if not text:
            raise AudioFault(_SAID_NOTHING)
        return Heard(text, _timed(getattr(given, "words", None), recording), recording.seconds)

    async def _asked(self, recording: Recording, language: str) -> object:
        """Ask with times first; some models refuse that form, and are then asked without."""
        if self._gives_times:
            try:
                return await self._call(recording, language, timed=True)
            except AudioFault as fault:
                if fault.cause != "request":
                    raise
                self._gives_times = False
        return await self._call(recording, language, timed=False)

    async def _call(self, recording: Recording, language: str, *, timed: bool) -> object:
        file = ("answer.wav", recording.wav, "audio/wav")
        ask = self._client.audio.transcriptions.create
        try:
            if not timed:
                return await ask(
                    file=file, model=self._model, language=language, response_format="json"
                )
            return await ask(
                file=file, model=self._model, language=language, response_format="verbose_json",
                timestamp_granularities=["word"],
            )  # fmt: skip
        except Exception as error:
            # What a client library says may hold what was said, or a key: only its kind is kept.
            raise AudioFault(fault_of(error).cause) from None


class EndpointSpeaking:
    """Speech by `/audio/speech`."""

    def __init__(self, client: AsyncOpenAI, model: str, voice: str) -> None:
        """Keep client, model and voice."""
        self._client = client
        self._model = model
        self._voice = voice

    @property
    def name(self) -> str:
        """Model and voice."""
        return f"{self._model}, {self._voice}"

    async def speak(self, text: str, language: str) -> Sound:
        """Return a text as speech; these servers tell the language from the text."""
        try:
            given = await self._client.audio.speech.create(
                model=self._model, voice=self._voice, input=text, response_format="mp3"
            )
            content = given.content
        except Exception as error:
            raise AudioFault(fault_of(error).cause) from None
        kind = kind_of(content)
        if kind is None or len(content) > LARGEST_SOUND:
            raise AudioFault("no_sound")
        return Sound(content, kind)


def kind_of(content: bytes) -> str | None:
    """Return the media type of speech by its first bytes, None for what no browser plays."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if content[:4] == b"OggS":
        return "audio/ogg"
    if content[:4] == b"fLaC":
        return "audio/flac"
    if content[:3] == b"ID3" or (content[:1] == b"\xff" and content[1:2] >= b"\xe0"):
        return "audio/mpeg"
    return None


def _timed(words: object, recording: Recording) -> tuple[HeardWord, ...]:
    """Return words with their times; none at all where one of the times cannot be."""
    if not isinstance(words, Iterable):
        return ()
    found = []
    for word in words:
        text, start, end = (getattr(word, name, None) for name in ("word", "start", "end"))
        if not _are_times(start, end, recording.seconds):
            return ()
        found.append(HeardWord(str(text or ""), float(start), float(end)))  # type: ignore[arg-type]  # numbers, see above
    return tuple(found)


def _are_times(start: object, end: object, longest: float) -> bool:
    return (
        isinstance(start, int | float)
        and isinstance(end, int | float)
        and math.isfinite(start)
        and math.isfinite(end)
        and 0 <= start <= end <= longest + 1
    )
