"""The report and the transcript to read: complete, and nothing said can inject anything."""

from __future__ import annotations

import dataclasses
import html
import re
from html.parser import HTMLParser
from types import MappingProxyType

import pytest
from markdown_it import MarkdownIt

from interviewer.assessment import Assessment, assess, report_html, report_markdown
from interviewer.assessment.report import report_page, transcript_markdown, transcript_page
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import Transcript, Turn
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import (
    COMPANIES,
    HOSTILE,
    STORY,
    begun,
    talk,
    whole,
    with_answers,
)

HARMLESS = {
    "html", "head", "meta", "title", "style", "body", "main", "article", "header", "section",
    "footer", "h1", "h2", "h3", "p", "span", "strong", "q", "blockquote", "ul", "ol", "li", "dl",
    "dt", "dd", "details", "summary", "br", "table", "thead", "tbody", "tr", "th", "td", "div",
    "figure", "figcaption", "svg", "desc", "path", "rect", "circle", "text",
}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "lang", "charset", "name", "content", "scope", "role", "aria-hidden",
    "aria-labelledby", "viewbox", "preserveaspectratio", "width", "height", "d", "x", "y", "rx",
    "cx", "cy", "r", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
    "text-anchor", "font-family", "font-size", "font-style",
}  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags of a page, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


@pytest.fixture(scope="module")
def interviews(make_plan: PlanMaker, voice: BuiltinVoice) -> dict[str, Transcript]:
    """Return an interview with each employer, held to its end."""
    return {company: whole(make_plan, voice, company) for company in COMPANIES}


@pytest.fixture(scope="module")
def hostile(interviews: dict[str, Transcript], library: Library) -> tuple[Assessment, Transcript]:
    """Return an interview in which everything that may come from elsewhere is an attack."""
    transcript = with_answers(interviews["brightwell"], HOSTILE)
    bad = "<img src=x> ![x](http://a.example) `|` {{7*7}}"
    research = {
        key: dataclasses.replace(passage, text=bad, source=bad, date=bad)
        for key, passage in transcript.interview.research.items()
    }
    plan = {**transcript.interview.plan, "company_name": bad, "post_title": bad}
    interview = dataclasses.replace(
        transcript.interview,
        created="![x](//a)",
        company=bad,
        role=bad,
        plan=MappingProxyType(plan),
        research=MappingProxyType(research),
    )
    turns = tuple(dataclasses.replace(turn, name=bad) for turn in transcript.turns)
    changed = dataclasses.replace(transcript, interview=interview, turns=turns)
    return assess(changed, library), changed


@pytest.mark.parametrize("company", COMPANIES)
def test_every_form_tells_the_same(
    interviews: dict[str, Transcript], library: Library, company: str
) -> None:
    """Page, fragment and Markdown hold every quote, gap, drill, figure, source and the notice."""
    transcript = interviews[company]
    report = assess(transcript, library)
    page = html.unescape(report_page(report, transcript))
    fragment = html.unescape(report_html(report, transcript))
    markdown = report_markdown(report, transcript).replace("\\", "")
    told = [words_for(report.language).sentences["notice"], report.company, report.post]
    told += [report.one_thing, *report.notes]
    for part in report.rounds:
        told += [part.name, part.examiner, *(question.text for question in part.questions)]
        for competency in part.competencies:
            told += [competency.name, competency.gap, competency.next_action]
            told += [quote.text for quote in competency.quotes]
    told += [figure.sentence for figure in report.ledger]
    told += [*report.negotiation.values(), *(passage.source for passage in report.sources)]
    assert len(told) > 60
    for text in told:
        assert text in page
        assert text in fragment
        assert " ".join(text.split()) in markdown


def test_html_holds_no_more_than_text(hostile: tuple[Assessment, Transcript]) -> None:
    """Whatever was said or comes with a file, no tag and no attribute gets into a page."""
    for page in (report_html(*hostile), report_page(*hostile), transcript_page(hostile[1])):
        tags = Tags(page)
        assert tags.tags <= HARMLESS
        assert tags.attributes <= ATTRIBUTES
        assert "<script>alert(1)</script>" in tags.text
        assert tags.text.count("{{7*7}}") >= 10


