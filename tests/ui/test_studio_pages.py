"""The studio's pages asked without a browser: editing, looking, versions, and who may."""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.content.copies import Piece, digest_of
from interviewer.errors import InputError
from interviewer.studio.versions import Verdict
from interviewer.transcript import Transcript
from interviewer.ui import trials
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.study import Study
from interviewer.ui.visitors import Visitors, open_visitors
from interviewer.wiring import Settings, prepare_home
from tests.conftest import ROOT
from tests.fakes import Script, running

FORM = {"Sec-Fetch-Site": "same-origin"}
HR = "/studio/phrases/hr/en"
PIECE = Piece("phrases", "hr", "en")
PATIENCE = 120
SHIPPED = (ROOT / "personas/hr/phrases.en.toml").read_text(encoding="utf-8")
PRAISE = '"Great answer, well done.",'


class Browser(TestClient):
    """A browser, and the rooms behind the pages it asks."""

    desk: Desk
    visitors: Visitors

    @property
    def visitor(self) -> str:
        """Who it is."""
        return self.visitors.digest(self.cookies) or ""


@contextmanager
def opened(home: Path, *, alone: bool = True, **more: str) -> Iterator[Browser]:
    """Open the pages for a browser; alone where only this machine can reach them."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home), **more})
    prepare_home(settings)
    desk = open_desk(settings, alone=alone)
    study = Study(Collection(desk, settings, Intakes(desk.research), None))
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, study, visitors)
    app.add_middleware(CookieGiver, visitors=visitors)
    with Browser(app, base_url="http://127.0.0.1", headers=FORM) as client:
        client.desk, client.visitors = desk, visitors
        client.get("/studio")
        yield client
        assert client.portal is not None
        client.portal.call(desk.close)
    study.collection.close()
    desk.research.close()
    desk.store.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Browser]:
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


def test_a_copy_is_edited_kept_held_against_the_file_and_taken_back(client: Browser) -> None:
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


def test_a_look_tells_what_stands_out_of_a_text_that_is_not_kept(client: Browser) -> None:
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
def test_what_cannot_be_kept_is_told_beside_what_was_typed(client: Browser, text: str) -> None:
    """Too long, or with characters nobody sees: a sentence, and the text is still there."""
    told = client.post(HR, data={"text": text, "note": "mine"})
    assert told.status_code == 400
    assert 'role="alert"' in told.text
    assert 'value="mine"' in told.text


def test_what_is_not_there_is_not_shown(client: Browser) -> None:
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


def tried(client: Browser, text: str) -> str:
    """Keep a text and let it be tried; return the page of its version."""
    kept = client.post(HR, data={"text": text})
    number = max(int(found) for found in re.findall(r"/versions/(\d+)", kept.text))
    address = f"{HR}/versions/{number}"
    assert client.post(f"{address}/trial").status_code == 200
    until = time.monotonic() + PATIENCE
    while client.get(f"{address}/trial?asks=1").text:
        assert time.monotonic() < until, "the trial does not end"
        time.sleep(0.2)
    return client.get(address).text


def test_a_worse_version_is_found_worse_and_published_with_a_reason_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Praise and a leak: figures and kinds are listed, and no form goes round the reason."""
    monkeypatch.setattr(trials, "INTERVIEWS", 4)
    with opened(tmp_path) as client:
        worse = re.sub(
            r"(?s)\[ack\]\nplain = \[\n",
            "[ack]\nplain = [\n"
            + "".join(f'    "That gets {n} full marks, great answer.",\n' for n in range(60)),
            SHIPPED,
        )
        shown = said(tried(client, worse))
        assert "It is worse than the version that counts now." in shown
        assert "role_breaks worse" in shown
        assert "praise or blame stands out" in shown
        one = f"{HR}/versions/1"
        for reason in ("", "because"):
            refused = client.post(f"{one}/publish", data={"reason": reason})
            assert refused.status_code == 400
            assert "Write why" in said(refused.text)
        reason = "A drill on taking praise calmly."
        published = said(client.post(f"{one}/publish", data={"reason": reason}).text)
        assert "published" in published
        assert reason in published
        assert "published" in said(client.get("/studio").text)
        back = said(tried(client, SHIPPED))
        assert "It is not worse than the version that counts now." in back
        client.post(f"{HR}/versions/2/publish")
        assert "Version 2 is published" in said(client.get(HR).text)
        client.post(f"{HR}/withdraw")
        assert "as it comes" in said(client.get(HR).text)


