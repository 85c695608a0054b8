"""Assessors on judge tests: `python -m benchmarks.judge_tests FOLDER [--judge MODEL]`.

The tests are those of "Beyond the Resume": a folder `judge-tests` beside `rubrics`. The data is
not part of the project. Each case is an interview with one exchange added, and says which way the
level of one competency should move. Cases are split in two halves by a hash of their name: rules
were tuned on `tune` only. With `--judge` a model judges as in a report; it makes some 15 calls a
level, so that `--most` cases are mostly enough.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click

from interviewer.assessment.judges.case import Put, case_of
from interviewer.assessment.judges.sampling import LEAST_SAMPLES, judgement_by
from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.rubric import Rubric
from interviewer.wiring import Settings, open_library, open_speakers

UNMOVED = ("aggrandising", "irrelevance", "repetition")
RAISED = "high-evidence"
LOWERED = (
    ("high-evidence", "high-evidence-debase"),
    ("medium-evidence", "medium-evidence-debase"),
)
HALF = 0.5
AIMS = {"unmoved": 0.95, "raised": 0.75, "lowered": 0.65}

Exchange = tuple[str, str]
Level = Callable[[Rubric, Sequence[Exchange]], float | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """One case: the test it is of, its name, the levels before and after, and as it should be."""

    test: str
    case: str
    before: float | None
    after: float | None
    right: bool

    @property
    def half(self) -> str:
        """`tune` or `held`."""
        return "held" if hashlib.sha256(self.case.encode()).digest()[-1] % 2 else "tune"


def seen_in(folder: Path, level: Level | None = None, most: int | None = None) -> Iterator[Seen]:
    """Yield every case, scored.

    Args:
        folder: Where the tests are.
        level: What gives levels, None for the built-in assessor.
        most: So many cases only, None for all.
    """
    level = level or built_in_level
    tests = {
        name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["tests"]
        for name in (*UNMOVED, *(n for pair in LOWERED for n in pair))
    }
    rubrics = rubrics_in(folder.parent / "rubrics")
    for case in islice(tests[RAISED], most):
        base = _exchanges(folder / "base-interviews" / f"{case}.json")
        field = case.split("_")[0]
        about = tests[RAISED][case]["belief_update"]["dimension"]
        for name in UNMOVED:
            for rubric in rubrics[field].values():
                before, after = _levels(level, rubric, base, [_exchange(tests[name][case])])
                yield Seen(
                    "unmoved", case, before, after, abs((after or 1) - (before or 1)) < HALF
                )
        before, after = _levels(
            level, rubrics[field][about], base, [_exchange(tests[RAISED][case])]
        )
        yield Seen("raised", case, before, after, (after or 0) > (before or 0))
        for claim, back in LOWERED:
            entry = tests[back][case]
            rubric = rubrics[field][entry["belief_update"]["dimension"]]
            first = _exchange(tests[claim][case])
            before, after = _levels(level, rubric, [*base, first], [_exchange(entry)])
            yield Seen("lowered", case, before, after, (after or 0) < (before or 0))


def rubrics_in(folder: Path) -> dict[str, dict[str, Rubric]]:
    """Return the rubrics of each field: named levels are levels 1, 3 and 5."""
    found = {}
    for file in sorted(folder.glob("*.json")):
        named = json.loads(file.read_text(encoding="utf-8"))
        found[file.stem] = {name: _rubric(name, levels) for name, levels in named.items()}
    return found


def _rubric(name: str, levels: dict[str, str]) -> Rubric:
    title = {"en": name.replace("_", " ").capitalize()}
    anchors = {level: {"en": text} for level, text in levels.items()}
    return Rubric.model_validate(
        {"schema": 1, "id": name, "name": title, "definition": title, "anchors": anchors}
    )


def _levels(
    level: Level, rubric: Rubric, base: Sequence[Exchange], more: Sequence[Exchange]
) -> tuple[float | None, float | None]:
    return level(rubric, base), level(rubric, [*base, *more])


def built_in_level(rubric: Rubric, exchanges: Sequence[Exchange]) -> float | None:
    """Return the level by rules."""
    return score_competency(rubric, _asked(exchanges), "en").level


def _asked(exchanges: Sequence[Exchange]) -> list[Asked]:
    return [
        Asked(question, "", (answer,), (question,), planned=False)
        for question, answer in exchanges
    ]


@contextmanager
def judged_level(model: str, samples: int) -> Iterator[Level]:
    """Give what asks a model for levels; the same question twice costs once.

    Raises:
        SetupError: The string names no model.
    """
    settings = Settings.from_environment()
    speakers = open_speakers(settings, open_library(settings), models=[model])
    judge = speakers.judge(model)
    known: dict[tuple[str, tuple[Exchange, ...]], float | None] = {}
    with asyncio.Runner() as runner:

        def level(rubric: Rubric, exchanges: Sequence[Exchange]) -> float | None:
            key = (rubric.id, tuple(exchanges))
            if key not in known:
                asked = _asked(exchanges)
                put = [Put(entry, (place,)) for place, entry in enumerate(asked, 1)]
                case = case_of("", rubric, put, score_competency(rubric, asked, "en"), "en")
                found = runner.run(judgement_by(judge, [case], samples)) if case else None
                known[key] = found.by[case.key].level if case and found else None
            return known[key]

        try:
            yield level
        finally:
            runner.run(speakers.close())


def _exchange(entry: dict[str, str]) -> Exchange:
    return entry["interviewer_turn"], entry["applicant_turn"]


def _exchanges(file: Path) -> list[Exchange]:
    said = [turn["message"] for turn in json.loads(file.read_text(encoding="utf-8"))]
    return list(zip(said[::2], said[1::2], strict=False))


def shares(seen: Sequence[Seen]) -> dict[tuple[str, str], float]:
    """Return the share of cases that are as they should be, by test and half."""
    found = {}
    for test in AIMS:
        for half in ("tune", "held"):
            right = [entry.right for entry in seen if (entry.test, entry.half) == (test, half)]
            if right:
                found[test, half] = sum(right) / len(right)
    return found


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--cases", is_flag=True, help="Print the cases of the tuning half that are not so.")
@click.option("--judge", help="Let this model give the levels; texts of the tests are sent to it.")
@click.option("--samples", default=LEAST_SAMPLES, show_default=True, help="Of each level.")
@click.option("--most", type=int, help="So many cases only.")
def main(folder: Path, cases: bool, judge: str | None, samples: int, most: int | None) -> None:
    """Print what share of the cases is as it should be, for the half tuned on and the other."""
    with judged_level(judge, samples) if judge else nullcontext(built_in_level) as level:
        seen = list(seen_in(folder, level, most))
    open_ = sum(entry.after is None for entry in seen)
    if judge:
        click.echo(f"{judge} | {len(seen)} cases, {open_} left open")
    for (test, half), share in shares(seen).items():
        click.echo(f"{test} | {half} | {share:.3f} | aim {AIMS[test]}")
    for entry in seen if cases else ():
        if not entry.right and entry.half == "tune":
            click.echo(f"{entry.test} {entry.case}: {entry.before} -> {entry.after}")


if __name__ == "__main__":
    main()
