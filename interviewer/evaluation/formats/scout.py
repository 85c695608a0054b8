"""Transcript databases of Inspect Scout: Parquet, a row a transcript, messages as JSON.

The columns are those of inspect-scout 0.6 (`scout db schema`); DuckDB, the extra `parquet`, reads
and writes them.
"""

from __future__ import annotations

import json
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
        carried = json.loads(str(row.get(MARK) or "null"))
    except (ValueError, RecursionError):
        raise InputError(f"{where} has messages that are no JSON.") from None
    said = [read_message(mapping(one), {}) for one in entries(messages)]
    if carried is None:
        kept = {k: v for k, v in row.items() if k not in {"transcript_id", "messages"}}
        carried = {"metadata": kept} if kept else {}
    return restored(str(row.get("transcript_id", "")), carried, said)


def sources_in_parquet(path: Path) -> Iterator[Source]:
    """Yield the rows of a Parquet file, some at a time.

    Raises:
        SetupError: The extra is not installed.
    """
    duckdb = _duckdb()
    with duckdb.connect(":memory:", config=_SETTINGS) as table:
        try:
            rows = table.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
            names = [str(column[0]) for column in rows.description or ()]
            missing = {"transcript_id", "messages"} - set(names)
            if missing:
                told = " and ".join(f"`{name}`" for name in sorted(missing))
                yield Source(str(path), "", f"it has no column {told}; Scout's databases do.")
                return
            read = [name for name in names if name not in _CONTENT[1:]]
            columns = ", ".join('"' + name.replace('"', '""') + '"' for name in read)
            rows = table.execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)])
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
    target = path if path.suffix == ".parquet" else path / "transcripts.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        waiting = Path(folder) / "rows.jsonl"
        with waiting.open("w", encoding="utf-8") as file:
            yield Rows(file)
        part = target.with_name(f".{target.name}.part")
        with duckdb.connect(":memory:", config=_SETTINGS) as table:
            table.execute(_COPY, [str(part), str(waiting)])
        part.replace(target)


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
    sources=sources_in_parquet, writing=writing,
)  # fmt: skip
