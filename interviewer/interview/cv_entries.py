"""Entries of a CV that have dates: posts, schools, projects, and declared time away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.interview.cv_dates import MONTHS, Month, Span, find_span, find_year
from interviewer.interview.cv_lines import CvLine, cues, is_away, is_private
from interviewer.research.characters import word_count

EntryKind = Literal["work", "education", "project", "away"]
_TRIM = " #,，;；()（）[]|｜–-—·:：/"
_PARTS = re.compile(r"[,，|｜·•/]|\s[-–—@]\s|\s{2,}|\bat\b")
_EMPTY_BRACKETS = re.compile(r"[(（]\s*[)）]")
_SENTENCE = re.compile(r"[^.\s]{3,}[.。；;]\s*$")
_LONGEST_HEAD = 110
_LONGEST_TITLE = 10  # words
_NEVER = 9999
_AIRY = 0.6


@dataclass(frozen=True, slots=True)
class Employment:
    """A post, a course or a project that a CV gives dates for.

    Attributes:
        text: What it is, without its dates.
        first: Year it began.
        last: Year it ended, None where it goes on.
        since: ISO month it began, or the year where no month is given.
        until: ISO month or year it ended, None where it goes on.
        kind: `work`, `education`, `project`; `away` is declared time away from work.
        title: The part of `text` that comes first, an exact part of the CV.
        line: The number of the line it stands in, from 1.
    """

    text: str
    first: int
    last: int | None
    since: str = ""
    until: str | None = None
    kind: EntryKind = "work"
    title: str = ""
    line: int = 0

    @property
    def began(self) -> int:
        """The first month it can have begun in, counted from year 0."""
        return _month(self.since or str(self.first)).earliest

    @property
    def ended(self) -> int:
        """The last month it can have ended in, counted from year 0."""
        if self.last is None:
            return _NEVER * MONTHS
        return _month(self.until or str(self.last)).latest


def _month(text: str) -> Month:
    year, _, month = text.partition("-")
    return Month(int(year), int(month or 0))


def employments(lines: Sequence[CvLine]) -> tuple[Employment, ...]:
    """Return what has dates, in the order of the CV.

    Title, employer and dates stand on one line or on two or three that follow each other, in any
    order. A private entry is kept as time away without its words, so that nobody asks what was
    done then.
    """
    spans = {place: span for place, line in enumerate(lines) if (span := _span_of(line))}
    used: set[int] = set(spans)
    # A reader of PDFs may put a blank line after every line; then blank lines say nothing.
    plain = [line for line in lines if line.kind != "bullet"]
    airy = sum(line.after_gap for line in plain) > _AIRY * len(plain)
    found = []
    for place, span in spans.items():
        line = lines[place]
        heads = [] if line.private else _heads(lines, place, span, used, airy=airy)
        apart = line.private or line.section == "other" or is_away(line.text)
        if apart or any(map(_is_apart, heads)):
            found.append(_employment((), span, "away", line))
            continue
        used.update(other for other, _ in heads if other is not None)
        said = [(lines[place if other is None else other], text) for other, text in heads if text]
        if said:
            texts = [text for _, text in said]
            found.append(_employment(texts, span, _kind(line, texts), said[0][0]))
    return tuple(found)


def _is_apart(head: tuple[int | None, str]) -> bool:
    return is_private(head[1]) or is_away(head[1])


def _span_of(line: CvLine) -> Span | None:
    """Return the span that makes a line an entry: its dates are not said in passing."""
    if line.kind == "heading" or line.section == "skills":
        return None
    span = find_span(line.text)
    if line.section == "other" and (span is None or span.last is None):
        return None
    if span is None and line.section == "education":
        span = find_year(line.text)
    if span is None or line.private or is_away(line.text):
        return span  # a leave told in a sentence covers its time as well
    rest = _rest(line.text, span)
    said = any(pattern.search(rest) for pattern in cues("cv_doing"))
    if (line.kind == "bullet" and said and len(rest) > 40) or _is_prose(line.text):
        return None
    return span if len(rest) <= _LONGEST_HEAD else None


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence that names a date in passing."""
    return bool(_SENTENCE.search(text)) and word_count(text) > _LONGEST_TITLE


def _rest(text: str, span: Span) -> str:
    """Return a line without its dates and the label before them."""
    rest = _EMPTY_BRACKETS.sub(" ", f"{text[: span.start]}  {text[span.end :]}")
    return " ".join(_unlabelled(rest).strip(_TRIM).split("\n")).strip(_TRIM)


def _unlabelled(text: str) -> str:
    text = text.strip()
    for pattern in cues("cv_label"):
        text = pattern.sub("", text)
    return text


def _heads(
    lines: Sequence[CvLine], place: int, span: Span, used: set[int], *, airy: bool
) -> list[tuple[int | None, str]]:
    """Return the words of an entry with the lines they come from; None is the dates' own."""
    own = _rest(lines[place].text, span)
    tidy = " ".join(own.split())
    if len([part for part in _PARTS.split(own) if part.strip()]) > 1:
        return [(None, tidy)]
    above = list(_above(lines, place, used, airy=airy))
    wanted = 1 if tidy else 2
    heads: list[tuple[int | None, str]] = [*above[:wanted][::-1], (None, tidy)]
    missing = wanted - len(above[:wanted])
    if missing:
        heads += list(_below(lines, place, used))[:missing]
    return heads


def _above(
    lines: Sequence[CvLine], place: int, used: set[int], *, airy: bool
) -> Iterator[tuple[int, str]]:
    for other in range(place - 1, max(-1, place - 3), -1):
        if other in used or not _is_head(lines[other], lines[place]):
            return
        if lines[other + 1].after_gap and other != place - 1 and not airy:
            return
        yield other, _unlabelled(lines[other].text)


def _below(lines: Sequence[CvLine], place: int, used: set[int]) -> Iterator[tuple[int, str]]:
    for other in range(place + 1, min(len(lines), place + 3)):
        if other in used or not _is_head(lines[other], lines[place]):
            return
        yield other, _unlabelled(lines[other].text)


def _is_head(line: CvLine, of: CvLine) -> bool:
    """Whether a line can name a post: short, no sentence, nothing done in it."""
    if line.kind != "plain" or line.section != of.section or len(line.text) > _LONGEST_HEAD:
        return False
    if re.search(r"[.。；;!！]$", line.text.replace("Ltd.", "").replace("Inc.", "")):
        return False
    return not any(pattern.search(line.text) for pattern in cues("cv_doing")) or is_title(
        line.text
    )


def is_title(text: str) -> bool:
    """Whether words of doing stand in a short name: "Managing director", "销售经理"."""
    return len(text) <= 20 and not re.search(r"[\d，,]", text)


def _kind(line: CvLine, texts: Sequence[str]) -> EntryKind:
    if line.section == "projects":
        return "project"
    if line.section == "education":
        return "education"
    schools = any(pattern.search(text) for pattern in cues("cv_school") for text in texts)
    return "education" if schools and line.section != "work" else "work"


def _employment(texts: Sequence[str], span: Span, kind: EntryKind, line: CvLine) -> Employment:
    last = span.last
    return Employment(
        text=" · ".join(texts),
        first=span.first.year,
        last=None if last is None else last.year,
        since=str(span.first),
        until=None if last is None else str(last),
        kind=kind,
        title=texts[0] if texts else "",
        line=line.number,
    )
