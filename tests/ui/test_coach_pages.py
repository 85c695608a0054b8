"""The pages of coaches and candidates, without a browser: assigning, watching, remarks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.content.copies import Piece, digest_of
from interviewer.content.library import Library
from interviewer.errors import NotThereError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.people.accounts import Account
from interviewer.studio.versions import Verdict
from interviewer.transcript import Retrieved, Transcript, Turn
from interviewer.ui import coaching
from interviewer.ui.account_events import AccountEvents
from interviewer.ui.coaching import CoachDesk, watched
from tests.conftest import (
    ROOT,
    MemoryStore,
    PlanMaker,
    ScriptedRetriever,
    clock,
    held,
    try_answers,
)
from tests.ui.coached import Place, coached, said

TASK = {
    "post": "brightwell/data-engineer", "format": "single:hr", "language": "en",
    "length": "usual", "manner": "warm", "difficulty": "easy", "occasion": "practice",
    "takes": "1", "due": "2126-12-24", "note": "Mind the first sentence.",
}  # fmt: skip


@pytest.fixture(scope="module")
def over(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return a round that was held to its end."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    return held(
        rehearsals, make_plan("brightwell", format_id="single:hr"), try_answers("brightwell")
    )


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, over: Transcript, library: Library
) -> Iterator[Place]:
    """Return the pages with a coach and a candidate."""
    with coached(tmp_path, monkeypatch, over, library) as made:
        yield made


def test_a_coach_assigns_and_a_candidate_takes_it(place: Place) -> None:
    """From the form to the interview: its settings, its count, and what was chosen to be shown."""
    coach, ann = place.browser(place.cleo), place.browser(place.ann)
    assert coach.get(f"/coach/assignments?candidate={place.ann.id}").text.count(" checked") == 1
    sent = coach.post("/coach/assignments", data={**TASK, "candidates": [str(place.ann.id)]})
    assert sent.headers["location"] == "/coach/assignments"
    assert "not begun" in said(coach.get("/coach/assignments").text)
    listed = ann.get("/assignments").text
    address = re.search(r'href="(/assignments/[^"]+)"', listed)
    assert address is not None
    shown = said(ann.get(address[1]).text)
    assert "Mind the first sentence." in shown
    assert "24 December 2126" in shown
    begun = ann.post(address[1], data={"cv": "", "shown": "transcript"})
    session = begun.headers["location"].removeprefix("/?s=")
    plan = asyncio.run(place.desk.store.load(session)).interview.plan
    rounds = plan["rounds"]
    assert isinstance(rounds, list | tuple)
    assert [part["id"] for part in rounds] == ["hr"]
    assert plan["difficulty"] == "easy"
    assert asyncio.run(place.desk.store.held(session, place.cleo.key)).shown == "transcript"
    assert "under way" in said(coach.get(f"/coach/candidates/{place.ann.id}").text)
    assert f"/?s={session}" in ann.get(address[1]).text
    again = ann.post(address[1], data={"shown": "nothing"})
    assert again.status_code == 400
    assert "as often as your coach asked" in said(again.text)


def test_a_coachs_published_copy_is_met_by_who_was_assigned_it(place: Place) -> None:
    """It stands on the form and in the plan; taken back, it is begun with by nobody any more."""
    piece, kept = Piece("phrases", "hr", "en"), place.desk.editions.kept
    shipped = (ROOT / "personas" / piece.file).read_text(encoding="utf-8")
    text = shipped.replace("I'm {name}", "I am plainly {name}")
    asyncio.run(kept.add("Cleo", piece, text))
    asyncio.run(kept.judged("Cleo", piece, 1, Verdict(digest_of(shipped), 12)))
    asyncio.run(kept.publish("Cleo", piece, 1, shipped=digest_of(shipped), reason=""))
    coach, ann = place.browser(place.cleo), place.browser(place.ann)
    assert 'value="persona/hr"' in coach.get("/coach/assignments").text
    form = {**TASK, "takes": "2", "copies": ["persona/hr"], "candidates": [str(place.ann.id)]}
    coach.post("/coach/assignments", data=form)
    address = re.search(r'href="(/assignments/[^"]+)"', ann.get("/assignments").text)
    assert address is not None
    assert "With the coach's own HR examiner" in said(ann.get(address[1]).text)
    begun = ann.post(address[1], data={"shown": "nothing"})
    session = begun.headers["location"].removeprefix("/?s=")
    plan = asyncio.run(place.desk.store.load(session)).interview.plan
    assert plan["copies"] == {piece.file: digest_of(text)}
    asyncio.run(kept.withdraw("Cleo", piece))
    told = ann.post(address[1], data={"shown": "nothing"})
    assert "not published any more" in said(told.text)
    refused = coach.post("/coach/assignments", data={**form, "copies": ["rubric/x"]})
    assert refused.status_code == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [("post", "nowhere/x"), ("post", "brightwell/x"), ("format", "x"), ("takes", "0"),
     ("takes", "x"), ("due", "2020-01-01"), ("manner", "x"), ("length", "x"), ("language", "xx")],
)  # fmt: skip
def test_what_cannot_be_assigned_is_told_beside_the_form(
    place: Place, field: str, value: str
) -> None:
    """Nothing is sent, and what was chosen stands there still."""
    coach = place.browser(place.cleo)
    form = {**TASK, field: value, "candidates": [str(place.ann.id)]}
    told = coach.post("/coach/assignments", data=form)
    assert told.status_code == 400
    assert 'role="alert"' in told.text
    assert "Mind the first sentence." in told.text
    assert " checked" in told.text
    assert asyncio.run(place.people.asked_of(place.ann)) == ()


def test_an_assignment_is_taken_back(place: Place) -> None:
    """It is on nobody's list any more."""
    coach = place.browser(place.cleo)
    coach.post("/coach/assignments", data={**TASK, "candidates": [str(place.ann.id)]})
    (asked,) = asyncio.run(place.people.asked_of(place.ann))
    coach.post(f"/coach/assignments/{asked.assignment.id}/withdraw")
    assert "Nothing is asked" in said(place.browser(place.ann).get("/assignments").text)


