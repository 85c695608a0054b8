"""A decided move in plain words, for voices that put it into their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A move in plain words, for a model to put into its own.

    Attributes:
        text: The words, without acknowledgement or flourish.
        question: The question among them, empty when the move asks nothing.
        facts: The sentence behind each citation mark in them.
    """

    text: str
    question: str
    facts: Mapping[int, str]
