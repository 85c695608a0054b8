"""A model that holds an interview by itself, from one prompt: what the house is compared with."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template

from interviewer.errors import ModelError
from interviewer.interview.delivery import SpeechFault
from interviewer.interview.plan import PlannedRound
from interviewer.models.faults import explained
from interviewer.models.prompt import Prompt
from interviewer.models.voice import ModelSource
from interviewer.simulation.bare import Briefing, Words
from interviewer.transcript import Passage, Turn

# Characters of research a model is given: some ten thousand tokens.
MOST_RESEARCH = 40_000
# A reply that fails in passing is asked for again.
_TRIES = 3


@dataclass(frozen=True)
class ModelExaminer:
    """Speaks every turn with one model.

    Attributes:
        source: The model.
    """

    source: ModelSource

    @property
    def model(self) -> str:
        """The model, as `INTERVIEWER_MODEL` names it."""
        return self.source.name

    async def say(self, briefing: Briefing, turns: Sequence[Turn]) -> Words:
        """Return the next turn.

        Raises:
            ModelError: It failed, thrice where that may pass.
        """
        prompt = prompt_for(briefing, turns)
        begun = time.monotonic()
        for left in reversed(range(_TRIES)):
            try:
                text, usage = await self._reply(prompt)
            except SpeechFault as fault:
                if left and fault.again:
                    continue
                name = self.source.model
                says = explained(fault.cause, name.shown, name.goes_to or "The server")
                raise ModelError(name.text, fault.cause, says) from None
            return Words(text, usage, time.monotonic() - begun)
        raise AssertionError("the last try returns or raises")

    async def _reply(self, prompt: Prompt) -> tuple[str, Mapping[str, object]]:
        text, usage = "", dict[str, object]()
        async with aclosing(self.source.reply(prompt)) as reply:
            async for piece in reply:
                if isinstance(piece, str):
                    text += piece
                else:
                    usage = dict(piece.usage)
        return text.strip(), usage


def fitting(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return as many whole passages as a model is given, from the first on."""
    found: list[Passage] = []
    room = MOST_RESEARCH
    for passage in passages:
        room -= len(passage.text)
        if room < 0:
            break
        found.append(passage)
    return tuple(found)


def prompt_for(briefing: Briefing, turns: Sequence[Turn]) -> Prompt:
    """Return what the model reads for its next turn: the briefing, and all that was said."""
    plan = briefing.plan
    words = _words(plan.language)
    rounds = [part for part in plan.rounds if part.kind == "interview"]
    offer = next((part.offer for part in rounds if part.offer), None)
    pay = "" if offer is None else Template(words["pay"]).substitute(
        low=offer.low, high=offer.high, period=offer.period, opening=offer.opening
    )  # fmt: skip
    passages = enumerate(briefing.passages, start=1)
    constant = Template(words["system"]).substitute(
        company=plan.company_name,
        post=plan.post_title,
        examiners="\n".join(_examiner(part, briefing, words) for part in rounds),
        passages="\n".join(
            Template(words["passage"]).substitute(number=number, text=" ".join(found.text.split()))
            for number, found in passages
        ),
        pay=pay,
        marks=", ".join(f"[{part.id}]" for part in rounds),
    )
    return Prompt(constant.strip(), _turning(turns, words))


def _examiner(part: PlannedRound, briefing: Briefing, words: Mapping[str, str]) -> str:
    competencies = "; ".join(
        Template(words["competency"]).substitute(name=name, definition=definition)
        for name, definition in briefing.competencies.get(part.id, ())
    )
    return Template(words["examiner"]).substitute(
        round=part.id, name=part.name, title=part.title, minutes=f"{part.minutes:g}",
        questions=len(part.items), competencies=competencies,
    )  # fmt: skip


def _turning(turns: Sequence[Turn], words: Mapping[str, str]) -> str:
    if not turns:
        return words["begins"]
    said = [
        Template(words["said_by_examiner"]).substitute(round=turn.round or "", text=turn.content)
        if turn.by_examiner
        else Template(words["said_by_candidate"]).substitute(
            text=turn.content.strip() or words["nothing_said"]
        )
        for turn in turns
    ]
    return Template(words["goes_on"]).substitute(history="\n".join(said))


@cache
def _words(language: str) -> Mapping[str, str]:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"bare_words.{base}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
