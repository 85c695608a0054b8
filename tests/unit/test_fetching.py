"""What fetching a page promises: nowhere it must not go, nothing too long or too large."""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from interviewer.errors import InputError
from interviewer.research.fetching import Fetcher, GoneError, Page, Refused, is_public, pages_of
from tests.fakes.hosts import Hosts, dripping, hosts

ROBOTS = "acme.test/robots.txt"
PAGE = "<html><body><p>Acme makes pumps.</p></body></html>"


@pytest.fixture
def web() -> Iterator[Hosts]:
    """Hosts without any page."""
    with hosts() as served:
        yield served


class Waits(httpcore.SyncBackend):
    """Connects as ever, and remembers how long it was to wait instead of waiting."""

    def __init__(self) -> None:
        """Begin without a wait."""
        self.waits: list[float] = []
        self.connected: list[str] = []

    def connect_tcp(self, host: str, *more: object, **named: object) -> httpcore.NetworkStream:
        """Remember where to."""
        self.connected.append(host)
        return super().connect_tcp(host, *more, **named)  # type: ignore[arg-type]  # passed on

    def sleep(self, seconds: float) -> None:
        """Remember."""
        self.waits.append(seconds)


def why(fetcher: Fetcher, url: str) -> str:
    """Return why a page is not fetched."""
    with pytest.raises(InputError) as caught:
        fetcher.fetch(url)
    return str(caught.value)


def test_a_page_comes_with_address_type_and_bytes(web: Hosts) -> None:
    """The host is told who asks; text is UTF-8 with a mark where the host names an encoding."""
    url = web.page("acme.test/jobs?x=1", PAGE)
    page = web.fetcher().fetch(url + "#top")
    assert page == Page(url, "text/html", b"\xef\xbb\xbf" + PAGE.encode())
    assert page.name == "jobs.html"
    assert web.asked == ["acme.test/robots.txt", "acme.test/jobs?x=1"]
    assert "User-Agent: three-rounds/" in web.heads[1]


@pytest.mark.parametrize(
    ("kind", "sent", "got"),
    [
        ("text/html; charset=GB2312", "镕基".encode("gb18030"), "\ufeff镕基".encode()),
        ('text/plain; charset="big5"', "公司".encode("big5"), "\ufeff公司".encode()),
        ("text/html; charset=utf-8", b"\xff\xfe\xfd", b"\xff\xfe\xfd"),
        ("text/html; charset=punycode", b"a-b", b"a-b"),
        ("text/html; charset=none", b"a", b"a"),
        ("text/html", b"a", b"a"),
        ("application/pdf; charset=utf-8", b"%PDF-", b"%PDF-"),
    ],
)
def test_the_hosts_word_on_the_encoding_counts(
    web: Hosts, kind: str, sent: bytes, got: bytes
) -> None:
    """It is believed where it is true and the encoding is one of the web."""
    assert web.fetcher().fetch(web.page("acme.test/a", sent, kind)).data == got


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("", "text/html", "acme.test.html"),
        ("a/b/", "text/html", "b.html"),
        ("about.htm", "text/html", "about.html"),
        ("report.pdf", "application/pdf", "report.pdf"),
        ("notes", "text/plain", "notes.txt"),
        ("v1.2", "text/markdown", "v1.2.md"),
    ],
)
def test_a_page_has_a_file_name(web: Hosts, path: str, kind: str, name: str) -> None:
    """The ending says the type that the host named."""
    assert web.fetcher().fetch(web.page(f"acme.test/{path}", b"x", kind)).name == name


@pytest.mark.parametrize("private", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"])
@pytest.mark.parametrize("first", [(), ("93.184.215.14",)])
def test_a_host_with_one_private_address_is_not_asked(
    web: Hosts, private: str, first: tuple[str, ...]
) -> None:
    """One public address beside it does not help; nothing is connected to."""
    fetcher = web.fetcher(resolve=lambda host: (*first, private), allowed=is_public)
    assert "acme.test is not on the open internet." in why(fetcher, web.url("acme.test/"))
    assert web.asked == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "[64:ff9b::7f00:1]"]
)
def test_an_address_for_a_host_is_checked_like_a_name(web: Hosts, host: str) -> None:
    """With the real look-up and the real rule."""
    assert "not on the open internet" in why(Fetcher(ports=None), f"http://{host}:{web.port}/")
    assert web.asked == []


