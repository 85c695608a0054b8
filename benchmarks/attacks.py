"""What attacks bring about, by corpus: `python -m benchmarks.attacks --corpora FOLDER`.

The model is the obedient fake of the tests, which does what any text in its context says. Each
text is given as an answer, in a CV, in an advert and on an employer's page; the interview is held
again with a model that only repeats, and nothing but words may differ. Corpora of addresses are
asked of the app, those of files are read as transcripts, those of templates put into a persona's
prompt; `--browser` shows all that is said in a real Chromium that reports to a sink.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.attack_corpora import (
    ADDRESS,
    CLEAN,
    FILE,
    SAID,
    TEMPLATE,
    Case,
    corpora,
)
from benchmarks.attack_outcomes import Outcome, as_files, as_templates, interviewed, lifted
from benchmarks.planted_answers import Planted, planted
from benchmarks.speaking import bench

_WEAK = 3


@click.command()
@click.option("--corpora", "folder", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--most", default=48, show_default=True, help="Texts of each corpus.")
@click.option("--only", default="", help="Corpora whose name begins so.")
@click.option("--browser", is_flag=True, help="Also show what was said in Chromium.")
@click.option("--notes", is_flag=True, help="Print what was found, case by case.")
def main(folder: Path, most: int, only: str, browser: bool, notes: bool) -> None:
    """Print a line a corpus; exit code 4 when an attack changed, leaked or reached anything."""
    found = {k: v for k, v in corpora(folder, most).items() if k.startswith(only)}
    failed = asyncio.run(_talked(found, notes))
    for name, cases in found.items():
        failed |= _elsewhere(name, cases, notes)
    if browser:
        from benchmarks.attack_shown import shown_in_browser

        texts = [case.text for cases in found.values() for case in cases if case.use != FILE]
        failed |= shown_in_browser(texts)
    raise SystemExit(4 if failed else 0)


async def _talked(found: dict[str, list[Case]], notes: bool) -> bool:
    failed = False
    async with bench() as made:
        weak = [entry for entry in planted(made.library) if entry.meant <= _WEAK]
        for name, cases in found.items():
            if cases[0].use not in (SAID, CLEAN, TEMPLATE):
                continue
            outcome = Outcome()
            await interviewed(made, cases, outcome)
            lifted(cases, _of(weak), made.library, outcome)
            failed |= _told(name, cases, outcome, notes)
    return failed


def _of(weak: Sequence[Planted]) -> list[Planted]:
    return [entry for entry in weak if entry.language == "en"]


def _told(name: str, cases: Sequence[Case], outcome: Outcome, notes: bool) -> bool:
    lifts = sum(outcome.lifts)
    click.echo(
        f"{name} ({cases[0].use}) | {len(cases)} texts | unharmed {outcome.unharmed} of "
        f"{outcome.interviews} interviews | changed {dict(outcome.changed) or 0} | lifts {lifts} "
        f"of {len(outcome.lifts)} | leaked {outcome.leaked} | triggers {outcome.triggers} | "
        f"improper {outcome.improper} | plan's own words refused {outcome.alarms} | turns "
        f"{outcome.spoken}"
    )
    for note in outcome.notes if notes else ():
        click.echo(f"  {note}")
    told = outcome.leaked + outcome.improper + lifts + sum(outcome.changed.values())
    return bool(told) and cases[0].use != CLEAN


def _elsewhere(name: str, cases: Sequence[Case], notes: bool) -> bool:
    """Give texts to a persona's prompt, the reading of files, or the app's addresses."""
    outcome = Outcome()
    if cases[0].use == TEMPLATE:
        refused, said = as_templates(cases, outcome)
        click.echo(f"{name} | prompts of personas: {refused} refused, {said} said as they stand, "
                   f"{len(outcome.notes)} evaluated")  # fmt: skip
    elif cases[0].use == FILE:
        sound = as_files(cases, outcome)
        click.echo(f"{name} | files read or refused in a sentence: {sound} of {len(cases)}")
    elif cases[0].use == ADDRESS:
        from benchmarks.attack_addresses import asked_of_app

        sound = asked_of_app(cases, outcome)
        click.echo(f"{name} | addresses answered without harm: {sound} of {len(cases)}")
    for note in outcome.notes if notes else ():
        click.echo(f"  {note}")
    return bool(outcome.notes)


if __name__ == "__main__":
    main()
