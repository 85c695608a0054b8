"""The report on an interview: levels and evidence by competency, what to do next. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewer.assessment.afterwards import NOTHING, Afterwards
from interviewer.assessment.against_rubrics import report_against
from interviewer.assessment.board import board_report
from interviewer.assessment.dispute import conceding, decided
from interviewer.assessment.employer import employer_knowledge
from interviewer.assessment.evidence import (
    Answered,
    answered_in,
)
from interviewer.assessment.findings import Assessment, Figure, RoundReport
from interviewer.assessment.fitting import mismatches_in
from interviewer.assessment.helped import helped_in
from interviewer.assessment.judging import judging_of
from interviewer.assessment.pay_talk import pay_talk
from interviewer.assessment.practised import interview_alone, practised_in
from interviewer.assessment.retaken import retaken_in
from interviewer.assessment.round_report import round_report
from interviewer.assessment.taken_up import with_afterwards
from interviewer.assessment.with_feedback import with_feedback
from interviewer.assessment.words import words_for
from interviewer.assessment.written.marking import marked_test
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric
from interviewer.errors import InputError
from interviewer.interview.handoff import handoff
from interviewer.interview.plan import Plan
from interviewer.interview.progress import follow
from interviewer.interview.session import plan_of
from interviewer.interview.teaching import lesson_of
from interviewer.transcript import Transcript


def assess(
    transcript: Transcript,
    library: Library,
    *,
    rubrics: Mapping[str, Rubric] | None = None,
    competency: str | None = None,
    after: Afterwards = NOTHING,
) -> Assessment:
    """Return the report on an interview.

    A transcript without a plan, such as a plain chat file, gets a report without rounds that says
    so, unless rubrics are given: then it is scored against those.

    Args:
        transcript: The interview.
        library: Rubrics, personas and words of the plan.
        rubrics: Score what was said against these where the plan does not say against which.
        competency: Of these, the one that all questions were asked for.
        after: What came after the interview: the candidate's own levels and the like.
    """
    interview = transcript.interview
    language = interview.language or "en"
    words = words_for(language)
    whole, transcript = transcript, interview_alone(transcript)
    plan = plan_scored_by(transcript, rubrics, competency)
    if plan is None:
        note = words.sentences["by_rubric" if rubrics else "no_plan"]
        told = report_against(transcript, rubrics, competency, language) if rubrics else None
        return _without_plan(transcript, language, note, told)
    by_round = {part.id: answered_in(part, transcript, language) for part in plan.conversations}
    verdicts = decided(after.said, by_round, transcript, library.rubrics)
    by_round = {name: conceding(answers, verdicts) for name, answers in by_round.items()}
    begun = [part for part in plan.conversations if by_round[part.id]]
    state = follow(plan, whole)
    finished = state.waiting == "nobody"
    everything = [answer for answers in by_round.values() for answer in answers]
    notes = [words.sentences["levels"]] if plan.conversations else []
    notes += [] if finished else [words.sentences["unfinished"]]
    notes += [] if everything or not plan.conversations else [words.sentences["nothing_said"]]
    notes += helped_in(whole, words)
    judging = judging_of(plan, transcript, library)
    plain = [
        round_report(entry, by_round[entry.id], transcript, plan, library, judging)
        for entry in begun
    ]
    rounds, first = with_feedback(plain, by_round, plan, transcript, library)
    report = Assessment(
        id=transcript.id,
        language=language,
        company=plan.company_name,
        post=plan.post_title,
        created=interview.created or "",
        finished=finished,
        rounds=rounds,
        one_thing=first.change if first else "",
        ledger=_ledger(by_round),
        mismatches=mismatches_in(state),
        handoffs=tuple(handoff(plan, state, entry.id) for entry in begun[1:]),
        negotiation=pay_talk(plan, by_round, transcript, library, words),
        sources=tuple(
            interview.research[key]
            for key in whole.citation_numbers()
            if key in interview.research
        ),
        notes=tuple(notes),
        written=marked_test(plan, transcript, library),
        lesson=lesson_of(plan, library),
        practised=practised_in(plan, whole, library),
        board=board_report(plan, transcript, library, words, _raters(rounds)),
        first_change=first,
        format=_format(plan, library),
        employer=employer_knowledge(plan, transcript),
        retaken=retaken_in(whole),
    )
    return with_afterwards(report, verdicts, transcript, library, after)


def plan_scored_by(
    transcript: Transcript, rubrics: Mapping[str, Rubric] | None, competency: str | None
) -> Plan | None:
    """Return the plan an interview is scored by, None where rubrics or nothing take its place."""
    plan = plan_in(transcript)
    if plan is None or (rubrics and (competency or not _planned(plan) & set(rubrics))):
        return None
    return plan


def _format(plan: Plan, library: Library) -> str:
    """Return the name of a plan's format, empty for one that is not there any more."""
    held = library.formats.get(plan.format)
    return held.name.get(plan.language, "") if held else ""


def plan_in(transcript: Transcript) -> Plan | None:
    """Return the plan, None where there is none or none with a round in it."""
    try:
        plan = plan_of(transcript)
    except InputError:
        return None
    return plan if plan.rounds else None


def _planned(plan: Plan) -> set[str | None]:
    """Return the competencies that the plan asks about."""
    return {item.competency for part in plan.conversations for item in part.items}


def _raters(rounds: Sequence[RoundReport]) -> list[dict[str, float]]:
    """Return the levels of the built-in assessor, who is one rater; none where it gave none."""
    levels = {
        entry.id: entry.score.level
        for part in rounds
        for entry in part.competencies
        if entry.score.level is not None
    }
    return [levels] if levels else []


def _without_plan(
    transcript: Transcript, language: str, note: str, told: RoundReport | None
) -> Assessment:
    return Assessment(
        id=transcript.id,
        language=language,
        company=transcript.interview.company or "",
        post=transcript.interview.role or "",
        created=transcript.interview.created or "",
        finished=False,
        rounds=(told,) if told else (),
        one_thing="",
        ledger=(),
        mismatches=(),
        handoffs=(),
        negotiation={},
        sources=(),
        notes=(note,),
    )


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
