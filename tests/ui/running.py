"""The app as a process that can be killed and started again."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.starting import answers, free_port
from interviewer.wiring import Settings

PATIENCE = 180


@dataclass
class App:
    """A running app that keeps its folder and port from one start to the next."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    shows: str = "/"  # where people sign in, nobody sees the page
    command: tuple[str, ...] = ("interviewer", "serve", "--port")

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it and wait for its page."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.command, str(self.port)],
            env={**Settings.from_environment().environment(home=self.home), **self.settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started = time.monotonic()
        while not answers(self.port, self.shows):
            assert self.process.poll() is None, "the app ended"
            assert time.monotonic() - started < PATIENCE, "the app does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Ask it to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
