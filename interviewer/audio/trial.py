"""A real call of a voice, to say in plain words what works; nothing of anybody's is sent."""

from __future__ import annotations

import io
import math
import time
import wave
from array import array

from interviewer.audio.connecting import OpenVoice
from interviewer.audio.faults import AudioFault
from interviewer.audio.heard import Heard, Hears, Sound
from interviewer.audio.recording import RATE, Recording, recording_of
from interviewer.audio.words import audio_fault, audio_words
from interviewer.errors import InputError

_SHOWN = 60


async def try_voice(voice: OpenVoice, language: str) -> str:
    """Let it read a sentence aloud and hear it again; return what works, in sentences.

    Args:
        voice: What was opened.
        language: Of the trial and of what is said of it.

    Raises:
        InputError: It does not work; the text says why.
    """
    words = audio_words(language)
    lines = []
    sound: Sound | None = None
    try:
        if voice.speaks is not None:
            begun = time.perf_counter()
            sound = await voice.speaks.speak(words["say"], language)
            took = f"{time.perf_counter() - begun:.1f}"
            lines.append(words["speaks_works"].format(seconds=took))
        if voice.hears is not None:
            lines += await _hearing(voice.hears, sound, language)
    except AudioFault as fault:
        raise InputError(audio_fault(fault.cause, language, place=voice.goes_to)) from None
    goes = words["leaves"].format(place=voice.goes_to) if voice.goes_to else words["stays"]
    return words["joint"].join((*lines, goes))


async def _hearing(hears: Hears, sound: Sound | None, language: str) -> list[str]:
    """Let it hear its own voice where that is a WAV of our form, else a tone."""
    words = audio_words(language)
    own = _as_recording(sound)
    try:
        heard = await hears.hear(own or tone(), language)
    except AudioFault as fault:
        # A tone holds no words: that it was taken is what the trial asks.
        if fault.cause != "nothing_heard":
            raise
        return [words["hears_works"]]
    return [_told(heard, language) if own else words["hears_works"], _times(heard, language)]


def _told(heard: Heard, language: str) -> str:
    return audio_words(language)["hears_back"].format(text=heard.text[:_SHOWN])


def _times(heard: Heard, language: str) -> str:
    return audio_words(language)["times" if heard.words else "times_not"]


def _as_recording(sound: Sound | None) -> Recording | None:
    try:
        return recording_of(sound.content) if sound else None
    except AudioFault:
        return None


def tone(seconds: float = 1.0) -> Recording:
    """Return a quiet tone of 440 Hz, for trials without anybody's voice."""
    count = int(seconds * RATE)
    samples = array(
        "h", (int(3_000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(count))
    )
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return Recording(held.getvalue(), seconds)
