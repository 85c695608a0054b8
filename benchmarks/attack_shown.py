"""What attacks do to a browser: shown in every page and export to a real Chromium.

Each page is served without any policy of ours, which a browser would only add. Addresses in the
texts are the sink's, and whatever is asked of it, of another host, or runs is counted. A page with
ways we know of, raw, is shown first: where it reports nothing, the sink is deaf.
`python -m benchmarks.attack_shown --corpora FOLDER` shows all texts and holds no interviews.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
from markdown_it import MarkdownIt
from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.attack_corpora import FILE, corpora
from benchmarks.screenshots import FLAGS
from interviewer.assessment import Assessment, assess
from interviewer.assessment.coach import coach_view
from interviewer.assessment.report import report_markdown, report_page
from interviewer.content.library import Library
from interviewer.evaluation.metric import Finding
from interviewer.evaluation.report import Evaluation
from interviewer.evaluation.reports.embedding import shown_transcript
from interviewer.evaluation.reports.page import evaluation_page
from interviewer.evaluation.reports.sightings import Sighting
from interviewer.interview.session import new_transcript
from interviewer.people.accounts import Account
from interviewer.people.remarks import Remark
from interviewer.transcript import Transcript, Turn
from interviewer.ui.coaching import watched
from interviewer.ui.drawing import draw_chat
from interviewer.ui.pages.asking import Asking
from interviewer.ui.pages.drawing import drawn
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
# Of a text nothing like this is left, since its signs are escaped.
_OWN = re.compile(
    r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>"
    r"|<link rel=\"stylesheet\" href=\"/own/[^>]*>|<script src=\"/own/[^>]*></script>"
)


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
        f"{len(aimed)} texts in chat, report, its Markdown, coach's pages and evaluation | "
        f"the sink was asked {reached} times"
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
    report = assess(transcript, library)
    yield _bare(report_page(report, transcript))
    # As an export opened elsewhere: by a reader that lets HTML through.
    yield (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(report_markdown(report, transcript))
    )
    yield from map(_bare, _coachs(transcript, report, texts))
    found = [
        Sighting(n, 1, text, text, text, "1", _finding(2 * n + 1, text))
        for n, text in enumerate(texts)
    ]
    shown = shown_transcript(1, "chats.jsonl", transcript, found)
    yield _bare(evaluation_page(Evaluation((), (), ()), found, [shown]))


def _coachs(transcript: Transcript, report: Assessment, texts: Sequence[str]) -> Iterator[str]:
    """Yield what a coach sees: the interview with remarks, and the report with a coach's view."""
    ann = Account(1, texts[0][:40], "coach:1", "coach")
    who = Asking("coach:1", "en", words_for("en"), ann)
    said = [
        Remark("comment", f"turn:{2 * n + 2}", text, text, by=text, at="2026-01-02T00:00:00Z")
        for n, text in enumerate(texts)
    ]
    seen = watched(transcript, [*said, replace(said[0], about="interview")], report)
    yield drawn("coach_session", who, {
        "at": "coach", "employer": None, "session": transcript.id, "seen": seen, "to_rate": (),
        "blind": False, "names": (texts[0], texts[-1]), "coach": True, "over": False,
        "candidate": ann,
    })  # fmt: skip
    yield report_page(report, transcript, coach=coach_view(report, transcript))


def _finding(seq: int, text: str) -> Finding:
    return Finding(seq, "words", text, "minor", text, text)


def _bare(page: str) -> str:
    """Return a page without its own policy, style and script."""
    return _OWN.sub("", page)


def _visited(page: Page, address: str, pages: dict[str, str], asked: list[str], shown: str) -> int:
    """Open a page and return how often it asked for anything, or ran what it must not.

    A link that would run something when it is clicked counts as well.
    """
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
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    strange += [link for link in links if not link.startswith(("http:", "https:"))]
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


@click.command()
@click.option("--corpora", "folder", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--most", default=10_000, show_default=True, help="Texts of each corpus.")
def main(folder: Path, most: int) -> None:
    """Show texts in every page and export; code 4 when the sink is asked for anything."""
    found = corpora(folder, most).values()
    texts = [case.text for cases in found for case in cases if case.use != FILE]
    raise SystemExit(4 if shown_in_browser(texts) else 0)


if __name__ == "__main__":
    main()
