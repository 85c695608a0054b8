"""What of a slide its audience sees: not what lies beside it, nor white letters on white."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

_WHITE = "FFFFFF"
_NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}
# What a background may be and still be white.
_PLAIN = frozenset({"bg1", "lt1"})

Texts = Callable[[object, int], Iterable[str]]


@dataclass
class Sight:
    """The eyes for one slide.

    Attributes:
        slide: The slide.
        width: Of all slides, in the file's units.
        height: The same.
        kept: Where text goes that is not seen.
    """

    slide: Any
    width: int
    height: int
    kept: list[str]
    _white: bool | None = field(default=None)

    def is_beside(self, shape: Any, texts: Texts) -> bool:
        """Whether a shape lies wholly beside the slide; its text is then kept."""
        box = _box(shape)
        if box is None or not self.width or not self.height:
            return False
        left, top, right, bottom = box
        if right > 0 and bottom > 0 and left < self.width and top < self.height:
            return False
        self.kept += [text for text in texts(shape, 0) if text]
        return True

    def seen(self, paragraph: Any, shape: Any) -> str:
        """Return what is seen of a paragraph."""
        unseen = [run for run in paragraph.runs if _is_white(run)]
        if not unseen or not self._on_white(shape):
            return str(paragraph.text)
        self.kept.append(" ".join("".join(run.text for run in unseen).split()))
        away = {id(run._r) for run in unseen}
        return "".join(run.text for run in paragraph.runs if id(run._r) not in away)

    def _on_white(self, shape: Any) -> bool:
        """Whether nothing but the white of the slide is known to lie below a shape."""
        if _is_filled(shape) or not self._is_white_slide():
            return False
        box = _box(shape)
        if box is None:
            return False
        layout = self.slide.slide_layout
        around = [*layout.slide_master.shapes, *layout.shapes, *self.slide.shapes]
        return not any(
            _is_filled(other) and _touch(box, _box(other))
            for other in around
            if other.shape_id != shape.shape_id or other.part is not shape.part
        )

    def _is_white_slide(self) -> bool:
        if self._white is None:
            layout = self.slide.slide_layout
            chain = (self.slide, layout, layout.slide_master)
            found = (one._element.find("p:cSld/p:bg", _NS) for one in chain)
            ground = next((one for one in found if one is not None), None)
            self._white = ground is None or _is_plain(ground)
        return self._white


def _is_plain(ground: Any) -> bool:
    named = [one.get("val") for one in ground.iterfind(".//a:schemeClr", _NS)]
    exact = [one.get("val", "").upper() for one in ground.iterfind(".//a:srgbClr", _NS)]
    other = ground.find(".//a:blip", _NS) is not None or ground.find(".//a:gsLst", _NS) is not None
    return not other and set(named) <= _PLAIN and set(exact) <= {_WHITE}


def _is_white(run: Any) -> bool:
    """Whether a run says itself that it is white; a colour of the theme is not looked up."""
    colors = run._r.xpath("./a:rPr/a:solidFill/a:srgbClr/@val")
    return bool(colors) and str(colors[0]).upper() == _WHITE


def _is_filled(shape: Any) -> bool:
    """Whether a shape may show another colour below letters: a picture, a fill, a style."""
    element = shape._element
    if not element.tag.endswith("}sp"):
        return True
    own = element.find("p:spPr", _NS)
    kinds = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
    if own is not None and any(own.find(f"a:{kind}", _NS) is not None for kind in kinds):
        return True
    no_fill = own is not None and own.find("a:noFill", _NS) is not None
    return not no_fill and element.find("p:style", _NS) is not None


def _box(shape: Any) -> tuple[int, int, int, int] | None:
    """Return where a shape lies: left, top, right, bottom; None where it takes that over."""
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    if None in (left, top, width, height):
        return None
    return left, top, left + width, top + height


def _touch(one: tuple[int, int, int, int], two: tuple[int, int, int, int] | None) -> bool:
    if two is None:
        return True
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
