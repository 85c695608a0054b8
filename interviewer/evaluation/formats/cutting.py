"""Files cut into transcripts, one at a time, whatever format they are in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from interviewer.errors import InputError
from interviewer.evaluation.formats.carried import mapping
from interviewer.evaluation.formats.conversations import Conversations
from interviewer.evaluation.formats.form import Format
from interviewer.evaluation.formats.json_text import entries_of
from interviewer.evaluation.formats.registry import FORMATS, format_of
from interviewer.evaluation.formats.source import AS_FOUND, LONGEST, TOO_LONG, ReadAs, Source

_NO_UTF8 = "it is no UTF-8 text."
_FIRST_BYTES = {b"PK\x03\x04": "inspect", b"PAR1": "scout"}
# A file whose first entries are all broken or show no format is cut into lines, each named.
_TRIED = 100


def sources_in(files: Iterable[Path], read_as: ReadAs = AS_FOUND) -> Iterator[Source]:
    """Yield every transcript of files in their order, without holding a file in memory.

    Args:
        files: The files.
        read_as: What is said of them; each entry shows its format by itself otherwise.

    Raises:
        InputError: A file cannot be opened.
        SetupError: A format needs what is not installed.
    """
    for path in files:
        try:
            for source in _sources(path, read_as.form):
                if read_as.interviewer:
                    source = replace(source, interviewer=read_as.interviewer)
                yield source
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}).") from None


def _sources(path: Path, form: str) -> Iterator[Source]:
    packed = _packed(path)
    if packed and packed.sources:
        if form not in ("", packed.name):
            fault = f"it is no {FORMATS[form].title}, but {packed.title}."
            yield Source(str(path), "", fault)
            return
        yield from packed.sources(path)
        return
    texts = _texts(path, form)
    found, tried = _tried(texts, form)
    if found is not None and found.calls is not None:
        yield from _gathered(path, chain(tried, texts), found)
    else:
        yield from chain(tried, texts)


def _tried(texts: Iterator[Source], form: str) -> tuple[Format | None, list[Source]]:
    """Return the format that the first entries of a file show, and what was taken to see it."""
    tried: list[Source] = []
    size = 0
    found = FORMATS.get(form)
    for source in texts if found is None else ():
        tried.append(source)
        document = None if source.fault else _parsed(source.text)
        size += len(source.text)
        if _shows_a_format(document) or len(tried) == _TRIED or size > LONGEST:
            found = format_of(document)
            break
    return found, tried


def _shows_a_format(document: object) -> bool:
    """Whether an entry bears a signature; a batch of spans of a web server, say, bears none."""
    return is_messages(document) or (
        isinstance(document, dict) and format_of(document).bears(document)
    )


def has_a_transcript_a_line(path: Path, read_as: ReadAs = AS_FOUND) -> bool:
    """Whether a file can be taken apart at its lines: no line needs another to be read.

    Raises:
        OSError: It cannot be read.
    """
    if _packed(path) or (path.suffix == ".json" and not _is_lines(path)):
        return False
    found, _ = _tried(_texts(path, read_as.form), read_as.form)
    return found is None or found.calls is None


def lines_of(
    path: Path, form: str, start: int = 0, end: int | None = None, line: int = 1, shown: str = ""
) -> Iterator[Source]:
    """Yield the entries of a file of lines, or of a part of it.

    Args:
        path: The file.
        form: The format that is stated, empty for none.
        start: The byte at which a line begins.
        end: The byte after the last line, None for all there are.
        line: The number of the first line.
        shown: The file as it was named, where that is not its path.
    """
    name = shown or str(path)
    with path.open("rb") as file:
        file.seek(start)

        def taken() -> bytes:
            # What has been written behind the end since is of another line, or of the last one.
            left = LONGEST + 1 if end is None else end - file.tell()
            return file.readline(max(0, min(LONGEST + 1, left)))

        number = line - 1
        while data := taken():
            number += 1
            where = f"{name}:{number}"
            if len(data) > LONGEST:
                while data and not data.endswith(b"\n"):
                    data = taken()
                yield Source(where, "", f"the line {TOO_LONG}")
            elif not data.isspace():
                yield _source(where, data, form)


def _packed(path: Path) -> Format | None:
    with path.open("rb") as file:
        name = _FIRST_BYTES.get(file.read(4))
    return FORMATS[name] if name else None


def _gathered(path: Path, texts: Iterable[Source], form: Format) -> Iterator[Source]:
    """Yield conversations from the calls that entries hold; broken entries before them."""
    assert form.calls is not None
    broken = False
    with Conversations() as kept:
        for source in texts:
            try:
                document = _document(source)
                calls = list(form.calls(document))
                if not calls:
                    _refuse_another(document, form)
                for call in calls:
                    kept.add(call, source.where)
            except InputError as error:
                broken = True
                yield replace(source, text="", fault=str(error))
        if kept.empty and not broken:
            yield Source(str(path), "", f"it holds no messages of {form.title}.")
        # Those that begin in one entry follow each other.
        for place, together in groupby(kept, key=itemgetter(0)):
            for number, (_, document) in enumerate(together, start=1):
                where = place if number == 1 else f"{place}:{number}"
                yield Source(where, json.dumps(document), form=form.name)


def _refuse_another(document: object, form: Format) -> None:
    """Refuse a transcript of another format; what else holds no call is passed over.

    Raises:
        InputError: It is one.
    """
    found = format_of(document)
    if found is form:
        return
    if found.calls is not None:
        talks = next(found.calls(document), None) is not None
    else:
        talks = _shows_a_format(document) or "messages" in mapping(document)
    if talks and document:
        raise InputError(
            f"it is {found.title} in a file of {form.title}. Give each format a file of its own."
        )


def _document(source: Source) -> object:
    if source.fault:
        raise InputError(source.fault)
    document = _parsed(source.text)
    if document is None:
        raise InputError("it is no JSON; it may be cut off.")
    return document


def _parsed(text: str) -> object | None:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def _texts(path: Path, form: str) -> Iterator[Source]:
    if path.suffix == ".json" and not _is_lines(path):
        yield from _whole(path, form)
        return
    yield from lines_of(path, form)


def _is_lines(path: Path) -> bool:
    """Whether a file called .json holds an object a line, as a collector writes it."""
    with path.open("rb") as file:
        line = file.readline(LONGEST + 1)
        if not line.endswith(b"\n") or not file.read(1 << 16).strip():
            return False
    return isinstance(_parsed(line.decode("utf-8-sig", "replace")), dict)


def _whole(path: Path, form: str) -> Iterator[Source]:
    """Yield the document of a file, or each of several that are in it."""
    with path.open("rb") as file:
        sign = file.read(1 << 16).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if path.stat().st_size > LONGEST:
        yield from _long(path, sign, form)
        return
    source = _source(str(path), path.read_bytes(), form)
    document = _parsed(source.text)
    if isinstance(document, dict):
        found = FORMATS.get(form) or format_of(document)
        if found.parts is not None and isinstance(document.get("samples"), list):
            if not document["samples"]:
                yield Source(str(path), "", f"it holds no samples of {found.title}.")
            for number, part in enumerate(found.parts(document), start=1):
                yield Source(f"{path}:{number}", json.dumps(part), form=found.name)
            return
    if sign != b"[" or is_messages(document):
        yield source
    else:
        yield from _entries(path, "", form)


def _long(path: Path, sign: bytes, form: str) -> Iterator[Source]:
    """Yield the entries of a list, or the samples of a log; what else is that long is no chat."""
    form = "inspect" if sign == b"{" else form
    entries = _entries(path, "samples", form) if sign in (b"[", b"{") else iter(())
    first = next(entries, None)
    if first is None:
        fault = f"it is larger than {LONGEST // 1_000_000} MB, and no list of transcripts."
        yield Source(str(path), "", fault)
        return
    yield first
    yield from entries


def _entries(path: Path, key: str, form: str) -> Iterator[Source]:
    number = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for text in entries_of(file, key):
                number += 1
                yield Source(f"{path}:{number}", text, form=form)
        except InputError as error:
            yield Source(str(path), "", f"it {error}")
        except UnicodeDecodeError:
            yield Source(str(path), "", _NO_UTF8)


def is_messages(document: object) -> bool:
    """Whether a document is a list of messages, the barest form of a chat."""
    return isinstance(document, list) and all(
        isinstance(entry, dict) and "role" in entry for entry in document
    )


def _source(where: str, data: bytes, form: str) -> Source:
    try:
        return Source(where, data.decode("utf-8-sig"), form=form)
    except UnicodeDecodeError:
        return Source(where, "", _NO_UTF8)
