"""Coming in and going out, without a browser: login, logout, invitations, one's own password."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.people.accounts import Account
from interviewer.storage import SqlPeople, passwords
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.doorkeeper import LOGIN_COOKIE, Doorkeeper, own_path
from interviewer.ui.pages.people_routes import add_people_pages
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import Settings, open_people, prepare_home

PASSWORD = "four words in a row"
FORM = {"Sec-Fetch-Site": "same-origin"}
PAGE = {"accept": "text/html"}
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Place:
    """The pages of accounts, a coach and a candidate."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.people = desk, open_people(desk.store)
        app = FastAPI()
        add_people_pages(app, desk, self.people, open_visitors(settings.home, accounts=True))
        app.add_middleware(Doorkeeper, people=self.people)
        self.app = app
        self.ann = self.made("Ann", "candidate")
        self.cleo = self.made("Cleo", "coach")

    def made(self, name: str, role: str) -> Account:
        """Make an account."""
        return asyncio.run(self.people.add(name, role, PASSWORD))

    def browser(self, name: str = "", address: str = "http://127.0.0.1") -> TestClient:
        """Return a browser in which somebody signed in."""
        client = TestClient(self.app, base_url=address, headers=FORM, follow_redirects=False)
        if name:
            answer = client.post("/login", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 303
        return client


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Return the pages of an app where people sign in."""
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    settings = Settings.from_environment(
        {"INTERVIEWER_HOME": str(tmp_path), "INTERVIEWER_AUTH": "on"}
    )
    prepare_home(settings)
    desk = open_desk(settings, alone=True)
    yield Place(desk, settings)
    desk.research.close()
    desk.store.close()


def people(place: Place) -> SqlPeople:
    """Return who knows the accounts."""
    return place.people


def test_whoever_is_not_signed_in_is_led_to_the_login_and_back(place: Place) -> None:
    """A page leads to the login and from there on; anything else is told to sign in."""
    browser = place.browser()
    led = browser.get("/sharing?x=1", headers=PAGE)
    assert (led.status_code, led.headers["location"]) == (303, "/login?next=%2Fsharing%3Fx%3D1")
    assert browser.get("/sharing").status_code == 401
    assert browser.post("/sharing/show", headers=PAGE).status_code == 401
    shown = browser.get(led.headers["location"])
    assert 'value="/sharing?x=1"' in shown.text
    form = {"name": "ann", "password": PASSWORD, "next": "/sharing?x=1"}
    assert browser.post("/login", data=form).headers["location"] == "/sharing?x=1"
    assert browser.get("/login").status_code == 303


@pytest.mark.parametrize(
    "there",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "x", "//[", ""],
)
def test_the_login_leads_to_no_other_place(there: str) -> None:
    """An address of another site, however it is written, becomes the start page."""
    assert own_path(there) == "/"
    assert own_path("/coach?x=1") == "/coach?x=1"


def test_the_cookie_is_for_this_server_alone(place: Place) -> None:
    """Scripts cannot read it, other sites' forms do not carry it, https keeps it to https."""
    form = {"name": "ann", "password": PASSWORD}
    plain = place.browser().post("/login", data=form).headers
    assert plain["set-cookie"].startswith(LOGIN_COOKIE)
    assert "HttpOnly" in plain["set-cookie"]
    assert "samesite=lax" in plain["set-cookie"].lower()
    assert "secure" not in plain["set-cookie"].lower()
    assert plain["clear-site-data"] == '"storage"'
    safe = place.browser(address="https://127.0.0.1").post("/login", data=form).headers
    assert "secure" in safe["set-cookie"].lower()


def test_a_refusal_tells_nothing(place: Place) -> None:
    """A wrong password and a name nobody has get the same answer, without the password."""
    answers = [
        place.browser().post("/login", data={"name": name, "password": "wrong wrong wrong"})
        for name in ("Ann", "Nob")
    ]
    assert {answer.status_code for answer in answers} == {403}
    one, two = (answer.text.replace("Ann", "").replace("Nob", "") for answer in answers)
    assert one == two
    assert "wrong wrong wrong" not in one


def test_too_many_attempts_are_told_to_wait(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last attempt the answer is to wait, whatever the password."""
    monkeypatch.setattr("interviewer.storage.logins.MOST_OF_ACCOUNT", 1)
    browser = place.browser()
    assert browser.post("/login", data={"name": "ann", "password": "wrong"}).status_code == 403
    assert browser.post("/login", data={"name": "ann", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("sent", ["cross-site", "same-site"])
def test_forms_of_other_sites_do_nothing(place: Place, sent: str) -> None:
    """Neither signing in, nor out, nor accepting, nor showing can be done from elsewhere."""
    browser = place.browser("Ann")
    token = asyncio.run(place.people.invite(place.cleo))
    for path in ("/login", "/logout", "/account/password", f"/invitation/{token}", "/sharing/show",
                 "/sharing/leave"):  # fmt: skip
        assert browser.post(path, headers={"Sec-Fetch-Site": sent}).status_code == 400
    assert browser.get("/account").status_code == 200
    assert asyncio.run(place.people.coaches_of(place.ann)) == ()


def test_a_login_brings_no_files_and_no_book(place: Place) -> None:
    """More than name and password is refused before it is read."""
    client = place.browser()
    long = client.post("/login", data={"name": "a" * 30_000, "password": "x"})
    assert long.status_code == 400
    file = {"file": ("a.txt", b"words")}
    assert client.post("/login", data={"name": "Ann"}, files=file).status_code == 400


def test_signing_out_ends_it_here_and_being_kept_out_everywhere(place: Place) -> None:
    """One browser out leaves the other in; a closed account is out at its next request."""
    one, two = place.browser("Ann"), place.browser("Ann")
    assert one.post("/logout").headers["location"] == "/login"
    assert one.get("/account").status_code == 401
    assert two.get("/account").status_code == 200
    asyncio.run(place.people.disable("Ann"))
    assert two.get("/account").status_code == 401
    assert (
        two.get("/account", headers={"cookie": f"{LOGIN_COOKIE}={'x' * 300}"}).status_code == 401
    )


def test_ones_own_password_is_changed_with_the_old_one(place: Place) -> None:
    """This browser stays in, the others are out; a wrong old password changes nothing."""
    one, two = place.browser("Ann"), place.browser("Ann")
    wrong = one.post("/account/password", data={"old": "x", "new": "five other words here"})
    assert wrong.status_code == 400
    assert two.get("/account").status_code == 200
    changed = one.post("/account/password", data={"old": PASSWORD, "new": "five other words here"})
    assert changed.status_code == 303
    assert "is changed" in one.get(changed.headers["location"]).text
    assert two.get("/account").status_code == 401


def test_an_invitation_makes_an_account_once(place: Place) -> None:
    """Name and password are asked for, faults told beside the form; a second use is not there."""
    token = asyncio.run(place.people.invite(place.cleo))
    browser = place.browser()
    assert "Cleo would like to coach you" in browser.get(f"/invitation/{token}").text
    short = browser.post(f"/invitation/{token}", data={"name": "Zoë", "password": "short"})
    assert short.status_code == 400
    assert 'value="Zoë"' in short.text
    made = browser.post(f"/invitation/{token}", data={"name": "Zoë", "password": PASSWORD})
    assert made.headers["location"] == "/sharing"
    assert "Cleo" in browser.get("/sharing").text
    assert place.browser().get(f"/invitation/{token}").status_code == 404
    again = place.browser().post(f"/invitation/{token}", data={"name": "Y", "password": PASSWORD})
    assert again.status_code == 404


def test_whoever_is_signed_in_accepts_with_their_account(place: Place) -> None:
    """No second account is made, and one's own coach can be left again."""
    token = asyncio.run(place.people.invite(place.cleo))
    browser = place.browser("Ann")
    assert "signed in as Ann" in browser.get(f"/invitation/{token}").text
    assert browser.post(f"/invitation/{token}").status_code == 303
    assert [coach.name for coach in asyncio.run(place.people.coaches_of(place.ann))] == ["Cleo"]
    browser.post("/sharing/leave", data={"coach": str(place.cleo.id)})
    assert asyncio.run(place.people.coaches_of(place.ann)) == ()
    assert browser.post("/sharing/leave", data={"coach": "x"}).status_code == 404


def test_where_people_sign_in_nobody_is_alone(place: Place) -> None:
    """Several people share the machine: what is offered to its one user alone is not."""
    assert not place.desk.alone
    assert place.desk.accounts
    assert not place.desk.offers


@pytest.mark.parametrize("address", ["/coach", "/no-such-page"])
def test_what_is_not_theirs_is_refused_in_a_page_in_their_language(
    place: Place, address: str
) -> None:
    """Whoever opens an address gets a page with a way back; a program gets a line."""
    browser = place.browser("ann")
    shown = browser.get(address, headers={**PAGE, "accept-language": "zh"})
    assert shown.status_code == 404
    assert "这里没有内容" in shown.text
    assert "href=" in shown.text
    line = browser.get(address)
    assert (line.status_code, "<" in line.text) == (404, False)
