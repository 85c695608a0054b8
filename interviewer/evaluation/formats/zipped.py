"""Members of a zip file, Zstandard's too: Inspect packs by it, Python itself reads it from 3.14.

Method 93 of PKWARE's APPNOTE 6.3.9; several frames, one after the other, are one member.
"""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

import zstandard

from interviewer.errors import InputError
from interviewer.evaluation.formats.source import LONGEST, TOO_LONG

_ZSTANDARD = 93
_HEADER, _LENGTHS = 30, struct.Struct("<26xHH")


def member(archive: ZipFile, info: ZipInfo, file: BinaryIO) -> bytes:
    """Return what a member holds.

    Args:
        archive: The zip file.
        info: The member.
        file: The same file, opened for reading beside it.

    Raises:
        InputError: It is damaged, too long, or packed in a way that is not known.
        OSError: The file cannot be read.
    """
    if info.file_size > LONGEST:
        raise InputError(TOO_LONG)
    try:
        if info.compress_type != _ZSTANDARD:
            with archive.open(info) as packed:
                return packed.read(LONGEST)
        data = _unpacked(file, info)
    except (BadZipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError, struct.error, EOFError):
        raise InputError("is damaged.") from None
    except OSError as error:
        if error.errno is not None:  # the disk's; bzip2 says so of damaged data, with no number
            raise
        raise InputError("is damaged.") from None
    except (NotImplementedError, RuntimeError):
        raise InputError("is packed in a way that is not known here, or encrypted.") from None
    if zlib.crc32(data) != info.CRC:
        raise InputError("is damaged.")
    return data


def _unpacked(file: BinaryIO, info: ZipInfo) -> bytes:
    file.seek(info.header_offset)
    name, extra = _LENGTHS.unpack(file.read(_HEADER))
    file.seek(name + extra, io.SEEK_CUR)
    packed = io.BytesIO(file.read(info.compress_size))
    reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    return reader.read(LONGEST)
