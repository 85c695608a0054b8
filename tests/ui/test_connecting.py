"""Models that visitors connect: tried first, theirs alone, and forgotten when they say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.storage.kept_keys import KeptKeys
from interviewer.ui.collecting import Collection
from interviewer.ui.connections import MOST_EACH
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.study import Study
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import Settings, prepare_home
from tests.fakes import FakeModel, Script, running
from tests.fakes.ring import KEY, MemoryRing

Visit = Callable[[], TestClient]
MODEL = {"model": "openai:fake"}


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    """Run a fake model."""
    with running(Script(mode="echo")) as made:
        yield made


@contextmanager
def opened(tmp_path: Path, *, alone: bool, ring: MemoryRing | None = None) -> Iterator[Visit]:
    """Open the pages; yield what opens a browser on them, all in one event loop as in the app."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)})
    prepare_home(settings)
    desk = open_desk(settings, alone=alone)
    if ring is not None and desk.keeping.keys is not None:
        desk.keeping.keys = KeptKeys(tmp_path, lambda: ring)
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, Study(Collection(desk, settings, Intakes(desk.research), None)), visitors)
    app.add_middleware(CookieGiver, visitors=visitors)

    def visit() -> TestClient:
        browser = TestClient(
            app, base_url="http://127.0.0.1", headers={"Sec-Fetch-Site": "same-origin"}
        )
        browser.portal = portal
        browser.get("/models")
        return browser

    with start_blocking_portal() as portal:
        yield visit
        portal.call(desk.close)
    desk.research.close()


@pytest.fixture
def in_the_open(tmp_path: Path) -> Iterator[Visit]:
    """Pages that others can reach."""
    with opened(tmp_path, alone=False) as visit:
        yield visit


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[Visit]:
    """Pages that only this machine can reach."""
    with opened(tmp_path, alone=True) as visit:
        yield visit


def connect(browser: TestClient, fake: FakeModel, model: str = "fake", keep: str = "") -> str:
    """Connect the fake model; return the page that follows."""
    filled = {"kind": "compatible", "model": model, "address": fake.base_url, "key": KEY,
              "keep": keep}  # fmt: skip
    return browser.post("/models", data=filled).text


def held(page: str) -> list[str]:
    """Return the models a page says can be disconnected."""
    return re.findall(r'aria-label="Disconnect (.+?)"', page)


def test_a_model_is_tried_then_kept(at_home: Visit, fake: FakeModel) -> None:
    """What works is said in plain words; the key stands on no page; disconnecting forgets it."""
    browser = at_home()
    page = connect(browser, fake)
    assert held(page) == ["fake"]
    assert "It speaks; the first words came after" in page
    assert KEY not in page
    page = browser.post("/models/disconnect", data={"model": "openai:fake"}).text
    assert held(page) == []


def test_a_model_that_fails_is_not_kept(at_home: Visit, fake: FakeModel) -> None:
    """The reason is told, what was typed stands in the form, and the key does not."""
    fake.script = Script(mode="echo", faults=("status_401",), fault_rate=1)
    page = connect(at_home(), fake)
    assert held(page) == []
    assert "refuses the key" in page
    assert f'value="{fake.base_url}"' in page
    assert KEY not in page


def test_a_connection_is_its_visitors_alone(at_home: Visit, fake: FakeModel) -> None:
    """Another browser sees nothing of it and cannot disconnect it."""
    mine, other = at_home(), at_home()
    connect(mine, fake)
    assert held(other.get("/models").text) == []
    other.post("/models/disconnect", data={"model": "openai:fake"})
    assert held(mine.get("/models").text) == ["fake"]


def test_the_oldest_goes_when_there_are_too_many(at_home: Visit, fake: FakeModel) -> None:
    """Of more than a handful the oldest is forgotten; the same again is no second."""
    browser = at_home()
    for number in range(MOST_EACH + 1):
        connect(browser, fake, f"m{number}")
    page = connect(browser, fake, "m3")
    assert held(page) == ["m3", "m5", "m4", "m2", "m1"]


