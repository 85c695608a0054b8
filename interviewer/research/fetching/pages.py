"""One page: asked for with care, followed where it leads, and read within limits."""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import httpcore
import httpx

from interviewer.errors import InputError
from interviewer.research.fetching.addresses import (
    PORTS,
    host_of,
    is_public,
    port_of,
    refused,
    resolved,
    shown,
    web_address,
)
from interviewer.research.fetching.bodies import as_utf8, header, unpacked
from interviewer.research.fetching.connecting import Errand, Pinned, Resolve
from interviewer.research.fetching.robots import MOST_ROBOTS, Robots

ENDINGS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
MOST_BYTES = 15_000_000
SECONDS = 20.0
AGENT = "three-rounds/0.1 (+research reader)"
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LATE = (TimeoutError, httpcore.TimeoutException)
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError, zlib.error)
Origin = tuple[str, str, int]


class GoneError(InputError):
    """A page is not there any more: its host answers 404 or 410.

    Attributes:
        url: Where it was, in the end.
    """

    def __init__(self, url: httpx.URL, status: int) -> None:
        """Say so."""
        super().__init__(str(refused(url, f"is not there ({status})", "Check the address")))
        self.url = str(url)


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        url: Where it was in the end.
        content_type: One of `ENDINGS`.
        data: Its bytes, unpacked; text whose host names its encoding is UTF-8 with a mark.
    """

    url: str
    content_type: str
    data: bytes

    @property
    def name(self) -> str:
        """A file name for it: the address's last part with the ending of its type."""
        url = httpx.URL(self.url)
        last = url.path.rstrip("/").rpartition("/")[2] or url.host
        return re.sub(r"\.(html?|md|markdown|txt|pdf)$", "", last) + ENDINGS[self.content_type]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None = None
    content_type: str = ""
    data: bytes = b""


class Fetcher:
    """Fetches pages, one at a time; it remembers the robots.txt of every host it asks."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolved,
        allowed: Callable[[str], bool] = is_public,
        ports: frozenset[int] | None = PORTS,
        most_bytes: int = MOST_BYTES,
        seconds: float = SECONDS,
        backend: httpcore.NetworkBackend | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Take the limits.

        Args:
            resolve: Gives the addresses of a host.
            allowed: Says whether an address may be connected to.
            ports: Ports that may be connected to, None for any.
            most_bytes: The size from which a page is refused, unpacked.
            seconds: Time for one page with its redirects and robots.txt.
            backend: Connects, and sleeps.
            context: Whose certificates are trusted; without it those the system or certifi names.
        """
        self._resolve, self._allowed, self._ports = resolve, allowed, ports
        self._most, self._seconds, self._given = most_bytes, seconds, context
        self._backend = backend or httpcore.SyncBackend()
        self._robots = Robots(AGENT.partition("/")[0])

    def fetch(self, url: str, within: Origin | None = None) -> Page:
        """Return one page.

        Args:
            url: Its address.
            within: Scheme, host and port that it must not lead away from.

        Raises:
            GoneError: It is not there.
            InputError: It cannot be had or must not be; the text says why.
        """
        errand = Errand(time.monotonic() + self._seconds, self._resolve, self._allowed)
        try:
            return self._page(web_address(url, self._ports), errand, within)
        except _LATE as error:
            late = f"took over {self._seconds:g} seconds"
            raise refused(url, late, "Try again later, or save the page and give it") from error
        except _BROKEN as error:
            reason = re.sub(r"^\[[^]]*\] |\.$", "", shown(error)) or "the connection broke"
            raise refused(url, f"cannot be fetched ({reason})", "Check the address") from error

    def wait(self, seconds: float) -> None:
        """Wait before the next page of a host."""
        self._backend.sleep(seconds)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self._given or httpx.create_ssl_context()

    def _page(self, url: httpx.URL, errand: Errand, within: Origin | None) -> Page:
        for _ in range(_MOST_REDIRECTS + 1):
            if within is not None and origin(url) != within:
                raise refused(url, "leads out of the site", "Give its address by itself")
            self._robots.check(url, lambda where: self._rules(where, errand))
            answer = self._asked(url, errand, self._readable)
            if answer.location is None:
                return _as_page(url, answer)
            url = self._led(url, answer.location)
        raise refused(url, f"leads on more than {_MOST_REDIRECTS} times", "Check the address")

    def _rules(self, url: httpx.URL, errand: Errand) -> tuple[int, bytes]:
        """Return how a host answers when asked for its robots.txt, and what that says."""
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._asked(url, errand, None)
            if answer.location is None:
                return answer.status, answer.data
            url = self._led(url, answer.location)
        return 404, b""  # RFC 9309, 2.3.1.2: as if there were none

    def _led(self, url: httpx.URL, location: str) -> httpx.URL:
        try:
            return web_address(str(url.join(location)), self._ports)
        except httpx.InvalidURL as error:
            raise refused(url, "leads to what is no address", "Check the address") from error

    def _asked(
        self,
        url: httpx.URL,
        errand: Errand,
        readable: Callable[[httpx.URL, httpcore.Response], str] | None,
    ) -> _Answer:
        """Ask once; the body is read where it will be used: a page's, or that of robots.txt."""
        errand.addresses(host_of(url))
        headers: dict[bytes | str, bytes | str] = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": AGENT,
            "Accept": ", ".join(ENDINGS),
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        where = httpcore.URL(
            scheme=url.scheme, host=host_of(url), port=port_of(url), target=url.raw_path
        )
        pinned = Pinned(errand, self._backend)
        with (
            httpcore.ConnectionPool(self._context, network_backend=pinned) as pool,
            pool.stream("GET", where, headers=headers) as response,
        ):
            if response.status in _REDIRECTS and header(response, b"location"):
                return _Answer(response.status, location=header(response, b"location"))
            if response.status != 200:
                return _Answer(response.status)
            kind = readable(url, response) if readable else ""
            most = self._most if readable else MOST_ROBOTS
            data, whole = unpacked(url, response, most)
        if not whole and readable:
            raise refused(
                url, f"is over {self._most // 1_000_000} MB", "Save the part about the employer"
            )
        return _Answer(200, content_type=kind, data=data)

    @staticmethod
    def _readable(url: httpx.URL, response: httpcore.Response) -> str:
        kind = header(response, b"content-type")
        name = kind.partition(";")[0].strip().lower()
        if name not in ENDINGS:
            what = f"is of the type {shown(name)}" if name else "does not say of what type it is"
            raise refused(url, what, "Web pages, PDF, text and Markdown are fetched")
        return kind


def origin(url: httpx.URL) -> Origin:
    """Return what makes two addresses ones of the same site."""
    return url.scheme, host_of(url), port_of(url)


def _as_page(url: httpx.URL, answer: _Answer) -> Page:
    if answer.status in _GONE:
        raise GoneError(url, answer.status)
    if answer.status != 200:
        raise refused(url, f"answers {answer.status} instead of a page", "Try it in the browser")
    name, _, rest = answer.content_type.partition(";")
    data = answer.data
    declared = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", rest, re.IGNORECASE)
    if declared and name.strip().lower().startswith("text/"):
        data = as_utf8(data, declared[1])
    return Page(str(url), name.strip().lower(), data)
