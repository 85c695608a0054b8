"""Presentations: each slide a heading with its texts, tables and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from interviewer.research.parsing.office import check_parts
from interviewer.research.parsing.parsed import Parsed
from interviewer.research.parsing.slide_sight import Sight
from interviewer.research.parsing.tables import cell, table

MOST_SLIDES = 500
_DEEPEST = 8


def read_pptx(data: bytes) -> Parsed:
    """Read a presentation; slides and texts that are not shown are kept apart."""
    check_parts(data)
    from pptx import Presentation

    show = Presentation(io.BytesIO(data))
    seen: list[str] = []
    hidden: list[str] = []
    for number, slide in enumerate(show.slides, 1):
        if number > MOST_SLIDES:
            break
        sight = Sight(slide, show.slide_width or 0, show.slide_height or 0, hidden)
        text = _slide(slide, number, sight)
        if slide._element.get("show") == "0":
            hidden.append(text)
        else:
            seen.append(text)
    modified = show.core_properties.modified
    notes = (
        (f"The first {MOST_SLIDES} slides were read.",) if len(show.slides) > MOST_SLIDES else ()
    )
    return Parsed(
        "\n\n".join(text for text in seen if text),
        title=show.core_properties.title or None,
        date=modified.date().isoformat() if modified else None,
        hidden=tuple(text for text in hidden if text),
        notes=notes,
    )


def _slide(slide: object, number: int, sight: Sight) -> str:
    shapes = slide.shapes  # type: ignore[attr-defined]
    title = shapes.title
    heading = " ".join(title.text.split()) if title is not None and title.has_text_frame else ""
    seen = [shape for shape in shapes if shape != title and not sight.is_beside(shape, _texts)]
    body = [text for shape in seen for text in _texts(shape, 0, sight) if text]
    if slide.has_notes_slide:  # type: ignore[attr-defined]
        frame = slide.notes_slide.notes_text_frame  # type: ignore[attr-defined]
        body.append(frame.text.strip() if frame is not None else "")
    text = "\n\n".join(part for part in body if part)
    if not text and not heading:
        return ""
    # A slide of a title alone is still said: it is often the only line of a chapter.
    return f"# {number}. {heading}".rstrip(". ") + f"\n\n{text or heading}"


def _texts(shape: object, depth: int, sight: Sight | None = None) -> Iterator[str]:
    """Yield the texts of a shape; with eyes only those that are seen."""
    if depth > _DEEPEST:
        return
    if getattr(shape, "has_text_frame", False):
        paragraphs = shape.text_frame.paragraphs  # type: ignore[attr-defined]  # has_text_frame
        texts = [sight.seen(p, shape) if sight else p.text for p in paragraphs]
        yield "\n".join(f"- {text.strip()}" for text in texts if text.strip())
    elif getattr(shape, "has_table", False):
        rows = shape.table.rows  # type: ignore[attr-defined]
        yield table([[cell(entry.text) for entry in row.cells] for row in rows])
    else:
        for inner in getattr(shape, "shapes", ()):
            yield from _texts(inner, depth + 1, sight)
