"""Every fault a model's server can have, against the real client libraries."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.delivery import Limits, SpeechFault
from interviewer.interview.session import Rehearsals, new_transcript
from interviewer.interview.spending import spending_of
from interviewer.models.breaker import FAILS_BEFORE_REST, RESTS, Breaker
from interviewer.models.faults import ending_fault, explained, fault_of
from interviewer.models.naming import Access
from interviewer.models.speakers import Speakers
from interviewer.transcript import Turn
from interviewer.wiring.logs import set_up_logs
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, hold, try_answers
from tests.fakes import FAULTS, FakeModel, Script
from tests.fakes.faults import CANARY

MODEL = "openai:fake"
KEY = "not-for-any-log-48151623"
QUICK = Limits(deadline=1.0, stall=0.4)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Return what is logged at the loudest, by whoever."""
    root, hook, out = logging.getLogger(), sys.excepthook, io.StringIO()
    kept, level = list(root.handlers), root.level
    set_up_logs("json", "debug", out)
    yield out
    root.handlers[:], sys.excepthook = kept, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@asynccontextmanager
async def speaking(
    library: Library, voice: BuiltinVoice, script: Script, limits: Limits = QUICK
) -> AsyncIterator[tuple[FakeModel, Speakers]]:
    """Run a fake model and speakers that use it."""
    async with FakeModel(script) as fake:
        speakers = Speakers(
            voice, library.personas, Access(KEY, fake.base_url), frozenset({MODEL}),
            limits=limits, always=MODEL,
        )  # fmt: skip
        try:
            # Opened before the clock runs: LangChain takes seconds to import.
            await speakers.source(MODEL).ready()
            yield fake, speakers
        finally:
            await speakers.close()


async def one_turn(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker, script: Script
) -> tuple[Turn, FakeModel]:
    """Let a model say the first turn of an interview."""
    async with speaking(library, voice, script) as (fake, speakers):
        rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), speakers, clock)
        await rehearsals.store.create(new_transcript("t", make_plan(), model=MODEL))
        async for _ in rehearsals.speak("t"):
            pass
        turn = (await rehearsals.store.load("t")).last
    assert turn is not None
    return turn, fake


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_no_fault_is_seen_or_felt(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker, fault: str, logged: io.StringIO
) -> None:
    """The turn is whole, in time, with the cause on record and none of the fault's text.

    Nor is any of it, or of the key, in what is logged at the loudest.
    """
    script = Script(mode="echo", faults=(fault,), fault_rate=1, stall_seconds=5)
    turn, fake = asyncio.run(one_turn(library, voice, make_plan, script))
    assert turn.fallback is not None
    assert turn.fallback["cause"]
    assert CANARY not in turn.content
    assert turn.content.rstrip().endswith("?")
    assert float(str(turn.seconds["total"])) < QUICK.deadline + 3
    assert turn.usage["calls"] == len(fake.requests) <= 3
    assert not [word for word in (CANARY, KEY) if word in logged.getvalue()]


def test_a_request_keeps_to_what_was_promised(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker
) -> None:
    """One streamed call, nothing stored by the provider, tokens counted, the move at the end."""
    turn, fake = asyncio.run(one_turn(library, voice, make_plan, Script(mode="echo")))
    (request,) = fake.requests
    assert request.body["stream"] is True
    assert request.body["store"] is False
    assert request.body["stream_options"] == {"include_usage": True}
    assert "tools" not in request.body
    assert request.body["messages"][-1]["content"].endswith('"""')
    assert turn.fallback is None
    assert turn.usage["calls"] == 1
    assert {"input", "output"} <= set(turn.usage)
    assert "cost_usd" not in turn.usage


def test_many_failing_calls_leave_a_whole_interview(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker
) -> None:
    """With four calls in ten failing the interview is whole, and no turn is there twice."""
    script = Script(mode="echo", faults=tuple(sorted(FAULTS)), fault_rate=0.4, stall_seconds=5)

    async def run() -> tuple[list[Turn], dict[str, int]]:
        async with speaking(library, voice, script) as (_, speakers):
            rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), speakers, clock)
            held = await hold(rehearsals, make_plan(), try_answers("brightwell"))
        return list(held.turns), dict(spending_of(held).fallbacks)

    turns, fallbacks = asyncio.run(run())
    assert [turn.seq for turn in turns] == list(range(1, len(turns) + 1))
    assert len(turns) > 40
    assert fallbacks
    assert not any(CANARY in turn.content for turn in turns)


