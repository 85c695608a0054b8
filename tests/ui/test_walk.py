"""Every route and every event of the app, walked as everybody: who gets what, and no leak.

Routes and events are taken from the app itself. One that has no rule here fails the walk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.people.doors import door_of
from interviewer.ui.pages.asking import MOST_FIELDS
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers
from tests.ui.accounts import CANARY, EVERYONE, House, event, served

OPEN = frozenset(EVERYONE)
SIGNED_IN = OPEN - {"nobody"}
ANN, CLEO = frozenset({"ann"}), frozenset({"cleo"})
COACHES = frozenset({"cleo", "dov"})
EDITORS = frozenset({"cleo", "dov", "ada"})
EVALUATORS = frozenset({"eve", "ada"})
# Who may ask for each address, when it names something of Ann's; everybody else is told that
# there is nothing. What is shown there is another matter: see below.
RULES: dict[str, frozenset[str]] = {
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /own/report.css": OPEN,
    "GET /login": OPEN,
    "POST /login": OPEN,
    "GET /login/openid": OPEN,
    "GET /login/openid/join/{token}": frozenset(),
    "GET /login/openid/back": OPEN,
    "POST /logout": SIGNED_IN,
    "GET /account": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /account/openid": SIGNED_IN,
    "POST /account/openid/disconnect": SIGNED_IN,
    "GET /sharing": SIGNED_IN,
    "POST /sharing/show": ANN,
    "POST /sharing/leave": SIGNED_IN,
    "GET /invitation/{token}": frozenset(),
    "POST /invitation/{token}": frozenset(),
    "GET /remarks/{session}": ANN,
    "GET /assignments": SIGNED_IN,
    "GET /assignments/{task}": ANN,
    "POST /assignments/{task}": ANN,
    "GET /coach": COACHES,
    "POST /coach/invite": COACHES,
    "GET /coach/candidates/{candidate}": CLEO,
    "GET /coach/sessions/{session}": CLEO,
    "GET /coach/sessions/{session}/report": CLEO,
    "POST /coach/sessions/{session}/comment": CLEO,
    "POST /coach/sessions/{session}/level": CLEO,
    "POST /coach/sessions/{session}/remove": CLEO,
    "POST /coach/sessions/{session}/rate": CLEO,
    "POST /coach/sessions/{session}/open": CLEO,
    "GET /coach/agreement": COACHES,
    "GET /coach/cohort": COACHES,
    "GET /coach/cohort/waiting": COACHES,
    "GET /coach/cohort/answers": frozenset(),
    "POST /coach/cohort/open": COACHES,
    "GET /coach/cohort/levels.{form}": COACHES,
    "GET /coach/candidates/{candidate}/levels.{form}": frozenset(),
    "POST /sharing/release": ANN,
    "GET /coach/candidates/{candidate}/compare": CLEO,
    "POST /coach/candidates/{candidate}/open": CLEO,
    "GET /coach/sessions/{session}/watch": CLEO,
    "GET /coach/sessions/{session}/live": CLEO,
    "POST /coach/sessions/{session}/whisper": CLEO,
    "POST /coach/sessions/{session}/question": CLEO,
    "POST /coach/sessions/{session}/takeback": CLEO,
    "GET /coach/sessions/{session}/replay": CLEO,
    "GET /coach/assignments": COACHES,
    "POST /coach/assignments": COACHES,
    "POST /coach/assignments/{task}/withdraw": CLEO,
    "GET /sessions/{session}/transcript.jsonl": ANN,
    "GET /sessions/{session}/report.{form}": ANN,
    "GET /sessions/{session}/beside": ANN,
    "GET /research": SIGNED_IN,
    "POST /research": SIGNED_IN,
    "GET /research/{company}": ANN,
    "GET /research/{company}/progress": ANN,
    "POST /research/{company}/files": ANN,
    "POST /research/{company}/text": ANN,
    "POST /research/{company}/page": ANN,
    "POST /research/{company}/remove": ANN,
    "POST /research/{company}/delete": ANN,
    "GET /prepare": SIGNED_IN,
    "GET /prepare/{company}": ANN,
    "POST /prepare/{company}": ANN,
    "GET /prepare/{company}/quiz": ANN,
    "POST /self": SIGNED_IN,
    "GET /deflect": SIGNED_IN,
    "POST /deflect": SIGNED_IN,
    "GET /progress": SIGNED_IN,
    "GET /privacy": OPEN,
    "GET /privacy/mine.jsonl": SIGNED_IN,
    "POST /privacy/forget": SIGNED_IN,
    "GET /evaluate": EVALUATORS,
    "GET /evaluate/{run}": EVALUATORS,
    "GET /evaluate/{run}/files/{file}": EVALUATORS,
    "GET /evaluate/{run}/{number}": EVALUATORS,
    "POST /evaluate/{run}/{number}": EVALUATORS,
    "GET /studio": EDITORS,
    "GET /studio/{kind}/{name}/{language}": EDITORS,
    "POST /studio/{kind}/{name}/{language}": EDITORS,
    "POST /studio/{kind}/{name}/{language}/look": EDITORS,
    "POST /studio/{kind}/{name}/{language}/back": EDITORS,
    "POST /studio/{kind}/{name}/{language}/delete": EDITORS,
    "GET /studio/{kind}/{name}/{language}/versions/{number}": EDITORS,
    "GET /studio/{kind}/{name}/{language}/versions/{number}/preview": EDITORS,
    "POST /studio/{kind}/{name}/{language}/versions/{number}/preview": EDITORS,
    "GET /studio/{kind}/{name}/{language}/versions/{number}/trial": EDITORS,
    "POST /studio/{kind}/{name}/{language}/versions/{number}/trial": EDITORS,
    "POST /studio/{kind}/{name}/{language}/versions/{number}/publish": EDITORS,
    "POST /studio/{kind}/{name}/{language}/withdraw": EDITORS,
    "GET /models": SIGNED_IN,
    "POST /models": SIGNED_IN,
    "POST /models/disconnect": SIGNED_IN,
    "POST /voice": SIGNED_IN,
    "POST /voice/disconnect": SIGNED_IN,
    "POST /sessions/{session}/hearing": ANN,
    "GET /sessions/{session}/speech/{seq}": ANN,
    "GET /written/{session}": ANN,
    "POST /written/{session}": ANN,
    "POST /sessions/{session}/rating": ANN,
    "GET /sessions/{session}/judging": ANN,
    "GET /sessions/{session}/judging/progress": ANN,
    "POST /sessions/{session}/judging": ANN,
    "POST /sessions/{session}/redo": ANN,
    "POST /sessions/{session}/drill": ANN,
    "POST /sessions/{session}/dispute": ANN,
}
# Where Ann finds words of hers, and Cleo those of what she said and asked: a walk that sees none
# of them would prove nothing.
HERS: dict[str, set[str]] = {
    "ann": {
        "GET /sessions/{session}/transcript.jsonl", "GET /sessions/{session}/report.{form}",
        "GET /research", "GET /research/{company}", "GET /prepare", "GET /prepare/{company}",
        "GET /assignments/{task}", "GET /remarks/{session}", "GET /privacy/mine.jsonl",
    },
    "cleo": {"GET /coach/assignments", "POST /coach/assignments", "GET /privacy/mine.jsonl"},
}  # fmt: skip
LOOKED_AT = ("", "/watch", "/live", "/replay")
SHOWN = {f"GET /coach/sessions/{{session}}{path}" for path in (*LOOKED_AT, "/report")}


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, make_plan: PlanMaker, voice: BuiltinVoice
) -> Iterator[House]:
    """Run the app with everybody in it."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    plan = make_plan("brightwell", format_id="single:hr")
    over = held(rehearsals, plan, try_answers("brightwell"))
    with served(tmp_path_factory.mktemp("walk"), over) as made:
        yield made


