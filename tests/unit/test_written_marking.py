"""What marking a written test promises."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from interviewer.assessment import assess, report_html, report_markdown
from interviewer.assessment.document import assessment_to_json
from interviewer.assessment.written.form_facts import form_of
from interviewer.assessment.written.marking import MarkedTest
from interviewer.assessment.written.pointing import points_shown
from interviewer.content.library import Library
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.session import Rehearsals
from interviewer.interview.written.key import Point
from interviewer.interview.written.key import keys_of as keys
from interviewer.transcript import Transcript, Turn
from tests.conftest import held
from tests.written_fixtures import BANK, with_bank, written_plan

_TASK = "A nightly load ended early: what do you do first?"
_COUNT = Point("Count the rows on both sides.", ("count the rows", "row count"))
_NEVER = Point("Never reload before the cause is known.", ("reload",))
_ROWS = Point("核对两边的行数。", ("行数",))


def _right(plan: Plan, library: Library, item: PlannedItem) -> str:
    key = keys(with_bank(library), plan)[item.id]
    if key.right is not None:
        return "ABCD"[key.right]
    return "\n\n".join(point.text for point in key.points)


def _marked(transcript: Transcript, library: Library) -> MarkedTest:
    marked = assess(transcript, with_bank(library)).written
    assert marked is not None
    return marked


@pytest.fixture
def plan(library: Library) -> Plan:
    """Return a written test alone."""
    return written_plan(with_bank(library))


def test_right_answers_earn_every_mark(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """Twelve choices and four answers of five points make 32 marks; a piece of work makes none."""
    answers = [_right(plan, library, item) for item in plan.rounds[0].items]
    marked = _marked(held(rehearsals, plan, answers), library)
    assert (marked.marks, marked.most, marked.finished) == (32, 32, True)
    assert all(topic.marks == topic.most for topic in marked.topics)
    work = marked.items[-1]
    assert (work.marks, work.most, work.shown) == (None, 0, 5)


def test_an_item_left_out_earns_nothing_and_is_told(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """Nothing handed in is nothing earned; every item still shows its right answer."""
    marked = _marked(held(rehearsals, plan, []), library)
    assert marked.marks == 0
    assert all(item.right and item.why for item in marked.items if item.kind == "single")
    assert marked.items[-1].form is None
    lost = [topic.most - topic.marks for topic in marked.topics]
    assert lost == sorted(lost, reverse=True)


def test_an_option_by_letter_or_words_earns_the_same(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """A letter and the option's words are one answer; other words earn nothing and are kept."""
    items = plan.rounds[0].items
    letters = [_right(plan, library, item) for item in items[:12]]
    words = [
        item.options["ABCD".index(letter)]
        for item, letter in zip(items[:12], letters, strict=True)
    ]
    one = _marked(held(rehearsals, plan, letters), library)
    two = _marked(held(rehearsals, plan, [*words[:11], "no idea"]), library)
    assert (one.marks, two.marks) == (12, 11)
    assert two.items[11].answer == "no idea"


def test_a_test_that_was_not_begun_has_no_marks(plan: Plan, library: Library) -> None:
    """An interview without a test, and one whose test was not begun, have no part on it."""
    from interviewer.interview.session import new_transcript

    begun = new_transcript("t", plan, model="builtin")
    assert assess(begun, with_bank(library)).written is None
    company = written_plan(with_bank(library), format_id="company")
    assert assess(new_transcript("t", company, model="builtin"), library).written is None


