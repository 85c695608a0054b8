"""Reading many content files and keeping every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from interviewer.content.form import Document, read_document
from interviewer.errors import ContentError, Fault

Read = TypeVar("Read")
Named = TypeVar("Named", bound=Document)


class FaultCollector:
    """Reads many files and keeps every fault instead of stopping at the first."""

    def __init__(self) -> None:
        """Start without faults."""
        self.faults: list[Fault] = []

    def attempt(self, read: Callable[[], Read]) -> Read | None:
        """Return what `read` returns, or None and keep its faults."""
        try:
            return read()
        except ContentError as error:
            self.faults.extend(error.faults)
            return None

    def add(self, path: Path, what: str, fix: str) -> None:
        """Keep a fault found between files."""
        self.faults.append(Fault(path, None, what, fix))

    def settle(self) -> None:
        """Raise everything found.

        Raises:
            ContentError: There were faults.
        """
        if self.faults:
            raise ContentError(*self.faults)


def read_named(folder: Path, form: type[Named], collector: FaultCollector) -> dict[str, Named]:
    """Read every file of a folder in one form, by id; the id is the file's name."""
    documents: dict[str, Named] = {}
    for path in sorted(folder.glob("*.toml")):
        document = collector.attempt(partial(read_document, path, form))
        if document is None:
            continue
        name = getattr(document, "id", path.stem)
        if name != path.stem:
            collector.add(path, f"The id is `{name}`, the file `{path.stem}`.", "Make them equal.")
        documents[name] = document
    return documents


def read_by_language(
    folder: Path, name: str, form: type[Named], collector: FaultCollector
) -> dict[str, Named]:
    """Read `<name>.<lang>.toml` of a folder, by language."""
    found: dict[str, Named] = {}
    for path in sorted(folder.glob(f"{name}.*.toml")):
        document = collector.attempt(partial(read_document, path, form))
        if document is not None:
            found[path.name.split(".")[1]] = document
    return found
