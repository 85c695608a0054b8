"""What the report says of a board: its table of points, the raters, reminders of anonymity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.assessment.board_points import PointsSeen, points_seen
from interviewer.assessment.points import Combined, Table, combined, shown_together, table_of
from interviewer.assessment.words import ReportWords
from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.interview.rules.anonymity import IDENTITY
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One element: its name in the report's language, its points or None, the most it may have."""

    id: str
    name: str
    points: int | None
    most: int


@dataclass(frozen=True, slots=True)
class BoardReport:
    """The table of a board.

    Attributes:
        lines: The elements that can be seen in text.
        combined: What the raters' totals come to.
        questions: Of each question answered, which points of a good answer were found.
        reminded: Turns in which the candidate was reminded to stay anonymous.
        remarks: What the reader should know of the table, in sentences.
    """

    lines: tuple[BoardLine, ...]
    combined: Combined
    questions: tuple[PointsSeen, ...]
    reminded: tuple[int, ...]
    remarks: tuple[str, ...]


def board_report(
    plan: Plan,
    transcript: Transcript,
    library: Library,
    words: ReportWords,
    raters: Sequence[Mapping[str, float]] = (),
    judge: str = "",
) -> BoardReport | None:
    """Return the table of an interview before a board, None where its format has no elements.

    Args:
        plan: The frozen plan.
        transcript: What was said.
        library: Where the format's elements stand.
        words: Words of the report's language.
        raters: The levels each rater gave, by competency. The built-in assessor is one; a model's
            seven samples are seven.
        judge: The model whose samples they are, empty for the built-in assessor.
    """
    held = library.formats.get(plan.format)
    if held is None or not held.elements:
        return None
    tables = [table_of(held.elements, levels) for levels in raters]
    shown = shown_together(tables) if tables else table_of(held.elements, {})
    reminded = tuple(
        turn.seq
        for turn in transcript.turns
        if turn.move is not None and turn.move.slot == IDENTITY and turn.seq is not None
    )
    result = combined(tables)
    unseen = [
        entry.name.get(plan.language, entry.id) for entry in held.elements if entry.seen_only
    ]
    return BoardReport(
        lines=_lines(shown, plan.language),
        combined=result,
        questions=points_seen(plan, transcript, library),
        reminded=reminded,
        remarks=tuple(_remarks(words, result, held.raters, unseen, reminded, judge)),
    )


def _lines(table: Table, language: str) -> tuple[BoardLine, ...]:
    return tuple(
        BoardLine(
            line.element.id,
            line.element.name.get(language) or next(iter(line.element.name.values())),
            line.points,
            line.element.max,
        )
        for line in table.lines
    )


def _remarks(
    words: ReportWords,
    result: Combined,
    raters: int,
    unseen: Sequence[str],
    reminded: Sequence[int],
    judge: str,
) -> list[str]:
    say = words.sentences
    rated = result.points is not None
    told = {
        "board_no_points": not rated,
        "board_one_rater": rated and result.raters == 1 and not judge,
        "board_sampled": rated and bool(judge),
        "board_unseen": bool(unseen),
    }
    named = {
        "raters": raters, "elements": ", ".join(unseen), "judge": judge,
        "samples": result.raters, "dropped": result.dropped,
    }  # fmt: skip
    remarks = [say[key].format_map(named) for key, holds in told.items() if holds]
    if reminded:
        turns = ", ".join(map(str, reminded))
        remarks.append(say["board_identity"].format(turns=turns))
    return remarks
