"""The first report on an interview: evidence by competency, and what to do next. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.assessment.evidence import (
    Answered,
    Quote,
    answered_in,
    most_missing,
    quotes_from,
)
from interviewer.assessment.fitting import Mismatch, mismatches_in
from interviewer.assessment.heights import Height, heights_in
from interviewer.assessment.own_questions import OwnQuestion, own_questions
from interviewer.assessment.pay_talk import PayTalk, pay_talk
from interviewer.assessment.words import ReportWords, words_for
from interviewer.assessment.written.marking import MarkedTest, marked_test
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric, Scale
from interviewer.errors import InputError
from interviewer.interview.handoff import Handoff, Note, handoff
from interviewer.interview.plan import Plan, PlannedRound
from interviewer.interview.progress import follow, spoken_minutes
from interviewer.interview.session import plan_of
from interviewer.transcript import Passage, Transcript


@dataclass(frozen=True, slots=True)
class CompetencyReport:
    """What an interview shows of one competency.

    Attributes:
        id: Rubric id.
        name: Its name in the language of the interview.
        reason: Why there is no level.
        required: The level the post asks for, None where the rubric is not known.
        scale: The levels there are.
        answers: Turns of the candidate that bear on it.
        quotes: Their most telling sentences.
        missing: Parts that were not heard.
        when_asked: Parts that were heard only after a probe, in words.
        gap: The same in words.
        question_to_you: Asks for the facts that are missing; empty when nothing is.
        next_action: One drill; empty when nothing is missing.
    """

    id: str
    name: str
    reason: str
    required: int | None
    scale: Scale
    answers: tuple[int, ...]
    quotes: tuple[Quote, ...]
    missing: tuple[str, ...]
    when_asked: tuple[str, ...]
    gap: str
    question_to_you: str
    next_action: str


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round shows."""

    id: str
    name: str
    examiner: str
    scale: Scale
    competencies: tuple[CompetencyReport, ...]
    keep: Quote | None
    questions: tuple[OwnQuestion, ...]
    heights: tuple[Height, ...]
    answers: int
    words_each: int
    examiner_share: float
    minutes: float


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
    """The whole first report.

    Attributes:
        id: The transcript's id.
        language: Language of the report.
        company: Employer's name.
        post: Post's title.
        created: When the interview was made.
        finished: Whether it was carried to its end.
        rounds: One report a round that was begun.
        one_thing: The most valuable change; empty when nothing is missing often.
        ledger: Figures stated, in the order said.
        mismatches: Claims that do not fit together.
        handoffs: What the examiner of each round but the first was told, of rounds begun.
        negotiation: What was said of pay, by name.
        sources: Passages the examiners cited, in the order of their marks.
        notes: What the reader should know of this report.
        written: The written test, None where there was none.
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

    @property
    def words(self) -> ReportWords:
        """The words of this report's language."""
        return words_for(self.language)

    def passed_on(self, round_id: str) -> tuple[Note, ...]:
        """Return what the examiner of a round was told before it."""
        return next((entry.notes for entry in self.handoffs if entry.round == round_id), ())


def assess(transcript: Transcript, library: Library) -> Assessment:
    """Return the first report on an interview.

    A transcript without a plan, such as a plain chat file, gets a report without rounds that says
    so: no answer in it can be tied to a competency.
    """
    interview = transcript.interview
    language = interview.language or "en"
    words = words_for(language)
    plan = _plan(transcript)
    if plan is None:
        return _without_plan(transcript, language, words.sentences["no_plan"])
    by_round = {part.id: answered_in(part, transcript, language) for part in plan.conversations}
    begun = [part for part in plan.conversations if by_round[part.id]]
    state = follow(plan, transcript)
    finished = state.waiting == "nobody"
    everything = [answer for answers in by_round.values() for answer in answers]
    part = most_missing(everything)
    notes = [words.sentences["no_levels"]] if plan.conversations else []
    notes += [] if finished else [words.sentences["unfinished"]]
    notes += [] if everything or not plan.conversations else [words.sentences["nothing_said"]]
    return Assessment(
        id=transcript.id,
        language=language,
        company=plan.company_name,
        post=plan.post_title,
        created=interview.created or "",
        finished=finished,
        rounds=tuple(
            _round_report(entry, by_round[entry.id], transcript, plan, library) for entry in begun
        ),
        one_thing=words.advice[part] if part else "",
        ledger=_ledger(by_round),
        mismatches=mismatches_in(state),
        handoffs=tuple(handoff(plan, state, entry.id) for entry in begun[1:]),
        negotiation=pay_talk(plan, by_round, transcript, library, words),
        sources=tuple(
            interview.research[key]
            for key in transcript.citation_numbers()
            if key in interview.research
        ),
        notes=tuple(notes),
        written=marked_test(plan, transcript, library),
    )


