"""Whether what examiners claim of the employer stands in the research."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.metrics.swapped_names import swapped_name
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.evaluation.support import Evidence, Supported, supported_by
from interviewer.interview.guard.cases import MONEY
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.research.lexical import terms

# Share of a claim's weight that its evidence must say (BEGIN dev, 5 % false alarms).
LEAST = 0.5
# So many terms that are not usual say something; more where it may be the candidate's affair.
_SAYS, _SAYS_TO_YOU = 2, 3
# A word with a capital after one without.
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}[A-Za-z]*")
_FIGURE = re.compile(r"\d")
_OF_YOU = re.compile(r"\b(?:you|your)\b|[您你]", re.IGNORECASE)


class Grounding:
    """Share of the examiners' claims that the research supports."""

    name = "grounding"
    version = "3"
    better: Literal["higher"] = "higher"
    thresholds = MappingProxyType({"support": LEAST, "says": _SAYS})

    def __init__(self, library: Library) -> None:
        """Keep what examiners of any employer are wont to say."""
        phrases = (
            variant
            for persona in library.personas.values()
            for book in persona.phrasebooks.values()
            for variants in book.phrases.values()
            for variant in variants
        )
        self._usual = terms("\n".join(phrases))

    def score(self, speech: Speech) -> Score:
        """Return the share of claims that are supported."""
        if not speech.research:
            return Score(None, "The transcript holds no research to compare with.")
        claims = list(claims_in(speech, self._usual))
        if not claims:
            return Score(None, "No examiner claims anything of the employer.")
        findings = []
        for sentence in claims:
            held = support_of(sentence, speech)
            if not held.holds(LEAST):
                findings.append(_finding(sentence, held))
            elif name := self._foreign_name(sentence, speech):
                reason = f"The research has no {name}."
                findings.append(
                    Finding(sentence.seq, self.name, "name", "serious", reason, sentence.text)
                )
        return Score(1 - len(findings) / len(claims), findings=tuple(findings))

    def _foreign_name(self, sentence: Sentence, speech: Speech) -> str:
        """Return a name within a sentence that nothing known has, nothing without one."""
        found = [match[0] for match in _NAME.finditer(sentence.bare)]
        passages = [entry.text for entry in passages_of(sentence, speech)]
        swapped = swapped_name(sentence.bare, passages, speech.employer_names, speech.language)
        if swapped:
            found.append(swapped)
        if not found:
            return ""
        known = self._usual | speech.planned_terms | speech.employer_terms
        heard = speech.heard_before(sentence.place)
        known = known.union(*(entry.terms for entry in (*speech.evidence.values(), *heard)))
        return next((name for name in found if terms(name) - known), "")


def claims_in(speech: Speech, usual: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """Yield sentences that state something of the employer, or carry a citation mark.

    Args:
        speech: The transcript.
        usual: Terms of what examiners of any employer say, which state nothing of this one.
    """
    names = speech.employer_names
    small_talk = signs_for(speech.language).small_talk
    known = (usual, small_talk, speech.employer_terms, speech.planned_terms)
    bargaining = {part.id for part in speech.plan.rounds if part.offer} if speech.plan else set()
    for sentence in speech.said:
        # What is offered to a candidate is the employer's to name, and stands in no research.
        bargains = sentence.turn.round in bargaining and not sentence.marks
        if bargains and _offers(sentence, names):
            continue
        if sentence.marks or (not sentence.asks and _states(sentence, speech, names, known)):
            yield sentence


def _offers(sentence: Sentence, names: Sequence[str]) -> bool:
    move = sentence.turn.move
    named = any(name in sentence.bare for name in names)
    offering = move is not None and move.kind == "offer" and not named
    return bool(MONEY.search(sentence.bare)) or offering


def _states(
    sentence: Sentence, speech: Speech, names: Sequence[str], known: Iterable[frozenset[str]]
) -> bool:
    """Whether a sentence speaks of the employer and says of it what is not usual to say."""
    signs = signs_for(speech.language)
    text = signs.patterns["together"].sub(" ", plain(sentence.bare))
    named = any(name.lower() in text.lower() for name in names)
    if not named and not signs.patterns["employer"].search(text):
        return False
    to_you = bool(_OF_YOU.search(text))
    if _FIGURE.search(text) and not to_you:
        return True
    new = terms(sentence.bare)
    for part in known:  # one by one: put together they would be thousands, for every transcript
        new = new - part
    if len(new) < _SAYS:
        return False
    heard = frozenset[str]().union(*(e.terms for e in speech.heard_before(sentence.place)))
    return len(new - heard) >= (_SAYS_TO_YOU if to_you else _SAYS)


def passages_of(sentence: Sentence, speech: Speech) -> tuple[Evidence, ...]:
    """Return the passages a sentence's turn cites or was given, all of them where it has none."""
    turn = sentence.turn
    ids = [*turn.cites, *(found.id for found in turn.retrieved)]
    own = [speech.evidence[key] for key in dict.fromkeys(ids) if key in speech.evidence]
    return tuple(own or speech.evidence.values())


def support_of(sentence: Sentence, speech: Speech) -> Supported:
    """Return how a sentence stands to the passages its turn cites or was given."""
    # What the candidate said is theirs, and an examiner may say it back.
    evidence = [*passages_of(sentence, speech), *speech.heard_before(sentence.place)]
    ignored = speech.employer_terms
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
