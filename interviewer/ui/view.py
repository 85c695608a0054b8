"""What the room shows, computed from the transcript: no second copy of the state exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup, escape

from interviewer.assessment.aloud import Aloud
from interviewer.content.library import Library
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.session import plan_of, stage_of
from interviewer.interview.spending import spending_of
from interviewer.interview.turn import utc_now
from interviewer.models.naming import BUILTIN, ModelName
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage, Transcript, Turn
from interviewer.ui.clock import ClockView, clock_of
from interviewer.ui.voices import ConnectedVoice
from interviewer.ui.words import Words

NOBODY_ALOUD: Mapping[int, Aloud] = MappingProxyType({})


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

    `stepped_in` says when the built-in voice stood in, `aloud` how a spoken answer sounded.
    """

    side: str
    name: str
    body: Markup
    seq: int
    stepped_in: str = ""
    aloud: str = ""


@dataclass(frozen=True)
class SourceView:
    """One passage in the sources panel."""

    number: int
    passage: Passage
    topic: str


@dataclass(frozen=True)
class RoundView:
    """The conversation of one round, for reading."""

    step: StepView
    examiner: str
    messages: tuple[MessageView, ...]


@dataclass(frozen=True)
class SceneView:
    """The change of examiners between two rounds.

    Attributes:
        title: Which round is over.
        text: Who comes next.
        persona: Persona id of whoever comes; the scene takes their colour.
        avatar: Their drawing, checked when it was loaded.
    """

    title: str
    text: str
    persona: str
    avatar: Markup


@dataclass(frozen=True)
class RoomView:
    """Everything the room shows.

    Attributes:
        steps: The rounds, for the stepper.
        persona: Persona id of the round that is shown; the accent follows it.
        name: The examiner.
        title: Their title.
        avatar: Their drawing, checked when it was loaded.
        round_line: "Round 1 of 3".
        question: What was asked last, pinned; empty when nothing is open.
        why: What the question bears on and starts from.
        shown: The round in the chat.
        earlier: Rounds before it.
        sources: Passages cited so far, by their marks.
        scene: The change of examiners between two rounds, None otherwise.
        waiting: Whose turn it is.
        next: The number the next turn gets: what an answer given here answers.
        clock: How long the round has lasted; None between two rounds.
        hints: Whether there is a hint to be had: in practice, at a question that still has one.
    """

    steps: tuple[StepView, ...]
    persona: str
    name: str
    title: str
    avatar: Markup
    round_line: str
    question: str
    why: tuple[str, ...]
    shown: RoundView
    earlier: tuple[RoundView, ...]
    sources: tuple[SourceView, ...]
    scene: SceneView | None
    waiting: str
    next: int
    clock: ClockView | None
    hints: bool


def room_view(
    transcript: Transcript,
    library: Library,
    words: Words,
    speaking: str = "",
    spoken: Mapping[int, Aloud] = NOBODY_ALOUD,
) -> RoomView:
    """Return what the room shows.

    Args:
        transcript: The session.
        library: For names of competencies and drawings.
        words: The screen's words.
        speaking: What the examiner has said so far of a turn that is not finished.
        spoken: How answers were spoken, by the number of their turn.
    """
    plan, stage = plan_of(transcript), stage_of(transcript)
    begun = stage.waiting == "between" and not speaking
    places = [part.id for part in plan.rounds]
    current = places.index(stage.round.id)
    shown = current - 1 if begun else current
    steps = _steps(plan, library, shown, over=begun or stage.waiting == "nobody")
    part = plan.rounds[shown]
    persona = library.personas.get(part.persona)
    rounds = [
        _round(transcript, plan, step, words, spoken, speaking if step.number == shown + 1 else "")
        for step in steps[: shown + 1]
    ]
    return RoomView(
        steps=steps,
        persona=part.persona,
        name=part.name,
        title=part.title,
        # Checked at load: it holds no script and no link.
        avatar=Markup(persona.avatar_svg if persona else ""),  # see above
        round_line=_round_line(plan, shown, words),
        question=_question(transcript, stage) if stage.waiting == "candidate" else "",
        why=_why(plan, stage, library, words) if stage.waiting == "candidate" else (),
        shown=rounds[-1],
        earlier=tuple(rounds[:-1]),
        sources=_sources(transcript, library, plan.language),
        scene=_scene(plan, library, current, words) if begun else None,
        waiting=stage.waiting,
        next=transcript.next_seq,
        clock=None if begun else clock_of(transcript, plan, stage, utc_now()),
        hints=has_hint(plan, stage),
    )


def _steps(plan: Plan, library: Library, shown: int, *, over: bool) -> tuple[StepView, ...]:
    vocabulary = library.vocabularies.get(plan.language)
    steps = []
    for place, part in enumerate(plan.rounds):
        name = vocabulary.rounds.get(part.id, part.title) if vocabulary else part.title
        done = place < shown or (place == shown and over)
        state = "done" if done else ("current" if place == shown else "ahead")
        steps.append(StepView(place + 1, part.id, name, state))
    return tuple(steps)


