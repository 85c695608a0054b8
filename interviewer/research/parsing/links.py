"""Where a web page leads: read in the child like its text, for it comes from outside too."""

from __future__ import annotations

from interviewer.research.parsing.parsed import Parsed


def read_links(data: bytes) -> Parsed:
    """Return the addresses a page links to, one a line as it writes them, without repetition.

    Those beside a `base` are joined to it.
    """
    from urllib.parse import urljoin

    from lxml import html

    tree = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    base = next(iter(tree.xpath("//base/@href")), "")
    found = (str(link).strip() for link in tree.xpath("//a/@href"))
    lines = dict.fromkeys(urljoin(base, link) for link in found if len(link) < 2_000)
    return Parsed("\n".join(line for line in lines if "\n" not in line))
