"""Whether an examiner steps out of the part. Signs stand in `signs.<lang>.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding, Score, Severity
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.interview.guard.signs import plain
from interviewer.reading.answer import read

SEVERE: Mapping[str, Severity] = {
    "ai_disclosure": "serious", "assistant_speak": "serious", "answers_for_candidate": "critical",
    "reveals_rubric": "serious", "prompt_leak": "critical", "wrong_persona_name": "serious",
}  # fmt: skip


class RoleBreaks:
    """Breaks of the part per 100 turns of the examiners."""

    name = "role_breaks"
    version = "1"
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
        names = _names(speech)
        for sentence in speech.said:
            text = plain(sentence.bare)
            for tag, sign in signs("role_breaks", speech.language).items():
                if sign.search(text) and not (tag == "ai_disclosure" and _asked(sentence, speech)):
                    yield self._finding(sentence, tag)
            for name in _claimed(text, speech.language):
                own = names.get(sentence.turn.round or "")
                others = {other for round_id, other in names.items() if other != own}
                if own and any(name in other.split() or name == other for other in others):
                    yield self._finding(sentence, "wrong_persona_name")

    def _finding(self, sentence: Sentence, tag: str) -> Finding:
        reason = f"The examiner steps out of the part: {tag.replace('_', ' ')}."
        return Finding(sentence.seq, self.name, tag, SEVERE[tag], reason, sentence.text)


def _asked(sentence: Sentence, speech: Speech) -> bool:
    """Whether the candidate asked if they speak to a machine: then it is to be said."""
    answer = speech.answer_before(sentence.place)
    return answer is not None and read(answer.content, speech.language).asks_software


def _names(speech: Speech) -> dict[str, str]:
    return {part.id: part.name for part in speech.plan.conversations} if speech.plan else {}


def _claimed(text: str, language: str) -> list[str]:
    """Return the names under which somebody introduces themselves."""
    found = signs("introduces", language)["name"].finditer(text)
    return [next(filter(None, match.groups())) for match in found]
