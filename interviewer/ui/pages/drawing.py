"""Draws a page from its template; everything in it is escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.responses import HTMLResponse

from interviewer.evaluation.reports.marking import visible
from interviewer.ui.drawing import draw_account_way
from interviewer.ui.pages.asking import Asking
from interviewer.ui.passage_text import blocks_of
from interviewer.ui.words import day

# Nothing but this server's own files is loaded, and no script that stands in a page is run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# A report that is a page of its own, with its style inside.
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def _environment() -> Environment:
    folder = resources.files("interviewer.ui") / "templates" / "pages"

    def source(name: str) -> str:
        return (folder / f"{name}.html.j2").read_text(encoding="utf-8")

    made = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["blocks_of"] = blocks_of
    made.filters["visible"] = visible
    made.filters["as_json"] = _as_json
    made.globals["day"] = day
    return made


def _as_json(value: object) -> str:
    """Return what another program wrote, as it wrote it."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_inner)


def _inner(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


def page(
    name: str, who: Asking, values: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """Return a page.

    Args:
        name: Its template.
        who: For whom it is.
        values: What the template shows.
        status: Of the response.
    """
    return HTMLResponse(
        # Half of a surrogate pair has no UTF-8, and must not keep a page from being drawn.
        drawn(name, who, values).encode("utf-8", errors="backslashreplace"),
        status_code=status,
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"},
    )


def drawn(name: str, who: Asking, values: Mapping[str, object]) -> str:
    """Return what a template makes of values, for a page or for print."""
    return (
        _environment()
        .get_template(name)
        .render(
            w=who.words,
            lang=who.language,
            account=who.account,
            account_way=draw_account_way(who.account, who.words, str(values.get("at", ""))),
            **values,
        )
    )


def refusal(who: Asking, sentence: str, *, status: int = 400) -> HTMLResponse:
    """Return a page that says why something cannot be done."""
    return page("refused", who, {"sentence": sentence, "at": "", "employer": None}, status=status)
