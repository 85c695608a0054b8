"""The report as a page and as Markdown; what people said can inject nothing into either."""

from __future__ import annotations

import re
from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from interviewer.assessment.findings import Assessment
from interviewer.transcript import Transcript

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$])")


def report_html(assessment: Assessment, transcript: Transcript) -> str:
    """Return the report as an HTML fragment without scripts, styles or links to elsewhere."""
    return _render("report.html.j2", assessment, transcript, escape=True)


def report_page(assessment: Assessment, transcript: Transcript) -> str:
    """Return the report as a whole HTML page in one file."""
    environment = _environment(escape=True)
    page = environment.from_string(_source("page.html.j2"))
    body = report_html(assessment, transcript)
    return page.render(assessment=assessment, body=body, style=_source("report.css"))


def report_markdown(assessment: Assessment, transcript: Transcript) -> str:
    """Return the report as Markdown; signs with a meaning in quotes are escaped."""
    text = _render("report.md.j2", assessment, transcript, escape=False)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def transcript_markdown(transcript: Transcript) -> str:
    """Return what was said as Markdown, one paragraph a turn."""
    environment = _environment(escape=False)
    text = environment.from_string(_source("transcript.md.j2")).render(transcript=transcript)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def transcript_page(transcript: Transcript) -> str:
    """Return what was said as a whole HTML page in one file."""
    environment = _environment(escape=True)
    page = environment.from_string(_source("transcript.html.j2"))
    return page.render(transcript=transcript, style=_source("report.css"))


def _render(name: str, assessment: Assessment, transcript: Transcript, *, escape: bool) -> str:
    template = _environment(escape=escape).from_string(_source(name))
    numbers = transcript.citation_numbers()
    test = _written(name, assessment, escape=escape)
    return template.render(
        a=assessment,
        w=assessment.words.labels,
        s=assessment.words.sentences,
        steps=assessment.words.steps,
        own=assessment.words.own_questions,
        passed=assessment.words.handoff,
        parts=assessment.words.parts,
        numbers=numbers,
        test=test,
    )


def _written(report: str, assessment: Assessment, *, escape: bool) -> str:
    """Return the part on the written test, drawn like the report it goes into."""
    if assessment.written is None:
        return ""
    template = _environment(escape=escape).from_string(_source(f"written.{report[7:]}"))
    words = assessment.words
    text = template.render(t=assessment.written, p=words.written, w=words.labels)
    return Markup(text) if escape else text  # escaped by its own template


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        autoescape=escape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["plain"] = _plain
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    return environment


def _plain(text: object) -> str:
    """Return text on one line with every sign of Markdown escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def _source(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")
