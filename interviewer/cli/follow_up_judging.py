"""A model judges follow-ups for `evaluate --judge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.cli.judge_hearing import JudgeOrder, drawn, hear, remark, where_to
from interviewer.cli.output import say

if TYPE_CHECKING:
    from interviewer.evaluation.judged.verdicts import Judged


def judged_follow_ups(order: JudgeOrder) -> Judged:
    """Return what a model says of a sample of follow-ups."""
    from interviewer.evaluation.judged.asking import follow_ups, sheets_for
    from interviewer.evaluation.judged.verdicts import judged_of
    from interviewer.models.sheet_judge import prompt_hash

    sampled, found = drawn(order, lambda speech: follow_ups(speech, speech.where))
    sheets = sheets_for(sampled, order.repeats, order.seed)
    if sheets:
        _announce(order, len(sampled), found, len(sheets))
    heard = hear(order.settings, order.library, order.name, sheets, order.folder)
    prompts = (prompt_hash("follow_up_relevance", entry.language) for entry in sampled)
    judged = judged_of(
        order.name.text, "+".join(dict.fromkeys(prompts)), sheets, heard.said, found=found,
        usage=heard.usage, cached=heard.cached, settings=order.told,
    )  # fmt: skip
    remark(judged)
    return judged


def _announce(order: JudgeOrder, sampled: int, found: int, asked: int) -> None:
    say(
        f"{order.name.shown} judges {sampled} of {found} follow-ups, {order.repeats} times and "
        f"once turned round, each also with another's answer: {asked} verdicts at most. The "
        f"answers before them and the follow-ups are {where_to(order.name)} as they stand, with "
        f"any names in them. Verdicts are kept in {order.folder}."
    )
