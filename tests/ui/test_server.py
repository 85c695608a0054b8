"""The server without a browser: headers, closed paths, cookies, refusals."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from interviewer.errors import SetupError
from interviewer.ui.guarding import HEADERS
from interviewer.ui.server import _hosts, serve
from interviewer.ui.visitors import COOKIE, Visitors, open_visitors
from interviewer.ui.words import preferred, words_for
from interviewer.wiring import Settings
from tests.conftest import ROOT
from tests.ui.running import App


def get(app: App, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of an answer."""
    connection = HTTPConnection("127.0.0.1", app.port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read().decode()
    finally:
        connection.close()


def test_every_answer_carries_the_headers(app: App) -> None:
    """Policy, referrer, type and frame headers stand on pages, files and refusals."""
    for path in ("/", "/own/room.js", "/healthz", "/sessions/x/report.md", "/monitoring"):
        _, headers, _ = get(app, path)
        assert all(headers[name.lower()] == value for name, value in HEADERS.items())


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info", "/monitoring", "/gradio_api/proxy=http://example.invalid",
        "/gradio_api/file=http://example.invalid/x", "/gradio_api/file=https://example.invalid/x",
        "/docs", "/openapi.json", "/gradio_api/runs",
    ],
)  # fmt: skip
def test_paths_that_are_nobodys_business_are_closed(app: App, path: str) -> None:
    """Proxy, remote files, API pages, runs and monitoring are not there."""
    assert get(app, path)[0] == 404


def test_files_of_the_data_folder_are_not_served(app: App) -> None:
    """The database and the cookie secret cannot be fetched."""
    for name in ("interviews.sqlite3", "cookie-secret"):
        status, _, text = get(app, f"/gradio_api/file={app.home / name}")
        assert status in (403, 404)
        assert "SQLite" not in text


def _events(app: App) -> dict[int, int]:
    """Return how many values each event of the page takes, by its number."""
    _, _, text = get(app, "/config")
    return {
        event["id"]: len(event["inputs"])
        for event in json.loads(text)["dependencies"]
        if event["backend_fn"]
    }


def _happens(app: App, number: int, values: list[object]) -> str:
    """Send an event as anybody can; return all that is said of it."""
    browser = f"browser{number}"
    sent = {"fn_index": number, "session_hash": browser, "data": values}
    with httpx.Client(base_url=f"http://127.0.0.1:{app.port}", timeout=60) as client:
        client.post("/gradio_api/queue/join", json=sent).raise_for_status()
        return client.get("/gradio_api/queue/data", params={"session_hash": browser}).text


@pytest.mark.parametrize("what", ["a path", "an address"])
def test_an_event_opens_nothing_that_was_not_uploaded(app: App, tmp_path: Path, what: str) -> None:
    """A value that names a file of this machine, or an address, as an upload is no file."""
    asked: list[bytes] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path.encode())

    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY of this machine", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}/x.txt"
        path = str(canary) if what == "a path" else place
        file = {"path": path, "url": path, "meta": {"_type": "gradio.FileData"}}
        for number, count in _events(app).items():
            told = _happens(app, number, [file] * count)
            assert "CANARY" not in told
        server.shutdown()
    assert canary.exists()
    assert not asked


def test_a_page_of_another_site_sends_no_events(app: App) -> None:
    """What is not ours is turned away, and may read nothing that is answered."""
    address = "/gradio_api/queue/join"
    sent = {"fn_index": 0, "session_hash": "x", "data": []}
    with httpx.Client(base_url=f"http://127.0.0.1:{app.port}") as client:
        for headers in (
            {"origin": "http://localhost:3000"}, {"origin": "null"}, {"origin": "http://[::1"},
            {"sec-fetch-site": "same-site"},
        ):  # fmt: skip
            assert client.post(address, json=sent, headers=headers).status_code == 403
        answer = client.get("/config", headers={"origin": "http://localhost:3000"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_foreign_host_name_is_refused(app: App) -> None:
    """A page that makes its own name point here gets nothing."""
    assert get(app, "/", Host="evil.example.invalid")[0] == 400


def test_the_cookie_is_for_this_server_alone(app: App) -> None:
    """The first page sets a signed cookie that scripts and other sites cannot use."""
    cookie = get(app, "/")[1]["set-cookie"]
    assert cookie.startswith(COOKIE)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "set-cookie" not in get(app, "/", Cookie=cookie.split(";")[0])[1]
    assert "set-cookie" in get(app, "/", Cookie=f"{COOKIE}=forged.value")[1]


def test_a_forged_cookie_opens_nothing(app: App) -> None:
    """Without a cookie of ours a session's files are not there."""
    for cookie in ("", f"{COOKIE}=forged.value"):
        assert get(app, "/sessions/anything/transcript.jsonl", Cookie=cookie)[0] == 404


def test_visitors_are_told_by_their_cookie(tmp_path: Path) -> None:
    """A digest is stable, differs between visitors, and needs this installation's secret."""
    visitors = open_visitors(tmp_path)
    one, two = ({COOKIE: visitors.new()} for _ in range(2))
    assert visitors.digest(one) == open_visitors(tmp_path).digest(one)
    assert visitors.digest(one) != visitors.digest(two)
    assert Visitors("other").digest(one) is None
    assert visitors.digest({}) is None
    assert (tmp_path / "cookie-secret").stat().st_mode & 0o077 == 0
    with pytest.raises(SetupError, match="INTERVIEWER_HOME"):
        open_visitors(tmp_path / "cookie-secret")


def test_the_screen_has_the_same_words_in_both_languages() -> None:
    """Every word of the screen exists in English and in Chinese."""
    assert set(words_for("en")) == set(words_for("zh"))
    assert words_for("fr") == words_for("en")
    assert preferred("fr, zh-CN;q=0.8") == "zh"
    assert preferred("") == "en"


def test_hosts_follow_the_address() -> None:
    """An address of all interfaces is asked by any name, another by its own."""
    assert _hosts("0.0.0.0") == ["*"]
    assert "pc.local" in _hosts("pc.local")


def test_a_taken_port_is_said_so() -> None:
    """A port that is taken is named with the option that chooses another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SetupError, match="--port"):
            serve(Settings.from_environment({}), "127.0.0.1", taken.getsockname()[1])


def test_a_folder_that_cannot_be_written_ends_in_one_line(tmp_path: Path) -> None:
    """`python app.py` without a usable data folder says one line and ends with 1."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "--port", "7999"],
        env=Settings.from_environment().environment(home=tmp_path / "file" / "home"),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "INTERVIEWER_HOME" in ended.stderr


def test_without_packages_one_line_says_what_to_install() -> None:
    """`python app.py` without the dependencies names the command that installs them."""
    ended = subprocess.run(
        [sys.executable, "-S", str(ROOT / "app.py")], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.strip().count("\n") == 0
    assert "make setup" in ended.stderr


def test_programs_that_start_together_share_one_secret(tmp_path: Path) -> None:
    """Of many first starts in one data folder one makes the secret, and all sign with it."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(open_visitors, [tmp_path] * 8))
    assert len({visitors.secret for visitors in made}) == 1
    assert len(made[0].secret) > 40
    assert stat.S_IMODE((tmp_path / "cookie-secret").stat().st_mode) == 0o600
