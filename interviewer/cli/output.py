"""What commands print with: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import click

from interviewer.errors import InputError


def print_json(document: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Print a remark that is no result; names in it from files steer no terminal."""
    from interviewer.evaluation.reports.marking import visible

    click.echo(visible(text), err=True)


class Advance(Protocol):
    """Moves a bar."""

    def __call__(self, what: str, done: int, total: int, doing: str = ...) -> None:
        """Show how far something is; each thing that is done has a bar of its own."""
        ...


@contextmanager
def progress_bar(doing: str = "Indexing research on") -> Iterator[Advance]:
    """Show bars on standard error while something is done; nothing when all is quick.

    Args:
        doing: What is done, in front of what it is done to.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    usual = doing
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(what: str, done: int, total: int, doing: str = usual) -> None:
            name = f"{doing} {what}"
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=max(done, total))

        yield advance


def write_file(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write a result whole or not at all; one that comes in pieces is never held in memory.

    Raises:
        InputError: The place cannot be written.
    """
    # Two may write the same, each its own part: a worker of a cluster may be thought lost.
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:12]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            # Half of a surrogate pair has no UTF-8; in JSON its escape means the same.
            content = content.encode("utf-8", errors="backslashreplace")
        pieces = [content] if isinstance(content, bytes) else content
        with part.open("wb") as file:
            file.writelines(pieces)
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}). Name another place with --out."
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()
