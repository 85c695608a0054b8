"""The pages for evaluators asked without a browser: what they show, keep and refuse."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.evaluation.kept.shelf import FOLDER
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import Candidate
from interviewer.transcript_file import to_json
from interviewer.ui.collecting import Collection
from interviewer.ui.cookies import CookieGiver
from interviewer.ui.desk import open_desk
from interviewer.ui.intakes import Intakes
from interviewer.ui.pages import add_pages
from interviewer.ui.study import Study
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import Settings, open_library, prepare_home
from tests.conftest import PlanMaker
from tests.simulating import simulated
from tests.unit.test_evaluation_kept import kept

FORM = {"Sec-Fetch-Site": "same-origin"}
RIGHT = {"table": "findings", "turn": "1", "item": "words.x", "value": "1", "rater": "Anna"}


@contextmanager
def opened(home: Path, *, alone: bool) -> Iterator[TestClient]:
    """Open the pages for a browser; alone where only this machine can reach them."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home)})
    prepare_home(settings)
    desk = open_desk(settings, alone=alone)
    study = Study(Collection(desk, settings, Intakes(desk.research), None))
    visitors = open_visitors(settings.home)
    app = FastAPI()
    add_pages(app, study, visitors)
    app.add_middleware(CookieGiver, visitors=visitors)
    client = TestClient(app, base_url="http://127.0.0.1", headers=FORM)
    client.get("/evaluate")
    yield client
    study.collection.close()
    desk.research.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which one evaluation is kept."""
    folder = tmp_path_factory.mktemp("home")
    kept(folder)
    assert (folder / FOLDER / "now").is_dir()
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """Return a browser of this machine's own user."""
    with opened(home, alone=True) as made:
        yield made


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a table of comma-separated values."""
    return list(csv.DictReader(io.StringIO(text)))


def test_a_run_is_listed_shown_and_narrowed(client: TestClient) -> None:
    """The list leads to figures and findings; what is asked for narrows them; all is text."""
    assert 'href="/evaluate/now"' in client.get("/evaluate").text
    page = client.get("/evaluate/now").text
    assert "words" in page
    assert page.count('class="finding grade-edge-critical"') == 2
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert 'class="finding ' not in client.get("/evaluate/now?text=nothing+of+the+kind").text
    assert client.get("/evaluate/now?severity=odd&page=99").text.count('class="finding ') == 1
    assert "one" in client.get("/evaluate/now?view=transcripts").text


def test_a_transcript_stands_with_what_is_behind_its_turns(client: TestClient) -> None:
    """Words, findings, passages, tokens and seconds; all of it text. Without a name no forms."""
    page = client.get("/evaluate/now/1").text
    for told in ("<mark>", "Pregnant", "A passage.", "cited", "first words after 0.5 s", "U+202E"):
        assert told in page
    for active in ("<script>alert", "<img src=x", "\u202e", 'name="value"'):
        assert active not in page
    assert "Nobody speaks much." in client.get("/evaluate/now/3").text
    chinese = client.get("/evaluate/now/1", headers={"Accept-Language": "zh-CN"}).text
    assert "标注这份记录" in chinese


def test_a_rater_can_label_without_seeing_the_findings(client: TestClient) -> None:
    """Asked for blind, the forms are there and the findings are not."""
    seen = client.get("/evaluate/now/1?rater=Anna").text
    blind = client.get("/evaluate/now/1?rater=Anna&blind=1").text
    assert "It says Pregnant" in seen
    assert "It says Pregnant" not in blind
    assert "<mark>" not in blind
    assert "Something was missed here" in blind


def test_labels_are_kept_shown_to_their_rater_and_taken_away(client: TestClient) -> None:
    """Right, missed and a level go out with the machine's side; a second press takes back."""
    page = client.get("/evaluate/now/1?rater=Anna").text
    item = page.partition('name="item" value="')[2].partition('"')[0]
    answer = client.post("/evaluate/now/1", data={**RIGHT, "item": item}, follow_redirects=False)
    assert answer.headers["location"] == "/evaluate/now/1?rater=Anna#t1"
    missed = {**RIGHT, "item": "words", "tag": "late", "turn": "3"}
    client.post("/evaluate/now/1", data=missed)
    level = {**RIGHT, "table": "levels", "turn": "2", "item": "teamwork_conflict", "value": "4"}
    client.post("/evaluate/now/1", data={**level, "blind": "1"})
    mine = client.get("/evaluate/now/1?rater=Anna").text
    assert 'aria-pressed="true"' in mine
    assert "Missed: words.late" in mine
    assert "teamwork_conflict: 4" in mine
    assert 'aria-pressed="true"' not in client.get("/evaluate/now/1?rater=Ben").text
    elsewhere = client.get("/evaluate/now/2?rater=Anna").text
    assert "Missed:" not in elsewhere
    assert "teamwork_conflict: 4" not in elsewhere
    people = rows(client.get("/evaluate/now/files/findings.csv").text)
    assert [(row["turn"], row["item"], row["value"]) for row in people] == [
        ("1", item, "1"), ("3", "words.late", "1"),
    ]  # fmt: skip
    machine = rows(client.get("/evaluate/now/files/findings-metrics.csv").text)
    assert [row["value"] for row in machine] == ["1", "0"]
    (given,) = rows(client.get("/evaluate/now/files/levels.csv").text)
    assert (given["transcript"], given["candidate"], given["value"]) == ("one#1", "one#1", "4")
    # A chat without a plan has no levels by the built-in assessor.
    assert rows(client.get("/evaluate/now/files/levels-assessor.csv").text) == []
    assert "Anna: 3" in client.get("/evaluate/now").text
    for form in ({**RIGHT, "item": item}, missed, level):
        client.post("/evaluate/now/1", data={**form, "value": ""})
    assert rows(client.get("/evaluate/now/files/findings.csv").text) == []