@pytest.mark.parametrize(
    "to",
    ["http://inner.test/", "//inner.test/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/",
     "file:///etc/passwd", "http://user@other.test/", "http://localhost/", "http://[", "ftp://other.test"],
)  # fmt: skip
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_page_that_leads_to_a_closed_place_is_not_followed(
    web: Hosts, to: str, status: int
) -> None:
    """Every place it leads to is checked like the first."""
    addresses = {"acme.test": "127.0.0.1", "inner.test": "10.0.0.1", "other.test": "127.0.0.1"}
    fetcher = web.fetcher(
        resolve=lambda host: (addresses.get(host, host),),
        allowed=lambda address: address == "127.0.0.1" and to != "http://127.0.0.1/",
    )
    if to == "http://127.0.0.1/":
        fetcher = web.fetcher(
            resolve=lambda host: ("127.0.0.2" if host == "127.0.0.1" else "127.0.0.1",),
            allowed=lambda address: address == "127.0.0.1",
        )
    asked = why(fetcher, web.leads("acme.test/a", to, status))
    assert asked
    assert web.asked == ["acme.test/robots.txt", "acme.test/a"]


def test_a_port_is_checked_wherever_a_page_leads(web: Hosts) -> None:
    """A database's port is not connected to."""
    assert "names port 6379" in why(Fetcher(), "http://acme.test:6379/")
    fetcher = web.fetcher(ports=frozenset({web.port}))
    assert "names port 6379" in why(fetcher, web.leads("acme.test/", "http://acme.test:6379/"))


def test_a_host_that_changes_its_mind_gains_nothing(web: Hosts) -> None:
    """It is looked up once a page, and what was checked is what is connected to."""
    backend, answers = Waits(), iter([("127.0.0.1",), ("10.0.0.1",)])
    fetcher = web.fetcher(
        resolve=lambda host: next(answers), allowed=lambda address: address == "127.0.0.1",
        backend=backend,
    )  # fmt: skip
    url = web.leads("acme.test/", web.page("acme.test/b", PAGE))
    assert fetcher.fetch(url).url == web.url("acme.test/b")
    assert backend.connected == ["127.0.0.1"] * 3
    assert "not on the open internet" in why(fetcher, url)
    assert len(backend.connected) == 3


def test_the_next_address_is_tried_where_one_does_not_answer(web: Hosts) -> None:
    """A host with a broken address is still read; with none but such, the reason is told."""
    url = web.page("acme.test/", PAGE)
    both = web.fetcher(resolve=lambda host: ("::1", "127.0.0.1"))
    assert both.fetch(url).url == url
    none = web.fetcher(resolve=lambda host: ("::1",))
    assert "cannot be fetched (" in why(none, url)


def test_a_host_that_is_not_known_is_told(web: Hosts) -> None:
    """Whether the look-up fails, cannot spell it, or gives nothing."""

    def fails(host: str) -> tuple[str, ...]:
        raise socket.gaierror(-2, "Name or service not known")

    def misspelt(host: str) -> tuple[str, ...]:
        raise UnicodeError("label too long")

    for resolve in (fails, misspelt, lambda host: ()):
        assert "acme.test is not known" in why(web.fetcher(resolve=resolve), "http://acme.test/")


def test_a_look_up_that_takes_long_is_left() -> None:
    """The system's look-up has no deadline of its own."""
    over = threading.Event()

    def waits(host: str) -> tuple[str, ...]:
        over.wait(20)
        return ()

    assert "took over 0.2 seconds" in why(Fetcher(resolve=waits, seconds=0.2), "http://acme.test/")
    over.set()


HEAD = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
# Without a time in it, or every process would collect another test.
CUT_SHORT = gzip.compress(b"abcdef" * 99, mtime=0)[:-9]
PACKED = HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"", mtime=0)[:10]


