"""What stands beside a metric's mean, as lines to read: never a judge's number without its own."""

from __future__ import annotations

from collections.abc import Mapping

_FIGURES = {"kappa": "kappa", "alpha": "alpha", "bias": "bias", "mean_error": "mean error",
            "exact": "exact"}  # fmt: skip


def detail_lines(name: str, details: Mapping[str, object]) -> list[str]:
    """Return lines on the details of a metric, none for a metric without any.

    Args:
        name: The metric.
        details: As its metric gives them.
    """
    known = {
        "follow_up_relevance": _relevance,
        "judge_reliability": _reliability,
        "scoring_agreement": _agreement,
        "outcome": _outcome,
    }
    return known[name](details) if details and name in known else []


def _relevance(details: Mapping[str, object]) -> list[str]:
    real, swapped = _at(details, "real"), _at(details, "swapped")
    return [
        f"judged by {details.get('judge')}: {details.get('follow_ups_judged')} of "
        f"{details.get('follow_ups_found')} follow-ups; see judge_reliability for what its word "
        "is worth",
        f"depends on its own answer: {_rate(real)}; on another's: {_rate(swapped)}",
    ]


def _rate(found: Mapping[str, object]) -> str:
    return f"{_number(found.get('rate'))}{_ends(found)} of {found.get('n')}"


def _reliability(details: Mapping[str, object]) -> list[str]:
    faults = _at(details, "not_counted")
    told = ", ".join(f"{n} {fault}" for fault, n in faults.items()) or "none"
    retest, turned = _at(details, "retest"), _at(details, "order_swap")
    people = _at(details, "people")
    slopes = _at(details, "verbosity_slope")
    lines = [
        f"verdicts that do not count, of {details.get('verdicts_asked')}: {told}",
        f"asked twice: kappa {_number(retest.get('kappa'))}{_ends(retest)}, "
        f"{retest.get('pairs')} pairs",
        f"order of the two turned round: the same {_number(turned.get('consistency'))}, kappa "
        f"{_number(turned.get('kappa'))}, {turned.get('pairs')} pairs",
    ]
    lines += [
        f"yes for an answer twice as long ({kind}): {_number(_at(slopes, kind).get('slope'), '+')}"
        f"{_ends(_at(slopes, kind))}"
        for kind in slopes
    ]
    if people.get("pairs"):
        lines.append(f"with people: kappa {_number(people.get('kappa'))}{_ends(people)}, "
                     f"{people.get('pairs')} pairs")  # fmt: skip
    else:
        lines.append("with people: not told; give their marks on follow-ups with --human")
    return lines


def _agreement(details: Mapping[str, object]) -> list[str]:
    rows = details.get("rows")
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return [
        f"{row.get('name')} against people, {row.get('n')} pairs: "
        + ", ".join(f"{said} {_number(_at(row, key).get('value'))}{_ends(_at(row, key))}"
                    for key, said in _FIGURES.items())
        for row in found
    ]  # fmt: skip


def _outcome(details: Mapping[str, object]) -> list[str]:
    cells = details.get("confusion")
    found = (
        [cell for cell in cells if isinstance(cell, Mapping)] if isinstance(cells, list) else []
    )
    told = ", ".join(f"{c.get('outcome')}/{c.get('decision')} {c.get('n')}" for c in found)
    return [
        f"outcome/decision: {told}",
        f"Brier score {_number(details.get('brier'))}, adverse-impact ratio "
        f"{_number(details.get('adverse_impact_ratio'))}",
    ]


def _at(details: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = details.get(name)
    return found if isinstance(found, Mapping) else {}


def _number(value: object, sign: str = "") -> str:
    return f"{value:{sign}.3f}" if isinstance(value, float | int) else "not told"


def _ends(figure: Mapping[str, object]) -> str:
    ends = figure.get("ci95")
    return f" ({ends[0]:.3f} to {ends[1]:.3f})" if isinstance(ends, list) else ""
