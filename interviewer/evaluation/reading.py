"""Files of transcripts, one at a time; what cannot be read is named and counted, never dropped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.evaluation.formats.chat import NATIVE, OPENAI, without_words
from interviewer.evaluation.formats.cutting import is_messages, sources_in
from interviewer.evaluation.formats.form import Document
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.registry import FORMATS, format_of
from interviewer.evaluation.formats.roles import BESIDE, OPTION, asked_round, settle
from interviewer.evaluation.formats.source import LONGEST, Source
from interviewer.evaluation.shards.parts import is_part
from interviewer.evaluation.tongue_of_talk import is_another_tongue
from interviewer.transcript import CANDIDATE, EXAMINER, Transcript
from interviewer.transcript_file import SCHEMA, from_json

__all__ = [
    "LONGEST",
    "Read",
    "Source",
    "files_in",
    "parsed",
    "read",
    "sources_in",
    "transcript_in",
]
ENDINGS = (".jsonl", ".json", ".eval", ".parquet")
_MOST_NAMED = 10
# Where Scout keeps lists of what lies in its databases, which are Parquet too.
_LISTS = "_index"
_ROLES = BESIDE | {EXAMINER, CANDIDATE}


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of transcripts that are named, or lie in folders that are named, sorted.

    Reports of evaluations, and what an unfinished one keeps, are none where they lie among them.

    Raises:
        InputError: A path is not there, or there is no such file in any of them.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            reports = _reports_in(path)
            found += sorted(
                p
                for p in path.rglob("*")
                if p.suffix in ENDINGS
                and p.is_file()
                and p.parent.name != _LISTS
                and not is_part(p)
                and not reports.intersection(p.parents)
            )
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"{path} is not there. Name a file of transcripts, or a folder.")
    files = [path for path in dict.fromkeys(found) if path.name != "run.json"]
    if not files:
        raise InputError(f"No transcripts there. They are files ending in {', '.join(ENDINGS)}.")
    return tuple(files)


def _reports_in(folder: Path) -> frozenset[Path]:
    """Return folders that `--out` wrote: their manifest says so."""
    found = set()
    for manifest in folder.rglob("manifest.json"):
        with manifest.open("rb") as file:
            if b'"interviewer.evaluation-manifest/' in file.read(200):
                found.add(manifest.parent)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Read:
    """A transcript that could be read.

    Attributes:
        transcript: The transcript.
        notes: What is odd about it, as sentences; it is measured all the same.
    """

    transcript: Transcript
    notes: tuple[str, ...] = ()


def parsed(source: Source) -> Transcript:
    """Return the transcript of a source.

    Raises:
        InputError: It is broken, no chat, holds nothing, or is in another language.
    """
    return read(source).transcript


def read(source: Source) -> Read:
    """Return the transcript of a source, and what is odd about it.

    Raises:
        InputError: It is broken, no chat, holds nothing, or is in another language.
    """
    where = source.where
    document = _native(source)
    transcript = _transcript(document, where)
    silent = [not t.content or t.content.isspace() for t in transcript.turns if t.role == EXAMINER]
    if all(silent):
        raise InputError(f"{where} holds nothing said by an examiner (role `assistant`).")
    language = _other_language(transcript)
    if language:
        raise InputError(
            f"{where} is in {language}. Metrics know English and Chinese, and would see nothing."
        )
    notes = [*_notes(transcript, document.get("schema"), any(silent)), *_left_out(document)]
    return Read(transcript, tuple(notes))


def transcript_in(source: Source, losses: Losses | None = None) -> Transcript:
    """Return the transcript of a source in any format, whether it can be measured or not.

    Args:
        source: The source.
        losses: Counts what of its messages is no text.

    Raises:
        InputError: It is broken, no chat, or it cannot be told who the interviewer is.
    """
    document = _native(source)
    transcript = _transcript(document, source.where)
    if losses is not None:
        for kind in without_words(document):
            losses.lose(f"messages.content of the kind {kind}")
    return transcript


def _native(source: Source) -> Document:
    where = source.where
    if source.fault:
        raise InputError(f"{where}: {source.fault}")
    try:
        document = json.loads(source.text)
    except (ValueError, RecursionError):
        raise InputError(f"{where} is no JSON; it may be cut off.") from None
    if is_messages(document):
        document = {"messages": document}
    form = FORMATS[source.form] if source.form else format_of(document)
    native = form.native(document, where)
    foreign = form not in (NATIVE, OPENAI)
    if (foreign or source.interviewer) and isinstance(native.get("messages"), list):
        settle(native, form.roles, source.interviewer, where)
    return native


def _transcript(document: Document, where: str) -> Transcript:
    transcript = from_json(document, where=where)
    strange = {turn.role for turn in transcript.turns} - _ROLES
    if strange:
        raise InputError(
            f"{where} has the role {min(strange)[:40]!r}. The interviewer is `assistant`, the "
            f"candidate `user`; {OPTION} says otherwise."
        )
    return transcript


def _other_language(transcript: Transcript) -> str:
    """Return what the language is called where it is neither English nor Chinese, else nothing."""
    told = transcript.interview.language
    if told:
        known = told.lower().startswith(("en", "zh"))
        return "" if known else f"the language {told[:20]!r}"
    said = (turn.content for turn in transcript.turns if turn.role == EXAMINER)
    return "a language that is not known here" if is_another_tongue(said) else ""


def _left_out(document: Document) -> Iterator[str]:
    kinds = Counter(without_words(document))
    if kinds:
        told = ", ".join(f"{kind} ({n})" for kind, n in kinds.most_common(_MOST_NAMED))
        yield f"Parts of messages that are no text were left out: {told}."


def _notes(transcript: Transcript, schema: object, silent: bool) -> Iterator[str]:
    if isinstance(schema, str) and schema != SCHEMA:
        yield f"It has the schema {schema}; what is known of {SCHEMA} was read."
    if asked_round(transcript):
        yield (
            f"The role {EXAMINER!r} asks nothing and the role {CANDIDATE!r} does; "
            f"{OPTION} says whose words are the interviewer's."
        )
    if not silent:
        return
    empty = [
        str(place if turn.seq is None else turn.seq)
        for place, turn in enumerate(transcript.turns, start=1)
        if turn.by_examiner and not turn.content.strip()
    ]
    yield f"Messages of the examiner are empty: {', '.join(empty[:_MOST_NAMED])}."
