"""What lifts an answer above the middling one: sentences for what the highest anchors ask for.

Wordings are cut in two halves by a hash. An answer takes all of its wordings from the half that
its own question falls into, so that a reader can be made with one half in view and measured on
the other.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.draft import worded
from interviewer.simulation.material import Material
from interviewer.simulation.person import Person

Half = Literal["seen", "held"]

_STOCKS = {"motivation": "motivation", "knowledge": "work", "work_sample": "work"}
_ELSE = "situational"


def half_of(name: str) -> Half:
    """Return which half a question, a story or a wording falls into."""
    return "held" if hashlib.sha256(name.encode()).digest()[-1] % 2 else "seen"


def raised(
    candidate: Candidate, asked: Asked, person: Person, material: Material, count: int
) -> list[str]:
    """Return so many sentences that lift an answer, each of another kind and not said before.

    Fewer where the candidate has said all there is.
    """
    stock = f"raised.{_STOCKS.get(asked.item.type or '', _ELSE)}"
    half = half_of(asked.question_id)
    purpose = (candidate.seed, "raised", asked.seq)
    found: list[str] = []
    for kind in seeds.shuffled(material.below(stock), *purpose):
        unsaid = [
            text
            for text in material.get(f"{stock}.{kind}")
            if half_of(text) == half and worded("", text, person.slots).text not in asked.said
        ]
        if unsaid and len(found) < count:
            found.append(seeds.pick(unsaid, *purpose, kind))
    return found
