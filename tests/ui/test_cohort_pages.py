"""Comparing without a browser: a cohort by name, one candidate over time, answers beside each."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.store_size import counted
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.people.access import Shown
from interviewer.people.accounts import Account
from interviewer.people.assignments import Task
from interviewer.transcript import Transcript
from interviewer.ui import score_sheets
from interviewer.ui.cohorts import EACH
from interviewer.ui.score_sheets import SheetRoom
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.coached import Place, coached, said

TASK = Task("brightwell", "data-engineer", "en", "single:hr", "usual")


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
    with coached(tmp_path, monkeypatch, over, library) as made:
        made.show("report")
        yield made


def joined(
    place: Place, over: Transcript, name: str, shown: Shown = "report", turns: int | None = None
) -> Account:
    """Return another candidate who shows Cleo an interview like Ann's, or its first turns."""
    who = place.made(name, "candidate")
    asyncio.run(place.people.accept(asyncio.run(place.people.invite(place.cleo)), who))
    made = replace(over, id=f"of-{name}", turns=over.turns[:turns])
    asyncio.run(place.desk.store.create(made, visitor=who.key))
    asyncio.run(place.people.share(who, made.id, place.cleo.id, shown))
    return who


def names(page: str) -> list[str]:
    """Return the candidates of a cohort page in their order."""
    return re.findall(r'/coach/candidates/\d+/compare">([^<]+)', page)


def cells(page: str) -> int:
    """Return how many levels a cohort page shows."""
    return len(re.findall(r'<td class="heat heat-\d', page))


def test_a_cohort_stands_by_name_with_levels_that_were_opened(
    place: Place, over: Transcript
) -> None:
    """Closed levels are not there; opened at once for all, what is rated later is informed."""
    joined(place, over, "zoe")
    joined(place, over, "Bea", "transcript")
    joined(place, over, "Cai", turns=3)
    coach = place.browser(place.cleo)
    page = coach.get("/coach/cohort").text
    assert names(page) == ["Ann", "Bea", "Cai", "zoe"]
    assert cells(page) == 0
    told = said(page)
    assert "The levels of 2 interviews are closed" in told
    assert "shows what was said, not the report" in told
    assert "under way" in told
    # What goes on is not read at every turn: nobody waits for it.
    assert asyncio.run(SheetRoom(place.desk).sheets(["of-Cai"])) == {}
    of = re.search(r'name="of" value="([^"]+)"', page)
    assert of is not None
    assert coach.post("/coach/cohort/open", data={"of": of[1]}).status_code == 303
    page = coach.get("/coach/cohort").text
    assert names(page) == ["Ann", "Bea", "Cai", "zoe"]
    assert cells(page) >= 2
    assert "What they most need" in said(page)
    rate = re.findall(r'name="(level:[^"]+)"', coach.get("/coach/sessions/of-zoe").text)
    coach.post("/coach/sessions/of-zoe/rate", data=dict.fromkeys(rate, "3"))
    assert "after seeing the report" in said(coach.get("/coach/sessions/of-zoe").text)


def test_taking_back_takes_out_of_every_page_at_once(place: Place, over: Transcript) -> None:
    """Of the levels, the answers and the comparison nothing is left, also of what was kept."""
    joined(place, over, "Bea")
    coach = place.browser(place.cleo)
    coach.get("/coach/cohort")
    coach.post("/coach/cohort/open", data={"of": "post:brightwell/data-engineer/en"})
    page = coach.get("/coach/cohort").text
    question = re.search(r'href="(/coach/cohort/answers[^"]+)"', page)
    assert question is not None
    answers = question[1].replace("&amp;", "&")
    assert said(coach.get(answers).text).count("Ann") == 1
    assert "Scored in 1 interview" in said(
        coach.get(f"/coach/candidates/{place.ann.id}/compare").text
    )
    place.show("nothing")
    assert 0 < cells(coach.get("/coach/cohort").text) < cells(page)
    assert "Ann" not in said(coach.get(answers).text)
    over_time = said(coach.get(f"/coach/candidates/{place.ann.id}/compare").text)
    assert "shows you no interview" in over_time
    asyncio.run(place.people.leave(coach=place.cleo.id, candidate=place.ann.id))
    assert names(coach.get("/coach/cohort").text) == ["Bea"]
    assert coach.get(f"/coach/candidates/{place.ann.id}/compare").status_code == 404


def test_an_assignment_is_a_cohort_of_those_it_was_given_to(
    place: Place, over: Transcript
) -> None:
    """Who has not started is named; others' interviews for the same post are left out."""
    bea, cai = joined(place, over, "Bea"), joined(place, over, "Cai")
    joined(place, over, "Dan")
    task = asyncio.run(place.people.assign(place.cleo, TASK, [place.ann.id, bea.id, cai.id]))
    asyncio.run(place.people.add_take(bea, task, "of-Bea"))
    coach = place.browser(place.cleo)
    coach.post("/coach/cohort/open", data={"of": f"task:{task}"})
    page = coach.get(f"/coach/cohort?of=task:{task}").text
    assert names(page) == ["Ann", "Bea", "Cai"]
    idle = re.search(r'<h2 id="idle">[^<]+</h2>\s*<p>([^<]+)', page)
    assert idle is not None
    assert idle[1] == "Ann, Cai"
    coach.post("/coach/cohort/open", data={"of": "task:never"})


