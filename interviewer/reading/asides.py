"""What an answer says beside the story: asks for time, declines, fishes, gives orders."""

from __future__ import annotations

from interviewer.reading.cues import Cues

ASIDES = (
    "asks_time", "asks_hint", "asks_repeat", "asks_verdict", "gives_orders", "asks_software",
    "about_pay", "dont_know", "finds_out", "nothing_to_add", "refusal",
)  # fmt: skip


def asides_in(text: str, cues: Cues) -> frozenset[str]:
    """Return the names of what is said beside the story.

    Args:
        text: The answer, all of it.
        cues: Signs of its language.
    """
    return frozenset(name for name in ASIDES if cues.patterns[name].search(text))