def routes(house: House) -> dict[str, str]:
    """Return every address of ours with Ann's things in its gaps, by method and pattern."""
    given = {
        "session": house.session, "company": house.company, "token": "forged", "run": "first",
        "number": "1", "seq": "2", "form": "json", "file": "report.html", "task": house.task,
        "candidate": str(house.accounts["ann"].id), "kind": "phrases", "name": "hr",
        "language": "en",
    }  # fmt: skip
    listed = house.listing["routes"]
    return {f"{method} {pattern}": pattern.format(**given) for method, pattern in listed}


def everything(house: House) -> dict[str, str]:
    """Return as many fields as a form may have, each filled with something of Ann's."""
    form = {
        "session": house.session, "coach": str(house.accounts["cleo"].id), "shown": "report",
        "name": "x", "password": "wrong wrong wrong", "old": "wrong wrong wrong", "new": "x",
        "candidate": str(house.accounts["ann"].id), "number": "1", "text": "x", "level": "3",
        "about": "interview", "seq": "2", "reason": "x", "model": "none", "item": "hr.1",
        "company": "brightwell", "part": "x", "said": "x", "language": "en",
    }  # fmt: skip
    assert len(form) <= MOST_FIELDS
    return form


def test_every_route_has_a_rule_and_a_door(house: House) -> None:
    """A new address without a rule fails here, and is closed until it has a door."""
    assert set(routes(house)) == set(RULES)
    assert all(door_of(address) is not None for address in routes(house).values())


