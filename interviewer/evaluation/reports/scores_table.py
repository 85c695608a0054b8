"""Values as Parquet: a row a transcript, a column a metric; what is not scored is null.

DuckDB writes it: half the size of the libraries of Arrow and Polars, with no dependency of its
own, and `SELECT … FROM 'scores.parquet'` for whoever has it. It comes with the extra `parquet`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from interviewer.errors import SetupError
from interviewer.evaluation.report import Evaluation
from interviewer.evaluation.running import Scored

_AT_ONCE = 1 << 20


def can_write_parquet() -> bool:
    """Return whether the extra is installed."""
    return find_spec("duckdb") is not None


def scores_parquet(evaluation: Evaluation) -> Iterator[bytes]:
    """Yield the file of an evaluation's values, piece by piece; the same values, the same bytes.

    Raises:
        SetupError: The extra is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise SetupError(
            "Parquet needs DuckDB, which an extra brings: pip install 'three-rounds[parquet]'. "
            "Or leave parquet out of --format."
        ) from None
    names = [summary.name for summary in evaluation.summaries]
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(":memory:", config=settings) as table,
    ):
        rows, path = Path(folder) / "scores.jsonl", Path(folder) / "scores.parquet"
        with rows.open("w", encoding="utf-8") as lines:
            lines.writelines(_row(entry, names) for entry in evaluation.scored)
        kinds = dict.fromkeys(map(_place, range(len(names))), "DOUBLE")
        columns = {"file": "VARCHAR", "id": "VARCHAR", "findings": "INTEGER", **kinds}
        shown = ", ".join(
            ["file", "id", "findings"]
            + [f"{_place(n)} AS {_quoted(name)}" for n, name in enumerate(names)]
        )
        table.execute(
            f"COPY (SELECT {shown} FROM read_json(?, format='newline_delimited', "
            f"columns={columns})) TO ? (FORMAT parquet, COMPRESSION zstd)",
            [str(rows), str(path)],
        )
        with path.open("rb") as data:
            while piece := data.read(_AT_ONCE):
                yield piece


def _row(entry: Scored, names: Sequence[str]) -> str:
    row: dict[str, object] = {
        "file": _text(entry.where),
        "id": _text(entry.id),
        "findings": sum(len(score.findings) for score in entry.scores.values()),
    }
    row |= {_place(n): entry.scores[name].value for n, name in enumerate(names)}
    return json.dumps(row) + "\n"


def _place(number: int) -> str:
    return f"m{number}"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _text(text: str) -> str:
    """Return a text with half of a surrogate pair as its escape: UTF-8 has no form for it."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
