"""The folder of a run: what is finished stays there, so that a run that was ended goes on.

It is named by a hash of all that figures depend on: the inputs, the metrics with their versions,
what was given, what is installed, the content. Whatever changes, the folder is another and
nothing old is used.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from interviewer.errors import InputError
from interviewer.evaluation.given import Given, given_to_json
from interviewer.evaluation.metric import Metric
from interviewer.evaluation.running import Scored
from interviewer.evaluation.shards.cutting import Cut, Shard
from interviewer.evaluation.shards.entry import entry_of
from interviewer.evaluation.shards.gathering import Gathered, nothing_gathered
from interviewer.evaluation.shards.grounds import Grounds
from interviewer.evaluation.shards.parts import FIGURES, ROWS, part_name, run_folder

_FORM = "interviewer.parts/2"


def run_hash(cut: Cut, metrics: Sequence[Metric], given: Given, grounds: Grounds) -> str:
    """Return the hash of all that figures depend on.

    Args:
        cut: The inputs.
        metrics: The metrics.
        given: What is given beside the transcripts.
        grounds: What is installed, and the content.
    """
    judged = given.judged
    document = {
        "form": _FORM,
        "inputs": [asdict(entry) for entry in cut.inputs],
        "shards": len(cut.shards),
        "metrics": {m.name: [m.version, repr(getattr(m, "thresholds", ""))] for m in metrics},
        "given": given_to_json(given),
        "jurisdictions": given.jurisdictions,
        "judged": repr(sorted(judged.looked.items())) if judged else "",
        "grounds": asdict(grounds),
    }
    text = json.dumps(document, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", errors="backslashreplace")).hexdigest()


@dataclass(frozen=True)
class Rows:
    """What was found of every transcript that could be read, on disk, in order.

    Attributes:
        folder: Where the parts lie.
        sizes: How many are in each part.
    """

    folder: Path
    sizes: tuple[int, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(self.sizes)

    def __contains__(self, entry: object) -> bool:
        """Whether it is one of them; asked of nobody but by the protocol of collections."""
        return any(entry == own for own in self)

    def __iter__(self) -> Iterator[Scored]:
        """Read one after the other."""
        for number in range(len(self.sizes)):
            yield from self._part(number)

    def at(self, numbers: Sequence[int]) -> dict[int, Scored]:
        """Return those of some numbers, from 1; parts with none of them are not read."""
        wanted = set(numbers)
        found: dict[int, Scored] = {}
        before = 0
        for part, size in enumerate(self.sizes):
            here = wanted.intersection(range(before + 1, before + size + 1))
            if here:
                entries = enumerate(self._part(part), start=before + 1)
                found.update((number, entry) for number, entry in entries if number in here)
            before += size
        return found

    def _part(self, number: int) -> Iterator[Scored]:
        path = self.folder / (part_name(number) + ROWS)
        broken = InputError(f"{path} is not as it was written; delete {self.folder}, begin anew.")
        read = 0
        try:
            with path.open("rb") as lines:
                for line in lines:
                    yield entry_of(line)
                    read += 1
        except (OSError, ValueError):
            raise broken from None
        if read != self.sizes[number]:
            raise broken


@dataclass(frozen=True)
class Work:
    """A run's folder.

    Attributes:
        folder: Where its parts lie.
        shards: All there is to do.
    """

    folder: Path
    shards: tuple[Shard, ...]

    def waiting(self) -> list[Shard]:
        """Return the shards that are not finished."""
        return [
            shard
            for shard in self.shards
            if not (self.folder / (part_name(shard.number) + FIGURES)).exists()
        ]

    def gathered(self, metrics: Sequence[Metric]) -> tuple[Gathered, Rows]:
        """Return what all parts show together, and the rows; they lie in the order of the inputs.

        Raises:
            InputError: A part cannot be read.
        """
        whole = nothing_gathered(metrics)
        sizes = []
        for shard in self.shards:
            path = self.folder / (part_name(shard.number) + FIGURES)
            try:
                part = Gathered.from_json(whole.names, json.loads(path.read_bytes()))
            except (OSError, ValueError, KeyError, TypeError):
                raise InputError(
                    f"{path} cannot be read; delete {self.folder} and begin anew."
                ) from None
            whole.absorb(part)
            sizes.append(part.read)
        return whole, Rows(self.folder, tuple(sizes))


@contextmanager
def working(place: Path, name: str, shards: tuple[Shard, ...]) -> Iterator[Work]:
    """Hold a run's folder, and delete it when all that is done in it came to an end.

    Args:
        place: Where folders of runs lie.
        name: The run's hash.
        shards: All there is to do.

    Raises:
        InputError: The folder cannot be made, or the same run goes on elsewhere.
    """
    folder = run_folder(place, name)
    lock = FileLock(place / f".{folder.name}.lock", blocking=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise InputError(
            f"The same transcripts are being measured by another command, in {folder}. Wait until "
            "it has ended."
        ) from None
    except OSError as error:
        raise InputError(
            f"{folder} cannot be made ({error.strerror}). Name another place with --work."
        ) from None
    try:
        yield Work(folder, shards)
        shutil.rmtree(folder, ignore_errors=True)
        (place / f".{folder.name}.lock").unlink(missing_ok=True)
    finally:
        lock.release()