def test_an_answer_is_given_a_level_of_its_own_competency(
    client: TestClient, home: Path, make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """The plan says which; the built-in assessor's levels of the same transcript go out too."""
    desk = open_library(Settings.from_environment({}))
    plan = make_plan("brightwell", "data-engineer", seed=5, language="en")
    held = to_json(simulated(plan, Candidate("strong", "high", "en", 5), voice, desk))
    messages = held["messages"]
    assert isinstance(messages, list)
    messages[0]["metadata"]["program"] = {"build": [1, 2]}
    kept(home, "planned", [held])
    page = client.get("/evaluate/planned/1?rater=Anna").text
    assert "<legend>Communication</legend>" in page
    assert "&#34;build&#34;" in page
    form = page.partition('class="level"')[2]
    turn, item = (form.partition(f'name="{name}" value="')[2].partition('"')[0]
                  for name in ("turn", "item"))  # fmt: skip
    label = {**RIGHT, "table": "levels", "turn": turn, "item": item, "value": "4"}
    client.post("/evaluate/planned/1", data=label)
    assert 'aria-pressed="true"' in client.get("/evaluate/planned/1?rater=Anna").text
    (given,) = rows(client.get("/evaluate/planned/files/levels.csv").text)
    assert (given["item"], given["value"]) == (item, "4")
    machine = rows(client.get("/evaluate/planned/files/levels-assessor.csv").text)
    assert (turn, item) in {(row["turn"], row["item"]) for row in machine}
    assert {row["transcript"] for row in machine} == {held["id"]}


def test_files_of_a_run_are_taken_away_and_no_others(client: TestClient) -> None:
    """They come as attachments, never as a page of this place."""
    answer = client.get("/evaluate/now/files/report.md")
    assert answer.headers["content-disposition"] == 'attachment; filename="report.md"'
    assert answer.headers["content-type"] == "application/octet-stream"
    for file in ("report.html", "labels-findings.csv", "..%2Fsummary.json", "%2E%2E"):
        assert client.get(f"/evaluate/now/files/{file}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/evaluate/then", "/evaluate/now/0", "/evaluate/now/4", "/evaluate/now/x",
             "/evaluate/%2e%2e", "/evaluate/now/1?rater=%3DSUM"],
)  # fmt: skip
def test_what_is_not_there_is_told(client: TestClient, path: str) -> None:
    """An address that leads nowhere is a page with one sentence, not a trace."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "change",
    [{"turn": "1e9"}, {"turn": "9" * 9}, {"value": "2"}, {"rater": ""}, {"item": "=1"},
     {"table": "levels", "item": "teamwork_conflict", "value": "9"}],
)  # fmt: skip
def test_a_label_nobody_can_have_given_is_refused(
    client: TestClient, change: dict[str, str]
) -> None:
    """Wrong turn, value, name or item: a sentence, and nothing is kept."""
    assert client.post("/evaluate/now/1", data={**RIGHT, **change}).status_code == 400
    assert rows(client.get("/evaluate/now/files/findings.csv").text) == []


def test_a_label_from_another_place_is_refused(client: TestClient) -> None:
    """Another site's form, and a transcript that is not there."""
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/evaluate/now/1", data=RIGHT, headers=foreign).status_code == 400
    assert client.post("/evaluate/now/9", data=RIGHT).status_code == 400


def test_where_others_can_reach_the_app_nothing_is_shown(home: Path) -> None:
    """Every address is refused alike, also a file and a label."""
    with opened(home, alone=False) as other:
        for path in ("", "/now", "/now/1", "/now/files/report.md"):
            answer = other.get(f"/evaluate{path}")
            assert answer.status_code == 404
            assert "this machine alone" in answer.text
            assert "Pregnant" not in answer.text
        assert other.post("/evaluate/now/1", data=RIGHT).status_code == 400


def test_without_a_run_the_page_says_how_one_is_made(tmp_path: Path) -> None:
    """The two commands stand there, and the folder."""
    with opened(tmp_path, alone=True) as first:
        page = first.get("/evaluate").text
        assert "No evaluation is kept here yet" in page
        assert "--keep now" in page
        assert str(tmp_path / FOLDER) in page
