"""One competency to be judged: what the judge sees, and what its verdict is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.assessment.evidence import Quote
from interviewer.assessment.judges.judge import Exchange, RatingSheet
from interviewer.assessment.scoring.answer_score import AnswerScore, Asked
from interviewer.assessment.scoring.competency_score import Score
from interviewer.assessment.scoring.evidence_held import anchors_of
from interviewer.assessment.scoring.judged import judged_text
from interviewer.assessment.scoring.newness import Source, is_void, kept_of, source_of
from interviewer.assessment.scoring.shrinking import shrunk_by
from interviewer.content.form import Words
from interviewer.content.rubric import Rubric
from interviewer.reading.identity import without_identity
from interviewer.research.sentences import sentences

# On a scale of more levels a judge may give those that have an anchor.
_MOST_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One competency of one round.

    Attributes:
        round: The round's id.
        sheet: What the judge sees.
        rubric: Its rubric.
        built_in: The score by rules, which has a level: without evidence nobody is asked.
        turns: The candidate's turns that were shown, as they were said.
        counted: The sentences shown, which alone can be quoted as evidence.
        ceiling: The highest level that the rubric's caps allow.
    """

    round: str
    sheet: RatingSheet
    rubric: Rubric
    built_in: Score
    turns: tuple[Quote, ...]
    counted: tuple[str, ...]
    ceiling: float

    @property
    def key(self) -> tuple[str, str]:
        """Round and competency."""
        return self.round, self.rubric.id


@dataclass(frozen=True, slots=True)
class Put:
    """A question with its answers, where they stand, and what was told before it.

    Attributes:
        asked: As the rules score it.
        seqs: Numbers of its turns.
        lead: A fact on the employer that the question rests on, empty for none.
    """

    asked: Asked
    seqs: tuple[int | None, ...]
    lead: str = ""


def case_of(
    round_id: str, rubric: Rubric, put: Sequence[Put], score: Score, language: str
) -> Case | None:
    """Return a competency to be judged, None where the rules find no evidence at all.

    Only sentences that count for the rules are shown: what repeats, echoes, copies an anchor,
    praises or gives orders is taken out, and so is every answer that brings no evidence. Neither
    can move a judge who never reads it.

    Args:
        round_id: The round.
        rubric: The rubric.
        put: Questions with answers, oldest first.
        score: The score by rules, with one for each of them.
        language: Language of the interview.
    """
    if score.level is None:
        return None
    told: list[str] = []
    exchanges: list[Exchange] = []
    turns: list[Quote] = []
    counted: list[str] = []
    for one, worth in zip(put, score.answers, strict=True):
        entry = one.asked
        if worth.level is not None:
            earlier = source_of([*told, *entry.repeated], language)
            for turn, lines in _lines(entry, rubric, earlier, language):
                asks = entry.before[turn] if turn else f"{one.lead} {entry.question}".strip()
                shown = [text for line in lines if (text := without_identity(line))]
                exchanges.append(Exchange(_neutral(asks, language), " ".join(shown)))
                turns.append(Quote(one.seqs[turn] or 0, entry.said[turn]))
                counted += shown
        told += entry.said
    return Case(
        round=round_id,
        sheet=_sheet(rubric, exchanges, language),
        rubric=rubric,
        built_in=score,
        turns=tuple(turns),
        counted=tuple(counted),
        ceiling=max(_cap(rubric, worth) for worth in score.answers if worth.level is not None),
    )


def _lines(
    asked: Asked, rubric: Rubric, earlier: Source, language: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield each turn's place with its sentences that count, where it has any.

    Of a turn that takes something back all is shown, in whatever words.
    """
    kept = kept_of(
        [judged_text((said,), language) for said in asked.said],
        language,
        asked=asked.question,
        before=earlier,
        given=source_of(anchors_of(rubric, language), language),
        kind=asked.kind,
    )
    counting = Counter(kept.text.split("\n"))
    for turn, said in enumerate(asked.said):
        back = shrunk_by(asked.before[turn], said, language) > 0
        lines = []
        for line in sentences(judged_text((said,), language), language):
            # Said twice it counts once.
            if counting[line] > 0 or (back and not is_void(line, language)):
                lines.append(line)
                counting[line] -= 1
        if lines:
            yield turn, lines


def _neutral(question: str, language: str) -> str:
    return without_identity(judged_text((question,), language))


def _sheet(rubric: Rubric, exchanges: Sequence[Exchange], language: str) -> RatingSheet:
    scale = rubric.scale
    anchors = tuple((n, _in(rubric.anchors[n], language)) for n in sorted(rubric.anchors))
    levels = tuple(range(scale.min, scale.max + 1))
    return RatingSheet(
        language=language,
        name=_in(rubric.name, language),
        definition=_in(rubric.definition, language),
        anchors=anchors,
        levels=levels if len(levels) <= _MOST_LEVELS else tuple(level for level, _ in anchors),
        exchanges=tuple(exchanges),
    )


def _cap(rubric: Rubric, worth: AnswerScore) -> float:
    """Return what the rubric's caps leave of an answer; they are its first lifts, by name."""
    limits = [limit for cap, limit in rubric.caps.items() if cap in worth.lifts]
    return float(min(limits, default=rubric.scale.max))


def _in(words: Words, language: str) -> str:
    return words.get(language) or next(iter(words.values()))
