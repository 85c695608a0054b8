"""Processes killed at every commit of a turn; `python -m benchmarks.killing` has a thousand."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.dying import CREATING, TURN
from benchmarks.killing import Tally
from benchmarks.own_postgres import OwnPostgres
from interviewer.transcript import Transcript, Turn
from tests.conftest import ROOT

ASKED = Turn(seq=1, role="assistant", content="And?")
SAID = Turn(seq=2, role="user", content="Well.")
WHOLE = Transcript(id="s", turns=(ASKED, SAID, replace(ASKED, seq=3, content="Why?")))


def test_nothing_is_lost_or_doubled_wherever_a_process_is_killed(postgres: OwnPostgres) -> None:
    """Every point once and more on SQLite and PostgreSQL: all is kept, the next move the same."""
    kills = len(CREATING) + len(TURN) + 1
    database = postgres.url(postgres.new_database())
    arguments = ["--kills", str(kills), "--postgres", database, "--json"]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.killing", *arguments],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert set(told) == {"SQLite", "PostgreSQL"}
    for figures in told.values():
        assert set(figures["points"]) == {*CREATING, *TURN}
        assert (figures["kills"], figures["same_next_move"]) == (kills, kills)
        assert (figures["lost"], figures["doubled"], figures["different"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("turns", "told", "seen"),
    [
        ((ASKED, SAID), ('[1,"And?"]', '[2,"Well."]'), (0, 0, 0)),
        ((ASKED,), ('[2,"Well."]',), (1, 0, 0)),
        ((ASKED, replace(SAID, content="Wel")), ('[2,"Well."]',), (1, 0, 1)),
        ((ASKED, replace(ASKED, seq=2)), (), (0, 1, 1)),
        ((ASKED, ASKED), (), (0, 2, 1)),
        ((ASKED, SAID, replace(ASKED, seq=3)), (), (0, 0, 1)),
        (None, ('[0,""]',), (1, 0, 0)),
    ],
)
def test_what_is_lost_doubled_or_different_is_counted(
    turns: tuple[Turn, ...] | None, told: tuple[str, ...], seen: tuple[int, int, int]
) -> None:
    """A turn that is gone, cut, there twice or another than undisturbed does not pass unseen."""
    tally = Tally()
    kept = None if turns is None else replace(WHOLE, turns=turns)
    tally.look(kept, list(told), WHOLE)
    assert (tally.lost, tally.doubled, tally.different) == seen
