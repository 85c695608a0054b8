"""Serves the app after writing down every route and event it has.

python -m tests.ui.listed FILE PORT
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.routing import Mount, Route

from interviewer.ui.server import build
from interviewer.wiring import Settings


def listing(app: FastAPI) -> dict[str, object]:
    """Return the app's own routes, the paths of the screen's library, and the page's events.

    Routes are method and pattern; events a number and the names of what is sent with them, for
    those that are handled here and not in the browser.
    """
    own = [
        (method, route.path_format)
        for route in app.routes
        if isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]
    (mounted,) = (route for route in app.routes if isinstance(route, Mount) and not route.path)
    gradio = []
    for route in mounted.app.routes:  # type: ignore[attr-defined]  # an application of Gradio's
        inner = getattr(route, "original_router", None)
        paths = [each.path for each in inner.routes] if inner else [route.path]
        gradio += [f"/gradio_api{p.removeprefix('/gradio_api')}" if inner else p for p in paths]
    functions = mounted.app.blocks.fns  # type: ignore[attr-defined]  # the same
    events = [
        (number, [part.elem_id for part in function.inputs])
        for number, function in functions.items()
        if function.fn is not None
    ]
    return {"routes": own, "gradio": gradio, "events": events}


if __name__ == "__main__":
    made = build(Settings.from_environment())
    Path(sys.argv[1]).write_text(json.dumps(listing(made)), encoding="utf-8")
    uvicorn.run(made, port=int(sys.argv[2]), log_level="error", access_log=False)
