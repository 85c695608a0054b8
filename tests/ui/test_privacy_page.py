"""The page on what is kept: true for the settings in force; one's own given out and deleted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.interview.self_assessment import SelfAssessment
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.study import Study
from interviewer.ui.visitors import COOKIE, open_visitors
from interviewer.ui.words import words_for
from interviewer.wiring import Settings, open_store, prepare_home

Visit = Callable[..., TestClient]
FORM = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def visited(home: Path, *, alone: bool = False, **settings: str) -> Iterator[Visit]:
    """Open the pages under some settings, and yield what opens a browser on them."""
    made = Settings.from_environment({"INTERVIEWER_HOME": str(home), **settings})
    prepare_home(made)
    desk = open_desk(made, alone=alone)
    study = Study(Collection(desk, made, Intakes(desk.research), None))
    visitors = open_visitors(made.home, accounts=made.auth)
    app = FastAPI()
    add_pages(app, study, visitors)
    app.add_middleware(CookieGiver, visitors=visitors)

    def visiting(language: str = "en", *, known: bool = True) -> TestClient:
        headers = {**FORM, "accept-language": language}
        browser = TestClient(app, base_url="http://127.0.0.1", headers=headers)
        if known:
            browser.get("/research")
        return browser

    yield visiting
    study.collection.close()
    desk.research.close()
    desk.store.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_what_is_so(tmp_path: Path, language: str) -> None:
    """Period, model, where its text goes, web pages and whom to ask are those of the settings."""
    words = words_for(language)
    with visited(tmp_path) as visit:
        text = visit(language, known=False).get("/privacy").text
        for name in ("builtin", "in_file", "forever", "fetches_not", "reads_browser", "nothing"):
            assert words[f"privacy_{name}"] in text
        assert words["privacy_what_account"] not in text
        assert COOKIE not in visit(language, known=False).get("/privacy").cookies
    settings = {
        "INTERVIEWER_KEEP_DAYS": "30", "INTERVIEWER_CONTACT": "Ask <Dana>, room 7",
        "INTERVIEWER_AUTH": "on", "INTERVIEWER_FETCH": "on", "OPENAI_API_KEY": "sk-never-shown",
        "INTERVIEWER_MODEL": "openai:gpt-x", "OPENAI_BASE_URL": "https://llm.example/v1",
        "INTERVIEWER_RERANKER": "https://rank.example/v1/rerank",
    }  # fmt: skip
    with visited(tmp_path, **settings) as visit:
        text = visit(language).get("/privacy").text
    told = {
        words["privacy_days"].format(days=30), "Ask &lt;Dana&gt;, room 7",
        words["privacy_model_to"].format(model="gpt-x", place="llm.example"),
        words["privacy_reranker"].format(place="rank.example"), words["privacy_fetches"],
        words["privacy_reads_accounts"].replace("'", "&#39;"), words["privacy_sign_in"],
    }  # fmt: skip
    assert {entry for entry in told if entry not in text} == set()
    assert "sk-never-shown" not in text
    assert "/privacy/forget" not in text  # nobody is signed in


def test_a_browser_takes_and_deletes_what_is_its_own(tmp_path: Path) -> None:
    """All of one browser is in its file and goes; another's stays; an unsure form does nothing."""
    with visited(tmp_path) as visit:
        ann, ben = visit(), visit()
        for browser, sign in ((ann, "zugunruhe"), (ben, "fernweh")):
            browser.post("/self", data={"strengths": sign, "company": "brightwell"})
            browser.post("/research", data={"name": f"Employer {sign}", "language": "en"})
        held = ann.get("/privacy/mine.jsonl").text
        assert ("Employer zugunruhe" in held, "fernweh" in held) == (True, False)
        assert [line for line in held.splitlines() if "self_assessment" in json.loads(line)]
        unsure = ann.post("/privacy/forget")
        assert (unsure.status_code, "Tick the box" in unsure.text) == (400, True)
        foreign = ann.post(
            "/privacy/forget", data={"sure": "yes"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert foreign.status_code == 400
        assert ann.get("/privacy/mine.jsonl").text == held
        gone = ann.post("/privacy/forget", data={"sure": "yes"}, follow_redirects=False)
        assert (gone.status_code, gone.headers["Clear-Site-Data"]) == (303, '"storage"')
        assert ann.get(gone.headers["location"]).text.count("was deleted") == 1
        assert ann.get("/privacy/mine.jsonl").status_code == 404
        assert "fernweh" in ben.get("/privacy/mine.jsonl").text
        assert "Employer fernweh" in ben.get("/research").text
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert (b"zugunruhe" in left, b"fernweh" in left) == (False, True)


def test_on_ones_own_machine_the_terminals_go_too(tmp_path: Path) -> None:
    """Where only this machine reaches the page there is one person, whatever they used."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)})
    store = open_store(settings)
    asyncio.run(store.save_self_assessment(SelfAssessment(strengths="from the terminal")))
    store.close()
    with visited(tmp_path, alone=True) as visit:
        browser = visit()
        assert "from the terminal" in browser.get("/privacy/mine.jsonl").text
        assert str(tmp_path) in browser.get("/privacy").text
        browser.post("/privacy/forget", data={"sure": "yes"})
        assert "from the terminal" not in browser.get("/privacy/mine.jsonl").text
