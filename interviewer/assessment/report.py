"""The report as a page and as Markdown; what people said can inject nothing into either."""

from __future__ import annotations

import re
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.findings import Assessment
from interviewer.assessment.self_rating import own_levels
from interviewer.transcript import Transcript

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$])")


def report_html(assessment: Assessment, transcript: Transcript) -> str:
    """Return the report as an HTML fragment without scripts, styles or links to elsewhere."""
    return _render("report.html.j2", assessment, transcript, escape=True)


def report_page(assessment: Assessment, transcript: Transcript) -> str:
    """Return the report as a whole HTML page in one file."""
    body = report_html(assessment, transcript)
    page = _environment(escape=True).get_template("page.html.j2")
    return page.render(assessment=assessment, body=body, style=_style())


def report_markdown(assessment: Assessment, transcript: Transcript) -> str:
    """Return the report as Markdown; signs with a meaning in quotes are escaped."""
    text = _render("report.md.j2", assessment, transcript, escape=False)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def transcript_markdown(transcript: Transcript) -> str:
    """Return what was said as Markdown, one paragraph a turn."""
    template = _environment(escape=False).get_template("transcript.md.j2")
    text = template.render(transcript=transcript)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def transcript_page(transcript: Transcript) -> str:
    """Return what was said as a whole HTML page in one file."""
    page = _environment(escape=True).get_template("transcript.html.j2")
    return page.render(transcript=transcript, style=_style())


def _render(name: str, assessment: Assessment, transcript: Transcript, *, escape: bool) -> str:
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
            w=words.labels,
            s=words.sentences,
            steps=words.steps,
            own=words.own_questions,
            passed=words.handoff,
            parts=words.parts,
            own_levels=own_levels(assessment),
            numbers=transcript.citation_numbers(),
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


def _style() -> str:
    return (resources.files(__package__) / "templates" / "report.css").read_text(encoding="utf-8")
