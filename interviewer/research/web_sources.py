"""Web pages as research: fetched one at a time, each when the one before has been read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.research.fetching import MOST_PAGES, Fetcher, Refused, pages_of
from interviewer.research.fetching.addresses import web_address
from interviewer.research.sources import Source


@dataclass(frozen=True, slots=True)
class WebPages:
    """A page by its address, or with it those of its site that it links to.

    What comes is known by the address it was at in the end, which is also its source; a page that
    cannot be had comes with the reason.

    Attributes:
        address: Of the page.
        fetcher: Fetches.
        site: Whether the pages it links to come with it.
    """

    address: str
    fetcher: Fetcher
    site: bool = False

    def __iter__(self) -> Iterator[Source]:
        """Yield the pages."""
        most = MOST_PAGES if self.site else 1
        for number, page in enumerate(pages_of(self.fetcher, self.address, most=most)):
            if isinstance(page, Refused):
                gone = page.gone and number == 0
                yield Source(page.url, page.url, Path("page"), refused=page.why, gone=gone)
            else:
                yield Source(page.url, page.url, Path(page.name), data=page.data)


def typed_address(text: str) -> str:
    """Return the address somebody typed, who may leave `https://` out.

    Raises:
        InputError: It is none.
    """
    text = text.strip()
    return str(web_address(text if "://" in text else f"https://{text}", None))
