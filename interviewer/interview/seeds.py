"""Choosing by seed: the same seed and purpose choose the same, on every machine and version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

Option = TypeVar("Option")


def number(seed: int, *purpose: object) -> int:
    """Return a number from 0 to 2^64 - 1 that depends on seed and purpose alone."""
    text = "\x1f".join([str(seed), *map(str, purpose)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def pick(options: Sequence[Option], seed: int, *purpose: object) -> Option:
    """Return one of the options.

    Raises:
        IndexError: There is none.
    """
    if not options:
        raise IndexError("nothing to choose from")
    return options[number(seed, *purpose) % len(options)]


def shuffled(options: Iterable[Option], seed: int, *purpose: object) -> list[Option]:
    """Return the options in an order that depends on seed, purpose and their places."""
    placed = list(enumerate(options))
    return [option for _, option in sorted(placed, key=lambda p: number(seed, *purpose, p[0]))]


def chance(share: float, seed: int, *purpose: object) -> bool:
    """Return whether something that happens in this share of cases happens in this one."""
    return number(seed, *purpose) < share * 2**64
