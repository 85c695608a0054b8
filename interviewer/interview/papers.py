"""The candidate's papers: a CV and a job advert as text, checked before they are used."""

from __future__ import annotations

from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.characters import clean
from interviewer.research.parsing import PLAIN, Parser, RefusedError, decode, kind_of

MOST_BYTES = 2_000_000
MOST_FILE = 10_000_000


def read_paper(path: Path, kind: str) -> str:
    """Read a CV or a job advert from a file.

    Args:
        path: Markdown, text, PDF, Word, or any other kind that `research.parsing` reads.
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
        InputError: It is too large, of another kind, damaged, or empty.
    """
    if len(data) > MOST_FILE:
        raise InputError(f"The {kind} {name} is larger than 10 MB. Give the text alone.")
    # A name without an ending is pasted text.
    named = name if Path(name).suffix else f"{name}.txt"
    try:
        found = kind_of(named, data)
        if found in PLAIN:
            if len(data) > MOST_BYTES:
                raise RefusedError("is larger than 2 MB. Give the part that matters.")
            text = decode(data)[0]
        else:
            with Parser() as parser:
                text = parser.parse(found, data).text
    except RefusedError as error:
        raise InputError(f"The {kind} {name} {error}") from None
    text = clean(text).strip()
    if not text:
        raise InputError(f"The {kind} {name} is empty. Give a file with text in it.")
    return text
