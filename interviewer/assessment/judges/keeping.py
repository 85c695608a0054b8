"""What a judge said, kept beside an interview: its rulings, from which levels are settled anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, ValidationError

from interviewer.assessment.findings import Assessment
from interviewer.assessment.judges.case import Case
from interviewer.assessment.judges.cases import cases_in
from interviewer.assessment.judges.judge import Ruling, Verdict
from interviewer.assessment.judges.reporting import with_judgement
from interviewer.assessment.judges.sampling import Judgement, settled
from interviewer.assessment.self_rating import with_own_levels
from interviewer.content.form import Value
from interviewer.content.library import Library
from interviewer.interview.annotations import JUDGEMENT, Annotation
from interviewer.transcript import Transcript

ABOUT = "interview"
_MOST_SAMPLES = 100


class KeptRuling(Value):
    """One ruling; without a verdict it says why."""

    level: int | None = None
    quotes: tuple[str, ...] = Field(default=(), max_length=20)
    why: str = ""


class KeptJudgement(Value):
    """What a judge said of an interview; `rulings` by `<round>/<rubric id>`."""

    judge: str = Field(max_length=200)
    samples: int = Field(ge=1, le=_MOST_SAMPLES)
    usage: dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(
        default_factory=dict
    )
    rulings: dict[str, tuple[KeptRuling, ...]]


def judgement_note(judgement: Judgement) -> Annotation:
    """Return a judgement as it is kept: what was said, no level that came of it."""
    kept = KeptJudgement(
        judge=judgement.judge,
        samples=judgement.samples,
        usage=dict(judgement.usage),
        rulings={
            "/".join(key): tuple(_kept(ruling) for ruling in rulings)
            for key, rulings in judgement.rulings.items()
        },
    )
    return Annotation(JUDGEMENT, ABOUT, kept.model_dump(mode="json"))


def judgement_in(said: Sequence[Annotation], cases: Sequence[Case]) -> Judgement | None:
    """Return the last judgement kept of an interview, held against its answers anew.

    A note that cannot be read, as of another program, is passed over. What one claims counts for
    no more than what a model says: every quote is looked for, and the rules hold every level.
    """
    for entry in reversed(said):
        if entry.kind != JUDGEMENT:
            continue
        try:
            kept = KeptJudgement.model_validate(dict(entry.body))
        except ValidationError:
            continue
        rulings = {
            (name.partition("/")[0], name.partition("/")[2]): tuple(_ruling(one) for one in given)
            for name, given in kept.rulings.items()
        }
        return settled(kept.judge, kept.samples, cases, rulings, kept.usage)
    return None


def judged_again(
    assessment: Assessment, said: Sequence[Annotation], transcript: Transcript, library: Library
) -> Assessment:
    """Return a report with the levels of the judgement kept beside its interview, if any."""
    if not any(entry.kind == JUDGEMENT for entry in said):
        return assessment
    cases = cases_in(assessment, transcript, library)
    judgement = judgement_in(said, cases)
    if judgement is None:
        return assessment
    found = with_judgement(assessment, judgement, cases, transcript, library)
    return with_own_levels(found, said)


def _kept(ruling: Ruling) -> KeptRuling:
    if ruling.verdict is None:
        return KeptRuling(why=ruling.why or "?")
    return KeptRuling(level=ruling.verdict.level, quotes=ruling.verdict.quotes[:20])


def _ruling(kept: KeptRuling) -> Ruling:
    return Ruling(None, kept.why) if kept.why else Ruling(Verdict(kept.level, kept.quotes))
