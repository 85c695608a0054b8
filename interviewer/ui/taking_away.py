"""What a coach takes away as a file: of one who allowed it, or of a cohort without anybody.

The same rows stand in the table, in the JSON and in print.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from interviewer.assessment.cohort.aggregate import FEWEST, Aggregate, aggregate
from interviewer.assessment.cohort.score_sheet import ScoreSheet
from interviewer.errors import NotThereError
from interviewer.evaluation.cells import as_cell
from interviewer.people.accounts import Account
from interviewer.people.ratings import Rating
from interviewer.people.remarks import Remark
from interviewer.storage.shown import ShownInterview
from interviewer.ui.cohorts import Cohort, CohortDesk

Form = Literal["csv", "json", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)
KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
# Spreadsheets take a table for another encoding without it.
_MARK = "\ufeff"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """One interview of a candidate as it is taken away.

    Attributes:
        shown: The interview.
        sheet: What its assessment came to.
        ratings: What the coach rated.
        remarks: What the coach said.
    """

    shown: ShownInterview
    sheet: ScoreSheet
    ratings: tuple[Rating, ...]
    remarks: tuple[Remark, ...]

    def rows(self) -> list[Row]:
        """Return a row a competency of a round."""
        names = {answer.competency: answer.name for answer in self.sheet.sitting.answers}
        found = []
        for line in self.sheet.lines:
            about = f"{line.round}/{line.competency}"
            rating = next((r for r in self.ratings if r.about == about), None)
            other = [r for r in self.remarks if r.kind == "level" and r.about == about]
            found.append(
                {
                    "candidate": self.shown.name,
                    "interview": self.shown.session,
                    "date": self.shown.created[:10],
                    "employer": self.sheet.sitting.employer,
                    "post": self.sheet.sitting.title,
                    "language": self.sheet.sitting.language,
                    "round": line.round,
                    "competency": line.competency,
                    "name": names.get(line.competency, line.competency),
                    "level": line.level,
                    "required": line.required,
                    "missing": " ".join(line.missing),
                    "coach_rated": rating.level if rating else None,
                    "coach_blind": rating.blind if rating else None,
                    "coach_says": other[-1].level if other else None,
                    "coach_reason": other[-1].text if other else "",
                }
            )
        return found


@dataclass(frozen=True)
class TakingAway:
    """Makes files of what is shown at that moment and opened by the coach.

    Attributes:
        cohorts: What is compared.
    """

    cohorts: CohortDesk

    async def allowed(self, coach: Account, candidate: int) -> bool:
        """Return whether a candidate lets a coach take away what they show."""
        return candidate in await self.cohorts.room.judging.released_to(coach)

    async def of_candidate(self, coach: Account, number: int) -> tuple[Account, tuple[Taken, ...]]:
        """Return the interviews of a candidate whose levels are open, newest first.

        Raises:
            NotThereError: They did not accept the coach, or do not allow it.
        """
        found = await self.cohorts.compared(coach, number)
        if not await self.allowed(coach, number):
            raise NotThereError(
                "This candidate has not allowed you to take files away. They can, on their page "
                "of sharing."
            )
        ids = [entry.session for entry in found.opened if entry.finished]
        room = self.cohorts.room
        sheets = await room.sheets(ids)
        given, said = await room.judging.given_on(coach, ids)
        return found.candidate, tuple(
            Taken(
                entry,
                sheets[entry.session],
                tuple(rating for rating in given if rating.session == entry.session),
                tuple(remark for session, remark in said if session == entry.session),
            )
            for entry in found.opened
            if entry.session in sheets
        )

    async def of_cohort(self, coach: Account, wanted: str) -> tuple[Cohort, Aggregate]:
        """Return what may be told of a cohort without telling of anybody.

        Raises:
            NotThereError: There is no cohort.
        """
        cohort = await self.cohorts.cohort(coach, wanted)
        if cohort.scope is None or (wanted and cohort.scope.id != wanted):
            raise NotThereError("There is no such cohort. Choose one of the list.")
        return cohort, aggregate(cohort.found)


def candidate_document(candidate: Account, taken: Sequence[Taken]) -> Row:
    """Return one candidate's interviews as JSON."""
    return {
        "schema": "interviewer.shown/1",
        "candidate": candidate.name,
        "interviews": [
            {
                "session": entry.shown.session,
                "date": entry.shown.created[:10],
                "company": entry.sheet.sitting.company,
                "post": entry.sheet.sitting.post,
                "language": entry.sheet.sitting.language,
                "levels": [
                    {
                        name: value
                        for name, value in row.items()
                        if name not in ("candidate", "interview", "date", "employer", "post",
                                        "language")
                    }
                    for row in entry.rows()
                ],
                "remarks": [asdict(remark) for remark in entry.remarks],
            }
            for entry in taken
        ],
    }  # fmt: skip


def cohort_rows(cohort: Cohort, told: Aggregate) -> list[Row]:
    """Return a row a competency of what may be told of a cohort; empty is withheld."""
    scope = cohort.scope
    return [
        {
            "company": scope.company if scope else "",
            "post": scope.role if scope else "",
            "language": row.column.key.language,
            "from": told.months[0],
            "to": told.months[1],
            "competency": row.column.key.competency,
            "question_kind": row.column.key.family,
            "lowest": row.column.scale.min,
            "highest": row.column.scale.max,
            "candidates": row.asked,
            "with_level": row.scored,
            "mean_level": row.mean,
            "below_required": row.below,
            "most_missing": row.lacking[0][0] if row.lacking else "",
            "missing_in": row.lacking[0][1] if row.lacking else None,
        }
        for row in told.rows
    ]


def cohort_document(cohort: Cohort, told: Aggregate) -> Row:
    """Return what may be told of a cohort as JSON; null is withheld."""
    about = ("company", "post", "language", "from", "to")
    rows = cohort_rows(cohort, told)
    return {
        "schema": "interviewer.cohort/1",
        "fewest": FEWEST,
        "candidates": told.candidates,
        **({name: rows[0][name] for name in about} if rows else {}),
        "withheld": told.withheld,
        "competencies": [
            {name: value for name, value in row.items() if name not in about} for row in rows
        ],
    }


def as_table(rows: Sequence[Row]) -> str:
    """Return rows as comma-separated values; no text in it is a formula."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    if rows:
        table.writerow(rows[0])
    for row in rows:
        table.writerow([_cell(value) for value in row.values()])
    return _MARK + written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return as_cell(value)
    return "" if value is None else value