def test_answers_stand_by_name_without_levels_a_page_at_a_time(
    place: Place, over: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of whoever shows what was said only; a question nobody answered is not there."""
    monkeypatch.setattr("interviewer.ui.cohorts.EACH", 1)
    assert EACH > 1
    joined(place, over, "Bea", "transcript")
    coach = place.browser(place.cleo)
    found = re.search(r'href="(/coach/cohort/answers[^"]+)"', coach.get("/coach/cohort").text)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    first, second = coach.get(address).text, coach.get(f"{address}&page=2").text
    assert "Ann" in said(first)
    assert "Bea" not in said(first)
    assert "Bea" in said(second)
    assert "page=2" in first
    spoken = [t.content for t in over.turns if t.by_candidate and len(t.content) > 40]
    assert any(" ".join(text.split()) in said(first) for text in spoken)
    assert coach.get("/coach/cohort/answers?question=never").status_code == 404


def test_one_candidate_over_time_counts_what_was_opened(place: Place, over: Transcript) -> None:
    """Closed interviews are listed, and opened by one click; those without report are counted."""
    for name, day in (("two", "2026-10-02"), ("three", "2026-10-09"), ("four", "2026-10-16")):
        about = replace(over.interview, created=f"{day}T10:00:00Z")
        made = replace(over, id=name, interview=about)
        asyncio.run(place.desk.store.create(made, visitor=place.ann.key))
        shown: Shown = "transcript" if name == "four" else "report"
        asyncio.run(place.people.share(place.ann, name, place.cleo.id, shown))
    coach, address = place.browser(place.cleo), f"/coach/candidates/{place.ann.id}"
    page = said(coach.get(f"{address}/compare").text)
    assert "The levels of 3 interviews are closed" in page
    assert "1 more interview is shown to you without its report" in page
    assert coach.post(f"{address}/open").status_code == 303
    page = coach.get(f"{address}/compare").text
    assert "closed" not in said(page)
    assert "Scored in 1 interview so far" not in said(page)
    assert 'class="trend"' in page
    assert coach.get("/coach/candidates/999/compare").status_code == 404
    assert coach.post("/coach/candidates/999/open").status_code == 404


def test_a_cohort_without_anything_says_so(place: Place) -> None:
    """Whoever is shown nothing and asked for nothing reads a sentence."""
    place.show("nothing")
    coach = place.browser(place.cleo)
    assert "Nobody shows you an interview yet" in said(coach.get("/coach/cohort").text)
    assert coach.get("/coach/cohort/waiting").text == ""


def test_sheets_are_made_once_and_one_that_fails_keeps_no_other(
    place: Place, over: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page waits a moment only; what cannot be assessed is tried once."""
    joined(place, over, "Bea")
    made: list[str] = []
    real = score_sheets.assess

    def once(transcript: Transcript, content: object) -> object:
        made.append(transcript.id)
        if transcript.id == "one":
            raise ValueError
        return real(transcript, content)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(score_sheets, "assess", once)
    room = SheetRoom(place.desk)

    async def twice() -> list[int]:
        shown = await room.judging.shown(place.cleo, room.rules)
        monkeypatch.setattr(score_sheets, "PATIENCE", 0)
        first = await room.complete(shown)
        monkeypatch.setattr(score_sheets, "PATIENCE", 120)
        await room.complete(shown)
        again = await room.complete(await room.judging.shown(place.cleo, room.rules))
        await place.desk.store.forget("of-Bea")
        await room.complete(shown)
        await room.close()
        return [first, again]

    assert asyncio.run(twice()) == [2, 0]
    assert sorted(made) == ["of-Bea", "one"]


def test_a_page_that_waits_tells_how_many_are_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks again by itself; the answer is a piece of it, or nothing when all are in."""
    monkeypatch.setattr(SheetRoom, "complete", waits)
    coach = place.browser(place.cleo)
    page = coach.get("/coach/cohort").text
    assert 'data-poll="/coach/cohort/waiting?' in page
    assert "1 interview is read for the first time" in said(page)
    assert "being read" in said(page)
    assert 'data-poll="' in coach.get("/coach/cohort/waiting").text


async def waits(room: SheetRoom, shown: object) -> int:
    """Make nothing."""
    return 1


def test_no_number_of_statements_grows_with_rows(
    place: Place, over: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages ask as often for three candidates as for thirty."""
    report = score_sheets.assess(over, place.desk.library)
    monkeypatch.setattr(score_sheets, "assess", lambda transcript, library: report)
    coach = place.browser(place.cleo)
    place.opened()
    counts = []
    for number in (2, 27):
        for n in range(number):
            joined(place, over, f"C{number}-{n}")
        coach.get("/coach/cohort")
        coach.post("/coach/cohort/open", data={"of": "post:brightwell/data-engineer/en"})
        asked = []
        address = f"/coach/candidates/{place.ann.id}/compare"
        for path in ("/coach/cohort", address, "/coach/agreement"):
            with counted(place.desk.store.engine) as sent:
                assert coach.get(path).status_code == 200
            asked.append(len(sent))
        counts.append(asked)
    assert counts[0] == counts[1]
