"""Agreement as JSON, `interviewer.agreement/1`, and as Markdown."""

from __future__ import annotations

from interviewer.evaluation.agreement.agreeing import Agreement, Figure, Means, Row
from interviewer.evaluation.agreement.outcome import FOUR_FIFTHS, Outcome

SCHEMA = "interviewer.agreement/1"
_FIGURES = ("kappa", "alpha", "bias", "mean_error", "exact")


def agreement_to_json(found: Agreement) -> dict[str, object]:
    """Return the documented form; a figure that cannot be told is null."""
    return {
        "schema": SCHEMA,
        "people": list(found.people),
        "constant_level": found.constant,
        "rows": [_row(row) for row in found.rows],
        "by_item": [{"item": item, **_row(row)} for item, row in found.by_item],
        "means": {name: _means(means) for name, means in found.means},
        "outcome": {name: outcome_to_json(outcome) for name, outcome in found.outcome},
        "marked_by_no_person": dict(found.alone),
    }


def outcome_to_json(outcome: Outcome) -> dict[str, object]:
    """Return how decisions stand to outcomes in the documented form."""
    return {
        "n": outcome.n,
        "kappa": {"value": outcome.kappa, "ci95": _ends(outcome.kappa_ci95)},
        "confusion": [
            {"outcome": said, "decision": told, "n": outcome.confusion.get((said, told), 0)}
            for said in ("yes", "no")
            for told in ("yes", "no")
        ],
        "brier": outcome.brier,
        "groups": {
            name: {"n": n, "yes": yes, "rate": yes / n}
            for name, (n, yes) in outcome.selected.items()
        },
        "adverse_impact_ratio": outcome.impact,
        "four_fifths": None if outcome.impact is None else outcome.impact >= FOUR_FIFTHS,
    }


def figure_to_json(figure: Figure) -> dict[str, object]:
    """Return a figure with its interval."""
    return {"value": figure.value, "ci95": _ends(figure.ci95)}


def _ends(interval: tuple[float, float] | None) -> list[float] | None:
    return list(interval) if interval else None


def _row(row: Row) -> dict[str, object]:
    figures = {name: figure_to_json(getattr(row, name)) for name in _FIGURES}
    return {"name": row.name, "n": row.n, "candidates": row.candidates, **figures}


def _means(means: Means) -> dict[str, object]:
    powered = means.powered
    return {
        "people": figure_to_json(means.people),
        "machine": figure_to_json(means.machine),
        "powered": None
        if powered is None
        else {"value": powered.mean, "ci95": list(powered.ci95), "weight": powered.weight},
    }


def agreement_markdown(found: Agreement) -> str:
    """Return a report to read: the machine between people and a constant, never alone."""
    lines = ["# Agreement", "", *_table(found.rows)]
    lines += ["", f"The constant grader always gives {found.constant:g}, people's most frequent "
              "level. Exact agreement says nothing beside it alone."
              ] if found.constant is not None else []  # fmt: skip
    if found.by_item:
        lines += ["", "## By item", "", *_table([r for _, r in found.by_item],
                                                [item for item, _ in found.by_item])]  # fmt: skip
    for name, means in found.means:
        lines += ["", f"## Mean level, with {plain(name)}", "", *_mean_lines(means)]
    for name, outcome in found.outcome:
        lines += ["", f"## Outcomes, with {plain(name)}", "", *_outcome_lines(outcome)]
    return "\n".join([*lines, ""])


def cells(row: Row) -> list[str]:
    """Return the cells of a row: who, how many, and the five figures."""
    return [row.name, str(row.n), str(row.candidates),
            *(shown(getattr(row, name)) for name in _FIGURES)]  # fmt: skip


def shown(figure: Figure) -> str:
    """Return a figure with its interval, as text."""
    if figure.value is None:
        return "not told"
    told = f"{figure.value:.3f}"
    return f"{told} ({figure.ci95[0]:.3f} to {figure.ci95[1]:.3f})" if figure.ci95 else told


def plain(text: str) -> str:
    """Return text on one line in which no sign has a meaning in Markdown."""
    line = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in line)


HEAD = ("against people", "pairs", "candidates", "quadratic kappa", "ordinal alpha", "bias",
        "mean error", "exact")  # fmt: skip


def _table(rows: list[Row] | tuple[Row, ...], items: list[str] | None = None) -> list[str]:
    head = [*(["item"] if items else []), *HEAD]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for place, row in enumerate(rows):
        told = [*([items[place]] if items else []), *cells(row)]
        lines.append("| " + " | ".join(map(plain, told)) + " |")
    return lines


def _mean_lines(means: Means) -> list[str]:
    lines = [f"- people alone: {shown(means.people)}", f"- machine alone: {shown(means.machine)}"]
    powered = means.powered
    if powered is None:
        return [*lines, "- together: not told; the machine marked too little that people did not"]
    told = shown(Figure(powered.mean, powered.ci95))
    return [*lines, f"- together (prediction-powered, weight {powered.weight:.2f}): {told}"]


def _outcome_lines(outcome: Outcome) -> list[str]:
    lines = [f"- decisions held against outcomes: {outcome.n}",
             f"- kappa: {shown(Figure(outcome.kappa, outcome.kappa_ci95))}"]  # fmt: skip
    lines += [
        f"- outcome {said}, decision {told}: {outcome.confusion.get((said, told), 0)}"
        for said in ("yes", "no")
        for told in ("yes", "no")
    ]
    brier = "not told, no probabilities" if outcome.brier is None else f"{outcome.brier:.4f}"
    lines += [f"- Brier score: {brier}"]
    lines += [f"- group {plain(name)}: {yes} of {n} with yes"
              for name, (n, yes) in outcome.selected.items()]  # fmt: skip
    if outcome.impact is not None:
        side = "at least" if outcome.impact >= FOUR_FIFTHS else "below"
        lines += [f"- adverse-impact ratio: {outcome.impact:.3f}, {side} four fifths"]
    return lines
