"""Web pages that somebody names, fetched from the open internet only.

An address can be made to lead this program to what only this machine reaches: a router, a
database, the settings of a cloud. `addresses` says which addresses anybody can reach, `connecting`
connects to no other, `pages` fetches one page and `site` those it links to.
"""

from interviewer.research.fetching.addresses import is_public, resolved
from interviewer.research.fetching.pages import Fetcher, GoneError, Page
from interviewer.research.fetching.site import MOST_PAGES, Refused, pages_of

__all__ = [
    "MOST_PAGES",
    "Fetcher",
    "GoneError",
    "Page",
    "Refused",
    "is_public",
    "pages_of",
    "resolved",
]
