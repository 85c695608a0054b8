"""An evaluation as JUnit XML, as build servers show it: conditions, metrics, and what was read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from interviewer.evaluation.gate import Condition, failures
from interviewer.evaluation.report import Evaluation, Summary

# What XML 1.0 has no form for, not even an escaped one.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_NAMED = 20


def junit_xml(
    evaluation: Evaluation, wanted: Sequence[Condition] = (), allow_unreadable: float = 0.0
) -> bytes:
    """Return the report as XML; a condition that holds is a failure.

    Args:
        evaluation: What was found.
        wanted: What fails a build.
        allow_unreadable: Share of transcripts that may be unreadable.
    """
    root = etree.Element("testsuites", name="interviewer evaluate")
    _gate(root, evaluation, wanted)
    _metrics(root, evaluation.summaries)
    _read(root, evaluation, allow_unreadable)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    data: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True, standalone=True
    )
    return data


def _gate(root: etree._Element, evaluation: Evaluation, wanted: Sequence[Condition]) -> None:
    suite = etree.SubElement(root, "testsuite", name="gate")
    for condition in wanted:
        case = _case(suite, "gate", f"not {condition}")
        for sentence in failures(evaluation, [condition]):
            etree.SubElement(case, "failure", message=_xml(sentence), type="gate")
    _count(suite)


def _metrics(root: etree._Element, summaries: Sequence[Summary]) -> None:
    suite = etree.SubElement(root, "testsuite", name="metrics")
    for summary in summaries:
        case = _case(suite, "metrics", summary.name)
        reasons = "; ".join(f"{why} ({count})" for why, count in summary.reasons.items())
        if summary.mean is None:
            etree.SubElement(case, "skipped", message=_xml(reasons or "No transcript was read."))
            continue
        low_high = summary.ci95 or ()
        told = [
            f"mean {summary.mean:.4f}",
            *([f"95 % interval {low_high[0]:.4f} to {low_high[1]:.4f}"] if low_high else []),
            f"scored {summary.n}, not scored {summary.unscored}",
            *([reasons] if reasons else []),
        ]
        etree.SubElement(case, "system-out").text = _xml("\n".join(told))
    _count(suite)


def _read(root: etree._Element, evaluation: Evaluation, allowed: float) -> None:
    suite = etree.SubElement(root, "testsuite", name="transcripts")
    case = _case(suite, "transcripts", "can be read")
    faults = [entry.fault for entry in evaluation.unreadable]
    count = evaluation.unreadable_count
    if evaluation.unreadable_share > allowed:
        more = [f"and {count - MOST_NAMED} more"] if count > MOST_NAMED else []
        told = f"{count} of {count + len(evaluation.scored)} transcripts cannot be read."
        error = etree.SubElement(case, "error", message=told, type="unreadable")
        error.text = _xml("\n".join([*faults[:MOST_NAMED], *more]))
    _count(suite)


def _case(suite: etree._Element, group: str, name: str) -> etree._Element:
    return etree.SubElement(suite, "testcase", classname=f"interviewer.{group}", name=_xml(name))


def _count(suite: etree._Element) -> None:
    suite.set("tests", str(len(suite)))
    for attribute, element in (("failures", "failure"), ("errors", "error")):
        suite.set(attribute, str(sum(case.find(element) is not None for case in suite)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in suite)))


def _xml(text: str) -> str:
    """Return a text in which what XML cannot hold is the sign for a lost character."""
    return _NO_XML.sub("\ufffd", text)
