"""The archive an Office file is: looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile

from interviewer.research.parsing.parsed import RefusedError

MOST_PARTS = 3_000
MOST_UNPACKED = 300_000_000
MOST_XML = 60_000_000
# XML packs well, but a hundredfold beyond ten megabytes is made, not written.
_RATIO, _RATIO_FROM = 100, 10_000_000
_PEEK = 4_096


def check_parts(data: bytes) -> None:
    """Refuse an Office file whose archive is no honest one.

    Raises:
        RefusedError: It is damaged, unpacks to too much, or holds what Office never writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise RefusedError("unpacks to far more than a document. It was not opened.")
            if len({part.filename for part in parts}) < len(parts):
                raise RefusedError("holds two parts of one name. Open it and save it again.")
            for part in parts:
                _check(archive, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise RefusedError("is damaged. Open it in its program and save it again.") from error


def _check(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename
    if part.flag_bits & 0x1:
        raise RefusedError("is protected by a password. Save it without one.")
    if name.startswith("/") or ".." in name.split("/") or stat.S_ISLNK(part.external_attr >> 16):
        raise RefusedError("holds parts that lead out of it. It was not opened.")
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > _RATIO_FROM and ratio > _RATIO:
        raise RefusedError("unpacks to far more than a document. It was not opened.")
    if not name.endswith((".xml", ".rels")):
        return
    if part.file_size > MOST_XML:
        raise RefusedError("is too large. Give the part of it that is about the employer.")
    with archive.open(part) as opened:
        if b"<!DOCTYPE" in opened.read(_PEEK).upper():
            raise RefusedError("declares entities, which Office never does. It was not opened.")
