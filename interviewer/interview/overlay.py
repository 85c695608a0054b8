"""The poorly trained examiner: says what is planned word for word, whoever else speaks.

No persona and no model words any of it, so the guard over a model's words has nothing to let
through: it keeps back every improper question, those of the plan as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from interviewer.interview.debriefing import Debriefing, Practice
from interviewer.interview.moves import Move
from interviewer.interview.voice import Delivery, Scene


def framed(question: str, practice: Practice) -> str:
    """Return a question after the sentences that say who asks it and that nobody should."""
    return f"{practice.words['frame']}\n\n{question}"


def said_after(told: Debriefing, practice: Practice) -> str:
    """Return what is said to a reply within an interview, line by line."""
    words, line = practice.words, practice.line
    # Where there is nothing to rate there is nothing to say: to answer is free choice.
    rated = [
        words["rated"].format(name=part.name, level=part.level, reason=part.reason)
        for part in told.parts
        if part.level
    ]
    said = [words["aside"], line("option", practice.joined(told.ways)), *rated]
    if told.own_line:
        said.append(line("own_line", told.own_line))
    elif told.options != ("d",):
        said.append(words["no_line"])
    if told.lawful:
        said.append(line("instead", told.lawful))
    rule = line("law", told.rule or words["no_rule"])
    return "\n".join([*said, rule, practice.lesson.notice, words["back"]])


class OverlayVoice:
    """Says the words a move brings, as they are."""

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str | Delivery]:
        """Yield the words of the move."""
        yield move.word_for_word


OVERLAY = OverlayVoice()
