"""Crowds that come and go leave nothing open; `python -m benchmarks.soak` goes on for hours."""

from __future__ import annotations

import asyncio
import time

from benchmarks.soak import Reading, crowd, reading, slope
from tests.ui.running import App

VISITORS, CROWDS = 4, 3


def test_who_has_gone_leaves_no_file_and_no_connection_open(app: App) -> None:
    """After the first crowd, others leave no more open files, threads or files on the disk."""
    seen = []
    for number in range(CROWDS + 1):
        found = asyncio.run(crowd(app.address, VISITORS, answers=2))
        assert (found.taken, found.failed, found.refused) == (2 * VISITORS, [], 0)
        time.sleep(1)
        seen.append(reading(app, VISITORS * (number + 1)))
    first, last = seen[1], seen[-1]
    # Fewer than the visitors of one crowd: nothing is kept of each.
    assert last.descriptors - first.descriptors < VISITORS
    assert last.threads - first.threads < VISITORS
    assert last.files - first.files < VISITORS


def test_growth_is_told_by_interview() -> None:
    """A straight line through what was read: 2 MB an interview, whatever it began with."""
    readings = [Reading(n, 300_000_000 + 2_000_000 * n, 10, 5, 3) for n in (20, 40, 60)]
    assert slope(readings) == 2_000_000
    assert slope(readings[:1]) == 0
