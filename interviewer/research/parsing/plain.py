"""Bytes into text: byte order marks, UTF-8, and the older encodings that are still met."""

from __future__ import annotations

from interviewer.research.parsing.parsed import RefusedError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OLDER = ["gb18030", "big5", "cp1252"]
_SAMPLE = 200_000
# A file with one broken byte among valid UTF-8 is a damaged file, not one in an older encoding.
_MOSTLY = 4


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of some bytes, and the encoding where it had to be guessed.

    Raises:
        RefusedError: They are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), None
            except UnicodeDecodeError as error:
                raise _not_utf8(data, error) from None
    if b"\x00" in data:
        raise RefusedError("is not a text file. Save its text as a .md or .txt file.")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise _not_utf8(data, error) from None
        loose = data.decode("utf-8", errors="replace")
        bad = loose.count("\ufffd")
        good = sum(character > "\x7f" for character in loose) - bad
        guess = _older(data) if good < bad * _MOSTLY else None
        if guess is None:
            raise _not_utf8(data, error) from None
        return guess


def _older(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE], cp_isolation=_OLDER).best()
    if found is None:
        return None
    text = data.decode(found.encoding, errors="replace")
    return (text, found.encoding) if text.count("\ufffd") * 1000 <= len(text) else None


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> RefusedError:
    line = data.count(b"\n", 0, error.start) + 1
    return RefusedError(
        f"is not UTF-8 in line {line} (byte {error.start + 1}). Save it again as UTF-8."
    )
