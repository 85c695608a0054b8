"""All that is held about a person, as lines in the form of transcripts.

What is no interview stands in a line without turns, in an extra field that says what it is, so
that whatever reads transcripts reads the whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from interviewer.errors import InputError
from interviewer.interview.self_assessment import SelfAssessment, self_assessment_record
from interviewer.privacy.places import Places
from interviewer.research.ownership import packs_of
from interviewer.storage import SqlPeople, SqlSessionStore, Whose
from interviewer.transcript import Transcript
from interviewer.transcript_file import dump

ACCOUNT = "account"
SELF_ASSESSMENT = "self_assessment"
RESEARCH = "research"
COPIES = "evaluations"
_EMPLOYER = "company.toml"


async def everything_about(
    whose: Whose, store: SqlSessionStore, people: SqlPeople, home: Path, own: Path
) -> tuple[Transcript, ...]:
    """Return all that is held about somebody, interviews last.

    Args:
        whose: Who.
        store: The interviews.
        people: The accounts.
        home: The data folder.
        own: Folder of research that was taken in.

    Raises:
        InputError: Nothing is held about them.
    """
    research = await asyncio.to_thread(lambda: tuple(_research(own, whose)))
    try:
        interviews = await store.everything(whose.name, whose.visitor)
        told = await store.self_assessments(whose.name, whose.visitor)
    except InputError:
        if not research:
            raise
        interviews, told = (), ()
    lines = [_line(SELF_ASSESSMENT, self_assessment_record(entry)) for entry in told]
    account = await people.record(whose.name) if whose.visitor is None else None
    if account is not None:
        lines.append(_line(ACCOUNT, account))
    copies = await asyncio.to_thread(
        Places(home).evaluations, [transcript.id for transcript in interviews]
    )
    if copies:
        lines.append(_line(COPIES, [folder.name for folder in copies]))
    return (*lines, *(_line(RESEARCH, pack) for pack in research), *interviews)


def as_lines(held: Sequence[Transcript]) -> str:
    """Return what is held as JSON Lines."""
    return "".join(f"{dump(transcript)}\n" for transcript in held)


def self_assessments_in(held: Sequence[Transcript]) -> tuple[Transcript, ...]:
    """Return the lines that tell what somebody says of themselves."""
    return tuple(entry for entry in held if not entry.turns and SELF_ASSESSMENT in entry.extra)


def interviews_in(held: Sequence[Transcript]) -> tuple[Transcript, ...]:
    """Return the interviews among what is held."""
    kinds = {ACCOUNT, SELF_ASSESSMENT, RESEARCH, COPIES}
    return tuple(entry for entry in held if entry.turns or kinds.isdisjoint(entry.extra))


def own_words(entry: SelfAssessment) -> Transcript:
    """Return the line that tells what somebody says of themselves."""
    return _line(SELF_ASSESSMENT, self_assessment_record(entry))


def _line(kind: str, value: object) -> Transcript:
    return Transcript(id="", extra={kind: value})


def _research(own: Path, whose: Whose) -> Iterator[dict[str, object]]:
    """Yield the documents somebody took in, as they lie there."""
    for company in packs_of(own, whose.name, whose.visitor):
        folder = own / company
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and _is_theirs(path))
        yield {
            "company": company,
            "documents": [
                {
                    "name": path.relative_to(folder).as_posix(),
                    "text": path.read_text(encoding="utf-8", errors="replace"),
                }
                for path in paths
            ],
        }


def _is_theirs(path: Path) -> bool:
    return path.name == _EMPLOYER or not path.name.startswith(".")
