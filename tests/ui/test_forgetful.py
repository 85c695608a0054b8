"""The page that keeps nothing of whoever opens it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from gradio.components.base import _Keywords

from interviewer.ui.forgetful import ForgetfulPage
from tests.ui.running import App
from tests.ui.test_server import get


class Drawn:
    """A page of two parts with one event, mounted as the app mounts its own."""

    def __init__(self) -> None:
        with ForgetfulPage() as self.page:
            self.box = gr.Textbox()
            self.told = gr.HTML()
            self.box.submit(lambda text: text, self.box, [self.box, self.told], preprocess=False)
        self.page.app = gr.routes.App.create_app(self.page)
        self.page.forget()

    async def sent(self, said: object) -> list[Any]:
        """Return what goes to the page when its event says something."""
        told: list[Any] = await self.page.postprocess_data(self.page.fns[0], said, None)
        return told


def test_an_event_tells_what_changed_and_skips_the_rest() -> None:
    """A part that is not named stays as it is; the end of a stream says nothing of its own."""

    async def run() -> None:
        drawn = Drawn()
        assert await drawn.sent({drawn.told: "new"}) == [gr.skip(), "new"]
        changed = gr.update(label="New", interactive=False)
        assert await drawn.sent([changed, gr.skip()]) == [changed, gr.skip()]
        assert await drawn.sent([_Keywords.FINISHED_ITERATING] * 2) == [None, None]

    asyncio.run(run())


def test_what_is_no_output_is_refused() -> None:
    """A part that was forgotten in the event's list, or one too few, is not lost silently."""

    async def run() -> None:
        drawn, stranger = Drawn(), Drawn().told
        with pytest.raises(ValueError, match="no outputs"):
            await drawn.sent({stranger: "x"})
        with pytest.raises(ValueError, match="2 outputs"):
            await drawn.sent(["x"])

    asyncio.run(run())


def test_nothing_of_one_event_is_met_in_another() -> None:
    """What one event leaves in its state is not there for the next, of the same page even."""

    async def run() -> None:
        drawn = Drawn()
        holder, box = drawn.page.app.state_holder, drawn.box
        first = holder["somebody"]
        first[box._id] = gr.Textbox("typed by somebody", render=False)
        first._update_value_in_config(box._id, "typed by somebody")
        again = holder["somebody"]
        assert again[box._id] is box
        assert not list(again.components)
        assert "somebody" not in holder

    asyncio.run(run())


def test_the_page_has_nothing_that_would_have_to_be_remembered(app: App) -> None:
    """No part of it is Gradio's server-side state, which would be lost."""
    config = json.loads(get(app, "/config")[2])
    assert {part["type"] for part in config["components"]}.isdisjoint({"state", "browserstate"})


def test_the_application_that_is_served_remembers_nobody() -> None:
    """Mounting makes an application of its own, and its events leave no page behind either."""

    async def run() -> None:
        drawn, served = Drawn(), FastAPI()
        gr.mount_gradio_app(served, drawn.page, path="/")
        drawn.page.forget(served)
        (mounted,) = [
            route.app
            for route in served.routes
            if isinstance(getattr(route, "app", None), gr.routes.App)
        ]
        assert mounted is not drawn.page.app
        assert mounted.state_holder["a"] is not mounted.state_holder["a"]
        assert len(mounted.state_holder.session_data) == 0

    asyncio.run(run())
