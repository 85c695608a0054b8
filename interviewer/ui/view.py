"""What the room shows, computed from the transcript: no second copy of the state exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from interviewer.assessment.aloud import Aloud
from interviewer.content.library import Library
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.progress import Progress
from interviewer.interview.put_in import STEP
from interviewer.interview.retaking import retakable
from interviewer.interview.session import plan_of, stage_of
from interviewer.interview.turn import utc_now
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage, Transcript
from interviewer.ui.clock import ClockView, clock_of
from interviewer.ui.conversation import MARK, NOBODY_ALOUD, RoundView, StepView, round_of
from interviewer.ui.words import Words, day


@dataclass(frozen=True)
class SourceView:
    """One passage in the sources panel."""

    number: int
    passage: Passage
    topic: str


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
class RetakeView:
    """The last answer, which may be taken again.

    Attributes:
        seq: Its number.
        question: What it answered.
    """

    seq: int
    question: str


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
        retake: The last answer where it may be taken again, None otherwise.
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
    retake: RetakeView | None


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
        round_of(
            transcript, plan, step, words, spoken, speaking if step.number == shown + 1 else ""
        )
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
        retake=_retake(plan, transcript, stage),
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
    return MARK.sub("", asking[-1]).strip() if asking else ""


def _retake(plan: Plan, transcript: Transcript, stage: Progress) -> RetakeView | None:
    last = retakable(plan, transcript, stage)
    if last is None or last.seq is None:
        return None
    before = replace(transcript, turns=transcript.turns[: transcript.turns.index(last)])
    return RetakeView(last.seq, _question(before, stage_of(before)))


def _why(plan: Plan, stage: Progress, library: Library, words: Words) -> tuple[str, ...]:
    if stage.aside is not None:
        return (words["why_improper"],)
    item = stage.pending
    if item is None:
        return ()
    lines = [words["put_in_by_coach"]] if item.step == STEP else []
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
        dated = f", {day(passage.date, words)}" if passage.date else ""
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
