"""`serve`: the browser app."""

from __future__ import annotations

import click

from interviewer.wiring import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=7860, show_default=True)
def serve(host: str, port: int) -> None:
    r"""Open the browser app.

    \b
    Examples:
      interviewer serve
      interviewer serve --port 8000
    """
    from interviewer.ui import serve as serve_app

    serve_app(Settings.from_environment(), host, port)
