"""The candidate's papers: a CV and a job advert as text, checked before they are used."""

from __future__ import annotations

from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.characters import clean

ENDINGS = (".md", ".markdown", ".txt", "")
MOST_BYTES = 2_000_000


def read_paper(path: Path, kind: str) -> str:
    """Read a CV or a job advert from a file.

    Args:
        path: A Markdown or text file.
        kind: What to call it in an error: "CV" or "job advert".

    Raises:
        InputError: It is missing, too large, of another kind, or no text.
    """
    try:
        return paper_text(path.read_bytes(), path.name, kind)
    except OSError as error:
        raise InputError(
            f"The {kind} {path} cannot be read ({error.strerror}). Check the name and its rights."
        ) from None


def paper_text(data: bytes, name: str, kind: str) -> str:
    """Return the text of a CV or a job advert.

    Raises:
        InputError: It is too large, of another kind, no UTF-8, or empty.
    """
    if Path(name).suffix.lower() not in ENDINGS:
        raise InputError(
            f"The {kind} {name} is neither Markdown nor text. Save it as .md or .txt, or paste it."
        )
    if len(data) > MOST_BYTES:
        raise InputError(f"The {kind} {name} is larger than 2 MB. Give the text alone.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"The {kind} {name} is no UTF-8 text. Save it as UTF-8, or paste it."
        ) from None
    if "\x00" in text:
        raise InputError(f"The {kind} {name} is no text. Save it as .md or .txt, or paste it.")
    text = clean(text).strip()
    if not text:
        raise InputError(f"The {kind} {name} is empty. Give a file with text in it.")
    return text
