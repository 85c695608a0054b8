"""What a fake model is told to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """How a fake model behaves.

    Attributes:
        mode: `well_behaved`, `echo`, `misbehaving`, `obedient` or `fixed`.
        rate: Share of replies spoiled in mode `misbehaving`.
        faults: Names of faults to choose from.
        fault_rate: Share of requests that fail.
        seed: What everything is chosen by.
        text: The reply in mode `fixed`.
        chunk: Characters of one piece of a streamed reply.
        pieces: In how many pieces a reply of any length is streamed; 0 for as `chunk` has it.
        chunk_seconds: Pause between two pieces.
        stall_seconds: How long a stalled request is held.
        elsewhere: The port that fault `redirected` sends a request on to.
        json_style: `good`, `fenced`, `prose`, `think`, `broken`, `null` or `refused` for requests
            that want JSON.
        broken_rate: Share of replies to those that are no JSON of any form.
        heard: What it recognises in every recording.
        word_times: Whether it gives the times of words; else it refuses to be asked for them.
    """

    mode: str = "well_behaved"
    rate: float = 0.5
    faults: tuple[str, ...] = ()
    fault_rate: float = 0.0
    seed: int = 0
    text: str = ""
    chunk: int = 12
    pieces: int = 0
    chunk_seconds: float = 0.0
    stall_seconds: float = 30.0
    elsewhere: int = 9
    json_style: str = "good"
    broken_rate: float = 0.0
    heard: str = "Um, I moved the load to the night and wrote a check for each table."
    word_times: bool = True


# Ways in which a form does not come: it is spoiled, refused, or the server fails.
FAILING = (
    Script(json_style="broken"),
    Script(json_style="null"),
    Script(json_style="refused"),
    Script(faults=("status_401",), fault_rate=1),
    Script(faults=("status_500",), fault_rate=1),
    Script(faults=("html_200",), fault_rate=1),
    Script(faults=("reset_before_headers",), fault_rate=1),
)


def failing_name(script: Script) -> str:
    """Return what a failing script is called in a test's name."""
    return script.json_style if not script.faults else script.faults[0]
