"""Every format there is, declared once; an entry shows which it is by its signature."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.errors import UsageError
from interviewer.evaluation.formats import (
    inspect_log,
    langsmith,
    openinference,
    scout,
    sharegpt,
    telemetry,
    vcon,
)
from interviewer.evaluation.formats.chat import NATIVE, OPENAI
from interviewer.evaluation.formats.form import Format

# In the order in which signatures are looked for; a plain chat is what bears no other.
FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        NATIVE,
        inspect_log.FORMAT,
        scout.FORMAT,
        sharegpt.FORMAT,
        telemetry.FORMAT,
        openinference.FORMAT,
        langsmith.FORMAT,
        vcon.FORMAT,
        OPENAI,
    )
}


def format_named(name: str, *, writes: bool = False) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: There is none of that name, or it is read only.
    """
    known = [form.name for form in FORMATS.values() if form.writes or not writes]
    if name not in known:
        told = "is read and not written" if name in FORMATS else "is no format"
        raise UsageError(f"{name!r} {told}. Choose among {', '.join(known)}.")
    return FORMATS[name]


def format_of(document: object) -> Format:
    """Return the format whose signature a parsed JSON document bears, a plain chat for none."""
    if isinstance(document, dict):
        for form in FORMATS.values():
            if form.bears(document):
                return form
    return OPENAI
