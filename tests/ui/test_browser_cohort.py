"""A coach's day in a real browser: comments, rates blind, overrides, compares, exports."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.storage import SqlPeople, SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.wiring import Settings
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.conftest import PageMaker
from tests.ui.running import App

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, make_plan: PlanMaker, voice: BuiltinVoice
) -> Iterator[App]:
    """Run an app in which two candidates show Dana an interview each."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr", length="short")
    over = held(rehearsals, plan, try_answers("brightwell"))
    home = tmp_path_factory.mktemp("home")
    running = App(home, settings={"INTERVIEWER_AUTH": "on"}, shows="/healthz")
    running.start()
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home), "INTERVIEWER_AUTH": "on"})
    engine = open_engine(settings.database)
    asyncio.run(furnished(SqlSessionStore(engine), SqlPeople(engine), over))
    engine.dispose()
    yield running
    running.stop()


async def furnished(store: SqlSessionStore, people: SqlPeople, over: Transcript) -> None:
    """Enter a coach and two candidates who show an interview."""
    dana = await people.add("Dana", "coach", PASSWORD)
    for name in ("zoe", "Ann"):
        who = await people.add(name, "candidate", PASSWORD)
        await people.accept(await people.invite(dana), who)
        await store.create(replace(over, id=f"of-{name}"), visitor=who.key)
        await people.share(who, f"of-{name}", dana.id, "report")


def sign_in(page: Page, app: App, name: str) -> None:
    """Sign in by the form."""
    page.goto(f"{app.address}login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main .button")
    page.wait_for_url(lambda url: "/login" not in url)


def sound(page: Page) -> None:
    """Make sure that axe finds nothing, and nothing scrolls sideways on a phone or a desk."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 860})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found] == []


def test_a_coach_comments_rates_blind_compares_and_exports(
    office: App, open_page: PageMaker
) -> None:
    """From the closed levels to the files, and what a candidate takes back is gone."""
    coach, ann = open_page(accept_downloads=True), open_page()
    sign_in(coach, office, "Dana")
    address = f"{office.address}coach/sessions/of-Ann"
    coach.goto(address)
    assert coach.locator(".level-table").count() == 0
    coach.click("#whole .miss summary")
    coach.fill("#whole textarea", "Calm from the first sentence on.")
    coach.click("#whole form .button")
    coach.click(".rate-fold summary")
    for item in coach.locator(".rate-item").all():
        item.locator("input[value='4']").check()
    sound(coach)
    coach.click(".rate-form .button")
    coach.wait_for_selector(".level-table")
    assert "blind" in coach.locator(".rated").first.inner_text()
    coach.locator(".other-level select").first.select_option("5")
    coach.locator(".other-level [name=reason]").first.fill("It is all there.")
    coach.locator(".other-level button").first.click()
    coach.wait_for_selector(".level-table .remark")
    assert "It is all there." in coach.locator(".level-table").inner_text()
    coach.goto(f"{office.address}coach/cohort")
    coach.wait_for_selector(".cohort-closed button")
    coach.click(".cohort-closed button")
    coach.wait_for_selector("tbody tr:nth-child(2) td.heat")
    assert coach.locator("tbody .heat-who").all_inner_texts() == ["Ann", "zoe"]
    sound(coach)
    with coach.expect_download() as taken:
        coach.click(".take-away a >> text=CSV")
    assert taken.value.suggested_filename == "levels.csv"
    coach.click("tbody .heat-who a >> text=Ann")
    coach.wait_for_selector(".trend-card")
    assert "has not allowed files" in coach.locator(".take-away").inner_text()
    sound(coach)
    sign_in(ann, office, "Ann")
    ann.goto(f"{office.address}sharing")
    ann.click(".sharing-release .button")
    ann.wait_for_url("**/sharing#coach-*")
    sound(ann)
    coach.reload()
    with coach.expect_download() as taken:
        coach.click(".take-away a >> text=PDF")
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    coach.goto(f"{office.address}coach/agreement")
    assert "too few" in coach.locator(".agreement").first.inner_text()
    sound(coach)
    ann.locator(".sharing-form select").first.select_option("nothing")
    ann.locator(".sharing-form .button").first.click()
    ann.wait_for_url("**/sharing#coach-*")
    coach.goto(f"{office.address}coach/cohort")
    assert "Ann" not in coach.locator(".heat-map").inner_text().split("zoe")[1]
    assert coach.locator("tbody tr").first.locator("td.heat").count() == 0
