"""A model judges examiners in their parts for `evaluate --judge`: turns, and whole rounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interviewer.cli.judge_hearing import JudgeOrder, hear, remark, speeches, where_to
from interviewer.cli.output import say

if TYPE_CHECKING:
    from interviewer.evaluation.judged.part_figures import JudgedParts
    from interviewer.evaluation.judged.parts import Kind, Part


def judged_parts(order: JudgeOrder, kind: Kind) -> JudgedParts:
    """Return what a model says of a sample of turns, or of rounds."""
    from interviewer.evaluation.judged import parts
    from interviewer.evaluation.judged.asking import sample
    from interviewer.evaluation.judged.part_figures import JudgedParts, weighed
    from interviewer.models.sheet_judge import prompt_hash

    turns = kind == "role_breaks"
    find = parts.turns_in if turns else parts.rounds_in
    show = parts.sheets_for_turns if turns else parts.sheets_for_rounds
    found = 0

    def counted() -> Iterator[Part]:
        nonlocal found
        for speech in speeches(order):
            for part in find(speech, order.library):
                found += 1
                yield part

    drawn = sample(counted(), order.most, order.seed)
    sheets = show(drawn, order.library, order.repeats, order.seed)
    if sheets:
        _announce(order, kind, len(drawn), found, len(sheets))
    heard = hear(order.settings, order.library, order.name, sheets, order.folder)
    prompts = (prompt_hash(kind, part.language) for part in drawn)
    failed = tuple(dict.fromkeys(said.failed for said in heard.said if said.failed))
    judged = JudgedParts(
        kind, order.name.text, "+".join(dict.fromkeys(prompts)), weighed(sheets, heard.said),
        found, failed, dict(heard.usage), heard.cached, len(sheets), order.told,
    )  # fmt: skip
    remark(judged)
    return judged


def _announce(order: JudgeOrder, kind: Kind, drawn: int, found: int, asked: int) -> None:
    what, beside = {
        "role_breaks": ("turns of examiners", "with a break planted and a clean question"),
        "persona_fidelity": ("rounds of examiners", "the same under another examiner's card"),
    }[kind]
    say(
        f"{order.name.shown} judges {drawn} of {found} {what}, {order.repeats} times, and beside "
        f"them {beside}: {asked} verdicts at most. What examiners say is {where_to(order.name)} "
        f"as it stands, with any names in it. Verdicts are kept in {order.folder}."
    )
