"""A model writes the topics of a brief from their passages; what it wrote is checked elsewhere."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from string import Template

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ConfigDict

from interviewer.interview.writing import MOST_WRITTEN, Draft, Drafts
from interviewer.models.structured import Structured, structured
from interviewer.transcript import Passage

# Topics that are asked for at the same time; a model on this machine takes them in turn.
AT_ONCE = 3
# When so many topics have failed and none has come, the others are left alone.
ENOUGH = 2
# Tokens of a reply, for models that are given a limit.
LONGEST = 1_200
_MOST_LONG = 600  # characters of one sentence that are looked at


class WrittenSentence(BaseModel):
    """One sentence, and the numbers of the passages that say it."""

    model_config = ConfigDict(extra="forbid")
    text: str
    passages: list[int]


class WrittenTopic(BaseModel):
    """The sentences on a topic, in the order they are read."""

    model_config = ConfigDict(extra="forbid")
    sentences: list[WrittenSentence]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a brief that a model was to write.

    Attributes:
        drafts: What it wrote, by topic.
        failed: Topics it did not write, and why, as a sentence.
        usage: Tokens as `input` and `output`, over all topics.
    """

    drafts: Drafts
    failed: Mapping[str, str]
    usage: Mapping[str, int]


@dataclass
class BriefWriter:
    """Writes the topics of one brief.

    Attributes:
        chat: The model.
        language: `en` or `zh`.
        company: The employer's name.
        headings: Names of the topics.
        deadline: Seconds for one topic.
        told: Called with topics done and topics in all.
    """

    chat: BaseChatModel
    language: str
    company: str
    headings: Mapping[str, str]
    deadline: float
    told: Callable[[int, int], None] = lambda done, total: None
    _drafts: dict[str, tuple[Draft, ...]] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)
    _usage: dict[str, int] = field(default_factory=lambda: {"input": 0, "output": 0})

    async def write(self, passages: Mapping[str, Sequence[Passage]]) -> Outcome:
        """Return what the model wrote on each topic; its failures are values, too."""
        chat = with_room(self.chat)
        free = asyncio.Semaphore(AT_ONCE)
        total = len(passages)

        async def one(topic: str, given: Sequence[Passage]) -> None:
            async with free:
                await self._topic(chat, topic, given)
                self.told(len(self._drafts) + len(self._failed), total)

        await asyncio.gather(*(one(topic, given) for topic, given in passages.items()))
        order = list(passages)
        return Outcome(
            drafts={topic: self._drafts[topic] for topic in order if topic in self._drafts},
            failed={topic: self._failed[topic] for topic in order if topic in self._failed},
            usage=self._usage,
        )

    async def _topic(self, chat: BaseChatModel, topic: str, given: Sequence[Passage]) -> None:
        if len(self._failed) >= ENOUGH and not self._drafts:
            self._failed[topic] = next(iter(self._failed.values()))
            return
        asked = self._messages(topic, given)
        reply = await structured(chat, asked, WrittenTopic, deadline=self.deadline)
        for kind in self._usage:
            self._usage[kind] += reply.usage.get(kind, 0)
        if isinstance(reply, Structured):
            self._drafts[topic] = drafts_of(reply.value, given)
        else:
            self._failed[topic] = reply.reason

    def _messages(self, topic: str, given: Sequence[Passage]) -> list[BaseMessage]:
        words = _words(self.language)
        shown = "\n\n".join(
            Template(words["passage"]).substitute(
                number=number,
                date=passage.date or words["undated"],
                heading=passage.heading,
                # Nothing in a passage may look like its end.
                text=passage.text.replace('"""', '"'),
            )
            for number, passage in enumerate(given, 1)
        )
        ask = Template(words["ask"]).substitute(
            topic=self.headings[topic], company=self.company, passages=shown, most=MOST_WRITTEN
        )
        return [SystemMessage(words["system"].strip()), HumanMessage(ask.strip())]


def drafts_of(form: WrittenTopic, given: Sequence[Passage]) -> tuple[Draft, ...]:
    """Return what a model wrote with ids for numbers; a number that was not given has none."""
    return tuple(
        Draft(
            sentence.text[:_MOST_LONG].strip(),
            tuple(given[n - 1].id if 0 < n <= len(given) else "" for n in sentence.passages),
        )
        for sentence in form.sentences
    )


def with_room(chat: BaseChatModel, tokens: int = LONGEST) -> BaseChatModel:
    """Return a model that may answer at length, where it is held to a spoken turn."""
    held = getattr(chat, "max_tokens", None)
    return chat.model_copy(update={"max_tokens": tokens}) if held else chat


@cache
def _words(language: str) -> Mapping[str, str]:
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"brief_words.{base}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
