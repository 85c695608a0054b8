"""A machine's marks, changed: what agreement with people is worth when there is none.

No transcript holds levels by people. The built-in assessor's levels stand in for them, and a
machine that gives the same is the base, with which agreement is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from types import MappingProxyType

from interviewer.content.library import Library
from interviewer.evaluation.agreement.marks import Levels, Mark
from interviewer.evaluation.agreement.pairing import with_machine
from interviewer.evaluation.agreement.statistics import kappa, sums_of
from interviewer.evaluation.metrics.scoring_agreement import builtin_levels
from interviewer.evaluation.mutation.mutant import Draw
from interviewer.evaluation.mutation.tally import share
from interviewer.evaluation.mutation.trial import Stock

METRIC = "scoring_agreement"
STANDS_IN = "The built-in assessor's levels stand in for people's."
# Fewer marks are exchanged to the same by chance.
_LEAST = 20
# Of the interviews whose marks one mutant has.
_DRAWN = 0.5
# So many interviews of a language are assessed.
_MARKED = 12
_MACHINE = "machine"

Change = Callable[[Sequence[Mark], Draw], list[Mark]]


def permuted(marks: Sequence[Mark], draw: Draw) -> list[Mark]:
    """Give every mark to another thing of all that were marked."""
    values = draw.shuffled([mark.value for mark in marks], "values")
    return [replace(mark, value=value) for mark, value in zip(marks, values, strict=True)]


def shifted(marks: Sequence[Mark], draw: Draw) -> list[Mark]:
    """Mark everything a level higher, or everything a level lower, as far as levels reach."""
    by, levels = draw.pick((1, -1), "way"), Levels()
    return [
        replace(mark, value=min(levels.highest, max(levels.lowest, mark.value + by)))
        for mark in marks
    ]


CHANGES: Mapping[str, Change] = MappingProxyType(
    {"score_permute": permuted, "score_shift": shifted}
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa of one mutant's marks.

    Attributes:
        language: Of the interviews.
        kappa: With the marks that stand in for people's; the base's is 1.
    """

    language: str
    kappa: float


def entries_of(
    stocks: Mapping[str, Stock],
    operators: Iterable[str],
    library: Library,
    mutants: int,
    seed: int,
) -> dict[str, object]:
    """Return what a card says of each operator that changes marks.

    Args:
        stocks: Interviews by language.
        operators: Which are asked for; others are left alone.
        library: Rubrics of the assessor whose marks stand in.
        mutants: How many of each.
        seed: What all are drawn from.
    """
    wanted = [name for name in operators if name in CHANGES]
    if not wanted:
        return {}
    marks = {
        language: [builtin_levels(base.speech, library) for base in stock.bases[:_MARKED]]
        for language, stock in stocks.items()
    }
    return {name: agreements_to_json(agreements(name, marks, mutants, seed)) for name in wanted}


def agreements(
    operator: str, marks: Mapping[str, Sequence[Sequence[Mark]]], mutants: int, seed: int
) -> list[Agreement]:
    """Return the agreement of mutants, each over half of the interviews of one language.

    Args:
        operator: `score_permute` or `score_shift`.
        marks: By language and interview.
        mutants: How many, shared between the languages.
        seed: What all are drawn from.
    """
    languages = sorted(marks)
    found = []
    for place in range(mutants):
        language = languages[place % len(languages)]
        draw = Draw(seed, operator, place)
        drawn = draw.shuffled(marks[language], "interviews")
        people = [mark for own in drawn[: max(1, round(_DRAWN * len(drawn)))] for mark in own]
        if len(people) < _LEAST or len({mark.value for mark in people}) < 2:
            continue
        machine = [replace(mark, rater=_MACHINE) for mark in CHANGES[operator](people, draw)]
        value = float(kappa(sums_of(list(with_machine(people, machine))).rows.sum(axis=0)))
        if value == value:
            found.append(Agreement(language, value))
    return found


def agreements_to_json(found: Sequence[Agreement]) -> dict[str, object]:
    """Return what a card says of an operator."""
    if not found:
        return {"unscored": "Too few marks, or all the same."}
    worse = [entry.kappa < 1 for entry in found]
    languages = sorted({entry.language for entry in found})
    own = {
        name: [entry.kappa < 1 for entry in found if entry.language == name] for name in languages
    }
    nothing = share(0, 0)
    seen = {
        "paired": share(sum(worse), len(worse)), "absolute": nothing, "located": nothing,
        "parts": {f"language {name}": share(sum(told), len(told)) for name, told in own.items()},
    }  # fmt: skip
    values = [entry.kappa for entry in found]
    return {
        "made": len(found), "equivalent": False, "seen_by": {METRIC: seen}, "unscored_by": {},
        "expected_too": [], "others_worse": {}, "marks": STANDS_IN,
        "kappa": {
            "mean": round(fmean(values), 4), "lowest": round(min(values), 4),
            "highest": round(max(values), 4),
        },
    }  # fmt: skip
