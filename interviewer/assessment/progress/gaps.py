"""What was missing in an interview: what the next plan may start from."""

from __future__ import annotations

from interviewer.assessment.progress.series import level_of
from interviewer.assessment.progress.sitting import Answer, Sitting
from interviewer.interview.starting import Gap, Start, Why


def start_from(sitting: Sitting) -> Start:
    """Return what a plan may know of an earlier interview: gaps in their order, questions asked.

    Competencies without a level come first, then those below what the post asks for, the widest
    gap first; where there are none, the weakest. The levels themselves stay behind.
    """
    by_competency: dict[str, list[Answer]] = {}
    for answer in sitting.answers:
        by_competency.setdefault(answer.competency, []).append(answer)
    levels = {name: level_of(answers) for name, answers in by_competency.items()}
    open_ = [Gap(name, "not_scored") for name, level in levels.items() if level is None]
    over = {
        name: level - (by_competency[name][0].required or level)
        for name, level in levels.items()
        if level is not None
    }
    ordered = sorted(over, key=lambda name: over[name])
    low = [Gap(name, "below") for name in ordered if over[name] < 0]
    found = [*open_, *low] or [Gap(name, _WEAKEST) for name in ordered[:1]]
    asked = {answer.question for answer in sitting.answers if answer.asked}
    return Start(sitting.session, tuple(found), tuple(sorted(asked)))


_WEAKEST: Why = "weakest"
