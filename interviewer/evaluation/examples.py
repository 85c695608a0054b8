"""What got better and what got worse, with examples side by side: turn and words, then and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.evaluation.comparing import shared_with
from interviewer.evaluation.report import Evaluation, Summary, finding_to_json, place_shown, plain
from interviewer.evaluation.running import Scored
from interviewer.evaluation.wording import Wording, wording

MOST_TRANSCRIPTS, MOST_FINDINGS = 2, 3
# Of what changed so many transcripts are held before all but the extremes are let go.
_MANY = 256
_NAMES = ("seq", "tag", "reason", "span")


@dataclass(frozen=True, slots=True)
class _Changed:
    gain: float
    entry: Scored
    old: Mapping[str, object]
    then: float
    now: float


@dataclass(frozen=True, slots=True)
class Example:
    """One transcript in which a metric changed much.

    Attributes:
        metric: Its name.
        better: Whether it got better; None where neither way is.
        where: The transcript now.
        before: Its value then.
        now: Its value now.
        gone: Findings that are there no more, as JSON.
        new: Findings that were not there before.
    """

    metric: str
    better: bool | None
    where: str
    before: float
    now: float
    gone: tuple[Mapping[str, object], ...]
    new: tuple[Mapping[str, object], ...]


def examples(evaluation: Evaluation, before: Mapping[str, object]) -> tuple[Example, ...]:
    """Return for each metric the transcripts that changed most, both ways, worse first.

    Args:
        evaluation: The new evaluation.
        before: The JSON of the earlier one.

    Raises:
        InputError: That is no evaluation, or shares no transcript with the new one.
    """
    changed: dict[str, list[_Changed]] = {summary.name: [] for summary in evaluation.summaries}
    signs = {s.name: {"higher": 1, "lower": -1}.get(s.better, 1) for s in evaluation.summaries}
    for entry, old in shared_with(evaluation, before):
        for name, told in changed.items():
            now, then = entry.scores[name].value, _value(old, name)
            if now is not None and isinstance(then, int | float) and now != then:
                told.append(_Changed(signs[name] * (now - then), entry, old, float(then), now))
                if len(told) > _MANY:
                    told[:] = [*_worst(told), *_best(told)]
    return tuple(
        _example(summary, each)
        for summary in evaluation.summaries
        for each in (*_worst(changed[summary.name]), *_best(changed[summary.name]))
    )


def _worst(told: Sequence[_Changed]) -> list[_Changed]:
    return sorted((each for each in told if each.gain < 0), key=_order)[:MOST_TRANSCRIPTS]


def _best(told: Sequence[_Changed]) -> list[_Changed]:
    better = sorted((each for each in told if each.gain > 0), key=_order, reverse=True)
    return better[:MOST_TRANSCRIPTS]


def _order(changed: _Changed) -> tuple[float, str]:
    return changed.gain, changed.entry.where


def _example(summary: Summary, each: _Changed) -> Example:
    own = [finding_to_json(f) for f in each.entry.scores[summary.name].findings]
    earlier = _findings(each.old, summary.name)
    return Example(
        metric=summary.name,
        better=None if summary.better == "neither" else each.gain > 0,
        where=each.entry.where,
        before=each.then,
        now=each.now,
        gone=_without(earlier, own),
        new=_without(own, earlier),
    )


def example_to_json(example: Example) -> dict[str, object]:
    """Return an example in the documented form."""
    return {
        "metric": example.metric,
        "better": example.better,
        "file": example.where,
        "before": example.before,
        "now": example.now,
        "gone": list(example.gone),
        "new": list(example.new),
    }


def examples_markdown(found: Sequence[Example], language: str = "en") -> str:
    """Return examples as Markdown, then and now side by side."""
    words = wording(language)
    w = words.markdown
    lines = [f"## {w['changed']}", ""]
    for example in found:
        way = w[{True: "better", False: "worse", None: "otherwise"}[example.better]]
        values = {"before": f"{example.before:.3f}", "now": f"{example.now:.3f}"}
        lines += [
            f"### {example.metric}, {way}: {place_shown(example.where)}",
            "",
            w["before_now"].format_map(values),
            "|---|---|",
        ]
        for place in range(min(MOST_FINDINGS, max(len(example.gone), len(example.new)))):
            cells = [_cell(side, place, words) for side in (example.gone, example.new)]
            lines.append(f"| {cells[0]} | {cells[1]} |")
        lines.append("")
    return "\n".join(lines) if found else ""


def _cell(findings: Sequence[Mapping[str, object]], place: int, words: Wording) -> str:
    if place >= len(findings):
        return ""
    finding = findings[place]
    seq = finding.get("seq")
    turn = words.markdown["turn"].format(seq=seq) if seq else ""
    said = f" “{plain(str(finding['span']))}”" if finding.get("span") else ""
    return f"{turn}{plain(words.told(str(finding.get('reason', ''))))}{said}"


def _value(old: Mapping[str, object], name: str) -> object:
    values = old.get("metrics")
    return values.get(name) if isinstance(values, Mapping) else None


def _findings(old: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    entries = old.get("findings")
    held = [e for e in entries if isinstance(e, Mapping)] if isinstance(entries, list) else []
    return [entry for entry in held if entry.get("metric") == name]


def _without(
    findings: Sequence[Mapping[str, object]], others: Sequence[Mapping[str, object]]
) -> tuple[Mapping[str, object], ...]:
    """Return findings of one side that the other has not, by turn, tag and words."""
    seen = {tuple(str(entry.get(name)) for name in ("seq", "tag", "span")) for entry in others}
    return tuple(
        {name: entry.get(name) for name in _NAMES}
        for entry in findings
        if tuple(str(entry.get(name)) for name in ("seq", "tag", "span")) not in seen
    )
