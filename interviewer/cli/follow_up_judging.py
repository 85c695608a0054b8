"""A model judges follow-ups for `evaluate --judge`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interviewer.cli.judge_hearing import JudgeOrder, hear, remark, speeches, where_to
from interviewer.cli.output import say

if TYPE_CHECKING:
    from interviewer.evaluation.judged.asking import FollowUp
    from interviewer.evaluation.judged.verdicts import Judged


def judged_follow_ups(order: JudgeOrder) -> Judged:
    """Return what a model says of a sample of follow-ups."""
    from interviewer.evaluation.judged.asking import follow_ups, sample, sheets_for
    from interviewer.evaluation.judged.verdicts import judged_of
    from interviewer.models.sheet_judge import prompt_hash

    found = 0

    def counted() -> Iterator[FollowUp]:
        nonlocal found
        for speech in speeches(order):
            for follow_up in follow_ups(speech, speech.where):
                found += 1
                yield follow_up

    drawn = sample(counted(), order.most, order.seed)
    sheets = sheets_for(drawn, order.repeats, order.seed)
    if sheets:
        _announce(order, len(drawn), found, len(sheets))
    heard = hear(order.settings, order.library, order.name, sheets, order.folder)
    prompts = (prompt_hash("follow_up_relevance", entry.language) for entry in drawn)
    judged = judged_of(
        order.name.text, "+".join(dict.fromkeys(prompts)), sheets, heard.said, found=found,
        usage=heard.usage, cached=heard.cached, settings=order.told,
    )  # fmt: skip
    remark(judged)
    return judged


def _announce(order: JudgeOrder, drawn: int, found: int, asked: int) -> None:
    say(
        f"{order.name.shown} judges {drawn} of {found} follow-ups, {order.repeats} times and once "
        f"turned round, each also with another's answer: {asked} verdicts at most. The answers "
        f"before them and the follow-ups are {where_to(order.name)} as they stand, with any names "
        f"in them. Verdicts are kept in {order.folder}."
    )
