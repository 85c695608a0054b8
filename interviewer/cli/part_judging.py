"""A model judges examiners in their parts for `evaluate --judge`: turns, and whole rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.cli.judge_hearing import JudgeOrder, drawn, hear, remark, where_to
from interviewer.cli.output import say

if TYPE_CHECKING:
    from interviewer.evaluation.judged.part_figures import JudgedParts
    from interviewer.evaluation.judged.parts import Kind


def judged_parts(order: JudgeOrder, kind: Kind) -> JudgedParts:
    """Return what a model says of a sample of turns, or of rounds."""
    from interviewer.evaluation.judged import parts
    from interviewer.evaluation.judged.part_figures import JudgedParts, weighed
    from interviewer.evaluation.judged.verdicts import failures
    from interviewer.models.sheet_judge import prompt_hash

    turns = kind == "role_breaks"
    find = parts.turns_in if turns else parts.rounds_in
    show = parts.sheets_for_turns if turns else parts.sheets_for_rounds
    sampled, found = drawn(order, lambda speech: find(speech, order.library))
    sheets = show(sampled, order.library, order.repeats, order.seed)
    if sheets:
        _announce(order, kind, len(sampled), found, len(sheets))
    heard = hear(order.settings, order.library, order.name, sheets, order.folder)
    prompts = (prompt_hash(kind, part.language) for part in sampled)
    judged = JudgedParts(
        kind=kind, all=weighed(sheets, heard.said), judge=order.name.text,
        prompt="+".join(dict.fromkeys(prompts)), found=found, failed=failures(heard.said),
        usage=dict(heard.usage), cached=heard.cached, asked=len(sheets), settings=order.told,
    )  # fmt: skip
    remark(judged)
    return judged


def _announce(order: JudgeOrder, kind: Kind, sampled: int, found: int, asked: int) -> None:
    what, beside = {
        "role_breaks": ("turns of examiners", "with a break planted and a clean question"),
        "persona_fidelity": ("rounds of examiners", "the same under another examiner's card"),
    }[kind]
    say(
        f"{order.name.shown} judges {sampled} of {found} {what}, {order.repeats} times, and "
        f"beside them {beside}: {asked} verdicts at most. What examiners say is "
        f"{where_to(order.name)} as it stands, with any names in it. Verdicts are kept in "
        f"{order.folder}."
    )
