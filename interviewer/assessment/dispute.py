"""A candidate says: "I did say that." The assessor quotes again, or withdraws. Pure.

The candidate names the part that is said to be missing and points to a sentence of theirs. It has
to be found in what they said in this interview. Where a second reading, of that sentence and under
the question it answered, holds the part, the part counts as told and the level is computed again;
otherwise the item stays and says why. Nothing but what was said can count, each point is decided
once, and there is an end to it (SCIENCE 4.1: re-quote or withdraw).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from interviewer.assessment.evidence import Answered
from interviewer.assessment.pointed import Pointed, is_long_enough, pointed_to
from interviewer.assessment.scoring.answer_score import SIGNS
from interviewer.assessment.scoring.cues import weighed
from interviewer.assessment.scoring.evidence_held import PARTS, STORIES, anchors_of
from interviewer.assessment.scoring.judged import judged_text
from interviewer.assessment.scoring.newness import Source, kept_of, source_of
from interviewer.content.rubric import Rubric
from interviewer.interview.annotations import DISPUTE, Annotation
from interviewer.reading.answer import read
from interviewer.reading.cues import folded
from interviewer.research.lexical import terms
from interviewer.transcript import Transcript

# What a cap is about.
_OF_CAP = {
    "no_specific_instance": "specific",
    "no_own_action": "own_action",
    "no_result": "result",
}
MOST_DISPUTES = 10
_NOTHING = Source(frozenset(), frozenset())
# So many telling words in common, and such a share of its own, make a sentence one of the story.
_SAME_STORY, _SHARE = 3, 0.4

Reason = Literal["held", "short", "not_said", "elsewhere", "no_evidence", "not_there", "unknown"]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a candidate disputes.

    Attributes:
        round: Round id.
        competency: Rubric id.
        part: The part or sign that is said to be missing.
        said: The sentence they mean, as typed or quoted.
    """

    round: str
    competency: str
    part: str
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the assessor answers.

    Attributes:
        dispute: What was disputed.
        reason: `held`: the part is there, and the item is withdrawn. Else why it stays.
        item: The item whose answer it is about, None where there is none.
        place: Which of the turns said to that item holds it, None for a turn to another one.
        seq: The turn that was found.
        quote: The sentences that were found, an exact part of that turn; empty without one.
    """

    dispute: Dispute
    reason: Reason
    item: str | None = None
    place: int | None = None
    seq: int | None = None
    quote: str = ""

    @property
    def withdrawn(self) -> bool:
        """Whether the item is withdrawn."""
        return self.reason == "held"


def dispute_note(dispute: Dispute, verdict: Verdict) -> Annotation:
    """Return a dispute with its outcome as it is kept."""
    return Annotation(
        DISPUTE,
        f"{dispute.round}/{dispute.competency}",
        {
            "part": dispute.part,
            "said": dispute.said,
            "outcome": "withdrawn" if verdict.withdrawn else "kept",
            "reason": verdict.reason,
            "item": verdict.item,
            "seq": verdict.seq,
            "quote": verdict.quote,
        },
    )


def disputes_in(said: Sequence[Annotation]) -> tuple[Dispute, ...]:
    """Return what is disputed, each once, in the order it was; never more than there may be.

    Outcomes that stand beside them are not read: every report decides anew from what was said.
    """
    found: dict[tuple[str, str, str, str], Dispute] = {}
    for entry in said:
        part, words = entry.body.get("part"), entry.body.get("said")
        round_id, _, competency = entry.about.partition("/")
        if entry.kind == DISPUTE and isinstance(part, str) and isinstance(words, str):
            dispute = Dispute(round_id, competency, part, words)
            found.setdefault(_same(dispute), dispute)
    return tuple(found.values())[:MOST_DISPUTES]


def is_among(dispute: Dispute, others: Sequence[Dispute]) -> bool:
    """Return whether the same was disputed before."""
    return _same(dispute) in {_same(entry) for entry in others}


def _same(dispute: Dispute) -> tuple[str, str, str, str]:
    words = "".join(dispute.said.casefold().split())
    return dispute.round, dispute.competency, dispute.part, words


def disputable(missing: Sequence[str], lifts: Sequence[str]) -> tuple[str, ...]:
    """Return the parts and signs of a gap that a sentence could hold.

    Args:
        missing: Parts that were not heard.
        lifts: What would lift the level: caps, parts, signs.
    """
    named = (*missing, *(_OF_CAP.get(name, name) for name in lifts))
    return tuple(name for name in dict.fromkeys(named) if name in PARTS or name in SIGNS)


def decided(
    said: Sequence[Annotation],
    by_round: Mapping[str, Sequence[Answered]],
    transcript: Transcript,
    rubrics: Mapping[str, Rubric],
) -> tuple[Verdict, ...]:
    """Return what the assessor answers to every dispute, in the order they were made.

    Args:
        said: What was said about the interview.
        by_round: Its answers as they were read first, by round.
        transcript: The interview.
        rubrics: Rubrics by id.
    """
    return tuple(
        decide(dispute, by_round.get(dispute.round, ()), transcript, rubrics)
        for dispute in disputes_in(said)
    )


def decide(
    dispute: Dispute,
    answers: Sequence[Answered],
    transcript: Transcript,
    rubrics: Mapping[str, Rubric],
) -> Verdict:
    """Return what the assessor answers to a dispute.

    Args:
        dispute: What is disputed.
        answers: The answers of its round, as they were read first.
        transcript: The interview.
        rubrics: Rubrics by id.
    """
    rubric = rubrics.get(dispute.competency)
    own = [a for a in answers if a.item.scored and a.item.competency == dispute.competency]
    if rubric is None or not own or dispute.part not in (*PARTS, *SIGNS):
        return Verdict(dispute, "unknown")
    language = transcript.interview.language or "en"
    if not is_long_enough(dispute.said, language):
        return Verdict(dispute, "short")
    places = pointed_to(dispute.said, transcript, language)
    if not places:
        return Verdict(dispute, "not_said")
    verdicts = [_weighed(dispute, place, own, rubric, language) for place in places]
    return next((verdict for verdict in verdicts if verdict.withdrawn), verdicts[0])


def _weighed(
    dispute: Dispute, pointed: Pointed, own: Sequence[Answered], rubric: Rubric, language: str
) -> Verdict:
    """Return what is answered to a sentence that was found in one place."""
    seq, quote = pointed.turn.seq, pointed.quote
    answer = _answer_of(pointed, own, dispute.part)
    if answer is None:
        return Verdict(dispute, "elsewhere", seq=seq, quote=quote)
    place = answer.turns.index(pointed.turn) if pointed.turn in answer.turns else None
    told = _evidence(pointed, answer, rubric, language)
    reason: Reason = "not_there"
    if not told:
        reason = "no_evidence"
    elif dispute.part in _found_in(told, pointed.asked, answer, language):
        reason = "held"
    return Verdict(dispute, reason, answer.item.id, place, seq, quote)


def _answer_of(pointed: Pointed, own: Sequence[Answered], part: str) -> Answered | None:
    """Return the answer a sentence belongs to: its own, else the story it goes on with.

    A reason or a check that was told of something else is none of this answer, so only parts of a
    story are sought elsewhere.
    """
    for answer in own:
        if pointed.turn in answer.turns:
            return answer
    if part not in PARTS:
        return None
    told = terms(pointed.quote)
    for answer in own:
        text = "\n".join(turn.content for turn in answer.turns)
        shared = len((told & terms(text)) - terms(answer.item.text))
        if answer.item.type in STORIES and shared >= max(_SAME_STORY, _SHARE * len(told)):
            return answer
    return None


def _evidence(
    pointed: Pointed, answer: Answered, rubric: Rubric, language: str
) -> tuple[str, ...]:
    """Return those of the sentences that may count, as the scorer takes them."""
    kept = kept_of(
        [judged_text((pointed.turn.content,), language)],
        language,
        asked=answer.item.text or pointed.asked,
        before=_NOTHING,
        given=source_of(anchors_of(rubric, language), language),
        kind=answer.item.type or "",
    )
    lines = set(kept.text.split("\n"))
    judged = (judged_text((sentence,), language) for sentence in pointed.sentences)
    return tuple(sentence for sentence in judged if sentence and sentence in lines)


def _found_in(told: Sequence[str], asked: str, answer: Answered, language: str) -> frozenset[str]:
    """Return the parts and signs that a second reading holds."""
    text, kind = "\n".join(told), answer.item.type or ""
    readings = (
        read(text, language),
        read(text, language, question=asked, kind=kind),
        read(text, language, question=answer.item.text, kind=kind),
    )
    parts = frozenset[str]().union(*(reading.parts for reading in readings))
    signs = weighed(language).signs
    return parts | {
        name for name, sign in signs.items() if any(sign.search(folded(t)) for t in told)
    }


def conceding(answers: Sequence[Answered], verdicts: Sequence[Verdict]) -> tuple[Answered, ...]:
    """Return the answers with what was withdrawn counted as told."""
    counted: dict[str, dict[str, int | None]] = {}
    for verdict in verdicts:
        if verdict.withdrawn and verdict.item:
            counted.setdefault(verdict.item, {}).setdefault(verdict.dispute.part, verdict.place)
    return tuple(
        replace(answer, conceded=tuple(counted[answer.item.id].items()))
        if answer.item.id in counted
        else answer
        for answer in answers
    )
