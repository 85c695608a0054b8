"""The page of the written test asked without a browser: what it shows, keeps and refuses."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.interview.session import stage_of
from interviewer.transcript import Transcript
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.pages.written import LONGEST_ANSWER
from interviewer.ui.study import Study
from interviewer.ui.visitors import Visitors, open_visitors
from interviewer.wiring import Settings, prepare_home
from tests.written_fixtures import with_bank

FORM = {"Sec-Fetch-Site": "same-origin"}


class Sitting:
    """A visitor's test: the browser, the session, and what is kept of it."""

    def __init__(self, desk: Desk, visitors: Visitors, app: FastAPI, **wish: object) -> None:
        self.desk, self.app = desk, app
        self.browser = TestClient(
            app, base_url="http://127.0.0.1", headers=FORM, follow_redirects=False
        )
        self.browser.get("/research")
        self.visitor = visitors.digest(dict(self.browser.cookies)) or ""
        begun = desk.begin(
            self.visitor, company="brightwell", role="data-engineer", cv="", advert="",
            **{"language": "en", "format_id": "written", **wish},  # type: ignore[arg-type]  # passed on
        )  # fmt: skip
        self.session = asyncio.run(begun)
        self.path = f"/written/{self.session}"

    @property
    def kept(self) -> Transcript:
        """The transcript as it is stored."""
        return asyncio.run(self.desk.store.load(self.session))

    @property
    def names(self) -> list[str]:
        """Names of the form's fields, in order."""
        return list(dict.fromkeys(re.findall(r'name="(written\.[^"]+)"', self.shown())))

    def shown(self) -> str:
        """Return the page."""
        return self.browser.get(self.path).text


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Callable[..., Sitting]]:
    """Return a function that begins a written test as a new visitor."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)})
    prepare_home(settings)
    desk = open_desk(settings, alone=False)
    desk.library = with_bank(desk.library)
    study = Study(Collection(desk, settings, Intakes(desk.research), None))
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, study, visitors)
    app.add_middleware(CookieGiver, visitors=visitors)
    yield lambda **wish: Sitting(desk, visitors, app, **wish)
    study.collection.close()
    desk.research.close()


def test_all_items_are_on_one_page(sit: Callable[..., Sitting]) -> None:
    """Seventeen items with options, fields, material as a table, and no right answer."""
    sitting = sit()
    page = sitting.shown()
    assert len(sitting.names) == 17
    assert page.count('type="radio"') == 12 * 5
    assert page.count("<textarea") == 5
    assert "<td>1200</td>" in page
    assert "60 minutes left" in page
    assert "Because of reason" not in page
    assert "duplicate" not in page


def test_a_test_is_handed_in_whole(sit: Callable[..., Sitting]) -> None:
    """Every answer is kept under its item; a letter is kept with the option's words."""
    sitting = sit()
    answers = dict.fromkeys(sitting.names[:12], "B") | {
        name: f"Text for {name} <b>" for name in sitting.names[12:]
    }
    done = sitting.browser.post(sitting.path, data=answers)
    assert (done.status_code, done.headers["location"]) == (303, f"/?s={sitting.session}")
    turns = sitting.kept.turns
    said = [turn.content for turn in turns if turn.by_candidate]
    assert all(text.startswith("B. Choice q") for text in said[:12])
    assert said[16] == f"Text for {list(answers)[16]} <b>"
    assert stage_of(sitting.kept).waiting == "nobody"
    again = sitting.browser.get(sitting.path)
    assert again.headers["location"] == f"/?s={sitting.session}"
    assert sitting.browser.post(sitting.path, data=answers).status_code == 303
    assert len(sitting.kept.turns) == len(turns)


def test_items_left_out_are_asked_about_once(sit: Callable[..., Sitting]) -> None:
    """The first hand-in with gaps names them and keeps what was filled in; the second is taken."""
    sitting = sit()
    given = dict.fromkeys(sitting.names[:11], "A") | {sitting.names[12]: "<i>Short</i>"}
    asked = sitting.browser.post(sitting.path, data=given)
    assert asked.status_code == 200
    assert "You left out 5: 12, 14, 15, 16, 17." in asked.text
    assert asked.text.count('value="A" checked') == 11
    assert "&lt;i&gt;Short&lt;/i&gt;" in asked.text
    assert sitting.kept.turns == ()
    assert sitting.browser.post(sitting.path, data={**given, "sure": "1"}).status_code == 303
    assert sum(not t.content for t in sitting.kept.turns if t.by_candidate) == 5


def test_a_test_that_broke_off_shows_what_is_left(sit: Callable[..., Sitting]) -> None:
    """Answers that were kept before a crash are not asked for again."""
    sitting = sit()
    names = sitting.names

    async def two() -> None:
        for text in ("A", "B"):
            async for _ in sitting.desk.rehearsals.speak(sitting.session):
                pass
            await sitting.desk.rehearsals.answer(sitting.session, text)
        async for _ in sitting.desk.rehearsals.speak(sitting.session):
            pass

    asyncio.run(two())
    assert sitting.names == names[2:]
    sitting.browser.post(sitting.path, data={names[2]: "C", "sure": "1"})
    said = [turn.content for turn in sitting.kept.turns if turn.by_candidate]
    assert len(said) == 17
    assert said[:2] == ["A", "B"]
    assert said[2].startswith("C. ")


def test_a_test_belongs_to_one_browser(sit: Callable[..., Sitting]) -> None:
    """Another browser, another site's form and an unknown session are refused."""
    sitting = sit()
    other = TestClient(sitting.app, base_url="http://127.0.0.1", headers=FORM)
    other.get("/research")
    assert other.get(sitting.path).status_code == 404
    assert other.post(sitting.path, data={"sure": "1"}).status_code == 404
    foreign = sitting.browser.post(
        sitting.path, data={"sure": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 400
    assert sitting.browser.get("/written/nothing").status_code == 404
    assert sitting.kept.turns == ()


def test_an_answer_without_end_is_refused(sit: Callable[..., Sitting]) -> None:
    """An answer that no field would take is refused in words, and nothing is kept of the rest."""
    sitting = sit()
    data = {sitting.names[16]: "x" * (LONGEST_ANSWER + 1), "sure": "1"}
    refused = sitting.browser.post(sitting.path, data=data)
    assert refused.status_code == 400
    assert str(LONGEST_ANSWER) in refused.text
    assert sitting.kept.turns == ()


def test_a_chinese_test_is_chinese(sit: Callable[..., Sitting]) -> None:
    """The page speaks the language of the interview, whatever the browser prefers."""
    page = sit(language="zh", format_id="company", written=True).shown()
    assert "交卷" in page
    assert "空着不答" in page
    assert 'lang="zh"' in page