@pytest.mark.parametrize(
    "answer",
    [
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 200 X\r\n", b"X-More: 1\r\n"),
        dripping(HEAD + b"\r\n", b"a"),
        dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        dripping(PACKED, b"\0\0\0\xff\xff"),
    ],
)
@pytest.mark.parametrize("where", ["acme.test/", ROBOTS])
def test_an_answer_in_drops_is_left_at_the_deadline(
    web: Hosts, answer: object, where: str
) -> None:
    """One time for all of it, whichever part is slow."""
    web.answers[where] = answer  # type: ignore[assignment]  # a list of either kind
    assert "took over 0.5 seconds" in why(web.fetcher(seconds=0.5), web.url("acme.test/"))


def test_the_time_counts_over_all_a_page_leads_to(web: Hosts) -> None:
    """Five slow answers are not five deadlines."""

    def slow(connection: socket.socket) -> None:
        threading.Event().wait(0.3)
        connection.sendall(b"HTTP/1.1 302 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    web.answers["acme.test/"] = slow
    assert "took over 0.7 seconds" in why(web.fetcher(seconds=0.7), web.url("acme.test/"))


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"a" * 10_001, {}),
        (gzip.compress(bytes(50_000_000), mtime=0), {"Content_Encoding": "gzip"}),
        (gzip.compress(b"a", mtime=0) + bytes(10_000), {"Content_Encoding": "x-gzip"}),
    ],
)
def test_a_page_over_the_limit_is_left(web: Hosts, body: bytes, more: dict[str, str]) -> None:
    """Packed or not; of a bomb no more is unpacked than the limit."""
    url = web.page("acme.test/", body, **more)
    fetcher = web.fetcher(most_bytes=10_000)
    assert "is over 0 MB" in why(fetcher, url)


def test_the_largest_page_is_read(web: Hosts) -> None:
    """The limit itself is allowed, packed and not."""
    body = b"a" * 10_000
    fetcher = web.fetcher(most_bytes=10_000)
    for more in ({}, {"Content_Encoding": "gzip"}):
        sent = gzip.compress(body, mtime=0) if more else body
        assert fetcher.fetch(web.page("acme.test/", sent, "text/plain", **more)).data == body


@pytest.mark.parametrize(
    ("more", "body", "says"),
    [
        ({"Content_Encoding": "br"}, b"x", "packed in a way"),
        ({"Content_Encoding": "gzip, gzip"}, b"x", "packed in a way"),
        ({"Content_Encoding": "gzip"}, b"not gzip", "cannot be fetched"),
        (
            {"Content_Encoding": "gzip"},
            gzip.compress(b"abcdef" * 99, mtime=0)[:-9],
            "ends too early",
        ),
    ],
)
def test_a_packed_page_that_cannot_be_unpacked_is_told(
    web: Hosts, more: dict[str, str], body: bytes, says: str
) -> None:
    """Nothing half read is taken for a page."""
    assert says in why(web.fetcher(), web.page("acme.test/", body, **more))


@pytest.mark.parametrize(
    "kind",
    ["", "image/png", "application/json", "application/octet-stream", "text/css", "text",
     "application/zip", "text/html-x", "\x1b[31m"],
)  # fmt: skip
def test_another_type_is_refused_before_it_is_read(web: Hosts, kind: str) -> None:
    """The body is not waited for."""
    head = f"HTTP/1.1 200 X\r\nContent-Type: {kind}\r\nContent-Length: 99\r\n\r\n"
    web.answers["acme.test/"] = head.encode()
    said = why(web.fetcher(), web.url("acme.test/"))
    assert "type" in said or "cannot be fetched" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
     b"Content-Length: 50\r\n\r\nshort", b"HTTP/1.1 200 X\r\nA: " + b"a" * 300_000],
)  # fmt: skip
def test_a_broken_answer_is_a_sentence(web: Hosts, answer: bytes) -> None:
    """Another service, a connection that breaks, a head without end."""
    web.answers["acme.test/"] = answer
    assert "cannot be fetched (" in why(web.fetcher(), web.url("acme.test/"))


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_told_apart(web: Hosts, status: int) -> None:
    """Only that says that what came from it may go."""
    with pytest.raises(GoneError, match=f"is not there \\({status}\\)"):
        web.fetcher().fetch(web.page("acme.test/", status=status))