def test_what_is_broken_or_improper_is_neither_tried_nor_published(client: Browser) -> None:
    """No reason makes an improper question publishable, and what cannot be read has no trial."""
    for old, new in (('"Let\'s dive in.",', '"I suppose you are married.",'), ("{name}", "{nam}")):
        client.post(HR, data={"text": SHIPPED.replace(old, new, 1)})
    for number in (1, 2):
        address = f"{HR}/versions/{number}"
        assert client.post(f"{address}/trial").status_code == 400
        refused = client.post(f"{address}/publish", data={"reason": "a good reason to do it"})
        assert refused.status_code == 400
        assert "Evaluate this version" not in said(client.get(address).text)
    assert client.post(f"{HR}/versions/0/trial").status_code == 400


def test_a_version_is_listened_to_beside_the_one_that_counts(client: Browser) -> None:
    """Opening, question, probe and three replies; what the version says otherwise is marked."""
    text = SHIPPED.replace("I'm {name}", "I am plainly {name}")
    client.post(HR, data={"text": text})
    page = client.get(f"{HR}/versions/1/preview").text
    for heading in ("Opening", "A question", "A probe", "After a weak answer",
                    "After a middling answer", "After a strong answer"):  # fmt: skip
        assert f">{heading}</h2>" in page
    assert "I am plainly Helen Marsh" in said(page)
    assert page.count("differs") >= 1
    other = "/studio/format/company/all/versions/0/preview?language=zh"
    assert "What is asked" in said(client.get(other).text)
    assert client.post(f"{HR}/versions/1/preview", data={"model": "openai:x"}).status_code == 400


def test_a_published_copy_speaks_where_it_was_chosen_and_nowhere_else(tmp_path: Path) -> None:
    """The plan records its digest; what was begun with it goes on so when it is taken back."""
    text = SHIPPED.replace("I'm {name}", "I am plainly {name}")

    async def publish(desk: Desk) -> None:
        kept = desk.editions.kept
        await kept.add("me", PIECE, text)
        await kept.judged("me", PIECE, 1, Verdict(digest_of(SHIPPED), 12))
        await kept.publish("me", PIECE, 1, shipped=digest_of(SHIPPED), reason="")

    async def opening(desk: Desk, visitor: str, subjects: list[str]) -> Transcript:
        content = await desk.editions.chosen(desk.copies_of(visitor), subjects)
        session = await desk.begin(
            visitor, company="brightwell", role="data-engineer", language="en", cv="", advert="",
            format_id="single:hr", content=content,
        )  # fmt: skip
        await desk.editions.kept.withdraw("me", PIECE)
        pieces = [piece async for piece in desk.speak(session, visitor)]
        assert isinstance(pieces[-1], Transcript)
        assert await desk.report(pieces[-1])
        await publish_again(desk)
        return pieces[-1]

    async def publish_again(desk: Desk) -> None:
        await desk.editions.kept.publish("me", PIECE, 1, shipped=digest_of(SHIPPED), reason="")

    async def walk(client: Browser) -> None:
        desk, visitor = client.desk, client.visitor
        await publish(desk)
        assert await desk.editions.offered("me", "en") == [("HR examiner", "persona/hr")]
        assert await desk.editions.offered(None, "en") == []
        with_copy = await opening(desk, visitor, ["persona/hr"])
        assert "plainly Helen Marsh" in str(with_copy.turns[0].content)
        plan = with_copy.interview.plan
        assert plan["copies"] == {PIECE.file: digest_of(text)}
        assert with_copy.interview.personas["hr"].startswith("1.0+")
        without = await opening(desk, visitor, [])
        assert "plainly" not in str(without.turns[0].content)
        assert "copies" not in without.interview.plan
        for subjects in (["persona/boss"], ["x"]):
            with pytest.raises(InputError, match="published"):
                await desk.editions.chosen("me", subjects)
        await desk.editions.kept.delete("me", PIECE)
        desk.editions._made.clear()
        assert await desk.content_of(with_copy) == desk.library

    with opened(tmp_path) as client:
        asyncio.run(walk(client))


def test_a_model_that_is_offered_is_listened_to_behind_the_guard(tmp_path: Path) -> None:
    """Its words stand on both sides, and its prompts are those of each side."""
    prompt = "/studio/prompt/hr/en"
    shipped = (ROOT / "personas/hr/prompt.en.md.j2").read_text(encoding="utf-8")
    with running(Script()) as fake:
        more = {"INTERVIEWER_MODEL": "openai:test-model", "OPENAI_API_KEY": "sk-test",
                "OPENAI_BASE_URL": fake.base_url}  # fmt: skip
        with opened(tmp_path, **more) as client:
            client.post(prompt, data={"text": f"ZUGUNRUHE.\n{shipped}"})
            page = client.get(f"{prompt}/versions/1/preview").text
            assert "openai:test-model" in page
            assert not fake.requests
            model = {"model": "openai:test-model"}
            heard = client.post(f"{prompt}/versions/1/preview", data=model)
            assert heard.status_code == 200
            asked = ["ZUGUNRUHE" in str(request.body) for request in fake.requests]
            assert asked.count(True) == asked.count(False) >= 5
