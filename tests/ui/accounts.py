"""A whole app where people sign in, on the loopback, with somebody of every kind in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import httpx

from interviewer.people.accounts import Account
from interviewer.people.assignments import Task
from interviewer.people.remarks import Remark
from interviewer.storage import SqlPeople, SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.ui.doorkeeper import LOGIN_COOKIE
from interviewer.wiring import Settings
from tests.ui.running import App

T = TypeVar("T")
PASSWORD = "four words in a row"
CANARY = "zugunruhe"
"""A word that stands in everything of Ann's and nowhere else."""
FORM = {"Sec-Fetch-Site": "same-origin"}
ROLES = {
    "ann": "candidate", "ben": "candidate", "cleo": "coach", "dov": "coach",
    "eve": "evaluator", "ada": "admin",
}  # fmt: skip
EVERYONE = ("nobody", *ROLES)
"""Ann is coached by Cleo, Ben by Dov."""


def done(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


@dataclass
class House:
    """The app, its store, and everybody's account by name."""

    listing: dict[str, Any]
    address: str
    store: SqlSessionStore
    people: SqlPeople
    accounts: dict[str, Account]
    browsers: list[httpx.Client] = field(default_factory=list)
    session: str = "anns-interview"
    company: str = "anns-employer"
    task: str = ""

    def browser(self, name: str) -> httpx.Client:
        """Return the browser of somebody who is signed in, or of nobody."""
        client = httpx.Client(base_url=self.address, headers=FORM, timeout=60)
        self.browsers.append(client)
        if name in self.accounts:
            token = done(self.people.sign_in(name, PASSWORD, name))
            client.cookies.set(LOGIN_COOKIE, token)
        return client

    def show(self, shown: str) -> None:
        """Let Ann show so much of her interview to Cleo."""
        ann, cleo = self.accounts["ann"], self.accounts["cleo"]
        done(self.people.share(ann, self.session, cleo.id, shown))  # type: ignore[arg-type]  # one of the choices


@contextmanager
def served(home: Path, held: Transcript) -> Iterator[House]:
    """Run the app with everybody in it; Ann has held an interview, of which she shows nothing."""
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home), "INTERVIEWER_AUTH": "on"})
    listing = home / "listing.json"
    running = App(
        home,
        settings={
            "INTERVIEWER_AUTH": "on",
            "INTERVIEWER_OPENID_ISSUER": "http://127.0.0.1:9",  # nobody answers there
            "INTERVIEWER_OPENID_CLIENT": "three-rounds",
        },
        shows="/healthz",
        command=("tests.ui.listed", str(listing)),
    )
    running.start()
    engine = open_engine(settings.database)
    store, people = SqlSessionStore(engine), SqlPeople(engine)
    accounts = {name: done(people.add(name, role, PASSWORD)) for name, role in ROLES.items()}
    house = House(json.loads(listing.read_text()), running.address, store, people, accounts)
    try:
        _furnish(house, held)
        yield house
    finally:
        for browser in house.browsers:
            browser.close()
        running.stop()
        store.close()


def _furnish(house: House, held: Transcript) -> None:
    ann, cleo = house.accounts["ann"], house.accounts["cleo"]
    for coach, candidate in (("cleo", "ann"), ("dov", "ben")):
        token = done(house.people.invite(house.accounts[coach]))
        done(house.people.accept(token, house.accounts[candidate]))
    turns = tuple(
        replace(turn, content=f"{turn.content} {CANARY}") if turn.by_candidate else turn
        for turn in held.turns
    )
    done(house.store.create(replace(held, id=house.session, turns=turns), visitor=ann.key))
    done(house.people.remark(house.session, cleo, Remark("comment", "interview", CANARY)))
    task = Task("brightwell", "data-engineer", "en", "single:hr", "usual", note=CANARY)
    house.task = done(house.people.assign(cleo, task, [ann.id]))
    browser = house.browser("ann")
    browser.post(f"/sessions/{house.session}/rating", data={"skip": "1"})
    browser.post("/self", data={"strengths": CANARY, "company": "brightwell"})
    made = browser.post("/research", data={"name": f"Employer {CANARY}", "language": "en"})
    house.company = made.headers["location"].rpartition("/")[2]


def event(browser: httpx.Client, number: int, data: list[object]) -> str:
    """Send an event of the page and return all that comes back, the refusal where it is one."""
    page = f"walk{number}"
    body = {"data": data, "fn_index": number, "session_hash": page, "event_data": None,
            "trigger_id": None}  # fmt: skip
    joined = browser.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return f"{joined.status_code} {joined.text}"
    said = []
    with browser.stream("GET", f"/gradio_api/queue/data?session_hash={page}") as answer:
        for line in answer.iter_lines():
            if line.startswith("data:"):
                said.append(line)
                if json.loads(line[5:])["msg"] in {"process_completed", "close_stream"}:
                    break
    return "\n".join(said)
