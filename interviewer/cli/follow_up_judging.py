"""A model judges follow-ups for `evaluate --judge`: what leaves the machine is said before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.output import progress_bar, say
from interviewer.errors import InputError, UsageError
from interviewer.models.naming import BUILTIN, understood

if TYPE_CHECKING:
    from interviewer.cli.giving import Options
    from interviewer.content.library import Library
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.judged.asking import FollowUp, Sheet
    from interviewer.evaluation.judged.verdicts import Judged
    from interviewer.models.follow_up_judge import Heard
    from interviewer.models.naming import ModelName
    from interviewer.wiring import Settings

SAMPLE, REPEATS = 50, 2


def judged_by(
    options: Options, settings: Settings, library: Library, files: Sequence[Path], given: Given,
    out: Path | None,
) -> Judged | None:  # fmt: skip
    """Return what a model says of a sample of follow-ups, None where none is named.

    Args:
        options: Who is asked, and how often; naming a model is the consent.
        settings: How models are reached, and the data folder.
        library: For what opens models.
        files: The transcripts.
        given: What is given beside them.
        out: Folder of the report, where verdicts are kept unless another is named.

    Raises:
        UsageError: There is no model to judge.
        SetupError: The string names no model.
    """
    from interviewer.evaluation.judged.asking import sample, sheets_for
    from interviewer.evaluation.judged.verdicts import judged_of
    from interviewer.models.follow_up_judge import prompt_hash

    name = _model(options, settings)
    if name is None:
        return None
    found = 0

    def counted() -> Iterator[FollowUp]:
        nonlocal found
        for follow_up in _follow_ups(files, given):
            found += 1
            yield follow_up

    repeats, most = options.judge_repeats or REPEATS, options.judge_sample or SAMPLE
    drawn = sample(counted(), most, options.judge_seed)
    sheets = sheets_for(drawn, repeats, options.judge_seed)
    folder = options.judge_cache or (out / "judge" if out else settings.home / "judge")
    if sheets:
        _announce(name, len(drawn), found, repeats, len(sheets), folder)
    heard = hear(settings, library, name, sheets, folder)
    prompts = "+".join(dict.fromkeys(prompt_hash(entry.language) for entry in drawn))
    settings_used = {"seed": options.judge_seed, "sample": most, "repeats": repeats}
    judged = judged_of(
        name.text, prompts, sheets, heard.said, found=found, usage=heard.usage,
        cached=heard.cached, settings=settings_used,
    )  # fmt: skip
    _remark(judged)
    return judged


def _model(options: Options, settings: Settings) -> ModelName | None:
    if options.judge is None:
        if options.judge_sample or options.judge_repeats or options.judge_cache:
            raise UsageError("--judge-sample, --judge-repeats and --judge-cache go with --judge.")
        return None
    return model_of(options.judge, settings)


def model_of(judge: str, settings: Settings) -> ModelName:
    """Return the model that is named as a judge.

    Raises:
        UsageError: It judges nothing.
        SetupError: The string names no model.
    """
    if judge == BUILTIN:
        raise UsageError("The built-in voice judges nothing. Write --judge PROVIDER:MODEL.")
    text = judge.removeprefix("gguf:")
    return understood(judge if text == judge else f"local:{text}", settings.access)


def where_to(name: ModelName) -> str:
    """Return where what a judge reads goes, as the end of a sentence."""
    return f"sent to {name.goes_to}" if name.goes_to else "read on this machine"


def hear(
    settings: Settings, library: Library, name: ModelName, sheets: Sequence[Sheet], folder: Path
) -> Heard:
    """Return what a judge says to sheets, with its progress shown; nothing is asked twice.

    Args:
        settings: How models are reached.
        library: For what opens models.
        name: The model.
        sheets: What it is asked.
        folder: Where verdicts are kept.
    """
    with progress_bar("Asking") as progress:
        return asyncio.run(
            _heard(settings, library, name, sheets, folder,
                   lambda done, total: progress(name.shown, done, total))
        )  # fmt: skip


def _follow_ups(files: Sequence[Path], given: Given) -> Iterator[FollowUp]:
    """Yield follow-ups of transcripts that can be read; the others are counted where all are."""
    from interviewer.evaluation.given import filled
    from interviewer.evaluation.judged.asking import follow_ups
    from interviewer.evaluation.reading import parsed, sources_in
    from interviewer.evaluation.speech import Speech

    for source in sources_in(files, given.read_as):
        try:
            transcript = filled(parsed(source), given)
        except InputError:
            continue
        yield from follow_ups(Speech(transcript, source.where), source.where)


def _announce(
    name: ModelName, drawn: int, found: int, repeats: int, asked: int, folder: Path
) -> None:
    say(
        f"{name.shown} judges {drawn} of {found} follow-ups, {repeats} times and once turned "
        f"round, each also with another's answer: {asked} verdicts at most. The answers before "
        f"them and the follow-ups are {where_to(name)} as they stand, with any names in them. "
        f"Verdicts are kept in {folder}."
    )


def _remark(judged: Judged) -> None:
    tokens = ", ".join(f"{judged.usage.get(kind, 0):,.0f} tokens {way}"
                       for kind, way in (("input", "in"), ("output", "out")))  # fmt: skip
    cost = f", ${judged.usage['cost_usd']:.4f}" if "cost_usd" in judged.usage else ""
    say(f"{judged.judge}: {judged.asked} verdicts, {judged.cached} known already; {tokens}{cost}.")
    for why in judged.failed:
        say(why)


async def _heard(
    settings: Settings, library: Library, name: ModelName, sheets: Sequence[Sheet], folder: Path,
    told: Callable[[int, int], None],
) -> Heard:  # fmt: skip
    from interviewer.models.follow_up_judge import FollowUpJudge
    from interviewer.models.form_asking import FormAsker
    from interviewer.models.verdict_cache import VerdictCache
    from interviewer.wiring import open_speakers

    speakers = open_speakers(settings, library, models=[name.text])
    try:
        judge = FollowUpJudge(FormAsker(speakers.source(name.text)), VerdictCache(folder))
        return await judge.hear(sheets, told)
    finally:
        await speakers.close()