def test_a_coach_sees_reasons_and_what_is_shown(place: Place, over: Transcript) -> None:
    """What was said with the director's reasons; levels only where the report is shown."""
    coach = place.browser(place.cleo)
    assert "shows you no interview" in said(coach.get(f"/coach/candidates/{place.ann.id}").text)
    place.show("transcript")
    page = said(coach.get("/coach/sessions/one").text)
    for turn in over.turns:
        assert " ".join(turn.content.split()) in page
    assert "the round begins" in page
    assert "the report is not shown to you" in page
    place.show("report")
    place.opened()
    page = coach.get("/coach/sessions/one").text
    assert 'name="level"' in page
    assert "/coach/sessions/one/report" in page
    named = re.search(r'<th scope="row">([^<]+)<', page)
    assert named is not None
    assert named[1] in coach.get("/coach/sessions/one/report").text


def test_remarks_stand_beside_and_their_author_takes_them_out(place: Place) -> None:
    """On the whole, on a turn with its words, and a level beside the report's with its reason."""
    place.show("report")
    place.opened()
    coach, address = place.browser(place.cleo), "/coach/sessions/one"
    words = asyncio.run(place.desk.store.load("one")).turns[1].content[:20]
    assert coach.post(f"{address}/comment", data={"text": "Calm."}).status_code == 303
    quoted = {"seq": "2", "text": "Say this first.", "quote": words}
    assert coach.post(f"{address}/comment", data=quoted).headers["location"].endswith("#turn-2")
    assert coach.post(f"{address}/comment", data={**quoted, "quote": "never"}).status_code == 400
    about = re.search(r'name="about" value="([^"]+)"', coach.get(address).text)
    assert about is not None
    level = {"about": about[1], "level": "4", "reason": "Clear from turn 4 on."}
    assert coach.post(f"{address}/level", data=level).status_code == 303
    for wrong in ({"about": "hr/none"}, {"level": "9"}, {"reason": " "}):
        assert coach.post(f"{address}/level", data={**level, **wrong}).status_code == 400
    page = said(coach.get(address).text)
    for told in ("Calm.", "Say this first.", "level 4", "Clear from turn 4 on."):
        assert told in page
    (kept,) = (r for r in asyncio.run(place.people.remarks("one")) if r.kind == "level")
    assert (kept.level, kept.about) == (4, about[1])
    assert coach.post(f"{address}/remove", data={"number": "1"}).status_code == 303
    assert coach.post(f"{address}/remove", data={"number": "1"}).status_code == 404
    assert "Calm." not in said(coach.get(address).text)


def test_a_coach_reads_no_other_coachs_remarks(place: Place) -> None:
    """What one coach says is between them and the candidate."""
    place.show("report")
    address = "/coach/sessions/one"
    place.browser(place.cleo).post(f"{address}/comment", data={"text": "Too quick by half."})
    dana = place.made("Dana", "coach")
    asyncio.run(place.people.accept(asyncio.run(place.people.invite(dana)), place.ann))
    asyncio.run(place.people.share(place.ann, "one", dana.id, "report"))
    page = place.browser(dana).get(address)
    assert page.status_code == 200
    assert "Too quick by half." not in said(page.text)
    assert "Too quick by half." in said(place.browser(place.cleo).get(address).text)


