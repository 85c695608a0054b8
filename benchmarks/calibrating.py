"""Finds the scales of `interviewer.research.relevance` on the packs in benchmarks/tuning.

For each language, of all weights that keep 95 of 100 questions with an answer those are taken that
let the fewest questions without one through. `python -m benchmarks.calibrating` prints them; they
are written into the module by hand.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks import packs
from interviewer.research import ResearchStore, open_embedder

_KEPT = 0.95
_KINDS = ("unrelated", "other", "near")
_WORDS = np.arange(0.0, 0.31, 0.03)
_MISSING = np.arange(0.0, 0.31, 0.03)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its passages looked like.

    Attributes:
        gold: The question.
        nearness: Of each passage that was looked at.
        covered: Of each, the share of the question's words.
        right: Of each, whether it answers.
        missing: Share of the question's words that no passage has.
    """

    gold: packs.Gold
    nearness: np.ndarray
    covered: np.ndarray
    right: np.ndarray
    missing: float


def asked(store: ResearchStore, name: str, golds: Sequence[packs.Gold]) -> Iterator[Asked]:
    """Ask every question of a pack."""
    for gold in golds:
        near, missing = store.near_now(name, gold.question)
        yield Asked(
            gold,
            np.array([entry.nearness for entry in near]),
            np.array([entry.covered for entry in near]),
            np.array([packs.answers(gold, entry.passage) for entry in near]),
            missing,
        )


def margins(some: Sequence[Asked], words: float, missing: float) -> np.ndarray:
    """Return the best sum of each question."""
    return np.array([(e.nearness + words * e.covered).max() - missing * e.missing for e in some])


def settled(some: Sequence[Asked], weights: Iterator[tuple[float, float]]) -> tuple[float, ...]:
    """Return words, missing, enough, and the shares of unrelated, other and near let through."""
    kinds = np.array([entry.gold.kind for entry in some])
    best: tuple[float, ...] | None = None
    for words, missing in weights:
        sums = margins(some, words, missing)
        enough = float(np.quantile(sums[kinds == "answer"], 1 - _KEPT))
        false = [float((sums[kinds == kind] >= enough).mean()) for kind in _KINDS]
        entry = (sum(false), words, missing, enough, *false)
        if best is None or entry < best:
            best = entry
    assert best is not None
    return best[1:]


@click.command()
@click.option("--model", default="auto", help="The embedding model.")
def main(model: str) -> None:
    """Print the scales."""
    embedder = open_embedder(model)
    table = Table("model", "question and pack", "words", "missing", "enough", *_KINDS)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        found = {name: (path,) for name, path in packs.folders("tuning").items()}
        store = ResearchStore(found, home / "index", home / "own", embedder, names=packs.NAMES)
        for name, (path,) in found.items():
            main_language = "zh" if name in packs.CHINESE else "en"
            golds = [*packs.questions(path), *packs.unrelated(main_language)]
            everything = list(asked(store, name, golds))
            for crossed in (False, True):
                some = [entry for entry in everything if entry.gold.crossed == crossed]
                weights = ((0.0, 0.0),) if crossed else itertools.product(_WORDS, _MISSING)
                numbers = settled(some, iter(weights))
                label = f"{some[0].gold.language} on {main_language}"
                table.add_row(embedder.name, label, *(f"{number:.3f}" for number in numbers))
        store.close()
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
