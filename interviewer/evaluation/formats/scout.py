"""Transcript databases of Inspect Scout: Parquet, a row a transcript, messages as JSON.

The columns are those of inspect-scout 0.6 (`scout db schema`); DuckDB, the extra `parquet`, reads
and writes them.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from interviewer.errors import InputError, SetupError
from interviewer.evaluation.formats.carried import (
    MARK,
    beside_messages,
    entries,
    mapping,
    messages_of,
    ours,
    restored,
)
from interviewer.evaluation.formats.form import Document, Format
from interviewer.evaluation.formats.inspect_log import read_message
from interviewer.evaluation.formats.inspect_writing import message_for_inspect
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.source import LONGEST, TOO_LONG, Source

_AT_ONCE = 200
# What is read of a row; columns beside these are kept as the transcript's metadata.
_CONTENT = ("messages", "events", "timelines", "events_data")
_COLUMNS = {
    "transcript_id": "VARCHAR", "source_type": "VARCHAR", "date": "VARCHAR",
    "task_set": "VARCHAR", "task_id": "VARCHAR", "agent": "VARCHAR", "model": "VARCHAR",
    "message_count": "BIGINT", "messages": "VARCHAR", "company": "VARCHAR",
    "language": "VARCHAR", MARK: "VARCHAR",
}  # fmt: skip
_TYPES = ", ".join(f"{name}: '{kind}'" for name, kind in _COLUMNS.items())
_COPY = f"""
    COPY (
        SELECT * FROM read_json($2, format = 'newline_delimited', columns = {{{_TYPES}}},
                                maximum_object_size = {4 * LONGEST})
    ) TO $1 (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)
"""
# Columns are those of the file, and not of folders that are called like `company=acme`.
_FROM = "read_parquet(?, hive_partitioning = false)"
# DuckDB takes a path for a pattern of many; in brackets a sign stands for itself.
_NO_PATTERN = re.compile(r"[*?[]")
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def _bears(entry: Mapping[str, object]) -> bool:
    return False  # a Parquet file is told by its first bytes


def _native(entry: object, where: str) -> Document:
    row = mapping(entry)
    try:
        messages = json.loads(str(row.get("messages")))
    except (ValueError, RecursionError):
        raise InputError(f"{where} has messages that are no JSON.") from None
    carried = ours(_parsed(row.get(MARK)))
    said = [read_message(mapping(one), {}, carried is not None) for one in entries(messages)]
    if carried is None:
        kept = {k: v for k, v in row.items() if k not in {"transcript_id", "messages"}}
        carried = {"metadata": kept} if kept else {}
    return restored(str(row.get("transcript_id", "")), carried, said)


def _parsed(text: object) -> object:
    """Return the JSON value of a cell, None for what is none: it may be another's column."""
    try:
        found: object = json.loads(str(text))
    except (ValueError, RecursionError):
        return None
    return found


def sources_in_parquet(path: Path) -> Iterator[Source]:
    """Yield the rows of a Parquet file, some at a time.

    Raises:
        SetupError: The extra is not installed.
    """
    duckdb = _duckdb()
    with duckdb.connect(":memory:", config=_SETTINGS) as table:
        try:
            named = [_NO_PATTERN.sub(r"[\g<0>]", str(path))]
            rows = table.execute(f"SELECT * FROM {_FROM} LIMIT 0", named)
            names = [str(column[0]) for column in rows.description or ()]
            missing = {"transcript_id", "messages"} - set(names)
            if missing:
                told = " and ".join(f"`{name}`" for name in sorted(missing))
                yield Source(str(path), "", f"it has no column {told}; Scout's databases do.")
                return
            read = [name for name in names if name not in _CONTENT[1:]]
            columns = ", ".join('"' + name.replace('"', '""') + '"' for name in read)
            rows = table.execute(f"SELECT {columns} FROM {_FROM}", named)
            number = 0
            while some := rows.fetchmany(_AT_ONCE):
                for row in some:
                    number += 1
                    yield _source(f"{path}:{number}", dict(zip(read, row, strict=True)))
        except (duckdb.Error, RuntimeError, ValueError) as error:
            said = str(error).splitlines()[0][:200]
            yield Source(str(path), "", f"it is no Parquet file that can be read ({said}).")


def _source(where: str, row: dict[str, object]) -> Source:
    if len(str(row["messages"])) > LONGEST:
        return Source(where, "", f"it {TOO_LONG}")
    kept = {key: value for key, value in row.items() if value is not None}
    return Source(where, json.dumps(kept, default=str), form="scout")


@contextmanager
def writing(path: Path) -> Iterator[Rows]:
    """Open a Parquet file for writing: `transcripts.parquet` in a folder, unless it is named.

    Raises:
        SetupError: The extra is not installed.
    """
    duckdb = _duckdb()
    target = _target(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        waiting = Path(folder) / "rows.jsonl"
        with waiting.open("w", encoding="utf-8") as file:
            yield Rows(file)
        part = target.with_name(f".{target.name}.part")
        with duckdb.connect(":memory:", config=_SETTINGS) as table:
            table.execute(_COPY, [str(part), str(waiting)])
        part.replace(target)


def replaces(path: Path, file: Path) -> bool:
    """Whether a file is the one in a folder that rows are written to."""
    target = _target(path)
    return target.exists() and target.samefile(file)


def _target(path: Path) -> Path:
    return path if path.suffix == ".parquet" else path / "transcripts.parquet"


class Rows:
    """Rows that wait as JSON, which DuckDB reads far quicker than it takes them one by one."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, document: Document, losses: Losses) -> None:
        """Write one transcript as a row."""
        interview = mapping(document.get("interview"))
        messages = [message_for_inspect(message) for message in messages_of(document)]
        row = {
            "transcript_id": document["id"],
            "source_type": "three-rounds",
            "date": interview.get("created"),
            "task_set": interview.get("format"),
            "task_id": interview.get("role"),
            "agent": "interviewer",
            "model": interview.get("model"),
            "message_count": len(messages),
            "messages": json.dumps(messages, ensure_ascii=False),
            "company": interview.get("company"),
            "language": interview.get("language"),
            MARK: json.dumps(beside_messages(document), ensure_ascii=False),
        }
        self._file.write(losses.utf8(json.dumps(row, ensure_ascii=False)) + "\n")


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise SetupError(
            "Scout's databases are Parquet, and Parquet needs DuckDB, which an extra brings: "
            "pip install 'three-rounds[parquet]'."
        ) from None
    return duckdb


FORMAT = Format(
    "scout", "Inspect Scout transcripts (Parquet)", _bears, _native, ending=".parquet",
    sources=sources_in_parquet, writing=writing, replaces=replaces,
)  # fmt: skip
