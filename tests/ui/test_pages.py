"""The pages before the interview asked without a browser: who may see what, and bad requests."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.errors import InputError, SetupError
from interviewer.research import SourceReport
from interviewer.research.fetching import Fetcher
from interviewer.research.sources import Source, pasted
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import open_desk
from interviewer.ui.intakes import Intakes, Taking
from interviewer.ui.pages import add_pages
from interviewer.ui.pages.asking import MOST_BYTES
from interviewer.ui.study import Study
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import Settings, prepare_home
from tests.fakes.hosts import Hosts, hosts

Visit = Callable[[], TestClient]
FORM = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def web() -> Iterator[Hosts]:
    """Hosts on loopback, as if they were of the internet."""
    with hosts() as served:
        yield served


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    """Return a function that opens a browser of its own on an app that others can reach."""
    with visited(tmp_path, None) as visiting:
        yield visiting


@pytest.fixture
def fetching(tmp_path: Path, web: Hosts) -> Iterator[Visit]:
    """Return the same on an app whose operator lets it fetch web pages."""
    with visited(tmp_path, web.fetcher) as visiting:
        yield visiting


@contextmanager
def visited(tmp_path: Path, fetching: Callable[[], Fetcher] | None) -> Iterator[Visit]:
    """Open the pages, and yield what opens a browser on them."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)})
    prepare_home(settings)
    desk = open_desk(settings, alone=False)
    study = Study(Collection(desk, settings, Intakes(desk.research), fetching))
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, study, visitors)
    app.add_middleware(CookieGiver, visitors=visitors)

    def visiting() -> TestClient:
        browser = TestClient(app, base_url="http://127.0.0.1", headers=FORM)
        browser.get("/research")
        return browser

    yield visiting
    study.collection.close()
    desk.research.close()


def begun(browser: TestClient, name: str) -> str:
    """Begin an employer with one text; return its address."""
    made = browser.post("/research", data={"name": name, "language": "en"}, follow_redirects=False)
    address = made.headers["location"]
    typed = {"title": "Letter", "text": f"{name} employs 4321 people in the town of Hull."}
    browser.post(f"{address}/text", data=typed)
    while 'data-poll="' in browser.get(f"{address}/progress").text:
        time.sleep(0.05)
    return address


def test_nothing_of_one_visitor_is_reachable_by_another(visit: Visit) -> None:
    """Another's employer is not listed, and every address of it is refused like a missing one."""
    one, two = visit(), visit()
    address = begun(one, "Harbour Mutual")
    assert "Harbour Mutual" in one.get("/research").text
    assert "4321" in one.get(address.replace("/research", "/prepare")).text
    assert "Harbour" not in two.get("/research").text + two.get("/prepare").text
    company = address.rpartition("/")[2]
    missing = two.get("/research/missing").text
    for path in ("", "/progress", "?ask=people"):
        refused = two.get(f"/research/{company}{path}")
        assert (refused.status_code, refused.text) == (404, missing)
    for path in ("", "/quiz?seed=1"):
        refused = two.get(f"/prepare/{company}{path}")
        assert "4321" not in refused.text
        assert refused.status_code == 404
    for path in ("text", "files", "page", "remove", "delete"):
        data = {"address": "acme.test", "title": "T", "text": "Text.", "document": "post/Letter"}
        assert two.post(f"/research/{company}/{path}", data=data).status_code == 404
    assert two.post(f"/prepare/{company}", data={"cv": "SQL"}).status_code == 404
    assert two.post("/self", data={"company": company}).status_code == 404
    assert "4321" in one.get(address.replace("/research", "/prepare")).text


def test_a_shared_pack_takes_nothing_in_where_others_read_it(visit: Visit) -> None:
    """The form is not there, and a request without it is refused."""
    browser = visit()
    page = browser.get("/research/brightwell").text
    assert 'type="file"' not in page
    assert "begin the employer anew" in page
    typed = {"title": "T", "text": "Text."}
    assert browser.post("/research/brightwell/text", data=typed).status_code == 400


