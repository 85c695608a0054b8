"""The question on a time without a post: about the work after it, never about its reasons."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from interviewer.content.dates import written_date
from interviewer.interview import seeds
from interviewer.interview.cv import Break
from interviewer.interview.plan import Lead

BREAK_MINUTES = 2.0
# What lies further back bears on no post, and would tell somebody's age.
_YEARS_BACK = 10
_LONGEST_TITLE = 90
_UNSPEAKABLE = re.compile(r"[|｜<>{}\[\]?？]")


def break_question(
    breaks: Sequence[Break], language: str, seed: int, today: datetime.date
) -> tuple[Lead, str] | None:
    """Return the line of the CV and the question on its newest break, None where there is none.

    Args:
        breaks: Newest first.
        language: Of the interview.
        seed: What the wording varies by.
        today: Breaks that ended more than ten years before are not asked about.
    """
    for found in breaks:
        title = _UNSPEAKABLE.split(found.post.title)[0].strip()
        until = int((found.until or f"{today.year}")[:4])
        if not title or len(title) > _LONGEST_TITLE or today.year - until > _YEARS_BACK:
            continue
        words = _words(language)
        wording = seeds.pick(words["after" if found.until else "now"], seed, "break")
        text = wording.replace("{since}", written_date(found.since[:7], language))
        text = text.replace("{until}", written_date((found.until or "")[:7], language))
        return Lead("cv", title, line=found.post.line), text
    return None


@cache
def _words(language: str) -> Mapping[str, list[str]]:
    folder = resources.files(__package__)
    own = language.isalpha() and (folder / f"breaks.{language}.toml").is_file()
    file = folder / f"breaks.{language if own else 'en'}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
