"""Signs by language by which writing is read, from `signs.<lang>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def signs_for(language: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a language; English for one that has no file."""
    folder = resources.files(__package__)
    own = language.isalpha() and (folder / f"signs.{language}.toml").is_file()
    file = folder / f"signs.{language if own else 'en'}.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    flags = re.IGNORECASE | re.MULTILINE
    return {name: re.compile(pattern, flags) for name, pattern in written.items()}
