"""A model judges from under the report, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.transcript import Transcript
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.fakes import Script, running
from tests.ui.conftest import PageMaker
from tests.ui.running import App
from tests.ui.test_browser_axe import grave_in
from tests.ui.test_browser_loop import apart, shown_to

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr")
    return apart(held, rehearsals, plan, try_answers("brightwell"))


@pytest.fixture
def judged_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Run an app whose operator named a model, which is on this machine."""
    with running(Script()) as fake:
        named = {"INTERVIEWER_MODEL": "openai:fake", "OPENAI_BASE_URL": fake.base_url}
        app = App(tmp_path_factory.mktemp("judged"), settings=named)
        app.start()
        yield app
        app.stop()


def test_one_button_brings_a_models_levels(
    judged_app: App, open_page: PageMaker, over: Transcript
) -> None:
    """The form says who and where; levels, samples and tokens are in the report afterwards."""
    page = open_page()
    shown_to(page, judged_app, over, "judge-me")
    page.wait_for_selector("#rating, .report")
    if page.locator("#rating-skip").count():
        page.click("#rating-skip")
    page.wait_for_selector("#judge")
    assert "fake" in page.locator("#judge-model").inner_text()
    assert page.locator(".report-judged").count() == 0
    assert grave_in(page) == []
    page.click("#judge-ask")
    page.wait_for_selector(".report-judged")
    assert "By fake" in page.locator(".report-judged").first.inner_text()
    assert "tokens read" in page.locator(".report-judge-used").inner_text()
    page.reload()
    page.wait_for_selector(".report-judged")
    assert grave_in(page) == []
