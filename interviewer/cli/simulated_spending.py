"""What a model's words took over a run of interviews, and how often they did not come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from interviewer.models.naming import ModelName


@dataclass
class Spoken:
    """Counts what a model said, shard by shard.

    Attributes:
        name: The model, None for the built-in voice, which takes nothing.
        turns: Turns of examiners.
        used: Tokens by kind, and cost.
        fallbacks: Turns the built-in voice spoke instead, by cause.
    """

    name: ModelName | None
    turns: int = 0
    used: Counter[str] = field(default_factory=Counter)
    fallbacks: Counter[str] = field(default_factory=Counter)

    def read(self, shard: Path) -> None:
        """Count the interviews of a shard, from its file."""
        if self.name is None:
            return
        from interviewer.interview.spending import spending_of
        from interviewer.transcript_file import load_all

        for transcript in load_all(shard.read_text(encoding="utf-8"), where=str(shard)):
            spent = spending_of(transcript)
            self.turns += spent.turns
            self.used.update(input=spent.input, output=spent.output)
            self.fallbacks.update(spent.fallbacks)

    def lines(self) -> list[str]:
        """Return what it took, and why the built-in voice spoke, as sentences."""
        if self.name is None:
            return []
        from interviewer.cli.speaking import fallback_note

        alone = sum(self.fallbacks.values())
        told = (
            f"{self.name.shown}: {self.used['input']:,} tokens in, {self.used['output']:,} out; "
            f"of {self.turns} turns it was asked for, the built-in voice spoke {alone}."
        )
        causes = [
            f"{n} times: {fallback_note(cause, self.name)}"
            for cause, n in self.fallbacks.most_common()
        ]
        return [told, *causes]
