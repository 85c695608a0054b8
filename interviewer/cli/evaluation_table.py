"""An evaluation in the terminal: a table, why what was not told was not, what changed most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from interviewer.evaluation.beside import Beside
    from interviewer.evaluation.report import Evaluation, Summary


def print_evaluation(evaluation: Evaluation, beside: Beside) -> None:
    """Print an evaluation with what stands beside it."""
    from rich.console import Console
    from rich.table import Table

    from interviewer.evaluation.bare_column import change_shown
    from interviewer.evaluation.detail_lines import detail_lines

    changes = {change.metric: change_shown(change) for change in beside.changed or ()}
    bare = beside.bare.by_name if beside.bare else {}
    head = ["metric", "mean", "95 % interval", "scored", "not scored"]
    head += [*(["bare model"] if bare else []), *(["change, paired"] if changes else [])]
    table = Table(*head)
    for s in evaluation.summaries:
        row = [s.name, *_told(s), str(s.n), str(s.unscored)]
        row += [" ".join(_told(bare[s.name])[:1])] if bare else []
        row += [changes.get(s.name, "")] if changes else []
        table.add_row(*row)
    Console(width=130 if bare and changes else 110).print(table)
    for s in evaluation.summaries:
        for reason in s.reasons if not s.n else ():
            click.echo(f"{s.name}: {reason}")
        for line in detail_lines(s.name, s.details):
            click.echo(f"{s.name}: {line}")
    for example in beside.examples:
        way = {True: "better", False: "worse", None: "changed"}[example.better]
        told = f"{example.before:.3f} to {example.now:.3f}"
        click.echo(f"{example.metric}, {way}, {example.where}: {told}")


def _told(s: Summary) -> list[str]:
    mean = "" if s.mean is None else f"{s.mean:.3f}"
    return [mean, f"{s.ci95[0]:.3f} to {s.ci95[1]:.3f}" if s.ci95 else ""]
