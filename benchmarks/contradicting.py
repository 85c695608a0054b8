"""How often the ledger notices that two answers do not fit, and how often it sees ghosts.

`python -m benchmarks.contradicting` prints, by kind and language, the share of contradicting pairs
that are noticed and of clean ones that raise an alarm: for the half of the pairs the signs were
tuned on and for the other half, which was not looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from interviewer.interview.ledger.comparing import contradiction
from interviewer.interview.ledger.entry import Contradiction
from interviewer.interview.ledger.keeping import kept_of
from interviewer.reading.answer import read
from interviewer.transcript import CANDIDATE, Turn

HERE = Path(__file__).parent
HALVES = ("tuning", "held-out")
# Written by those who made the signs, and tuned on as well.
OWN = "own"
AIM = "aim: noticed at least 80 %, false alarms at most 5 %"
Pair = Mapping[str, Any]


def pairs() -> Iterator[Pair]:
    """Yield the pairs in the order of their files."""
    for name in ("pairs", "own"):
        text = (HERE / "contradictions" / f"{name}.jsonl").read_text(encoding="utf-8")
        yield from map(json.loads, text.splitlines())


def half_of(pair: Pair) -> str:
    """Return the half a pair belongs to, by the hash of its id."""
    if str(pair["id"]).startswith("own-"):
        return OWN
    number = int(hashlib.sha256(str(pair["id"]).encode()).hexdigest(), 16)
    return HALVES[number % 2]


def noticed(pair: Pair) -> Contradiction | None:
    """Return what the ledger finds in the second answer of a pair."""
    entries = []
    for seq, name in ((2, "first"), (4, "second")):
        told = pair[name]
        turn = Turn(seq, CANDIDATE, told["answer"])
        reading = read(told["answer"], pair["language"])
        asked, round_id = told["question"], told["round"]
        entries.append(kept_of(turn, reading, None, round_id=round_id, asked=asked))
    return contradiction(entries[0], entries[1])


@click.command()
@click.option("--half", type=click.Choice([*HALVES, OWN]), help="Only this half.")
@click.option("--wrong", is_flag=True, help="Also print what was wrong in the half tuned on.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(half: str | None, *, wrong: bool, as_json: bool) -> None:
    """Print which contradictions are noticed, and which clean pairs raise an alarm."""
    seen: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    mistaken: list[tuple[Pair, Contradiction | None]] = []
    for pair in pairs():
        found = noticed(pair)
        if half_of(pair) != HALVES[1] and bool(found) != pair["contradicts"]:
            mistaken.append((pair, found))
        kind = pair["kind"] if pair["contradicts"] else "clean"
        for name in (kind, "all contradicting") if pair["contradicts"] else (kind,):
            for language in (pair["language"], "both"):
                seen[half_of(pair), name, language].append(found is not None)
    counted = [
        {"half": part, "pairs": kind, "language": language, "n": len(marks), "raised": sum(marks)}
        for (part, kind, language), marks in sorted(seen.items())
        if half in (None, part)
    ]
    if as_json:
        click.echo(json.dumps(counted, ensure_ascii=False, indent=2))
        return
    table = Table("half", "pairs", "language", "raised", title=AIM)
    for row in counted:
        share = f"{row['raised']}/{row['n']} ({row['raised'] / row['n']:.0%})"  # type: ignore[operator]
        table.add_row(str(row["half"]), str(row["pairs"]), str(row["language"]), share)
    Console(width=100).print(table)
    for pair, found in mistaken if wrong else ():
        _explain(pair, found)


def _explain(pair: Pair, found: Contradiction | None) -> None:
    click.echo(f"\n{pair['id']} {pair['kind']}: {pair['note']}")
    click.echo(f"  1 {pair['first']['answer']}\n  2 {pair['second']['answer']}")
    if found:
        click.echo(
            f"  ! {found.kind} {sorted(found.now.about)}: {found.before.quote} / {found.now.quote}"
        )
    else:
        click.echo(f"  ? {pair['first_quote']} / {pair['second_quote']}")


if __name__ == "__main__":
    main()
