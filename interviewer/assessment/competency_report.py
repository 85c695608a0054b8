"""What the report says of one competency: level, evidence, gap and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.evidence import Answered, Quote, quotes_from
from interviewer.assessment.findings import CompetencyReport
from interviewer.assessment.scoring.competency_score import Score
from interviewer.assessment.words import ReportWords, words_for
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric, Scale
from interviewer.interview.put_in import STEP

# Answers to these have no parts of a story that could be missing, or be there.
_NO_STORY = frozenset({"public_service", "strength"})


def competency_report(
    competency: str,
    answers: Sequence[Answered],
    score: Score,
    library: Library,
    *,
    language: str,
    seniority: str,
) -> CompetencyReport:
    """Return what an interview shows of one competency.

    Args:
        competency: Rubric id.
        answers: The answers that bear on it.
        score: Its level, with a score for each of them.
        library: Names and required levels.
        language: Language of the interview.
        seniority: Of the post.
    """
    words = words_for(language)
    rubric = library.rubrics.get(competency)
    missing = tuple(dict.fromkeys(part for answer in answers for part in answer.missing))
    vocabulary = library.vocabularies.get(language)
    known = {str(part): text for part, text in vocabulary.parts.items()} if vocabulary else {}
    names = [known.get(part, part) for part in missing]
    first = missing[0] if missing else ""
    asked = [part for answer in answers for part in answer.when_asked]
    told = any(answer.item.type not in _NO_STORY for answer in answers)
    gap = "; ".join(names) or (words.sentences["all_there"] if told else "")
    return CompetencyReport(
        id=competency,
        name=name_of(rubric, competency, language),
        score=score,
        reason=reason_for(score, words),
        required=rubric.level_required(seniority) if rubric else None,
        scale=rubric.scale if rubric else Scale(),
        answers=tuple(
            (turn.seq, worth)
            for answer, worth in zip(answers, score.answers, strict=True)
            for turn in answer.turns
            if turn.seq is not None
        ),
        lift=lift_in(score, words),
        quotes=quotes_from(answers, language),
        missing=missing,
        when_asked=tuple(known.get(part, part) for part in dict.fromkeys(asked)),
        gap=gap,
        question_to_you=words.questions.get(first, ""),
        next_action=words.drills.get(first, ""),
        items=tuple(
            (answer.item.id, worth.level)
            for answer, worth in zip(answers, score.answers, strict=True)
            if answer.item.step
            != STEP  # a coach's question stands in no plan to be asked again by
        ),
    )


def plain_report(
    rubric: Rubric, seqs: Sequence[int], score: Score, quotes: tuple[Quote, ...], language: str
) -> CompetencyReport:
    """Return what a transcript without a plan shows of one competency."""
    words = words_for(language)
    return CompetencyReport(
        id=rubric.id,
        name=name_of(rubric, rubric.id, language),
        score=score,
        reason=reason_for(score, words),
        required=None,
        scale=rubric.scale,
        answers=tuple(zip(seqs, score.answers, strict=True)),
        lift=lift_in(score, words),
        quotes=quotes,
        missing=(),
        when_asked=(),
        gap="",
        question_to_you="",
        next_action="",
    )


def name_of(rubric: Rubric | None, competency: str, language: str) -> str:
    """Return a competency's name in a language, its id in words where it has no rubric."""
    if rubric is None:
        return competency.replace("_", " ").capitalize()
    return rubric.name.get(language) or next(iter(rubric.name.values()))


def reason_for(score: Score, words: ReportWords) -> str:
    """Return in words why there is no level, empty when there is one."""
    return words.unscored[score.reason] if score.reason else ""


def lift_in(score: Score, words: ReportWords) -> str:
    """Return in words what would lift the level first."""
    return "; ".join(words.lifts[name] for name in score.lifts)
