"""The fake model, started by hand."""

from __future__ import annotations

import click

from tests.fakes.faults import FAULTS
from tests.fakes.script import Script
from tests.fakes.server import by_hand

MODES = ["well_behaved", "echo", "misbehaving", "obedient", "fixed"]


@click.command()
@click.option("--mode", type=click.Choice(MODES), default="well_behaved")
@click.option("--rate", default=0.5, help="Share of replies that misbehave.")
@click.option("--fault-rate", default=0.0, help="Share of requests that fail.")
@click.option("--fault", "faults", multiple=True, type=click.Choice(sorted(FAULTS)))
@click.option("--seed", default=0)
@click.option("--text", default="", help="What mode `fixed` says.")
@click.option("--pause", default=0.0, help="Seconds between two pieces of a reply.")
@click.option("--port", default=8899)
def serve(
    mode: str, rate: float, fault_rate: float, faults: tuple[str, ...], seed: int, text: str,
    pause: float, port: int,
) -> None:  # fmt: skip
    """Serve an OpenAI-compatible model on loopback that fails or misbehaves as asked."""
    chosen = faults or (tuple(FAULTS) if fault_rate else ())
    by_hand(
        Script(mode=mode, rate=rate, faults=chosen, fault_rate=fault_rate, seed=seed, text=text,
               chunk_seconds=pause),
        port,
    )  # fmt: skip


serve()
