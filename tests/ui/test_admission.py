"""More people than examiners: a line that moves, places that are told, answers that are kept."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

import httpx

from benchmarks.crowd import MODEL, Visitor, form_of, numbered
from interviewer.ui.admission import MOST_OF_ONE, WAITING_EACH, Admission
from interviewer.ui.words import words_for
from tests.fakes import Script, running
from tests.ui.running import App

ANSWER = "I moved our night run to a queue, and late files fell from 30 to 4 a month."


def test_who_comes_first_is_served_first() -> None:
    """Two speak, the third is told to be first in line and called when one of the two ends."""

    async def run() -> list[int]:
        admission, told = Admission(2), []
        async with AsyncExitStack() as inside, AsyncExitStack() as leaving:
            for stack in (inside, leaving):
                visit = await stack.enter_async_context(admission.visit("1"))
                assert [place async for place in admission.line(visit)] == []
            async with admission.visit("2") as third, admission.visit("3") as fourth:
                async for place in admission.line(third):
                    told.append(place)
                    await leaving.aclose()
                assert not fourth.called.is_set()
            assert admission.places == 2
            async with admission.visit("4") as fifth:
                assert fifth.called.is_set()
        return told

    assert asyncio.run(run()) == [1]


def test_who_leaves_the_line_holds_nobody_up() -> None:
    """A page that is closed while it waits gives its place to whoever is behind it."""

    async def run() -> None:
        admission = Admission(1)
        async with admission.visit("5"), AsyncExitStack() as waiting:
            await waiting.enter_async_context(admission.visit("6"))
            async with admission.visit("7") as behind:
                places = admission.line(behind)
                assert await anext(places) == 2
                await waiting.aclose()
                assert await anext(places) == 1

    asyncio.run(run())


def test_a_line_has_an_end() -> None:
    """When so many wait that it would take too long, nobody is let join; later they are."""

    async def run() -> None:
        admission = Admission(1)
        async with AsyncExitStack() as everybody:
            for _ in range(1 + WAITING_EACH):
                assert not admission.refuses("other")
                await everybody.enter_async_context(admission.visit("8"))
            assert admission.refuses("other")
        assert not admission.refuses("other")

    asyncio.run(run())


def test_one_visitor_does_not_take_every_place() -> None:
    """With so many turns on the way one visitor is refused, and nobody else."""

    async def run() -> None:
        admission = Admission(100)
        async with AsyncExitStack() as theirs:
            for _ in range(MOST_OF_ONE):
                assert not admission.refuses("one")
                await theirs.enter_async_context(admission.visit("one"))
            assert admission.refuses("one")
            assert not admission.refuses("another")
        assert not admission.refuses("one")

    asyncio.run(run())


async def _arrived(app: App, count: int) -> list[Visitor]:
    """Return visitors who have heard their first question."""
    async with httpx.AsyncClient(base_url=app.address, timeout=60) as asking:
        config = (await asking.get("/config")).json()
    visitors = []
    for _ in range(count):
        client = httpx.AsyncClient(base_url=app.address, timeout=60)
        visitors.append(Visitor(client, numbered(config), form_of(config)))
        await visitors[-1].arrive()
        await visitors[-1].begin(MODEL)
        await visitors[-1].hear()
    return visitors


async def _answered(visitor: Visitor) -> str:
    """Return all that a visitor is shown from an answer on."""
    shown = [
        json.dumps(data, ensure_ascii=False)
        async for _, data in visitor.told("send", visitor.session, ANSWER, "", "")
    ]
    return " ".join(shown)


async def _all_at_once(app: App, count: int) -> tuple[list[str], list[int]]:
    """Return what each is shown who answers at the same time, and how often it was kept.

    Before, one more has gone away in the middle of a reply, and its only place was free again.
    """
    gone, after, *visitors = await _arrived(app, count + 2)
    async with aclosing(gone.told("send", gone.session, ANSWER, "", "")) as told:
        await anext(told)
    await gone.client.aclose()
    assert words_for("en")["crowded"] not in await _answered(after)
    await after.client.aclose()
    shown = await asyncio.gather(*map(_answered, visitors))
    kept = []
    for visitor in visitors:
        turns = (await visitor.recorded()).turns
        kept.append(sum(turn.content == ANSWER for turn in turns))
        assert turns[-1].by_examiner
        await visitor.client.aclose()
    return shown, kept


def test_a_crowd_is_told_its_places_and_loses_nothing(tmp_path: Path) -> None:
    """One speaks, others are told where they stand and answered in turn, one is refused in words.

    What was taken is on record once, with its reply; what was refused is not, and stays typed.
    Who went away before holds nobody's place.
    """
    script = Script(mode="echo", pieces=10, chunk_seconds=0.1)
    with running(script) as fake:
        app = App(tmp_path, settings={
            "INTERVIEWER_MODEL": MODEL, "OPENAI_BASE_URL": fake.base_url,
            "INTERVIEWER_TURNS_AT_ONCE": "1",
        })  # fmt: skip
        app.start()
        try:
            shown, kept = asyncio.run(_all_at_once(app, WAITING_EACH + 2))
        finally:
            app.stop()
    words = words_for("en")
    refused = [words["crowded"] in text for text in shown]
    assert kept == [int(not out) for out in refused]
    assert sum(refused) == 1
    for place in range(1, WAITING_EACH + 1):
        assert any(words["in_line"].format(place=place) in text for text in shown), place
