"""A real call of a model, to say in plain words what works."""

from __future__ import annotations

import asyncio
import time
import tomllib
from dataclasses import dataclass
from importlib import resources

from pydantic import BaseModel

from interviewer.errors import InterviewerError
from interviewer.interview.delivery import SpeechFault, Tokens
from interviewer.models.faults import explained
from interviewer.models.prompt import Prompt
from interviewer.models.structured import Structured, structured
from interviewer.models.voice import ModelSource

PATIENCE = 45.0


class Named(BaseModel):
    """What the trial asks for as JSON."""

    word: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        answers: Whether the model speaks.
        says: What works and what does not, in sentences.
    """

    answers: bool
    says: str


async def try_model(source: ModelSource, language: str = "en") -> Trial:
    """Let a model say one sentence and give one value; no text of anybody's is sent.

    Args:
        source: The model.
        language: Of what is said of it.
    """
    name = source.model
    words = _words(language)
    place = name.goes_to or words["here"]
    begun = time.perf_counter()
    first = 0.0
    counted = False
    try:
        async with asyncio.timeout(PATIENCE):
            prompt = Prompt(words["speak_system"], words["speak"])
            async for piece in source.reply(prompt):
                first = first or time.perf_counter() - begun
                counted = counted or isinstance(piece, Tokens)
            opened = await source.ready()
    except TimeoutError:
        return Trial(False, explained("timeout", name.shown, place, language))
    except SpeechFault as fault:
        return Trial(False, await _why(source, fault, place, language))
    from langchain_core.messages import HumanMessage

    given = await structured(opened.chat, [HumanMessage(words["give"])], Named, deadline=PATIENCE)
    json = (
        words["json_works"].format(way=given.way)
        if isinstance(given, Structured)
        else words["json_fails"].format(reason=given.reason)
    )
    streams = words["streams"].format(seconds=f"{first:.1f}")
    tokens = words["counts"] if counted else words["counts_not"]
    goes = words["leaves"].format(place=place) if name.goes_to else words["stays"]
    return Trial(True, words["joint"].join((streams, tokens, json, goes)))


async def _why(source: ModelSource, fault: SpeechFault, place: str, language: str) -> str:
    """Return what a fault means; for a model that cannot be opened, its own sentence."""
    if fault.cause == "unavailable":
        try:
            await source.ready()
        except InterviewerError as error:
            return str(error)
    return explained(fault.cause, source.model.shown, place, language)


def _words(language: str) -> dict[str, str]:
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"trial.{base}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