def test_a_failing_model_rests_and_comes_back(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker
) -> None:
    """After three failed turns nobody waits for it; after a minute one turn tries it again."""
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])

    async def run() -> list[tuple[str | None, int]]:
        seen: list[tuple[str | None, int]] = []
        script = Script(mode="echo", faults=("status_401",), fault_rate=1)
        async with speaking(library, voice, script) as (fake, speakers):
            speakers.source(MODEL).breaker = breaker
            for number in range(FAILS_BEFORE_REST + 3):
                rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), speakers, clock)
                await rehearsals.store.create(new_transcript("t", make_plan(), model=MODEL))
                if number == FAILS_BEFORE_REST + 1:
                    now[0] = RESTS + 1
                    fake.script = Script(mode="echo")
                async for _ in rehearsals.speak("t"):
                    pass
                turn = (await rehearsals.store.load("t")).last
                cause = turn.fallback["cause"] if turn and turn.fallback else None
                seen.append((str(cause) if cause else None, len(fake.requests)))
        return seen

    assert asyncio.run(run()) == [
        ("key", 1), ("key", 2), ("key", 3), ("resting", 3), (None, 4), (None, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(("reason", "said", "cause"), [
    ("stop", True, None), ("end_turn", True, None), ("STOP", True, None),
    ("stop", False, "empty"), (None, True, "cut"), (None, False, "empty"), ("odd", True, "cut"),
    ("length", True, "length"), ("max_tokens", False, "length"), ("SAFETY", True,
    "content_filter"), ("tool_use", False, "tool_call"),
])  # fmt: skip
def test_a_reply_counts_only_when_it_ended_as_it_should(
    reason: str | None, said: bool, cause: str | None
) -> None:
    """Whatever the provider calls it, only a proper end with words is a reply."""
    fault = ending_fault(reason, said=said)
    assert (fault.cause if fault else None) == cause


class _Answered(Exception):
    """An error of a client library that had an answer."""

    def __init__(self, status: int, wait: str = "") -> None:
        self.status_code = status
        self.response = type("R", (), {"headers": {"retry-after": wait} if wait else {}})()


@pytest.mark.parametrize(("error", "cause", "again"), [
    (_Answered(401), "key", False), (_Answered(404), "model_name", False),
    (_Answered(429), "busy", True), (_Answered(429, "1"), "busy", True),
    (_Answered(429, "60"), "busy", False), (_Answered(429, "soon"), "busy", True),
    (_Answered(500), "server", True), (_Answered(422), "request", False),
    (_Answered(408), "timeout", True), (TimeoutError(), "timeout", False),
    (ConnectionResetError(), "connection", True), (ValueError("x"), "garbled", True),
    (UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), "garbled", True),
    (RuntimeError("x"), "server", False),
])  # fmt: skip
def test_errors_of_client_libraries_become_one_word(
    error: Exception, cause: str, again: bool
) -> None:
    """What went wrong has a word, and whether another try may help is told."""
    fault = fault_of(error)
    assert (fault.cause, fault.again) == (cause, again)


@pytest.mark.parametrize("cause", ["key", "busy", "cut", "something-new"])
def test_a_cause_is_explained_in_a_sentence(cause: str) -> None:
    """Every cause has a sentence that names the model or its place."""
    says = explained(cause, "m1", "api.example")
    assert says.endswith(".")
    assert "m1" in says or "api.example" in says
    assert SpeechFault(cause).cause == cause


def test_a_request_is_not_sent_on_to_another_server(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker
) -> None:
    """A server that points elsewhere gets nothing sent there: neither the key nor the words."""
    seen: list[bytes] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.read(65536))
        writer.close()

    async def run() -> Turn:
        other = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
        port = other.sockets[0].getsockname()[1]
        script = Script(mode="echo", faults=("redirected",), fault_rate=1, elsewhere=port)
        async with other:
            turn, fake = await one_turn(library, voice, make_plan, script)
        assert fake.requests
        return turn

    turn = asyncio.run(run())
    assert not seen
    assert turn.fallback == {"cause": "request", "from_sentence": 0}


def test_a_reply_without_end_is_left_before_it_is_read(
    library: Library, voice: BuiltinVoice, make_plan: PlanMaker
) -> None:
    """Letters without a sentence are no speech: the turn is the built-in voice's, in time."""
    script = Script(mode="fixed", text="and so on " * 1_000, chunk=2_000)
    turn, _ = asyncio.run(one_turn(library, voice, make_plan, script))
    assert turn.fallback == {"cause": "length", "from_sentence": 0}
