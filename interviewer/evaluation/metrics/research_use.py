"""Whether questions grow out of the employer's research."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from interviewer.content.library import Library
from interviewer.evaluation.metric import Score
from interviewer.evaluation.speech import Speech
from interviewer.research.lexical import terms

# Terms that questions of every employer share tell of none; two of its own hardly come by chance.
_LEAST = 2


class ResearchUse:
    """Share of question turns that speak of something only this employer's research has."""

    name = "research_use"
    version = "1"
    better: Literal["higher"] = "higher"
    thresholds = MappingProxyType({"terms": _LEAST})

    def __init__(self, library: Library) -> None:
        """Keep what questions of any employer say."""
        self._usual = terms(
            "\n".join(
                text
                for rubric in library.rubrics.values()
                for question in rubric.questions
                for text in question.text.values()
            )
        )

    def score(self, speech: Speech) -> Score:
        """Return the share of turns with a question that use the research."""
        if not speech.research:
            return Score(None, "The transcript holds no research to compare with.")
        asking = dict.fromkeys(sentence.place for sentence in speech.questions)
        if not asking:
            return Score(None, "No examiner asks anything.")
        said = frozenset[str]().union(*(entry.terms for entry in speech.evidence.values()))
        turns = {place: speech.transcript.turns[place - 1].content for place in asking}
        own = (terms(text) & said for text in turns.values())
        used = sum(
            1 for shared in own if len(shared - self._usual - speech.employer_terms) >= _LEAST
        )
        return Score(used / len(asking))
