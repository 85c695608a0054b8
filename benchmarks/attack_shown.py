"""What attacks do to a browser: shown as chat, report and evaluation to a real Chromium.

Each page is served without any policy of ours, which a browser would only add. Addresses in the
texts are the sink's, and whatever is asked of it, of another host, or runs is counted. A page with
ways we know of, raw, is shown first: where it reports nothing, the sink is deaf.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import click
from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.screenshots import FLAGS
from interviewer.assessment import assess
from interviewer.assessment.report import report_page
from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding
from interviewer.evaluation.report import Evaluation
from interviewer.evaluation.reports.embedding import shown_transcript
from interviewer.evaluation.reports.page import evaluation_page
from interviewer.evaluation.reports.sightings import Sighting
from interviewer.interview.session import new_transcript
from interviewer.transcript import Turn
from interviewer.ui.drawing import draw_chat
from interviewer.ui.view import room_view
from interviewer.ui.words import words_for
from interviewer.wiring import Settings, open_library

# Zero-click ways to ask another server for something; SINK is its address.
VECTORS = (
    "![x](SINK/md)", "[![x](SINK/linked)](SINK/link)", "<img src=SINK/img>", "<video src=SINK/v>",
    "<video poster=SINK/poster>", "<audio src=SINK/a autoplay>", '<img srcset="SINK/set 1x">',
    "<svg><image href=SINK/svg></svg>", '<p style="background-image:url(SINK/css)">x</p>',
    "<link rel=stylesheet href=SINK/link>", "<iframe src=SINK/frame></iframe>",
    "<object data=SINK/object></object>", "<script src=SINK/script></script>",
    "<meta http-equiv=refresh content='0;url=SINK/meta'>", "<input type=image src=SINK/input>",
    "<img src=x onerror=fetch('SINK/onerror')>", "<style>@import 'SINK/import';</style>",
    "<table background=SINK/table><tr><td>x</td></tr></table>", "<embed src=SINK/embed>",
)  # fmt: skip
_HOST = re.compile(r"(?:https?:)?//[\w.@-]+(?::\d+)?", re.IGNORECASE)
_TOGETHER = 150


def shown_in_browser(texts: Sequence[str]) -> bool:
    """Show texts in every page, print what the sink was asked, and return whether it was."""
    with _sink() as (address, pages, asked), sync_playwright() as play:
        aimed = [_HOST.sub(address, text) for text in texts]
        raw = [vector.replace("SINK", address) for vector in VECTORS]
        aimed += raw
        library = open_library(Settings.from_environment())
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        heard = _visited(page, address, pages, asked, "<!doctype html>" + "\n".join(raw))
        click.echo(f"{len(raw)} ways raw, as a control | the sink was asked {heard} times")
        reached = 0
        for start in range(0, len(aimed), _TOGETHER):
            for shown in _pages(library, aimed[start : start + _TOGETHER]):
                reached += _visited(page, address, pages, asked, shown)
        browser.close()
    click.echo(
        f"{len(aimed)} texts in chat, report and evaluation | the sink was asked {reached} times"
    )
    return bool(reached) or not heard


def _pages(library: Library, texts: Sequence[str]) -> Iterator[str]:
    """Yield the pages in which texts stand: as answers, as a model's replies, as findings."""
    from benchmarks.speaking import Bench

    made = Bench(Settings.from_environment())
    begun = new_transcript("attacked", made.plan("brightwell", 1), model="openai:m")
    first = made.plan("brightwell", 1).rounds[0].id
    turns = []
    for number, text in enumerate(texts):
        turns += [
            Turn(2 * number + 1, "assistant", text, name="hr", round=first),
            Turn(2 * number + 2, "user", text, round=first),
        ]
    transcript = replace(begun, turns=tuple(turns))
    words = words_for("en")
    yield _bare(draw_chat(room_view(transcript, library, words), words, busy=False))
    yield _bare(report_page(assess(transcript, library), transcript))
    found = [
        Sighting(n, 1, text, text, text, "1", _finding(2 * n + 1, text))
        for n, text in enumerate(texts)
    ]
    shown = shown_transcript(1, "chats.jsonl", transcript, found)
    yield _bare(evaluation_page(Evaluation((), (), ()), found, [shown]))


def _finding(seq: int, text: str) -> Finding:
    return Finding(seq, "words", text, "minor", text, text)


def _bare(page: str) -> str:
    """Return a page without its own policy."""
    return re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)


def _visited(page: Page, address: str, pages: dict[str, str], asked: list[str], shown: str) -> int:
    """Open a page and return how often it asked for anything, or ran what it must not."""
    pages["/shown"] = shown
    asked.clear()
    strange: list[str] = []

    def seen(request: Request) -> None:
        inside = request.url.startswith((f"{address}/shown", "data:", "blob:"))
        if not inside:
            strange.append(request.url)

    def ran(dialog: object) -> None:
        strange.append("dialog")
        dialog.dismiss()  # type: ignore[attr-defined]  # Playwright's

    page.on("request", seen)
    page.on("dialog", ran)
    page.goto(f"{address}/shown", wait_until="load")
    page.wait_for_timeout(500)
    page.remove_listener("request", seen)
    page.remove_listener("dialog", ran)
    own = [url for url in strange if not url.endswith("/favicon.ico")]
    for url in own[:5]:
        click.echo(f"  asked: {url[:120]}", err=True)
    return len(own)


@contextmanager
def _sink() -> Iterator[tuple[str, dict[str, str], list[str]]]:
    pages: dict[str, str] = {}
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode("utf-8", "replace")
            if self.path not in pages:
                asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            with suppress(OSError):  # a browser that moved on
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", pages, asked
    finally:
        server.shutdown()
