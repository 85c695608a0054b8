"""A run of simulated interviews: what was ordered, and the files it is written to.

A run is cut into shards of a fixed size, one file each, so that it can be stopped and gone on
with, and so that the files do not depend on how many processes wrote them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from interviewer.simulation.candidate import (
    MANNERS,
    PROFILES,
    Candidate,
    Level,
    Manner,
    Mixed,
    candidate_at,
)

Interviewer = Literal["house", "bare"]
SCHEMA = "interviewer.simulation/1"
INTERVIEWS_A_SHARD = 20
# Of a large run more, for no folder takes hundreds of thousands of files gladly.
_LARGE, _OF_A_LARGE_RUN = 20_000, 100


@dataclass(frozen=True, slots=True)
class Shard:
    """Some interviews in a row that go into one file.

    Attributes:
        name: The file's name.
        first: Place of the first candidate.
        size: How many there are.
    """

    name: str
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class Run:
    """What was ordered; the same run of the same content writes the same files.

    Attributes:
        company: Employer's id.
        role: Post's id or title, as given.
        language: Language of the interviews.
        format: Interview format.
        candidates: How many.
        seed: What all of them are drawn from.
        manner: One manner for all, None for a mix.
        level: One level for all, `mixed` for one by competency, None for a mix of people.
        model: Who words the questions.
        written: Whether a written test comes first.
        interviewer: `house` for plan, director and guard, `bare` for a model alone.
    """

    company: str
    role: str
    language: str
    format: str
    candidates: int
    seed: int = 0
    manner: Manner | None = None
    level: Level | Mixed | None = None
    model: str = "builtin"
    written: bool = False
    interviewer: Interviewer = "house"

    def candidate(self, place: int) -> Candidate:
        """Return the candidate at a place, from 0 on."""
        return candidate_at(place, self.seed, self.language, manner=self.manner, level=self.level)

    @property
    def interviews_a_shard(self) -> int:
        """How many interviews go into one file."""
        return _OF_A_LARGE_RUN if self.candidates > _LARGE else INTERVIEWS_A_SHARD

    @property
    def shards(self) -> tuple[Shard, ...]:
        """The files of the run, in order."""
        return tuple(self._cut())

    def _cut(self) -> Iterator[Shard]:
        most = self.interviews_a_shard
        for number, first in enumerate(range(0, self.candidates, most), start=1):
            size = min(most, self.candidates - first)
            yield Shard(f"simulated-{number:05d}.jsonl", first, size)

    def to_json(self) -> dict[str, object]:
        """Return the form that lies beside the files."""
        document = {"schema": SCHEMA, **asdict(self)}
        if not self.written:
            del document["written"]  # runs noted before there were written tests can go on
        if self.interviewer == "house":
            del document["interviewer"]  # the same, before there were bare models
        if self.interviews_a_shard != INTERVIEWS_A_SHARD:
            document["interviews_a_file"] = self.interviews_a_shard
        return document

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many interviews there are of each manner and of each level."""
        manners: Counter[str] = Counter()
        levels: Counter[str] = Counter()
        for place in range(self.candidates):
            person = self.candidate(place)
            manners[person.manner] += 1
            levels[person.profile] += 1
        return {
            "manners": {name: manners[name] for name in MANNERS if manners[name]},
            "levels": {name: levels[name] for name in PROFILES if levels[name]},
        }
