"""The report as JSON, `interviewer.assessment/1`."""

from __future__ import annotations

from dataclasses import asdict

from interviewer.assessment.afterwards_document import (
    both_to_json,
    redo_to_json,
    verdict_to_json,
)
from interviewer.assessment.aloud import Aloud
from interviewer.assessment.board import BoardReport
from interviewer.assessment.coach import CoachView
from interviewer.assessment.employer.document import employer_to_json
from interviewer.assessment.feedback.document import (
    item_to_json,
    one_thing_to_json,
    strength_to_json,
)
from interviewer.assessment.findings import (
    Assessment,
    CompetencyReport,
    OwnLevel,
    RoundReport,
)
from interviewer.assessment.fitting import Claimed, Mismatch
from interviewer.assessment.judges.sampling import Judgement
from interviewer.assessment.judges.settling import Judged
from interviewer.assessment.practised import Practised
from interviewer.assessment.self_rating import distance, own_levels
from interviewer.assessment.speech import Speech
from interviewer.assessment.written.document import written_to_json
from interviewer.content.lawful import Lesson
from interviewer.content.rubric import Scale
from interviewer.interview.handoff import Handoff

SCHEMA = "interviewer.assessment/1"


def assessment_to_json(
    assessment: Assessment, coach: CoachView | None = None
) -> dict[str, object]:
    """Return the report in the documented form; without evidence a level is null.

    Args:
        assessment: The report.
        coach: What a coach sees beside it, None for the candidate's own view.
    """
    words = assessment.words
    test = assessment.written
    written = written_to_json(test, words.written["no_level"]) if test else None
    document: dict[str, object] = {
        "schema": SCHEMA,
        "id": assessment.id,
        "rounds": [_round(entry, assessment.judgement) for entry in assessment.rounds],
        "one_thing": assessment.one_thing or None,
        "first_change": (
            one_thing_to_json(assessment.first_change) if assessment.first_change else None
        ),
        "keep": [
            strength_to_json(entry.id, entry.keep) for entry in assessment.rounds if entry.keep
        ],
        "ledger": [
            {
                "kind": figure.kind,
                "text": figure.text,
                "value": figure.value,
                "round": figure.round,
                "seq": figure.seq,
                "sentence": figure.sentence,
            }
            for figure in assessment.ledger
        ],
        "contradictions": [_mismatch(entry) for entry in assessment.mismatches],
        "handoffs": [_handoff(entry) for entry in assessment.handoffs],
        "written": written,
        "self_rating": _self_rating(assessment),
        "redo": redo_to_json(assessment),
        "lawful": _lawful(assessment.lesson) if assessment.lesson else None,
        "board": _board(assessment.board),
        "judge": _judge(assessment.judgement) if assessment.judgement else None,
        "negotiation": dict(assessment.negotiation),
        "delivery": {
            entry.id: {
                "answers": entry.answers,
                "words_each": entry.words_each,
                "examiner_share": entry.examiner_share,
                "minutes": entry.minutes,
                "speech": _speech(entry.speech),
            }
            for entry in assessment.rounds
        },
        "employer": employer_to_json(assessment.employer),
        "sources": [passage.id for passage in assessment.sources],
        "finished": assessment.finished,
        "notes": list(assessment.notes),
        "format": assessment.format or None,
        "notice": words.sentences["notice"],
    }
    if assessment.aloud is not None:
        document["aloud"] = _aloud(assessment.aloud)
    if assessment.retaken:
        document["retaken"] = [asdict(entry) for entry in assessment.retaken]
    if assessment.practised is not None:
        document["practised"] = _practised(assessment.practised)
    if coach is not None:
        document["coach"] = asdict(coach)
    return document


def _speech(speech: Speech | None) -> dict[str, object] | None:
    if speech is None:
        return None
    return {
        "lengths": list(speech.lengths),
        "fillers_in_100": speech.fillers,
        "words_a_minute": speech.a_minute,
    }


def _aloud(spoken: Aloud) -> dict[str, object]:
    """Return how spoken answers sounded in numbers; no level stands among it."""
    return {
        "answers": spoken.answers,
        "words_a_minute": spoken.a_minute,
        "fillers_in_100": spoken.fillers_in_100,
    }


def _practised(practised: Practised) -> list[dict[str, object]]:
    """Return improper questions with how they were handled; no level stands among it."""
    return [
        {
            "round": entry.round,
            "seq": entry.seq,
            "reply_seq": entry.reply_seq,
            "question": entry.told.question,
            "options": list(entry.told.options),
            "remarks": list(entry.remarks),
            "own_words": list(entry.told.own_words),
            "lawful": entry.told.lawful or None,
            "rule": entry.told.rule or None,
        }
        for entry in practised.handled
    ]


def _self_rating(assessment: Assessment) -> dict[str, object] | None:
    """Return own levels against assessed ones over the whole interview, for the progress view."""
    pairs = own_levels(assessment)
    if not pairs:
        return None
    sides = [own.side for own in pairs]
    return {
        "compared": len(pairs),
        "over": sides.count("over"),
        "under": sides.count("under"),
        "distance": distance(assessment),
    }


