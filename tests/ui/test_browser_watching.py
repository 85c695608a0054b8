"""A coach beside a candidate's interview, each in their own browser: live, helped, replayed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from interviewer.wiring import Settings
from tests.conftest import try_answers
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"
QUESTION = "Which of your habits would you not take to a new team?"
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run an app where people sign in, with a coach and a candidate."""
    running = App(
        tmp_path_factory.mktemp("home"), settings={"INTERVIEWER_AUTH": "on"}, shows="/healthz"
    )
    running.start()
    for name, role in (("Dana", "coach"), ("Ann", "candidate")):
        subprocess.run(
            [sys.executable, "-m", "interviewer", "user", "add", name, "--role", role],
            env=Settings.from_environment().environment(home=running.home),
            input=f"{PASSWORD}\n", text=True, check=True, capture_output=True,
        )  # fmt: skip
    yield running
    running.stop()


def signed_in(page: Page, app: App, name: str) -> Page:
    """Sign in by the form."""
    page.goto(f"{app.address}login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main .button")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def sound(page: Page) -> bool:
    """Whether axe finds nothing and nothing scrolls sideways."""
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def begun(ann: Page, coach: Page, app: App) -> str:
    """Let Ann accept Dana and begin what is asked of her, in which Dana may help."""
    coach.goto(f"{app.address}coach")
    coach.click("form[action='/coach/invite'] button")
    ann.goto(coach.input_value(".link-field"))
    ann.click("main .button")
    coach.goto(f"{app.address}coach/assignments")
    coach.check("text=Ann")
    coach.select_option("[name=format]", "single:hr")
    coach.click("text=Assign >> nth=-1")
    ann.goto(f"{app.address}assignments")
    ann.click("main a[href^='/assignments/']")
    ann.select_option("[name=shown]", "help")
    ann.click("main .entering-form .button")
    ann.wait_for_selector(".message-examiner")
    return ann.url.partition("s=")[2]


def put(coach: Page, what: str, text: str) -> None:
    """Whisper something, or put it in."""
    coach.fill(f"form[action$={what}] textarea", text)
    coach.click(f"form[action$={what}] button")


def test_a_coach_beside_an_interview(peopled: App, open_page: PageMaker) -> None:
    """A turn appears, a hint arrives, a question is asked and marked; taken back, it all goes."""
    # Refusals are answered with their own status, which the browser's console repeats.
    coach = signed_in(open_page(strict=False), peopled, "Dana")
    ann = signed_in(open_page(strict=False), peopled, "Ann")
    session = begun(ann, coach, peopled)
    coach.goto(f"{peopled.address}coach/sessions/{session}/watch")
    assert "the round begins" in coach.locator(".why-asked").first.inner_text()
    ann.wait_for_selector(".beside-present >> text=Dana may be watching.")

    put(coach, "whisper", "Name one thing you measured.")
    ann.wait_for_selector(".whisper >> text=Name one thing you measured.")
    coach.wait_for_selector(".help-seen")
    put(coach, "question", "Are you married?")
    coach.wait_for_selector("#help .note-fault >> text=nobody may ask")
    put(coach, "question", QUESTION)
    coach.wait_for_selector(".help-waiting >> text=waits for its moment")

    answers = try_answers("brightwell")
    for turn, answer in enumerate(answers[:4], start=1):
        ann.fill("#answer textarea", answer)
        ann.click("#send")
        coach.wait_for_selector(f"#turns > li >> nth={2 * turn}")  # without a reload
        if coach.locator(".help-asked").count():
            break
        ann.wait_for_function("!document.body.dataset.turn")
    asked = coach.locator("#turns > li", has_text=QUESTION)
    assert "put in by the coach" in asked.inner_text()
    assert "whispered by the coach" in coach.locator("#turn-2").inner_text()
    ann.wait_for_selector(".message-examiner .of-coach >> text=Your coach put this question in.")
    assert QUESTION in ann.locator("#head").inner_text()
    ann.wait_for_selector(".whisper", state="detached")
    assert ann.locator(".message-candidate .of-coach").count() == 1
    assert sound(coach)

    ann.goto(f"{peopled.address}sharing")
    ann.select_option("[name=shown]", "nothing")
    ann.click(".sharing-form .button")
    coach.wait_for_selector("#live-fault >> text=not shown to you any more")
    assert QUESTION not in coach.locator("main").inner_text()

    ann.select_option("[name=shown]", "transcript")
    ann.click(".sharing-form .button")
    ann.wait_for_url("**/sharing#coach-*")
    replayed(signed_in(open_page(**PHONE), peopled, "Dana"), peopled, session)
    plain = signed_in(open_page(java_script_enabled=False), peopled, "Dana")
    plain.goto(f"{peopled.address}coach/sessions/{session}/replay")
    assert plain.locator("#steps > li:visible").count() == plain.locator("#steps > li").count() > 2
    assert not plain.locator("#player").is_visible()


def replayed(page: Page, app: App, session: str) -> None:
    """Play an interview back, by keys and by the slider."""
    page.goto(f"{app.address}coach/sessions/{session}/replay")
    steps, shown = page.locator("#steps > li"), page.locator("#steps > li:visible")
    count = steps.count()
    assert shown.count() == 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("#played-3.now .known[open]").is_visible()
    assert page.locator("#place").inner_text().startswith(f"Turn 3 of {count} ·")
    assert sound(page)
    page.fill("#scrub", str(count))
    assert shown.count() == count
    page.keyboard.press("Home")
    assert shown.count() == 1
    page.check("[name=speed][value='16']", force=True)
    page.click("[data-toggle]")
    page.wait_for_selector(f"#played-{count}.now")  # played to its end, which stops it
    page.wait_for_selector(".player:not(.playing)")
