"""What a report holds, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interviewer.assessment.aloud import Aloud
from interviewer.assessment.board import BoardReport
from interviewer.assessment.dispute import Verdict, disputable
from interviewer.assessment.employer import EmployerKnowledge
from interviewer.assessment.evidence import Quote
from interviewer.assessment.feedback.item import FeedbackItem, OneThing, Strength
from interviewer.assessment.fitting import Mismatch
from interviewer.assessment.heights import Height
from interviewer.assessment.judges.sampling import Judgement
from interviewer.assessment.judges.settling import Judged
from interviewer.assessment.own_questions import OwnQuestion
from interviewer.assessment.pay_talk import PayTalk
from interviewer.assessment.practised import Practised
from interviewer.assessment.retaken import Retaken
from interviewer.assessment.scoring.answer_score import AnswerScore
from interviewer.assessment.scoring.competency_score import Score
from interviewer.assessment.side_by_side import SideBySide, weakest
from interviewer.assessment.speech import Speech
from interviewer.assessment.words import ReportWords, words_for
from interviewer.assessment.written.marking import MarkedTest
from interviewer.content.lawful import Lesson
from interviewer.content.rubric import Scale
from interviewer.interview.handoff import Handoff, Note
from interviewer.interview.redo import Redo
from interviewer.transcript import Passage

Side = Literal["over", "under", "near", "not_scored"]


@dataclass(frozen=True, slots=True)
class OwnLevel:
    """A level the candidate gave themselves before they saw the report.

    Attributes:
        level: On the rubric's scale.
        gap: How far above the assessed level it is, None where nothing was scored.
        side: `over` or `under` from a whole level on, else `near`; `not_scored` is no comparison.
    """

    level: float
    gap: float | None
    side: Side


@dataclass(frozen=True, slots=True)
class CompetencyReport:
    """What an interview shows of one competency.

    Attributes:
        id: Rubric id.
        name: Its name in the language of the interview.
        score: Its level and what would lift it.
        reason: Why there is no level; empty when there is one.
        required: The level the post asks for, None where the rubric is not known.
        scale: The levels there are.
        answers: Turns of the candidate that bear on it, each with what its answer is worth.
        lift: What would lift the level first, in words; empty without a level.
        quotes: Their most telling sentences.
        missing: Parts that were not heard.
        when_asked: Parts that were heard only after a probe, in words.
        gap: The same in words.
        question_to_you: Asks for the facts that are missing; empty when nothing is.
        next_action: One drill; empty when nothing is missing.
        judged: What a model's samples came to, None where the level is that of the rules.
        own: The level the candidate gave themselves, None where they gave none.
        items: Planned items that bear on it and were answered, each with its level, as asked.
        verdicts: What was disputed of it, with what the assessor answered.
        again: Its answers that were given again, beside the first.
    """

    id: str
    name: str
    score: Score
    reason: str
    required: int | None
    scale: Scale
    answers: tuple[tuple[int, AnswerScore], ...]
    lift: str
    quotes: tuple[Quote, ...]
    missing: tuple[str, ...]
    when_asked: tuple[str, ...]
    gap: str
    question_to_you: str
    next_action: str
    judged: Judged | None = None
    own: OwnLevel | None = None
    items: tuple[tuple[str, float | None], ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    again: tuple[SideBySide, ...] = ()

    @property
    def disputable(self) -> tuple[str, ...]:
        """The missing parts and signs that a sentence of the candidate's could hold."""
        return disputable(self.missing, self.score.lifts) if self.answers else ()

    @property
    def weakest_item(self) -> str | None:
        """The item whose answer is weakest, None where nothing was answered."""
        return weakest(self.items)


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round shows.

    Attributes:
        id: Round id.
        name: Its name in the language of the report.
        examiner: Who held it.
        scale: The levels there are.
        competencies: One report a planned competency.
        keep: What to keep doing, None where nothing shows it.
        questions: The candidate's own questions.
        heights: How far up its ladders were climbed.
        answers: How many turns of the candidate's there were.
        words_each: Their mean length.
        examiner_share: The examiner's share of what was said, 0 to 1.
        minutes: How long it took when spoken.
        feedback: What to work on, at most three, what matters most first.
    """

    id: str
    name: str
    examiner: str
    scale: Scale
    competencies: tuple[CompetencyReport, ...]
    keep: Strength | None
    questions: tuple[OwnQuestion, ...]
    heights: tuple[Height, ...]
    answers: int
    words_each: int
    examiner_share: float
    minutes: float
    feedback: tuple[FeedbackItem, ...] = ()
    speech: Speech | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure the candidate stated: an entry of the ledger."""

    kind: str
    text: str
    value: float | None
    round: str
    seq: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole report.

    Attributes:
        id: The transcript's id.
        language: Language of the report.
        company: Employer's name.
        post: Post's title.
        created: When the interview was made.
        finished: Whether it was carried to its end.
        rounds: One report a round that was begun.
        one_thing: The most valuable change; empty when nothing is missing.
        ledger: Figures stated, in the order said.
        mismatches: Claims that do not fit together.
        handoffs: What the examiner of each round but the first was told, of rounds begun.
        negotiation: What was said of pay, by name.
        sources: Passages the examiners cited, in the order of their marks.
        notes: What the reader should know of this report.
        written: The written test, None where there was none.
        lesson: What must not be asked in the chosen country, None where nothing is taught.
        board: The table of points of a board, None where the format has none.
        judgement: What a model was asked and what came of it, None where none was.
        practised: How improper questions were handled, None where the candidate chose none.
        first_change: The most valuable change with its grounds, None where nothing is missing.
        format: Name of the interview's format, empty where it is not known.
        employer: What was said of the employer, held against the research, None without a plan.
        redo: Which answer this interview gives again, None for an interview of its own.
        side_by_side: Both answers, None where the first is gone or there is no second yet.
        aloud: Pace and words of filling of spoken answers, None where none was spoken.
        retaken: Answers that were taken again while the interview ran; the second counts.
    """

    id: str
    language: str
    company: str
    post: str
    created: str
    finished: bool
    rounds: tuple[RoundReport, ...]
    one_thing: str
    ledger: tuple[Figure, ...]
    mismatches: tuple[Mismatch, ...]
    handoffs: tuple[Handoff, ...]
    negotiation: PayTalk
    sources: tuple[Passage, ...]
    notes: tuple[str, ...]
    written: MarkedTest | None = None
    lesson: Lesson | None = None
    board: BoardReport | None = None
    judgement: Judgement | None = None
    practised: Practised | None = None
    first_change: OneThing | None = None
    format: str = ""
    employer: EmployerKnowledge | None = None
    redo: Redo | None = None
    side_by_side: SideBySide | None = None
    aloud: Aloud | None = None
    retaken: tuple[Retaken, ...] = ()

    @property
    def words(self) -> ReportWords:
        """The words of this report's language."""
        return words_for(self.language)

    def passed_on(self, round_id: str) -> tuple[Note, ...]:
        """Return what the examiner of a round was told before it."""
        return next((entry.notes for entry in self.handoffs if entry.round == round_id), ())
