"""Which transcripts stand whole in a report, read again from their files: none is kept in memory.

Those with the gravest and the most findings come first; how many are left out is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import InputError
from interviewer.evaluation.given import NOTHING_GIVEN, Given, filled
from interviewer.evaluation.reading import parsed, sources_in
from interviewer.evaluation.report import Evaluation
from interviewer.evaluation.reports.marking import Piece, pieces
from interviewer.evaluation.reports.sightings import Sighting
from interviewer.evaluation.running import Scored
from interviewer.evaluation.shards.gathering import MOST_GRAVE, weight
from interviewer.evaluation.speech import numbered
from interviewer.transcript import Passage, Transcript, Turn

# A browser opens a file of this size in a moment; a report is also sent by mail.
MOST_EMBEDDED = MOST_GRAVE
MOST_SIGNS = 10_000_000


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as a report shows it.

    Attributes:
        number: What findings call it.
        turn: The turn.
        pieces: Its text, with the words findings are about apart.
        found: The findings in it.
        severity: The gravest of theirs, empty for none.
    """

    number: int
    turn: Turn
    pieces: tuple[Piece, ...]
    found: tuple[Sighting, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class ShownTranscript:
    """A transcript as a report shows it.

    Attributes:
        number: Its number in the evaluation, from 1.
        where: Its file, with the line.
        transcript: The transcript.
        turns: Its turns.
        whole: Findings that concern no single turn.
        passages: What was retrieved or cited in it, by id.
    """

    number: int
    where: str
    transcript: Transcript
    turns: tuple[ShownTurn, ...]
    whole: tuple[Sighting, ...]
    passages: Mapping[str, Passage]


def shown_transcript(
    number: int, where: str, transcript: Transcript, found: Sequence[Sighting]
) -> ShownTranscript:
    """Return a transcript with what was found in it at its turns."""
    turns = numbered(transcript)
    at: defaultdict[int, list[Sighting]] = defaultdict(list)
    whole = []
    for sighting in found:
        seq = sighting.finding.seq
        if seq in turns:
            at[seq].append(sighting)
        else:
            whole.append(sighting)
    shown = tuple(_turn(seq, turn, at[seq]) for seq, turn in turns.items())
    return ShownTranscript(
        number, where, transcript, shown, tuple(whole), transcript.interview.research
    )


def _turn(number: int, turn: Turn, found: Sequence[Sighting]) -> ShownTurn:
    told = pieces(turn.content, [(s.number, s.finding.span) for s in found])
    severity = min((s.finding.severity for s in found), key=weight, default="")
    return ShownTurn(number, turn, told, tuple(found), severity)


def embedded(
    evaluation: Evaluation,
    found: Sequence[Sighting],
    files: Iterable[Path],
    *,
    given: Given = NOTHING_GIVEN,
    most: int = MOST_EMBEDDED,
    signs: int = MOST_SIGNS,
) -> tuple[ShownTranscript, ...]:
    """Return the transcripts that stand in a report, in the order of the evaluation.

    Args:
        evaluation: What was found.
        found: Its findings.
        files: Where its transcripts lie.
        given: What plain chats were given for the evaluation.
        most: How many at most.
        signs: How much is said in all of them at most.
    """
    order = evaluation.gathered.gravest[:most]
    at: defaultdict[int, list[Sighting]] = defaultdict(list)
    for sighting in found:
        at[sighting.transcript].append(sighting)
    entries = evaluation.at(order)
    read = dict(read_again(entries, files, given))
    kept: list[int] = []
    said = 0
    for number in order:
        if number not in read:
            continue
        said += sum(len(turn.content) for turn in read[number].turns)
        if said > signs and kept:
            break
        kept.append(number)
    return tuple(
        shown_transcript(number, entries[number].where, read[number], at[number])
        for number in sorted(kept)
    )


def read_again(
    entries: Mapping[int, Scored], files: Iterable[Path], given: Given = NOTHING_GIVEN
) -> Iterator[tuple[int, Transcript]]:
    """Yield transcripts by their numbers, read from their files once more.

    One that is no longer as it was is left out.
    """
    wanted = {entry.where: number for number, entry in entries.items()}
    begins = _beginnings(wanted)
    named = [path for path in files if str(path) in begins]
    for source in sources_in(named, given.read_as):
        number = wanted.get(source.where)
        if number is None:
            continue
        try:
            transcript = filled(parsed(source), given)
        except InputError:
            continue
        if transcript.id == entries[number].id:
            yield number, transcript


def _beginnings(places: Iterable[str]) -> frozenset[str]:
    """Return what stands before any colon of places: among it are the files they lie in."""
    return frozenset(
        where[:at]
        for where in places
        for at in (*(match.start() for match in re.finditer(":", where)), len(where))
    )
