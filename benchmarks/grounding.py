"""How well the support of a claim agrees with labels given by people: area under the curve.

`python -m benchmarks.grounding --data FOLDER`; `interviewer evaluate validate --external FOLDER`
measures the same. 0.5 is chance.
"""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.evaluation.labelled import area, labelled_sets


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
def main(data: Path) -> None:
    """Print the area under the curve on each set that is there."""
    for name, rows in labelled_sets(data):
        told = area(rows)
        shown = "all of one label" if told is None else f"{told:.3f}"
        click.echo(f"{name}: {shown} over {len(rows)} rows")


if __name__ == "__main__":
    main()
