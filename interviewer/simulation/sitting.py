"""Answers to a written test by a simulated candidate: by the level, whatever the manner."""

from __future__ import annotations

from interviewer.interview import seeds
from interviewer.interview.written.key import Key
from interviewer.interview.written.wording import LETTERS
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.material import material_for
from interviewer.simulation.truth import Truth

# Shares of right options, of key points written down, and of items left out.
_RIGHT = {"high": 0.9, "medium": 0.6, "low": 0.3}
_POINTS = {"high": 0.9, "medium": 0.5, "low": 0.1}
_LEFT_OUT = {"high": 0.0, "medium": 0.03, "low": 0.12}
_LEVELS = {"high": 5, "medium": 3, "low": 1}


def on_paper(candidate: Candidate, asked: Asked) -> tuple[str, Truth]:
    """Return what is written to the open item, and the truth of it."""
    purpose = (candidate.seed, "paper", asked.item.id)
    key = asked.keys.get(asked.item.id, Key())
    if seeds.chance(_LEFT_OUT[candidate.level], *purpose, "left out"):
        return "", Truth(asked.seq, asked.item.id, "silence")
    if asked.item.kind == "single":
        right = seeds.chance(_RIGHT[candidate.level], *purpose, "right")
        wrong = [place for place in range(len(asked.item.options)) if place != key.right]
        place = key.right if right and key.right is not None else seeds.pick(wrong, *purpose)
        truth = Truth(asked.seq, asked.item.id, "choice", level=5 if place == key.right else 1)
        return LETTERS[place], truth
    return _written(candidate, asked, key)


def _written(candidate: Candidate, asked: Asked, key: Key) -> tuple[str, Truth]:
    language = asked.plan.language
    material = material_for(language)
    purpose = (candidate.seed, "points", asked.item.id)
    count = round(_POINTS[candidate.level] * len(key.points))
    order = seeds.shuffled(range(len(key.points)), *purpose)[:count]
    texts = [key.points[place].text for place in sorted(order)]
    if candidate.level != "high":
        texts.append(seeds.pick(material.get("weak.knowledge"), *purpose))
    truth = Truth(asked.seq, asked.item.id, "paper", level=_LEVELS[candidate.level])
    return material.joint.join(texts), truth
