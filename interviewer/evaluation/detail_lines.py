"""What stands beside a metric's mean, as lines to read: never a judge's number without its own."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.evaluation.wording import Wording, wording

_MOST_NAMED = 3
_FIGURES = ("kappa", "alpha", "bias", "mean_error", "exact")


def detail_lines(name: str, details: Mapping[str, object], language: str = "en") -> list[str]:
    """Return lines on the details of a metric, none for a metric without any.

    Args:
        name: The metric.
        details: As its metric gives them.
        language: Of the lines.
    """
    known = {
        "role_breaks": _parts,
        "persona_fidelity": _parts,
        "follow_up_relevance": _relevance,
        "judge_reliability": _reliability,
        "scoring_agreement": _agreement,
        "outcome": _outcome,
    }
    return known[name](details, wording(language)) if details and name in known else []


def _relevance(details: Mapping[str, object], words: Wording) -> list[str]:
    w = words.details
    judged = {
        "judge": details.get("judge"),
        "judged": details.get("follow_ups_judged"),
        "found": details.get("follow_ups_found"),
    }
    real, swapped = (_rate(_at(details, name), words) for name in ("real", "swapped"))
    return [w["judged"].format_map(judged), w["depends"].format(real=real, swapped=swapped)]


def _parts(details: Mapping[str, object], words: Wording) -> list[str]:
    """Return what a judge says beside a metric: its figure where it has one, and its controls."""
    w, judge = words.details, _at(details, "judge")
    faults = _at(judge, "not_counted")
    told = ", ".join(f"{n} {fault}" for fault, n in faults.items()) or w["none"]
    counts = {name: judge.get(name) for name in ("judge", "judged", "found")}
    lines = [w["judged_parts"].format(asked=judge.get("verdicts_asked"), told=told, **counts)]
    value = _number(judge.get("value"), words) + _ends(judge, words)
    levels = "level" in _at(judge, "real")
    figure = w["judge_level" if levels else "judge_breaks"].format(value=value)
    lines.append(w["judge_untold"] if judge.get("value") is None else figure)
    for arm in ("real", "planted", "clean", "other_card"):
        if found := _at(judge, arm):
            own = {**found, "rate": found.get("level")} if levels else found
            lines.append(w[f"arm_{arm}"].format(figure=_rate(own, words)))
    retest = _at(judge, "retest")
    lines.append(w["twice"].format(kappa=_kappa(retest, words), pairs=retest.get("pairs")))
    named = _listed(judge.get("named"))[:_MOST_NAMED]
    return [*lines, *(w["judge_named"].format_map(entry) for entry in named)]


def _rate(found: Mapping[str, object], words: Wording) -> str:
    rate = _number(found.get("rate"), words) + _ends(found, words)
    return words.details["rate"].format(rate=rate, n=found.get("n"))


def _reliability(details: Mapping[str, object], words: Wording) -> list[str]:
    w = words.details
    faults, slopes = _at(details, "not_counted"), _at(details, "verbosity_slope")
    retest, turned = _at(details, "retest"), _at(details, "order_swap")
    people = _at(details, "people")
    told = ", ".join(f"{n} {fault}" for fault, n in faults.items()) or w["none"]
    lines = [
        w["not_counted"].format(asked=details.get("verdicts_asked"), told=told),
        w["twice"].format(kappa=_kappa(retest, words), pairs=retest.get("pairs")),
        w["turned"].format(
            same=_number(turned.get("consistency"), words),
            kappa=_number(turned.get("kappa"), words),
            pairs=turned.get("pairs"),
        ),
    ]
    for kind in slopes:
        found = _at(slopes, kind)
        slope = _number(found.get("slope"), words, "+") + _ends(found, words)
        lines.append(w["longer"].format(kind=kind, slope=slope))
    if people.get("pairs"):
        told = w["people"].format(kappa=_kappa(people, words), pairs=people.get("pairs"))
        return [*lines, told]
    return [*lines, w["no_people"]]


def _agreement(details: Mapping[str, object], words: Wording) -> list[str]:
    return [
        words.details["agreement"].format(
            name=row.get("name"),
            n=row.get("n"),
            told=", ".join(_figure(name, _at(row, name), words) for name in _FIGURES),
        )
        for row in _listed(details.get("rows"))
    ]


def _figure(name: str, found: Mapping[str, object], words: Wording) -> str:
    value = _number(found.get("value"), words)
    return f"{words.details[name]} {value}{_ends(found, words)}"


def _outcome(details: Mapping[str, object], words: Wording) -> list[str]:
    cells = [
        f"{cell.get('outcome')}/{cell.get('decision')} {cell.get('n')}"
        for cell in _listed(details.get("confusion"))
    ]
    return [
        words.details["cells"].format(told=", ".join(cells)),
        words.details["outcome"].format(
            brier=_number(details.get("brier"), words),
            ratio=_number(details.get("adverse_impact_ratio"), words),
        ),
    ]


def _listed(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _at(details: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = details.get(name)
    return found if isinstance(found, Mapping) else {}


def _kappa(found: Mapping[str, object], words: Wording) -> str:
    return _number(found.get("kappa"), words) + _ends(found, words)


def _number(value: object, words: Wording, sign: str = "") -> str:
    told = isinstance(value, float | int)
    return f"{value:{sign}.3f}" if told else words.markdown["not_told"]


def _ends(figure: Mapping[str, object], words: Wording) -> str:
    ends = figure.get("ci95")
    if not isinstance(ends, list):
        return ""
    low, high = (f"{end:.3f}" for end in ends)
    return f" ({words.markdown['to'].format(low=low, high=high)})"
