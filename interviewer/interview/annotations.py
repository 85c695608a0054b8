"""What is said about an interview after it: by the candidate of their answers, later by a coach.

An annotation is added and never changed. In an export it stands in the transcript's extra field
`annotations`, so that whatever reads transcripts reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from interviewer.errors import InputError
from interviewer.transcript import EMPTY, Json, Transcript

SELF_RATING = "self_rating"
DISPUTE = "dispute"
DRILL = "drill"
JUDGEMENT = "judgement"
FIELD = "annotations"
MOST_ANNOTATIONS = 1_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing said about an interview.

    Attributes:
        kind: `self_rating`, `dispute`, `drill`, `judgement`, or one of a newer program.
        about: What it is about: `interview`, or a competency of a round, `<round>/<rubric id>`.
        body: What is said, by the kind.
        at: ISO time in UTC; empty before it is kept.
    """

    kind: str
    about: str
    body: Json = field(default_factory=lambda: EMPTY)
    at: str = ""


def annotation_record(entry: Annotation) -> dict[str, object]:
    """Return an annotation in the form of the file."""
    return {"kind": entry.kind, "about": entry.about, "body": dict(entry.body), "at": entry.at}


def annotation_of(value: object) -> Annotation:
    """Return the annotation an entry of a file stands for.

    Raises:
        InputError: It is none.
    """
    if isinstance(value, Mapping) and isinstance(value.get("body"), Mapping):
        names = [value.get(name) for name in ("kind", "about", "at")]
        if all(isinstance(n, str) and len(n) <= LONGEST_NAME for n in names) and names[0]:
            kind, about, at = map(str, names)
            return Annotation(kind, about, MappingProxyType(dict(value["body"])), at)
    raise InputError(
        "An annotation in the file cannot be read: it needs `kind`, `about` and `at` as text and "
        "`body` as a table. Take it out, or export the interview anew."
    )


def annotations_in(transcript: Transcript) -> tuple[Annotation, ...]:
    """Return the annotations that stand in an exported transcript, in their order.

    Raises:
        InputError: One of them is none, or there are more than can be kept.
    """
    found = transcript.extra.get(FIELD)
    if found is None:
        return ()
    if not isinstance(found, list) or len(found) > MOST_ANNOTATIONS:
        raise InputError(
            f"The annotations in the file cannot be read: they are no list of at most "
            f"{MOST_ANNOTATIONS}. Take them out, or export the interview anew."
        )
    return tuple(annotation_of(entry) for entry in found)


def with_annotations(transcript: Transcript, entries: Iterable[Annotation]) -> Transcript:
    """Return a transcript with these annotations in it, as it is when there are none."""
    told = [annotation_record(entry) for entry in entries]
    if not told:
        return transcript
    return replace(transcript, extra=MappingProxyType({**transcript.extra, FIELD: told}))


def without_annotations(transcript: Transcript) -> Transcript:
    """Return a transcript without those that stand in it."""
    if FIELD not in transcript.extra:
        return transcript
    rest = {name: value for name, value in transcript.extra.items() if name != FIELD}
    return replace(transcript, extra=MappingProxyType(rest) if rest else EMPTY)
