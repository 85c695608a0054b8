"""The server without a browser: headers, closed paths, whose interview, refusals to start."""

from __future__ import annotations

import asyncio
import http.client
import socket
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from benchmarks.starting import free_port
from interviewer.errors import SetupError
from interviewer.interview.session import new_transcript
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.ui import serve
from interviewer.ui.guarding import HEADERS
from interviewer.ui.visitors import COOKIE, Visitors, open_visitors
from interviewer.ui.words import LANGUAGES, preferred, words_for
from interviewer.wiring import Settings
from tests.conftest import ROOT, PlanMaker, clock
from tests.ui.conftest import House

WORDS = ROOT / "interviewer" / "ui" / "words"
Answer = tuple[int, http.client.HTTPMessage, str]
SESSION = "a-session-of-the-tests"


def get(house: House, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask the server for a path, exactly as it is written."""
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.fixture(scope="module")
def owner(house: House, make_plan: PlanMaker) -> Iterator[str]:
    """Keep an interview in the server's database; return its owner's cookie."""
    visitors = open_visitors(house.home)
    cookie = visitors.new()
    engine = open_engine(house.home / "interviews.sqlite3")
    transcript = new_transcript(SESSION, make_plan(), model="builtin", clock=clock)
    store = SqlSessionStore(engine)
    asyncio.run(store.create(transcript, visitor=visitors.digest({COOKIE: cookie})))
    yield cookie
    engine.dispose()


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/own/app.css", "/own/room.js", "/sessions/none/report.md", "/no-such",
     "/config", "/gradio_api/info"],
)  # fmt: skip
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    """The policy and its companions come with pages, files, refusals and errors."""
    _, headers, _ = get(house, path)
    for name, value in HEADERS.items():
        assert headers.get_all(name) == [value]


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    """No source of the policy is another host, and nobody may frame the page."""
    policy = HEADERS["Content-Security-Policy"]
    assert "http" not in policy
    assert "*" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "path",
    ["/gradio_api/info", "/info", "/monitoring", "/monitoring/summary", "/gradio_api/monitoring",
     "/gradio_api/proxy=http://example.invalid/x", "/proxy=http://example.invalid/x",
     "/gradio_api/file=http://example.invalid/x", "/gradio_api/file=https://example.invalid/x",
     "/file=http://example.invalid/x", "/docs", "/redoc", "/openapi.json", "/gradio_api/api/begin",
     "/gradio_api/run-history", "/gradio_api/file=http%3A//example.invalid/x"],
)  # fmt: skip
def test_a_closed_path_is_not_there(house: House, path: str, method: str) -> None:
    """What nobody needs answers 404, whoever asks."""
    status, _, text = get(house, path, method)
    assert status == 404
    assert text == "There is nothing here."


@pytest.mark.parametrize("name", ["cookie-secret", "interviews.sqlite3", "index"])
def test_the_data_folder_is_not_served(house: House, name: str) -> None:
    """No file of the data folder comes out through the page's file route."""
    status, _, text = get(house, f"/gradio_api/file={house.home / name}")
    assert status in {403, 404}
    assert (house.home / "cookie-secret").read_text(encoding="utf-8") not in text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1"])
def test_another_host_name_is_refused(house: House, host: str) -> None:
    """A page that was lured here under another name gets nothing."""
    status, headers, text = get(house, "/", Host=host)
    assert status == 400
    assert "Set-Cookie" not in headers
    assert "gradio" not in text


def test_the_cookie_is_kept_from_scripts_and_other_sites(house: House) -> None:
    """The first page gives one strict cookie; a page asked with it gives none."""
    _, headers, _ = get(house, "/")
    cookies = [c for c in headers.get_all("Set-Cookie") or [] if c.startswith(COOKIE)]
    assert len(cookies) == 1
    parts = cookies[0].split("; ")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(parts)
    _, again, _ = get(house, "/", Cookie=parts[0])
    assert COOKIE not in str(again.get_all("Set-Cookie"))


@pytest.mark.parametrize("name", ["report.md", "transcript.jsonl"])
def test_only_the_owners_cookie_opens_an_interview(house: House, owner: str, name: str) -> None:
    """The owner gets the file; no cookie, a forged one and another visitor's get a refusal."""
    path = f"/sessions/{SESSION}/{name}"
    status, headers, text = get(house, path, Cookie=f"{COOKIE}={owner}")
    assert status == 200
    assert text
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Cache-Control"] == "no-store"
    other = open_visitors(house.home).new()
    forged = Visitors("another secret").new()
    for wrong in (other, forged, owner[:-2], owner.split(".")[0], "x", "", "a.b.c"):
        refused = get(house, path, Cookie=f"{COOKIE}={wrong}")
        assert (refused[0], refused[2]) == get(house, path)[::2]
        assert refused[0] == 404
        assert "belongs to another browser" in refused[2]


def test_a_forged_cookie_is_replaced(house: House) -> None:
    """A browser with a cookie that is not ours gets one that is."""
    _, headers, _ = get(house, "/", Cookie=f"{COOKIE}=forged")
    assert COOKIE in str(headers.get_all("Set-Cookie"))


def test_a_visitor_is_known_by_their_cookie_alone() -> None:
    """The same cookie has the same digest, and nothing else has one."""
    visitors = Visitors("secret")
    first, second = visitors.new(), visitors.new()
    assert visitors.digest({COOKIE: first}) == visitors.digest({COOKIE: first})
    assert visitors.digest({COOKIE: first}) != visitors.digest({COOKIE: second})
    assert visitors.digest({}) is None
    assert visitors.digest({COOKIE: ""}) is None
    assert visitors.digest({COOKIE: first + "x"}) is None
    assert Visitors("other").digest({COOKIE: first}) is None


def test_the_digest_does_not_give_the_cookie_away() -> None:
    """What the database keeps is a hash of 64 digits, no part of the cookie."""
    visitors = Visitors("secret")
    cookie = visitors.new()
    digest = visitors.digest({COOKIE: cookie})
    assert digest is not None
    assert len(digest) == 64
    assert digest not in cookie


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    """A second start signs as the first did, and only the owner may read the secret."""
    first = open_visitors(tmp_path)
    assert open_visitors(tmp_path) == first
    assert len(first.secret) >= 48
    assert stat.S_IMODE((tmp_path / "cookie-secret").stat().st_mode) == 0o600
    assert open_visitors(make(tmp_path / "elsewhere")) != first


def make(folder: Path) -> Path:
    """Make a folder."""
    folder.mkdir()
    return folder


def test_a_secret_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    """Without a folder the secret's place and the way out are named."""
    with pytest.raises(SetupError, match=r"cookie-secret cannot be kept.*INTERVIEWER_HOME"):
        open_visitors(tmp_path / "missing")


def test_the_words_of_both_languages_match() -> None:
    """Every word of the screen is there in both languages, with the same places to fill."""
    files = {
        language: tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    assert files["en"].keys() == files["zh"].keys()
    for key, english in files["en"].items():
        chinese = files["zh"][key]
        assert places(english) == places(chinese), key
        assert chinese.strip(), key


def places(text: str) -> set[str]:
    """Return the names of the places a text has to fill."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_a_language_without_words_is_shown_in_english() -> None:
    """A regional name falls back to its language, an unknown one to English."""
    assert words_for("zh-CN") == words_for("zh")
    assert words_for("fr") == words_for("en")
    assert words_for("zh") != words_for("en")


@pytest.mark.parametrize(
    ("asked", "language"),
    [("", "en"), ("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("ZH", "zh"),
     ("fr-FR,fr;q=0.9,zh;q=0.5", "zh"), ("fr,de", "en"), ("*", "en"), (" zh-TW ;q=1", "zh"),
     (",;,", "en")],
)  # fmt: skip
def test_the_browsers_language_is_preferred(asked: str, language: str) -> None:
    """The first language a browser names that the screen has is taken."""
    assert preferred(asked) == language


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    """Serving on a port somebody uses says which, and what to do."""
    settings = replace(Settings.from_environment(), home=tmp_path / "home")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=rf"Port {port} on 127\.0\.0\.1 .*--port"):
            serve(settings, "127.0.0.1", port)
    assert not (tmp_path / "home").exists()


def test_a_home_below_a_file_is_one_line(tmp_path: Path) -> None:
    """`python app.py` without a folder to write to says so in one line and leaves with 1."""
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "--port", str(free_port())],
        env=Settings.from_environment().environment(home=file / "home"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "cannot be written" in ended.stderr
    assert "INTERVIEWER_HOME" in ended.stderr
