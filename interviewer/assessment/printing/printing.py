"""Printing: a tree of text, set by Typst with a font that has Latin and Chinese."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import pylopdf_fonts_zh_cn
import typst

from interviewer.assessment.coach import CoachView
from interviewer.assessment.findings import Assessment
from interviewer.assessment.printing.page_tree import Node, tree_of
from interviewer.assessment.report import report_html, transcript_page
from interviewer.assessment.words import words_for
from interviewer.errors import SetupError
from interviewer.transcript import Transcript


def report_pdf(
    assessment: Assessment,
    transcript: Transcript,
    before: Assessment | None = None,
    coach: CoachView | None = None,
) -> bytes:
    """Return the report as PDF, everything that the page shows with all its folds open.

    Raises:
        SetupError: The PDF could not be made here.
    """
    words = words_for(assessment.language)
    heading = " · ".join(filter(None, (assessment.company, assessment.post)))
    tree = tree_of(report_html(assessment, transcript, before, coach), "article")
    return _printed(tree, assessment.language, words.labels["title"], heading)


def transcript_pdf(transcript: Transcript) -> bytes:
    """Return what was said as PDF.

    Raises:
        SetupError: The PDF could not be made here.
    """
    interview = transcript.interview
    language = interview.language or "en"
    heading = " · ".join(filter(None, (interview.company, interview.role)))
    title = words_for(language).labels["whole"]
    return _printed(tree_of(transcript_page(transcript), "main"), language, title, heading)


def page_pdf(page: str, language: str, title: str, heading: str) -> bytes:
    """Return the `article` of a page of our own as PDF.

    Args:
        page: HTML in which everything from elsewhere is escaped.
        language: What it is written in.
        title: What stands above it.
        heading: What it is about, for its head.

    Raises:
        SetupError: The PDF could not be made here.
    """
    return _printed(tree_of(page, "article"), language, title, heading)


def _printed(tree: Node, language: str, title: str, heading: str) -> bytes:
    """Return a tree in print; it reaches Typst as data, never as its language."""
    chinese = language.startswith("zh")
    notice = words_for(language).sentences["notice"]
    document = {
        "tree": tree,
        "language": "zh" if chinese else "en",
        "title": title,
        "heading": " ".join(heading.split()),
        "notice": notice,
    }
    template = resources.files("interviewer.assessment") / "templates" / "report.typ"
    try:
        made = typst.compile(
            template.read_bytes(),
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"document": json.dumps(document, ensure_ascii=True)},
        )
    except typst.TypstError as error:
        raise SetupError(
            f"The PDF could not be made ({error}). Write it as .html instead, or install "
            "`typst` and `pylopdf-fonts-zh-cn` anew."
        ) from None
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the package, and none of the machine's: print is the same everywhere."""
    folder = str(pylopdf_fonts_zh_cn.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