def test_a_page_that_is_gone_is_known_by_where_it_was(web: Hosts) -> None:
    """That is the address its passages have, whatever address leads there."""
    gone = web.page("www.acme.test/about", status=404)
    with pytest.raises(GoneError) as caught:
        web.fetcher().fetch(web.leads("acme.test/about", gone))
    assert caught.value.url == gone


@pytest.mark.parametrize("status", [204, 206, 304, 401, 403, 429, 500, 503])
def test_any_other_answer_is_no_page(web: Hosts, status: int) -> None:
    """A page of an error is not research, and not gone either."""
    with pytest.raises(InputError, match=f"answers {status}") as caught:
        web.fetcher().fetch(web.page("acme.test/", status=status))
    assert not isinstance(caught.value, GoneError)


def test_five_redirects_are_followed_and_not_six(web: Hosts) -> None:
    """Also from host to host."""
    for number in range(6):
        web.leads(f"h{number}.test/", web.url(f"h{number + 1}.test/"))
    web.page("h6.test/", PAGE)
    assert web.fetcher().fetch(web.url("h1.test/")).url == web.url("h6.test/")
    assert "leads on more than 5 times" in why(web.fetcher(), web.url("h0.test/"))


@pytest.mark.parametrize(
    ("to", "path"),
    [("/关于", "/%E5%85%B3%E4%BA%8E"), ("/%E5%85%B3", "/%E5%85%B3"), ("b?x=1#top", "/b?x=1")],
)
def test_a_redirect_is_read_as_a_browser_reads_it(web: Hosts, to: str, path: str) -> None:
    """Letters that no header should hold are taken for UTF-8; what follows `#` is left."""
    page = web.page(f"acme.test{path}", PAGE)
    assert web.fetcher().fetch(web.leads("acme.test/", to)).url == page


def test_a_redirect_in_another_encoding_is_a_sentence(web: Hosts) -> None:
    """Nobody knows what its letters are, so that page is not there."""
    head = "HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /关于\r\n\r\n"
    web.answers["acme.test/"] = head.encode("gb18030")
    assert "is not there (404)" in why(web.fetcher(), web.url("acme.test/"))


@pytest.mark.parametrize(
    ("rules", "closed"),
    [
        ("User-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /jobs", True),
        ("User-agent: *\nDisallow:", False),
        ("User-agent: *\nDisallow: /\nAllow: /jobs", False),
        ("User-agent: *\nAllow: /\nDisallow: /*/data$", True),
        ("User-agent: *\nDisallow: /*.pdf$", False),
        ("User-agent: three-rounds\nDisallow: /\n\nUser-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Three-Rounds\nAllow: /", False),
        ("User-agent: other\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /jobs/", True),
        ("<html>not rules</html>", False),
        ("", False),
        ("User-agent: *\nDisallow: /\n" + "#" * 600_000, True),
    ],
)
def test_robots_txt_is_honoured(web: Hosts, rules: str, closed: bool) -> None:
    """The longest rule counts, our own group before that of all (RFC 9309)."""
    web.page(ROBOTS, rules, "text/plain")
    url, fetcher = web.page("acme.test/jobs/data", PAGE), web.fetcher(most_bytes=1_000)
    if closed:
        assert "closed to programs (robots.txt)" in why(fetcher, url)
        assert web.asked == [ROBOTS]
    else:
        assert fetcher.fetch(url).url == url


def test_rules_made_to_keep_a_reader_busy_are_read(web: Hosts) -> None:
    """As a regular expression, which Protego made of them before 0.7, this rule never ends."""
    web.page(ROBOTS, "User-agent: *\nDisallow: /" + "*a" * 30 + "*b", "text/plain")
    url = web.page("acme.test/" + "a" * 60, PAGE)
    assert web.fetcher().fetch(url).url == url


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 502, 503, 204])
def test_without_rules_a_page_may_be_read_unless_the_host_fails(web: Hosts, status: int) -> None:
    """4xx says that there are none, anything else that nobody knows (RFC 9309, 2.3.1)."""
    web.page(ROBOTS, "", status=status)
    url = web.page("acme.test/", PAGE)
    if 400 <= status < 500:
        assert web.fetcher().fetch(url).url == url
    else:
        assert f"answers {status} instead of saying what may be read" in why(web.fetcher(), url)


