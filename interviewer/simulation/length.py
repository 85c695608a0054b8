"""How long people speak: who keeps to the point says 60 to 150 words, what is around it included.

Who has little to tell speaks no shorter for it: length says nothing of what an answer is worth.

What is added tells of nothing done and of nothing known, so the truth of an answer stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.conduct import CONDUCTS
from interviewer.simulation.draft import Draft, Sentence, worded
from interviewer.simulation.material import Material
from interviewer.simulation.person import Person

# Words of an ordinary answer, in Chinese characters; each answer is at one length between the two.
_USUAL = {"en": (90, 130), "zh": (140, 210)}
# On oneself one says more, and a story takes longer than a view.
_KINDS = {"opener": 1.4, "story": 1.15, "reply": 1.0, "knowledge": 0.95}
# What is added to an answer when a part of it is asked for is shorter.
_ADDED = 0.6
_STOCKS = {"story": "story", "reply": "reply", "opener": "opener", "knowledge": "knowledge"}
# Nothing is added from here on, so that hardly an answer goes over 150 words.
_ENOUGH = {"en": 122, "zh": 215}
_PLACES = ("within", "end")
_MOST = 6


def at_length(
    draft: Draft, candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft:
    """Return an answer as long as people speak, with nothing in it that was not in it before."""
    stock = _STOCKS.get(draft.kind)
    speaks = CONDUCTS[candidate.manner].at_length
    if stock is None or draft.must or not draft.sentences or not speaks:
        return draft
    wanted = _wanted(draft.kind, candidate, asked, material)
    places = {
        name: _unsaid(material.get(f"around.{stock}.{name}"), candidate, asked, person)
        for name in _PLACES
    }
    first, *others = draft.sentences
    within: list[Sentence] = []
    end: list[Sentence] = []
    for name in islice(cycle(_PLACES), _MOST):
        words = Draft("", (*draft.sentences, *within, *end)).words(material.language)
        if words >= wanted or not places[name]:
            break
        (within if name == "within" else end).append(places[name].pop(0))
    return replace(draft, sentences=(first, *within, *others, *end))


def _wanted(kind: str, candidate: Candidate, asked: Asked, material: Material) -> float:
    low, high = _USUAL[material.language]
    drawn = seeds.number(candidate.seed, "length", asked.seq) % (high - low + 1)
    share = _ADDED if asked.probe else 1.0
    return min((low + drawn) * share * _KINDS[kind], _ENOUGH[material.language])


def _unsaid(
    options: Sequence[str], candidate: Candidate, asked: Asked, person: Person
) -> list[Sentence]:
    """Return what was not said yet, in an order of the candidate's own."""
    said = asked.said
    worded_ones = (worded("manner", text, person.slots) for text in options)
    fresh = [sentence for sentence in worded_ones if sentence.text not in said]
    return seeds.shuffled(fresh, candidate.seed, "around", asked.seq)
