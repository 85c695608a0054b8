"""Web pages as research: in with their address, unchanged when they say so, out when gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from interviewer.research import ResearchStore, SourceReport
from interviewer.research.sources import Source, is_address, pasted
from interviewer.research.web_sources import WebPages
from tests.fakes.hosts import Hosts, hosts
from tests.unit.test_research_ingest import Words

ROBOTS = "acme.test/robots.txt"


def said(*sentences: str, links: str = "", head: str = "") -> str:
    """Return a page with a paragraph a sentence."""
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a>{links}</nav>"
        f"<article><h1>Acme</h1>{body}</article></body></html>"
    )


PUMPS = "Acme makes pumps in Leeds and sells them to water companies all over the north."
STAFF = "Acme has four hundred people, most of them in the works beside the river in Leeds."


@dataclass(frozen=True)
class Desk:
    """A store, and the hosts its pages come from."""

    store: ResearchStore
    web: Hosts
    own: Path

    def take(
        self, *given: str | Path, site: bool = False, prune: bool = False
    ) -> list[SourceReport]:
        """Take pages in."""
        fetcher = self.web.fetcher()
        sources = [WebPages(g, fetcher, site) if isinstance(g, str) else g for g in given]
        return list(self.store.ingest("acme", sources, topic="nature", prune=prune))

    def files(self) -> dict[Path, bytes]:
        """Return what lies in the pack."""
        return {path: path.read_bytes() for path in self.own.rglob("*.md")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty store, and hosts without a page."""
    store = ResearchStore({}, tmp_path / "index", tmp_path / "own", Words())
    with hosts() as web:
        yield Desk(store, web, tmp_path / "own" / "acme")
    store.close()


@pytest.mark.parametrize(
    ("text", "known"),
    [("http://acme.test", True), (" HTTPS://acme.test", True), ("a.md", False), ("./http", False)],
)
def test_an_address_is_told_from_a_file(text: str, known: bool) -> None:
    """By how it begins."""
    assert is_address(text) == known


def test_a_page_goes_in_with_its_address_and_date(desk: Desk) -> None:
    """The passage's source is where the page was in the end; the page's own date counts."""
    head = "<meta property='article:published_time' content='2026-03-01T09:00:00Z'>"
    url = desk.web.page("www.acme.test/about", said(PUMPS, head=head))
    (report,) = desk.take(desk.web.leads("acme.test/", url))
    assert (report.source, report.skipped, report.date) == (url, None, "2026-03-01")
    (passage,) = desk.store.passages("acme")
    assert (passage.source, passage.date) == (url, "2026-03-01")
    assert "pumps" in passage.text


def test_a_page_that_says_the_same_changes_nothing(desk: Desk) -> None:
    """Also where its bytes differ at every visit, as with a number that only forms need."""
    url = desk.web.page("acme.test/", said(PUMPS))
    desk.take(url)
    before = desk.files()
    assert [report.unchanged for report in desk.take(url)] == [True]
    desk.web.page("acme.test/", said(PUMPS, head="<meta name='token' content='8317'>"))
    assert [report.unchanged for report in desk.take(url + "#top")] == [True]
    assert desk.files() == before


def test_a_page_that_changed_replaces_what_it_said(desk: Desk) -> None:
    """There is one document of an address, also where it is given another topic."""
    url = desk.web.page("acme.test/", said(PUMPS))
    desk.take(url)
    desk.web.page("acme.test/", said(STAFF))
    assert [report.unchanged for report in desk.take(url)] == [False]
    (passage,) = desk.store.passages("acme")
    assert "four hundred" in passage.text
    desk.web.page("acme.test/", said(STAFF, head="<meta name='token' content='8317'>"))
    desk.store.ingest("acme", [WebPages(url, desk.web.fetcher())], topic="scope")
    assert [found.topic for found in desk.store.passages("acme")] == ["scope"]


