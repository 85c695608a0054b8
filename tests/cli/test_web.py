"""Web pages in the terminal, from the address to the answer, through a fetcher of the test's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewer import wiring
from tests.fakes.hosts import Hosts, hosts

Run = Callable[..., tuple[int, str, str]]
ABOUT = (
    "<html><body><article><h1>Acme</h1><p>Acme Bakery opened its second shop in Leeds in 2025 and "
    "has fourteen people there, who bake from three in the morning.</p></article>"
    "<a href='/jobs'>Jobs</a></body></html>"
)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosts]:
    """Hosts on loopback that the commands reach as if they were of the internet."""
    with hosts() as served:
        monkeypatch.setattr(wiring, "open_fetcher", served.fetcher)
        yield served


def test_a_page_is_taken_in_and_found_again(command: Run, web: Hosts) -> None:
    """Its address stands beside the answer; the second time nothing changes; gone, it goes."""
    url = web.page("acme.test/about", ABOUT)
    code, out, _ = command("ingest", "acme", url, "--json")
    assert code == 0
    (entry,) = json.loads(out)
    assert (entry["source"], entry["skipped"], entry["unchanged"]) == (url, None, False)
    (found,) = json.loads(command("ask", "acme", "How many people bake in Leeds?", "--json")[1])
    assert found["source"] == url
    assert "fourteen people" in found["text"]
    assert ", unchanged" in command("ingest", "acme", url)[1]
    web.page("acme.test/about", status=410)
    code, out, err = command("ingest", "acme", url)
    assert code == 5
    assert f"{url}: left out. {url} is not there (410)." in err
    assert f"{url}: taken out, it is gone" in command("ingest", "acme", url, "--prune")[1]


def test_a_site_and_a_file_are_taken_in_one_call(command: Run, web: Hosts, tmp_path: Path) -> None:
    """Each page and file has its line; what cannot be had has the reason and the code is 0."""
    (tmp_path / "note.md").write_text("Acme pays its bakers by the hour.", encoding="utf-8")
    url = web.page("acme.test/", ABOUT)
    code, out, err = command("ingest", "acme", url, tmp_path / "note.md", "--site")
    assert code == 0
    assert out.count(" passages on ") == 2
    assert "acme.test" in err
    assert "is not there (404)" in err
    assert f"{url} …" in err


def test_a_real_install_fetches_nothing_of_its_own_network(command: Run, web: Hosts) -> None:
    """The fetcher that the program makes for itself does not reach loopback."""
    from interviewer.research.fetching import Fetcher

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(wiring, "open_fetcher", Fetcher)
        for host in ("127.0.0.1", "[::1]", "localhost", "127.1", "2130706433"):
            code, _, err = command("ingest", "acme", f"http://{host}/")
            assert code == 5
            assert "left out. " in err
        assert "names port" in command("ingest", "acme", web.url("acme.test/"))[2]
    assert web.asked == []


def test_nothing_is_fetched_where_that_is_off(
    command: Run, web: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal names the setting and what to do; doctor says it; another word is refused."""
    monkeypatch.setenv("INTERVIEWER_FETCH", "off")
    code, _, err = command("ingest", "acme", web.page("acme.test/", ABOUT))
    assert code == 1
    assert "INTERVIEWER_FETCH is off. Save the page and give the file." in err
    assert web.asked == []
    assert "web pages: not fetched. INTERVIEWER_FETCH is off." in command("doctor")[1]
    monkeypatch.setenv("INTERVIEWER_FETCH", "perhaps")
    code, _, err = command("doctor")
    assert code == 1
    assert "INTERVIEWER_FETCH is `perhaps`. Write on or off, or leave it unset." in err


ADVERT = """<html><head><script type="application/ld+json">{"@context": "https://schema.org",
"@type": "JobPosting", "title": "Data engineer", "hiringOrganization": {"name": "Brightwell"},
"description": "<p>You look after pipelines.</p>",
"qualifications": "<ul><li>Experience with lighthouse keeping</li></ul>"}</script></head>
<body><div id="app"></div></body></html>"""


def test_an_advert_shapes_the_plan_by_its_address_and_as_a_file(
    command: Run, web: Hosts, tmp_path: Path
) -> None:
    """Both give the same plan, with a question on what the advert asks for; brief takes it too."""
    url = web.page("board.test/jobs/7", ADVERT)
    (tmp_path / "job.html").write_text(ADVERT, encoding="utf-8")
    (tmp_path / "cv.md").write_text("# CV\n\n- I built pipelines in SQL.\n", encoding="utf-8")
    post = ("brightwell", "--role", "data-engineer", "--cv", tmp_path / "cv.md", "--seed", "3")
    plans = [
        command("plan", *post, "--job", job, "--json") for job in (url, tmp_path / "job.html")
    ]
    assert [plan[0] for plan in plans] == [0, 0]
    assert json.loads(plans[0][1])["hash"] == json.loads(plans[1][1])["hash"]
    code, out, _ = command("brief", *post, "--job", url)
    assert code == 0
    assert "lighthouse keeping" in out


def test_an_advert_that_cannot_be_had_is_told(
    command: Run, web: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the address and the reason, in one sentence; nothing is planned without it."""
    post = ("plan", "brightwell", "--role", "data-engineer", "--job")
    code, out, err = command(*post, web.url("board.test/none"))
    assert (code, out) == (1, "")
    assert "is not there (404)" in err
    code, _, err = command(
        *post, web.page("board.test/drawn", "<html><script>x()</script></html>")
    )
    assert code == 1
    assert "The job advert drawn.html has no text" in err
    monkeypatch.setenv("INTERVIEWER_FETCH", "off")
    assert "Web pages are not fetched here" in command(*post, web.url("board.test/none"))[2]
