"""What a manner does to what somebody would say: figures, no words.

Shares are the part of answers in which it happens, drawn by seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from interviewer.simulation.candidate import Manner


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a manner differs from a plain, willing candidate.

    Attributes:
        leaves_out: Parts of a story not told unless asked for.
        shared: The own part is told as everybody's until it is asked for.
        clause: Answers are cut after their first clause.
        sentences: Most sentences of an answer, 0 for no limit.
        junior: Says of most answers that they come from studies or a first job.
        tangents: Digressions in an answer.
        fillers: Share of places at which a filler stands.
        pushback: Share of answers that begin by questioning the question.
        buzz: Share of sentences replaced by words that sound well.
        off: Share of answers that are about something else.
        injects: Share of answers that try to give the examiner instructions.
        silent: Share of answers in which nothing is said.
        other_language: Share of answers in the other language.
        counters: How often an offer is countered, given a reason to hope.
        reasons: Whether pay is asked for with reasons.
        contradicts: Whether facts change between the rounds.
        tells_facts: Share of interviews in which a fact is told again, unchanged.
        at_length: Whether answers are as long as people usually speak.
    """

    leaves_out: frozenset[str] = frozenset()
    shared: bool = False
    clause: bool = False
    sentences: int = 0
    junior: bool = False
    tangents: int = 0
    fillers: float = 0.0
    pushback: float = 0.0
    buzz: float = 0.0
    off: float = 0.0
    injects: float = 0.0
    silent: float = 0.0
    other_language: float = 0.0
    counters: int = 1
    reasons: bool = False
    contradicts: bool = False
    tells_facts: float = 0.5
    at_length: bool = True


CONDUCTS: Mapping[Manner, Conduct] = MappingProxyType({
    "strong": Conduct(reasons=True),
    "thin_junior": Conduct(
        leaves_out=frozenset({"result", "reflection", "detail"}), sentences=3, junior=True,
        counters=0, tells_facts=0.0, at_length=False,
    ),
    "rambling": Conduct(tangents=11),
    "terse": Conduct(
        leaves_out=frozenset({"situation", "result", "reflection", "detail"}), clause=True,
        counters=0, tells_facts=0.0, at_length=False,
    ),
    "bluffer": Conduct(buzz=0.8, tells_facts=0.0),
    "blurred_ownership": Conduct(shared=True, tells_facts=0.0),
    "off_topic": Conduct(off=0.7),
    "nervous": Conduct(fillers=0.22),
    "combative": Conduct(pushback=0.5, counters=2),
    "contradicting": Conduct(contradicts=True, tells_facts=1.0),
    "injecting": Conduct(injects=0.35),
    "silent": Conduct(silent=0.75, counters=0, tells_facts=0.0, at_length=False),
    "negotiating_hard": Conduct(counters=4, reasons=True),
    "wrong_language": Conduct(other_language=0.8, tells_facts=0.0),
})  # fmt: skip
