"""Measures what is promised: turns, start-up, memory, stored bytes, the page. `make bench`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import click
from rich.console import Console
from rich.table import Table

from benchmarks.crowd import measure_crowd, measure_idle_sessions
from benchmarks.footprint import measure_memory, measure_stored_bytes
from benchmarks.measure import Measure
from benchmarks.page import measure_model_sentence, measure_page
from benchmarks.speaking import measure_first_sentence, measure_prompts
from benchmarks.starting import measure_help, measure_start
from benchmarks.turns import measure_rehearsals, measure_turns

ALL: tuple[Callable[[], Iterator[Measure]], ...] = (
    measure_turns,
    measure_rehearsals,
    measure_first_sentence,
    measure_prompts,
    measure_help,
    measure_start,
    measure_memory,
    measure_stored_bytes,
    measure_page,
    measure_model_sentence,
    measure_crowd,
    measure_idle_sessions,
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(as_json: bool) -> None:
    """Run every measurement and print what was seen beside what is aimed at."""
    console = Console(stderr=as_json)
    table = Table("what", "seen", "aim", "reached")
    seen = []
    for measurement in ALL:
        for measure in measurement():
            seen.append(measure)
            table.add_row(*measure.row())
            console.print(f"{measure.what}: {measure.shown}", highlight=False)
    console.print(table)
    if as_json:
        import json

        click.echo(json.dumps([measure.document() for measure in seen], indent=2))


if __name__ == "__main__":
    sys.exit(main())
