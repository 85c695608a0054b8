"""What kind of document some bytes are: by their content first, by the name's ending second."""

from __future__ import annotations

from pathlib import PurePath

from interviewer.research.parsing.parsed import RefusedError

ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".eml": "eml",
}
PLAIN = frozenset({"markdown", "text"})
_OFFICE = {"docx": b"word/", "pptx": b"ppt/", "xlsx": b"xl/"}
_UNREADABLE = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
_HEAD = 1024


def kind_of(name: str, data: bytes) -> str:
    """Return the kind of a document: one of the values of `ENDINGS`.

    A PDF, an Office file and a page that says `<html` are known by their bytes whatever their
    name says; all other text is what its ending says.

    Raises:
        RefusedError: It is none of the kinds that can be read.
    """
    ending = PurePath(name).suffix.lower()
    head = data[:_HEAD]
    if not data.strip():
        raise RefusedError("is empty. Give a file with text in it.")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _office(ending, data)
    if b"%PDF-" in head and not head.startswith((b"<", b"#")):
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError(_old_office(data))
    for signature, what in _UNREADABLE:
        if head.startswith(signature):
            raise RefusedError(
                f"is {what}, not a text document. Text in pictures is not read; save it as text."
            )
    known = ENDINGS.get(ending)
    if known is None:
        raise RefusedError(f"is of a kind that is not read. Use one of {', '.join(ENDINGS)}.")
    if known not in PLAIN and _is_page(head):
        return "html"
    if known in {"pdf", *_OFFICE}:
        raise RefusedError(
            f"is not a {ending[1:].upper()} file, though its name says so. Save it again as one."
        )
    return known


def _office(ending: str, data: bytes) -> str:
    for kind, folder in _OFFICE.items():
        # The names of the parts stand uncompressed in the archive.
        if folder in data and b"[Content_Types].xml" in data:
            return kind
    if ENDINGS.get(ending) in _OFFICE:
        raise RefusedError("is damaged: parts of it are missing. Open it and save it again.")
    raise RefusedError("is an archive. Take the documents out of it and give those.")


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data or b"EncryptedPackage" in data:
        return "is protected by a password. Save it without one."
    return "is of an old Office format. Save it as .docx, .pptx, .xlsx or PDF."


def _is_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
