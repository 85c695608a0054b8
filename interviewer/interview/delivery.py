"""How a model's reply reaches the candidate: sentence by sentence, and never at their cost.

A sentence is let out when the guard has passed it and the next one has begun; the last is held
until the reply has ended as it should. If the model fails before anything was shown, it is tried
again at most twice within the turn's deadline, then the built-in voice speaks the turn. If it
fails later, what was shown stays and the built-in voice adds what the move still owes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

from interviewer.errors import ModelError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.guard.given import MARK, given_of
from interviewer.interview.guard.guard import PASSING, Guard
from interviewer.interview.guard.said import SameQuestion
from interviewer.interview.guard.stream import SentenceStream
from interviewer.interview.moves import Move
from interviewer.interview.voice import Delivery, Refusal, Scene
from interviewer.interview.wording import Wording

# Seconds before the second and the third try; all within the deadline.
PAUSES = (0.2, 0.6)
# A model that ends like this has been reached and had its say; it is no use to let it rest.
ANSWERED = frozenset({"length", "content_filter", "tool_call", "empty"})
# Sentences of praise and the like that are left out before a reply is given up.
MOST_LEFT_OUT = 2
# Characters of a reply, its thoughts included, and of a sentence that has not ended. Whoever sends
# more is no examiner, and reading it would keep everybody else waiting.
MOST_RECEIVED = 100_000
MOST_WAITING = 4_000


class SpeechFault(Exception):
    """A model's reply did not come, or did not end as it should.

    Attributes:
        cause: One word for the record.
        again: Whether another try may help.
    """

    def __init__(self, cause: str, *, again: bool = False) -> None:
        """Keep the cause."""
        self.cause = cause
        self.again = again
        super().__init__(cause)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a reply has cost, as the server counted; a source yields it when it knows."""

    usage: Mapping[str, object]


