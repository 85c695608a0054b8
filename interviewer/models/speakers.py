"""Who may speak in this installation, and the voice each interview was settled to have."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from interviewer.content.persona import Persona
from interviewer.errors import SetupError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.delivery import GuardedVoice, Limits
from interviewer.interview.guard.said import SameQuestion
from interviewer.interview.moves import Move
from interviewer.interview.voice import Delivery, Scene, Voice
from interviewer.models.answer_reader import AnswerReader
from interviewer.models.judge import ModelJudge
from interviewer.models.naming import BUILTIN, Access, ModelName, understood
from interviewer.models.opening import open_model
from interviewer.models.pace import Pace
from interviewer.models.telemetry import count_turn
from interviewer.models.voice import ModelSource

if TYPE_CHECKING:
    from interviewer.models.local import LocalServers


@dataclass
class Speakers:
    """Voices by model, each made when it is first needed and kept for all interviews.

    A model speaks only where somebody agreed to it: by `INTERVIEWER_MODEL`, by an option of the
    command, or by choosing it for an interview among those that were offered.

    Attributes:
        builtin: The voice that needs no model.
        personas: Whose templates prompts are made from, by id.
        access: How models are reached.
        allowed: Models that may speak, as `INTERVIEWER_MODEL` names them.
        same: Whether two questions ask the same, for the guard.
        limits: How long a turn may wait.
        fallback: Whether the built-in voice speaks when a model fails.
        always: The model that speaks whatever an interview was settled for; None for its own.
        pace: How often replies are read, shared with everybody who speaks here.
    """

    builtin: BuiltinVoice
    personas: Mapping[str, Persona]
    access: Access
    allowed: frozenset[str] = frozenset()
    same: SameQuestion | None = None
    limits: Limits = field(default_factory=Limits)
    fallback: bool = True
    always: str | None = None
    pace: Pace = field(default_factory=Pace)
    _sources: dict[str, ModelSource] = field(default_factory=dict)
    _readers: dict[str, AnswerReader] = field(default_factory=dict)
    _servers: LocalServers | None = None
    _lender: Speakers | None = None

    def with_content(self, personas: Mapping[str, Persona], builtin: BuiltinVoice) -> Speakers:
        """Return the same speakers with other personas, for one interview.

        Models and their connections stay those of these speakers, who give them back.
        """
        return replace(
            self, personas=personas, builtin=builtin, _sources={}, _readers={}, _servers=None,
            _lender=self,
        )  # fmt: skip

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str | Delivery]:
        """Yield the turn in the voice its interview was settled for.

        An interview whose model may not speak here goes on with the built-in voice, and says so.
        """
        model = self.always or scene.model
        told: Delivery | None = None
        async for piece in self.voice(model).speak(move, scene, stop):
            told = piece if isinstance(piece, Delivery) else told
            yield piece
        if model != BUILTIN and model not in self.allowed:
            cause = {"cause": "unavailable", "from_sentence": 0}
            told = Delivery(fallback=MappingProxyType(cause))
            yield told
        fallback = told.fallback if told else None
        spoken_by = told.spoken_by if told else ""
        count_turn(spoken_by or BUILTIN, str(fallback["cause"]) if fallback else "")

    def voice(self, model: str) -> Voice:
        """Return a model's voice behind the guard, the built-in voice for one not allowed."""
        if model == BUILTIN or model not in self.allowed:
            return self.builtin
        return GuardedVoice(
            self.source(model), self.builtin, self.same, self.limits, self.fallback
        )

    def source(self, model: str) -> ModelSource:
        """Return a model's source of words.

        Raises:
            SetupError: The string names no model.
        """
        if model not in self._sources and self._lender is not None:
            self._sources[model] = self._lender.source(model).with_personas(self.personas)
        if model not in self._sources:
            name = understood(model, self.access)
            opener = partial(open_model, name, self.access, self._local, self.pace)
            priced = name.provider == "openai" and self.access.address is None
            self._sources[model] = ModelSource(name, self.personas, opener, priced=priced)
        return self._sources[model]

    def reader(self, model: str | None) -> AnswerReader | None:
        """Return what reads the answers of an interview, None where the built-in voice speaks.

        It is the model the interview was settled for, and so the one that was agreed to.
        """
        model = self.always or model or BUILTIN
        if model == BUILTIN or model not in self.allowed:
            return None
        if model not in self._readers:
            self._readers[model] = AnswerReader(self.source(model))
        return self._readers[model]

    def judge(self, model: str) -> ModelJudge:
        """Return a judge that asks a model somebody agreed to.

        Raises:
            SetupError: Nobody did, or the string names no model.
        """
        if model not in self.allowed:
            raise SetupError(f"Nobody agreed that {model} judges. Name it with --judge.")
        return ModelJudge(self.source(model))

    def name(self, model: str) -> ModelName | None:
        """Return what a model is and where text goes, None for the built-in voice."""
        if model == BUILTIN or model not in self.allowed:
            return None
        return understood(model, self.access)

    def allow(self, models: Iterable[str]) -> None:
        """Let models speak that somebody agreed to."""
        self.allowed = self.allowed | set(models)

    async def close(self) -> None:
        """Give back connections and stop local servers; what is lent is its lender's to close."""
        if self._lender is not None:
            return
        for source in self._sources.values():
            await source.close()
        if self._servers is not None:
            await asyncio.to_thread(self._servers.close)

    def _local(self) -> LocalServers:
        """Return what runs GGUF files, made when the first is needed."""
        from interviewer.models.local import LocalServers

        if self._servers is None:
            self._servers = LocalServers()
        return self._servers
