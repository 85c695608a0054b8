"""What a model judges for the metrics that are chosen, given beside the transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.judge_hearing import judge_order

if TYPE_CHECKING:
    from interviewer.cli.giving import Options
    from interviewer.content.library import Library
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.judged.part_figures import JudgedParts
    from interviewer.evaluation.judged.parts import Kind
    from interviewer.wiring import Settings

_OF_FOLLOW_UPS = {"follow_up_relevance", "judge_reliability"}
_OF_PARTS: tuple[Kind, ...] = ("role_breaks", "persona_fidelity")


def judged_given(
    options: Options, settings: Settings, library: Library, files: Sequence[Path], given: Given,
    out: Path | None, metrics: Iterable[str],
) -> Given:  # fmt: skip
    """Return what is given with what a model judges; only what a chosen metric shows is asked.

    Args:
        options: Who is asked, and how often; naming a model is the consent.
        settings: How models are reached, and the data folder.
        library: The content, and what opens models.
        files: The transcripts.
        given: What is given beside them.
        out: Folder of the report, where verdicts are kept unless another is named.
        metrics: The names of the metrics.

    Raises:
        UsageError: There is no model to judge.
        SetupError: The string names no model.
    """
    from interviewer.cli.follow_up_judging import judged_follow_ups
    from interviewer.cli.part_judging import judged_parts

    order = judge_order(options, settings, library, files, given, out)
    if order is None:
        return replace(given, judged=None, judged_parts={})
    names = set(metrics)
    judged = judged_follow_ups(order) if names & _OF_FOLLOW_UPS else None
    parts: dict[str, JudgedParts] = {
        kind: judged_parts(order, kind) for kind in _OF_PARTS if kind in names
    }
    return replace(given, judged=judged, judged_parts=parts)
