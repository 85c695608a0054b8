"""The side that asks: one child at a time, killed when it takes too long, started again."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from interviewer.errors import SetupError
from interviewer.research.parsing.parsed import Parsed, RefusedError

MOST_BYTES = 25_000_000
SECONDS = 15.0
_ROOT = Path(__file__).parents[3]


class Parser:
    """Reads documents in a child process; a context manager for one thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Start nothing yet.

        Args:
            seconds: How long one document may take.
        """
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def parse(self, kind: str, data: bytes) -> Parsed:
        """Read one document.

        Args:
            kind: As `kind_of` says, but none of `PLAIN`.
            data: The whole file.

        Raises:
            RefusedError: It cannot be used.
            SetupError: No process could be started.
        """
        if len(data) > MOST_BYTES:
            raise RefusedError("is over 25 MB. Give the part about the employer.")
        child = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            line = _asked(child, kind, data)
        finally:
            timer.cancel()
        if not line:
            self.close()
            if late.is_set():
                raise RefusedError(f"took longer than {self._seconds:.0f} s to read. It was left.")
            raise RefusedError("needs more memory than a document should. Give its text.")
        reply = json.loads(line)
        if "refused" in reply:
            raise RefusedError(reply["refused"])
        found = reply["parsed"]
        hidden, notes = tuple(found["hidden"]), tuple(found["notes"])
        return Parsed(found["text"], found["title"], found["date"], hidden, notes)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was to be written goes nowhere
                    stream.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        try:
            # An environment of its own: a parser has no business with keys.
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "interviewer.research.parsing.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except OSError as error:
            raise SetupError(f"No process for reading documents could start ({error}).") from error
        return self._child


def _asked(child: subprocess.Popen[bytes], kind: str, data: bytes) -> bytes:
    """Return the child's answer, empty when it died over it."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps({"kind": kind, "size": len(data)}).encode() + b"\n" + data)
        child.stdin.flush()
        return child.stdout.readline()
    except OSError:
        return b""