def test_a_form_from_elsewhere_is_refused(visit: Visit) -> None:
    """Another site, another port of this machine, and a browser without cookie change nothing."""
    browser = visit()
    typed = {"name": "Acme", "language": "en"}
    elsewhere = (
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    )
    for headers in elsewhere:
        assert browser.post("/research", data=typed, headers=headers).status_code == 400
    browser.headers.pop("Sec-Fetch-Site")
    other = {"Origin": "http://127.0.0.1:9999"}
    assert browser.post("/research", data=typed, headers=other).status_code == 400
    same = {"Origin": "http://127.0.0.1"}
    assert browser.post("/research", data=typed, headers=same).status_code == 200
    browser.cookies.clear()
    assert browser.post("/research", data=typed).status_code == 400


def test_a_form_is_bounded(visit: Visit) -> None:
    """Too much at once is refused before it is read; too many files or a broken form in words."""
    browser = visit()
    address = begun(browser, "Acme Ltd")
    huge = {"Content-Length": str(MOST_BYTES + 1)}
    refused = browser.post(f"{address}/files", content=b"x", headers=huge)
    assert f"{MOST_BYTES // 1_000_000} MB" in refused.text
    many = [("files", (f"{n}.md", b"x")) for n in range(101)]
    assert "at most 100 files" in browser.post(f"{address}/files", files=many).text
    none = browser.post(f"{address}/files", files=[("files", ("", b""))])
    assert "No document was chosen" in none.text
    bad = {"Content-Type": "multipart/form-data"}
    assert browser.post(f"{address}/files", content=b"x", headers=bad).status_code == 400


def test_a_topic_that_is_none_is_said_so(visit: Visit) -> None:
    """A topic from nowhere takes nothing in, and the page says why."""
    browser = visit()
    address = begun(browser, "Acme Ltd")
    browser.post(f"{address}/text", data={"title": "T", "text": "Text.", "topic": "weather"})
    while 'data-poll="' in (shown := browser.get(f"{address}/progress").text):
        time.sleep(0.05)
    assert "Nothing was taken in" in shown
    assert "no topic" in shown


def test_the_quiz_keeps_to_its_address(visit: Visit) -> None:
    """Answers of another quiz are refused; an employer of whom nothing is known has no quiz."""
    browser = visit()
    first = browser.get("/prepare/brightwell/quiz")
    assert re.search(r"seed=\d+", str(first.url))
    assert browser.get("/prepare/brightwell/quiz?seed=1&given=99").status_code == 404
    assert browser.get("/prepare/brightwell/quiz?seed=-1").status_code == 200
    assert "____" in browser.get("/prepare/brightwell/quiz?seed=1&language=zh").text
    empty = browser.post("/research", data={"name": "Acme Ltd", "language": "en"})
    company = str(empty.url).rpartition("/")[2]
    none = browser.get(f"/prepare/{company}/quiz?seed=1")
    assert "no question can be made" in none.text


def test_a_post_or_language_that_is_not_there_still_gives_a_brief(visit: Visit) -> None:
    """What the address names wrongly is said, and the employer's first post is shown."""
    browser = visit()
    for asked in ("role=astronaut", "language=fr", "format=solo", "format=company:pope"):
        shown = browser.get(f"/prepare/brightwell?{asked}")
        assert shown.status_code == 400
        assert 'id="know"' in shown.text
    wrong = browser.post("/research", data={"name": "Acme", "language": "fr"})
    assert "language" in wrong.text


