"""Promises of the rules that are looked at in every format: each fault that is put in is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from benchmarks.format_rules import broken_in, broken_in_report, total_of, trimmed_mean
from interviewer.assessment.assess import assess
from interviewer.assessment.findings import Assessment
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import Plan
from interviewer.interview.session import plan_of
from interviewer.simulation.candidate import Candidate
from interviewer.transcript import MoveRecord, Transcript, Turn
from tests.conftest import PlanMaker
from tests.simulating import simulated


@pytest.fixture(scope="module")
def board(make_plan: PlanMaker, voice: BuiltinVoice, library: Library) -> Transcript:
    """Return an interview before a board in which nothing is wrong."""
    plan = make_plan("lanting", "enforcement", 3, format_id="civil_service_cn", language="zh")
    return simulated(plan, Candidate("strong", "high", "zh", 3), voice, library)


@pytest.fixture(scope="module")
def report(board: Transcript, library: Library) -> Assessment:
    """Return its report."""
    return assess(board, library)


def _rules(transcript: Transcript, library: Library) -> set[str]:
    return {rule for rule, _ in broken_in(transcript, library)}


def _changed(transcript: Transcript, change: Callable[[Turn], Turn | None]) -> Transcript:
    turns = (change(turn) for turn in transcript.turns)
    return replace(transcript, turns=tuple(turn for turn in turns if turn is not None))


def _moved(kind: str, **more: object) -> Callable[[Turn], Turn]:
    """Return what makes every asking turn another kind of move."""

    def change(turn: Turn) -> Turn:
        if turn.move is None or turn.move.kind != "ask":
            return turn
        return replace(turn, move=replace(turn.move, kind=kind), **more)  # type: ignore[arg-type]  # passed on

    return change


def test_a_sound_board_breaks_no_rule(
    board: Transcript, report: Assessment, library: Library
) -> None:
    """Its notice that no name and no home may be told is no improper question."""
    assert _rules(board, library) == set()
    assert list(broken_in_report(plan_of(board), report, library)) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_moved("probe"), "no probes where none are allowed"),
        (_moved("hint"), "a board answers no question"),
        (_moved("answer", cites=("lanting/nature#1",)), "a board answers no question"),
        (
            lambda t: replace(t, content=f"{t.content}您的家乡在哪里？") if t.move else t,
            "nothing improper",
        ),
        (
            lambda t: replace(t, content="请谈谈您的看法。") if t.move else t,
            "set questions word for word",
        ),
        (
            lambda t: None if t.move and t.move.kind == "ask" else t,
            "a board leaves no question out",
        ),
        (lambda t: None if t.move and t.move.kind == "close" else t, "goes to its end"),
    ],
    ids=["probe", "hint", "reply", "home", "words", "left out", "no end"],
)
def test_what_a_board_must_not_do_is_found(
    board: Transcript, library: Library, change: Callable[[Turn], Turn | None], rule: str
) -> None:
    """A board that probes, helps, answers, asks for the home, rewords or leaves out is found."""
    assert rule in _rules(_changed(board, change), library)


def test_questions_in_another_order_are_found(board: Transcript, library: Library) -> None:
    """Set questions in another order than the plan's are not the same for everybody."""
    asking = [t for t in board.turns if t.move and t.move.kind == "ask"]
    other = dict(zip(map(id, asking), reversed(asking), strict=True))
    turned = _changed(board, lambda t: replace(other.get(id(t), t), seq=t.seq))
    assert "set questions in their order" in _rules(turned, library)


def test_an_examiner_of_another_format_is_found(board: Transcript, library: Library) -> None:
    """Whoever has no round in the format does not hold one."""
    renamed = library.formats["civil_service_cn"].model_copy(
        update={"rounds": library.formats["uk_panel"].rounds}
    )
    formats = {**library.formats, "civil_service_cn": renamed}
    rules = _rules(board, replace(library, formats=formats))
    assert "the examiners of the format, in its order" in rules


def test_what_examiners_of_a_company_must_not_do_is_found(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """A third probe, pay before the boss, and a hint in an exam are found."""
    plan = make_plan(seed=3, practice=False)
    sound = simulated(plan, Candidate("strong", "high", "en", 3), voice, library)
    assert _rules(sound, library) == set()
    item = plan.rounds[0].items[0].id

    def with_more(kind: str, times: int) -> Transcript:
        turn = replace(sound.turns[0], content="And then?", move=MoveRecord(kind, item=item))
        return replace(sound, turns=(sound.turns[0], *[turn] * times, *sound.turns[1:]))

    assert "at most two probes" in _rules(with_more("probe", 3), library)
    assert "no pay where it is kept out" in _rules(with_more("offer", 1), library)
    assert "no hints in an exam" in _rules(with_more("hint", 1), library)


def test_a_test_s_items_put_otherwise_are_found(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """An item left out or reworded, and marks that do not add up, are found."""
    plan = make_plan(format_id="written")
    sound = simulated(plan, Candidate("strong", "high", "en", 3), voice, library)
    report = assess(sound, library)
    assert _rules(sound, library) == set()
    assert list(broken_in_report(plan, report, library)) == []
    first = plan.rounds[0].items[0].id
    gone = _changed(sound, lambda t: None if t.move and t.move.item == first else t)
    assert "each item of a test is put once" in _rules(gone, library)
    other = _changed(sound, lambda t: replace(t, content="Hm.") if t.move else t)
    assert "items of a test word for word" in _rules(other, library)
    assert report.written is not None
    wrong = replace(report, written=replace(report.written, marks=report.written.marks + 1))
    assert {rule for rule, _ in broken_in_report(plan, wrong, library)} == {
        "marks of a test add up"
    }


def test_a_level_out_of_its_scale_is_found(
    board: Transcript, report: Assessment, library: Library
) -> None:
    """A level above the scale, or one that no answer gave, is found."""
    plan = plan_of(board)
    entry = next(c for c in report.rounds[0].competencies if c.score.level is not None)
    above = replace(entry, score=replace(entry.score, level=9.0))
    nobody = replace(entry, answers=())
    for changed, rule in (
        (above, "levels within their scale"),
        (nobody, "no level without an answer"),
    ):
        part = replace(report.rounds[0], competencies=(changed,))
        found = broken_in_report(plan, replace(report, rounds=(part,)), library)
        assert rule in {name for name, _ in found}


def test_points_that_do_not_add_up_are_found(
    board: Transcript, report: Assessment, library: Library
) -> None:
    """A total that is not the sum, a line too many, points above their most."""
    plan: Plan = plan_of(board)
    table = report.board
    assert table is not None
    first, *rest = table.lines
    wrong = {
        "element points add up": replace(
            table, combined=replace(table.combined, points=Decimal("99.99"))
        ),
        "a line for each element that text shows": replace(table, lines=table.lines[1:]),
        "points within their element": replace(
            table, lines=(replace(first, points=first.most + 1), *rest)
        ),
    }
    for rule, changed in wrong.items():
        found = broken_in_report(plan, replace(report, board=changed), library)
        assert rule in {name for name, _ in found}


def test_totals_and_means_are_those_of_a_score_sheet() -> None:
    """Points are scaled to 100, a missing one leaves none, and halves of a hundredth go up."""
    assert total_of([17, 18, 18, 13, 13, 5], [20, 20, 20, 15, 15, 5]) == Fraction("88.42")
    assert total_of([17, None], [20, 20]) is None
    assert total_of([], []) is None
    totals = [Fraction(n) for n in ("50", "80.005", "80.01", "99")]
    assert trimmed_mean(totals) == Fraction("80.01")
