"""Which runs of a Word document are seen: not what is hidden, white or tiny, by style or alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.font import Font
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_SMALLEST_PT = 2
_WHITE = "FFFFFF"
# Styles rest on each other in a chain; a damaged file may close it to a ring.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Look:
    """What a font says of itself, None where it says nothing."""

    hidden: bool | None = None
    size: float | None = None
    color: str | None = None

    def over(self, below: _Look) -> _Look:
        """Return this look where it says something, the one below elsewhere."""
        return _Look(
            below.hidden if self.hidden is None else self.hidden,
            below.size if self.size is None else self.size,
            below.color if self.color is None else self.color,
        )


class Sight:
    """Tells whether a run is seen, and keeps what is not."""

    def __init__(self, document: Document) -> None:
        """Look at the document's styles once."""
        self.kept: list[str] = []
        self._looks = {style.style_id: _chain(style) for style in document.styles}

    def aside(self) -> Sight:
        """Return the same eyes with nothing kept, for a first look."""
        other = object.__new__(Sight)
        other.kept, other._looks = [], self._looks
        return other

    def is_unseen(self, run: Run, paragraph: Paragraph) -> bool:
        """Whether a reader of the document does not see a run."""
        nothing = _Look()
        below = self._looks.get(paragraph._p.style or "", nothing)
        style = self._looks.get(run._r.style or "", nothing)
        look = _look(run.font).over(style.over(below))
        if look.hidden or (look.size is not None and look.size < _SMALLEST_PT):
            return True
        if look.color != _WHITE:
            return False
        # White on a shade of its own is a design, white on the page is not there.
        marks = run._r.xpath(
            "./w:rPr/w:shd | ./w:rPr/w:highlight | ancestor::w:p/w:pPr/w:shd"
            " | ancestor::w:tc/w:tcPr/w:shd"
        )
        return not marks


def _look(font: Font) -> _Look:
    color = font.color.rgb if font.color is not None else None
    size = font.size.pt if font.size is not None else None
    return _Look(font.hidden, size, None if color is None else str(color))


def _chain(style: object) -> _Look:
    """Return the look of a style over those it rests on."""
    look = _Look()
    for _ in range(_DEEPEST):
        font = getattr(style, "font", None)
        if font is None:
            break
        look = look.over(_look(font))
        style = getattr(style, "base_style", None)
    return look
