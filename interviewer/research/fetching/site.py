"""A page and those of the same site that it links to, nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from interviewer.errors import InputError
from interviewer.research.fetching.addresses import shown, web_address
from interviewer.research.fetching.pages import Fetcher, GoneError, Origin, Page, origin
from interviewer.research.parsing import Parser, RefusedError

MOST_PAGES = 20
_MOST_LINKS = 1_000
_PAUSE = 1.0
_NO_PAGE = re.compile(
    r"\.(7z|avi|bmp|bz2|css|dmg|docx?|exe|gif|gz|ico|iso|jpe?g|js|json|mov|mp[34]|mpg|ogg|png"
    r"|pptx?|rar|rss|svg|tar|tgz|tiff?|ttf|wav|webm|webp|woff2?|xlsx?|xml|zip)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A page that was not fetched.

    Attributes:
        url: Its address.
        why: A sentence.
        gone: Whether its host says that it is not there.
    """

    url: str
    why: str
    gone: bool = False


def pages_of(
    fetcher: Fetcher, url: str, *, most: int = MOST_PAGES, pause: float = _PAUSE
) -> Iterator[Page | Refused]:
    """Yield a page, then those of its site that it and they link to, one at a time.

    Args:
        fetcher: Fetches each.
        url: Where to begin; the site is the one where this leads.
        most: How many pages to try, never more than 20.
        pause: Seconds between two.
    """
    try:
        known = {str(web_address(url, None)): None}
    except InputError as error:
        yield Refused(shown(url), str(error))
        return
    met = set[str]()
    site: Origin | None = None
    left = min(most, MOST_PAGES)
    with Parser() as parser:
        while left and (target := next((link for link in known if link not in met), None)):
            if met:
                fetcher.wait(pause)
            left -= 1
            found = _found(fetcher, target, site)
            news = found.url == target or found.url not in met
            met |= {target, found.url}
            if isinstance(found, Page):
                site = site or origin(httpx.URL(found.url))
                if left and news:
                    known.update(dict.fromkeys(_links(found, site, parser)))
            if news:
                yield found


def _found(fetcher: Fetcher, url: str, site: Origin | None) -> Page | Refused:
    try:
        return fetcher.fetch(url, site)
    except GoneError as error:
        return Refused(error.url, str(error), gone=True)
    except InputError as error:
        return Refused(url, str(error))


def _links(page: Page, site: Origin, parser: Parser) -> Iterator[str]:
    """Yield the pages of the same site that a page links to, in its order."""
    if not page.content_type.endswith("html"):
        return
    try:
        lines = parser.parse("links", page.data).text.splitlines()
    except RefusedError:
        return  # it has none, or is none: what it says is read elsewhere
    here = httpx.URL(page.url)
    for line in lines[:_MOST_LINKS]:
        try:
            url = web_address(str(here.join(line)), None)
        except (InputError, httpx.InvalidURL, ValueError):
            continue
        if origin(url) == site and not _NO_PAGE.search(url.path):
            yield str(url)
