"""What somebody gives as research: files, folders, web pages and pasted text, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.research.documents import walk
from interviewer.research.parsing import ENDINGS, MOST_BYTES
from interviewer.research.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be taken in.

    Attributes:
        label: What it is called in a report.
        origin: What it is known by when it comes again: an absolute path, an address, or a name.
        path: Its file, or a name with an ending for what is none.
        root: The folder it was found under, None where it was named itself.
        data: Its bytes, None where they are still in the file.
    """

    label: str
    origin: str
    path: Path
    root: Path | None = None
    data: bytes | None = None

    def bytes(self) -> bytes:
        """Return its bytes.

        Raises:
            InputError: It is too large or cannot be read.
        """
        if self.data is not None:
            return self.data
        if self.path.is_dir():
            known = ", ".join(ENDINGS)
            raise InputError(f"{self.path} holds no file that can be read ({known}). Add one.")
        try:
            if self.path.stat().st_size > MOST_BYTES:
                raise InputError(
                    f"{self.path} is over {MOST_BYTES // 1_000_000} MB. "
                    "Give the part about the employer."
                )
            return self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise InputError(
                f"{self.path} cannot be read ({reason}). Check name and rights."
            ) from error

    @property
    def name(self) -> str:
        """Its name with the folders it was found in, without those that name a topic."""
        if self.root is None:
            return self.path.stem
        parts = self.path.relative_to(self.root).with_suffix("").parts
        return "-".join((*(part for part in parts[:-1] if part not in TOPICS), parts[-1]))


def files(given: Sequence[Path]) -> Iterator[Source]:
    """Yield the documents of files and folders; an empty folder stands for itself."""
    for path in given:
        found = False
        if path.is_dir():
            for inner in walk(path, ENDINGS):
                found = True
                yield Source(str(inner), str(inner.absolute()), inner, path)
        if not found:
            yield Source(str(path), str(path.absolute()), path)


def pasted(text: str, name: str) -> Source:
    """Return pasted text, or an uploaded file's text, under a name of its own."""
    return Source(name, f"pasted:{name}", Path(f"{name}.md"), data=text.encode())


def uploaded(data: bytes, name: str) -> Source:
    """Return an uploaded file; uploading it again replaces it."""
    safe = Path(name.replace("\\", "/")).name or "upload"
    return Source(safe, f"upload:{safe}", Path(safe), data=data)
