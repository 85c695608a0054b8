"""What a host asks programs not to read (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from protego import Protego

from interviewer.research.fetching.addresses import port_of, refused

MOST_ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read at least (RFC 9309, 2.5), and here at most."""
Asked = Callable[[httpx.URL], tuple[int, bytes]]


class Robots:
    """The rules of every host that was asked for them."""

    def __init__(self, token: str) -> None:
        """Take the name that rules may call this program by."""
        self._token = token
        self._rules: dict[tuple[str, str, int], Protego] = {}

    def check(self, url: httpx.URL, ask: Asked) -> None:
        """Make sure that a page may be read.

        Args:
            url: Its address.
            ask: Gives status and text of an address that holds rules.

        Raises:
            InputError: It may not, or nobody says what may be (2.3.1.4).
        """
        host = url.scheme, url.host, port_of(url)
        if host not in self._rules:
            where = url.copy_with(raw_path=b"/robots.txt")
            status, said = ask(where)
            if status != 200 and not 400 <= status < 500:
                what = f"answers {status} instead of saying what may be read"
                raise refused(where, what, "Try again later, or save the page and give the file")
            text = said.decode("utf-8", "replace").removeprefix("\ufeff")
            self._rules[host] = Protego.parse(text if status == 200 else "")
        if not self._rules[host].can_fetch(str(url), self._token):
            raise refused(
                url,
                "is closed to programs (robots.txt)",
                "Save the page in the browser and give the file",
            )
