"""The report as one HTML file: figures, findings to filter, and each finding's turn.

Nothing is loaded from anywhere. What was said by others is escaped by the template; only the
script and the style with these very hashes are run by a browser, whatever a transcript holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from interviewer.evaluation.report import Evaluation
from interviewer.evaluation.reports.bars import HEIGHT, WIDTH, bar_of
from interviewer.evaluation.reports.compared import compared_in
from interviewer.evaluation.reports.embedding import MOST_EMBEDDED, MOST_SIGNS, ShownTranscript
from interviewer.evaluation.reports.marking import visible
from interviewer.evaluation.reports.sightings import Sighting, severity_counts
from interviewer.evaluation.reports.trust import trust_in
from interviewer.evaluation.shards.gathering import SEVERITIES
from interviewer.evaluation.wording import Wording, wording
from interviewer.transcript import Passage

# Passages stand once each, whatever the number of transcripts that cite them.
MOST_PASSAGE_SIGNS = 3_000_000


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a report, each once.

    Attributes:
        places: The place of each, by id and text.
        all: The passages, in order.
    """

    places: Mapping[tuple[str, str], int]
    all: tuple[Passage, ...]

    def place(self, passage: Passage | None) -> int:
        """Return where a passage stands, -1 for one that is left out."""
        return -1 if passage is None else self.places.get((passage.id, passage.text), -1)


def evaluation_page(
    evaluation: Evaluation,
    found: Sequence[Sighting],
    shown: Sequence[ShownTranscript],
    *,
    document: Mapping[str, object] | None = None,
    language: str = "en",
) -> str:
    """Return the page.

    Args:
        evaluation: The figures.
        found: The findings that are listed: every one, or as many as a page can list.
        shown: The transcripts that stand in it.
        document: The evaluation's JSON, with what it is compared with and its validity card.
        language: Of the page, `en` or `zh`.

    Raises:
        UsageError: There are no words of this language.
    """
    words = wording(language)
    passages = passages_of(shown)
    style, script = _file("page.css"), _file("page.js")
    return _environment(words).from_string(_file("page.html.j2")).render(
        w=words.page,
        about=words.about,
        style=style,
        script=script,
        policy=_policy(style, script),
        evaluation=evaluation,
        bars={s.name: bar_of(s.mean, s.ci95) for s in evaluation.summaries},
        bar_width=WIDTH,
        bar_height=HEIGHT,
        counts=evaluation.gathered.findings,
        severities=severity_counts(evaluation.gathered.severities),
        listed=len(found),
        findings=evaluation.gathered.findings.total(),
        personas=sorted({visible(sighting.speaker) for sighting in found} - {""}),
        tags=sorted({sighting.finding.severity for sighting in found}, key=_place),
        odd=evaluation.noticed,
        beside=compared_in(document or {}),
        trust=trust_in(document or {}),
        shown=shown,
        with_findings=evaluation.gathered.with_findings,
        most=MOST_EMBEDDED,
        millions=MOST_SIGNS // 1_000_000,
        place_of=passages.place,
        data=_data(found, passages, words),
        notice=words.markdown["notice"],
    )  # fmt: skip


def passages_of(shown: Sequence[ShownTranscript]) -> Passages:
    """Return the passages that embedded turns cite or findings are held against."""
    places: dict[tuple[str, str], int] = {}
    kept: list[Passage] = []
    signs = 0
    for entry in shown:
        wanted = [key for turn in entry.turns for key in turn.turn.cites]
        wanted += [s.finding.evidence for turn in entry.turns for s in turn.found]
        for key in dict.fromkeys(wanted):
            passage = entry.passages.get(key)
            if passage is None or (passage.id, passage.text) in places:
                continue
            signs += len(passage.text)
            if signs > MOST_PASSAGE_SIGNS:
                return Passages(places, tuple(kept))
            places[passage.id, passage.text] = len(kept)
            kept.append(passage)
    return Passages(places, tuple(kept))


def _data(found: Sequence[Sighting], passages: Passages, words: Wording) -> str:
    """Return what the script looks through, as JSON that no text in it can end."""
    rows = [
        {
            "n": s.number,
            "t": s.transcript,
            "id": visible(s.id),
            "file": visible(s.where),
            "seq": s.finding.seq,
            "metric": s.finding.metric,
            "tag": visible(s.finding.tag),
            "severity": s.finding.severity,
            "reason": visible(words.told(s.finding.reason)),
            "span": visible(s.finding.span),
            "persona": visible(s.speaker),
        }
        for s in found
    ]
    told = [
        [visible(p.id), visible(p.source), p.date or "", visible(p.text)] for p in passages.all
    ]
    text = json.dumps(
        {"findings": rows, "passages": told, "words": dict(words.page)},
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def listed(details: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return what stands beside a mean as pairs of name and value, nested names joined."""
    found: list[tuple[str, str]] = []
    for name, value in details.items():
        if isinstance(value, Mapping):
            found += [(f"{name} · {inner}", told) for inner, told in listed(value)]
        elif isinstance(value, float):
            found.append((name, f"{value:.4g}"))
        else:
            found.append((name, json.dumps(value, ensure_ascii=False)))
    return found


def _place(severity: str) -> tuple[int, str]:
    known = severity in SEVERITIES
    return (SEVERITIES.index(severity) if known else len(SEVERITIES), severity)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _environment(words: Wording) -> Environment:
    made = Environment(
        loader=FunctionLoader(lambda name: _file(f"{name}.html.j2")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    made.filters["listed"] = listed
    made.filters["told"] = words.told
    made.filters["term"] = words.term
    return made


def _file(name: str) -> str:
    folder = resources.files("interviewer.evaluation.reports") / "templates"
    return (folder / name).read_text(encoding="utf-8")
