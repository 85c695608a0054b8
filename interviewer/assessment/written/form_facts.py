"""What can be counted in a piece of writing: its length, whom it addresses, its order."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.assessment.written.signs import signs_for
from interviewer.reading.tongue import word_count

# A piece of writing in one block has no order that can be seen.
_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class FormFacts:
    """The form of a piece of writing; no judgement of what it says.

    Attributes:
        length: Words, in Chinese characters.
        wanted: The length that was asked for, None where none was.
        addressed: Whether it begins by naming its reader or its subject.
        ordered: Whether it has paragraphs, a list or headings.
    """

    length: int
    wanted: tuple[int, int] | None
    addressed: bool
    ordered: bool

    @property
    def fits(self) -> bool | None:
        """Whether the length is the wanted one, within a tenth; None where none was asked for."""
        if self.wanted is None:
            return None
        least, most = self.wanted
        return 0.9 * least <= self.length <= 1.1 * most


def form_of(text: str, task: str, language: str) -> FormFacts:
    """Return the form of a text that was written for a task."""
    signs = signs_for(language)
    tongue = "zh" if language.startswith("zh") else "en"
    asked = signs["length"].search(task)
    lines = [line for line in text.strip().split("\n") if line.strip()]
    marked = sum(signs["ordered"].match(line) is not None for line in lines)
    blocks = [block for block in text.strip().split("\n\n") if block.strip()]
    return FormFacts(
        length=word_count(text, tongue),
        wanted=(int(asked[1]), int(asked[2])) if asked else None,
        addressed=bool(lines) and signs["addressed"].match(lines[0]) is not None,
        ordered=marked >= _PARAGRAPHS or len(blocks) > _PARAGRAPHS,
    )
