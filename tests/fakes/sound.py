"""Sound as a fake server takes and gives it, and recordings as a page would send them."""

from __future__ import annotations

import io
import json
import math
import wave
from array import array

RATE = 16_000


def wav(seconds: float, *, level: float = 0.2, rate: int = RATE, channels: int = 1) -> bytes:
    """Return a tone as a file; level 0 is silence."""
    count = int(seconds * rate)
    samples = array("h")
    for n in range(count):
        value = int(32_000 * level * math.sin(2 * math.pi * 330 * n / rate))
        samples.extend([value] * channels)
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return held.getvalue()


def wav_in(body: bytes) -> bytes:
    """Return the recording in the body of a form."""
    start = body.index(b"RIFF")
    return body[start : start + 8 + int.from_bytes(body[start + 4 : start + 8], "little")]


def length(sound: bytes) -> float:
    """Return the length of a file in seconds."""
    with wave.open(io.BytesIO(sound)) as file:
        return file.getnframes() / file.getframerate()


def heard_reply(text: str, sound: bytes, *, timed: bool) -> str:
    """Return what a server answers; words lie evenly over the middle eight tenths."""
    if not timed:
        return json.dumps({"text": text})
    seconds, words = length(sound), text.split()
    step = 0.8 * seconds / max(1, len(words))
    times = [
        {"word": word, "start": 0.1 * seconds + n * step, "end": 0.1 * seconds + (n + 1) * step}
        for n, word in enumerate(words)
    ]
    return json.dumps({"text": text, "duration": seconds, "language": "en", "words": times})


def spoken_reply() -> bytes:
    """Return speech of three seconds, long enough to be stopped."""
    return wav(3.0)
