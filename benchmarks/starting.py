"""How long the command line and the browser app take to answer."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Measure
from interviewer.wiring import Settings

PATIENCE = 60.0


def measure_help() -> Iterator[Measure]:
    """Yield the time of `interviewer --help`."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "interviewer", "--help"], check=True,
                       capture_output=True)  # fmt: skip
        times.append(time.perf_counter() - started)
    yield Measure("interviewer --help, median of 5", statistics.median(times), "s", 1)


def measure_start() -> Iterator[Measure]:
    """Yield the time from `python app.py` to a page, in a data folder that was used before."""
    with tempfile.TemporaryDirectory() as folder:
        _start(Path(folder))
        yield Measure("second start to a usable page", _start(Path(folder)), "s", 8)


def _start(home: Path) -> float:
    """Start the app, wait for its page, stop it; return the seconds to the page."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "interviewer", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=Settings.from_environment().environment(home=home),
    )
    try:
        while not answers(port):
            if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                raise RuntimeError("the app did not start")
            time.sleep(0.02)
        return time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """Return a port of the loopback that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def answers(port: int, path: str = "/") -> bool:
    """Whether the page of the app is served, or another address of it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
