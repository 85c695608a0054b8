"""Hosts of the web on loopback: what each address answers, and who asked for it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from interviewer.research.fetching import Fetcher

Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Hosts:
    """One server that stands for every host; it answers by host and path.

    Attributes:
        port: Where it listens.
        answers: By `host/path`, whole answers of HTTP or what is done with the connection.
        asked: Every `host/path` in order.
    """

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def page(
        self,
        where: str,
        body: bytes | str = b"<p>Hello</p>",
        kind: str = "text/html; charset=utf-8",
        *,
        status: int = 200,
        **headers: str,
    ) -> str:
        """Let an address answer with a page; return the address."""
        data = body.encode() if isinstance(body, str) else body
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", f"Content-Type: {kind}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.answers[where] = "\r\n".join((*lines, "", "")).encode() + data
        return self.url(where)

    def leads(self, where: str, to: str, status: int = 302) -> str:
        """Let an address lead to another; return the address."""
        return self.page(where, "", status=status, Location=to)

    def url(self, where: str) -> str:
        """Return the address of `host/path`."""
        host, _, path = where.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def fetcher(self, **more: object) -> Fetcher:
        """Return a fetcher to which every host is this server and open."""
        known: dict[str, object] = {
            "resolve": lambda host: ("127.0.0.1",), "allowed": lambda address: True, "ports": None,
        }  # fmt: skip
        return Fetcher(**(known | more))  # type: ignore[arg-type]  # passed on

    def answer(self, connection: socket.socket) -> None:
        """Answer one request."""
        with connection, suppress(OSError):
            connection.settimeout(5)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            text = head.decode("latin-1")
            self.heads.append(text)
            path = text.split(" ", 2)[1]
            host = text.lower().partition("\r\nhost: ")[2].partition("\r\n")[0].partition(":")[0]
            self.asked.append(f"{host}{path}")
            found = self.answers.get(
                f"{host}{path}", b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"
            )
            if callable(found):
                found(connection)
            else:
                connection.sendall(found)


@contextmanager
def hosts() -> Iterator[Hosts]:
    """Serve while the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        served = Hosts(server.getsockname()[1])
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                with suppress(OSError):
                    threading.Thread(
                        target=served.answer, args=(server.accept()[0],), daemon=True
                    ).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield served
        over.set()
        with suppress(OSError), socket.create_connection(("127.0.0.1", served.port)):
            thread.join(5)


def dripping(head: bytes, piece: bytes, seconds: float = 0.1) -> Callable[[socket.socket], None]:
    """Return an answer that never ends: a piece, a pause, and again."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            time.sleep(seconds)
            connection.sendall(piece)

    return drip
