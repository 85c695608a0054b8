"""One figure, beside what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A figure as seen.

    Attributes:
        what: What was measured.
        value: The figure.
        unit: Its unit.
        aim: It should be below this; None where nothing is promised.
    """

    what: str
    value: float
    unit: str
    aim: float | None = None

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return f"{self.value:,.1f} {self.unit}"

    @property
    def reached(self) -> bool:
        """Whether the figure is below its aim."""
        return self.aim is None or self.value < self.aim

    def row(self) -> tuple[str, str, str, str]:
        """Return the cells of a table."""
        aim = "" if self.aim is None else f"under {self.aim:g} {self.unit}"
        mark = "" if self.aim is None else ("yes" if self.reached else "NO")
        return self.what, self.shown, aim, mark

    def document(self) -> dict[str, object]:
        """Return the figure as JSON."""
        return {"what": self.what, "value": self.value, "unit": self.unit, "aim": self.aim}
