"""The studio's pages asked without a browser: editing, looking, versions, and who may."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.study import Study
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import Settings, prepare_home
from tests.conftest import ROOT

FORM = {"Sec-Fetch-Site": "same-origin"}
HR = "/studio/phrases/hr/en"
SHIPPED = (ROOT / "personas/hr/phrases.en.toml").read_text(encoding="utf-8")
PRAISE = '"Great answer, well done.",'


@contextmanager
def opened(home: Path, *, alone: bool = True) -> Iterator[TestClient]:
    """Open the pages for a browser; alone where only this machine can reach them."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home)})
    prepare_home(settings)
    desk = open_desk(settings, alone=alone)
    study = Study(Collection(desk, settings, Intakes(desk.research), None))
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, study, visitors)
    app.add_middleware(CookieGiver, visitors=visitors)
    with TestClient(app, base_url="http://127.0.0.1", headers=FORM) as client:
        client.get("/studio")
        yield client
    study.collection.close()
    desk.research.close()
    desk.store.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Return a browser of this machine's own user."""
    with opened(tmp_path) as made:
        yield made


def said(page: str) -> str:
    """Return a page's words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def text_in(page: str) -> str:
    """Return what stands in the editor."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_a_copy_is_edited_kept_held_against_the_file_and_taken_back(client: TestClient) -> None:
    """From the list to the editor, a version with its difference, and the file again."""
    assert f'href="{HR}"' in client.get("/studio").text
    assert text_in(client.get(HR).text).split() == SHIPPED.split()
    edited = SHIPPED.replace('"Thank you.",', PRAISE, 1)
    kept = client.post(HR, data={"text": edited.replace("\n", "\r\n"), "note": "warmer <b>"})
    assert kept.url.path == HR
    assert "Great answer" in text_in(kept.text)
    assert "warmer <b>" in said(kept.text)
    assert "<b>" not in kept.text
    version = client.get(f"{HR}/versions/1").text
    assert 'class="in"' in version
    assert "Great answer, well done." in said(version)
    assert "praise or blame" in said(version)
    assert client.get(f"{HR}/versions/1?against=1").text.count('class="in"') == 0
    back = client.post(f"{HR}/back", data={"number": "0"})
    assert "Great answer" not in text_in(back.text)
    assert "Version 2" in said(back.text)
    assert "Great answer" in text_in(client.get(f"{HR}?version=1").text)
    client.post(f"{HR}/delete")
    assert "Version 1" not in said(client.get(HR).text)


def test_a_look_tells_what_stands_out_of_a_text_that_is_not_kept(client: TestClient) -> None:
    """Only the notes come back, for the page to put in; nothing is kept by looking."""
    edited = SHIPPED.replace('"Thank you.",', PRAISE, 1).replace("{name}", "{nam}", 1)
    looked = client.post(f"{HR}/look", data={"text": edited})
    assert looked.status_code == 200
    assert "<html" not in looked.text
    assert re.findall(r'data-tag="(\w+)"', looked.text) == ["fault", "praise"]
    assert 'data-line="14"' in looked.text
    assert "Nothing stands out" in client.post(f"{HR}/look", data={"text": SHIPPED}).text
    assert "Version 1" not in said(client.get(HR).text)


@pytest.mark.parametrize("text", ["x" * 80_001, "a\x00b"])
def test_what_cannot_be_kept_is_told_beside_what_was_typed(client: TestClient, text: str) -> None:
    """Too long, or with characters nobody sees: a sentence, and the text is still there."""
    told = client.post(HR, data={"text": text, "note": "mine"})
    assert told.status_code == 400
    assert 'role="alert"' in told.text
    assert 'value="mine"' in told.text


def test_what_is_not_there_is_not_shown(client: TestClient) -> None:
    """Other files, other versions and forms of other sites are refused in a sentence."""
    for path in ("/studio/phrases/nobody/en", "/studio/words/hr/all", f"{HR}/versions/7",
                 f"{HR}?version=7", "/studio/phrases/..%2F..%2Fhr/en"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    foreign = client.post(HR, data={"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    assert "Version 1" not in said(client.get(HR).text)


def test_where_others_reach_the_app_without_a_login_nobody_edits(tmp_path: Path) -> None:
    """The single person edits on their own machine; elsewhere accounts say who may."""
    with opened(tmp_path, alone=False) as client:
        for answer in (client.get("/studio"), client.get(HR), client.post(HR, data={"text": "x"}),
                       client.post(f"{HR}/look", data={"text": "x"})):  # fmt: skip
            assert answer.status_code in (400, 404)
            assert "textarea" not in answer.text