def test_markdown_holds_no_more_than_text(hostile: tuple[Assessment, Transcript]) -> None:
    """Read as Markdown, the report and the transcript have no link, image, code, table or tag."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    for text in (report_markdown(*hostile), transcript_markdown(hostile[1])):
        tokens = [t for token in reader.parse(text) for t in (token, *(token.children or ()))]
        kinds = {token.type for token in tokens}
        assert not kinds & {
            "link_open", "image", "code_inline", "html_inline", "html_block", "fence",
            "code_block",
        }  # fmt: skip
        rows = re.split("tr_open", " ".join(token.type for token in tokens))[1:]
        cells = {len(re.findall("t[dh]_open", row)) for row in rows}
        assert cells <= ({3, 6} if text.startswith("# Report") else set())
        shown = " ".join("".join(t.content for t in tokens if t.type == "text").split())
        assert "<script>alert(1)</script> ![x](http://a.example/p.png)" in shown
        assert "[a](javascript:alert(1)) | `c` {{7*7}}" in shown


@pytest.mark.parametrize(
    "line", ["# Mine", "- item", "1. one", "> said", "---", "```\ncode", "***"]
)
def test_an_answer_makes_no_block_of_its_own(line: str) -> None:
    """An answer of several lines stays in its paragraph of the transcript."""
    said = Turn(1, "user", f"I said\n\n{line}\n\nand that was it.", round="hr")
    text = transcript_markdown(Transcript("t", turns=(said,)))
    kinds = [token.type for token in MarkdownIt("commonmark").parse(text)]
    assert kinds.count("paragraph_open") == 1
    assert not {"fence", "hr", "bullet_list_open", "ordered_list_open", "blockquote_open"} & set(
        kinds
    )


def test_nothing_leads_out_of_a_page(interviews: dict[str, Transcript], library: Library) -> None:
    """A page is one file: it loads nothing and links nowhere."""
    transcript = interviews["brightwell"]
    for page in (
        report_page(assess(transcript, library), transcript),
        transcript_page(transcript),
    ):
        assert page.startswith("<!doctype html>")
        assert not re.search(r"(src|href|url|action|@import)\s*[=(]", page)
        assert "<style>" in page


def test_a_chinese_page_says_so(interviews: dict[str, Transcript], library: Library) -> None:
    """A report on a Chinese interview is Chinese and marked as such."""
    transcript = interviews["chengyuan"]
    page = report_page(assess(transcript, library), transcript)
    assert '<html lang="zh">' in page
    assert words_for("zh").labels["lift"] in page
    assert words_for("en").labels["lift"] not in page


def test_a_whole_transcript_can_be_read(interviews: dict[str, Transcript]) -> None:
    """Every turn stands in the page and the Markdown of a transcript, in order."""
    transcript = interviews["brightwell"]
    page = html.unescape(transcript_page(transcript))
    markdown = transcript_markdown(transcript).replace("\\", "")
    places = [page.index(turn.content) for turn in transcript.turns if turn.content]
    assert places == sorted(places)
    assert all(" ".join(turn.content.split()) in markdown for turn in transcript.turns)
    assert page.count("turn turn-candidate") == sum(turn.by_candidate for turn in transcript.turns)


def test_a_plain_chat_can_be_read(library: Library) -> None:
    """A chat without names, numbers or a plan is shown, its turns counted from 1."""
    chat = Transcript("c", turns=(Turn(None, "assistant", "Why?"), Turn(None, "user", "So.")))
    assert "**user** (2): So" in transcript_markdown(chat)
    assert "<strong>user</strong>" in transcript_page(chat)
    report = assess(chat, library)
    for text in (report_markdown(report, chat), report_page(report, chat)):
        assert words_for("en").sentences["no_plan"] in text
        assert words_for("en").sentences["notice"] in text
        assert words_for("en").labels["delivery"] not in text


def test_an_unfinished_interview_can_be_read(library: Library, make_plan: PlanMaker) -> None:
    """Before its first answer and after one, a report has the parts there are and no others."""
    plan = make_plan()
    labels = words_for("en").labels
    for transcript, heard in ((begun(plan), False), (talk(plan, {("hr", 1): [STORY]}), True)):
        report = assess(transcript, library)
        for text in (report_html(report, transcript), report_markdown(report, transcript)):
            assert words_for("en").sentences["unfinished"] in text
            assert (words_for("en").unscored["no_evidence"] in text.replace("\\", "")) == heard
            assert (labels["figures"] in text) == heard
            assert labels["pay"] + "\n" not in text
            assert labels["sources"] not in text


def test_markdown_has_no_holes(interviews: dict[str, Transcript], library: Library) -> None:
    """Markdown ends in one line end and has no more than one empty line in a row."""
    for transcript in interviews.values():
        for text in (
            report_markdown(assess(transcript, library), transcript),
            transcript_markdown(transcript),
        ):
            assert "\n\n\n" not in text
            assert text.endswith("\n")
            assert not text.endswith("\n\n")
