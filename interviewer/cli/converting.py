"""`evaluate convert`: transcripts from other people's formats into ours, and ours into theirs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.output import print_json, say
from interviewer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interviewer.evaluation.formats.converting import Conversion
    from interviewer.evaluation.formats.form import Format
    from interviewer.evaluation.formats.source import Source

TOO_MANY_UNREADABLE = 5


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "to", required=True, help="native, openai, sharegpt, inspect, scout, otel "
              "or vcon.")  # fmt: skip
@click.option("--from", "form", default="", help="The files' format, where they do not show it: "
              "one of these, openinference or langsmith.")  # fmt: skip
@click.option("--interviewer-role", default="", help="The role of the interviewer as the files "
              "name it; `assistant` unless stated.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Where to write; lines of JSON go to "
              "standard output without it.")  # fmt: skip
@click.option("--allow-unreadable", type=click.FloatRange(0, 1), default=0.0, show_default=True,
              help="Share of transcripts that may be unreadable without exit code 5.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON document.")
def convert(
    paths: tuple[Path, ...],
    to: str,
    form: str,
    interviewer_role: str,
    out: Path | None,
    allow_unreadable: float,
    as_json: bool,
) -> None:
    r"""Write transcripts of any format in another one.

    \b
    Examples:
      interviewer evaluate convert chats.json --to native --interviewer-role gpt --out chats.jsonl
      interviewer evaluate convert runs/now --to inspect --out logs/now.eval
      interviewer evaluate convert runs/now --to scout --out transcripts
    """
    from interviewer.cli.giving import read_as
    from interviewer.evaluation.formats.registry import format_named
    from interviewer.evaluation.reading import files_in, sources_in

    target = format_named(to, writes=True)
    if out is None and (as_json or target.writing):
        raise UsageError(f"Say where to write: --out NAME{target.ending}.")
    files = files_in(paths)
    _refuse_own(files, target, out)
    sources = sources_in(files, read_as(form, interviewer_role))
    done = _converted(sources, target, out)
    _tell(done, target, out, as_json, interviewer_role)
    if done.unreadable_share > allow_unreadable or not done.written:
        click.get_current_context().exit(TOO_MANY_UNREADABLE)


def _refuse_own(files: Sequence[Path], target: Format, out: Path | None) -> None:
    """Refuse to write over what is read, of which the format may not hold everything."""
    from interviewer.evaluation.formats.converting import replaced_by

    own = next((f for f in files if replaced_by(target, out, f)), None) if out else None
    if own is not None:
        raise UsageError(f"{own} is read, and {out} would replace it. Name another place.")


def _converted(sources: Iterator[Source], target: Format, out: Path | None) -> Conversion:
    from interviewer.evaluation.formats.converting import Lines, convert, place_in

    if out is None:
        return convert(sources, Lines(target, sys.stdout.buffer))
    try:
        with place_in(target, out) as place:
            return convert(sources, place)
    except OSError as error:
        raise InputError(
            f"{out} cannot be written ({error.strerror}). Name another place with --out."
        ) from None


def _tell(
    done: Conversion, target: Format, out: Path | None, as_json: bool, interviewer_role: str
) -> None:
    if done.written:
        say(
            f"{done.written} transcripts written as {target.title}"
            f"{f' to {out}' if out else ''}; the interviewer is the role "
            f"`{interviewer_role or 'assistant'}` of what was read."
        )
    else:
        say("Nothing was written: there is no transcript that can be read in what is named.")
    for name, count in done.losses.counts.items():
        say(f"Not held: {name}, {count} times.")
    if done.unreadable:
        say(f"{done.unreadable} transcripts cannot be read; the first: {done.faults[0]}")
    if as_json:
        print_json({
            "schema": "interviewer.conversion/1",
            "format": target.name,
            "written": done.written,
            "not_held": dict(done.losses.counts),
            "unreadable": done.unreadable,
            "faults": done.faults,
        })  # fmt: skip
