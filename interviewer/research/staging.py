"""Documents on their way into a pack: all of a call go in, or none.

They lie in `.incoming` until the last is read. Then a list of what goes where is written in one
step, and followed; whoever finds such a list, because its writer was killed, follows it to its
end. Without a list nothing has happened, and what was read so far is used by the next call.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import uuid
from pathlib import Path

from interviewer.errors import SetupError

_FOLDER = ".incoming"
_LIST = "list.json"


class Staging:
    """What one call is about to change in a pack."""

    def __init__(self, own: Path) -> None:
        """Finish what an earlier call began, and begin with nothing.

        Raises:
            SetupError: The folder cannot be written.
        """
        settle(own)
        self._own = own
        self._folder = own / _FOLDER
        self._puts: dict[str, str] = {}
        self._removes: set[str] = set()

    def put(self, target: Path, data: bytes) -> None:
        """Let a document go to a place in the pack."""
        name = f"{hashlib.sha256(data).hexdigest()[:32]}.draft"
        _write(self._folder / name, data)
        self._puts[self._relative(target)] = name
        self._removes.discard(self._relative(target))

    def remove(self, target: Path) -> None:
        """Take a document out of the pack."""
        self._removes.add(self._relative(target))
        self._puts.pop(self._relative(target), None)

    def keep(self, key: str, text: str) -> None:
        """Keep what was read from a file, in case the call is killed."""
        _write(self._folder / f"{key}.read", text.encode())

    def kept(self, key: str) -> str | None:
        """Return what a killed call had read."""
        try:
            return (self._folder / f"{key}.read").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def commit(self) -> None:
        """Make the changes.

        Raises:
            SetupError: The folder cannot be written.
        """
        if self._puts or self._removes:
            plan = {"put": self._puts, "remove": sorted(self._removes - self._puts.keys())}
            _write(self._folder / _LIST, json.dumps(plan, ensure_ascii=False).encode())
            settle(self._own)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _relative(self, target: Path) -> str:
        return target.relative_to(self._own).as_posix()


def settle(own: Path) -> None:
    """Follow the list a killed call has left, if there is one.

    Raises:
        SetupError: The folder cannot be written.
    """
    folder = own / _FOLDER
    try:
        plan = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    try:
        for target, name in plan["put"].items():
            if (folder / name).is_file():
                (own / target).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                # A copy, since two places may hold the same text; one of our own, since another
                # program may follow the list at the same time.
                draft = folder / f"{name}.{uuid.uuid4().hex}"
                shutil.copyfile(folder / name, draft)
                os.replace(draft, own / target)
        for target in plan["remove"]:
            (own / target).unlink(missing_ok=True)
        (folder / _LIST).unlink(missing_ok=True)
    except OSError as error:
        if (folder / _LIST).exists():
            raise _unwritable(own, error) from error
        return  # another program was faster, and has followed it to its end
    shutil.rmtree(folder, ignore_errors=True)


def _write(target: Path, data: bytes) -> None:
    """Write a file so that a kill leaves none or the whole."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(path: Path, error: OSError) -> SetupError:
    return SetupError(f"{path} cannot be written ({error.strerror or error}). Check rights.")
