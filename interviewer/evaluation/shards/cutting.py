"""Files of transcripts cut into shards: how much of them, where each begins, and their hashes.

Every file is read once from end to end, for its SHA-256 and for where its lines begin; that is a
small part of what measuring takes, and says whether anything has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.errors import InputError
from interviewer.evaluation.formats.cutting import has_a_transcript_a_line, lines_of, sources_in
from interviewer.evaluation.formats.source import AS_FOUND, ReadAs, Source

_AT_ONCE = 1 << 18
# A shard is a few seconds of work, unless that would make more of them than can be looked after.
_LEAST, _MOST, _ABOUT = 2 << 20, 256 << 20, 4096
# Lines that hold next to nothing are cut by their number.
_MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was looked through.

    Attributes:
        file: The file, as it was named.
        sha256: Of its bytes.
        size: How many bytes.
    """

    file: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file.

    Attributes:
        file: The file, as it was named.
        path: The same from the root, for whoever works in another folder.
        sha256: Of its bytes.
        start: First byte.
        end: The byte after the last, None for a whole file that is no lines.
        line: Number of the first line.
    """

    file: str
    path: str
    sha256: str
    start: int = 0
    end: int | None = None
    line: int = 1

    def sources(self, read_as: ReadAs = AS_FOUND) -> Iterator[Source]:
        """Yield its transcripts.

        Args:
            read_as: What is said of the files.

        Raises:
            InputError: It cannot be read, or its bytes are not those that were looked through;
                that is told behind the last transcript, so that nothing changes after the look.
        """
        try:
            yield from self._sources(read_as)
            same = _looked(Path(self.path), self.start, self.end)[0] == self.sha256
        except OSError as error:
            raise InputError(f"{self.file} cannot be read ({error.strerror}).") from None
        if not same:
            raise InputError(
                f"{self.file} is no longer what it was when this began, or a worker sees another "
                "file in its place. Begin anew."
            )

    def _sources(self, read_as: ReadAs) -> Iterator[Source]:
        path = Path(self.path)
        if self.end is None:
            for source in sources_in([path], read_as):
                yield replace(source, where=self.file + source.where.removeprefix(self.path))
            return
        for source in lines_of(path, read_as.form, self.start, self.end, self.line, self.file):
            yield replace(source, interviewer=read_as.interviewer)


@dataclass(frozen=True, slots=True)
class Shard:
    """What is measured at once.

    Attributes:
        number: Its place, from 0.
        pieces: What it is made of, in order.
    """

    number: int
    pieces: tuple[Piece, ...]

    def sources(self, read_as: ReadAs = AS_FOUND) -> Iterator[Source]:
        """Yield its transcripts, in order.

        Args:
            read_as: What is said of the files.

        Raises:
            InputError: A file cannot be read.
        """
        for piece in self.pieces:
            yield from piece.sources(read_as)


@dataclass(frozen=True, slots=True)
class Cut:
    """Files, cut.

    Attributes:
        inputs: The files.
        shards: All that is in them, in order.
    """

    inputs: tuple[Input, ...]
    shards: tuple[Shard, ...]


def cut(files: Sequence[Path], read_as: ReadAs = AS_FOUND, *, least: int = _LEAST) -> Cut:
    """Return files cut into shards; the same files give the same shards.

    Args:
        files: The files.
        read_as: What is said of them.
        least: Bytes of a shard where they are not many.

    Raises:
        InputError: A file cannot be read.
    """
    try:
        total = sum(path.stat().st_size for path in files)
        size = min(max(least, total // _ABOUT), _MOST)
        inputs: list[Input] = []
        pieces = [piece for path in files for piece in _pieces(path, size, inputs, read_as)]
    except OSError as error:
        raise InputError(f"{error.filename} cannot be read ({error.strerror}).") from None
    by_name = {entry.file: entry.size for entry in inputs}
    return Cut(tuple(inputs), tuple(_shards(pieces, size, by_name)))


def _pieces(path: Path, size: int, inputs: list[Input], read_as: ReadAs) -> Iterator[Piece]:
    """Yield the pieces of a file and note the file."""
    file, place = str(path), str(path.absolute())
    if not has_a_transcript_a_line(path, read_as):
        sha256, size = _looked(path)
        inputs.append(Input(file, sha256, size))
        yield Piece(file, place, sha256)
        return
    digest, own = hashlib.sha256(), hashlib.sha256()
    start = offset = 0
    line, lines = 1, 0
    with path.open("rb") as data:
        while chunk := data.read(min(_AT_ONCE, size)):
            digest.update(chunk)
            last = chunk.rfind(b"\n") + 1
            lines += chunk.count(b"\n")
            if last and (offset + last - start >= size or lines >= _MOST_LINES):
                own.update(chunk[:last])
                yield Piece(file, place, own.hexdigest(), start, offset + last, line)
                start, line, lines = offset + last, line + lines, 0
                own, chunk = hashlib.sha256(), chunk[last:]
                offset += last
            own.update(chunk)
            offset += len(chunk)
    if start < offset:
        yield Piece(file, place, own.hexdigest(), start, offset, line)
    inputs.append(Input(file, digest.hexdigest(), offset))


def _looked(path: Path, start: int = 0, end: int | None = None) -> tuple[str, int]:
    """Return the SHA-256 of bytes of a file, all of them unless said, and how many there are."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as data:
        data.seek(start)
        while chunk := data.read(_AT_ONCE if end is None else min(_AT_ONCE, end - start - size)):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _shards(pieces: Iterable[Piece], size: int, sizes: dict[str, int]) -> Iterator[Shard]:
    """Yield pieces put together until they are a shard: many small files make one."""
    number, held = 0, 0
    together: list[Piece] = []
    for piece in pieces:
        together.append(piece)
        end = sizes[piece.file] if piece.end is None else piece.end
        held += end - piece.start
        # A file is cut where a shard is to end, by its bytes or by its lines.
        if held >= size or end < sizes[piece.file]:
            yield Shard(number, tuple(together))
            number, held, together = number + 1, 0, []
    if together:
        yield Shard(number, tuple(together))
