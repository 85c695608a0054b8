"""Feedback on two whole interviews, word for word: to be read by whoever changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.assessment import Assessment, assess
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import Candidate
from tests.conftest import PlanMaker
from tests.simulating import simulated

GOLDEN = Path(__file__).parents[1] / "golden"
POSTS = {"en": ("brightwell", "data-engineer"), "zh": ("chengyuan", "accountant")}


def told(report: Assessment) -> str:
    """Return the feedback of a report as text."""
    lines = []
    if (first := report.first_change) is not None:
        lines += [first.change, first.why, first.now, ""]
    for part in report.rounds:
        lines.append(f"# {part.name}")
        for item in part.feedback:
            lines += [
                f"* {item.name} {item.level} / {item.required}; {item.rests_on}; {item.turns}",
                f"  {item.seq}: {item.evidence_quote}", f"  {item.gap}",
                f"  {item.question_to_you}", f"  {item.minutes}: {item.drill}",
            ]  # fmt: skip
            lines += [f"  = {line.text}" for line in (item.model_line, item.outline) if line]
        if part.keep is not None:
            lines.append(f"+ {part.keep.seq}: {part.keep.text} {part.keep.why}")
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_golden_feedback(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, language: str,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    """The same interview gets the same feedback; after a change read it before keeping it."""
    company, role = POSTS[language]
    plan = make_plan(company, role, seed=3, language=language)
    candidate = Candidate("thin_junior", "low", language, 3)
    text = told(assess(simulated(plan, candidate, voice, library), library))
    file = GOLDEN / f"feedback-{language}.txt"
    if request.config.getoption("--update-golden"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
