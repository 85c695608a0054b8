"""What a PDF says and holds, as the tests read it."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader


def pdf_text(pdf: bytes) -> str:
    """Return the text of a PDF without any white space, page after page."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    return "".join(squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Return text without white space."""
    return "".join(text.split())


def active_parts(pdf: bytes) -> set[str]:
    """Return what a PDF holds besides pages to read: actions, links, scripts, files, forms."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    found = {key for key in ("/OpenAction", "/AA", "/AcroForm", "/JavaScript") if key in root}
    names = root.get("/Names", {})
    found |= {key for key in ("/JavaScript", "/EmbeddedFiles") if key in names}
    found |= {key for page in reader.pages for key in ("/Annots", "/AA") if key in page}
    return found
