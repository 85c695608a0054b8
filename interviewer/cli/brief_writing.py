"""A model writes the brief in the terminal, where somebody has agreed to it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from interviewer.cli.output import progress_bar, say
from interviewer.errors import InterviewerError
from interviewer.models.naming import BUILTIN, understood

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.briefing import Brief, Paragraph
    from interviewer.interview.planning import Wish
    from interviewer.models.brief_writer import Outcome
    from interviewer.models.naming import ModelName
    from interviewer.transcript import Passage
    from interviewer.wiring import Settings

Told = Callable[[int, int], None]


def brief_model(settings: Settings, asked: str | None) -> ModelName | None:
    """Return the model that writes a brief, None for none; naming one is the consent.

    Raises:
        SetupError: The string names no model.
    """
    named = asked or settings.model or BUILTIN
    return None if named == BUILTIN else understood(named, settings.access)


def written_by(
    settings: Settings, library: Library, made: Brief, wish: Wish, name: ModelName
) -> Brief:
    """Return a brief whose topics the model has written, as far as the research says it.

    What went wrong is said on standard error; the sentences of the research stay in its place.
    """
    from interviewer.interview.writing import to_read, written

    place = f"sent to {name.goes_to}" if name.goes_to else "read on this machine"
    say(f"{name.shown} writes the topics; passages of the research are {place}, nothing of yours.")
    passages = to_read(made, wish)
    headings = {str(t): text for t, text in library.vocabularies[made.language].topics.items()}
    with progress_bar("Writing the brief on") as progress:
        try:
            outcome = asyncio.run(
                _asked(settings, library, made, name, headings, passages,
                       lambda done, total: progress(made.name, done, total))
            )  # fmt: skip
        except InterviewerError as error:
            say(f"The brief is in the words of the research. {error}")
            return made
    brief = written(made, wish, outcome.drafts)
    for line in remarks(brief.paragraphs, outcome, name.shown, headings):
        say(line)
    return brief


async def _asked(
    settings: Settings, library: Library, made: Brief, name: ModelName,
    headings: Mapping[str, str], passages: Mapping[str, Sequence[Passage]], told: Told,
) -> Outcome:  # fmt: skip
    from interviewer.models.brief_writer import BriefWriter
    from interviewer.wiring import open_speakers

    speakers = open_speakers(settings, library, models=[name.text])
    try:
        opened = await speakers.source(name.text).ready()
        writer = BriefWriter(
            opened.chat, made.language, made.name, headings, settings.turn_seconds, told
        )
        return await writer.write(passages)
    finally:
        await speakers.close()


def remarks(
    paragraphs: Mapping[str, Paragraph], outcome: Outcome, shown: str, headings: Mapping[str, str]
) -> list[str]:
    """Return what became of a model's sentences, as lines for people."""
    by_reason: dict[str, list[str]] = {}
    for topic, reason in outcome.failed.items():
        by_reason.setdefault(reason, []).append(headings[topic])
    if not outcome.drafts:
        return [f"The brief is in the words of the research. {' '.join(by_reason)}"]
    kept = sum(one.by_model for p in paragraphs.values() for one in p.sentences)
    dropped: Counter[str] = Counter()
    for paragraph in paragraphs.values():
        dropped.update(paragraph.dropped)
    used = f"{outcome.usage['input']:,} tokens in, {outcome.usage['output']:,} out"
    return [
        f"{shown}: {kept} sentences kept, {dropped.total()} dropped{_why(dropped)}; {used}.",
        *(f"In the words of the research: {', '.join(topics)}. {reason}"
          for reason, topics in by_reason.items()),
    ]  # fmt: skip


def _why(dropped: Mapping[str, int]) -> str:
    return (
        f" ({', '.join(f'{name} {count}' for name, count in sorted(dropped.items()))})"
        if dropped
        else ""
    )
