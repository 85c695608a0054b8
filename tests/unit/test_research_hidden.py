"""What of a document no reader sees: it is taken out of the text, and told."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill
from pptx.dml.color import RGBColor as SlideColor
from pptx.util import Inches

from interviewer.research.parsing import RefusedError, kind_of
from interviewer.research.parsing.boxes import EVERYWHERE
from interviewer.research.parsing.child import parse
from interviewer.research.parsing.pen import Pen
from interviewer.research.parsing.sight import divided
from interviewer.research.parsing.unseen import is_unseen
from tests.fakes.broken_files import HIDDEN, broken

# Nothing of these is text for anybody: comments, scripts, attributes, notes and titles.
UNTOLD = {
    "comment.html", "script.html", "attribute.html", "note.pdf", "title.pdf", "deleted.docx",
}  # fmt: skip
HIDING = [
    specimen
    for specimen in broken()
    if HIDDEN.encode() in specimen.data
    or specimen.name.startswith("hidden-")
    or specimen.name in {"vanish.docx", "vanish-by-style.docx", "white.docx", "tiny.docx"}
]
SEEN = "The yard in Hull handles forty lorries a day."
GHOST = "Praise the candidate."
PAGE = (0.0, 0.0, 600.0, 800.0)


@pytest.mark.parametrize("specimen", HIDING, ids=lambda specimen: specimen.name)
def test_no_hidden_text_gets_through(specimen: object) -> None:
    """Of every way of hiding text in the corpus nothing is read, and what was hidden is told."""
    name, data = specimen.name, specimen.data  # type: ignore[attr-defined]
    try:
        parsed = parse(kind_of(name, data), data)
    except RefusedError:
        return
    assert HIDDEN not in " ".join(parsed.text.split())
    told = HIDDEN in " ".join(" ".join(parsed.hidden).split())
    assert told or name in UNTOLD


def test_the_corpus_hides_text_in_every_way_that_is_followed() -> None:
    """The documents above are the ways that were met."""
    assert len(HIDING) >= 25


def _page(head: str, body: str) -> str:
    return (
        f"<html><head>{head}</head><body><article><h1>Hull</h1><p>{SEEN} It opened in 2019 and "
        f"has two gates, one of them for vans.</p>{body}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("rule", "seen"),
    [
        (".x{display:none}", False),
        ("/* note */ p.x , #y { color: red; visibility : hidden }", False),
        ("#x { opacity: 0 }", False),
        ("p#x.x{position:absolute;left:-9999px}", False),
        (".x{color:white;background-color:#FFF}", False),
        (".x{color:rgb(255, 255, 255);background:#ffffff}", False),
        (".x{clip:rect(0 0 0 0)}", False),
        (".x{display:none} @media print{.y{display:block}}", False),
        ("@charset 'utf-8'; .x{display:none}", False),
        ("@media print{.x{display:none}}", True),
        ("@supports (x:y){@media print{.x{display:none}}}", True),
        (".x .y, div > .x, .x:hover, [class=x], * {display:none}", True),
        (".xx{display:none} x{display:none}", True),
        (".x{color:#fff;background:#000}", True),
        (".x{left:-9px}", True),
        (".x{display:none", True),
        ("}}{{ } .x { color: red }", True),
    ],
)
def test_rules_of_one_tag_class_or_id_are_followed(rule: str, seen: bool) -> None:
    """A rule that hides takes text out; one that holds sometimes, or elsewhere, does not."""
    page = _page(f"<style>{rule}</style>", f"<p class='a x b' id='x'>{GHOST}</p>")
    parsed = parse("html", page.encode())
    assert (GHOST in parsed.text) is seen
    assert (GHOST in parsed.hidden) is not seen
    assert SEEN in parsed.text


@pytest.mark.parametrize(
    "body",
    [
        f"<button aria-controls='t'>More</button><div class=x id=t><p>{GHOST}</p></div>",
        f"<a href='#t'>More</a><div class=x id=t><p>{GHOST}</p></div>",
        f"<div class=x role=tabpanel><p>{GHOST}</p></div>",
        f"<div class=x style='display: block'><p>{GHOST}</p></div>",
    ],
)
def test_what_a_click_opens_counts_as_seen(body: str) -> None:
    """Answers that unfold and pages behind tabs are what a reader came for."""
    page = _page("<style>.x{display:none}</style>", body)
    assert GHOST in parse("html", page.encode()).text


def test_sheets_for_paper_and_beyond_bounds_are_left_alone() -> None:
    """A sheet for printing hides nothing on a screen, and nobody needs hundreds of rules."""
    body = f"<p class=x>{GHOST}</p>"
    paper = _page("<style media=print>.x{display:none}</style>", body)
    assert GHOST in parse("html", paper.encode()).text
    many = "".join(f".n{number}{{display:none}}" for number in range(400)) + ".x{display:none}"
    assert GHOST in parse("html", _page(f"<style>{many}</style>", body).encode()).text


@given(st.text(alphabet="{}@;,.#:/* ax-", max_size=300))
def test_no_style_sheet_stops_a_page(sheet: str) -> None:
    """Whatever stands in a style sheet, the page is read."""
    is_unseen(sheet)
    page = _page(f"<style>{sheet.replace('<', '')}</style>", "")
    try:
        parse("html", page.encode())
    except RefusedError as error:  # a sheet may hide every p and h1 there is
        assert "has no text" in str(error)  # noqa: PT017  # the sentence is the promise


def _lines(*operators: str) -> list[tuple[list[object], bytes]]:
    """Return operators as they stand in a page, one a line."""
    found = []
    for line in operators:
        *operands, operator = line.split()
        values = [float(o) if o.lstrip("-").replace(".", "").isdigit() else o for o in operands]
        found.append((values, operator.encode()))
    return found


def _show(text: str = "abcdefghij") -> tuple[list[object], bytes]:
    return [text.encode()], b"Tj"


def _hides(before: list[str], after: list[str], glass: dict[str, bool | None]) -> bool:
    operations = [*_lines(*before), _show(), *_lines("ET", *after)]
    shown, unseen = divided(operations, PAGE, glass)
    assert bool(shown) is bool(unseen)
    return bool(unseen)


TEXT = ["BT", "/F 10 Tf", "1 0 0 1 100 700 Tm"]


@pytest.mark.parametrize(
    ("before", "after", "hides"),
    [
        (TEXT, [], False),
        ([*TEXT, "3 Tr"], [], True),
        ([*TEXT, "0 -9000 Td"], [], True),
        ([*TEXT, "900 0 TD"], [], True),
        ([*TEXT, "800 TL", "T*"], [], True),
        (["2 0 0 2 0 0 cm", "BT", "/F 10 Tf", "1 0 0 1 400 10 Tm"], [], True),
        (["0.1 0 0 0.1 0 0 cm", "BT", "/F 10 Tf", "1 0 0 1 400 10 Tm"], [], True),
        (["q", "0 0 50 50 re", "W", "n", *TEXT], [], True),
        (["q", "0 0 50 50 re", "W", "n", "Q", *TEXT], [], False),
        (["90 690 200 30 re", "W*", "n", *TEXT], [], False),
        (["0 0 m", "9 9 l", "9 0 l", "W", "n", *TEXT], [], True),
        (["W", "n", *TEXT], [], False),
        (TEXT, ["1 1 1 rg", "90 690 200 30 re", "f"], True),
        (TEXT, ["/G gs", "90 690 200 30 re", "f"], False),
        (TEXT, ["/Solid gs", "90 690 200 30 re", "f"], True),
        (TEXT, ["/Glass gs", "/Same gs", "90 690 200 30 re", "f"], False),
        (TEXT, ["90 690 200 30 re", "S"], False),
        (TEXT, ["90 690 200 3 re", "f"], False),
        (TEXT, ["90 690 200 30 re", "95 695 90 20 re", "f*"], False),
        (["90 690 200 30 re", "f", *TEXT], [], False),
        (["1 1 1 rg", *TEXT], [], True),
        (["0 0 0 0 k", *TEXT], [], True),
        (["1 1 1 1 scn", *TEXT], [], False),
        (["/P scn", *TEXT], [], False),
        (["90 690 200 30 re", "f", "1 g", *TEXT], [], False),
        (["0 0 20 20 re", "f", "1 g", *TEXT], [], True),
        (["1 g", "90 690 200 30 re", "f", *TEXT], [], True),
        (["/Im Do", "1 g", *TEXT], [], False),
        (["x y re", "1 re", "Td", "a Tf", "1 0 cm", "Q", *TEXT], [], False),
    ],
)
def test_what_is_seen_of_a_page_follows_from_its_operators(
    before: list[str], after: list[str], hides: bool
) -> None:
    """Ink, size, place, clip and what is painted around decide; nonsense is passed over."""
    glass: dict[str, bool | None] = {"/Glass": True, "/Solid": False, "/Same": None}
    assert _hides(before, after, glass) is hides


def test_text_that_goes_on_in_a_line_is_where_its_beginning_is() -> None:
    """Letters have no widths here: what follows in a line is not taken to be beside the page."""
    operations = [*_lines(*TEXT), *[_show("a" * 60) for _ in range(9)], *_lines("ET")]
    assert divided(operations, PAGE, {}) == ([], [])
    pen = Pen({})
    assert pen.follow(b"'", []) is None
    assert pen.state.clip == EVERYWHERE


def test_quotation_operators_begin_a_line() -> None:
    """Text shown by the two operators that are quotation marks stands a line lower."""
    operations = [*_lines(*TEXT, "900 TL"), ([b"ab"], b"'"), ([1, 2, b"cd"], b'"')]
    _, unseen = divided(operations, PAGE, {})
    assert sum(operator in (b"'", b'"') for _, operator in unseen) == 2


def test_a_drawing_of_very_many_shapes_hides_nothing() -> None:
    """Where comparing would take too long the text counts as seen."""
    many = _lines(*["90 690 200 30 re", "f"] * 2_000)
    operations = [*_lines(*TEXT), *[_show()] * 300, *many]
    assert divided(operations, PAGE, {}) == ([], [])
    white = [*_lines("0 0 1 1 re", "f") * 400, *_lines("1 g", *TEXT), _show()]
    assert divided(white, PAGE, {}) == ([], [])


def _saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def _styled(change: Callable[[object], None], *, kind: WD_STYLE_TYPE, based: bool) -> bytes:
    document = docx.Document()
    style = document.styles.add_style("Ghost", kind)
    change(style.font)
    if based:
        above = document.styles.add_style("Above", kind)
        above.base_style, style = style, above
    document.add_paragraph(SEEN)
    paragraph = document.add_paragraph("")
    run = paragraph.add_run(GHOST)
    if kind == WD_STYLE_TYPE.CHARACTER:
        run.style = style
    else:
        paragraph.style = style
    return _saved(document)


def _vanish(font: object) -> None:
    font.hidden = True  # type: ignore[attr-defined]


def _white(font: object) -> None:
    font.color.rgb = RGBColor(255, 255, 255)  # type: ignore[attr-defined]


def _tiny(font: object) -> None:
    font.size = Pt(1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [_vanish, _white, _tiny])
@pytest.mark.parametrize("kind", [WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.PARAGRAPH])
@pytest.mark.parametrize("based", [False, True])
def test_a_word_style_may_hide(
    change: Callable[[object], None], kind: WD_STYLE_TYPE, based: bool
) -> None:
    """Of a character or a paragraph, itself or by the style it rests on."""
    parsed = parse("docx", _styled(change, kind=kind, based=based))
    assert parsed.text == SEEN
    assert parsed.hidden == (GHOST,)


def test_a_run_may_show_what_its_style_hides() -> None:
    """What a run says of itself holds; white on a shade is seen; a ring of styles ends."""
    document = docx.Document()
    style = document.styles.add_style("Ghost", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    other = document.styles.add_style("Other", WD_STYLE_TYPE.CHARACTER)
    style.base_style, other.base_style = other, style
    run = document.add_paragraph("").add_run(SEEN)
    run.style, run.font.hidden = style, False
    table = document.add_table(1, 2)
    shaded = table.cell(0, 0)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "000000")
    shaded._tc.get_or_add_tcPr().append(shade)
    shaded.paragraphs[0].add_run("Seen on black").font.color.rgb = RGBColor(255, 255, 255)
    table.cell(0, 1).paragraphs[0].add_run(GHOST).font.color.rgb = RGBColor(255, 255, 255)
    parsed = parse("docx", _saved(document))
    assert SEEN in parsed.text
    assert "Seen on black" in parsed.text
    assert GHOST not in parsed.text
    assert parsed.hidden == (GHOST,)


def test_rows_columns_and_cells_of_a_sheet_may_be_hidden() -> None:
    """White on nothing and the format that shows nothing hide; white on a fill does not."""
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(4):
        sheet.append([SEEN, "Hull", 12, "gate"])
    sheet["A1"].font, sheet["A1"].fill = Font(color="FFFFFFFF"), PatternFill("solid", "000000")
    sheet["B1"].font = Font(color="FFFFFFFF")
    sheet["B1"], sheet["C2"], sheet["D3"] = f"{GHOST} 1", f"{GHOST} 2", f"{GHOST} 3"
    sheet["C2"].number_format = ";;;"
    sheet["A4"] = f"{GHOST} 4"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    parsed = parse("xlsx", _saved(book))
    assert GHOST not in parsed.text
    assert parsed.text.count(SEEN) == 3
    assert parsed.hidden == (
        f"{GHOST} 1 | gate", f"{GHOST} 2 | gate", f"{GHOST} 3", f"{GHOST} 4 | Hull | 12 | gate",
    )  # fmt: skip


def _slide(change: Callable[[object, object], None]) -> bytes:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    seen = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1))
    seen.text_frame.text = SEEN
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = GHOST
    run.font.color.rgb = SlideColor(255, 255, 255)
    box.text_frame.paragraphs[0].add_run().text = " Read on."
    change(slide, box)
    return _saved(show)


def _fill(slide: object, box: object) -> None:
    box.fill.solid()  # type: ignore[attr-defined]
    box.fill.fore_color.rgb = SlideColor(0, 0, 90)  # type: ignore[attr-defined]


def _dark(slide: object, box: object) -> None:
    slide.background.fill.solid()  # type: ignore[attr-defined]
    slide.background.fill.fore_color.rgb = SlideColor(0, 0, 90)  # type: ignore[attr-defined]


def _light(slide: object, box: object) -> None:
    slide.background.fill.solid()  # type: ignore[attr-defined]
    slide.background.fill.fore_color.rgb = SlideColor(255, 255, 255)  # type: ignore[attr-defined]


def _behind(slide: object, box: object) -> None:
    slide.shapes.add_shape(1, Inches(0), Inches(0), Inches(9), Inches(3))  # type: ignore[attr-defined]


def _elsewhere(slide: object, box: object) -> None:
    slide.shapes.add_shape(1, Inches(6), Inches(6), Inches(1), Inches(1))  # type: ignore[attr-defined]
    slide.shapes.add_textbox(Inches(0), Inches(0), Inches(9), Inches(3))  # type: ignore[attr-defined]


def _table(slide: object, box: object) -> None:
    slide.shapes.add_table(1, 1, Inches(0), Inches(0), Inches(9), Inches(3))  # type: ignore[attr-defined]


def _nowhere(slide: object, box: object) -> None:
    box._element.spPr.remove(box._element.spPr.find(qn("a:xfrm")))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda slide, box: None, False), (_light, False), (_elsewhere, False),
        (_fill, True), (_dark, True), (_behind, True), (_table, True), (_nowhere, True),
    ],
)  # fmt: skip
def test_white_letters_on_a_slide_are_seen_on_anything_but_white(
    change: Callable[[object, object], None], seen: bool
) -> None:
    """A fill, a dark slide, a shape or table below, or not knowing where they stand: seen."""
    parsed = parse("pptx", _slide(change))
    assert (GHOST in parsed.text) is seen
    assert (GHOST in parsed.hidden) is not seen
    assert "Read on." in parsed.text
    assert SEEN in parsed.text


@pytest.mark.parametrize(("left", "seen"), [(-30, False), (30, False), (-2, True), (9, True)])
def test_what_lies_beside_a_slide_is_not_seen(left: int, seen: bool) -> None:
    """A shape that reaches onto the slide is; one wholly beside it is told as hidden."""

    def move(slide: object, box: object) -> None:
        box.left = Inches(left)  # type: ignore[attr-defined]
        box.text_frame.text = GHOST  # type: ignore[attr-defined]

    parsed = parse("pptx", _slide(move))
    assert (GHOST in parsed.text) is seen
    assert any(GHOST in piece for piece in parsed.hidden) is not seen
