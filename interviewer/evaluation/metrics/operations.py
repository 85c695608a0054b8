"""How the talk runs: who speaks how much, and where it broke off."""

from __future__ import annotations

from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import Speech


class Operations:
    """The examiners' share of what is said, by characters; turns a model failed are findings."""

    name = "operations"
    version = "1"
    better: Literal["neither"] = "neither"

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the examiners' share of the characters."""
        turns = speech.transcript.turns
        told = sum(len(turn.content) for turn in turns if turn.by_examiner)
        heard = sum(len(turn.content) for turn in turns if turn.by_candidate)
        if not told + heard:
            return Score(None, "Nobody says anything.")
        findings = tuple(
            Finding(
                turn.seq,
                self.name,
                "fallback",
                "minor",
                f"The built-in voice spoke for the model ({turn.fallback.get('cause')}).",
            )
            for turn in turns
            if turn.fallback
        )
        return Score(told / (told + heard), findings=findings)
