"""How well the embedding model tells questions in other words from other questions."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import click
import numpy as np

from interviewer.research.embedding import open_embedder
from interviewer.research.likeness import SAME_FROM
from interviewer.wiring import Settings, open_library

FAKES = Path(__file__).parents[1] / "tests" / "fakes"
PAIRS = 2000


@click.command()
def main() -> None:
    """Print, for each language, both distributions and what the threshold makes of them."""
    embedder = open_embedder()
    library = open_library(Settings.from_environment())
    questions = [q.text for rubric in library.rubrics.values() for q in rubric.questions]
    for language in ("en", "zh"):
        table = tomllib.loads((FAKES / f"paraphrases.{language}.toml").read_text("utf-8"))
        same = [float(embedder.question(one) @ embedder.question(two))
                for one, two in table["questions"].items()]  # fmt: skip
        vectors = np.stack([embedder.question(text[language]) for text in questions])
        chance = random.Random(1)
        pairs = [chance.sample(range(len(questions)), 2) for _ in range(PAIRS)]
        other = [float(vectors[one] @ vectors[two]) for one, two in pairs]
        limit = SAME_FROM.get(embedder.name, 1.0)
        for name, values in (("in other words", same), ("another question", other)):
            low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
            share = sum(value >= limit for value in values) / len(values)
            click.echo(f"{language} {name:17} n {len(values):5}  5 % {low:.3f}  median "
                       f"{middle:.3f}  95 % {high:.3f}  highest {max(values):.3f}  "
                       f"taken as the same {100 * share:.1f} %")  # fmt: skip


if __name__ == "__main__":
    main()