class Source(Protocol):
    """Words from a model for a decided move."""

    @property
    def name(self) -> str:
        """The model, as `INTERVIEWER_MODEL` names it."""
        ...

    @property
    def rests(self) -> bool:
        """Whether it failed so often that it is left alone for now."""
        ...

    def note(self, *, ok: bool) -> None:
        """Take down whether a turn got its words."""
        ...

    def private(self, scene: Scene) -> str:
        """Return what the prompt tells the model in confidence."""
        ...

    def stream(self, move: Move, scene: Scene, wording: Wording) -> AsyncIterator[str | Tokens]:
        """Yield a reply piece by piece; ends only when the reply is whole.

        Raises:
            SpeechFault: It failed, or ended early.
        """
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a turn may wait for a model, in seconds.

    Attributes:
        deadline: For the whole turn, tries included.
        stall: Between two pieces of a reply that has begun.
    """

    deadline: float = 45.0
    stall: float = 12.0


@dataclass
class _Reply:
    """One reply on its way: what was let out, what was kept back, what it cost."""

    guard: Guard
    stream: SentenceStream
    shown: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    usage: dict[str, object] = field(default_factory=dict)
    heard: int = 0
    finished: bool = False

    def received(self, piece: str) -> tuple[str, ...]:
        """Return the sentences that a piece of the reply completes.

        Raises:
            SpeechFault: The reply has become longer than anybody reads.
        """
        if len(self.stream.text) + len(piece) > MOST_RECEIVED:
            raise SpeechFault("length")
        self.stream, complete = self.stream.fed(piece)
        if self.stream.waiting > MOST_WAITING:
            raise SpeechFault("length")
        return complete

    def pass_on(self, sentences: tuple[str, ...]) -> list[str]:
        """Return the sentences that may be shown, in order.

        Raises:
            SpeechFault: One may not, and the reply cannot do without it.
        """
        passed = []
        for sentence in sentences:
            whole = self.guard.cited(sentence)
            kind = self.guard.fault(whole, self.shown)
            if kind is None:
                passed.append(whole)
                self.shown.append(whole)
            elif self._goes_on_without(kind):
                self.finished = self.guard.owed(self.shown) is None
                if self.finished:
                    return passed
            else:
                raise _Kept(passed, f"guard:{kind}")
            self.heard += 1
        return passed

    def _goes_on_without(self, kind: str) -> bool:
        """Whether the reply may leave a sentence out, which is noted either way."""
        self.refusals.append(Refusal(kind, self.heard))
        if self.shown and self.guard.owed(self.shown) is None:
            return True
        return kind in PASSING and len(self.refusals) <= MOST_LEFT_OUT


class _Kept(SpeechFault):
    """The guard ended a reply; sentences before the fault may still be shown."""

    def __init__(self, passed: list[str], cause: str) -> None:
        self.passed = passed
        super().__init__(cause)


@dataclass(frozen=True)
class GuardedVoice:
    """A model's words behind the guard, with the built-in voice to fall back on.

    Attributes:
        source: The model.
        builtin: The voice that needs none.
        same: Whether two questions ask the same, for the guard.
        limits: How long a turn may wait.
        fallback: Whether the built-in voice speaks when the model fails.
        clock: Seconds, from any start.
    """

    source: Source
    builtin: BuiltinVoice
    same: SameQuestion | None = None
    limits: Limits = Limits()
    fallback: bool = True
    clock: Callable[[], float] = time.monotonic

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str | Delivery]:
        """Yield the turn piece by piece, and last how it came to be said.

        When `stop` is set the model is left where it is and the built-in voice finishes the turn.

        Raises:
            ModelError: The model failed and there is to be no falling back.
        """
        told = _Turn(self, move, scene, stop)
        cause: str | None = None
        try:
            if self.source.rests:
                raise SpeechFault("resting")
            async for piece in told.sentences():
                yield piece
            self.source.note(ok=True)
        except SpeechFault as fault:
            cause = fault.cause
            if cause not in ("resting", "stopped"):
                self.source.note(ok=cause.startswith("guard:") or cause in ANSWERED)
            if not self.fallback and not cause.startswith("guard:"):
                raise ModelError(self.source.name, cause) from None
        if cause is not None:
            for piece in self.builtin.rest(move, scene, told.shown_text):
                yield piece
        yield told.delivery(cause)


class _Turn:
    """One turn of a guarded voice: its tries, and what came of them."""

    def __init__(
        self, voice: GuardedVoice, move: Move, scene: Scene, stop: asyncio.Event | None
    ) -> None:
        self.stop = stop or asyncio.Event()
        self.voice = voice
        self.move = move
        self.marks = _local_marks(move, scene)
        self.final = {self.marks[p]: scene.numbers[p] for p in move.cites}
        self.scene = replace(scene, numbers=self.marks)
        self.wording = voice.builtin.wording(move, self.scene)
        self.until = voice.clock() + voice.limits.deadline
        self.shown: list[str] = []
        self.replies: list[_Reply] = []

    @property
    def shown_text(self) -> str:
        """What was let out, joined."""
        joint = "" if self.scene.language.startswith("zh") else " "
        return joint.join(self.shown)

    async def sentences(self) -> AsyncIterator[str]:
        """Yield sentences of the first reply that holds; raises the fault that ended the last."""
        pauses = iter(PAUSES)
        while True:
            try:
                async with aclosing(self._reply()) as reply:
                    async for sentence in reply:
                        yield self._joined(sentence)
                return
            except SpeechFault as fault:
                pause = next(pauses, None)
                time_left = self.until - self.voice.clock()
                if self.shown or not fault.again or pause is None or time_left < 2 * pause:
                    raise
            await asyncio.sleep(pause)

    def delivery(self, cause: str | None) -> Delivery:
        """Return how the turn came to be said."""
        usage: dict[str, object] = {}
        for reply in self.replies:
            for name, value in reply.usage.items():
                before = usage.get(name, 0)
                both = isinstance(value, int | float) and isinstance(before, int | float)
                usage[name] = before + value if both else value  # type: ignore[operator]
        fallback = {"cause": cause, "from_sentence": len(self.shown)} if cause else None
        if self.replies:
            usage["calls"] = len(self.replies)
        return Delivery(
            spoken_by=self.voice.source.name if self.shown else "",
            usage=MappingProxyType(usage),
            fallback=fallback,
            refusals=tuple(refusal for reply in self.replies for refusal in reply.refusals),
        )

    def _joined(self, sentence: str) -> str:
        """Return a sentence as it is shown: with the interview's marks, and a space before it."""
        text = MARK.sub(lambda match: f"[{self.final[int(match[1])]}]", sentence)
        first = not self.shown
        self.shown.append(text)
        return text if first or self.scene.language.startswith("zh") else f" {text}"

    async def _reply(self) -> AsyncGenerator[str, None]:
        """Yield the sentences of one reply that may be shown."""
        reply = self._begun()
        self.replies.append(reply)
        stream = self.voice.source.stream(self.move, self.scene, self.wording)
        try:
            async for piece in self._timed(stream):
                if isinstance(piece, Tokens):
                    reply.usage.update(piece.usage)
                    continue
                for sentence in reply.pass_on(reply.received(piece)):
                    yield sentence
                if reply.finished:
                    return
            for sentence in reply.pass_on(reply.stream.ended()):
                yield sentence
        except _Kept as kept:
            for sentence in kept.passed:
                yield sentence
            raise
        owed = reply.guard.owed(reply.shown)
        if owed == "empty" and not reply.refusals:
            raise SpeechFault("empty", again=True)
        if owed is not None:
            raise SpeechFault(f"guard:{owed}")

    def _begun(self) -> _Reply:
        voice, scene = self.voice, self.scene
        given = given_of(
            self.move, scene, self.wording,
            frame=voice.builtin.vocabulary(scene), private=voice.source.private(scene),
        )  # fmt: skip
        return _Reply(Guard(given, voice.same), SentenceStream(scene.language, scene.name))

    async def _timed(self, stream: AsyncIterator[str | Tokens]) -> AsyncIterator[str | Tokens]:
        """Yield what a stream yields, as long as it keeps to the turn's time."""
        begun = False
        iterator = aiter(stream)
        try:
            while True:
                left = self.until - self.voice.clock()
                wait = min(left, self.voice.limits.stall) if begun else left
                try:
                    piece = await self._next(iterator, max(wait, 0.001))
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    in_reply = begun and left > wait
                    raise SpeechFault("stalled" if in_reply else "timeout") from None
                begun = True
                yield piece
        finally:
            close = getattr(iterator, "aclose", None)
            if close is not None:
                await close()

    async def _next(self, iterator: AsyncIterator[str | Tokens], wait: float) -> str | Tokens:
        """Return the next piece.

        Raises:
            StopAsyncIteration: There is none.
            TimeoutError: It did not come in time.
            SpeechFault: Somebody stopped the turn.
        """
        piece = asyncio.ensure_future(anext(iterator))
        stopping = asyncio.ensure_future(self.stop.wait())
        try:
            await asyncio.wait(
                (piece, stopping), timeout=wait, return_when=asyncio.FIRST_COMPLETED
            )
            if stopping.done():
                raise SpeechFault("stopped")
            if not piece.done():
                raise TimeoutError
            return piece.result()
        finally:
            for waiting in (piece, stopping):
                waiting.cancel()
            await asyncio.wait((piece, stopping))
            if not piece.cancelled():
                piece.exception()  # looked at, so that asyncio does not report it as lost


def _local_marks(move: Move, scene: Scene) -> dict[str, int]:
    """Return the marks a prompt uses: the round's facts from 1 on, then what was looked up.

    They stay the same through a round, so that the prompt's beginning does; the marks the
    candidate sees count through the interview in order of use.
    """
    ids = dict.fromkeys([*(passage_id for passage_id, _ in scene.facts), *move.cites])
    return {passage_id: number for number, passage_id in enumerate(ids, start=1)}
