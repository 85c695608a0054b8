"""What commands print with: results on standard output, all else on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from interviewer.errors import InputError


def print_json(document: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Print a remark that is no result."""
    click.echo(text, err=True)


@contextmanager
def progress_bar(
    doing: str = "Reading research on",
) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on standard error while something is done; nothing when all is quick."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(doing + " {task.description}"), BarColumn(),
               MofNCompleteColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def advance(company: str, done: int, total: int) -> None:
            if company not in tasks:
                tasks[company] = bar.add_task(company, total=total)
            bar.update(tasks[company], completed=done, total=total)  # type: ignore[arg-type]  # TaskID is an int

        yield advance


def write_file(path: Path, text: str) -> None:
    """Write a result whole or not at all.

    Raises:
        InputError: The place cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Half of a surrogate pair has no UTF-8; in JSON its escape means the same.
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise InputError(
            f"{path} cannot be written ({error.strerror}). Name another place with --out."
        ) from None
