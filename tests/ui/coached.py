"""The pages of coaches without a browser: an app where Cleo coaches Ann, who held an interview."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from interviewer.content.library import Library
from interviewer.people.access import Shown
from interviewer.people.accounts import Account
from interviewer.storage import passwords
from interviewer.transcript import Transcript
from interviewer.ui.desk import Desk, open_desk
from interviewer.ui.doorkeeper import LOGIN_COOKIE, Doorkeeper
from interviewer.ui.pages.people_routes import add_people_pages
from interviewer.ui.visitors import open_visitors
from interviewer.wiring import Settings, open_people, prepare_home

PASSWORD = "four words in a row"
FORM = {"Sec-Fetch-Site": "same-origin"}
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def said(page: str) -> str:
    """Return a page's words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


class Place:
    """An app where Cleo coaches Ann, who has held an interview."""

    def __init__(self, desk: Desk, settings: Settings, over: Transcript) -> None:
        self.desk, self.people = desk, open_people(desk.store)
        self.app = FastAPI()
        visitors = open_visitors(settings.home, accounts=True)
        add_people_pages(self.app, desk, self.people, visitors)
        self.app.add_middleware(Doorkeeper, people=self.people)
        self.ann = self.made("Ann", "candidate")
        self.cleo = self.made("Cleo", "coach")
        token = asyncio.run(self.people.invite(self.cleo))
        asyncio.run(self.people.accept(token, self.ann))
        self.session = "one"
        asyncio.run(desk.store.create(replace(over, id="one"), visitor=self.ann.key))

    def made(self, name: str, role: str) -> Account:
        """Make an account."""
        return asyncio.run(self.people.add(name, role, PASSWORD))

    def browser(self, account: Account) -> TestClient:
        """Return the browser of somebody who is signed in."""
        client = TestClient(
            self.app, base_url="http://127.0.0.1", headers=FORM, follow_redirects=False
        )
        token = asyncio.run(self.people.sign_in(account.name, PASSWORD, "x"))
        client.cookies.set(LOGIN_COOKIE, token)
        return client

    def show(self, shown: Shown) -> None:
        """Let Ann show so much to Cleo."""
        asyncio.run(self.people.share(self.ann, self.session, self.cleo.id, shown))

    def opened(self, session: str = "one") -> None:
        """Let Cleo open the levels of an interview without rating it."""
        self.browser(self.cleo).post(f"/coach/sessions/{session}/open")


@contextmanager
def coached(
    home: Path, monkeypatch: pytest.MonkeyPatch, over: Transcript, library: Library
) -> Iterator[Place]:
    """Open the pages with a coach and a candidate; passwords are hashed quickly.

    The content that comes with the project was read before.
    """
    monkeypatch.setattr("interviewer.ui.desk.open_library", lambda settings: library)
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    settings = Settings.from_environment({"INTERVIEWER_HOME": str(home), "INTERVIEWER_AUTH": "on"})
    prepare_home(settings)
    desk = open_desk(settings)
    yield Place(desk, settings, over)
    desk.research.close()
    desk.store.close()
