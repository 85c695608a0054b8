"""What a coach asks candidates to rehearse, and how far each of them is with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Literal

from interviewer.errors import InputError

MOST_TAKES = 10
LONGEST_NOTE = 2_000
DUE_SOON_DAYS = 3
Status = Literal["open", "under_way", "done", "overdue"]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be rehearsed.

    Attributes:
        company: Employer's id.
        role: Post's id.
        language: Of the interview.
        format: Id of the format, with one examiner's round alone as `company:boss`.
        length: `usual` or `short`.
        manner: One for all examiners, empty for their own.
        difficulty: `easy`, `medium` or `hard`.
        practice: Whether hints may be given.
        takes: How many interviews.
        due: ISO date, empty for none.
        note: What the coach says to it.
        copies: Published copies of the coach's that it is held with: `persona/hr` and the like.
    """

    company: str
    role: str
    language: str
    format: str
    length: str
    manner: str = ""
    difficulty: str = "medium"
    practice: bool = True
    takes: int = 1
    due: str = ""
    note: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task one coach gave to some candidates.

    Attributes:
        id: Its id.
        coach: The coach's name.
        coach_id: Number of the coach.
        created: ISO time in UTC.
        task: What is to be rehearsed.
    """

    id: str
    coach: str
    coach_id: int
    created: str
    task: Task = field(default_factory=lambda: Task("", "", "", "", ""))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one candidate is with an assignment.

    Attributes:
        assignment: The assignment.
        candidate: The candidate's name.
        candidate_id: Number of the candidate.
        begun: How many interviews were begun for it.
        finished: How many of them are over.
        going: The newest interview for it that is not over, None without one.
    """

    assignment: Assignment
    candidate: str
    candidate_id: int
    begun: int = 0
    finished: int = 0
    going: str | None = None

    def status(self, today: date) -> Status:
        """Return how it stands on a day; what is done is done, late or not."""
        task = self.assignment.task
        if self.finished >= task.takes:
            return "done"
        if task.due and task.due < today.isoformat():
            return "overdue"
        return "under_way" if self.begun else "open"

    def is_due_soon(self, today: date) -> bool:
        """Return whether little time is left for what is not done."""
        due = self.assignment.task.due
        if not due or self.status(today) == "done":
            return False
        return (date.fromisoformat(due) - today).days <= DUE_SOON_DAYS


def checked_task(task: Task, today: date) -> Task:
    """Return a task whose number of takes, day and note can be kept.

    Employer, post, language and format are checked where a plan is made of them.

    Raises:
        InputError: One of them cannot.
    """
    if not 1 <= task.takes <= MOST_TAKES:
        raise InputError(f"A candidate takes an interview 1 to {MOST_TAKES} times.")
    if task.due:
        try:
            due = date.fromisoformat(task.due)
        except ValueError:
            raise InputError(f"{task.due!r} is no day. Write it as 2026-12-31.") from None
        if due < today:
            raise InputError("The day it is due lies in the past. Choose a later one.")
    if len(task.note) > LONGEST_NOTE:
        raise InputError(f"The note is too long. {LONGEST_NOTE} characters are kept at most.")
    return task


def task_record(task: Task) -> dict[str, object]:
    """Return a task in the form it is kept in."""
    return asdict(task)


def task_of(record: Mapping[str, object]) -> Task:
    """Return the task a record stands for; fields of newer programs are left out."""
    known = {entry.name for entry in fields(Task)}
    values: dict[str, object] = {name: record[name] for name in known & record.keys()}
    chosen = values.get("copies")
    values["copies"] = tuple(map(str, chosen)) if isinstance(chosen, list | tuple) else ()
    return Task(**values)  # type: ignore[arg-type]  # written by task_record
