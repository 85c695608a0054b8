"""Signing in elsewhere: who is let in, what a service gets wrong, and what is never believed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.errors import SetupError
from interviewer.people.accounts import Account
from interviewer.signin import Trip, TripSigner
from interviewer.signin.trip import TRIP_SECONDS
from interviewer.storage import passwords
from interviewer.ui.desk import open_desk
from interviewer.ui.doorkeeper import LOGIN_COOKIE, Doorkeeper
from interviewer.ui.pages.openid import BACK, TRIP_COOKIE, Elsewhere
from interviewer.ui.pages.people_routes import add_people_pages
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import (
    Settings,
    open_identities,
    open_people,
    open_provider,
    prepare_home,
)
from tests.fakes.openid import CLIENT, SECRET, OpenIdServer, openid_server

PASSWORD = "four words in a row"
OWN = {"Sec-Fetch-Site": "same-origin", "accept": "text/html"}
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Place:
    """The pages of accounts beside a service people may sign in with."""

    def __init__(self, home: Path, service: OpenIdServer) -> None:
        self.service = service
        self.settings = Settings.from_environment({
            "INTERVIEWER_HOME": str(home), "INTERVIEWER_AUTH": "on",
            "INTERVIEWER_OPENID_ISSUER": service.address, "INTERVIEWER_OPENID_CLIENT": CLIENT,
            "INTERVIEWER_OPENID_SECRET": SECRET, "INTERVIEWER_OPENID_NAME": "Campus",
        })  # fmt: skip
        prepare_home(self.settings)
        assert self.settings.openid is not None
        self.desk = open_desk(self.settings, alone=True)
        self.people = open_people(self.desk.store)
        self.identities = open_identities(self.desk.store)
        self.visitors = open_visitors(home, accounts=True)
        elsewhere = Elsewhere(open_provider(self.settings.openid), "Campus", self.identities)
        self.app = FastAPI()
        add_people_pages(self.app, self.desk, self.people, self.visitors, elsewhere=elsewhere)
        self.app.add_middleware(Doorkeeper, people=self.people)
        self.cleo = self.made("Cleo", "coach")

    def made(self, name: str, role: str) -> Account:
        """Make an account."""
        return asyncio.run(self.people.add(name, role, PASSWORD))

    def browser(self, name: str = "") -> TestClient:
        """Return a browser in which somebody signed in with a password."""
        client = TestClient(self.app, "http://127.0.0.1", headers=OWN, follow_redirects=False)
        if name:
            client.post("/login", data={"name": name, "password": PASSWORD})
        return client

    def there_and_back(self, browser: TestClient, way: str) -> httpx2.Response:
        """Let a browser follow a link to the service, sign in there and come back."""
        out = browser.get(way)
        assert out.status_code == 303, out.text
        assert out.headers["location"].startswith(self.service.address)
        return browser.get(self.service.let_in(out.headers["location"]))

    def invitation(self) -> str:
        """Return an invitation by Cleo."""
        return asyncio.run(self.people.invite(self.cleo))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Return the pages of an app beside a service."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    with openid_server() as service:
        made = Place(tmp_path, service)
        yield made
        made.desk.research.close()
        made.desk.store.close()


def test_an_account_that_was_connected_is_entered_without_its_password(place: Place) -> None:
    """It is connected by whoever is signed in, enters at the page that was asked for, and ends."""
    place.made("Ann", "candidate")
    browser = place.browser("ann")
    assert 'href="/account/openid"' in browser.get("/account").text
    assert place.there_and_back(browser, "/account/openid").headers["location"] == "/account"
    assert "You can sign in with Campus" in browser.get("/account").text
    fresh = place.browser()
    assert 'href="/login/openid?next=' in fresh.get("/login?next=/sharing").text
    back = place.there_and_back(fresh, "/login/openid?next=/sharing")
    assert (back.status_code, back.headers["location"]) == (303, "/sharing")
    assert fresh.get("/sharing").status_code == 200
    browser.post("/account/openid/disconnect")
    refused = place.there_and_back(place.browser(), "/login/openid")
    assert refused.status_code == 403
    assert LOGIN_COOKIE not in refused.cookies


def test_an_invitation_is_taken_with_it(place: Place) -> None:
    """The account has the name told there, with a number where it is taken, and the coach."""
    place.made("Ann Lee", "candidate")
    token = place.invitation()
    browser = place.browser()
    assert f"/login/openid/join/{token}" in browser.get(f"/invitation/{token}").text
    back = place.there_and_back(browser, f"/login/openid/join/{token}")
    assert back.headers["location"] == "/sharing"
    assert "Ann Lee 2" in browser.get("/account").text
    assert [known.name for known in asyncio.run(place.people.candidates_of(place.cleo))] == [
        "Ann Lee 2"
    ]
    # The same person is not made twice, whatever other invitation they have.
    again = place.there_and_back(place.browser(), f"/login/openid/join/{place.invitation()}")
    assert again.status_code == 409
    assert place.browser().get(f"/login/openid/join/{token}").status_code == 404
    # Nobody enters such an account with a password.
    login = {"name": "Ann Lee 2", "password": PASSWORD}
    assert place.browser().post("/login", data=login).status_code == 403


def test_an_invitation_used_meanwhile_makes_no_account(place: Place) -> None:
    """Whoever comes back too late is told so, and no account of theirs stays behind."""
    token = place.invitation()
    browser = place.browser()
    out = browser.get(f"/login/openid/join/{token}").headers["location"]
    asyncio.run(place.people.accept(token, place.made("Ben", "candidate")))
    assert browser.get(place.service.let_in(out)).status_code == 404
    assert {account.name for account in asyncio.run(place.people.accounts())} == {"Cleo", "Ben"}


def test_nobody_is_let_in_who_was_not_asked_for(place: Place) -> None:
    """A sign-in that belongs to no account enters none, and one that belongs to one stays its."""
    assert place.there_and_back(place.browser(), "/login/openid").status_code == 403
    place.made("Ann", "candidate")
    place.made("Ben", "candidate")
    place.there_and_back(place.browser("ann"), "/account/openid")
    taken = place.there_and_back(place.browser("ben"), "/account/openid")
    assert taken.status_code == 409
    asyncio.run(place.people.disable("Ann"))
    assert place.there_and_back(place.browser(), "/login/openid").status_code == 403


@pytest.mark.parametrize(
    "fault",
    ["denied", "another's state", "no token", "another's token", "old", "another issuer",
     "replayed", "nobody", "unsigned", "shared secret", "another's key"],
)  # fmt: skip
def test_an_answer_that_proves_nobody_is_not_believed(place: Place, fault: str) -> None:
    """Whatever is wrong with it, nobody is signed in, and a sentence says what to do."""
    place.made("Ann", "candidate")
    place.there_and_back(place.browser("ann"), "/account/openid")
    place.service.fault = fault
    browser = place.browser()
    back = place.there_and_back(browser, "/login/openid")
    assert back.status_code == 403
    assert "cannot be trusted" in back.text
    assert LOGIN_COOKIE not in browser.cookies


@pytest.mark.parametrize("fault", ["no answer", "unsafe", "speaks for others"])
def test_a_service_that_does_not_answer_is_named(place: Place, fault: str) -> None:
    """The page says to try later, or with the password."""
    place.service.fault = fault
    answer = place.browser().get("/login/openid")
    assert answer.status_code == 502
    assert "Campus does not answer" in answer.text


def test_a_key_that_was_changed_is_asked_for(place: Place) -> None:
    """A service that signs with a new key is believed once it says so; it is asked once more."""
    place.made("Ann", "candidate")
    place.there_and_back(place.browser("ann"), "/account/openid")
    asked = place.service.asked.count("/keys")
    place.service.key = type(place.service.key).generate_key("P-256", {"kid": "one"})
    assert place.there_and_back(place.browser(), "/login/openid").status_code == 303
    assert place.service.asked.count("/keys") == asked + 1


def test_a_trip_belongs_to_one_browser_and_is_made_once(place: Place) -> None:
    """Without its cookie, with one that is forged or old, or a second time, nobody comes in."""
    place.made("Ann", "candidate")
    place.there_and_back(place.browser("ann"), "/account/openid")
    first = place.browser()
    way = place.service.let_in(first.get("/login/openid").headers["location"])
    assert place.browser().get(way).status_code == 400
    forged = place.browser()
    signed = TripSigner("another secret").dumps(Trip.begun("enter", "/"))
    forged.cookies.set(TRIP_COOKIE, signed, path=BACK)
    assert forged.get(way).status_code == 400
    assert first.get(way).status_code == 303
    assert first.get(way).status_code == 400


def test_a_trip_does_not_connect_the_account_of_whoever_signs_in_meanwhile(place: Place) -> None:
    """It was begun by Ann; Ben, who sits there when it ends, gets nothing of it."""
    place.made("Ann", "candidate")
    ben = place.made("Ben", "candidate")
    browser = place.browser("ann")
    out = browser.get("/account/openid").headers["location"]
    browser.post("/login", data={"name": "Ben", "password": PASSWORD})
    assert browser.get(place.service.let_in(out)).status_code == 400
    assert not asyncio.run(place.identities.is_connected(ben, place.service.address))


def test_another_site_begins_no_trip(place: Place) -> None:
    """A link on a page of another site connects and enters nothing."""
    place.made("Ann", "candidate")
    browser = place.browser("ann")
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for way in ("/account/openid", "/login/openid"):
        answer = browser.get(way, headers=foreign)
        assert "did not come from a page of ours" in answer.text
        assert TRIP_COOKIE not in answer.headers.get("set-cookie", "")


def test_an_old_trip_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes are enough for a second factor; what lies around longer is not believed."""
    signer = TripSigner("secret")
    cookie = signer.dumps(Trip.begun("enter", "/"))
    assert signer.loads(cookie) is not None
    monkeypatch.setattr("interviewer.signin.trip.TRIP_SECONDS", -1)
    assert signer.loads(cookie) is None
    assert TRIP_SECONDS == 600


@pytest.mark.parametrize(
    ("issuer", "client", "why"),
    [("https://id.example", "", "needs both"), ("http://id.example", "x", "with https"),
     ("file:///x", "x", "with https"), ("https://", "x", "with https"),
     ("http://[", "x", "with https")],
)  # fmt: skip
def test_a_service_that_is_not_safe_is_refused_at_the_start(
    issuer: str, client: str, why: str
) -> None:
    """The variable is named, and what to write."""
    values = {"INTERVIEWER_OPENID_ISSUER": issuer, "INTERVIEWER_OPENID_CLIENT": client}

    def opened() -> None:
        found = Settings.from_environment(values).openid
        assert found is not None
        open_provider(found)

    with pytest.raises(SetupError, match=why):
        opened()
