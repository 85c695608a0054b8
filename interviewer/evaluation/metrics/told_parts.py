"""Questions for a part of a story, and whether the candidate had told it when they were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.content.library import Library
from interviewer.evaluation.metrics.known_questions import Ends, probes_by_part
from interviewer.evaluation.metrics.signs import signs
from interviewer.evaluation.speech import Sentence, Speech
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import read

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question for a part of a story.

    Attributes:
        sentence: The question.
        part: The part: situation, own_action, result, reflection, specific.
        told: Whether the answers to the story's question hold it.
        since: Number of the turn that asked for the story.
    """

    sentence: Sentence
    part: str
    told: bool
    since: int


class Told:
    """Knows which part a question asks for, and which parts an answer tells."""

    def __init__(self, library: Library) -> None:
        """Learn from the banks how parts are asked for."""
        self._probes = {
            language: {
                part: Ends(probes, language)
                for part, probes in probes_by_part(library, language).items()
            }
            for language in LANGUAGES
        }

    def asking(self, speech: Speech) -> tuple[Asking, ...]:
        """Return the questions for a part of a story that was begun before, in order."""
        return tuple(self._asking(speech))

    def _asking(self, speech: Speech) -> Iterator[Asking]:
        main: Sentence | None = None
        for sentence in speech.questions:
            part = self.part_of(sentence, speech.language)
            if part is None:
                main = sentence
            elif main is not None and main.place < sentence.place:
                answers = _answers(speech, main.place, sentence.place)
                if any(answer.strip() for answer in answers):
                    told = part in _parts(answers, main, speech)
                    yield Asking(sentence, part, told, main.seq)

    def part_of(self, sentence: Sentence, language: str) -> str | None:
        """Return the part a question asks for, None for a question of its own."""
        for part, probes in self._probes[language].items():
            if probes.find(sentence.bare) is not None:
                return part
        for part, sign in signs("asks_for", language).items():
            if sign.search(sentence.bare):
                return part
        return None


def _answers(speech: Speech, first: int, end: int) -> list[str]:
    """Return what the candidate says between two turns, by their places."""
    turns = speech.transcript.turns[first : end - 1]
    return [turn.content for turn in turns if turn.by_candidate]


def _parts(answers: list[str], main: Sentence, speech: Speech) -> frozenset[str]:
    planned = _planned(main, speech)
    reading = read(
        "\n".join(answers), speech.language,
        question=planned.text if planned else main.bare,
        kind=(planned.type if planned else None) or "",
    )  # fmt: skip
    # Deeds of a group are no deeds of one's own, nor are those that would be done.
    unclear = {"own_action"} if reading.we_only or reading.hypothetical else set[str]()
    return reading.parts - unclear


def _planned(sentence: Sentence, speech: Speech) -> PlannedItem | None:
    move = sentence.turn.move
    if speech.plan is None or move is None:
        return None
    items = (item for part in speech.plan.conversations for item in part.items)
    return next((item for item in items if item.id == move.item), None)
