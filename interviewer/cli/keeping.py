"""`evaluate --keep`: a report with a copy of its transcripts, for the page `/evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from interviewer.cli.output import write_file
from interviewer.errors import InputError, UsageError
from interviewer.evaluation.kept.shelf import FOLDER, Shelf, kept_transcripts
from interviewer.evaluation.report import MOST_TOLD
from interviewer.evaluation.reports.embedding import read_again
from interviewer.evaluation.reports.folder import Made
from interviewer.wiring import Settings


def place_for(name: str, forms: Sequence[str]) -> Path:
    """Return the folder of an evaluation that is kept.

    Raises:
        UsageError: It would lack what the page shows.
        InputError: The name cannot be used, or is taken.
    """
    if "json" not in forms:
        raise UsageError("The page shows what --format json writes; add it, or leave out --keep.")
    return Shelf(Settings.from_environment().home / FOLDER).place(name)


def write_transcripts(place: Path, made: Made) -> None:
    """Write a copy of every transcript that was read, one file each, by its number.

    Raises:
        InputError: The place cannot be written, or there are more than the page can show.
    """
    if len(made.evaluation.scored) > MOST_TOLD:
        raise InputError(
            f"The page shows {MOST_TOLD:,} transcripts at most, and these are "
            f"{len(made.evaluation.scored):,}. Leave --keep out, or measure fewer."
        )
    entries = dict(enumerate(made.evaluation.scored, start=1))
    files = [Path(entry.file) for entry in made.inputs]
    read = read_again(entries, files, made.given)
    for name, text in kept_transcripts(read):
        write_file(place / name, text)
