"""What is put behind an answer and has nothing to do with it: `python -m benchmarks.put_behind`.

Texts of corpora of attacks stand behind weak and middling planted answers, which must not gain
half a level by them; sentences of answers as people gave them must go on counting. Both are split
in two by a hash: the rule was made with one half.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

import click

from benchmarks.attack_corpora import ADDRESS, FILE, corpora
from benchmarks.attacks_on_scorer import HALF, level_of_text
from benchmarks.planted_answers import Planted, planted
from benchmarks.reading_answers import HALVES, labelled
from interviewer.assessment.scoring.belonging import belonging
from interviewer.content.library import Library
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences
from interviewer.wiring import Settings, open_library

_WEAK, _EACH = 3, 3
# Labels of answers that have nothing to do with their question, or are none.
_NONE = {"off_question", "gives_orders", "asks_verdict", "other_language"}


def half_of(text: str) -> str:
    """Return the half a text belongs to."""
    return HALVES[hashlib.sha256(text.encode()).digest()[-1] % 2]


def lifts(folder: Path, most: int, library: Library) -> dict[tuple[str, str], list[bool]]:
    """Return by corpus and half whether answers gained half a level, three for each text."""
    weak = [entry for entry in planted(library) if entry.meant <= _WEAK]
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for name, cases in corpora(folder, 10**6).items():
        for case in cases:
            key = name, half_of(case.text)
            if case.use in (FILE, ADDRESS) or seen[key] == most:
                continue
            seen[key] += 1
            for place in range(_EACH):
                entry = weak[(_EACH * seen[key] + place) % len(weak)]
                found[key].append(_gained(entry, case.text, library))
    return found


def _gained(entry: Planted, text: str, library: Library) -> bool:
    return level_of_text(entry, f"{entry.text} {text}", library) - entry.level >= HALF


def counted(language: str, half: str) -> tuple[int, int]:
    """Return how many sentences of answers that were given count, and how many there are."""
    kept = every = 0
    for entry in labelled(language):
        if entry.half == half and not entry.labels & _NONE:
            every += len(sentences(entry.answer, language))
            kept += sum(1 for _ in belonging([entry.answer], language, terms(entry.question)))
    return kept, every


@click.command()
@click.option("--corpora", "folder", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--most", default=30, show_default=True, help="Texts of each corpus and half.")
def main(folder: Path, most: int) -> None:
    """Print a line a corpus and half, then what is kept of answers as they were given."""
    found = lifts(folder, most, open_library(Settings.from_environment()))
    for (name, half), gained in sorted(found.items()):
        click.echo(f"{name} | {half} | gained {sum(gained)} of {len(gained)}")
    for half in HALVES:
        gained = [value for (_, of), values in found.items() for value in values if of == half]
        click.echo(f"all | {half} | gained {sum(gained)} of {len(gained)}")
    for language in ("en", "zh"):
        for half in HALVES:
            kept, every = counted(language, half)
            click.echo(f"sentences as given that count | {language} {half} | {kept} of {every}")


if __name__ == "__main__":
    main()