def test_the_report_a_coach_opens_runs_nothing(place: Place) -> None:
    """Its page may load nothing and run nothing, whatever a candidate said."""
    place.show("report")
    place.opened()
    report = place.browser(place.cleo).get("/coach/sessions/one/report")
    policy = report.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_candidate_reads_remarks_and_levels_after_rating_themselves(place: Place) -> None:
    """Before that the report's levels stand nowhere, and no door to them."""
    place.show("report")
    place.browser(place.cleo).post("/coach/sessions/one/comment", data={"text": "Calm."})
    ann = place.browser(place.ann)
    before = ann.get("/remarks/one").text
    assert "Calm." in before
    assert 'id="levels"' not in before
    desk = CoachDesk(place.desk, place.people)
    transcript = asyncio.run(place.desk.store.load("one"))
    assert not asyncio.run(desk.is_ready(transcript))
    asyncio.run(place.desk.rate("one", place.ann.key, {}))
    after = ann.get("/remarks/one").text
    assert 'id="levels"' in after
    assert 'name="level"' not in after
    assert asyncio.run(desk.is_ready(transcript))


def test_an_interview_is_assessed_once_and_only_few_are_kept(
    place: Place, over: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second look makes no report anew; what was taken back is not reached through it."""
    monkeypatch.setattr(coaching, "MOST_KEPT", 1)
    counted: list[str] = []
    real = coaching.assess

    def counting(transcript: Transcript, content: Library) -> object:
        counted.append(transcript.id)
        return real(transcript, content)

    monkeypatch.setattr(coaching, "assess", counting)
    asyncio.run(place.desk.store.create(replace(over, id="two"), visitor=place.ann.key))
    desk = CoachDesk(place.desk, place.people)
    place.show("report")
    asyncio.run(place.people.share(place.ann, "two", place.cleo.id, "report"))
    asyncio.run(desk.judging.look(place.cleo, ["one", "two"]))
    for name in ("one", "one", "two", "one"):
        assert asyncio.run(desk.watched(name, place.cleo)).levels
    assert counted == ["one", "two", "one"]
    place.show("nothing")
    with pytest.raises(NotThereError):
        asyncio.run(desk.report("one", place.cleo))


def test_an_invitation_is_shown_as_a_link_that_opens(place: Place) -> None:
    """The coach copies it from the page; it leads to the invitation."""
    page = place.browser(place.cleo).post("/coach/invite").text
    link = re.search(r'value="(http://127\.0\.0\.1/invitation/[^"]+)"', page)
    assert link is not None
    opened = place.browser(place.ann).get(link[1].removeprefix("http://127.0.0.1"))
    assert "Cleo" in opened.text


def test_candidates_stand_by_name_and_never_by_a_level(place: Place) -> None:
    """No level is on the list, and its order is the alphabet's."""
    for name in ("zoe", "Bea"):
        account = place.made(name, "candidate")
        asyncio.run(place.people.accept(asyncio.run(place.people.invite(place.cleo)), account))
    page = place.browser(place.cleo).get("/coach").text
    assert re.findall(r'/coach/candidates/\d+">([^<]+)', page) == ["Ann", "Bea", "zoe"]
    assert "level" not in said(page).lower()


def test_passages_behind_a_turn_are_those_it_cites_first() -> None:
    """What was only looked at follows with its nearness; one that is gone keeps its id."""
    looked = (Retrieved("b", 0.5), Retrieved("a", 0.7))
    turn = Turn(1, "assistant", "We are nine.", cites=("a",), retrieved=looked)
    (only,) = watched(Transcript("t", turns=(turn,)), (), None).turns
    assert [(seen.id, seen.score, seen.cited) for seen in only.seen] == [
        ("a", 0.7, True), ("b", 0.5, False),
    ]  # fmt: skip
    assert only.seen[0].passage is None


class FakeRequest:
    """What Gradio hands to an event, as far as it is read here."""

    def __init__(self, account: Account | None) -> None:
        from starlette.requests import Request

        scope: dict[str, object] = {"type": "http", "headers": []}
        if account:
            from interviewer.ui.visitors import keep_account

            keep_account(scope, account)
        self.request = Request(scope)
        self.headers = {"accept-language": "en"}


def test_the_head_of_the_page_shows_what_is_asked_and_what_was_said(place: Place) -> None:
    """On the start page what is not done; in an interview the way to remarks on it, once rated."""
    place.browser(place.cleo).post(
        "/coach/assignments", data={**TASK, "candidates": [str(place.ann.id)]}
    )
    events = AccountEvents(place.desk, place.people)

    def head(account: Account | None, session: str = "") -> str:
        return said(asyncio.run(events.head(session, FakeRequest(account))))  # type: ignore[arg-type]  # see there

    assert "from Cleo" in head(place.ann)
    assert "from Cleo" not in head(place.cleo)
    assert head(None) == ""
    place.browser(place.cleo).post("/coach/sessions/one/comment", data={"text": "x"})
    place.show("transcript")
    place.browser(place.cleo).post("/coach/sessions/one/comment", data={"text": "Calm."})
    assert "remark" not in head(place.ann, "one")
    asyncio.run(place.desk.rate("one", place.ann.key, {}))
    assert "1 remark by your coach" in head(place.ann, "one")
    assert "remark" not in head(place.cleo, "one")
