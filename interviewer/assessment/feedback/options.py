"""Everything that could be told of a round: each lack of each answer, with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.feedback.anchors import step_up
from interviewer.assessment.feedback.choosing import Chance
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.lacking import lacks_in
from interviewer.assessment.feedback.quoting import evidence_for
from interviewer.assessment.feedback.rated import Option, Rated, RatedRound
from interviewer.assessment.feedback.sought import told_of
from interviewer.assessment.feedback.telling import told_in
from interviewer.interview.negotiation import Table
from interviewer.interview.table_file import table_from
from interviewer.transcript import Transcript

# Conditions are asked of everybody alike; own questions are told one by one.
_ELSEWHERE = ("conditions", "candidate_questions")
_CAPS = {"no_specific_instance": "specific", "no_own_action": "own_action", "no_result": "result"}
# Distances are told in levels of a scale of five, whatever the scale.
_STEPS = 4.0
# A smaller distance is rounding.
_FELT = 0.2
# The answer at hand counts first, the competency as a whole beside it.
_OF_THE_WHOLE = 0.5


def heard_in(
    part: RatedRound, transcript: Transcript, language: str
) -> tuple[tuple[Rated, Heard], ...]:
    """Return the answers of a round that feedback can be given on, each with its competency."""
    heights = {height.item: height for height in part.heights}
    research = tuple(transcript.interview.research.values())
    grounds = _grounds(transcript)
    return tuple(
        (
            rated,
            Heard(
                answer, worth, told_in(answer, language), heights.get(answer.item.id), research,
                language, grounds,
            ),
        )
        for rated in part.competencies
        for answer, worth in zip(rated.answers, rated.score.answers, strict=True)
        if answer.item.kind not in _ELSEWHERE
    )  # fmt: skip


def _grounds(transcript: Transcript) -> frozenset[str] | None:
    """Return the grounds given while pay was talked about, None where no offer was made."""
    offers = [
        turn.move.extra for turn in transcript.turns if turn.move and "offer" in turn.move.extra
    ]
    table = Table()
    for extra in offers:
        table = table_from(extra, table)
    return table.points if offers else None


def options_in(
    answers: Sequence[tuple[Rated, Heard]], transcript: Transcript, language: str
) -> tuple[Option, ...]:
    """Return what could be told, in the order said; only what can be shown by a quote."""
    found = []
    for place, (rated, heard) in enumerate(answers):
        step = step_up(rated.rubric, rated.score.anchor, rated.required, language)
        lacks = lacks_in(heard)
        named = {lack for lack in lacks if step.asks_for(lack) is not None}
        for lack in told_of(lacks, named, heard.kind):
            evidence = evidence_for(lack, heard, transcript)
            if evidence is None:
                continue
            chance = Chance(
                place=place,
                competency=rated.id,
                lack=lack,
                need=_need(rated, heard),
                quote=evidence.quote,
                of_the_post=bool(heard.answer.item.link),
                capped=_cap_on(lack, rated, heard) is not None,
                named=lack in named,
                scored=heard.score.level is not None,
            )
            found.append(Option(chance, heard, rated, evidence))
    return tuple(found)


def cap_of(option: Option) -> int | None:
    """Return the level that an answer is capped at through what it lacks, None without a cap."""
    return _cap_on(option.chance.lack, option.rated, option.heard)


def _cap_on(lack: str, rated: Rated, heard: Heard) -> int | None:
    caps = rated.rubric.caps if rated.rubric else {}
    return next(
        (limit for cap, limit in caps.items()
         if _CAPS.get(cap) == lack and cap in heard.score.lifts),
        None,
    )  # fmt: skip


def _need(rated: Rated, heard: Heard) -> float:
    """Return how far an answer is below what the post asks for, below 0 by how far above."""
    if rated.required is None:
        return 0.0
    scale = rated.scale
    lowest = float(scale.min)
    own = lowest if heard.score.level is None else heard.score.level
    whole = lowest if rated.score.level is None else rated.score.level
    short = max(0.0, rated.required - own)
    short += _OF_THE_WHOLE * max(0.0, rated.required - whole)
    step = _STEPS / (scale.max - scale.min)
    return short * step if short * step >= _FELT else min(0.0, rated.required - own) * step
