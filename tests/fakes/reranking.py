"""A rerank server on loopback that does as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = 1 << 21


class Rerank(BaseHTTPRequestHandler):
    """A rerank server that does as its owner says."""

    def do_POST(self) -> None:
        """Answer a request."""
        owner: Served = self.server.owner  # type: ignore[attr-defined]  # set by `served`
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        owner.asked.append((self.path, body, self.headers.get("authorization")))
        owner.answer(self, body)

    def send(self, status: int, body: bytes, length: int | None = None) -> None:
        """Send an answer, of which less may come than its head says."""
        self.send_response(status)
        self.send_header("content-length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@dataclass
class Served:
    """What a server was asked, and how it answers."""

    mode: str
    address: str = ""
    asked: list[tuple[str, dict[str, object], str | None]] = field(default_factory=list)

    def answer(self, wire: Rerank, body: dict[str, object]) -> None:
        """Answer in the way of the mode."""
        texts = body.get("documents" if self.mode != "tei" else "texts")
        if self.mode == "tei" and texts is None:
            wire.send(422, b'{"error": "missing field texts"}')
            return
        scores = [float(str(text).count("team")) for text in texts or ()]  # type: ignore[attr-defined]
        if self.mode == "tei":
            entries: object = [{"index": i, "score": s} for i, s in enumerate(scores)]
        else:
            entries = {
                "model": "m",
                "results": [
                    {"index": i, "relevance_score": s, "document": {}}
                    for i, s in reversed(list(enumerate(scores)))
                ],
            }
        whole = json.dumps(entries).encode()
        if self.mode == "stalls":
            time.sleep(1.5)
        elif self.mode == "drips":
            wire.send(200, b"", 10_000)
            for _ in range(30):
                wire.wfile.write(b" ")
                time.sleep(0.05)
        elif self.mode == "closes":
            wire.send(200, whole[:10], len(whole))
        elif self.mode == "endless":
            wire.send(200, b" " * (LARGE))
        elif self.mode.isdigit():
            wire.send(int(self.mode), b"SECRET")
        else:
            wire.send(200, whole)


@contextmanager
def served(mode: str) -> Iterator[Served]:
    """Run a rerank server on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rerank)
    owner = Served(mode)
    server.owner = owner  # type: ignore[attr-defined]  # for the handler
    owner.address = f"http://127.0.0.1:{server.server_port}/v1/rerank"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield owner
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
