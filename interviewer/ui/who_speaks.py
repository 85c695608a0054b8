"""The lines that say who speaks and hears, and where text and sound go."""

from __future__ import annotations

from interviewer.interview.spending import spending_of
from interviewer.models.naming import BUILTIN, ModelName
from interviewer.transcript import Transcript
from interviewer.ui.voices import ConnectedVoice
from interviewer.ui.words import Words


def speaker_line(name: ModelName | None, transcript: Transcript, words: Words) -> str:
    """Return which voice speaks, where text goes, and what that has cost so far."""
    if name is None:
        lost = (transcript.interview.model or BUILTIN) != BUILTIN
        return words["lost_model"] if lost else words["private"]
    key = "sent_model" if name.goes_to else "private_model"
    line = words[key].format(model=name.shown, place=name.goes_to)
    spent = spending_of(transcript)
    if not spent.input + spent.output:
        return line
    cost = "" if spent.cost is None else words["spent_cost"].format(dollars=f"{spent.cost:.3f}")
    tokens = words["spent"].format(read=spent.input, written=spent.output, cost=cost)
    return f"{line} {tokens}"


def voice_line(voice: ConnectedVoice | None, words: Words) -> str:
    """Return what hears and speaks, and where sound goes; empty without a voice."""
    if voice is None:
        return ""
    place = voice.open.goes_to
    if place is None:
        return words["voice_stays"]
    both = voice.open.hears is not None and voice.open.speaks is not None
    key = "voice_sent_both" if both else ("voice_sent_hears" if voice.open.hears else "voice_sent")
    return words[key].format(place=place)
