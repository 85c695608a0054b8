"""Looking in from outside: whether the app is alive and ready, what it measures, each request."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import shutil
import time
from pathlib import Path

from fastapi import FastAPI
from opentelemetry import metrics
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.errors import InterviewerError
from interviewer.ui.desk import Desk
from interviewer.wiring.settings import Settings

log = logging.getLogger(__name__)
# With less an answer may not find room; SQLite's log and an index being made need some at once.
LEAST_FREE = 50_000_000
_PATIENCE = 5.0
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_took = metrics.get_meter("interviewer").create_histogram(
    "http.server.request.duration",
    unit="s",
    description="How long answering a request took",
    explicit_bucket_boundaries_advisory=list(_BOUNDS),
)


def add_observing(app: FastAPI, desk: Desk, settings: Settings) -> None:
    """Add the addresses that machines look at."""

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        found = await readiness(desk, settings.home)
        ready = all(word == "ok" for word in found.values())
        return JSONResponse(found, status_code=200 if ready else 503)

    if settings.metrics is not None:
        _add_metrics(app, everybody=settings.metrics == "all")


async def readiness(desk: Desk, home: Path) -> dict[str, str]:
    """Return of each part a turn needs whether it is there, in a word and without details."""
    return {
        "database": await _answers(desk),
        "content": "ok" if desk.library.personas and desk.library.packs else "missing",
        "disk": _room(home),
    }


async def _answers(desk: Desk) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            await desk.store.ping()
    except (InterviewerError, TimeoutError):
        return "down"
    return "ok"


def _room(home: Path) -> str:
    try:
        return "ok" if shutil.disk_usage(home).free >= LEAST_FREE else "full"
    except OSError:
        return "missing"


def _add_metrics(app: FastAPI, *, everybody: bool) -> None:
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    @app.get("/metrics")
    async def told(request: Request) -> Response:
        if not everybody and not _is_here(request):
            return PlainTextResponse("There is nothing here.", status_code=404)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _is_here(request: Request) -> bool:
    """Return whether a program on this machine asks, and not through a proxy for another."""
    if "x-forwarded-for" in request.headers or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class Observer:
    """ASGI middleware: measures each request by its route; addresses hold ids, routes do not."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and take down what came of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - begun
            method, route = scope["method"], route_of(scope)
            about = {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
            }
            _took.record(seconds, about)
            level = logging.WARNING if status >= 500 else logging.INFO
            ms = round(1000 * seconds)
            told = {"method": method, "route": route, "status": status, "ms": ms}
            log.log(level, "Request answered.", extra=told)


def route_of(scope: Scope) -> str:
    """Return the pattern of the route a request took, `screen` for the screen's library."""
    pattern = getattr(scope.get("route"), "path_format", None)
    return pattern if isinstance(pattern, str) and not scope.get("root_path") else "screen"
