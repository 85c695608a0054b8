"""How many interviews one process bears: `python -m benchmarks.load --interviews 400`.

Visitors answer after some time to think and hear the examiner, over the wire as the page speaks
it. The fake model says a reply in twenty pieces, fifty milliseconds each, and reads answers at
once. Server, visitors and model share the machine's cores, so the figures err on the gloomy side;
how busy the machine was is told with them.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import httpx
import psutil

from benchmarks.crowd import MODEL, Visitor, form_of, numbered, places_of
from interviewer.interview.guard.stream import SentenceStream
from interviewer.transcript import Transcript
from interviewer.ui.words import words_for
from tests.fakes import Script, running
from tests.ui.running import App

PIECES, PIECE_SECONDS = 20, 0.05
ANSWER = "Last year I moved our night run to a queue, and late files fell from 30 to 4 a month."
PATIENCE = 300.0
COMING_AT_ONCE = 16
TOLD_EVERY = 5.0


@dataclass
class Seen:
    """What happened to the turns.

    Attributes:
        first: Seconds from sending an answer to the reply's first sentence, beyond the model's.
        whole: Seconds to its last, beyond the model's.
        lost: Answers that were taken and are not in the record, or have no reply there.
        refused: Answers that were refused in words.
        waited: Turns that stood in line and were told their place.
        failed: What went wrong otherwise.
        come: Candidates who have begun and heard the opening.
        taken: Answers that were taken.
    """

    come: int = 0
    taken: int = 0
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: int = 0
    refused: int = 0
    waited: int = 0
    failed: list[str] = field(default_factory=list)

    def document(self, seconds: float, worked: float) -> dict[str, object]:
        """Return the figures as JSON, after so many seconds and seconds of work of one core."""
        turns = len(self.whole)
        return {
            "turns": turns,
            "turns_a_second": round(turns / seconds, 1),
            "server_ms_a_turn": round(1000 * worked / max(1, turns), 1),
            "first_p50": _at(self.first, 0.5), "first_p95": _at(self.first, 0.95),
            "whole_p50": _at(self.whole, 0.5), "whole_p95": _at(self.whole, 0.95),
            "waited": self.waited, "refused": self.refused, "lost": self.lost,
            "errors": len(self.failed), "what": sorted(set(self.failed))[:3],
            "load_average": round(os.getloadavg()[0], 1),
        }  # fmt: skip


def _at(values: list[float], share: float) -> float | None:
    if not values:
        return None
    return round(sorted(values)[math.ceil(share * len(values)) - 1], 3)


@dataclass
class Candidate:
    """Somebody who answers question after question.

    Attributes:
        visitor: Their page.
        places: Which output of an event is which part of the page.
        think: Mean seconds before an answer.
        seen: Where they tell what happened.
        taken: When the first words of a reply came and when its last, for each answer taken.
    """

    visitor: Visitor
    places: Mapping[str, int]
    think: float
    chance: random.Random
    seen: Seen
    taken: list[tuple[float, float]] = field(default_factory=list)

    async def answer(self, until: float) -> None:
        """Think and answer, until it is time or the interview is over."""
        going = True
        while going:
            thought = self.chance.expovariate(1 / self.think) if self.think else 0.0
            # Nobody waits for somebody who thinks beyond the end.
            await asyncio.sleep(max(0.0, min(thought, until - time.monotonic())))
            if time.monotonic() >= until:
                return
            try:
                going = await self.turn()
            except (httpx.HTTPError, RuntimeError, KeyError) as error:
                self.seen.failed.append(f"{type(error).__name__}: {error}"[:200])
                going = False

    async def turn(self) -> bool:
        """Answer once, and go on to the next round where this one is over; return whether to."""
        first, took, told = 0.0, 0.0, []
        shown: list[Any] = []
        async for took, shown in self.visitor.told("send", self.visitor.session, ANSWER, "", ""):
            # One's own answer is the first update; a place in the line changes the note only.
            if not first and told and shown[self.places["chat"]]:
                first = took
            told.append(json.dumps(shown[self.places["note"]]))
        said = " ".join(told)
        if words_for("en")["crowded"] in said:
            self.seen.refused += 1
            return True
        self.seen.waited += words_for("en")["in_line"].partition(":")[0] in said
        self.taken.append((first or took, took))
        self.seen.taken += 1
        if _visible(shown[self.places["next-round"]]):
            await self.visitor.happens("go_on", self.visitor.session)
        return not _visible(shown[self.places["report-page"]])

    async def check(self) -> None:
        """Hold what was heard against the record: how long beyond the model, and what is lost."""
        answered = _replies(await self.visitor.recorded())
        self.seen.lost += max(0, len(self.taken) - len(answered))
        for (first, took), reply in zip(self.taken, answered, strict=False):
            if reply is None:
                self.seen.lost += 1
                continue
            self.seen.first.append(first - _first_sentence(reply))
            self.seen.whole.append(took - PIECES * PIECE_SECONDS)


def _visible(update: object) -> bool:
    return isinstance(update, dict) and bool(update.get("visible"))


def _replies(record: Transcript) -> list[str | None]:
    """Return what followed each answer, None where nothing did."""
    turns = record.turns
    return [
        turns[place + 1].content if place + 1 < len(turns) else None
        for place, turn in enumerate(turns)
        if turn.by_candidate
    ]


def _first_sentence(reply: str) -> float:
    """Return after how many seconds the model has said so much that a sentence is complete."""
    size = math.ceil(len(reply) / PIECES)
    stream = SentenceStream("en")
    for piece in range(PIECES):
        stream, complete = stream.fed(reply[piece * size : (piece + 1) * size])
        if complete:
            return (piece + 1) * PIECE_SECONDS
    return PIECES * PIECE_SECONDS


@asynccontextmanager
async def coming(address: str, count: int, think: float, seen: Seen) -> AsyncIterator[list[Any]]:
    """Let candidates come, settle their interviews and hear the opening, a few at a time."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    transport = httpx.AsyncHTTPTransport(limits=limits)
    async with httpx.AsyncClient(
        base_url=address, transport=transport, timeout=PATIENCE
    ) as asking:
        config = (await asking.get("/config")).json()
        events, form = numbered(config), form_of(config)
        places = places_of(config, events["send"])
        door = asyncio.Semaphore(COMING_AT_ONCE)

        async def one(number: int) -> Candidate:
            client = httpx.AsyncClient(base_url=address, transport=transport, timeout=PATIENCE)
            visitor = Visitor(client, events, form)
            async with door:
                await visitor.arrive()
                await visitor.begin(MODEL)
                await visitor.hear()
            seen.come += 1
            return Candidate(visitor, places, think, random.Random(number), seen)

        yield await asyncio.gather(*map(one, range(count)))


