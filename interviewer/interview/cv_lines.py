"""A CV line by line: columns taken apart, broken lines joined, each line with its section.

Both languages are looked for in every CV, as many mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from interviewer.interview.cv_columns import Piece, pieces
from interviewer.interview.cv_dates import find_span
from interviewer.reading.cues import cues_for
from interviewer.research.characters import cjk_count

MOST_CHARACTERS = 60_000
LONGEST = 400
"""Characters of a line that is looked at; a longer one is prose and no entry of a CV."""

Section = Literal["", "work", "education", "skills", "projects", "person", "other"]
Kind = Literal["heading", "bullet", "plain"]
HEADINGS: dict[str, Section] = {
    "cv_work": "work", "cv_education": "education", "cv_skills": "skills",
    "cv_projects": "projects", "cv_person": "person", "cv_other": "other", "cv_title": "",
}  # fmt: skip
LANGUAGES = ("en", "zh")

_BULLET = re.compile(
    r"^\s*(?:[-*+•·●▪◦‣◆◇■□○➢►▶✓✔–—]\s*(?=\S)|[(（]?\d{1,2}[)）.、]\s*(?!\d)|[(（][一二三四五六七八九十]+[)）])"
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|[IVX]+[.)]|\d+[.、)])\s*")
_FRAME = " \t#*=_—-–:：【】[]|｜■◆●▍▌❖"
_SPACED = re.compile(r"^(?:\S ){3,}\S$")
_ENDS = re.compile(r"[.。!！?？;；:：]\s*$")
# What parts the name of a section from what stands in it on the same line.
_NAMES = re.compile(r"[:：]|(?<=\S) [|｜] ")
_LISTED = re.compile(r"[,;:，；：、|]")
_LATIN_FULL, _CHINESE_FULL = 40, 13


@dataclass(frozen=True, slots=True)
class CvLine:
    """A line of a CV.

    Attributes:
        number: The line of the file it begins on, from 1.
        text: Without bullet and marks, broken lines joined.
        quote: An exact part of the CV that says the same, or its beginning.
        kind: A heading names a section and says nothing itself.
        section: The section it stands in, empty before the first.
        private: Whether it is about the person and not the work; never asked about (SCIENCE 3.1).
        after_gap: Whether a blank line stands before it.
        column: 0 for a CV of one column, else where its column begins, from 1.
    """

    number: int
    text: str
    quote: str
    kind: Kind = "plain"
    section: Section = ""
    private: bool = False
    after_gap: bool = False
    column: int = 0


def cv_lines(cv: str) -> tuple[CvLine, ...]:
    """Return the lines of a CV that say anything."""
    text = cv[:MOST_CHARACTERS]
    section: Section = ""
    column = 0
    found: list[CvLine] = []
    for line in _joined(text, pieces(text)):
        if line.column != column or (section == "skills" and _list_ended(found, line)):
            section, column = "", line.column
        # A row of a table is no name with its content: "项目 | 程度" heads columns.
        looked = line.text if not line.quote.startswith("|") else line.text.replace("|", "")
        named, rest = _heading(looked) if line.kind == "plain" else (None, "")
        if named is not None:
            section = named
            found.append(replace(line, kind="heading", section=section))
            if not rest:
                continue
            line = replace(line, text=rest, quote=rest if rest in line.quote else line.quote)
        if len(line.text) > LONGEST:
            continue
        private = section == "person" or is_private(line.text)
        found.append(replace(line, section=section, private=private))
    return tuple(found)


def _list_ended(found: Sequence[CvLine], line: CvLine) -> bool:
    """Whether a list of one skill a line ended before this line, with a blank one."""
    if not line.after_gap or len(found) < 3 or _LISTED.search(line.text):
        return False
    before = found[-2:]
    return all(
        entry.section == "skills" and entry.kind == line.kind == "plain" and not entry.after_gap
        and not _LISTED.search(entry.text)
        for entry in before
    )  # fmt: skip


def is_private(text: str) -> bool:
    """Whether a text is about the person and not the work."""
    return any(pattern.search(text) for pattern in _patterns("cv_private"))


def is_away(text: str) -> bool:
    """Whether a text declares time away from work."""
    return any(pattern.search(text) for pattern in _patterns("cv_away"))


def says_work(line: CvLine) -> bool:
    """Whether a line tells of work done."""
    if line.private or line.kind == "heading" or line.section in {"education", "skills"}:
        return False
    if line.kind == "bullet" and line.section in {"work", "projects"}:
        return True
    return any(pattern.search(line.text) for pattern in _patterns("cv_doing"))


def without_bullet(line: str) -> str:
    """Return a line without bullet, emphasis and heading marks."""
    text = line.strip()
    if text.startswith("|"):
        text = " | ".join(cell for cell in (c.strip() for c in text.split("|")) if cell)
    text = _BULLET.sub("", text, count=1) if not text.startswith("**") else text
    return text.replace("**", "").replace("__", "").lstrip("# ").strip(" *_\t\u3000")


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(cues_for(language).patterns[name] for language in LANGUAGES)


def cues(name: str) -> tuple[re.Pattern[str], ...]:
    """Return a pattern in every language a CV is read in."""
    return _patterns(name)


def _heading(text: str) -> tuple[Section | None, str]:
    """Return the section a line names, and what it says behind its colon."""
    bare = text.strip(_FRAME)
    if _SPACED.match(bare):
        bare = bare.replace(" ", "")
    if bare.startswith(("(", "（")) or len(bare) > 60:
        bare = bare[:60]
    before, mark, _ = _NAMES.sub("\0", bare, count=1).partition("\0")
    for name, section in HEADINGS.items():
        for pattern in _patterns(name):
            for form in {bare, _NUMBERED.sub("", bare)}:
                if pattern.fullmatch(form.strip(_FRAME)):
                    return section, ""
            if mark and pattern.fullmatch(_NUMBERED.sub("", before).strip(_FRAME)):
                return section, _NAMES.split(text, maxsplit=1)[1].strip()
    return None, ""


def _joined(text: str, parts: Sequence[Piece]) -> Iterator[CvLine]:
    """Yield lines, with what the width of a page has broken put back together."""
    at = 0
    while at < len(parts):
        first = last = parts[at]
        raw = text[first.start : first.end]
        kind: Kind = "bullet" if _BULLET.match(raw) and not raw.startswith("**") else "plain"
        said = without_bullet(raw)
        if _NUMBERED.match(raw) and _heading(said)[0] is not None:
            kind = "plain"  # "2. Career history"
        at += 1
        while at < len(parts) and _goes_on(text, kind, said, last, parts[at]):
            last = parts[at]
            more = text[last.start : last.end].strip()
            said += ("" if cjk_count(said[-1:] + more[:1]) else " ") + more
            at += 1
        if said:
            whole = text[first.start : last.end].strip()
            clean = whole if first.column == 0 or first is last else raw.strip()
            quote = _BULLET.sub("", clean, count=1).strip().strip("*").lstrip("# ")
            yield CvLine(
                first.number, said, quote, kind, after_gap=first.after_gap, column=first.column
            )


def _goes_on(text: str, kind: Kind, said: str, last: Piece, piece: Piece) -> bool:
    """Whether a piece continues the line before."""
    raw = text[piece.start : piece.end].strip()
    before = text[last.start : last.end].strip()
    if not before or _BULLET.match(raw) or raw.startswith(("#", "|")) or before.startswith("|"):
        return False
    if find_span(raw) or find_span(before) or _heading(raw)[0] or _heading(before)[0]:
        return False
    if _ENDS.search(before) or piece.column != last.column:
        return False
    if cjk_count(before) * 2 > len(before):
        doing = _patterns("cv_doing")
        tells = kind == "bullet" or any(pattern.search(said) for pattern in doing)
        begins = any(pattern.match(raw) for pattern in doing) or not raw[0].isalnum()
        return len(before) >= _CHINESE_FULL and tells and not begins
    if piece.after_gap:
        return False
    if kind == "bullet" and piece.indent >= last.indent + 2 and last.number + 1 == piece.number:
        return True
    return (raw[:1].islower() or raw[:1] in "(0123456789") and (
        kind == "bullet" or len(before) >= _LATIN_FULL
    )
