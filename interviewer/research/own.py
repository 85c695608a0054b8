"""What a candidate collects on an employer: begun under a name, listed, taken out again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.new_company import company_file
from interviewer.errors import InputError, SetupError
from interviewer.research.characters import clean
from interviewer.research.ingest import check_company
from interviewer.research.pack import files
from interviewer.research.staging import Staging
from interviewer.research.topics import TOPICS
from interviewer.transcript import Passage

LONGEST_NAME = 80
_LONGEST_ID = 30


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """One document of the research on an employer.

    Attributes:
        name: Its path inside the pack without ending.
        source: Where it comes from, as a reader would name it.
        topic: One of the nine.
        date: ISO date of what it says, or None.
        language: `en` or `zh`.
        passages: How many it makes.
        own: Whether a candidate took it in; the others came with the installation.
    """

    name: str
    source: str
    topic: str
    date: str | None
    language: str
    passages: int
    own: bool


def employer_id(name: str, taken: Collection[str]) -> str:
    """Return an id for an employer of that name: its letters a to z and digits, or made up.

    A name without such letters gets an id from its digest, so that it is the same every time; one
    that is taken gets a number behind it.

    Raises:
        InputError: There is no name, or it is too long.
    """
    plain = " ".join(clean(name).split())
    if not any(character.isalnum() for character in plain):
        raise InputError("The employer has no name. Write it as it stands on the advert.")
    if len(plain) > LONGEST_NAME:
        raise InputError(
            f"The employer's name is longer than {LONGEST_NAME} characters. Shorten it."
        )
    ascii_name = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:_LONGEST_ID].strip("-")
    if len(slug) < 2:
        slug = f"employer-{hashlib.sha256(plain.encode()).hexdigest()[:6]}"
    number = 2
    found = slug
    while found in taken:
        found = f"{slug}-{number}"
        number += 1
    return found


def begin_employer(own: Path, name: str, language: str) -> None:
    """Make the folder of an employer of whom only the name is known so far.

    Args:
        own: The folder; its name is the employer's id.
        name: The employer's name.
        language: In which its interviews are held, unless one is chosen.

    Raises:
        InputError: The id is not possible, or there is such a folder.
        SetupError: It cannot be made.
    """
    check_company(own.name)
    plain = " ".join(clean(name).split())
    try:
        own.mkdir(mode=0o700, parents=True)
        text = company_file(own.name, language, plain)
        (own / "company.toml").write_text(text, encoding="utf-8")
    except FileExistsError:
        raise InputError(f"There is research on `{own.name}` already. Add to that.") from None
    except OSError as error:
        reason = error.strerror or error
        raise SetupError(f"{own} cannot be written ({reason}). Check rights.") from None


def held(passages: Sequence[Passage], own: Path) -> tuple[HeldDocument, ...]:
    """Return the documents that passages come from, by topic in the order of `TOPICS`.

    Args:
        passages: All of one employer.
        own: The folder of what candidates took in on it; it need not be there.
    """
    counts = Counter(document_of(passage) for passage in passages)
    mine = own_names(own)
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(document_of(passage), passage)
    documents = (
        HeldDocument(name, p.source, p.topic, p.date, p.language, counts[name], own=name in mine)
        for name, p in first.items()
    )
    return tuple(sorted(documents, key=lambda d: (TOPICS.index(d.topic), d.name)))


def document_of(passage: Passage) -> str:
    """Return the name of the document a passage stands in."""
    return passage.id.partition("/")[2].rpartition("#")[0]


def own_names(own: Path) -> frozenset[str]:
    """Return the names of the documents of a folder."""
    return frozenset(file.name for file in files((own,))) if own.is_dir() else frozenset()


def take_out(own: Path, names: Iterable[str]) -> None:
    """Delete documents of a folder; whoever calls it has the right to write the pack.

    Raises:
        InputError: One of them is not there; then nothing was deleted.
        SetupError: The folder cannot be written.
    """
    there = {file.name: file.path for file in files((own,))} if own.is_dir() else {}
    wanted = tuple(names)
    for name in wanted:
        if name not in there:
            raise InputError(f"There is no document `{name}` of yours here. It may be gone.")
    staging = Staging(own)
    for name in wanted:
        staging.remove(there[name])
    staging.commit()
