"""Coaches and candidates in a real browser: invited, assigned, begun, shown and taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from interviewer.wiring import Settings
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run an app where people sign in, with one coach."""
    running = App(
        tmp_path_factory.mktemp("home"), settings={"INTERVIEWER_AUTH": "on"}, shows="/healthz"
    )
    running.start()
    subprocess.run(
        [sys.executable, "-m", "interviewer", "user", "add", "Dana", "--role", "coach"],
        env=Settings.from_environment().environment(home=running.home),
        input=f"{PASSWORD}\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    yield running
    running.stop()


def sign_in(page: Page, app: App, name: str) -> None:
    """Sign in by the form."""
    page.goto(f"{app.address}login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main .button")
    page.wait_for_url(lambda url: "/login" not in url)


def invited(coach: Page, app: App) -> str:
    """Return the link of a new invitation."""
    coach.goto(f"{app.address}coach")
    coach.click("form[action='/coach/invite'] button")
    return coach.input_value(".link-field")


def sound(page: Page) -> bool:
    """Whether axe finds nothing and nothing scrolls sideways."""
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_from_the_invitation_to_taking_it_back(peopled: App, open_page: PageMaker) -> None:
    """A coach invites and assigns; a candidate joins, begins, shows it and takes it back."""
    coach, ann = open_page(strict=False), open_page(strict=False)  # Gradio logs left streams
    sign_in(coach, peopled, "Dana")
    ann.goto(invited(coach, peopled))
    ann.fill("[name=name]", "Ann")
    ann.fill("[name=password]", PASSWORD)
    ann.click("main .button")
    assert "Dana" in ann.locator(".sharing-coach").inner_text()
    coach.goto(f"{peopled.address}coach/assignments")
    coach.check("text=Ann")
    coach.select_option("[name=format]", "single:hr")
    coach.click("text=Assign >> nth=-1")
    assert "not begun" in coach.locator(".assigned").inner_text()
    ann.goto(peopled.address)
    ann.click(".reminders .card")
    ann.select_option("[name=shown]", "transcript")
    ann.click("main .entering-form .button")
    ann.wait_for_selector(".message-examiner")
    session = ann.url.partition("s=")[2]
    address = f"{peopled.address}coach/sessions/{session}"
    coach.goto(address)
    coach.wait_for_selector(".told-turn.examiner")
    assert "the round begins" in coach.locator(".why-asked").first.inner_text()
    ann.goto(f"{peopled.address}sharing")
    ann.select_option("[name=shown]", "nothing")
    ann.click(".sharing-form .button")
    ann.wait_for_url("**/sharing#coach-*")
    gone = coach.goto(address)
    assert gone is not None
    assert gone.status == 404


@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "dark"), ("zh-CN", "light")])
def test_the_pages_are_for_everybody(
    peopled: App, open_page: PageMaker, locale: str, scheme: str
) -> None:
    """On a phone, light and dark, in both languages: axe finds nothing, nothing scrolls aside."""
    phone = {"viewport": {"width": 390, "height": 844}, "locale": locale, "color_scheme": scheme}
    page = open_page(**phone)
    page.goto(f"{peopled.address}login")
    assert sound(page)
    sign_in(page, peopled, "Dana")
    for path in ("coach", "coach/assignments", "sharing", "assignments", "account"):
        page.goto(f"{peopled.address}{path}")
        assert sound(page)
    stranger = open_page(**phone)
    stranger.goto(invited(page, peopled))
    assert sound(stranger)