def test_the_brief_is_for_the_format_that_was_chosen(visit: Visit) -> None:
    """Its examiners are shown and no others; a board's own set questions are not given away."""
    browser = visit()
    usual = browser.get("/prepare/brightwell").text
    board = browser.get("/prepare/brightwell?format=civil_service_cn").text
    assert 'class="round by-hr"' in usual
    assert 'class="round by-chief_examiner"' in board
    assert 'class="round by-hr"' not in board
    assert "&amp;format=civil_service_cn" in board
    single = browser.get("/prepare/brightwell?format=single:boss").text
    assert 'class="round by-boss"' in single
    assert 'class="round by-technical"' not in single
    test = browser.get("/prepare/brightwell?format=written").text
    assert "a test on paper" in test


def test_a_self_assessment_that_is_too_long_keeps_its_words(visit: Visit) -> None:
    """It is refused in words, and what was typed stands in the form again."""
    browser = visit()
    typed = {"company": "brightwell", "strengths": "calm " * 500}
    refused = browser.post("/self", data=typed)
    assert refused.status_code == 400
    assert "calm calm" in refused.text


class Slow:
    """A store that waits until it is let go, then does as told."""

    def __init__(self, error: Exception | None = None) -> None:
        """Keep what happens in the end."""
        self.go = threading.Event()
        self.error = error

    def ingest(
        self,
        company: str,
        sources: tuple[Source, ...],
        *,
        topic: str | None,
        progress: Callable[[str, int, int], None],
        told: Callable[[SourceReport], None],
    ) -> None:
        """Report each source, then wait."""
        for source in sources:
            told(SourceReport(source.label, chunks=1))
        progress(company, 1, 2)
        self.go.wait(10)
        if self.error is not None:
            raise self.error


def ended(intakes: Intakes) -> Taking:
    """Return what was taken in when it is over."""
    while intakes.is_busy("acme"):
        time.sleep(0.01)
    taking = intakes.of("acme")
    assert taking is not None
    return taking


def begin(intakes: Intakes, *texts: str) -> list[str]:
    """Begin to take texts in; return what is noted when they are."""
    noted: list[str] = []
    sources = [pasted("Text.", text) for text in texts]
    intakes.begin(
        "acme", sources, topic=None, trouble="Trouble.", after=lambda: noted.append("in")
    )
    return noted


def test_one_call_an_employer_at_a_time() -> None:
    """A second is refused while the first goes on; afterwards the next may begin."""
    slow = Slow()
    intakes = Intakes(slow)  # type: ignore[arg-type]  # as much of a store as is used
    with pytest.raises(InputError, match="No document"):
        begin(intakes)
    noted = begin(intakes, "one", "two")
    with pytest.raises(InputError, match="Wait"):
        begin(intakes, "three")
    slow.go.set()
    taking = ended(intakes)
    assert [report.source for report in taking.reports] == ["one", "two"]
    assert (taking.indexed, taking.passages, taking.fault, noted) == (1, 2, "", ["in"])
    begin(intakes, "three")
    ended(intakes)
    intakes.forget("acme")
    assert intakes.of("acme") is None
    intakes.close()


@pytest.mark.parametrize(
    ("error", "said"),
    [(SetupError("Another program is writing."), "Another program is writing."),
     (RuntimeError("secret"), "Trouble.")],
)  # fmt: skip
def test_what_goes_wrong_is_a_sentence(error: Exception, said: str) -> None:
    """The store's own sentence is shown; of anything else, none of its words."""
    slow = Slow(error)
    slow.go.set()
    intakes = Intakes(slow)  # type: ignore[arg-type]  # as much of a store as is used
    noted = begin(intakes, "one")
    assert ended(intakes).fault == said
    assert noted == []
    intakes.close()


BAKERY = (
    "<html><body><article><h1>Acme</h1><p>Acme Bakery opened its second shop in Leeds in 2025 and "
    "has fourteen people there.</p></article><a href='/jobs'>Jobs</a></body></html>"
)


def taken(browser: TestClient, address: str) -> str:
    """Wait until everything is in; return what is said of it."""
    while 'data-poll="' in (shown := browser.get(f"{address}/progress").text):
        time.sleep(0.05)
    return shown


