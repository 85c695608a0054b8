"""Whether a request comes from a page of ours."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_foreign(headers: Mapping[str, str]) -> bool:
    """Return whether a page of another origin sends a request with these headers.

    The cookie alone does not tell: another port of this machine counts as the same site.
    """
    said = headers.get("sec-fetch-site")
    if said is not None:
        return said not in {"same-origin", "none"}
    origin = headers.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != headers.get("host")
    except ValueError:
        return True
