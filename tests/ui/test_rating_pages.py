"""Rating before the levels are seen: what stays closed, what is kept apart, and who sees it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.people.accounts import Account
from interviewer.transcript import Transcript
from interviewer.ui.coaching import CoachDesk
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.coached import Place, coached, said

ADDRESS = "/coach/sessions/one"


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr")
    return held(rehearsals, plan, try_answers("brightwell"))


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, over: Transcript, library: Library
) -> Iterator[Place]:
    """Return the pages with a coach to whom an interview is shown with its report."""
    with coached(tmp_path, monkeypatch, over, library) as made:
        made.show("report")
        yield made


def form_of(page: str, level: str) -> dict[str, str]:
    """Return the rating form of a page filled in with one level."""
    return dict.fromkeys(re.findall(r'name="(level:[^"]+)"', page), level)


def second_coach(place: Place) -> Account:
    """Return another coach to whom the interview is shown with its report."""
    dov = place.made("Dov", "coach")
    asyncio.run(place.people.accept(asyncio.run(place.people.invite(dov)), place.ann))
    asyncio.run(place.people.share(place.ann, "one", dov.id, "report"))
    return dov


def rate(browser: TestClient, level: str) -> None:
    """Rate everything the same."""
    form = form_of(browser.get(ADDRESS).text, level)
    assert form
    assert browser.post(f"{ADDRESS}/rate", data=form).status_code == 303


def test_levels_are_closed_until_a_coach_has_rated(place: Place) -> None:
    """No level, no way to the report, no other level to say: then all of it, and the own ones."""
    coach = place.browser(place.cleo)
    page = coach.get(ADDRESS).text
    assert 'class="level-table"' not in page
    assert f"{ADDRESS}/report" not in page
    assert coach.get(f"{ADDRESS}/report").status_code == 404
    level = {"about": "hr/communication", "level": "3", "reason": "x"}
    assert "Rate this interview first" in coach.post(f"{ADDRESS}/level", data=level).text
    form = form_of(page, "4")
    incomplete = dict(list(form.items())[1:])
    assert coach.post(f"{ADDRESS}/rate", data=incomplete).status_code == 400
    assert 'class="level-table"' not in coach.get(ADDRESS).text
    assert coach.post(f"{ADDRESS}/rate", data=form).status_code == 303
    told = said(coach.get(ADDRESS).text)
    assert "4 Cleo · blind" in told
    assert coach.get(f"{ADDRESS}/report").status_code == 200
    kept = asyncio.run(CoachDesk(place.desk, place.people).judging.ratings("one"))
    assert len(kept) == len(form)
    assert all(entry.blind and entry.level == 4 for entry in kept)
    assert any(entry.machine is not None for entry in kept)


def test_what_is_rated_after_opening_is_informed(place: Place) -> None:
    """The order is kept by the server: no form can claim to be blind."""
    coach = place.browser(place.cleo)
    place.opened()
    rate(coach, "2")
    rate(coach, "3")
    kept = asyncio.run(CoachDesk(place.desk, place.people).judging.ratings("one"))
    assert {(entry.blind, entry.level) for entry in kept} == {(False, 3.0)}
    assert "after seeing the report" in said(coach.get(ADDRESS).text)


def test_a_blind_rating_is_given_once(place: Place) -> None:
    """Whoever rated and then saw the report keeps what they gave."""
    coach = place.browser(place.cleo)
    form = form_of(coach.get(ADDRESS).text, "4")
    assert coach.post(f"{ADDRESS}/rate", data=form).status_code == 303
    again = coach.post(f"{ADDRESS}/rate", data={name: "1" for name in form})
    assert "stays" in said(again.text)
    kept = asyncio.run(CoachDesk(place.desk, place.people).judging.ratings("one"))
    assert {entry.level for entry in kept} == {4}


def test_an_unfinished_interview_is_not_rated(place: Place, over: Transcript) -> None:
    """There is no form, and a form sent anyway keeps nothing."""
    begun = replace(over, id="two", turns=over.turns[:6])
    asyncio.run(place.desk.store.create(begun, visitor=place.ann.key))
    asyncio.run(place.people.share(place.ann, "two", place.cleo.id, "report"))
    coach = place.browser(place.cleo)
    assert 'name="level:' not in coach.get("/coach/sessions/two").text
    assert "not over" in said(coach.post("/coach/sessions/two/rate", data={"x": "1"}).text)


def test_another_coachs_levels_are_seen_after_rating_and_without_a_name(place: Place) -> None:
    """Opening is not enough; and whom else a candidate chose is the candidate's own matter."""
    dov = second_coach(place)
    cleo, other = place.browser(place.cleo), place.browser(dov)
    rate(cleo, "5")
    other.post(f"{ADDRESS}/open")
    assert "another coach" not in said(other.get(ADDRESS).text)
    rate(other, "1")
    page = said(other.get(ADDRESS).text)
    assert "5 another coach · blind" in page
    assert "Cleo" not in page
    asyncio.run(place.people.share(place.ann, "one", place.cleo.id, "nothing"))
    assert "another coach" not in said(other.get(ADDRESS).text)


def test_agreement_is_of_what_is_shown_now(place: Place) -> None:
    """Both rated blind: pairs with the report and with each other; taken back, none are left."""
    dov = second_coach(place)
    cleo, other = place.browser(place.cleo), place.browser(dov)
    assert "You have rated no interview yet" in said(cleo.get("/coach/agreement").text)
    rate(cleo, "5")
    rate(other, "4")
    page = said(cleo.get("/coach/agreement").text)
    assert "You and the report" in page
    assert "You and another coach (1)" in page
    assert "too few" in page
    assert "Dov" not in page
    asyncio.run(place.people.share(place.ann, "one", dov.id, "transcript"))
    assert "another coach (1)" not in said(cleo.get("/coach/agreement").text)
    place.show("nothing")
    assert "You have rated no interview yet" in said(cleo.get("/coach/agreement").text)


def test_a_candidate_sees_who_rated_what_and_takes_it_along(place: Place) -> None:
    """On the page of remarks once they rated themselves, and among all that is held of them."""
    rate(place.browser(place.cleo), "4")
    ann = place.browser(place.ann)
    assert "Cleo · blind" not in said(ann.get("/remarks/one").text)
    asyncio.run(place.desk.rate("one", place.ann.key, {}))
    assert "4 Cleo · blind" in said(ann.get("/remarks/one").text)
    (held_of_her,) = asyncio.run(place.desk.store.everything("Ann"))
    assert str(held_of_her.extra["ratings"]).count("'by': 'Cleo'") > 1
    record = asyncio.run(place.people.record("Cleo"))
    assert record is not None
    assert str(record["ratings"]).count("'session': 'one'") > 1
    asyncio.run(place.desk.store.forget("Cleo"))
    assert asyncio.run(CoachDesk(place.desk, place.people).judging.ratings("one")) == ()
