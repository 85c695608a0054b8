"""Every metric as a scanner: `scout scan three_rounds/grounding -T TRANSCRIPTS`."""

from __future__ import annotations

from collections.abc import Callable

from inspect_ai.scorer import Reference
from inspect_scout import Result, Scanner, Transcript, scanner

from interviewer.inspect.measuring import carried, measured, named, names


def register() -> None:
    """Register a scanner for every metric that is installed."""
    for name in names():
        title, make = named(name, _scanner_of(name))
        scanner(messages="all", name=title)(make)


def _scanner_of(name: str) -> Callable[..., Scanner[Transcript]]:
    def metric(interviewer_role: str = "") -> Scanner[Transcript]:
        async def scan(transcript: Transcript) -> Result:
            messages = [m.model_dump(mode="json", exclude_none=True) for m in transcript.messages]
            told = measured(
                name,
                transcript=transcript.transcript_id,
                messages=messages,
                metadata=carried(transcript.metadata),
                interviewer_role=interviewer_role,
            )
            return Result(
                value=told.value,
                explanation=told.explanation,
                metadata=told.metadata,
                references=_references(told.seqs, messages),
            )

        return scan

    return metric


def _references(seqs: tuple[int, ...], messages: list[dict[str, object]]) -> list[Reference]:
    """Return the messages that something was found in; the transcript's numbers go from 1."""
    found = [messages[seq - 1].get("id") for seq in seqs if 0 < seq <= len(messages)]
    return [Reference(type="message", id=str(one)) for one in found if one]
