"""How well the support of a claim agrees with labels given by people: area under the curve.

`python -m benchmarks.grounding --data FOLDER`; the folder holds `begin-dev` (BEGIN, dev splits)
and `q2` (cross annotation). 0.5 is chance.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from interviewer.evaluation.support import Evidence, supported_by

# What a new figure or a turned sense takes off the share; measured as one number for ranking only.
_FIGURE, _TURNED = 0.3, 0.2
Labelled = tuple[bool, str, str]


def begin(file: Path) -> Iterator[Labelled]:
    """Yield label, response and knowledge of BEGIN, the rows labelled Generic left out."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["begin_label"] != "Generic":
                fully = row["begin_label"].startswith("Fully")
                yield fully, row["response"], row["knowledge"]


def q2(file: Path) -> Iterator[Labelled]:
    """Yield the same of Q2; its label 1 marks a response that is not consistent."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for model in ("dodeca", "memnet"):
                yield row[f"{model}_label"] == "0", row[f"{model}_response"], row["knowledge"]


def worth(response: str, knowledge: str) -> float:
    """Return how much of a response its knowledge says, as one number."""
    held = supported_by(response, [Evidence(knowledge, "en")], "en")
    return held.share - _FIGURE * held.new_figures - _TURNED * held.turned


def area(rows: list[Labelled]) -> float:
    """Return the chance that a supported response is worth more than one that is not."""
    told = [(label, worth(response, knowledge)) for label, response, knowledge in rows]
    right = np.array([value for label, value in told if label])[:, None]
    wrong = np.array([value for label, value in told if not label])[None, :]
    return float(((right > wrong) + 0.5 * (right == wrong)).mean())


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
def main(data: Path) -> None:
    """Print the area under the curve on each set that is there."""
    for file in sorted(data.glob("begin-dev/*/*.tsv")):
        rows = list(begin(file))
        click.echo(f"{file.name}: {area(rows):.3f} over {len(rows)} rows")
    for file in sorted(data.glob("q2/*.csv")):
        rows = list(q2(file))
        click.echo(f"{file.name}: {area(rows):.3f} over {len(rows)} rows")


if __name__ == "__main__":
    main()
