"""How an examiner carries themselves: how often they acknowledge, how long they wait.

A manner changes words and patience, never what is asked: an interview with another manner has the
same questions, so that practising one does not spoil the other.
"""

from __future__ import annotations

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from interviewer.content.form import Document, Value

MannerName = Literal["warm", "brisk", "sceptical", "silent"]
MANNERS: tuple[MannerName, ...] = get_args(MannerName)


class Manner(Value):
    """One way to carry oneself; the defaults are the persona's own.

    Attributes:
        acknowledges: Share of answers that are acknowledged at all: an examiner who thanks for
            every answer sounds like a machine.
        takes_up: Share of those in which the candidate's own words are taken up.
        leads_in: Share of new questions that a word leads to.
        signs: Share of new questions before which a favourite phrase may stand, once a round.
        length: Whether the shorter or the longer half of the variants is said.
        put_again: Times a question is put again before the examiner goes on.
        silences: Empty answers in a row after which the round ends.
    """

    acknowledges: float = Field(default=0.75, ge=0, le=1)
    takes_up: float = Field(default=0.6, ge=0, le=1)
    leads_in: float = Field(default=0.3, ge=0, le=1)
    signs: float = Field(default=0.2, ge=0, le=1)
    length: Literal["any", "shorter", "longer"] = "any"
    put_again: int = Field(default=2, ge=1, le=5)
    silences: int = Field(default=3, ge=2, le=6)

    @model_validator(mode="after")
    def _moves_on_before_it_ends(self) -> Self:
        if self.put_again >= self.silences:
            raise ValueError("silences must exceed put_again, or a silent round never moves on")
        return self


OWN = Manner()


class Manners(Document):
    """`personas/_shared/manners.toml`: every manner there is."""

    warm: Manner
    brisk: Manner
    sceptical: Manner
    silent: Manner

    def of(self, name: str) -> Manner:
        """Return a manner by its name; the persona's own for any other name."""
        for known in MANNERS:
            if known == name:
                manner: Manner = getattr(self, known)
                return manner
        return OWN


PLAIN = Manners(schema=1, warm=OWN, brisk=OWN, sceptical=OWN, silent=OWN)
"""For content without a file of manners: everybody is as they are."""
