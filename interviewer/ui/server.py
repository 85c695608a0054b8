"""The web server: one FastAPI application with the page mounted, and how it is started."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import resources
from typing import TYPE_CHECKING

import click
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from interviewer.errors import SetupError
from interviewer.privacy.sweeping import Sweeping
from interviewer.storage import SqlPeople
from interviewer.ui.admission import WAITING_EACH
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.doorkeeper import Doorkeeper
from interviewer.ui.downloads import add_downloads
from interviewer.ui.guarding import Guard
from interviewer.ui.intakes import Intakes
from interviewer.ui.judging import JudgingRoom
from interviewer.ui.observing import Observer, add_observing
from interviewer.ui.pages import add_pages
from interviewer.ui.pages.people_routes import add_people_pages
from interviewer.ui.pages.routes import studio_of
from interviewer.ui.score_sheets import SheetRoom
from interviewer.ui.study import Study
from interviewer.ui.trials import TrialRoom
from interviewer.ui.visitors import Visitors, open_visitors
from interviewer.wiring import (
    Settings,
    open_fetcher,
    open_identities,
    open_people,
    open_provider,
    prepare_home,
    quiet_environment,
)
from interviewer.wiring.logs import set_up_logs
from interviewer.wiring.telemetry import set_up_telemetry

if TYPE_CHECKING:
    from interviewer.ui.pages.openid import Elsewhere

# Linked, not given to Gradio as `css`, which would put its own selectors before ours.
HEAD = "".join((
    '<link rel="stylesheet" href="/own/app.css">',
    '<link rel="stylesheet" href="/own/report.css">',
    '<script src="/own/room.js" defer></script>',
    '<script src="/own/voice.js" defer></script>',
))  # fmt: skip

# Where people sign in, a candidate is told who looks on.
BESIDE = '<script src="/own/beside.js" defer></script>'


def build(settings: Settings, host: str = "127.0.0.1") -> FastAPI:
    """Return the application.

    Raises:
        ContentError: A content file is wrong.
        SetupError: The data folder or the database cannot be used.
    """
    prepare_home(settings)
    quiet_environment(settings)
    import gradio as gr

    from interviewer.ui.page import build_page

    alone = _is_loopback(host)
    desk = open_desk(settings, alone=alone)
    visitors = open_visitors(settings.home, accounts=settings.auth)
    people = open_people(desk.store) if settings.auth else None
    fetching = open_fetcher if settings.may_fetch(alone=desk.alone) else None
    study = Study(Collection(desk, settings, Intakes(desk.research), fetching))
    judges, sheets = JudgingRoom(desk), SheetRoom(desk)
    trials = TrialRoom(desk, studio_of(study))
    lifespan = _lifespan(desk, study, judges, sheets, trials)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    _add_routes(app, desk, visitors, settings)
    add_pages(app, study, visitors, judges, trials)
    if people is not None:
        add_people_pages(app, desk, people, visitors, sheets, _elsewhere(settings, desk))
    page = build_page(desk, visitors, judges, people)
    # Who stands in line is told so by our own admission; Gradio's queue is never the limit.
    page.max_threads = settings.turns_at_once * (1 + WAITING_EACH) + 100
    page.queue(max_size=page.max_threads, default_concurrency_limit=None, api_open=False)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="3mb",
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        enable_monitoring=False,
        blocked_paths=[str(settings.home / "index"), str(settings.home / "knowledge")],
        head=HEAD + (BESIDE if people else ""),
    )
    page.forget(app)
    _add_layers(app, visitors, people, host)
    return app


def _elsewhere(settings: Settings, desk: Desk) -> Elsewhere | None:
    """Return the service people may sign in with as well, None for passwords alone."""
    if settings.openid is None:
        return None
    provider = open_provider(settings.openid)
    # Its package is an extra.
    from interviewer.ui.pages.openid import Elsewhere

    return Elsewhere(provider, settings.openid.name, open_identities(desk.store))


def _add_layers(app: FastAPI, visitors: Visitors, people: SqlPeople | None, host: str) -> None:
    """Add what every request passes; the last is the first it meets."""
    if people is None:
        app.add_middleware(CookieGiver, visitors=visitors)
    else:
        app.add_middleware(Doorkeeper, people=people)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_hosts(host))
    app.add_middleware(Guard)
    app.add_middleware(Observer)


def _lifespan(
    desk: Desk, study: Study, judges: JudgingRoom, sheets: SheetRoom, trials: TrialRoom
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return what keeps to the retention period, and closes desk and study when the app stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        days = study.collection.settings.keep_days
        collection = study.collection
        sweeping = (
            Sweeping(
                desk.erasing(), days, idle=collection.check_idle, gone=collection.gone
            ).daily()
            if days
            else asyncio.sleep(0)
        )
        daily = asyncio.create_task(sweeping)
        yield
        daily.cancel()
        study.collection.close()
        await judges.close()
        await sheets.close()
        await trials.close()
        await desk.close()

    return lifespan


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _add_routes(app: FastAPI, desk: Desk, visitors: Visitors, settings: Settings) -> None:
    # Before the folder of files, whose addresses begin alike.
    add_downloads(app, desk, visitors)
    static = str(resources.files(__package__) / "static")
    app.mount("/own", StaticFiles(directory=static), name="own")
    add_observing(app, desk, settings)


def _hosts(host: str) -> list[str]:
    """Return the names under which the app may be asked; all of them when it listens on all."""
    try:
        everywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    return ["*"] if everywhere else ["127.0.0.1", "localhost", "[::1]", host]


def serve(settings: Settings, host: str, port: int) -> None:
    """Open the app and stay until it is stopped.

    Raises:
        SetupError: The port is taken, or the data folder cannot be used.
        ContentError: A content file is wrong.
    """
    import uvicorn

    _check_port(host, port)
    set_up_logs(settings.log_form, settings.log_level)
    set_up_telemetry(settings)
    app = build(settings, host)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Three Rounds is open on http://{shown}:{port} (Ctrl-C stops it).")
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                "Choose another with `interviewer serve --port`."
            ) from None
