"""A judgement kept beside an interview: settled anew from what was said, held like any other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from interviewer.assessment import Afterwards, Assessment, assess, assessment_to_json
from interviewer.assessment.judges.cases import cases_in
from interviewer.assessment.judges.judge import RatingSheet, Ruling
from interviewer.assessment.judges.keeping import judged_again, judgement_in, judgement_note
from interviewer.assessment.judges.reporting import with_judgement
from interviewer.assessment.judges.sampling import judgement_by
from interviewer.assessment.self_rating import self_rating, to_rate
from interviewer.content.library import Library
from interviewer.interview.annotations import Annotation
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import STORY, talk
from tests.unit.judging_fixtures import ScriptedJudge
from tests.unit.test_judging_report import plain

OTHER = (
    "In June 2023 a supplier sent 40 wrong boxes to the ward. I rang the depot, sorted them "
    "with two clerks and wrote down which were missing. As a result nobody waited over 2 days."
)


@pytest.fixture
def transcript(make_plan: PlanMaker) -> Transcript:
    """Return an interview with two answers."""
    return talk(make_plan(), {("hr", 2): [STORY], ("hr", 4): [OTHER]})


def made(
    transcript: Transcript, library: Library, *, good: bool = True
) -> tuple[Assessment, Annotation]:
    """Return the report as it was judged, and what is kept of it."""
    report = assess(transcript, library)
    cases = cases_in(report, transcript, library)
    calls = iter(range(1000))

    def rule(sheet: RatingSheet) -> Ruling:
        broken = next(calls) % 3 == 1 or not good
        return Ruling(None, "It was cut off.") if broken else plain(4)(sheet)

    judgement = asyncio.run(judgement_by(ScriptedJudge(rule), cases))
    found = with_judgement(report, judgement, cases, transcript, library)
    return found, judgement_note(judgement)


def through_json(note: Annotation) -> Annotation:
    """Return a note as it comes out of a store or a file."""
    body = json.loads(json.dumps(dict(note.body), ensure_ascii=False))
    return Annotation(note.kind, note.about, MappingProxyType(body), note.at)


def changed(note: Annotation, **body: object) -> Annotation:
    """Return a note that says something else."""
    return Annotation(note.kind, note.about, {**note.body, **body})


@pytest.mark.parametrize("good", [True, False])
def test_a_kept_judgement_makes_the_same_report(
    transcript: Transcript, library: Library, good: bool
) -> None:
    """Levels, samples, reasons, tokens: all as they were when the model judged."""
    found, note = made(transcript, library, good=good)
    assert not any(str(level) in json.dumps(dict(note.body)) for level in ("3.5", "level_of"))
    again = judged_again(assess(transcript, library), [through_json(note)], transcript, library)
    assert assessment_to_json(again) == assessment_to_json(found)


def test_the_last_judgement_counts(transcript: Transcript, library: Library) -> None:
    """Who asks a second model sees what that one said."""
    found, note = made(transcript, library)
    other = changed(note, judge="other")
    again = judged_again(assess(transcript, library), [other, note], transcript, library)
    assert again.judgement is not None
    assert again.judgement.judge == "scripted"
    assert again.rounds == found.rounds


def test_a_forged_judgement_gains_what_a_model_could(
    transcript: Transcript, library: Library
) -> None:
    """Quotes are looked for and the rules hold its levels, whoever wrote it."""
    _, note = made(transcript, library)
    report = assess(transcript, library)
    cases = cases_in(report, transcript, library)
    said = {"level": 5, "quotes": ["I saved the whole firm"]}
    forged = changed(note, rulings={"/".join(case.key): [said] * 3 for case in cases})
    found = judgement_in([forged], cases)
    assert found is not None
    assert all(judged.level is None for judged in found.by.values())


@pytest.mark.parametrize(
    "body",
    [{}, {"judge": "x"}, {"judge": "x", "samples": 3, "rulings": []},
     {"judge": "x", "samples": "many", "rulings": {}},
     {"judge": "x", "samples": 3, "usage": {"input": float("nan")}, "rulings": {}},
     {"judge": "x", "samples": 3, "rulings": {"hr/a": [{"level": "high"}]}}],
)  # fmt: skip
def test_a_note_that_cannot_be_read_is_passed_over(
    transcript: Transcript, library: Library, body: Mapping[str, object]
) -> None:
    """The report is then that of the rules, or of a judgement before it."""
    found, note = made(transcript, library)
    strange = Annotation(note.kind, note.about, body)
    report = assess(transcript, library)
    assert judged_again(report, [strange], transcript, library) == report
    assert judged_again(report, [note, strange], transcript, library).rounds == found.rounds


def test_competencies_it_does_not_know_keep_the_level_of_the_rules(
    transcript: Transcript, library: Library
) -> None:
    """What was judged of another state of the interview leaves the rest alone."""
    found, note = made(transcript, library)
    kept = dict(list(dict(note.body["rulings"]).items())[:1])  # type: ignore[call-overload]  # JSON
    part = changed(note, rulings={**kept, "hr/no_such": [], "strange": []})
    again = judged_again(assess(transcript, library), [part], transcript, library)
    judged = [c for one in again.rounds for c in one.competencies if c.judged]
    assert len(judged) == 1
    assert len([c for one in found.rounds for c in one.competencies if c.judged]) == 2


def test_ones_own_levels_stand_beside_those_of_the_model(
    transcript: Transcript, library: Library
) -> None:
    """The gap is to the level that the report shows."""
    _, note = made(transcript, library)
    asked = to_rate(transcript, library)
    own = self_rating({asked[0].id: 2}, asked)
    report = assess(transcript, library, after=Afterwards(said=(own,)))
    again = judged_again(report, [own, note], transcript, library)
    entry = next(c for part in again.rounds for c in part.competencies if c.own)
    assert entry.own is not None
    assert entry.score.level is not None
    assert entry.own.gap == round(2 - entry.score.level, 1)


def test_without_a_judgement_a_report_is_as_it_is(
    transcript: Transcript, library: Library
) -> None:
    """Other notes change nothing here."""
    report = assess(transcript, library)
    assert judged_again(report, [], transcript, library) is report
    assert judgement_in([Annotation("dispute", "interview")], ()) is None
