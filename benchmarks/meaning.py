"""Transcripts a second with `--meaning`: without it, with nothing known, and from kept vectors."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

from interviewer.evaluation.given import NOTHING_GIVEN, Given
from interviewer.evaluation.meaning import MODELS, Meaning
from interviewer.evaluation.metric import known_metrics
from interviewer.evaluation.metrics.known_questions import bank_questions
from interviewer.evaluation.reading import Source, files_in, sources_in
from interviewer.evaluation.running import scored_here
from interviewer.wiring import Settings, open_library

TURNS = 30


@click.command()
@click.argument("transcripts", nargs=-1, required=True, type=click.Path(path_type=Path))
def main(transcripts: tuple[Path, ...]) -> None:
    """Print transcripts a second of wall clock and of processor time, one process."""
    sources = [_short(source) for source in sources_in(files_in(transcripts))]
    click.echo(f"{len(sources)} transcripts of {TURNS} turns")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.sqlite3"
        _tell("words alone", sources, NOTHING_GIVEN)
        begun, meaning = time.perf_counter(), Meaning(path)
        library = open_library(Settings.from_environment())
        for language in MODELS:
            if (model := meaning.of(language)) is not None:
                model.passages(bank_questions(library, language))
        click.echo(f"banks, once a machine: {time.perf_counter() - begun:.0f} s")
        _tell("nothing known", sources, Given(meaning=Meaning(path)))
        _tell("kept vectors", sources, Given(meaning=Meaning(path)))
        click.echo(f"{path.stat().st_size / 1e6:.1f} MB of vectors")


def _short(source: Source) -> Source:
    document = json.loads(source.text)
    document["messages"] = document["messages"][:TURNS]
    return Source(source.where, json.dumps(document, ensure_ascii=False))


def _tell(name: str, sources: Sequence[Source], given: Given) -> None:
    metrics = known_metrics(open_library(Settings.from_environment()))
    begun, worked = time.perf_counter(), time.process_time()
    for _ in scored_here(sources, metrics, given):
        pass
    took, used = time.perf_counter() - begun, time.process_time() - worked
    click.echo(f"{name:14} {len(sources) / took:7.1f} a second, "
               f"{len(sources) / used:7.1f} a second of a processor")  # fmt: skip


if __name__ == "__main__":
    main()
