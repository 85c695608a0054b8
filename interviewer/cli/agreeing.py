"""`evaluate agree`: how far marks of people and of a machine agree."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.output import print_json, say, write_file
from interviewer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.evaluation.agreement.agreeing import Agreement
    from interviewer.evaluation.agreement.marks import Levels, Mark

_LEVELS = re.compile(r"(\d{1,3})-(\d{1,3})")
_LARGEST_SEED = 2**31


@click.command()
@click.argument("people", type=click.Path(path_type=Path))
@click.argument("machine", required=False, type=click.Path(path_type=Path))
@click.option("--machine-rater", multiple=True, help="In one file, a rater who is a machine.")
@click.option("--levels", default="1-5", show_default=True, help="The levels that may be given.")
@click.option("--seed", type=click.IntRange(0, _LARGEST_SEED), help="Of the intervals.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              help="Write agreement.json and agreement.md into it.")  # fmt: skip
def agree(
    people: Path,
    machine: Path | None,
    machine_rater: tuple[str, ...],
    levels: str,
    seed: int | None,
    as_json: bool,
    out: Path | None,
) -> None:
    r"""Tell how far marks agree: PEOPLE.csv, and MACHINE.csv beside it.

    Both have the columns transcript, turn, item, rater, value and candidate; group is optional.

    \b
    Examples:
      interviewer evaluate agree people.csv machine.csv
      interviewer evaluate agree everybody.csv --machine-rater model-a --json
    """
    from interviewer.evaluation.agreement.agreeing import agreement_of
    from interviewer.evaluation.agreement.resampling import SEED
    from interviewer.evaluation.agreement.telling import agreement_markdown, agreement_to_json

    if machine is not None and machine_rater:
        raise UsageError("--machine-rater is for one file; the second file is the machine's.")
    offered = levels_of(levels)
    by_people, by_machine = _sides(people, machine, machine_rater, offered)
    found = agreement_of(by_people, by_machine, SEED if seed is None else seed)
    document = agreement_to_json(found)
    if out is not None:
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        write_file(out / "agreement.json", text)
        write_file(out / "agreement.md", agreement_markdown(found))
        say(f"Written to {out}.")
    if as_json:
        print_json(document)
    else:
        _print(found)


def levels_of(text: str) -> Levels:
    """Return the levels an option names.

    Raises:
        UsageError: It names none.
    """
    from interviewer.evaluation.agreement.marks import Levels

    match = _LEVELS.fullmatch(text)
    if match is None or int(match[1]) >= int(match[2]):
        raise UsageError(f"`{text}` names no levels. Write the lowest and the highest, as 1-5.")
    return Levels(int(match[1]), int(match[2]))


def read_marks(path: Path, levels: Levels, *, by_machine: bool = False) -> tuple[Mark, ...]:
    """Return the marks of a file.

    Raises:
        InputError: It cannot be read, or something in it is wrong; names the lines.
    """
    from interviewer.evaluation.agreement.marks import marks_in

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path} cannot be read. Give a file of comma-separated values in UTF-8."
                         ) from None  # fmt: skip
    return marks_in(text, where=str(path), levels=levels, by_machine=by_machine)


def _sides(
    people: Path, machine: Path | None, raters: Sequence[str], levels: Levels
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    if machine is not None:
        return read_marks(people, levels), read_marks(machine, levels, by_machine=True)
    marks = read_marks(people, levels, by_machine=bool(raters))
    known = {mark.rater for mark in marks}
    unknown = [name for name in raters if name not in known]
    if unknown:
        raise InputError(f"{people} has no rater {unknown[0]!r}. Raters are "
                         f"{', '.join(sorted(known))}.")  # fmt: skip
    own = tuple(mark for mark in marks if mark.rater not in raters)
    return own, tuple(mark for mark in marks if mark.rater in raters)


def _print(found: Agreement) -> None:
    from rich.console import Console
    from rich.table import Table

    from interviewer.evaluation.agreement.telling import HEAD, agreement_markdown, cells

    table = Table(*HEAD)
    for row in found.rows:
        table.add_row(*cells(row))
    Console(width=150).print(table)
    # The rest is the same text as in the report, without its first table.
    text = agreement_markdown(found)
    click.echo(text[text.index("\nThe constant") :] if found.constant is not None else text)
