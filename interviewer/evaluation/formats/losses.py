"""What a format cannot hold, counted by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_HALF = re.compile("[\ud800-\udfff]")
HALF_SIGNS = "half of a surrogate pair (written as \ufffd)"


class Losses:
    """Counts what is left out, by the field's place in the native form."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def lose(self, field: str, times: int = 1) -> None:
        """Count a field that has no place in the format."""
        if times:
            self._counts[field] += times

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each field was left out, by its name."""
        return dict(sorted(self._counts.items()))

    def utf8(self, text: str) -> str:
        """Return a text that has a form in UTF-8; what has none is counted."""
        if text.isascii():
            return text
        whole, times = _HALF.subn("\ufffd", text)
        self.lose(HALF_SIGNS, times)
        return whole
