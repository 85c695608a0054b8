"""The nine topics of research on an employer; their words stand in `topics.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

TOPICS = (
    "nature",
    "address",
    "scope",
    "performance",
    "prospects",
    "post",
    "requirements",
    "examiners",
    "process",
)


@cache
def descriptions() -> Mapping[str, Mapping[str, str]]:
    """Return one sentence a topic and language, topics in the order of `TOPICS`."""
    text = (resources.files(__package__) / "topics.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return MappingProxyType({topic: MappingProxyType(data[topic]) for topic in TOPICS})
