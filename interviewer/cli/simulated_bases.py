"""Interviews that `evaluate validate` changes: simulated at every employer of a language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from interviewer.cli.interviewing import open_desk
from interviewer.cli.opening import open_research
from interviewer.cli.output import Advance
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.wiring import Settings, open_library

FORMAT = "company"


def simulated_interviews(
    languages: Sequence[str], number: int, seed: int, progress: Advance
) -> Iterator[Transcript]:
    """Yield interviews held here, one employer and post after the other.

    Args:
        languages: In which.
        number: How many in each.
        seed: What all of them are drawn from.
        progress: Told of each.

    Raises:
        InputError: No employer speaks one of the languages.
    """
    settings = Settings.from_environment()
    library = open_library(settings)
    research = open_research(settings, library, progress)
    done = 0
    for language in languages:
        posts = _posts(library, language)
        counts = {post: 0 for post in posts}
        for post in islice(cycle(posts), number):
            counts[post] += 1
        for (company, role), candidates in counts.items():
            run = Run(company, role, language, FORMAT, candidates, seed)
            desk = open_desk(library, research, run)
            with asyncio.Runner() as runner:
                for place in range(candidates):
                    yield runner.run(desk.interview(place))
                    done += 1
                    progress("simulated interviews", done, number * len(languages))


def _posts(library: Library, language: str) -> list[tuple[str, str]]:
    found = [
        (company, post.id)
        for company, pack in sorted(library.packs.items())
        if language in pack.company.languages
        for post in pack.company.posts
    ]
    if not found:
        raise InputError(f"No employer here is interviewed at in {language}.")
    return found