def _round(
    transcript: Transcript,
    plan: Plan,
    step: StepView,
    words: Words,
    spoken: Mapping[int, Aloud],
    speaking: str,
) -> RoundView:
    part = plan.rounds[step.number - 1]
    numbers = transcript.citation_numbers()
    turns = [turn for turn in transcript.turns if turn.round == part.id]
    messages = [
        _aside(turn, words)
        if turn.move and plan.improper_item(turn.move.item)
        else _message(turn, part.name, numbers, words, spoken.get(turn.seq or 0))
        for turn in turns
    ]
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
        return MessageView("candidate", words["you"], escape(text), turn.seq or 0, aloud=aloud)
    marks = {numbers[passage] for passage in turn.cites}
    body = with_marks(turn.content, marks)
    stepped_in = words[_stepped_in(turn)] if turn.fallback else ""
    return MessageView("examiner", examiner, body, turn.seq or 0, stepped_in)


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


_MARK = re.compile(r"\[(\d{1,3})\]")


def speaker_line(name: ModelName | None, transcript: Transcript, words: Words) -> str:
    """Return which voice speaks, where text goes, and what that has cost so far."""
    if name is None:
        lost = (transcript.interview.model or BUILTIN) != BUILTIN
        return words["lost_model"] if lost else words["private"]
    key = "sent_model" if name.goes_to else "private_model"
    line = words[key].format(model=name.shown, place=name.goes_to)
    spent = spending_of(transcript)
    if not spent.input + spent.output:
        return line
    cost = "" if spent.cost is None else words["spent_cost"].format(dollars=f"{spent.cost:.3f}")
    tokens = words["spent"].format(read=spent.input, written=spent.output, cost=cost)
    return f"{line} {tokens}"


def voice_line(voice: ConnectedVoice | None, words: Words) -> str:
    """Return what hears and speaks, and where sound goes; empty without a voice."""
    if voice is None:
        return ""
    place = voice.open.goes_to
    if place is None:
        return words["voice_stays"]
    both = voice.open.hears is not None and voice.open.speaks is not None
    key = "voice_sent_both" if both else ("voice_sent_hears" if voice.open.hears else "voice_sent")
    return words[key].format(place=place)


def with_marks(text: str, marks: set[int]) -> Markup:
    """Return escaped text in which the citation marks of this turn open their passages."""

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in marks:
            return match[0]
        return f'<a class="mark" href="#source-{number}" data-source="{number}">[{number}]</a>'

    # The text is escaped first; only digits in brackets, which escaping leaves alone, are linked.
    return Markup(_MARK.sub(link, str(escape(text))))  # escaped above


def _question(transcript: Transcript, stage: Progress) -> str:
    """Return the question that is open: the planned words, or else what was asked last."""
    if stage.aside is not None:
        return stage.aside.item.text
    item = stage.pending
    last = transcript.last
    text = last.content if last is not None and last.by_examiner else ""
    if item is not None and item.text and item.text[1:] in text:
        return item.text
    language = transcript.interview.language or "en"
    asking = [s.strip() for s in sentences(text, language) if s.strip().endswith(("?", "？"))]
    return _MARK.sub("", asking[-1]).strip() if asking else ""


def _why(plan: Plan, stage: Progress, library: Library, words: Words) -> tuple[str, ...]:
    if stage.aside is not None:
        return (words["why_improper"],)
    item = stage.pending
    if item is None:
        return ()
    lines = []
    rubric = library.rubrics.get(item.competency or "")
    if rubric is not None:
        name = rubric.name.get(plan.language) or next(iter(rubric.name.values()))
        lines.append(words["why_competency"].format(name=name))
    lead = _lead_line(plan, item, words)
    if lead:
        lines.append(lead)
    return tuple(lines) or (words["why_frame"],)


def _lead_line(plan: Plan, item: PlannedItem, words: Words) -> str:
    lead = item.lead
    if lead is None:
        return ""
    if lead.kind == "fact":
        passage = plan.passages[lead.cites or ""]
        dated = f", {passage.date}" if passage.date else ""
        return words["why_fact"].format(source=f"{passage.source}{dated}")
    return words[f"why_{lead.kind}"].format(item=lead.text)


def _sources(transcript: Transcript, library: Library, language: str) -> tuple[SourceView, ...]:
    vocabulary = library.vocabularies.get(language)
    topics = {str(key): text for key, text in vocabulary.topics.items()} if vocabulary else {}
    research = transcript.interview.research
    return tuple(
        SourceView(number, research[key], topics.get(research[key].topic, research[key].topic))
        for key, number in transcript.citation_numbers().items()
    )


def _round_line(plan: Plan, shown: int, words: Words) -> str:
    line = words["round_of"].format(number=shown + 1, total=len(plan.rounds))
    if not plan.thinking_time:
        return line
    minutes = f"{plan.rounds[shown].minutes:g}"
    return f"{line} · " + words["think_time"].format(minutes=minutes, seconds=plan.thinking_time)


def _scene(plan: Plan, library: Library, current: int, words: Words) -> SceneView:
    part = plan.rounds[current]
    persona = library.personas.get(part.persona)
    return SceneView(
        words["over"].format(number=current),
        words["next_up"].format(name=part.name, title=part.title, minutes=f"{part.minutes:g}"),
        part.persona,
        # Checked at load: it holds no script and no link.
        Markup(persona.avatar_svg if persona else ""),  # see above
    )


def has_hint(plan: Plan, stage: Progress) -> bool:
    """Whether the question that is open still has a hint: in practice only, in no examination."""
    item = stage.pending
    if item is None or stage.aside is not None or stage.waiting != "candidate":
        return False
    return plan.practice and stage.hints < len(item.hints)
