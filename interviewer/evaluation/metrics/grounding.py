"""Whether what examiners claim of the employer stands in the research."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.evaluation.support import Supported, supported_by
from interviewer.interview.guard.cases import MONEY
from interviewer.interview.guard.given import names_of
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.research.lexical import terms

# Share of a claim's weight that its evidence must say (BEGIN dev, 5 % false alarms).
LEAST = 0.5
_FIGURE = re.compile(r"\d")
_OF_YOU = re.compile(r"\b(?:you|your)\b|[您你]", re.IGNORECASE)


class Grounding:
    """Share of the examiners' claims that the research supports."""

    name = "grounding"
    version = "1"
    better: Literal["higher"] = "higher"
    thresholds = MappingProxyType({"support": LEAST})

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return the share of claims that are supported."""
        if not speech.research:
            return Score(None, "The transcript holds no research to compare with.")
        claims = list(claims_in(speech))
        if not claims:
            return Score(None, "No examiner claims anything of the employer.")
        findings = []
        for sentence in claims:
            held = support_of(sentence, speech)
            if not held.holds(LEAST):
                findings.append(_finding(sentence, held))
        return Score(1 - len(findings) / len(claims), findings=tuple(findings))


def claims_in(speech: Speech) -> Iterator[Sentence]:
    """Yield sentences that state something of the employer, or carry a citation mark."""
    signs = signs_for(speech.language)
    names = employer_names(speech)
    bargaining = {part.id for part in speech.plan.rounds if part.offer} if speech.plan else set()
    for sentence in speech.said:
        # What is offered to a candidate is the employer's to name, and stands in no research.
        move = sentence.turn.move
        offers = bool(MONEY.search(sentence.bare)) or (move is not None and move.kind == "offer")
        if offers and sentence.turn.round in bargaining and not sentence.marks:
            continue
        text = signs.patterns["together"].sub(" ", plain(sentence.bare))
        named = any(name.lower() in text.lower() for name in names)
        speaks = named or bool(signs.patterns["employer"].search(text))
        told = speaks and bool(_FIGURE.search(text)) and not _OF_YOU.search(text)
        if sentence.marks or (told and not sentence.asks):
            yield sentence


def employer_names(speech: Speech) -> tuple[str, ...]:
    """Return what the employer is called, nothing where the file does not say."""
    plan = speech.plan
    name = plan.company_name if plan else speech.transcript.interview.company or ""
    return names_of(name) if name else ()


def support_of(sentence: Sentence, speech: Speech) -> Supported:
    """Return how a sentence stands to the passages its turn cites or was given."""
    turn = sentence.turn
    ids = [*turn.cites, *(found.id for found in turn.retrieved)]
    own = [speech.evidence[key] for key in dict.fromkeys(ids) if key in speech.evidence]
    # What the candidate said is theirs, and an examiner may say it back.
    evidence = [*(own or speech.evidence.values()), *speech.heard_before(sentence.place)]
    ignored = terms(" ".join(employer_names(speech)))
    return supported_by(sentence.bare, evidence, speech.language, ignore=ignored)


def _finding(sentence: Sentence, held: Supported) -> Finding:
    if held.new_figures:
        tag, reason = "figure", "It names a figure that the research does not have."
    elif held.turned:
        tag, reason = "turned", "It says the contrary of the research."
    else:
        tag = "unsupported"
        reason = f"The research has {held.share:.0%} of what it says."
    return Finding(sentence.seq, Grounding.name, tag, "serious", reason, sentence.text)
