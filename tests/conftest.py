"""What many tests start from: the real content, a plan, a store in memory."""

from __future__ import annotations

import asyncio
import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.own_postgres import OwnPostgres, find_postgres, own_postgres
from interviewer.content.library import Library, load_library
from interviewer.errors import InputError, StaleTurnError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.leasing import Lease
from interviewer.interview.plan import Plan
from interviewer.interview.planning import build_plan
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.wishing import make_wish
from interviewer.research.inventory import passages_of
from interviewer.transcript import Found, Passage, Transcript, Turn
from interviewer.wiring import share_the_cores
from tests.fakes import FakeModel, Script, running

ROOT = Path(__file__).parents[1]
# A slow machine is no fault: time is measured in benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
# Tests run in a process a core.
share_the_cores()
# The employers that come with the project, by id.
SHIPPED = tuple(sorted(path.parent.name for path in ROOT.glob("knowledge/*/company.toml")))
TODAY = datetime.date(2026, 11, 22)
PlanMaker = Callable[..., Plan]


def clock() -> datetime.datetime:
    """Return the time tests are held at."""
    return datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.UTC)


@dataclass
class MemoryStore:
    """A store that forgets with the process; it keeps the one rule of numbers.

    Its leases never run out: whoever holds one is taken out of `holders` to be dead.
    """

    kept: dict[str, Transcript] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    renewed: list[str] = field(default_factory=list)

    async def create(
        self, transcript: Transcript, *, owner: str = "me", visitor: str | None = None
    ) -> None:
        """Keep a session."""
        self.kept[transcript.id] = transcript

    async def load(self, session_id: str) -> Transcript:
        """Return a session."""
        if session_id not in self.kept:
            raise InputError(f"There is no session {session_id}.")
        return self.kept[session_id]

    async def append(
        self,
        session_id: str,
        turn: Turn,
        passages: Iterable[Passage] = (),
        *,
        lease: Lease | None = None,
    ) -> None:
        """Add a turn whose number is the next, under a lease that is held."""
        transcript = self.kept[session_id]
        if turn.seq != transcript.next_seq:
            raise StaleTurnError("The session has moved on.")
        if lease is not None:
            if self.holders.get(session_id) != lease.holder:
                raise StaleTurnError("Another carries it on.")
            del self.holders[session_id]
        self.kept[session_id] = transcript.add(turn, passages)

    async def claim(self, session_id: str, lease: Lease) -> bool:
        """Let one hold a session."""
        return self.holders.setdefault(session_id, lease.holder) == lease.holder

    async def renew(self, session_id: str, lease: Lease) -> None:
        """Remember who renewed."""
        self.renewed.append(lease.holder)

    async def give_up(self, session_id: str, lease: Lease) -> None:
        """Let nobody hold a session."""
        if self.holders.get(session_id) == lease.holder:
            del self.holders[session_id]


@dataclass
class ScriptedRetriever:
    """Finds what it was told to find, and remembers what it was asked."""

    found: tuple[Found, ...] = ()
    asked: list[str] = field(default_factory=list)

    async def find(self, company: str, question: str, k: int = 4) -> Sequence[Found]:
        """Return the scripted passages."""
        self.asked.append(question)
        return self.found


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the content that comes with the project."""
    return load_library(ROOT / "personas", [ROOT / "knowledge"])


@pytest.fixture(scope="session")
def research(library: Library) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of every employer that comes with the project."""
    return {name: passages_of(name, pack.folders) for name, pack in library.packs.items()}


@pytest.fixture(scope="session")
def make_plan(library: Library, research: dict[str, tuple[Passage, ...]]) -> PlanMaker:
    """Return a function that makes a plan with the real content."""

    def make(
        company: str = "brightwell", role: str = "data-engineer", seed: int = 7, **more: object
    ) -> Plan:
        wish = make_wish(
            library, company=company, role=role, seed=seed, today=TODAY,
            passages=lambda name: research.get(name, ()), **more,  # type: ignore[arg-type]  # passed on
        )  # fmt: skip
        return build_plan(library, wish)

    return make


@pytest.fixture(scope="session")
def voice(library: Library) -> BuiltinVoice:
    """Return the built-in voice of the real personas."""
    return BuiltinVoice(
        {
            (persona.id, language): book
            for persona in library.personas.values()
            for language, book in persona.phrasebooks.items()
        },
        library.manners,
    )


@pytest.fixture
def rehearsals(voice: BuiltinVoice) -> Rehearsals:
    """Return rehearsals that are kept in memory."""
    return Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)


@pytest.fixture(scope="module")
def sound_server() -> Iterator[FakeModel]:
    """Run a fake server of sound."""
    with running(Script()) as made:
        yield made


@pytest.fixture
def fake(sound_server: FakeModel) -> FakeModel:
    """Return the fake server of sound as it behaves by itself."""
    sound_server.script = Script()
    sound_server.requests.clear()
    return sound_server


async def hold(
    rehearsals: Rehearsals, plan: Plan, answers: Sequence[str], most: int = 400
) -> Transcript:
    """Hold an interview; when the answers run out the candidate says nothing."""
    transcript = new_transcript("t", plan, model="builtin", clock=clock)
    await rehearsals.store.create(transcript)
    given = iter(answers)
    for _ in range(most):
        transcript = await rehearsals.store.load("t")
        waiting = stage_of(transcript).waiting
        if waiting == "nobody":
            return transcript
        if waiting == "candidate":
            await rehearsals.answer("t", next(given, ""))
        else:
            async for _piece in rehearsals.speak("t"):
                pass
    raise AssertionError("the interview does not end")


def held(rehearsals: Rehearsals, plan: Plan, answers: Sequence[str]) -> Transcript:
    """Hold an interview to its end."""
    return asyncio.run(hold(rehearsals, plan, answers))


def try_answers(company: str) -> list[str]:
    """Return the answers that come with an employer to try."""
    path = ROOT / "knowledge" / company / "try" / "answers.txt"
    return path.read_text(encoding="utf-8").splitlines()


def try_paper(company: str, name: str) -> str:
    """Return a CV or advert that comes with an employer to try."""
    return (ROOT / "knowledge" / company / "try" / name).read_text(encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes golden transcripts anew; read the difference before keeping."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture(scope="session")
def postgres() -> Iterator[OwnPostgres]:
    """Start a PostgreSQL server; without one tests are skipped, with CI=true they fail."""
    if find_postgres() is None:
        if os.environ.get("CI") == "true":  # noqa: TID251  # says whether a server is required
            pytest.fail("PostgreSQL is required when CI=true.")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with own_postgres() as server:
        yield server
