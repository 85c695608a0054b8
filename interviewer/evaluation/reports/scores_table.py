"""Values as Parquet: a row a transcript, a column a metric; what is not scored is null.

DuckDB writes it: half the size of the libraries of Arrow and Polars, with no dependency of its
own, and `SELECT … FROM 'scores.parquet'` for whoever has it. It comes with the extra `parquet`.
"""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

from interviewer.errors import SetupError
from interviewer.evaluation.report import Evaluation


def can_write_parquet() -> bool:
    """Return whether the extra is installed."""
    return find_spec("duckdb") is not None


def scores_parquet(evaluation: Evaluation) -> bytes:
    """Return the values of an evaluation; the same values give the same bytes.

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
    columns = ['"file" VARCHAR', '"id" VARCHAR', '"findings" INTEGER']
    columns += [f"{_quoted(name)} DOUBLE" for name in names]
    rows = [
        [
            _text(entry.where),
            _text(entry.id),
            sum(len(score.findings) for score in entry.scores.values()),
            *(entry.scores[name].value for name in names),
        ]
        for entry in evaluation.scored
    ]
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(":memory:", config=settings) as table,
    ):
        path = Path(folder) / "scores.parquet"
        table.execute(f"CREATE TABLE scores ({', '.join(columns)})")
        if rows:
            marks = ", ".join("?" * len(columns))
            table.begin()
            table.executemany(f"INSERT INTO scores VALUES ({marks})", rows)
            table.commit()
        table.execute("COPY scores TO ? (FORMAT parquet, COMPRESSION zstd)", [str(path)])
        return path.read_bytes()


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _text(text: str) -> str:
    """Return a text with half of a surrogate pair as its escape: UTF-8 has no form for it."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
