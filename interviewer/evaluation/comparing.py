"""Two evaluations of the same interviews: what got better, with a paired interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from interviewer.errors import InputError
from interviewer.evaluation.earlier import LinesOfEntries
from interviewer.evaluation.report import SCHEMA, Evaluation
from interviewer.evaluation.running import Scored
from interviewer.evaluation.shards.tally import Tally, group_of


@dataclass(frozen=True, slots=True)
class Change:
    """How one metric changed over the transcripts both evaluations scored.

    Attributes:
        metric: Its name.
        n: How many transcripts are in both with a value.
        difference: Mean of now less before.
        ci95: Paired 95 % interval of that, None for fewer than two.
    """

    metric: str
    n: int
    difference: float
    ci95: tuple[float, float] | None


def changes(evaluation: Evaluation, before: Mapping[str, object]) -> tuple[Change, ...]:
    """Return what changed since an earlier evaluation, by transcripts of the same id.

    Args:
        evaluation: The new one.
        before: The JSON of the earlier one.

    Raises:
        InputError: That is no evaluation, or shares no transcript with the new one.
    """
    tallies: dict[str, Tally] = {summary.name: Tally() for summary in evaluation.summaries}
    for entry, old in shared_with(evaluation, before):
        group = group_of(entry.id, entry.where)
        values = _metrics(old)
        for name, tally in tallies.items():
            now, then = entry.scores[name].value, values.get(name)
            if now is not None and isinstance(then, float | int):
                tally.value(group, now - then)
    return tuple(
        Change(name, tally.n, mean, tally.interval)
        for name, tally in tallies.items()
        if (mean := tally.mean) is not None
    )


def shared_with(
    evaluation: Evaluation, before: Mapping[str, object]
) -> Iterator[tuple[Scored, Mapping[str, object]]]:
    """Yield the transcripts both evaluations have, by their ids: now, and the entry of then.

    What has no id is in none of the pairs: nothing says which is which.

    Raises:
        InputError: That is no evaluation, or shares no transcript with the new one.
    """
    old = _entries(before)
    shared = False
    names = _told_apart(entry.id for entry in evaluation.scored)
    for name, entry in zip(names, evaluation.scored, strict=True):
        if entry.id and (earlier := old.get(name)) is not None:
            shared = True
            yield entry, earlier
    if not shared:
        raise InputError(
            "The baseline shares no transcript with these: ids differ, or there are none. "
            "Evaluate interviews of the same candidates and seeds."
        )


def _metrics(entry: Mapping[str, object]) -> Mapping[str, object]:
    found = entry["metrics"]
    return found if isinstance(found, Mapping) else {}


def _entries(document: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    entries = document.get("per_transcript")
    if document.get("schema") != SCHEMA or not isinstance(entries, list | LinesOfEntries):
        raise InputError(f"The baseline is no evaluation ({SCHEMA}). Give its folder or its JSON.")
    if isinstance(entries, LinesOfEntries):
        return entries.by_name(_told_apart)
    held = [e for e in entries if isinstance(e, Mapping) and isinstance(e.get("metrics"), Mapping)]
    names = _told_apart(str(entry.get("id", "")) for entry in held)
    return dict(zip(names, held, strict=True))


def _told_apart(ids: Iterable[str]) -> Iterator[str]:
    """Yield ids, each with how often it has come: files from elsewhere may share one."""
    seen: Counter[str] = Counter()
    for name in ids:
        seen[name] += 1
        yield f"{name} {seen[name]}"
