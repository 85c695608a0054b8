"""Versions of edited copies, and what is the difference between two of them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal, cast

from interviewer.content.copies import Piece
from interviewer.errors import InputError

LONGEST_TEXT = 80_000
"""Characters of a copy; the longest file that comes with the project has 31,000."""
LONGEST_NOTE = 300
LONGEST_REASON = 1_000
SHORTEST_REASON = 10
MOST_VERSIONS = 200
"""Of one file, by one person."""
MOST_IN_ALL = 2_000
"""Of all files, by one person."""
_AROUND = 3
Sign = Literal["same", "out", "in", "gap"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric over the same interviews, with the version before and with this one.

    Attributes:
        metric: Its name.
        before: Mean with the current version.
        now: Mean with this one.
        difference: Mean of this one less the other, over pairs.
        ci95: Paired 95 % interval of that, None for fewer than two.
        better: Which way is better: `higher`, `lower` or `neither`.
        worse: Whether it got worse by more than chance may.
    """

    metric: str
    before: float
    now: float
    difference: float
    ci95: tuple[float, float] | None
    better: str
    worse: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a trial of a version found.

    Attributes:
        against: SHA-256 of the text it was held against.
        interviews: How many simulated interviews each held.
        figures: By metric.
        remarks: What lint says of the version, counted by kind.
    """

    against: str
    interviews: int
    figures: tuple[Figure, ...] = ()
    remarks: Mapping[str, int] = field(default_factory=dict)

    @property
    def worse(self) -> tuple[str, ...]:
        """Names of what got worse: metrics, then kinds of remarks."""
        return (*(f.metric for f in self.figures if f.worse), *sorted(self.remarks))


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an edited copy.

    Attributes:
        piece: The file it is a copy of.
        number: From 1, by file and owner.
        text: The whole file.
        digest: SHA-256 of the text.
        at: ISO time in UTC it was kept.
        note: What its author says of it.
        published: ISO time from which it can be chosen for interviews; empty where it cannot.
        reason: Why it was published though it is worse.
        verdict: What its last trial found.
    """

    piece: Piece
    number: int
    text: str
    digest: str
    at: str
    note: str = ""
    published: str = ""
    reason: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference.

    Attributes:
        sign: Whether it stands in both, was taken out, came in, or lines are left out here.
        before: Its number before, None where it was not there.
        now: Its number now.
        text: The line.
    """

    sign: Sign
    before: int | None
    now: int | None
    text: str = ""


def checked_text(text: str) -> str:
    """Return the text of a copy as it is kept: with line feeds, ending in one.

    Raises:
        InputError: It is too long, or has characters nobody can see.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(f"The text is too long. A copy has {LONGEST_TEXT:,} characters at most.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"
    hidden = [c for c in text if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs")]
    if hidden:
        raise InputError(f"The text has a character nobody can see (U+{ord(hidden[0]):04X}).")
    return text


def checked_note(text: str) -> str:
    """Return what is said of a version, on one line.

    Raises:
        InputError: It is too long.
    """
    note = " ".join(text.split())
    if len(note) > LONGEST_NOTE:
        raise InputError(f"The note is too long. {LONGEST_NOTE} characters are kept at most.")
    return note


def check_publishable(version: Version, current: str, reason: str) -> str:
    """Return the reason that is kept with a version when it is published; empty for a sound one.

    Args:
        version: What is to be published.
        current: SHA-256 of the text it stands in for from then on.
        reason: What its author typed.

    Raises:
        InputError: It was not tried against the current version, or is worse and no reason was
            given.
    """
    if version.verdict is None or version.verdict.against != current:
        raise InputError("Evaluate this version against the current one before you publish it.")
    reason = " ".join(reason.split())
    if not version.verdict.worse:
        return ""
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise InputError(
            "This version is worse than the current one. Write why it is to be published all the "
            f"same, in {SHORTEST_REASON} to {LONGEST_REASON} characters."
        )
    return reason


def difference(before: str, now: str) -> tuple[Line, ...]:
    """Return what is different between two texts, with a few lines around; nothing for none."""
    return tuple(_difference(before.splitlines(), now.splitlines()))


def _difference(before: list[str], now: list[str]) -> Iterator[Line]:
    matcher = difflib.SequenceMatcher(None, before, now, autojunk=False)
    first = True
    for group in matcher.get_grouped_opcodes(_AROUND):
        if not first or group[0][1] > 0:
            yield Line("gap", None, None)
        first = False
        for kind, b1, b2, n1, n2 in group:
            if kind == "equal":
                pairs = zip(range(b1, b2), range(n1, n2), strict=True)
                yield from (Line("same", b + 1, n + 1, now[n]) for b, n in pairs)
                continue
            yield from (Line("out", b + 1, None, before[b]) for b in range(b1, b2))
            yield from (Line("in", None, n + 1, now[n]) for n in range(n1, n2))


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """Return a verdict in the form it is kept in."""
    return {**asdict(verdict), "remarks": dict(verdict.remarks)}


def verdict_of(record: Mapping[str, object]) -> Verdict:
    """Return the verdict a record stands for."""
    figures = cast("list[dict[str, object]]", record.get("figures") or [])
    return Verdict(
        against=str(record["against"]),
        interviews=int(cast("int", record["interviews"])),
        figures=tuple(_figure(entry) for entry in figures),
        remarks={str(k): int(v) for k, v in cast("dict[str, int]", record["remarks"]).items()},
    )


def _figure(entry: Mapping[str, object]) -> Figure:
    ends = cast("list[float] | None", entry["ci95"])
    before, now, apart = (float(cast("float", entry[n])) for n in ("before", "now", "difference"))
    return Figure(
        metric=str(entry["metric"]),
        before=before,
        now=now,
        difference=apart,
        ci95=None if ends is None else (float(ends[0]), float(ends[1])),
        better=str(entry["better"]),
        worse=bool(entry["worse"]),
    )
