"""A transcript as metrics look at it: the examiner's turns, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from interviewer.errors import InputError
from interviewer.evaluation.support import Evidence, evidence_of
from interviewer.interview.guard.given import names_of
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.interview.plan import Plan
from interviewer.interview.session import plan_of
from interviewer.reading.tongue import has_chinese
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage, Transcript, Turn

MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an examiner.

    Attributes:
        turn: Its turn.
        place: The turn's place among all turns, from 1: its number where the file has none.
        text: The sentence, an exact part of the turn.
        asks: Whether it asks for something.
        marks: Its citation marks.
    """

    turn: Turn
    place: int
    text: str
    asks: bool
    marks: tuple[int, ...]

    @property
    def seq(self) -> int:
        """The number of its turn."""
        return self.place if self.turn.seq is None else self.turn.seq

    @property
    def bare(self) -> str:
        """The sentence without its marks."""
        return _bare(self.text)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return " ".join(MARK.sub(" ", text).split())


def numbered(transcript: Transcript) -> dict[int, Turn]:
    """Return the turns by the numbers findings give them: their own, else their place from 1."""
    found: dict[int, Turn] = {}
    for place, turn in enumerate(transcript.turns, start=1):
        found.setdefault(place if turn.seq is None else turn.seq, turn)
    return found


@dataclass(frozen=True)
class Speech:
    """A transcript with what metrics need of it.

    Attributes:
        transcript: The transcript.
        where: The file it lies in, with the line; empty where that is not known.
    """

    transcript: Transcript
    where: str = ""

    @cached_property
    def counted(self) -> Speech:
        """The same without answers that were taken again, and what was said to them.

        What an examiner said to them was said, and is looked at with the rest; only what depends
        on the order of questions is looked at as it counts.
        """
        kept = self.transcript.counted
        return self if kept is self.transcript else Speech(kept, self.where)

    @cached_property
    def language(self) -> str:
        """`en` or `zh`: as the file says, else as most of what the examiner says is written."""
        told = self.transcript.interview.language
        if told:
            return "zh" if told.startswith("zh") else "en"
        said = [turn.content for turn in self.transcript.turns if turn.by_examiner]
        return "zh" if 2 * sum(map(has_chinese, said)) > len(said) else "en"

    @cached_property
    def plan(self) -> Plan | None:
        """The plan, None where the file has none."""
        try:
            plan = plan_of(self.transcript)
        except InputError:
            return None
        return plan if plan.rounds else None

    @cached_property
    def planned_terms(self) -> frozenset[str]:
        """The terms of what the plan asks, asks for, and who examines."""
        rounds = self.plan.conversations if self.plan else ()
        items = [item for part in rounds for item in part.items]
        leads = [item.lead.text for item in items if item.lead and item.lead.kind != "fact"]
        people = [f"{part.name} {part.title}" for part in rounds]
        texts = (*leads, *people, *(item.text for item in items))
        return frozenset[str]().union(*map(terms, texts))

    @cached_property
    def employer_names(self) -> tuple[str, ...]:
        """What the employer is called, nothing where the file does not say."""
        name = self.plan.company_name if self.plan else self.transcript.interview.company or ""
        return names_of(name) if name else ()

    @cached_property
    def employer_terms(self) -> frozenset[str]:
        """The terms of the employer's names."""
        return terms(" ".join(self.employer_names))

    @cached_property
    def research(self) -> Mapping[str, Passage]:
        """Every passage that was used, by id."""
        return self.transcript.interview.research

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """What each passage says, by id."""
        return {
            key: evidence_of(passage.text, self.language) for key, passage in self.research.items()
        }

    @cached_property
    def answers(self) -> tuple[tuple[int, Evidence], ...]:
        """What the candidate says, each with its place among all turns."""
        return tuple(
            (place, evidence_of(turn.content, self.language))
            for place, turn in enumerate(self.transcript.turns, start=1)
            if turn.by_candidate
        )

    @cached_property
    def said(self) -> tuple[Sentence, ...]:
        """Everything the examiners say, sentence by sentence."""
        return tuple(self._said())

    @cached_property
    def questions(self) -> tuple[Sentence, ...]:
        """Sentences of the examiners that ask for something."""
        return tuple(sentence for sentence in self.said if sentence.asks)

    def heard_before(self, place: int) -> tuple[Evidence, ...]:
        """Return all the candidate said before a turn."""
        return tuple(answer for at, answer in self.answers if at < place)

    def answer_before(self, place: int) -> Turn | None:
        """Return the candidate's turn right before an examiner's, None for an opening."""
        turns = self.transcript.turns[: place - 1]
        return turns[-1] if turns and turns[-1].by_candidate else None

    def answer_after(self, place: int) -> Turn | None:
        """Return the candidate's turn right after an examiner's, None where there is none."""
        turns = self.transcript.turns[place : place + 1]
        return turns[0] if turns and turns[0].by_candidate else None

    def _said(self) -> Iterator[Sentence]:
        request = signs_for(self.language).patterns["request"]
        for place, turn in enumerate(self.transcript.turns, start=1):
            if not turn.by_examiner:
                continue
            for text in sentences(turn.content, self.language):
                asks = "?" in text or "？" in text or bool(request.search(plain(text).strip()))
                marks = tuple(map(int, MARK.findall(text))) if "[" in text else ()
                yield Sentence(turn, place, text, asks, marks)