def test_a_test_that_was_broken_off_is_told_as_such(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """What was answered is marked, and the report says that the rest is not there."""
    whole = held(rehearsals, plan, ["A"] * 17)
    note = Turn(seq=7, role="user", content="hello", round="hr")
    remark = Turn(seq=8, role="system", content="a remark of a program", round="written")
    broken = replace(whole, turns=(*whole.turns[:6], note, remark))
    marked = _marked(broken, library)
    assert (len(marked.items), marked.finished) == (3, False)
    assert "not handed in whole" in report_markdown(assess(broken, with_bank(library)), broken)


def test_an_item_changed_since_is_not_marked(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """Where the bank has the item no more the answer is shown without a mark."""
    transcript = held(rehearsals, plan, ["A"] * 17)
    bare = replace(library, written={})
    marked = assess(transcript, bare).written
    assert marked is not None
    assert (marked.marks, marked.most, marked.topics) == (0, 0, ())
    assert not any(item.known for item in marked.items)
    assert "changed since" in report_html(assess(transcript, bare), transcript)


def test_every_quote_is_an_exact_part_of_the_answer(
    rehearsals: Rehearsals, plan: Plan, library: Library
) -> None:
    """Page, Markdown and JSON hold marks, quotes, reasons; what was typed injects nothing."""
    answer = "First I count the rows on both sides <b>at once</b>. Then I look for duplicate keys."
    transcript = held(rehearsals, plan, [*["A"] * 12, *[answer] * 5])
    assessment = assess(transcript, with_bank(library))
    marked = _marked(transcript, library)
    for item in marked.items[12:16]:
        assert item.marks == 2
        assert all(point.quote in answer for point in item.points)
    page = report_html(assessment, transcript)
    assert "<b>at once" not in page
    assert "Marks by topic" in page
    assert "not handed in" not in page
    document = assessment_to_json(assessment)["written"]
    assert isinstance(document, dict)
    assert json.loads(json.dumps(document))["most"] == 32
    assert document["items"][16]["not_scored"]
    assert "nothing in this interview" not in page
    assert assessment.rounds == ()


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("I would count the rows in source and target.", True),
        ("I would Count  the rows in source and target.", True),
        ("I would get a row count from both sides.", True),
        ("I would count all the rows in both.", True),
        ("I would not count the rows at all.", False),
        ("There is no need to count the rows here.", False),
        ("To count the rows is unnecessary in this case.", False),
        ("It is pointless to count the rows here.", False),
        ("Not only would I count the rows, I would log it.", True),
        ("It is not quick, but I count the rows first.", True),
        ("Do not ask me, count the rows instead of asking.", True),
        ("Row count.", False),
        ("I would discount the rowsing of it all.", False),
        ("A nightly load ended early: what do you do first?", False),
        ("", False),
    ],
)
def test_a_point_is_shown_by_an_own_sentence_that_affirms_it(answer: str, shown: bool) -> None:
    """What denies the point, copies the question, or is a bare term earns nothing."""
    (quote,) = points_shown(answer, [_COUNT], _TASK, "en")
    assert bool(quote) is shown
    assert quote in answer


def test_a_list_of_terms_is_no_answer() -> None:
    """A sentence shows as many points as it has room for."""
    terms = ("rows", "keys", "users", "cause", "record")
    points = [Point(f"Point on {term}.", (term,)) for term in terms]
    listed = points_shown(", ".join(terms), points, _TASK, "en")
    assert sum(map(bool, listed)) == 1


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("We would have it done by Friday at noon.", True),
        ("The bystanders on Friday saw nothing at all.", False),
        ("I give the next dose at six in the evening.", True),
        ("The attempt at sixty came to nothing, I fear.", False),
    ],
)
def test_a_word_of_two_letters_is_no_stem(answer: str, shown: bool) -> None:
    """Short words of a key phrase stand as they are; longer ones may go on."""
    point = Point("By Friday, at six.", ("by friday", "at six in"))
    (quote,) = points_shown(answer, [point], "When is it done?", "en")
    assert bool(quote) is shown


def test_a_point_that_forbids_is_shown_by_forbidding() -> None:
    """A point that is itself a never is not lost by saying never."""
    (quote,) = points_shown("I would never reload it blindly.", [_NEVER], _TASK, "en")
    assert quote


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("我会先核对两边的行数。", True),
        ("我觉得不用核对行数也行。", False),
        ("这时候不需要行数这种东西。", False),
        ("核对行数没有必要，直接跑就行。", False),
        ("查行数是多余的做法。", False),
        ("不仅行数要核对，还要留记录。", True),
        ("行数", False),
    ],
)
def test_a_chinese_point_is_shown_likewise(answer: str, shown: bool) -> None:
    """Chinese answers are read by the same rules."""
    (quote,) = points_shown(answer, [_ROWS], "夜间加载提前结束了，先做什么？", "zh")
    assert bool(quote) is shown


def test_the_form_of_a_piece_of_work_is_counted() -> None:
    """Length against what was asked, a reader or subject at the head, paragraphs or points."""
    task = BANK.work[0].text
    note = "To: head of finance\n\n" + "The rows do not fit. " * 35 + "\n\n- one\n- two"
    form = form_of(note, task["en"], "en")
    assert (form.wanted, form.fits, form.addressed, form.ordered) == ((150, 300), True, True, True)
    blank = form_of("The rows do not fit.", "Write something.", "en")
    assert (blank.fits, blank.addressed, blank.ordered, blank.length) == (None, False, False, 5)
    chinese = form_of("致财务负责人：\n一、行数不符。\n二、请复核。", task["zh"], "zh")
    assert (chinese.wanted, chinese.fits) == ((300, 500), False)
    assert chinese.addressed
    assert chinese.ordered
    assert not form_of("", task["en"], "fr").addressed