def _own(own: OwnLevel | None) -> dict[str, object] | None:
    return None if own is None else {"level": own.level, "gap": own.gap, "side": own.side}


def _lawful(lesson: Lesson) -> dict[str, object]:
    return {
        "pairs": [
            {"topic": pair.topic, "never": pair.never, "lawful": pair.lawful, "rule": pair.rule}
            for pair in lesson.pairs
        ],
        "notice": lesson.notice,
    }


def _board(board: BoardReport | None) -> dict[str, object] | None:
    if board is None:
        return None
    total = board.combined.points
    return {
        "elements": [
            {"id": line.id, "name": line.name, "points": line.points, "most": line.most}
            for line in board.lines
        ],
        "points": None if total is None else float(total),
        "raters": board.combined.raters,
        "dropped": board.combined.dropped,
        "questions": [
            {
                "item": question.item,
                "seq": question.seq,
                "found": list(question.found),
                "missed": list(question.missed),
            }
            for question in board.questions
        ],
        "identity": list(board.reminded),
        "remarks": list(board.remarks),
    }


def _mismatch(entry: Mismatch) -> dict[str, object]:
    answer = {"seq": entry.answer_seq, "text": entry.answer} if entry.answer else None
    return {
        "kind": entry.kind,
        "before": _claimed(entry.before),
        "now": _claimed(entry.now),
        "raised": entry.raised,
        "answer": answer,
    }


def _claimed(entry: Claimed) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "round": entry.round,
        "text": entry.text,
        "sentence": entry.sentence,
    }


def _handoff(entry: Handoff) -> dict[str, object]:
    return {
        "round": entry.round,
        "notes": [
            {
                "kind": note.kind,
                "text": note.text,
                "told_to": note.teller,
                "turns": list(note.turns),
                "item": note.item or None,
            }
            for note in entry.notes
        ],
    }


def _judge(judgement: Judgement) -> dict[str, object]:
    return {
        "model": judgement.judge,
        "samples": judgement.samples,
        "asked": judgement.asked,
        "usage": dict(judgement.usage),
        "failed": list(judgement.failed),
    }


def _round(entry: RoundReport, judgement: Judgement | None) -> dict[str, object]:
    return {
        "round": entry.id,
        "scale": _scale(entry.scale),
        "competencies": [
            {**_competency(competency), **_assessor(competency.judged, judgement)}
            for competency in entry.competencies
        ],
        "feedback": [item_to_json(item) for item in entry.feedback],
        "ladders": [
            {
                "item": height.item,
                "about": height.about,
                "reached": height.reached or None,
                "steps": list(height.steps),
            }
            for height in entry.heights
        ],
        "questions": [
            {
                "seq": question.seq,
                "text": question.text,
                "answered": question.answered,
                "research": question.research,
                "fit": question.fit,
            }
            for question in entry.questions
        ],
    }


def _scale(scale: Scale) -> dict[str, object]:
    return {"id": scale.id, "min": scale.min, "max": scale.max}


def _competency(entry: CompetencyReport) -> dict[str, object]:
    score = entry.score
    return {
        "id": entry.id,
        "level": score.level,
        "state": "not_scored" if score.level is None else "scored",
        "reason": entry.reason or None,
        "required": entry.required,
        "scale": _scale(entry.scale),
        "spread": score.spread,
        "answers": [
            {
                "seq": seq,
                "level": _tenth(answer.level),
                "before_probes": _tenth(answer.before_probes),
            }
            for seq, answer in entry.answers
        ],
        "quotes": [{"seq": quote.seq, "text": quote.text} for quote in entry.quotes],
        "anchor_matched": score.anchor,
        "lifts": list(score.lifts),
        "lift": entry.lift or None,
        "missing": list(entry.missing),
        "only_when_asked": list(entry.when_asked),
        "gap": entry.gap or None,
        "question_to_you": entry.question_to_you or None,
        "self_rating": _own(entry.own),
        "items": [{"item": item, "level": _tenth(level)} for item, level in entry.items],
        "disputes": [verdict_to_json(verdict) for verdict in entry.verdicts],
        "again": [both_to_json(both) for both in entry.again],
        "next_action": entry.next_action or None,
    }


def _assessor(judged: Judged | None, judgement: Judgement | None) -> dict[str, object]:
    """Return who gave a level: a model's samples as given, the level by rules beside them."""
    if judged is None or judgement is None:
        return {"assessor": "builtin", "samples": []}
    return {
        "assessor": judgement.judge,
        "samples": [sample.level for sample in judged.samples],
        "samples_void": [sample.fault for sample in judged.samples if sample.fault],
        "held_by": judged.held,
        "builtin": {"level": judged.built_in.level, "spread": judged.built_in.spread},
    }


def _tenth(level: float | None) -> float | None:
    return None if level is None else round(level, 1)