def test_pages_that_cannot_be_had_leave_the_others(desk: Desk, tmp_path: Path) -> None:
    """Each is reported with the reason, in the order they were given, files among them."""
    desk.web.page("closed.test/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    (tmp_path / "note.md").write_text(STAFF, encoding="utf-8")
    reports = desk.take(
        "http://user@acme.test/",
        desk.web.page("closed.test/", said(PUMPS)),
        desk.web.page("acme.test/data", b"{}", "application/json"),
        desk.web.page("acme.test/scripts", "<html><script>x()</script></html>"),
        tmp_path / "note.md",
        desk.web.url("acme.test/missing"),
        desk.web.page("acme.test/", said(PUMPS)),
    )
    reasons = [report.skipped or "" for report in reports]
    for reason, part in zip(
        reasons,
        ("holds a user name", "robots.txt", "is of the type application/json", "has no text", "",
         "is not there (404)", ""),
        strict=True,
    ):  # fmt: skip
        assert part in reason
        assert bool(part) == bool(reason)
    assert len(desk.store.passages("acme")) == 2


def test_the_pages_of_a_site_go_in_one_by_one(desk: Desk) -> None:
    """Each is a document of its own, and a page in two places is taken once."""
    links = "<a href='/staff'>Staff</a><a href='/same'>Same</a><a href='/none'>None</a>"
    url = desk.web.page("acme.test/", said(PUMPS, links=links))
    desk.web.page("acme.test/staff", said(STAFF), "text/html")
    desk.web.page("acme.test/same", said(STAFF))
    desk.web.page("acme.test/report.txt", "Acme sold pumps.", "text/plain")
    (alone,) = desk.take(url)
    reports = desk.take(url, site=True)
    assert alone.source == url
    assert [bool(report.skipped) for report in reports] == [False, False, True, True]
    assert "has the same text" in str(reports[2].skipped)
    assert {found.source for found in desk.store.passages("acme")} == {
        url, desk.web.url("acme.test/staff"),
    }  # fmt: skip


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_goes_out_where_that_is_asked(desk: Desk, status: int) -> None:
    """Only the one whose address was given, and only with prune."""
    one = desk.web.page("acme.test/one", said(PUMPS))
    two = desk.web.page("acme.test/two", said(STAFF))
    desk.take(one, two)
    for where in ("acme.test/one", "acme.test/two"):
        desk.web.page(where, status=status)
    (kept,) = desk.take(one)
    assert "is not there" in str(kept.skipped)
    assert len(desk.store.passages("acme")) == 2
    (gone,) = desk.take(one, prune=True)
    assert (gone.source, gone.removed, gone.skipped) == (one, True, None)
    assert [found.source for found in desk.store.passages("acme")] == [two]


def test_a_page_goes_out_by_the_address_it_was_given(desk: Desk) -> None:
    """Most addresses lead on, to www or https, before they lead to nothing."""
    url = desk.web.page("www.acme.test/about", said(PUMPS))
    given = desk.web.leads("acme.test/about", url)
    desk.take(given)
    desk.web.page("www.acme.test/about", status=404)
    (gone,) = desk.take(given, prune=True)
    assert (gone.source, gone.removed) == (url, True)
    assert desk.store.passages("acme") == ()


def test_a_host_is_the_same_with_and_without_its_last_signs(desk: Desk) -> None:
    """`http://acme.test`, `http://acme.test/` and `http://acme.test./` are one page."""
    url = desk.web.page("acme.test/", said(PUMPS))
    desk.take(url)
    for given in (url.removesuffix("/"), url.replace("acme.test", "ACME.test.")):
        (report,) = desk.take(given)
        assert (report.source, report.unchanged, report.skipped) == (url, True, None)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_page_that_is_kept_back_for_now_stays(desk: Desk, status: int) -> None:
    """A host's trouble is no reason to lose what it said."""
    url = desk.web.page("acme.test/", said(PUMPS))
    desk.take(url)
    desk.web.page("acme.test/", status=status)
    (report,) = desk.take(url, prune=True)
    assert f"answers {status}" in str(report.skipped)
    assert len(desk.store.passages("acme")) == 1


def test_pruning_a_folder_leaves_pages_alone(desk: Desk, tmp_path: Path) -> None:
    """And a page of a site that is not there takes nothing out that was given by itself."""
    links = "<a href='/staff'>Staff</a>"
    url = desk.web.page("acme.test/", said(PUMPS, links=links))
    desk.web.page("acme.test/staff", said(STAFF))
    desk.take(url, site=True)
    (tmp_path / "empty").mkdir()
    desk.take(tmp_path / "empty", prune=True)
    desk.web.page("acme.test/staff", status=404)
    desk.take(url, site=True, prune=True)
    assert len(desk.store.passages("acme")) == 2


def test_a_page_is_fetched_when_the_one_before_has_been_read(desk: Desk) -> None:
    """Pages come one at a time; none is waited for before the first is reported."""
    url = desk.web.page("acme.test/", said(PUMPS, links="<a href='/staff'>Staff</a>"))
    desk.web.page("acme.test/staff", said(STAFF))
    asked: list[list[str]] = []
    pages = WebPages(url, desk.web.fetcher(), site=True)
    desk.store.ingest("acme", [pages], told=lambda report: asked.append(list(desk.web.asked)))
    assert asked == [
        [ROBOTS, "acme.test/"], [ROBOTS, "acme.test/", "acme.test/staff"],
    ]  # fmt: skip


def in_time(call: Callable[[], object]) -> bool:
    """Return whether a call in another thread comes to its end."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(15)
    return not thread.is_alive()


@pytest.mark.parametrize("known", [True, False])
def test_whoever_asks_does_not_wait_for_a_slow_host(desk: Desk, known: bool) -> None:
    """While pages come, what was there before is found, and nothing of what is coming."""
    if known:
        desk.take(desk.web.page("acme.test/", said(PUMPS)))
    else:
        desk.own.mkdir(parents=True)
    seen: list[int] = []

    def coming() -> Iterator[Source]:
        yield pasted(STAFF, "Staff")
        assert in_time(lambda: seen.append(len(desk.store.passages("acme"))))
        yield pasted("Acme was founded by two brothers in 1950.", "History")

    reports = desk.store.ingest("acme", [coming()])
    assert [report.skipped for report in reports] == [None, None]
    assert seen == [int(known)]
    assert len(desk.store.passages("acme")) == 2 + known


def test_two_who_take_in_at_once_take_turns(desk: Desk) -> None:
    """The second begins when the first is done, and both go in."""
    first, begun = desk.web.page("acme.test/", said(PUMPS)), threading.Event()

    def coming() -> Iterator[Source]:
        begun.set()
        yield pasted(STAFF, "Staff")
        yield from WebPages(first, desk.web.fetcher())

    thread = threading.Thread(target=lambda: desk.store.ingest("acme", [coming()]), daemon=True)
    thread.start()
    assert begun.wait(15)
    desk.store.ingest("acme", [pasted("Acme was founded by two brothers in 1950.", "History")])
    thread.join(30)
    assert len(desk.store.passages("acme")) == 3
