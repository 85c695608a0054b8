"""What metrics look for in words, from `signs.<lang>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def signs(part: str, language: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a part of the file, by name.

    Args:
        part: A table of the file, such as `role_breaks` or `retention`.
        language: `en` or `zh`.
    """
    file = resources.files(__package__) / f"signs.{language}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    # A name is written with a capital; everything else is looked for in any case.
    flags = re.NOFLAG if part == "introduces" else re.IGNORECASE
    return {
        name: re.compile("|".join(f"(?:{entry})" for entry in entries), flags)
        for name, entries in document[part].items()
    }
