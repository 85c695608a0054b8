"""What is kept of an assessment, so that many interviews can be looked at in one moment.

A report is made in a second or two; a sheet is read in a thousandth of that. It holds levels by
question and competency and the places of the answers, and none of the candidate's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from interviewer.assessment.evidence import said_to
from interviewer.assessment.findings import Assessment
from interviewer.assessment.progress.sitting import Answer, Sitting, family_of, sitting_of
from interviewer.content.rubric import Scale
from interviewer.interview.plan import PlannedRound
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """A scored question that was asked, and where the answer stands.

    Attributes:
        id: The question's id without its round, the same in every interview.
        competency: Rubric id.
        family: The type of the question.
        text: Its words as planned; empty for a phrase of the frame.
        seqs: Numbers of the candidate's turns.
    """

    id: str
    competency: str
    family: str
    text: str
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What a round shows of one competency.

    Attributes:
        round: Round id.
        competency: Rubric id.
        level: None for not scored.
        required: The level the post asks for, None where it is not known.
        anchor: The anchor the level is nearest to.
        missing: Parts of a full answer that were not heard, by name.
    """

    round: str
    competency: str
    level: float | None
    required: int | None
    anchor: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What an interview came to.

    Attributes:
        sitting: Levels by question, without the stories told.
        put: The questions that were asked.
        lines: Levels by round and competency.
    """

    sitting: Sitting
    put: tuple[Put, ...]
    lines: tuple[Line, ...]

    def missing(self, competency: str) -> tuple[str, ...]:
        """Return the parts that answers on a competency lacked, each once."""
        lacking = (part for line in self.lines if line.competency == competency
                   for part in line.missing)  # fmt: skip
        return tuple(dict.fromkeys(lacking))

    def anchor(self, competency: str) -> int | None:
        """Return the lowest anchor that was matched for a competency, None without a level."""
        found = [line.anchor for line in self.lines if line.competency == competency]
        return min((anchor for anchor in found if anchor is not None), default=None)


def score_sheet(transcript: Transcript, report: Assessment) -> ScoreSheet | None:
    """Return the sheet of an interview, None where it has no plan or is simulated.

    Args:
        transcript: The interview.
        report: Its report, made of that interview alone.
    """
    sitting = sitting_of(transcript, report)
    if sitting is None:
        return None
    put = [entry for part in plan_of(transcript).conversations for entry in _put(part, transcript)]
    lines = tuple(
        Line(part.id, c.id, c.score.level, c.required, c.score.anchor, c.missing)
        for part in report.rounds
        for c in part.competencies
    )
    return ScoreSheet(replace(sitting, tellings=(), distance=None), tuple(put), lines)


def _put(part: PlannedRound, transcript: Transcript) -> list[Put]:
    said = said_to(part, transcript)
    return [
        Put(
            item.id.partition(".")[2],
            item.competency or "",
            family_of(item),
            item.text,
            tuple(turn.seq for turn in said[item.id] if turn.seq is not None),
        )
        for item in part.items
        if item.scored and item.id in said
    ]


def sheet_record(sheet: ScoreSheet) -> Record:
    """Return a sheet in the form it is kept in."""
    sitting = sheet.sitting
    told = {
        name: getattr(sitting, name)
        for name in Sitting.__slots__
        if name not in ("answers", "tellings", "distance")
    }
    return {
        "sitting": {**told, "personas": list(sitting.personas)},
        "answers": [
            {**_of(answer), "scale": [answer.scale.id, answer.scale.min, answer.scale.max]}
            for answer in sitting.answers
        ],
        "put": [asdict(entry) for entry in sheet.put],
        "lines": [asdict(line) for line in sheet.lines],
    }


def sheet_of(record: Mapping[str, Any]) -> ScoreSheet:
    """Return the sheet a record stands for, as `sheet_record` wrote it."""
    scales: dict[tuple[Any, ...], Scale] = {}
    about = {**record["sitting"], "personas": tuple(record["sitting"]["personas"])}
    sitting = Sitting(
        **about,
        answers=tuple(_answer(entry, scales) for entry in record["answers"]),
        tellings=(),
    )
    put = tuple(Put(**{**entry, "seqs": tuple(entry["seqs"])}) for entry in record["put"])
    lines = tuple(
        Line(**{**entry, "missing": tuple(entry["missing"])}) for entry in record["lines"]
    )
    return ScoreSheet(sitting, put, lines)


def _of(answer: Answer) -> Record:
    return {name: getattr(answer, name) for name in Answer.__slots__ if name != "scale"}


def _answer(entry: Mapping[str, Any], scales: dict[tuple[Any, ...], Scale]) -> Answer:
    """Return an answer; its scale is made once, as most answers have the same."""
    key: Sequence[Any] = entry["scale"]
    scale = scales.get(tuple(key))
    if scale is None:
        scale = scales[tuple(key)] = Scale(id=key[0], min=key[1], max=key[2])
    return Answer(**{**entry, "scale": scale})