@asynccontextmanager
async def _told(seen: Seen, count: int) -> AsyncIterator[None]:
    """Say every few seconds how far it is: hundreds take minutes to come."""

    async def tell() -> None:
        while True:
            await asyncio.sleep(TOLD_EVERY)
            click.echo(f"{seen.come} of {count} have come, {seen.taken} answers taken, "
                       f"{seen.refused} refused, {len(seen.failed)} failed", err=True)  # fmt: skip

    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        telling.cancel()


async def held(app: App, count: int, think: float, seconds: float) -> dict[str, object]:
    """Return what happened while so many answered for so long."""
    assert app.process is not None
    server, seen = psutil.Process(app.process.pid), Seen()
    async with _told(seen, count), coming(app.address, count, think, seen) as candidates:
        begun, before = time.monotonic(), sum(server.cpu_times()[:2])
        memory = server.memory_info().rss
        await asyncio.gather(*(one.answer(begun + seconds) for one in candidates))
        lasted, worked = time.monotonic() - begun, sum(server.cpu_times()[:2]) - before
        for start in range(0, count, COMING_AT_ONCE):
            await asyncio.gather(
                *(one.check() for one in candidates[start : start + COMING_AT_ONCE])
            )
        grown = server.memory_info().rss - memory
    return {
        "interviews": count, "think": think, **seen.document(lasted, worked),
        "memory_mb": round(server.memory_info().rss / 1e6), "grown_mb": round(grown / 1e6, 1),
    }  # fmt: skip


@click.command()
@click.option("--interviews", default=400, show_default=True)
@click.option("--think", default=20.0, show_default=True, help="Mean seconds before an answer.")
@click.option("--seconds", default=60.0, show_default=True, help="How long they answer.")
@click.option("--places", default=0, help="Turns at once; the app's own number when 0.")
def main(interviews: int, think: float, seconds: float, places: int) -> None:
    """Hold interviews, and print one JSON document."""
    script = Script(mode="echo", pieces=PIECES, chunk_seconds=PIECE_SECONDS)
    with tempfile.TemporaryDirectory() as home, running(script) as fake:
        chosen = {"INTERVIEWER_TURNS_AT_ONCE": str(places)} if places else {}
        app = App(Path(home), settings={
            "INTERVIEWER_MODEL": MODEL, "OPENAI_BASE_URL": fake.base_url, **chosen,
        })  # fmt: skip
        app.start()
        try:
            click.echo(json.dumps(asyncio.run(held(app, interviews, think, seconds))))
        finally:
            app.stop()


if __name__ == "__main__":
    main()