def walked(
    house: House, name: str, rules: dict[str, frozenset[str]]
) -> tuple[set[str], list[str]]:
    """Ask for all of these as somebody; return where words of Ann's were, and what was wrong.

    What somebody may do with their own is left to the tests of its page: it would change it.
    """
    browser, form = house.browser(name), everything(house)
    found, wrong = set(), []
    for rule, address in routes(house).items():
        if rule not in rules:
            continue
        method, allowed = rule.partition(" ")[0], name in rules[rule]
        if method == "POST" and allowed and (name == "ann" or rules[rule] <= CLEO):
            continue
        answer = browser.request(method, address, data=form if method == "POST" else None)
        if CANARY in answer.text:
            found.add(rule)
        open_door = "/invitation" in rule or "/login" in rule
        refused = {401} if name == "nobody" and not open_door else {404}
        if (answer.status_code == 401) if allowed else (answer.status_code not in refused):
            wrong.append(f"{rule}: {answer.status_code}")
        if rule == "POST /logout" and name != "nobody":
            browser = house.browser(name)
    return found, wrong


@pytest.mark.parametrize("name", EVERYONE)
def test_nobody_gets_what_is_anothers(house: House, name: str) -> None:
    """Everybody asks for everything of Ann's, who shows nothing: nobody else gets a byte of it."""
    hidden = {
        rule: frozenset() for rule in RULES if rule.partition(" ")[2].startswith("/coach/ses")
    }
    found, wrong = walked(house, name, {**RULES, **hidden})
    assert not wrong
    assert found == HERS.get(name, set())


def test_what_is_shown_is_its_coachs_alone_and_taken_back_at_once(house: House) -> None:
    """The transcript, then the report too, then nothing again: to Cleo, never to anybody else."""
    rules = {rule: who for rule, who in RULES.items() if "{session}" in rule}
    house.show("report")
    browser, address = house.browser("cleo"), f"/coach/sessions/{house.session}"
    assert CANARY not in browser.get(f"{address}/report").text
    assert browser.post(f"{address}/open").status_code == 303
    for name in EVERYONE:
        found, wrong = walked(house, name, rules)
        assert not wrong
        mine = {rule for rule in HERS.get(name, set()) if rule in rules}
        assert found == (SHOWN if name == "cleo" else mine)
    house.show("transcript")
    for path in LOOKED_AT:
        assert CANARY in browser.get(address + path).text
    assert browser.get(f"{address}/report").status_code == 404
    level = {"about": "hr/communication", "level": "3", "reason": "x"}
    for path in ("level", "rate", "open"):
        assert browser.post(f"{address}/{path}", data=level).status_code == 404
    # To help is another choice than to look on; it shows no report, and the interview is over.
    for path in ("/whisper", "/question"):
        assert browser.post(f"{address}{path}", data={"text": "x"}).status_code == 404
    house.show("help")
    assert CANARY in browser.get(f"{address}/live").text
    assert browser.get(f"{address}/report").status_code == 404
    assert browser.post(f"{address}/whisper", data={"text": "x"}).status_code == 400
    house.show("nothing")
    for path in (*LOOKED_AT, "/report"):
        assert browser.get(address + path).status_code == 404
    for path in ("/comment", "/whisper", "/question", "/takeback"):
        assert browser.post(address + path, data={"text": "x"}).status_code == 404


@pytest.mark.parametrize("name", EVERYONE)
def test_no_event_gives_what_is_anothers(house: House, name: str) -> None:
    """Every event of the page, asked about Ann's interview, gives it to her alone."""
    browser = house.browser(name)
    seen, asked = [], 0
    before = len(browser.get("/progress").text)
    for number, names in house.listing["events"]:
        if name == "ann" and names != ["session", "asked"]:
            continue
        told = {
            "session": house.session,
            "asked": f"company={house.company}",
            "company": "brightwell",
        }
        said = event(browser, number, [told.get(part) for part in names])
        asked += 1
        if CANARY in said:
            seen.append(number)
        assert name != "nobody" or said.startswith("401")
    assert bool(seen) == (name == "ann")
    assert asked >= 1 if name == "ann" else asked > 10
    assert name == "nobody" or len(browser.get("/progress").text) >= before - 2


def test_what_the_walk_did_changed_nothing_of_anns(house: House) -> None:
    """Nobody else's forms added to her interview, showed it, or ended her coaching."""
    ann = house.accounts["ann"]
    assert asyncio.run(house.people.shares(ann)) == {}
    assert [coach.name for coach in asyncio.run(house.people.coaches_of(ann))] == ["cleo"]
    assert len(asyncio.run(house.people.remarks(house.session))) == 1
    assert [s.id for s in asyncio.run(house.store.sessions(visitor=ann.key))] == [house.session]


def test_the_screens_library_is_behind_the_doors(house: House) -> None:
    """Of its addresses nobody who is not signed in gets more than its own code."""
    browser = house.browser("nobody")
    for path in sorted(set(house.listing["gradio"])):
        address = path.replace("{path:path}", "x").replace("{", "").replace("}", "")
        door = door_of(address)
        answer = browser.get(address)
        if door is None or door.roles:
            assert answer.status_code in {401, 404}, path


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_address_nobody_thought_of_is_closed(house: House, method: str) -> None:
    """Signed in or not, what has no door is not there."""
    for name in ("nobody", "ada"):
        assert house.browser(name).request(method, "/new-page").status_code == 404
