"""A recording as the page sends it: 16-bit mono WAV, within bounds. Pure but for NumPy."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from interviewer.audio.faults import AudioFault

if TYPE_CHECKING:
    import numpy as np

RATE = 16_000
"""Samples a second: what recognisers work with."""
LONGEST_SECONDS = 300
SHORTEST_SECONDS = 0.3
MOST_BYTES = LONGEST_SECONDS * RATE * 2 + 4_096
# Of full scale. A muted microphone gives zeros; the faintest room is louder than this.
_FAINTEST = 0.002
_FULL_SCALE = 32_768


@dataclass(frozen=True, slots=True)
class Recording:
    """One answer as sound.

    Attributes:
        wav: The file; never shown.
        seconds: Its length.
    """

    wav: bytes = field(repr=False)
    seconds: float

    def samples(self) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return the samples, shape `(n,)`, -1 to 1, 16,000 a second."""
        import numpy as np

        with wave.open(io.BytesIO(self.wav)) as opened:
            frames = opened.readframes(opened.getnframes())
        return np.frombuffer(frames, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def recording_of(data: bytes) -> Recording:
    """Return what was sent as a recording.

    Raises:
        AudioFault: `no_wav`, `too_long`, `too_short`, or `silent`.
    """
    if len(data) > MOST_BYTES:
        raise AudioFault("too_long")
    seconds = _length(data)
    if seconds < SHORTEST_SECONDS:
        raise AudioFault("too_short")
    recording = Recording(data, seconds)
    if float(abs(recording.samples()).max()) < _FAINTEST:
        raise AudioFault("silent")
    return recording


def _length(data: bytes) -> float:
    """Return the length in seconds of a file of our form, counted from what is really there."""
    try:
        with wave.open(io.BytesIO(data)) as opened:
            form = (opened.getnchannels(), opened.getsampwidth(), opened.getframerate())
            if form != (1, 2, RATE):
                raise AudioFault("no_wav")
            frames = opened.readframes(opened.getnframes())
    except (wave.Error, EOFError):
        raise AudioFault("no_wav") from None
    return len(frames) / 2 / RATE