def test_rules_that_cannot_be_had_close_a_page(web: Hosts) -> None:
    """A connection that breaks there, or that leads where nobody may go."""
    url = web.page("acme.test/", PAGE)
    web.answers[ROBOTS] = b""
    assert "cannot be fetched" in why(web.fetcher(), url)
    web.leads(ROBOTS, "http://[::1]/robots.txt")
    fetcher = web.fetcher(resolve=lambda host: ("::1",) if ":" in host else ("127.0.0.1",),
                          allowed=lambda address: ":" not in address)  # fmt: skip
    assert "not on the open internet" in why(fetcher, url)
    assert "acme.test/" not in web.asked


def test_rules_are_followed_where_they_lead(web: Hosts) -> None:
    """Five times; beyond that it counts as none (RFC 9309, 2.3.1.2)."""
    url = web.page("acme.test/", PAGE)
    web.leads(ROBOTS, web.page("www.acme.test/robots.txt", "User-agent: *\nDisallow: /"))
    assert "closed to programs" in why(web.fetcher(), url)
    web.leads(ROBOTS, "/robots.txt")
    assert web.fetcher().fetch(url).url == url
    assert web.asked.count(ROBOTS) == 7


def test_rules_of_every_host_a_page_leads_to_count(web: Hosts) -> None:
    """A redirect does not open what its host has closed."""
    web.page("closed.test/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    web.leads("acme.test/", web.page("closed.test/", PAGE))
    assert "closed to programs" in why(web.fetcher(), web.url("acme.test/"))


def linked(*paths: str) -> str:
    """Return a page that links to others."""
    links = "".join(f'<a href="{path}">x</a>' for path in paths)
    return f"<html><body><p>Page</p>{links}</body></html>"


def walked(web: Hosts, where: str, **more: int) -> tuple[list[str], list[Refused], Waits]:
    """Return the paths of a site in order, what was refused, and the waits."""
    waits = Waits()
    found = list(pages_of(web.fetcher(backend=waits), web.url(where), **more))
    paths = [page.url.partition(f":{web.port}")[2] for page in found if isinstance(page, Page)]
    return paths, [page for page in found if isinstance(page, Refused)], waits


def test_a_site_is_read_nearest_first_with_a_pause(web: Hosts) -> None:
    """Each page once, those of other hosts and other files not at all, robots.txt asked once."""
    out = ("mailto:x@acme.test", "//other.test/", "https://acme.test/a", "javascript:x()")
    web.page("acme.test/", linked("/a", "b#x", "/", "#top", "/logo.PNG", "http://[", *out))
    web.page("acme.test/a", linked("/c", "/b"))
    web.page("acme.test/b", linked("/d?x=1"))
    web.page("acme.test/c", "c")
    web.page("acme.test/d?x=1", linked("/a"))
    paths, left, waits = walked(web, "acme.test/")
    assert (paths, left) == (["/", "/a", "/b", "/c", "/d?x=1"], [])
    assert waits.waits == [1.0] * 4
    assert web.asked.count(ROBOTS) == 1


def test_a_page_that_two_addresses_lead_to_is_fetched_once(web: Hosts) -> None:
    """Also where its own address comes after one that leads there, or lacks the last sign."""
    where = web.url("acme.test/").removesuffix("/")
    web.page("acme.test/", linked("/old", "/new", where, "/"))
    web.leads("acme.test/old", "/new")
    web.page("acme.test/new", linked("/"))
    found = list(pages_of(web.fetcher(backend=Waits()), where))
    assert [page.url for page in found] == [f"{where}/", f"{where}/new"]
    assert [asked for asked in web.asked if asked != ROBOTS] == [
        "acme.test/", "acme.test/old", "acme.test/new",
    ]  # fmt: skip


def test_links_beside_a_base_are_joined_to_it(web: Hosts) -> None:
    """As a browser would."""
    web.page("acme.test/", '<base href="/de/"><a href="jobs">x</a>')
    web.page("acme.test/de/jobs", "<p>Jobs</p>")
    assert walked(web, "acme.test/")[0] == ["/", "/de/jobs"]


def test_a_site_has_twenty_pages_at_most(web: Hosts) -> None:
    """Whatever is asked for; pages that cannot be had count."""
    web.page("acme.test/", linked(*(f"/{n}" for n in range(50))))
    for number in range(0, 50, 2):
        web.page(f"acme.test/{number}", linked(f"/{number}/more"))
    paths, left, _ = walked(web, "acme.test/", most=500)
    assert len(paths) + len(left) == 20
    assert len([where for where in web.asked if where != ROBOTS]) == 20
    assert all(page.gone for page in left)
    assert len(walked(web, "acme.test/", most=1)[0]) == 1


def test_a_page_of_a_site_that_cannot_be_had_leaves_the_others(web: Hosts) -> None:
    """It is told why; a page that leads out of the site, is closed, or of another type."""
    web.page(ROBOTS, "User-agent: *\nDisallow: /closed", "text/plain")
    web.page("acme.test/", linked("/out", "/closed", "/data", "/last"))
    web.leads("acme.test/out", web.page("other.test/", PAGE))
    web.page("acme.test/data", b"{}", "application/json")
    web.page("acme.test/last", "last")
    paths, left, _ = walked(web, "acme.test/")
    assert paths == ["/", "/last"]
    assert [page.gone for page in left] == [False] * 3
    assert "leads out of the site" in left[0].why
    assert "closed to programs" in left[1].why
    assert "other.test/" not in web.asked


def test_the_site_is_where_the_first_page_leads(web: Hosts) -> None:
    """acme.test leads to www.acme.test; a page met twice by redirects is given once."""
    web.leads("acme.test/", web.url("www.acme.test/"))
    web.page("www.acme.test/", linked("/a", "/home", web.url("acme.test/old")))
    web.leads("www.acme.test/home", "/")
    web.page("www.acme.test/a", "a")
    paths, left, _ = walked(web, "acme.test/")
    assert (paths, left) == (["/", "/a"], [])
    assert "acme.test/old" not in web.asked


def test_a_site_that_cannot_be_begun_is_one_refusal(web: Hosts) -> None:
    """And a document without links, or a page without any, is one page."""
    assert [page.gone for page in walked(web, "acme.test/")[1]] == [True]
    web.page("acme.test/", "%PDF-1.7", "application/pdf")
    assert walked(web, "acme.test/")[0] == ["/"]
    web.page("acme.test/", "")
    assert walked(web, "acme.test/")[0] == ["/"]


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """A host `acme.test` behind TLS, its port, and a context that trusts its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "acme.test")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("acme.test"), x509.IPAddress(ipaddress.ip_address("127.0.0.9"))]
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (tmp_path / "both.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(pem)
    )
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(tmp_path / "both.pem")
    body = b"HTTP/1.1 200 X\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while not over.is_set():
                raw = server.accept()[0]
                with raw, suppress(OSError), served.wrap_socket(raw, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(body)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = server.getsockname()[1]
        yield port, ssl.create_default_context(cadata=certificate.public_bytes(pem).decode())
        over.set()
        socket.create_connection(("127.0.0.1", port)).close()
        thread.join(5)


def test_tls_checks_the_host_and_not_the_address(
    certified: tuple[int, ssl.SSLContext],
) -> None:
    """The connection goes to the checked address while the certificate must be the host's."""
    port, context = certified
    known: dict[str, object] = {
        "resolve": lambda host: ("127.0.0.1",), "allowed": lambda address: True, "ports": None,
    }  # fmt: skip
    trusting = Fetcher(**known, context=context)  # type: ignore[arg-type]  # passed on
    assert trusting.fetch(f"https://acme.test:{port}/").url == f"https://acme.test:{port}/"
    assert "Hostname mismatch" in why(trusting, f"https://evil.test:{port}/")
    real = Fetcher(**known)  # type: ignore[arg-type]  # passed on
    assert "certificate verify failed" in why(real, f"https://acme.test:{port}/")
