"""Faults of disks, locks and windows in mid-interview; `python -m benchmarks.storage_faults`."""

from __future__ import annotations

import asyncio

from benchmarks.storage_faults import rows


def test_an_interview_goes_on_after_faults_of_its_store_and_in_two_windows() -> None:
    """A full disk is told at every strike, two windows lose and double nothing: all end."""
    full, tabs = asyncio.run(rows(1, ("disk full", "two tabs")))
    for row in (full, tabs):
        assert row.struck >= 10
        assert (row.completed, row.lost, row.doubled, row.other) == (1, 0, 0, 0)
    assert full.told == full.struck
