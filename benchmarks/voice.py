"""How well and how fast a speech model in a folder hears. `python -m benchmarks.voice FOLDER`.

Needs the extra `voice` and the program espeak-ng, whose speech is plainer than a person's: the
figures compare models and machines, and promise nothing for a voice.
"""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
import time
import wave

import click
import numpy as np

from interviewer.assessment.aloud import aloud_of
from interviewer.audio.local import open_local
from interviewer.audio.recording import RATE, Recording, recording_of

SAID = (
    "In March I found that the night load of our warehouse had failed twice, so I moved it to "
    "four in the morning and wrote a check for each table. Um, after that the team had no failed "
    "report in six months, you know, and the manager asked me to show the other teams how it "
    "works. I learned to tell people early when a figure is late."
)
RATES = (130, 170)


def spoken(rate: int) -> Recording:
    """Return the text as espeak-ng says it at a rate, in our form."""
    given = subprocess.run(
        ["espeak-ng", "-v", "en-gb", "-s", str(rate), "--stdout", SAID],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    with wave.open(io.BytesIO(given)) as file:
        step = file.getframerate() / RATE
    samples = np.frombuffer(given[44:], dtype="<i2").astype(float)
    ours = np.interp(np.arange(0, len(samples) - 1, step), np.arange(len(samples)), samples)
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(ours.astype("<i2").tobytes())
    return recording_of(held.getvalue())


def word_errors(said: str, heard: str) -> float:
    """Return the share of words that were put in, left out or taken for others."""
    one, other = (re.findall(r"[a-z0-9']+", text.lower()) for text in (said, heard))
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, found in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != found))
    return row[-1] / len(one)


async def measured(folder: str) -> list[str]:
    """Return what was measured, a line each."""
    begun = time.perf_counter()
    hears = await open_local(folder)
    lines = [f"opened in {time.perf_counter() - begun:.1f} s"]
    await hears.hear(spoken(RATES[0]), "en")
    for rate in RATES:
        recording = spoken(rate)
        begun = time.perf_counter()
        heard = await hears.hear(recording, "en")
        took = time.perf_counter() - begun
        true = aloud_of(SAID, recording.seconds, "en")
        told = aloud_of(heard.text, heard.spoken_seconds, "en")
        lines.append(
            f"{recording.seconds:.1f} s of speech in {took:.1f} s, word errors "
            f"{word_errors(SAID, heard.text):.2f}, pace {told.a_minute} (over the whole recording "
            f"{true.a_minute}), fillers {told.fillers} of {true.fillers}"
        )
    return lines


@click.command()
@click.argument("folder")
def measure(folder: str) -> None:
    """Say how a model in FOLDER hears."""
    for line in asyncio.run(measured(folder)):
        click.echo(line)


if __name__ == "__main__":
    measure()
