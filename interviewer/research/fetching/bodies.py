"""What a host sends, unpacked and decoded within limits."""

from __future__ import annotations

import re
import zlib

import httpcore
import httpx

from interviewer.research.fetching.addresses import refused

_BOM = b"\xef\xbb\xbf"
# Encodings that pages are written in; Python knows others whose decoders take ages on purpose.
_ENCODING = re.compile(
    r"(us-)?ascii|utf-?(8|16)(-?[bl]e)?|iso-?8859-?\d+|latin-?1|windows-125\d|cp125\d|koi8-[ru]"
    r"|gb2312|gbk|gb18030|big5(-?hkscs)?|euc-(jp|kr|cn)|shift[-_]?jis|iso-2022-jp",
    re.IGNORECASE,
)


def as_utf8(data: bytes, encoding: str) -> bytes:
    """Return text in UTF-8 with a mark; as it is where the host is wrong about its encoding."""
    if not _ENCODING.fullmatch(encoding):
        return data
    name = "gb18030" if encoding.lower() in {"gb2312", "gbk"} else encoding
    try:
        return _BOM + data.decode(name).removeprefix("\ufeff").encode()
    except (LookupError, ValueError):
        return data


def unpacked(url: httpx.URL, response: httpcore.Response, most: int) -> tuple[bytes, bool]:
    """Return the first bytes of a body, unpacked, and whether they are all of it."""
    coding = header(response, b"content-encoding").strip().lower() or "identity"
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise refused(
            url, "is packed in a way that is not read", "Save the page and give the file"
        )
    unpack = zlib.decompressobj(wbits=31) if coding != "identity" else None
    data, packed = bytearray(), 0
    for chunk in response.iter_stream():
        packed += len(chunk)
        data += unpack.decompress(chunk, most - len(data) + 1) if unpack else chunk
        if packed > most or len(data) > most:
            return bytes(data[:most]), False
        if unpack and unpack.eof:
            break
    if unpack and not unpack.eof and packed:
        raise refused(url, "ends too early", "Try again later")
    return bytes(data), True


def header(response: httpcore.Response, name: bytes) -> str:
    """Return a header, empty where there is none; its name in small letters."""
    for key, value in response.headers:
        if key.lower() == name:
            try:
                return value.decode()  # Chinese hosts lead on to paths they do not escape
            except UnicodeDecodeError:
                return value.decode("latin-1")
    return ""
