"""The conversation of a round as the room draws it, message by message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup, escape

from interviewer.assessment.aloud import Aloud
from interviewer.interview.plan import Plan
from interviewer.people.helping import put_in_by, whispers_in
from interviewer.transcript import Transcript, Turn
from interviewer.ui.words import Words

NOBODY_ALOUD: Mapping[int, Aloud] = MappingProxyType({})
MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True)
class StepView:
    """One round in the stepper."""

    number: int
    id: str
    name: str
    state: str


@dataclass(frozen=True)
class MessageView:
    """One message of the chat, escaped.

    Attributes:
        side: `examiner`, `candidate`, or `aside` for practice on an improper question.
        name: Who says it.
        body: What is said.
        seq: Its number, 0 while it is being spoken.
        stepped_in: Says when the built-in voice stood in.
        aloud: How a spoken answer sounded.
        by_coach: Says what of it is the coach's: the question, or hints before an answer.
        instead_of: Where an answer was taken again, the first one and what was said to it.
    """

    side: str
    name: str
    body: Markup
    seq: int
    stepped_in: str = ""
    aloud: str = ""
    by_coach: tuple[str, ...] = ()
    instead_of: tuple[MessageView, ...] = ()


@dataclass(frozen=True)
class RoundView:
    """The conversation of one round, for reading."""

    step: StepView
    examiner: str
    messages: tuple[MessageView, ...]


def round_of(
    transcript: Transcript,
    plan: Plan,
    step: StepView,
    words: Words,
    spoken: Mapping[int, Aloud],
    speaking: str,
) -> RoundView:
    """Return the conversation of a round.

    Args:
        transcript: The session.
        plan: Its plan.
        step: Which round.
        words: The screen's words.
        spoken: How answers were spoken, by the number of their turn.
        speaking: What the examiner has said so far of a turn that is not finished.
    """
    part = plan.rounds[step.number - 1]
    numbers = transcript.citation_numbers()
    count = {id(turn) for turn in transcript.counted.turns}
    messages: list[MessageView] = []
    taken_back: list[MessageView] = []
    for turn in (turn for turn in transcript.turns if turn.round == part.id):
        if turn.move and plan.improper_item(turn.move.item):
            drawn = _aside(turn, words)
        else:
            drawn = _message(turn, part.name, numbers, words, spoken.get(turn.seq or 0))
        if id(turn) in count:
            messages.append(replace(drawn, instead_of=tuple(taken_back)))
            taken_back = []
        else:
            taken_back.append(drawn)
    if speaking:
        body = with_marks(speaking, set(numbers.values()))
        messages.append(MessageView("examiner", part.name, body, 0))
    return RoundView(step, part.name, tuple(messages))


def _message(
    turn: Turn, examiner: str, numbers: dict[str, int], words: Words, spoken: Aloud | None
) -> MessageView:
    if turn.by_candidate:
        text = turn.content.strip() or words["said_nothing"]
        aloud = spoken_line(spoken, words) if spoken else ""
        hints = tuple(words["whispered"].format(text=hint.text) for hint in whispers_in(turn))
        return MessageView(
            "candidate", words["you"], escape(text), turn.seq or 0, aloud=aloud, by_coach=hints
        )
    marks = {numbers[passage] for passage in turn.cites}
    body = with_marks(turn.content, marks)
    stepped_in = words[_stepped_in(turn)] if turn.fallback else ""
    by_coach = (words["put_in_by_coach"],) if put_in_by(turn) else ()
    return MessageView("examiner", examiner, body, turn.seq or 0, stepped_in, by_coach=by_coach)


def _aside(turn: Turn, words: Words) -> MessageView:
    """Return an improper question, or the word on its reply: nobody's of the interview."""
    lines = [line for line in turn.content.split("\n") if line]
    asked = turn.move is not None and turn.move.kind == "ask"
    if asked:
        question = Markup("<strong>{}</strong>").format(lines[-1])
        body = Markup("").join([*_in_lines(lines[:-1]), question])
    else:
        # The first line says what the label says.
        body = Markup("").join(_in_lines(lines[1:]))
    return MessageView("aside", words["aside"], body, turn.seq or 0)


def _in_lines(lines: list[str]) -> list[Markup]:
    return [Markup('<span class="aside-line">{}</span>').format(line) for line in lines]


def _stepped_in(turn: Turn) -> str:
    """Return the name of the words that say why the built-in voice spoke for a model."""
    cause = str(turn.fallback.get("cause")) if turn.fallback else ""
    if cause.startswith("guard:"):
        return "stepped_in_guard"
    return "stepped_in_stopped" if cause == "stopped" else "stepped_in_fault"


def spoken_line(spoken: Aloud, words: Words) -> str:
    """Return pace and fillers of a spoken answer, which count for nothing."""
    if spoken.a_minute is None:
        return words["voice_pace_unknown"]
    key = "voice_pace_one" if spoken.fillers == 1 else "voice_pace"
    return words[key].format(pace=spoken.a_minute, fillers=spoken.fillers)


def with_marks(text: str, marks: set[int]) -> Markup:
    """Return escaped text in which the citation marks of this turn open their passages."""

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in marks:
            return match[0]
        return f'<a class="mark" href="#source-{number}" data-source="{number}">[{number}]</a>'

    # The text is escaped first; only digits in brackets, which escaping leaves alone, are linked.
    return Markup(MARK.sub(link, str(escape(text))))  # escaped above
