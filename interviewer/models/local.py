"""A model in a GGUF file: llama.cpp's server from the package `xllamacpp`, on loopback.

Each file gets a process of its own. The C++ code cannot take this program down with it, a broken
file is an error and no crash, and the server is stopped with the app: it ends when its standard
input is closed, which the system does for it even when the app is killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from interviewer.errors import SetupError

MAGIC = b"GGUF"
# No model of any use is smaller; a broken download or a text file is.
SMALLEST = 1 << 20
# Seconds a server may take to load its file; large models come from slow disks.
LOADS = 300.0
# Two interviews at a time, each with room for its prompt and reply, in tokens.
SLOTS = 2
CONTEXT = 16_384


class LocalServers:
    """Servers of GGUF files, one a file; safe for threads."""

    def __init__(self) -> None:
        """Start without any."""
        self._guard = threading.Lock()
        self._running: dict[Path, tuple[subprocess.Popen[str], str]] = {}

    def address(self, path: Path) -> str:
        """Return the address of a file's server, which is started when it is first needed.

        Blocks until the file is loaded.

        Raises:
            SetupError: The file is missing, no model, or cannot be loaded, or the package is.
        """
        file = path.expanduser().resolve()
        with self._guard:
            running = self._running.get(file)
            if running is None or running[0].poll() is not None:
                check_file(file)
                running = _started(file)
                self._running[file] = running
            return running[1]

    def close(self) -> None:
        """Stop every server."""
        with self._guard:
            running = list(self._running.values())
            self._running.clear()
        for process, _ in running:
            _end(process)


def check_file(file: Path) -> None:
    """Look whether a file can be a model, before C++ code reads it.

    Raises:
        SetupError: It is missing, not readable, or no GGUF file.
    """
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(MAGIC))
        size = file.stat().st_size
    except OSError as error:
        raise SetupError(
            f"The model {file} cannot be read ({error.strerror}). "
            "Write local: and the path of a GGUF file."
        ) from None
    if begins != MAGIC or size < SMALLEST:
        raise SetupError(
            f"{file} is no GGUF model. Choose a file whose name ends in .gguf, "
            "or download it again."
        )


def _started(file: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "interviewer.models.local", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    # Whoever reads from a process that hangs would wait for ever.
    alarm = threading.Timer(LOADS, process.kill)
    alarm.start()
    try:
        said = process.stdout.readline().strip() if process.stdout else ""
    finally:
        alarm.cancel()
    if said.startswith("http://127.0.0.1:"):
        return process, f"{said}/v1"
    _end(process)
    if said == "no package":
        raise SetupError(
            "A local model needs the package xllamacpp. "
            "Install three-rounds with its extra `local`: pip install 'three-rounds[local]'."
        )
    raise SetupError(
        f"{file} cannot be loaded. It may be damaged, of a kind llama.cpp does not know, "
        "or too large for this machine's memory."
    )


def _end(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tell(word: str) -> None:
    """Say a word to the process that waits for it."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def serve(file: str) -> None:
    """Run a file's server until standard input is closed; print its address first."""
    try:
        import xllamacpp
    except ImportError:
        _tell("no package")
        return
    parameters = xllamacpp.CommonParams()
    parameters.model.path = file
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = SLOTS
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.endpoint_metrics = False
    parameters.endpoint_props = False
    parameters.offline = True
    parameters.use_jinja = True
    parameters.verbosity = -1
    server = xllamacpp.Server(parameters)
    _tell(server.listening_address)
    sys.stdin.read()
    # The server's threads do not end by themselves.
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
