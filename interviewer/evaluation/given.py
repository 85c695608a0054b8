"""What is given beside transcripts: people's marks, a plan, research, who the examiners are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from interviewer.errors import InputError
from interviewer.evaluation.agreement.marks import Mark
from interviewer.evaluation.formats.source import AS_FOUND, ReadAs
from interviewer.evaluation.judged.part_figures import JudgedParts
from interviewer.evaluation.judged.verdicts import Judged
from interviewer.evaluation.meaning import MODELS, Meaning
from interviewer.evaluation.metric import Metric
from interviewer.interview.plan_file import plan_from_json
from interviewer.transcript import Passage, Transcript, Turn


@dataclass(frozen=True)
class Given:
    """Everything beside the transcripts; it goes to every process that scores.

    Attributes:
        people: Marks by people.
        machine: Marks by a machine that is held against them; the built-in assessor without.
        plan: The plan of transcripts that hold none, as `interviewer plan --json` prints it.
        research: Passages for transcripts that hold none, by id.
        employer: The employer's name, for transcripts that do not say it.
        personas: Persona's id by the name a message has; the empty name for messages without.
        judged: What a model judged of follow-ups, None where none was asked.
        judged_parts: What it judged of examiners in their parts, by metric.
        jurisdictions: Whose rules on questions hold; all that are known where none is given.
        read_as: The files' format and the interviewer's role in them, where they are stated.
        meaning: What meanings are compared with, None for words alone.
    """

    people: tuple[Mark, ...] = ()
    machine: tuple[Mark, ...] = ()
    plan: Mapping[str, object] = field(default_factory=dict)
    research: Mapping[str, Passage] = field(default_factory=dict)
    employer: str = ""
    personas: Mapping[str, str] = field(default_factory=dict)
    judged: Judged | None = None
    judged_parts: Mapping[str, JudgedParts] = field(default_factory=dict)
    jurisdictions: tuple[str, ...] = ()
    read_as: ReadAs = AS_FOUND
    meaning: Meaning | None = None


NOTHING_GIVEN = Given()


def given_to_json(given: Given) -> dict[str, object]:
    """Return what an evaluation was given, for its manifest: hashes, and who judged."""
    passages = {key: passage.text for key, passage in given.research.items()}
    return {
        "human": _hash([repr(mark) for mark in given.people]),
        "machine": _hash([repr(mark) for mark in given.machine]),
        "plan": _hash(given.plan),
        "research": _hash(passages),
        "employer": given.employer or None,
        "personas": dict(given.personas),
        "judge": _judge(given),
        "format": given.read_as.form or None,
        "interviewer_role": given.read_as.interviewer or None,
        "meaning": dict(MODELS) if given.meaning else None,
    }


def _judge(given: Given) -> dict[str, object] | None:
    """Return who judged, with which prompts and settings; None where nobody did."""
    prompts = {name: judged.prompt for name, judged in given.judged_parts.items()}
    for judged in (given.judged, *given.judged_parts.values()):
        if judged is not None:
            follow_ups = {"prompt": given.judged.prompt} if given.judged else {}
            own = {"prompts": prompts} if prompts else {}
            return {"model": judged.judge, **follow_ups, **own, **judged.settings}
    return None


def _hash(value: Sized) -> str | None:
    """Return the SHA-256 of a value as JSON, None for an empty one."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    data = text.encode("utf-8", errors="backslashreplace")
    return hashlib.sha256(data).hexdigest() if value else None


@runtime_checkable
class Informed(Protocol):
    """A metric that says more where more is given."""

    def informed(self, given: Given) -> Metric:
        """Return the metric that knows what is given."""
        ...


def informed(metrics: Iterable[Metric], given: Given) -> tuple[Metric, ...]:
    """Return metrics that know what is given beside the transcripts."""
    return tuple(m.informed(given) if isinstance(m, Informed) else m for m in metrics)


def filled(transcript: Transcript, given: Given) -> Transcript:
    """Return a transcript with what it lacks and is given; what it holds itself stays.

    Raises:
        InputError: The plan that is given is none.
    """
    interview = transcript.interview
    if given.research and not interview.research:
        interview = replace(interview, research=MappingProxyType(dict(given.research)))
    if given.plan and not interview.plan:
        interview = replace(interview, plan=MappingProxyType(dict(given.plan)))
    if given.employer and not interview.company:
        interview = replace(interview, company=given.employer)
    turns = transcript.turns
    if given.personas:
        rounds = _rounds(given)
        turns = tuple(_named(turn, given.personas, rounds) for turn in turns)
    return replace(transcript, interview=interview, turns=turns)


def checked(given: Given) -> Given:
    """Return what is given, where its plan is one.

    Raises:
        InputError: It is none, or cites passages that are not among the research.
    """
    if given.plan:
        try:
            plan_from_json(given.plan, given.research)
        except InputError:
            raise InputError(
                "The plan of --plan cannot be used. Give what `interviewer plan --json` prints, "
                "with --research for the passages it cites."
            ) from None
    return given


def _rounds(given: Given) -> Mapping[str, str]:
    """Return the round of each persona that holds exactly one in the plan that is given."""
    parts = given.plan.get("rounds")
    held = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    by = [(str(part.get("persona")), str(part.get("id"))) for part in held]
    names = [persona for persona, _ in by]
    return {persona: part for persona, part in by if names.count(persona) == 1}


def _named(turn: Turn, personas: Mapping[str, str], rounds: Mapping[str, str]) -> Turn:
    persona = personas.get(turn.name or "") if turn.by_examiner else None
    if persona is None:
        return turn
    return replace(turn, name=persona, round=turn.round or rounds.get(persona))
