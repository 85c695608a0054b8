"""The page as Gradio serves it, without what Gradio would keep of everybody who opens it.

Gradio makes a component anew for each part of each update, skipped ones too, and keeps it with a
description of the whole page for as long as it remembers the page: some 0.5 MB, and most of the
server's work. Nothing here reads them: every event brings what it needs, and the interview lies in
the store. So a page is given a state that lasts for one event, and updates are sent as they are.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components.base import _Keywords  # Gradio's own sign that a stream has ended
from gradio.state_holder import SessionState, StateHolder
from gradio.utils import get_upload_folder
from starlette.applications import Starlette

log = logging.getLogger(__name__)


class ForgetfulPage(gr.Blocks):
    """Blocks whose updates are sent as handlers say them; no component is made of them.

    Its components keep no state (`gr.State` would be lost), show no files, and are not `render`ed
    by events.
    """

    async def preprocess_data(
        self,
        block_fn: Any,
        inputs: list[Any],
        state: SessionState | None,
        explicit_call: bool = False,
    ) -> list[Any]:
        """Return what an event brings, as it was sent; files only where the event takes some.

        Gradio would open any file, or fetch any address, that the sender names in a value, before
        it looks at what the event takes. What was not uploaded here is no file.
        """
        self.validate_inputs(block_fn, inputs)
        if not block_fn.preprocess:
            return inputs
        uploaded = [value if _is_uploaded(value) else None for value in inputs]
        given: list[Any] = await super().preprocess_data(block_fn, uploaded, state, explicit_call)
        return given

    async def postprocess_data(
        self, block_fn: Any, predictions: object, state: SessionState | None
    ) -> list[Any]:
        """Return what an event says of each of its outputs, as the page understands it."""
        return [_sent(said) for said in _of_each(block_fn.outputs, predictions)]

    async def call_function(self, *given: Any, **named: Any) -> Any:
        """Call a handler; what fails in it that nobody foresaw is logged without its text.

        Gradio would print the exception with its text, which may quote what somebody wrote.
        """
        try:
            return await super().call_function(*given, **named)
        except gr.Error:
            raise
        except Exception:
            log.exception("An event of the page failed.")
            raise gr.Error("", print_exception=False) from None

    def forget(self, served: Starlette | None = None) -> None:
        """Let the applications the page is in remember nobody's page.

        Args:
            served: What it is mounted in. Mounting makes another application of the page than
                drawing it did, and it is that one whose events are run.
        """
        nobodys = _NobodysPages(self)
        mounted = (getattr(route, "app", None) for route in served.routes) if served else ()
        for app in (self.app, *mounted):
            if isinstance(app, gr.routes.App):
                app.state_holder = nobodys
        # Gradio checks which files may be read only once a page was launched, and a page that is
        # mounted never is.
        self.has_launched = True


def _is_uploaded(value: object) -> bool:
    """Whether a value is a file that somebody uploaded here."""
    path = value.get("path") if isinstance(value, Mapping) else None
    if not isinstance(path, str) or "\0" in path:
        return False
    place = Path(path).resolve()
    return place.is_relative_to(Path(get_upload_folder()).resolve()) and place.is_file()


def _of_each(outputs: Sequence[Any], said: Any) -> list[Any]:
    """Return what is said of each output in turn; nothing of those that are left out.

    Raises:
        ValueError: Something is said of another part, or of more or fewer parts than there are.
    """
    if isinstance(said, Mapping) and "__type__" not in said:
        if unknown := said.keys() - set(outputs):
            raise ValueError(f"These parts are no outputs of the event: {unknown}.")
        return [said.get(part, gr.skip()) for part in outputs]
    each = [said] if len(outputs) == 1 and not isinstance(said, list) else list(said or ())
    if len(each) != len(outputs):
        raise ValueError(f"The event has {len(outputs)} outputs, and {len(each)} were given.")
    return each


def _sent(said: object) -> object:
    """Return an update on the wire: properties as they are, and None once a stream has ended."""
    return None if said is _Keywords.FINISHED_ITERATING else said


class _NobodysPages(StateHolder):
    """Gives every event a state of its own, so that nothing of one can be met in another."""

    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Gradio's has no types
        self.set_blocks(blocks)

    def __getitem__(self, session_id: str) -> SessionState:
        return _Passing(self.blocks)


class _Passing(SessionState):
    """The page as it was drawn, for one event."""

    def __init__(self, blocks: gr.Blocks) -> None:
        # What Gradio's own does besides is to describe every component of the page.
        self.blocks_config = copy(blocks.default_config)
        self.config_values = {}
        self.state_data = {}
        self.is_closed = False

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Describe nothing: the description would be thrown away with the event."""
