"""How the folder of a run and the files of its parts are called."""

from __future__ import annotations

import re
from pathlib import Path

ROWS, FIGURES = ".rows.jsonl", ".figures.json"
_RUN, _PART = re.compile(r"run-[0-9a-f]{32}"), re.compile(r"\.?part-\d{6,}\..+")


def run_folder(place: Path, name: str) -> Path:
    """Return the folder of a run.

    Args:
        place: Where folders of runs lie.
        name: The run's hash.
    """
    return place / f"run-{name[:32]}"


def part_name(number: int) -> str:
    """Return how the files of a shard begin; the folder they lie in tells what they are of."""
    return f"part-{number:06d}"


def is_part(path: Path) -> bool:
    """Whether a file is of a run's part and no file of transcripts."""
    return bool(_RUN.fullmatch(path.parent.name) and _PART.fullmatch(path.name))
