"""Whether an examiner steps out of the part. Signs stand in `signs.<lang>.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score, Severity
from interviewer.evaluation.metrics.judged_beside import JudgedBeside
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.interview.guard.signs import plain
from interviewer.reading.answer import read

_KEPT = 16_384
SEVERE: Mapping[str, Severity] = {
    "ai_disclosure": "serious", "assistant_speak": "serious", "answers_for_candidate": "critical",
    "reveals_rubric": "serious", "prompt_leak": "critical", "wrong_persona_name": "serious",
    "leaves_round": "serious",
}  # fmt: skip


class RoleBreaks(JudgedBeside):
    """Breaks of the part per 100 turns of the examiners."""

    name = "role_breaks"
    version = "2"
    better: Literal["lower"] = "lower"

    def __init__(self, library: Library) -> None:
        """Need nothing of the content."""

    def score(self, speech: Speech) -> Score:
        """Return breaks per 100 turns."""
        turns = sum(1 for turn in speech.transcript.turns if turn.by_examiner)
        if not turns:
            return Score(None, "No examiner says anything.")
        findings = tuple(self._findings(speech))
        return Score(100 * len(findings) / turns, findings=findings)

    def _findings(self, speech: Speech) -> Iterator[Finding]:
        names, planned = _names(speech), _planned(speech)
        for sentence in speech.said:
            text = plain(sentence.bare)
            for tag in _tags(text, speech.language):
                # What the plan asks is asked in the part.
                broken = sentence.text not in planned
                if broken and not (tag == "ai_disclosure" and _asked(sentence, speech)):
                    yield self._finding(sentence, tag)
            own = names.get(sentence.turn.round or "")
            if own and _under_another_name(text, own, names, speech.language):
                yield self._finding(sentence, "wrong_persona_name")

    def _finding(self, sentence: Sentence, tag: str) -> Finding:
        reason = f"The examiner steps out of the part: {tag.replace('_', ' ')}."
        return Finding(sentence.seq, self.name, tag, SEVERE[tag], reason, sentence.text)


@lru_cache(maxsize=_KEPT)
def _tags(text: str, language: str) -> tuple[str, ...]:
    """Return the signs a sentence has; a sentence is looked through once, however often said."""
    return tuple(tag for tag, sign in signs("role_breaks", language).items() if sign.search(text))


def _asked(sentence: Sentence, speech: Speech) -> bool:
    """Whether the candidate asked if they speak to a machine: then it is to be said."""
    answer = speech.answer_before(sentence.place)
    return answer is not None and read(answer.content, speech.language).asks_software


def _names(speech: Speech) -> dict[str, str]:
    return {part.id: part.name for part in speech.plan.conversations} if speech.plan else {}


def _planned(speech: Speech) -> str:
    rounds = speech.plan.conversations if speech.plan else ()
    return "\n".join(item.text for part in rounds for item in part.items)


def _under_another_name(text: str, own: str, names: Mapping[str, str], language: str) -> bool:
    """Whether somebody introduces themselves as somebody else at the table, or as nobody known."""
    others = [name for name in names.values() if name != own]
    claimed, as_own = _claimed(text, language)
    at_the_table = any(
        name in other.split() or name == other for name in claimed for other in others
    )
    return at_the_table or any(name not in own for name in as_own)


@lru_cache(maxsize=_KEPT)
def _claimed(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names under which somebody introduces themselves: any, and as their own."""
    found = signs("introduces", language)
    return _named(found["name"], text), _named(found["own"], text)


def _named(sign: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(next(filter(None, match.groups())) for match in sign.finditer(text))
