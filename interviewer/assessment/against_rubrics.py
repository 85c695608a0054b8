"""A transcript without a plan, scored against rubrics: by one that is told, or by the nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.assessment.competency_report import plain_report
from interviewer.assessment.evidence import Quote, telling_quotes
from interviewer.assessment.findings import CompetencyReport, RoundReport
from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.assessment.scoring.evidence_held import matter_of
from interviewer.assessment.words import words_for
from interviewer.content.rubric import Rubric, Scale
from interviewer.interview.progress import spoken_minutes
from interviewer.reading.tongue import word_count
from interviewer.research.lexical import terms
from interviewer.transcript import Transcript, Turn

# Fewer terms in common are no sign that an exchange is about a rubric.
_LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of the candidate with the examiner's before it.

    Attributes:
        seq: Number of the candidate's turn; its place where the file numbers none.
        question: What the examiner said.
        answer: What the candidate said.
    """

    seq: int
    question: str
    answer: str


def report_against(
    transcript: Transcript, rubrics: Mapping[str, Rubric], competency: str | None, language: str
) -> RoundReport:
    """Return the report on a whole transcript as if it were one round.

    Args:
        transcript: What was said.
        rubrics: The rubrics by id.
        competency: The one that all questions were asked for; None when each exchange goes to
            the rubric it shares most terms with.
        language: Language of the interview.
    """
    exchanges = exchanges_in(transcript)
    shared = shared_out(exchanges, rubrics, competency, language)
    reports = tuple(_report(rubrics[key], found, language) for key, found in shared.items())
    said = [turn for turn in transcript.turns if turn.by_candidate or turn.by_examiner]
    by_examiner = sum(len(turn.content) for turn in said if turn.by_examiner)
    total = sum(len(turn.content) for turn in said) or 1
    words = sum(word_count(exchange.answer, language) for exchange in exchanges)
    return RoundReport(
        id="transcript",
        name=words_for(language).labels["whole"],
        examiner="",
        scale=reports[0].scale if reports else Scale(),
        competencies=reports,
        keep=None,
        questions=(),
        heights=(),
        answers=len(exchanges),
        words_each=round(words / len(exchanges)) if exchanges else 0,
        examiner_share=round(by_examiner / total, 3),
        minutes=round(sum(spoken_minutes(turn.content, language) for turn in said), 1),
    )


def shared_out(
    exchanges: Sequence[Exchange],
    rubrics: Mapping[str, Rubric],
    competency: str | None,
    language: str,
) -> dict[str, list[Exchange]]:
    """Return the exchanges by the rubric they go to: the one that is told, or the nearest."""
    if competency:
        return {competency: list(exchanges)}
    return _nearest(exchanges, rubrics, language)


def asked_plainly(exchanges: Sequence[Exchange]) -> list[Asked]:
    """Return exchanges as they are scored where no plan says what they were asked for."""
    return [Asked(e.question, "", (e.answer,), (e.question,), planned=False) for e in exchanges]


def exchanges_in(transcript: Transcript) -> list[Exchange]:
    """Return the candidate's turns, each with what the examiner said before it."""
    found: list[Exchange] = []
    last: Turn | None = None
    for place, turn in enumerate(transcript.turns, 1):
        if turn.by_examiner:
            last = turn
        elif turn.by_candidate:
            seq = place if turn.seq is None else turn.seq
            found.append(Exchange(seq, last.content if last else "", turn.content))
    return found


def _nearest(
    exchanges: Sequence[Exchange], rubrics: Mapping[str, Rubric], language: str
) -> dict[str, list[Exchange]]:
    found: dict[str, list[Exchange]] = {key: [] for key in rubrics}
    matters = {key: matter_of(rubric, language) for key, rubric in rubrics.items()}
    asks = {key: _questions_of(rubric, language) for key, rubric in rubrics.items()}
    for exchange in exchanges:
        asked = next((key for key, known in asks.items() if _asks(exchange, known)), None)
        if asked is not None:
            found[asked].append(exchange)
            continue
        own = terms(f"{exchange.question}\n{exchange.answer}")
        near = {key: len(own & matter) for key, matter in matters.items()}
        best = max(near, key=lambda key: near[key], default=None)
        if best is not None and near[best] >= _LEAST_SHARED:
            found[best].append(exchange)
    return found


def _questions_of(rubric: Rubric, language: str) -> tuple[str, ...]:
    return tuple(
        question.text[language] for question in rubric.questions if language in question.text
    )


def _asks(exchange: Exchange, questions: Sequence[str]) -> bool:
    """Whether an exchange begins with a question of a rubric's own."""
    return any(question in exchange.question for question in questions)


def _report(rubric: Rubric, exchanges: Sequence[Exchange], language: str) -> CompetencyReport:
    score = score_competency(rubric, asked_plainly(exchanges), language)
    counted = [
        Quote(exchange.seq, exchange.answer)
        for exchange, worth in zip(exchanges, score.answers, strict=True)
        if worth.level is not None
    ]
    seqs = [exchange.seq for exchange in exchanges]
    return plain_report(rubric, seqs, score, telling_quotes(counted, language), language)
