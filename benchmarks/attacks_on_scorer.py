"""What adds no evidence must add no level: `python -m benchmarks.attacks_on_scorer`."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.planted_answers import Planted, planted
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library
from interviewer.research.sentences import sentences
from interviewer.wiring import Settings, open_library

FOLDER = Path(__file__).with_name("scorer_attacks")
HALF = 0.5
# A text without evidence at all may not reach this.
FLOOR = 1.5
_WEAK = 1


@dataclass(frozen=True, slots=True)
class Attack:
    """An answer before and after an attack.

    Attributes:
        kind: What was done.
        about: Competency and language.
        before: Level before, 1 for an attack that stands alone.
        after: Level after, 1 where there is none.
    """

    kind: str
    about: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        """What the attack brought."""
        return self.after - self.before


def attacks(library: Library, every: int = 1) -> Iterator[Attack]:
    """Yield all attacks on each planted answer, or on one of so many."""
    files = {
        language: tomllib.loads((FOLDER / f"attacks.{language}.toml").read_text(encoding="utf-8"))
        for language in ("en", "zh")
    }
    for number, entry in enumerate(planted(library)):
        if number % every:
            continue
        about = f"{entry.competency} {entry.language} {entry.meant}"
        texts = files[entry.language]
        for kind, text in _changed(entry, texts["added"], library, number):
            yield Attack(kind, about, entry.level, level_of_text(entry, text, library))
        if entry.meant == _WEAK:
            for text in texts["alone"]["floor"]:
                yield Attack("alone", about, FLOOR - HALF, level_of_text(entry, text, library))


def _changed(
    entry: Planted, added: Mapping[str, list[str]], library: Library, number: int
) -> Iterator[tuple[str, str]]:
    between = "" if entry.language == "zh" else " "
    text = entry.text
    for kind, choices in added.items():
        yield kind, f"{text}{between}{choices[number % len(choices)]}"
    for anchor in (3, 5):
        words = library.rubrics[entry.competency].anchors[anchor][entry.language]
        yield "anchor", f"{text}{between}{words}"
    yield "echo", f"{entry.asked.question}{between}{text}"
    yield "twice", f"{text}{between}{text}"
    parts = list(sentences(text, entry.language))
    random.Random(number).shuffle(parts)
    yield "shuffled", between.join(parts)


def level_of_text(entry: Planted, text: str, library: Library) -> float:
    """Return the level of another answer to a planted question, 1 for none."""
    asked = replace(entry.asked, said=(text,))
    rubric = library.rubrics[entry.competency]
    return score_competency(rubric, [asked], entry.language).level or 1.0


@click.command()
@click.option("--cases", is_flag=True, help="Print the cases that gained.")
def main(cases: bool) -> None:
    """Print by kind how often half a level was gained, and the worst; code 4 when any was."""
    found = list(attacks(open_library(Settings.from_environment())))
    for kind in dict.fromkeys(entry.kind for entry in found):
        part = [entry for entry in found if entry.kind == kind]
        gained = [entry for entry in part if entry.gain >= HALF]
        lost = sum(entry.gain < 0 for entry in part)
        worst = max(part, key=lambda entry: entry.gain)
        click.echo(
            f"{kind} | {len(part)} cases | gained {len(gained)} | lost {lost} | "
            f"most {worst.gain:+.1f} ({worst.about})"
        )
    for entry in found if cases else ():
        if entry.gain >= HALF:
            click.echo(f"{entry.kind} {entry.about}: {entry.before} -> {entry.after}")
    if any(entry.gain >= HALF for entry in found):
        raise SystemExit(4)


if __name__ == "__main__":
    main()