def _plan(transcript: Transcript) -> Plan | None:
    """Return the plan, None where there is none or none with a round in it."""
    try:
        plan = plan_of(transcript)
    except InputError:
        return None
    return plan if plan.rounds else None


def _without_plan(transcript: Transcript, language: str, note: str) -> Assessment:
    return Assessment(
        id=transcript.id,
        language=language,
        company=transcript.interview.company or "",
        post=transcript.interview.role or "",
        created=transcript.interview.created or "",
        finished=False,
        rounds=(),
        one_thing="",
        ledger=(),
        mismatches=(),
        handoffs=(),
        negotiation={},
        sources=(),
        notes=(note,),
    )


def _round_report(
    part: PlannedRound,
    answers: Sequence[Answered],
    transcript: Transcript,
    plan: Plan,
    library: Library,
) -> RoundReport:
    language = plan.language
    vocabulary = library.vocabularies.get(language)
    name = vocabulary.rounds.get(part.id, part.title) if vocabulary else part.title
    planned = dict.fromkeys(item.competency for item in part.items if item.scored)
    competencies = tuple(
        _competency(entry, [a for a in answers if a.item.competency == entry], plan, library)
        for entry in planned
        if entry is not None
    )
    said = [turn for turn in transcript.turns if turn.round == part.id]
    by_examiner = sum(len(turn.content) for turn in said if turn.by_examiner)
    by_candidate = sum(len(turn.content) for turn in said if turn.by_candidate)
    turns = [turn for answer in answers for turn in answer.turns]
    length = sum(answer.together.words for answer in answers)
    best = quotes_from([a for a in answers if a.item.scored and not a.missing], language)
    rubrics = [library.rubrics[c.id] for c in competencies if c.id in library.rubrics]
    return RoundReport(
        id=part.id,
        name=name,
        examiner=part.name,
        scale=rubrics[0].scale if rubrics else Scale(),
        competencies=competencies,
        keep=max(best, key=lambda quote: len(quote.text), default=None),
        questions=own_questions(
            said,
            (turn.seq for turn in turns),
            transcript,
            _discussed(part, library),
            library.matters.get(language),
        ),
        heights=heights_in(part, transcript),
        answers=len(turns),
        words_each=round(length / len(turns)) if turns else 0,
        examiner_share=round(by_examiner / ((by_examiner + by_candidate) or 1), 3),
        minutes=round(sum(spoken_minutes(turn.content, language) for turn in said), 1),
    )


def _competency(
    competency: str, answers: Sequence[Answered], plan: Plan, library: Library
) -> CompetencyReport:
    language = plan.language
    words = words_for(language)
    rubric = library.rubrics.get(competency)
    quotes = quotes_from(answers, language)
    missing = tuple(dict.fromkeys(part for answer in answers for part in answer.missing))
    asked = [part for answer in answers for part in answer.when_asked]
    vocabulary = library.vocabularies.get(language)
    known = {str(part): text for part, text in vocabulary.parts.items()} if vocabulary else {}
    names = [known.get(part, part) for part in missing]
    first = missing[0] if missing else ""
    if not answers:
        reason, gap = words.sentences["no_evidence"], ""
    else:
        reason = words.sentences["no_levels"] if quotes else words.sentences["thin"]
        gap = "; ".join(names) if names else words.sentences["all_there"]
    return CompetencyReport(
        id=competency,
        name=_name(rubric, competency, language),
        reason=reason,
        required=rubric.level_required(plan.seniority) if rubric else None,
        scale=rubric.scale if rubric else Scale(),
        answers=tuple(t.seq for answer in answers for t in answer.turns if t.seq is not None),
        quotes=quotes,
        missing=missing,
        when_asked=tuple(known.get(part, part) for part in dict.fromkeys(asked)),
        gap=gap,
        question_to_you=words.questions.get(first, ""),
        next_action=words.drills.get(first, ""),
    )


def _name(rubric: Rubric | None, competency: str, language: str) -> str:
    if rubric is None:
        return competency.replace("_", " ").capitalize()
    return rubric.name.get(language) or next(iter(rubric.name.values()))


def _discussed(part: PlannedRound, library: Library) -> tuple[str, ...]:
    """Return the matters an examiner discusses, none for a persona that is not there any more."""
    persona = library.personas.get(part.persona)
    return persona.about.may_discuss if persona else ()


def _ledger(by_round: Mapping[str, Sequence[Answered]]) -> tuple[Figure, ...]:
    figures = []
    for round_id, answers in by_round.items():
        for answer in answers:
            for turn in answer.turns:
                for claim in answer.together.claims:
                    if turn.seq is not None and claim.sentence in turn.content:
                        figures.append(
                            Figure(
                                claim.kind, claim.text, claim.value, round_id, turn.seq,
                                claim.sentence,
                            )
                        )  # fmt: skip
    return tuple(dict.fromkeys(figures))
