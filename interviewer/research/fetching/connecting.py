"""Connections to the very addresses that were checked, within one deadline."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpcore

from interviewer.research.fetching.addresses import refused

Resolve = Callable[[str], Sequence[str]]
_Options = Iterable[httpcore.SOCKET_OPTION]


@dataclass(frozen=True, slots=True)
class Errand:
    """One fetch with its redirects and robots.txt: one deadline, no host looked up twice.

    A host that gives a public address when it is checked and another when it is connected to gains
    nothing: what was checked is what is connected to.

    Attributes:
        until: When it must be over, by the monotonic clock.
        resolve: Gives the addresses of a host.
        allowed: Says whether an address may be connected to.
    """

    until: float
    resolve: Resolve
    allowed: Callable[[str], bool]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def left(self) -> float:
        """Return the seconds that are left; TimeoutError when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up")
        return left

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return the addresses of a host, each of them allowed.

        Raises:
            InputError: It has none, or one that is not.
            TimeoutError: Nobody knew in time.
        """
        if host not in self._known:
            try:
                found = tuple(_in_time(lambda: self.resolve(host), self.left()))
            except TimeoutError:
                raise
            except (OSError, UnicodeError) as error:
                raise refused(host, "is not known", "Check the address") from error
            if not found:
                raise refused(host, "is not known", "Check the address")
            if not all(map(self.allowed, found)):
                raise refused(
                    host,
                    "is not on the open internet",
                    "Only pages anybody can reach are fetched; save the page and give the file",
                )
            self._known[host] = found
        return self._known[host]


def _in_time(asked: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """Return what a call gives; the system's own look-up knows no deadline."""
    answer: Future[Sequence[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(asked())
        except Exception as error:
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return answer.result(seconds)


class Pinned(httpcore.NetworkBackend):
    """Connects to what an errand has checked, whatever a host's name leads to meanwhile."""

    def __init__(self, errand: Errand, backend: httpcore.NetworkBackend) -> None:
        """Keep the errand and what really connects."""
        self._errand, self._backend = errand, backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _Options | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        *others, last = self._errand.addresses(host)
        for number, address in enumerate(others):
            share = self._errand.left() / (len(others) + 1 - number)
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._to(address, port, share, local_address, socket_options)
        return self._to(last, port, self._errand.left(), local_address, socket_options)

    def _to(
        self, address: str, port: int, seconds: float, local: str | None, options: _Options | None
    ) -> httpcore.NetworkStream:
        stream = self._backend.connect_tcp(address, port, seconds, local, options)
        return Timed(self._errand, stream)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._backend.sleep(seconds)


class Timed(httpcore.NetworkStream):
    """A connection each of whose steps has the time that is left, so that drops do not add up."""

    def __init__(self, errand: Errand, stream: httpcore.NetworkStream) -> None:
        """Keep the errand and the connection."""
        self._errand, self._stream = errand, stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return self._stream.read(max_bytes, self._errand.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all."""
        self._stream.write(buffer, self._errand.left())

    def close(self) -> None:
        """Close."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Go on in TLS; the certificate must be the host's."""
        left = self._errand.left()
        return Timed(self._errand, self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:  # as the library declares it
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)
