"""A model says whether a follow-up depends on the answer before it; each verdict is kept."""

from __future__ import annotations

import asyncio
import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from interviewer.evaluation.judged.asking import Sheet
from interviewer.evaluation.judged.verdicts import Said
from interviewer.models.form_asking import Filled, FormAsker
from interviewer.models.verdict_cache import VerdictCache

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# As much of an answer as a model is given, in characters.
MOST_READ = 6_000
# Tokens of a verdict, for models that are given a limit.
LONGEST = 200
Told = Callable[[int, int], None]


class GivenRelevance(BaseModel):
    """A verdict; the words come first, so that they are looked for first."""

    model_config = ConfigDict(extra="forbid")
    quote: str
    depends: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What a judge said to all sheets.

    Attributes:
        said: What it said to each, in their order.
        usage: Tokens and cost of those that were asked now.
        cached: How many were known already.
    """

    said: tuple[Said, ...]
    usage: Mapping[str, float]
    cached: int


@dataclass(frozen=True)
class FollowUpJudge:
    """Judges follow-ups with one model, and asks nothing twice.

    Attributes:
        asker: Who is asked.
        cache: What was said before.
    """

    asker: FormAsker
    cache: VerdictCache

    async def hear(self, sheets: Sequence[Sheet], told: Told) -> Heard:
        """Return what the judge says to each sheet; what fails is said to have failed.

        Args:
            sheets: What is asked.
            told: Called with how many are answered, and of how many.
        """
        free = asyncio.Semaphore(self.asker.at_once)
        usage: dict[str, float] = {}
        known = done = 0

        async def one(sheet: Sheet) -> Said:
            nonlocal known, done
            key = self.key(sheet)
            said = self.cache.get(key)
            if said is not None:
                known += 1
            else:
                async with free:
                    said = await self._asked(sheet, key, usage)
            done += 1
            told(done, len(sheets))
            return said

        said = await asyncio.gather(*(one(sheet) for sheet in sheets))
        return Heard(tuple(said), usage, known)

    def key(self, sheet: Sheet) -> str:
        """Return the hash of the model, the prompt with its form, and which time it is asked."""
        name = self.asker.source.model
        parts = (
            name.text, name.goes_to or "", prompt_hash(sheet.follow_up.language),
            sheet.order, str(sheet.repeat), sheet.answer[:MOST_READ], sheet.follow_up.text,
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    async def _asked(self, sheet: Sheet, key: str, usage: dict[str, float]) -> Said:
        reply: Filled[GivenRelevance] = await self.asker.filled(
            messages_for(sheet),
            GivenRelevance,
            longest=LONGEST,
            rests=_words(sheet.follow_up.language)["rests"],
        )
        for kind, count in reply.usage.items():
            usage[kind] = usage.get(kind, 0) + count
        if reply.value is not None:
            said = Said(reply.value.depends, reply.value.quote)
        elif reply.came:
            said = Said(None)
        else:
            return Said(None, failed=reply.why)
        self.cache.put(key, said)
        return said


def messages_for(sheet: Sheet) -> list[BaseMessage]:
    """Return what a model reads for one verdict."""
    from langchain_core.messages import HumanMessage, SystemMessage

    words = _words(sheet.follow_up.language)
    asked = Template(words[sheet.order]).substitute(
        answer=_fenced(sheet.answer[:MOST_READ]), question=_fenced(sheet.follow_up.text)
    )
    return [SystemMessage(words["system"].strip()), HumanMessage(asked.strip())]


@cache
def prompt_hash(language: str) -> str:
    """Return the hash of the prompt's file and form, 16 hexadecimal digits."""
    form = str(GivenRelevance.model_json_schema())
    return hashlib.sha256((_text(language) + form).encode()).hexdigest()[:16]


def _fenced(text: str) -> str:
    """Return text in which nothing looks like its end."""
    return text.replace('"""', '"').strip()


@cache
def _text(language: str) -> str:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"follow_up_words.{base}.toml"
    return file.read_text(encoding="utf-8")


@cache
def _words(language: str) -> Mapping[str, str]:
    return tomllib.loads(_text(language))