@pytest.mark.parametrize("kind", ["compatible", "ollama", "local"])
def test_elsewhere_nobody_makes_the_server_ask_an_address(
    in_the_open: Visit, fake: FakeModel, kind: str
) -> None:
    """Where others reach the app, its forms are not there and a forged one is refused."""
    browser = in_the_open()
    assert f'value="{kind}"' not in browser.get("/models").text
    filled = {"kind": kind, "model": "fake", "address": fake.base_url, "key": KEY}
    answer = browser.post("/models", data=filled)
    assert answer.status_code == 400
    assert "open to this machine" in answer.text
    assert not fake.requests


def test_a_form_from_elsewhere_connects_nothing(at_home: Visit, fake: FakeModel) -> None:
    """Another site's page cannot connect a model for a visitor."""
    browser = at_home()
    filled = {"kind": "compatible", "model": "fake", "address": fake.base_url}
    answer = browser.post("/models", data=filled, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert not fake.requests


def test_a_kept_key_comes_back_after_a_restart(tmp_path: Path, fake: FakeModel) -> None:
    """To the same browser, untried and saying so; disconnecting takes it out of the keyring."""
    ring = MemoryRing()
    with opened(tmp_path, alone=True, ring=ring) as visit:
        browser = visit()
        page = connect(browser, fake, keep="yes")
        assert held(page) == ["fake"]
        voice = {"voice_kind": "compatible", "hears": "w", "voice_address": fake.base_url}
        assert "hears with w" in browser.post("/voice", data={**voice, "keep": "yes"}).text
        assert len(ring.held) == 2
        cookie = browser.cookies
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert KEY.encode() not in files
    asked = len(fake.requests)
    with opened(tmp_path, alone=True, ring=ring) as visit:
        other, browser = visit(), visit()
        assert held(other.get("/models").text) == []
        browser.cookies = cookie
        page = browser.get("/models").text
        assert held(page) == ["fake", "the voice"]
        assert page.count("Taken from the keyring") == 2
        assert len(fake.requests) == asked
        assert KEY not in page
        browser.post("/voice/disconnect")
        browser.post("/models/disconnect", data={"model": "openai:fake"})
        assert ring.held == {}


def test_a_keyring_that_is_locked_costs_nothing_but_the_keeping(
    tmp_path: Path, fake: FakeModel
) -> None:
    """The model is connected all the same, and the page says that its key is not kept."""
    ring = MemoryRing(locked=True)
    with opened(tmp_path, alone=True, ring=ring) as visit:
        browser = visit()
        page = connect(browser, fake, keep="yes")
        assert held(page) == ["fake"]
        assert "its key was not kept. The keyring of this machine" in page
        assert KEY not in page
        voice = {"voice_kind": "compatible", "hears": "w", "voice_address": fake.base_url}
        page = browser.post("/voice", data={**voice, "keep": "yes"}).text
        assert "hears with w" in page
        assert "its key was not kept. The keyring of this machine" in page

        ring.locked = False
        connect(browser, fake, keep="yes")
        browser.post("/voice", data={**voice, "keep": "yes"})
        ring.locked = True
        for path, data in (("/voice/disconnect", {}), ("/models/disconnect", MODEL)):
            page = browser.post(path, data=data).text
            assert "could not be taken out of the keyring" in page
        assert held(page) == []


def test_keeping_is_offered_to_one_machine_alone(tmp_path: Path, fake: FakeModel) -> None:
    """Where others reach the app there is no such box, and a forged one keeps nothing."""
    ring = MemoryRing()
    with opened(tmp_path / "home", alone=True, ring=ring) as visit:
        assert 'name="keep"' in visit().get("/models").text
    with opened(tmp_path / "open", alone=False, ring=ring) as visit:
        browser = visit()
        assert 'name="keep"' not in browser.get("/models").text
        connect(browser, fake, keep="yes")
    assert ring.held == {}
