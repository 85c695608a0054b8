"""A model is asked as a judge for `evaluate --judge`: what leaves the machine is said before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from interviewer.cli.output import progress_bar, say
from interviewer.errors import InputError, UsageError
from interviewer.models.naming import BUILTIN, understood

if TYPE_CHECKING:
    from interviewer.cli.giving import Options
    from interviewer.content.library import Library
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.judged.asking import Asked
    from interviewer.evaluation.judged.verdicts import Hearing
    from interviewer.evaluation.speech import Speech
    from interviewer.models.naming import ModelName
    from interviewer.models.sheet_judge import Heard
    from interviewer.wiring import Settings

SAMPLE, REPEATS = 50, 2
Found = TypeVar("Found")


@dataclass(frozen=True)
class JudgeOrder:
    """Who judges, over which transcripts, and how often.

    Attributes:
        name: The model; naming it is the consent.
        settings: How models are reached, and the data folder.
        library: The content, and what opens models.
        files: The transcripts.
        given: What is given beside them.
        folder: Where verdicts are kept.
        most: At most so many of what is judged.
        repeats: How often each.
        seed: Of the sample and the controls.
    """

    name: ModelName
    settings: Settings
    library: Library
    files: Sequence[Path]
    given: Given
    folder: Path
    most: int
    repeats: int
    seed: int

    @property
    def told(self) -> Mapping[str, int]:
        """Return seed, sample and repeats by name, as reports tell them."""
        return {"seed": self.seed, "sample": self.most, "repeats": self.repeats}


def judge_order(
    options: Options, settings: Settings, library: Library, files: Sequence[Path], given: Given,
    out: Path | None,
) -> JudgeOrder | None:  # fmt: skip
    """Return who judges and how often, None where nobody is named.

    Args:
        options: Who is asked, and how often.
        settings: How models are reached, and the data folder.
        library: The content, and what opens models.
        files: The transcripts.
        given: What is given beside them.
        out: Folder of the report, where verdicts are kept unless another is named.

    Raises:
        UsageError: There is no model to judge.
        SetupError: The string names no model.
    """
    if options.judge is None:
        if options.judge_sample or options.judge_repeats or options.judge_cache:
            raise UsageError("--judge-sample, --judge-repeats and --judge-cache go with --judge.")
        return None
    return JudgeOrder(
        model_of(options.judge, settings), settings, library, files, given,
        options.judge_cache or (out / "judge" if out else settings.home / "judge"),
        options.judge_sample or SAMPLE, options.judge_repeats or REPEATS, options.judge_seed,
    )  # fmt: skip


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
    settings: Settings, library: Library, name: ModelName, sheets: Sequence[Asked], folder: Path
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


def drawn(
    order: JudgeOrder, find: Callable[[Speech], Iterable[Found]]
) -> tuple[tuple[Found, ...], int]:
    """Return a sample of what is found in transcripts, and how much there is.

    Args:
        order: Which transcripts, and how much is drawn.
        find: Finds what is judged in one of them.
    """
    from interviewer.evaluation.judged.asking import sample

    total = 0

    def counted() -> Iterator[Found]:
        nonlocal total
        for speech in _speeches(order):
            for entry in find(speech):
                total += 1
                yield entry

    return sample(counted(), order.most, order.seed), total


def _speeches(order: JudgeOrder) -> Iterator[Speech]:
    """Yield transcripts that can be read; the others are counted where all are."""
    from interviewer.evaluation.given import filled
    from interviewer.evaluation.reading import parsed, sources_in
    from interviewer.evaluation.speech import Speech

    for source in sources_in(order.files, order.given.read_as):
        try:
            transcript = filled(parsed(source), order.given)
        except InputError:
            continue
        yield Speech(transcript, source.where)


def remark(judged: Hearing) -> None:
    """Say how many verdicts there are, what they took, and what failed."""
    tokens = ", ".join(f"{judged.usage.get(kind, 0):,.0f} tokens {way}"
                       for kind, way in (("input", "in"), ("output", "out")))  # fmt: skip
    cost = f", ${judged.usage['cost_usd']:.4f}" if "cost_usd" in judged.usage else ""
    say(f"{judged.judge}: {judged.asked} verdicts, {judged.cached} known already; {tokens}{cost}.")
    for why in judged.failed:
        say(why)


async def _heard(
    settings: Settings, library: Library, name: ModelName, sheets: Sequence[Asked], folder: Path,
    told: Callable[[int, int], None],
) -> Heard:  # fmt: skip
    from interviewer.models.form_asking import FormAsker
    from interviewer.models.sheet_judge import SheetJudge
    from interviewer.models.verdict_cache import VerdictCache
    from interviewer.wiring import open_speakers

    speakers = open_speakers(settings, library, models=[name.text])
    try:
        judge = SheetJudge(FormAsker(speakers.source(name.text)), VerdictCache(folder))
        return await judge.hear(sheets, told)
    finally:
        await speakers.close()
