"""The report in print: all that the page says, in both languages, and nothing that acts."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from html import escape

import pytest
import typst
from pypdf import PdfReader

from interviewer.assessment import Assessment, assess
from interviewer.assessment.coach import coach_view
from interviewer.assessment.printing import page_pdf, report_pdf, transcript_pdf
from interviewer.assessment.printing.page_tree import Node, tree_of
from interviewer.assessment.report import report_html
from interviewer.content.library import Library
from interviewer.errors import SetupError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import Interview, Transcript, Turn
from tests.conftest import PlanMaker
from tests.printed import active_parts, pdf_text, squeezed
from tests.unit.assessment_fixtures import COMPANIES, whole

TYPST = '#eval("1+1") #image("/etc/passwd") $x^2$ *b* _i_ @a <l> `r` // c /* d */ \\u{41} #{1+1}'


@pytest.fixture(scope="module")
def interviews(make_plan: PlanMaker, voice: BuiltinVoice) -> dict[str, Transcript]:
    """Return an interview with each employer, held to its end."""
    return {company: whole(make_plan, voice, company) for company in COMPANIES}


def texts(node: Node) -> Iterator[str]:
    """Yield every text of a tree outside its drawings, and not those for the blind alone."""
    if isinstance(node, str):
        yield node
    elif node["tag"] not in ("svg", "figcaption"):
        children = node["children"]
        assert isinstance(children, list)
        for child in children:
            yield from texts(child)


@pytest.mark.parametrize("company", COMPANIES)
def test_print_says_what_the_page_says(
    interviews: dict[str, Transcript], library: Library, company: str
) -> None:
    """Every text of the page, folds too, is in the PDF, for a candidate and for a coach."""
    transcript = interviews[company]
    report = assess(transcript, library)
    coach = coach_view(report, transcript)
    printed = pdf_text(report_pdf(report, transcript, coach=coach))
    tree = tree_of(report_html(report, transcript, coach=coach), "article")
    told = [squeezed(text) for text in texts(tree) if text.strip()]
    assert len(told) > 500
    # A text that a page ends in the middle of has the edges of two pages in it.
    missing = [text for text in told if text not in printed]
    assert len(missing) <= 30
    assert all(text[:4] in printed and text[-4:] in printed for text in missing)
    said = pdf_text(transcript_pdf(transcript))
    assert sum(squeezed(turn.content) in said for turn in transcript.turns) > 60


@pytest.mark.parametrize("company", COMPANIES)
def test_print_is_the_same_every_time_and_says_what_it_is(
    interviews: dict[str, Transcript], library: Library, company: str
) -> None:
    """Two prints are equal byte for byte; title, language, tags and fonts are in the file."""
    transcript = interviews[company]
    report = assess(transcript, library)
    pdf = report_pdf(report, transcript)
    assert pdf == report_pdf(report, transcript)
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert report.company in (reader.metadata.title or "")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == report.language
    assert root["/MarkInfo"]["/Marked"]
    fonts = {str(f["/BaseFont"]) for page in reader.pages
             for f in (o.get_object() for o in page["/Resources"]["/Font"].values())}  # fmt: skip
    assert fonts
    assert all("NotoSansSC" in name for name in fonts)
    assert all("+" in name for name in fonts)
    assert active_parts(pdf) == set()
    assert len(pdf) < 600_000


def test_nothing_said_is_read_as_markup() -> None:
    """Markup of the printer, of pages and of drawings is printed as it was typed."""
    attacks = [TYPST, "<script>alert(1)</script>", "</svg><image href='x'/>", "]] #panic() [["]
    said = tuple(
        Turn(n, role, text, name="#panic()")
        for n, (role, text) in enumerate(
            ((role, text) for text in attacks for role in ("user", "assistant")), 1
        )
    )
    interview = Interview(company=TYPST, role="#panic()", language="en")
    printed = transcript_pdf(Transcript("t", interview, said))
    text = pdf_text(printed)
    for attack in attacks:
        assert text.count(squeezed(attack)) >= 2
    assert active_parts(printed) == set()


@pytest.mark.parametrize("text", ["a\x00b\x07c", "half \ud83d of a pair", "\u202e turned", "😀🎉"])
def test_every_sign_can_be_printed(text: str) -> None:
    """Signs no font has and no document may hold do not stop the printer."""
    chat = Transcript("t", turns=(Turn(1, "user", f"before {text} after"),))
    printed = pdf_text(transcript_pdf(chat))
    assert "before" in printed
    assert "after" in printed


def test_a_printer_that_fails_is_told_in_a_sentence(
    interviews: dict[str, Transcript], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes wrong in printing names another form and no place in our files."""

    def fails(*args: object, **more: object) -> bytes:
        raise typst.TypstError("no such thing")

    monkeypatch.setattr("typst.compile", fails)
    transcript = interviews["brightwell"]
    with pytest.raises(SetupError, match=r"no such thing.*\.html"):
        report_pdf(assess(transcript, library), transcript)


def test_a_report_on_nothing_is_printed(library: Library) -> None:
    """A chat without a plan gets a page that says so."""
    chat = Transcript("t", Interview(language="zh"), (Turn(1, "user", "您好。"),))
    report: Assessment = assess(chat, library)
    assert squeezed(report.words.sentences["no_plan"]) in pdf_text(report_pdf(report, chat))
    nameless = dataclasses.replace(report, company="", post="", created="")
    assert report_pdf(nameless, chat)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_any_page_of_ours_is_printed_under_its_title(language: str) -> None:
    """A table of levels, say, with what was written in it as text."""
    page = (
        f"<main><article><table><tr><th>陈静</th><td>{escape(TYPST)}</td></tr></table></article>"
    )
    made = page_pdf(page, language, "Levels of a cohort", "Brightwell")
    assert squeezed(TYPST) in pdf_text(made)
    assert squeezed("Levels of a cohort") in pdf_text(made)
    assert "陈静" in pdf_text(made)
    assert not active_parts(made)


def test_a_page_becomes_a_tree() -> None:
    """Tags, classes, text and drawings are kept, white space as it is shown, the rest is not."""
    page = (
        "<html><head><title>x</title></head><body><article class='a b'>\n  <p>one\n  <br>two "
        "&lt;b&gt;</p>\n<svg viewBox='0 0 1 1'><title>T</title><desc>D &amp; E</desc>"
        "<rect width='1'/><g><path d='M0,0'/></g><text>n &lt;</text></svg>"
        "</article><p>out</p></body>"
    )
    tree = tree_of(page, "article")
    assert isinstance(tree, dict)
    assert tree["class"] == ["a", "b"]
    children = tree["children"]
    assert isinstance(children, list)
    paragraph, drawing = children
    assert paragraph["children"] == [
        "one ", {"tag": "br", "class": [], "children": []}, "two <b>",
    ]  # fmt: skip
    assert drawing["told"] == "T D & E"
    assert drawing["source"].startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox=')
    assert "n &lt;</text></svg>" in drawing["source"]
    assert "<rect width='1'/><g><path d='M0,0'/></g>" in drawing["source"]
