"""Files of a coach: of one candidate who allows it, or of a cohort in which nobody can be told."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pypdf
import pytest
from starlette.testclient import TestClient

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.transcript import Transcript
from interviewer.ui import score_sheets
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.coached import Place, coached

OF = "of=post:brightwell/data-engineer/en"


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a short round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr", length="short")
    return held(rehearsals, plan, try_answers("brightwell"))


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, over: Transcript, library: Library
) -> Iterator[Place]:
    """Return the pages with a coach to whom an interview is shown with its report."""
    monkeypatch.setattr(score_sheets, "PATIENCE", 120)
    report = score_sheets.assess
    made: dict[int, object] = {}

    def once(transcript: Transcript, library: object) -> object:
        key = len(transcript.turns)
        if key not in made:
            made[key] = report(transcript, library)  # type: ignore[arg-type]  # passed on
        return made[key]

    monkeypatch.setattr(score_sheets, "assess", once)
    with coached(tmp_path, monkeypatch, over, library) as house:
        house.show("report")
        yield house


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def printed(data: bytes) -> str:
    """Return the words of a PDF."""
    return " ".join(
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages
    )


def release(ann: TestClient, place: Place, on: str) -> None:
    """Let Ann allow files to Cleo, or no longer."""
    sent = ann.post("/sharing/release", data={"coach": str(place.cleo.id), "on": on})
    assert sent.status_code == 303


def test_files_of_one_need_their_leave_and_end_with_it(place: Place) -> None:
    """Not before it, not for what is closed or taken back, and not after it was withdrawn."""
    coach, ann = place.browser(place.cleo), place.browser(place.ann)
    address = f"/coach/candidates/{place.ann.id}/levels"
    place.opened()
    assert coach.get(f"{address}.csv").status_code == 404
    release(ann, place, "yes")
    assert "Allow no more files" in ann.get("/sharing").text
    rows = table(coach.get(f"{address}.csv").text)
    assert {row["candidate"] for row in rows} == {"Ann"}
    assert any(row["level"] for row in rows)
    assert coach.get(f"{address}.exe").status_code == 404
    place.show("transcript")
    assert table(coach.get(f"{address}.csv").text) == []
    place.show("report")
    release(ann, place, "no")
    assert coach.get(f"{address}.json").status_code == 404


def test_a_file_holds_what_the_coach_rated_and_said_and_no_formula(place: Place) -> None:
    """The same in all three forms; what begins like a formula is a text."""
    coach, ann = place.browser(place.cleo), place.browser(place.ann)
    release(ann, place, "yes")
    page, address = coach.get("/coach/sessions/one").text, "/coach/sessions/one"
    fields = [part.partition('"')[0] for part in page.split('name="level:')[1:]]
    coach.post(f"{address}/rate", data={f"level:{name}": "4" for name in fields})
    about = {"about": fields[0], "level": "5", "reason": "=1+1 is calm"}
    assert coach.post(f"{address}/level", data=about).status_code == 303
    coach.post(f"{address}/comment", data={"text": "Say it <b>first</b>."})
    files = f"/coach/candidates/{place.ann.id}/levels"
    rows = {f"{row['round']}/{row['competency']}": row for row in table(
        coach.get(f"{files}.csv").text)}  # fmt: skip
    row = rows[fields[0]]
    assert (row["coach_rated"], row["coach_blind"], row["coach_says"]) == ("4.0", "yes", "5.0")
    assert row["coach_reason"] == "'=1+1 is calm"
    document = json.loads(coach.get(f"{files}.json").text)
    (interview,) = document["interviews"]
    told = {f"{level['round']}/{level['competency']}": level for level in interview["levels"]}
    assert told[fields[0]]["coach_reason"] == "=1+1 is calm"
    assert {remark["text"] for remark in interview["remarks"]} == {
        "=1+1 is calm", "Say it <b>first</b>.",
    }  # fmt: skip
    words = printed(coach.get(f"{files}.pdf").content)
    assert "Ann" in words
    assert "=1+1 is calm" in words
    assert "Say it <b>first</b>." in words


def test_a_cohort_is_taken_away_without_anybody(place: Place, over: Transcript) -> None:
    """Of four nothing; of five counts and months, no name, no id and no day in any form."""
    coach = place.browser(place.cleo)
    for n in range(4):
        who = place.made(f"Candidate {n}", "candidate")
        asyncio.run(place.people.accept(asyncio.run(place.people.invite(place.cleo)), who))
        about = replace(
            over.interview, created=f"2026-10-1{n}T10:00:00Z", extra=MappingProxyType({})
        )
        made = replace(over, id=f"secret-{n}", interview=about)
        asyncio.run(place.desk.store.create(made, visitor=who.key))
        if n == 3:
            break
        asyncio.run(place.people.share(who, made.id, place.cleo.id, "report"))
    coach.get(f"/coach/cohort?{OF}")
    coach.post("/coach/cohort/open", data={"of": OF.removeprefix("of=")})
    few = json.loads(coach.get(f"/coach/cohort/levels.json?{OF}").text)
    assert (few["candidates"], few["competencies"]) == (None, [])
    assert table(coach.get(f"/coach/cohort/levels.csv?{OF}").text) == []
    assert "Fewer than 5" in printed(coach.get(f"/coach/cohort/levels.pdf?{OF}").content)
    asyncio.run(place.people.share(who, "secret-3", place.cleo.id, "report"))
    coach.get(f"/coach/cohort?{OF}")
    coach.post("/coach/cohort/open", data={"of": OF.removeprefix("of=")})
    told = json.loads(coach.get(f"/coach/cohort/levels.json?{OF}").text)
    assert (told["candidates"], told["from"], told["to"]) == (5, "2026-10", "2026-11")
    assert any(row["mean_level"] is not None for row in told["competencies"])
    rows = coach.get(f"/coach/cohort/levels.csv?{OF}").text
    print_ = printed(coach.get(f"/coach/cohort/levels.pdf?{OF}").content)
    assert "5 candidates, 2026-10 to 2026-11" in print_
    for text in (json.dumps(told), rows, print_):
        for telling in ("Ann", "Candidate 1", "secret", "2026-10-1"):
            assert telling not in text
    assert coach.get("/coach/cohort/levels.csv?of=task:never").status_code == 404
    place.show("nothing")
    again = json.loads(coach.get(f"/coach/cohort/levels.json?{OF}").text)
    assert again["candidates"] is None
