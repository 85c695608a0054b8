"""Whether there is cause to put a question again: what came of it the first time."""

from __future__ import annotations

import re
from functools import cache

from interviewer.content.library import Library
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import Reading, read
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

# Share of a planned question's terms that a turn has which asks it.
_IN_ITS_WORDS = 0.9
# Phrases with which an examiner lets the candidate ask.
_INVITING = ("ask.candidate_questions", "ask.more_questions")
_LEFT_OPEN = (
    "off_question", "silent", "unclear", "asks_repeat", "asks_time", "gives_orders",
    "asks_verdict",
)  # fmt: skip


class Cause:
    """Knows when a question may come again.

    An invitation to ask may at any time. Any other question may while it is open: the answer is
    none, is off it, asks to hear it again, gives the examiner orders, or is itself a question;
    and nothing else was asked since.
    """

    def __init__(self, library: Library) -> None:
        """Learn from the phrasebooks how candidates are invited to ask."""
        self._invitations = frozenset(
            found
            for persona in library.personas.values()
            for language, book in persona.phrasebooks.items()
            for key in _INVITING
            for phrase in book.phrases.get(key, ())
            if (found := _shape(sentences(phrase, language)[-1]))
        )

    def given(self, question: Sentence, before: Sentence, speech: Speech) -> bool:
        """Whether there was cause to ask what was asked before."""
        if self._invites(before, speech):
            return True
        answer = speech.answer_after(before.place)
        if answer is None:
            return False
        between = range(before.place + 1, question.place)
        if any(other.place in between for other in speech.questions):
            return False
        planned = _planned(before, speech)
        reading = read(
            answer.content, speech.language,
            question=planned.text if planned else before.bare,
            kind=(planned.type if planned else None) or "",
        )  # fmt: skip
        return _left_open(reading)

    def _invites(self, sentence: Sentence, speech: Speech) -> bool:
        """Whether a sentence lets the candidate ask."""
        if signs("repetition", speech.language)["invites"].search(sentence.bare):
            return True
        names = tuple(filter(None, (_employer(speech), speech.transcript.interview.company)))
        return _shape(sentence.bare, names) in self._invitations


def _left_open(reading: Reading) -> bool:
    """Whether an answer leaves its question open, as one that mainly asks back does."""
    asks_back = bool(reading.questions) and 2 * reading.own_words <= reading.words
    return asks_back or any(getattr(reading, sign) for sign in _LEFT_OPEN)


def _employer(speech: Speech) -> str:
    return speech.plan.company_name if speech.plan else ""


@cache
def _shape(text: str, names: tuple[str, ...] = ("{company}",)) -> str:
    """Return the letters of a text without a company's names."""
    for name in names:
        text = text.replace(name, "")
    return re.sub(r"[\W_]+", "", text).casefold()


def _planned(sentence: Sentence, speech: Speech) -> PlannedItem | None:
    """Return the planned question a turn asks, nearly in the plan's own words."""
    rounds = speech.plan.conversations if speech.plan else ()
    said = terms(sentence.turn.content)
    for item in (item for part in rounds for item in part.items):
        own = terms(item.text)
        if own and len(own & said) >= _IN_ITS_WORDS * len(own):
            return item
    return None
