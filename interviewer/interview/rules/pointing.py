"""Whether a question hangs on the fact told before it: "Where would your work bear on that?"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from interviewer.interview.plan import PlannedItem
from interviewer.reading.tongue import has_chinese

# Questions that are cases told in full point at what they tell themselves.
_TOLD_IN_FULL = frozenset({"situational", "work_sample"})


def hangs_on_fact(item: PlannedItem) -> bool:
    """Return whether a question makes no sense without the fact before it; False without one."""
    if item.lead is None or item.lead.kind != "fact" or item.type in _TOLD_IN_FULL:
        return False
    language = "zh" if has_chinese(item.text) else "en"
    return _pointing(language).search(item.text) is not None


@cache
def _pointing(language: str) -> re.Pattern[str]:
    file = resources.files(__package__) / "pointing.toml"
    return re.compile(tomllib.loads(file.read_text(encoding="utf-8"))[language], re.IGNORECASE)
