"""The report as a page and as Markdown; what people said can inject nothing into either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from importlib import resources
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from interviewer.assessment.coach import CoachView
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.findings import Assessment
from interviewer.assessment.helped import marks_of
from interviewer.assessment.overview import overview_of
from interviewer.assessment.self_rating import own_levels
from interviewer.assessment.words import words_for
from interviewer.content.dates import written_date
from interviewer.transcript import Transcript, Turn

NOTHING_BENEATH: Mapping[tuple[str, str], Markup] = MappingProxyType({})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$])")


def report_html(
    assessment: Assessment,
    transcript: Transcript,
    before: Assessment | None = None,
    coach: CoachView | None = None,
    beneath: Mapping[tuple[str, str], Markup] = NOTHING_BENEATH,
) -> str:
    """Return the report as an HTML fragment without scripts, styles or links to elsewhere.

    Args:
        assessment: The report.
        transcript: The interview it is on.
        before: The report on an earlier interview of the same candidate for the same post, drawn
            beside this one; None where there is none.
        coach: What a coach sees beside it, None for the candidate's own view.
        beneath: What a page puts beneath competencies and what there is to work on, by round and
            rubric or item id; escaped already.
    """
    return _render(
        "report.html.j2", assessment, transcript, (before, coach), escape=True, beneath=beneath
    )


def report_page(
    assessment: Assessment,
    transcript: Transcript,
    before: Assessment | None = None,
    coach: CoachView | None = None,
) -> str:
    """Return the report as a whole HTML page in one file."""
    body = report_html(assessment, transcript, before, coach)
    page = _environment(escape=True).get_template("page.html.j2")
    style = _file("report.css") + sections_style()
    return page.render(assessment=assessment, body=body, style=style)


def report_markdown(
    assessment: Assessment,
    transcript: Transcript,
    before: Assessment | None = None,
    coach: CoachView | None = None,
) -> str:
    """Return the report as Markdown; signs with a meaning in quotes are escaped."""
    text = _render("report.md.j2", assessment, transcript, (before, coach), escape=False)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def sections_style() -> str:
    """Return how the sections of a report look, in any page that says its colours."""
    return _file("sections.css")


def redo_markdown(assessment: Assessment, transcript: Transcript) -> str:
    """Return an answer and the same answer given again as Markdown."""
    text = _render("report/redo.md.j2", assessment, transcript, (None, None), escape=False)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def transcript_markdown(transcript: Transcript) -> str:
    """Return what was said as Markdown, one paragraph a turn."""
    template = _environment(escape=False).get_template("transcript.md.j2")
    text = template.render(
        transcript=transcript,
        said=_said(transcript),
        day=partial(written_date, language=transcript.interview.language or "en"),
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def transcript_page(transcript: Transcript) -> str:
    """Return what was said as a whole HTML page in one file."""
    page = _environment(escape=True).get_template("transcript.html.j2")
    return page.render(transcript=transcript, style=_file("report.css"), said=_said(transcript))


def _said(transcript: Transcript) -> list[tuple[Turn, str]]:
    """Return the turns, with a remark those taken again and those a coach had a part in."""
    count = {id(turn) for turn in transcript.counted.turns}
    words = words_for(transcript.interview.language or "en")
    again = [words.practice["retaken_mark"]]
    return [
        (turn, "; ".join([*([] if id(turn) in count else again), *marks_of(turn, words)]))
        for turn in transcript.turns
    ]


def _render(
    name: str,
    assessment: Assessment,
    transcript: Transcript,
    beside: tuple[Assessment | None, CoachView | None],
    *,
    escape: bool,
    beneath: Mapping[tuple[str, str], Markup] = NOTHING_BENEATH,
) -> str:
    """Return a report; each of its sections is a file of `templates/report`.

    A section finds the assessment as `a`, all words of its language as `words`, and short names
    for those that many sections use.
    """
    words = assessment.words
    return (
        _environment(escape=escape)
        .get_template(name)
        .render(
            a=assessment,
            words=words,
            day=partial(written_date, language=assessment.language),
            w=words.labels,
            s=words.sentences,
            steps=words.steps,
            own=words.own_questions,
            passed=words.handoff,
            parts=words.parts,
            named={**words.lifts, **words.parts, "more": words.practice["more"]},
            beneath=beneath,
            own_levels=own_levels(assessment),
            numbers=transcript.citation_numbers(),
            overview=overview_of(assessment, beside[0]),
            coach=beside[1],
            f=feedback_words(assessment.language).labels,
        )
    )


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("interviewer.assessment"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = _plain
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    return environment


def _plain(text: object) -> str:
    """Return text on one line with every sign of Markdown escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def _file(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")
