"""A model says what it finds in what examiners said, one sheet at a time; each verdict is kept."""

from __future__ import annotations

import asyncio
import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from interviewer.evaluation.judged.asking import Asked
from interviewer.evaluation.judged.verdicts import Said
from interviewer.models.form_asking import Filled, FormAsker
from interviewer.models.verdict_cache import VerdictCache

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# As much of a text as a model is given, in characters.
MOST_READ = 6_000
# Tokens of a verdict, for models that are given a limit.
LONGEST = 200
Told = Callable[[int, int], None]


class GivenRelevance(BaseModel):
    """A verdict; the words come first, so that they are looked for first."""

    model_config = ConfigDict(extra="forbid")
    quote: str
    depends: bool


class GivenBreak(BaseModel):
    """A verdict on a part; the words come first, so that they are looked for first."""

    model_config = ConfigDict(extra="forbid")
    quote: str
    broken: bool


class GivenFit(BaseModel):
    """A level; the words come first, so that they are looked for first."""

    model_config = ConfigDict(extra="forbid")
    quote: str
    level: int = Field(ge=1, le=5)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How sheets of a kind are asked.

    Attributes:
        form: What the model fills in: a quote and a verdict.
        verdict: The field of the verdict.
        words: The beginning of the names of the files with its prompt.
    """

    form: type[BaseModel]
    verdict: str
    words: str


_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "follow_up_relevance": _Kind(GivenRelevance, "depends", "follow_up_words"),
        "role_breaks": _Kind(GivenBreak, "broken", "role_break_words"),
        "persona_fidelity": _Kind(GivenFit, "level", "persona_words"),
    }
)


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
class SheetJudge:
    """Judges sheets with one model, and asks nothing twice.

    Attributes:
        asker: Who is asked.
        cache: What was said before.
    """

    asker: FormAsker
    cache: VerdictCache

    async def hear(self, sheets: Sequence[Asked], told: Told) -> Heard:
        """Return what the judge says to each sheet; what fails is said to have failed.

        Args:
            sheets: What is asked.
            told: Called with how many are answered, and of how many.
        """
        free = asyncio.Semaphore(self.asker.at_once)
        usage: dict[str, float] = {}
        known = done = 0

        async def one(sheet: Asked) -> Said:
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

    def key(self, sheet: Asked) -> str:
        """Return the hash of the model, the prompt with its form, and which time it is asked."""
        name = self.asker.source.model
        parts = (
            name.text, name.goes_to or "", prompt_hash(sheet.kind, sheet.language),
            sheet.template, str(sheet.repeat), *_read(sheet).values(),
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    async def _asked(self, sheet: Asked, key: str, usage: dict[str, float]) -> Said:
        asked = _KINDS[sheet.kind]
        rests = _words(sheet.kind, sheet.language)["rests"]
        reply: Filled[BaseModel] = await self.asker.filled(
            messages_for(sheet), asked.form, longest=LONGEST, rests=rests
        )
        for kind, count in reply.usage.items():
            usage[kind] = usage.get(kind, 0) + count
        if reply.value is not None:
            given = reply.value.model_dump()
            said = Said(int(given[asked.verdict]), given["quote"])
        elif reply.came:
            said = Said(None)
        else:
            return Said(None, failed=reply.why)
        self.cache.put(key, said)
        return said


def messages_for(sheet: Asked) -> list[BaseMessage]:
    """Return what a model reads for one verdict."""
    from langchain_core.messages import HumanMessage, SystemMessage

    words = _words(sheet.kind, sheet.language)
    fenced = {name: _fenced(text) for name, text in _read(sheet).items()}
    asked = Template(words[sheet.template]).substitute(fenced)
    return [SystemMessage(words["system"].strip()), HumanMessage(asked.strip())]


@cache
def prompt_hash(kind: str, language: str) -> str:
    """Return the hash of the prompt's file and form, 16 hexadecimal digits."""
    text = _text(kind, language) + str(_KINDS[kind].form.model_json_schema())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(sheet: Asked) -> Mapping[str, str]:
    return {name: text[:MOST_READ] for name, text in sheet.slots.items()}


def _fenced(text: str) -> str:
    """Return text in which nothing looks like its end."""
    return text.replace('"""', '"').strip()


@cache
def _text(kind: str, language: str) -> str:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"{_KINDS[kind].words}.{base}.toml"
    return file.read_text(encoding="utf-8")


@cache
def _words(kind: str, language: str) -> Mapping[str, str]:
    return tomllib.loads(_text(kind, language))