def test_a_web_page_is_taken_in_like_a_file(fetching: Visit, web: Hosts) -> None:
    """Alone or with those of its site; what became of each is told, and it is found again."""
    browser = fetching()
    address = begun(browser, "Acme Ltd")
    assert 'name="address"' in browser.get(address).text
    url = web.page("acme.test/about", BAKERY)
    browser.post(f"{address}/page", data={"address": url, "topic": "scope"})
    shown = taken(browser, address)
    assert url in shown
    assert "data-all-in" in shown
    assert "fourteen people" in browser.get(f"{address}?ask=How+many+people+in+Leeds").text
    web.page("acme.test/jobs", BAKERY.replace("fourteen", "fifteen"))
    browser.post(f"{address}/page", data={"address": f"{url}#x", "site": "yes"})
    shown = taken(browser, address)
    assert web.url("acme.test/jobs") in shown
    assert web.asked[-2:] == ["acme.test/about", "acme.test/jobs"]


def test_an_address_that_cannot_be_one_stands_in_its_box_again(
    fetching: Visit, web: Hosts
) -> None:
    """With the reason; one that cannot be had is told when it was tried."""
    browser = fetching()
    address = begun(browser, "Acme Ltd")
    for typed in ("", "file:///etc/passwd", "user@acme.test", "localhost", "0x7f.1"):
        page = browser.post(f"{address}/page", data={"address": typed, "site": "yes"})
        assert page.status_code == 400
        assert f'value="{typed}"' in page.text
        assert 'role="alert"' in page.text
    browser.post(f"{address}/page", data={"address": web.url("acme.test/none")})
    assert "is not there (404)" in taken(browser, address)


def test_pages_that_come_one_by_one_are_counted_as_they_come(fetching: Visit, web: Hosts) -> None:
    """How many there will be is not known, and not said."""
    browser = fetching()
    address = begun(browser, "Acme Ltd")
    url, over = web.page("acme.test/about", BAKERY), threading.Event()
    web.answers["acme.test/jobs"] = lambda connection: over.wait(20) and None
    browser.post(f"{address}/page", data={"address": url, "site": "yes"})
    while "Fetching page 2" not in (shown := browser.get(f"{address}/progress").text):
        assert 'data-poll="' in shown
        time.sleep(0.05)
    assert url in shown
    assert " value=" not in shown.partition("<progress")[2].partition(">")[0]
    over.set()
    assert "cannot be fetched" in taken(browser, address)


def test_nothing_is_fetched_where_the_operator_has_not_allowed_it(
    visit: Visit, web: Hosts
) -> None:
    """The field is not there but what to do instead, and a request without it is refused."""
    browser = visit()
    address = begun(browser, "Acme Ltd")
    page = browser.get(address).text
    assert 'name="address"' not in page
    assert "Save the page in your browser" in page
    refused = browser.post(f"{address}/page", data={"address": web.page("acme.test/", BAKERY)})
    assert refused.status_code == 400
    assert "not fetched by this server" in refused.text
    assert web.asked == []


def test_an_advert_saved_from_a_board_is_read_where_papers_are(visit: Visit) -> None:
    """What the page says as data stands in the box, and what it asks for among what fits."""
    browser = visit()
    data = (
        '{"@type": "JobPosting", "title": "Baker", "description": "You bake bread at night.", '
        '"qualifications": "<ul><li>Experience with lighthouse keeping</li></ul>"}'
    )
    saved = f'<html><script type="application/ld+json">{data}</script><p></p></html>'
    shown = browser.post(
        "/prepare/brightwell", data={"cv": "I built pipelines."},
        files=[("advert_file", ("job.html", saved.encode()))],
    ).text  # fmt: skip
    assert "- Experience with lighthouse keeping" in shown
    assert shown.count("lighthouse keeping") > 1
