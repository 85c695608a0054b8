"""Models behind the guard, measured against a fake server: faults, misbehaviour, attacks, speed.

`python -m benchmarks.speaking --help` lists what can be measured; `make bench` runs the quick.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.measure import Measure
from interviewer.interview.delivery import Limits
from interviewer.interview.guard.stream import SentenceStream
from interviewer.interview.plan import Plan
from interviewer.interview.planning import build_plan
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.turn import utc_now
from interviewer.interview.wishing import make_wish
from interviewer.models.breaker import Breaker
from interviewer.models.naming import Access
from interviewer.models.speakers import Speakers
from interviewer.research.inventory import passages_of
from interviewer.transcript import Transcript
from interviewer.wiring import Settings, open_library, open_research, open_store, open_voice
from tests.fakes import FAULTS, FakeModel, Script

COMPANIES = ("brightwell", "chengyuan")
MODEL = "openai:fake"


@dataclass
class Bench:
    """Content and a store for many interviews.

    Attributes:
        settings: Where everything lies.
        durable: Whether turns are committed to a database, as in the app.
    """

    settings: Settings
    durable: bool = False
    likeness: bool = True

    def __post_init__(self) -> None:
        """Read the content."""
        self.library = open_library(self.settings)
        self.research = open_research(self.settings, self.library)
        self.passages = {
            name: passages_of(name, pack.folders) for name, pack in self.library.packs.items()
        }
        self.store = open_store(self.settings)

    def plan(self, company: str, seed: int, **papers: str) -> Plan:
        """Settle an interview."""
        wish = make_wish(
            self.library, company=company, role="data-engineer", seed=seed,
            today=utc_now().date(), passages=lambda name: self.passages[name], **papers,
        )  # fmt: skip
        return build_plan(self.library, wish)

    def speakers(self, address: str, limits: Limits) -> Speakers:
        """Return speakers of one model behind an address."""
        same = self.research.same_question if self.likeness else None
        return Speakers(
            open_voice(self.library), self.library.personas, Access("k", address),
            frozenset({MODEL}), same, limits, always=MODEL,
        )  # fmt: skip

    def answers(self, company: str) -> list[str]:
        """Return the answers that come with an employer to try."""
        path = self.settings.knowledge / company / "try" / "answers.txt"
        return path.read_text(encoding="utf-8").splitlines()

    async def hold(
        self, voice: Speakers, plan: Plan, answers: Sequence[str], name: str
    ) -> tuple[Transcript, list[tuple[float, float]]]:
        """Hold an interview; return it with the seconds to each turn's first and last word."""
        rehearsals = Rehearsals(self.store, self.research, voice)
        await self.store.create(new_transcript(name, plan, model=MODEL))
        given, seconds = iter(answers), []
        while (stage := stage_of(await self.store.load(name))).waiting != "nobody":
            begun = time.perf_counter()
            if stage.waiting == "candidate":
                await rehearsals.answer(name, next(given, ""))
            first = 0.0
            async for _ in rehearsals.speak(name):
                first = first or time.perf_counter() - begun
            seconds.append((first, time.perf_counter() - begun))
        return await self.store.load(name), seconds


@dataclass
class Outcome:
    """What many interviews came to."""

    transcripts: list[Transcript] = field(default_factory=list)
    seconds: list[tuple[float, float]] = field(default_factory=list)
    fake: FakeModel | None = None

    @property
    def spoken(self) -> list[object]:
        """Every turn of an examiner."""
        return [turn for t in self.transcripts for turn in t.turns if turn.by_examiner]


@asynccontextmanager
async def bench(durable: bool = False) -> AsyncIterator[Bench]:
    """Open content and a store in a folder of their own."""
    with TemporaryDirectory() as folder:
        made = Bench(replace(Settings.from_environment(), home=Path(folder)), durable)
        try:
            yield made
        finally:
            made.research.close()
            made.store.close()


async def interviews(
    made: Bench, script: Script, count: int, *, limits: Limits | None = None, rests: bool = True
) -> Outcome:
    """Hold interviews against a fake model, English and Chinese in turn."""
    outcome = Outcome()
    async with FakeModel(script) as fake:
        outcome.fake = fake
        for number in range(count):
            company = COMPANIES[number % len(COMPANIES)]
            speakers = made.speakers(fake.base_url, limits or Limits())
            if not rests:
                speakers.source(MODEL).breaker = _Restless()
            plan = made.plan(company, number)
            held, seconds = await made.hold(
                speakers, plan, made.answers(company), f"{script.mode}{script.seed}{number}"
            )
            await speakers.close()
            outcome.transcripts.append(held)
            outcome.seconds += seconds
    return outcome


class _Restless(Breaker):
    """A breaker that never lets a model rest, so that every fault is met."""

    @property
    def rests(self) -> bool:
        """Never."""
        return False


def seen_planted(outcome: Outcome) -> Counter[str]:
    """Return how many planted sentences a candidate got to see, by kind."""
    seen: Counter[str] = Counter()
    shown = "\n".join(turn.content for t in outcome.transcripts for turn in t.turns)
    for request in outcome.fake.requests if outcome.fake else ():
        if request.spoiled and any(part in shown for part in request.planted):
            seen[request.spoiled] += 1
    return seen


def interventions(outcome: Outcome) -> tuple[Counter[str], int, int]:
    """Return sentences kept back by kind, turns with any, and turns in all."""
    kinds: Counter[str] = Counter()
    touched = turns = 0
    for transcript in outcome.transcripts:
        for turn in transcript.turns:
            if not turn.by_examiner:
                continue
            turns += 1
            kept = turn.extra.get("guard", ())
            fallback = turn.fallback or {}
            kinds.update(entry["kind"] for entry in kept)
            if not kept and fallback:
                kinds[str(fallback["cause"])] += 1
            touched += bool(kept or fallback)
    return kinds, touched, turns


@click.group()
def main() -> None:
    """Measure models behind the guard."""


@main.command()
@click.option("--interviews", "count", default=10)
@click.option("--share", default=0.4)
@click.option("--deadline", default=3.0)
def faults(count: int, share: float, deadline: float) -> None:
    """Hold interviews in which calls fail in every way a server can."""

    async def run() -> Outcome:
        script = Script(mode="echo", faults=tuple(FAULTS), fault_rate=share, stall_seconds=60)
        async with bench() as made:
            return await interviews(
                made, script, count, limits=Limits(deadline, deadline / 2), rests=False
            )

    outcome = asyncio.run(run())
    assert outcome.fake is not None
    met = Counter(request.fault for request in outcome.fake.requests if request.fault)
    turns = [turn for t in outcome.transcripts for turn in t.turns if turn.by_examiner]
    fallen = [turn for turn in turns if turn.fallback]
    waits = sorted(float(turn.seconds["first"]) for turn in fallen)
    totals = sorted(float(turn.seconds["total"]) for turn in fallen)
    doubled = sum(len(t.turns) - len({turn.seq for turn in t.turns}) for t in outcome.transcripts)
    shown = "\n".join(turn.content for turn in turns)
    click.echo(f"interviews completed: {len(outcome.transcripts)} of {count}")
    click.echo(f"requests: {len(outcome.fake.requests)}, failed: {sum(met.values())}, "
               f"kinds of fault met: {len(met)} of {len(FAULTS)}")  # fmt: skip
    click.echo(f"turns: {len(turns)}, spoken or ended by the built-in voice: {len(fallen)}")
    click.echo(f"causes: {dict(Counter(str(t.fallback['cause']) for t in fallen).most_common())}")
    click.echo(f"fault texts visible: {shown.count('FAULT-CANARY')}; turns twice: {doubled}")
    if fallen:
        at = int(0.95 * len(waits))
        whole = f"p95 {totals[at]:.2f} s, most {totals[-1]:.2f} s; limit {deadline:g} s"
        click.echo(f"first text of such turns: p95 {waits[at]:.2f} s; whole turn: {whole}")


@main.command()
@click.option("--interviews", "count", default=50)
@click.option("--rate", default=0.5)
@click.option("--seed", default=0)
@click.option("--show", is_flag=True, help="Print what got through.")
def misbehaving(count: int, rate: float, seed: int, show: bool) -> None:
    """Hold interviews with a model that says what no examiner may say."""

    async def run() -> Outcome:
        async with bench() as made:
            script = Script(mode="misbehaving", rate=rate, seed=seed, chunk=40)
            return await interviews(made, script, count)

    outcome = asyncio.run(run())
    assert outcome.fake is not None
    planted = Counter(r.spoiled for r in outcome.fake.requests if r.spoiled)
    seen = seen_planted(outcome)
    kinds, touched, turns = interventions(outcome)
    click.echo(f"interviews {count}, turns {turns}, spoiled {sum(planted.values())}, "
               f"turns with an intervention {touched}")  # fmt: skip
    for kind in sorted(planted):
        click.echo(f"  {kind:16} planted {planted[kind]:4}   seen by the candidate {seen[kind]}")
    click.echo(f"kept back, by the guard's kinds: {dict(kinds.most_common())}")
    if show:
        shown = "\n".join(turn.content for t in outcome.transcripts for turn in t.turns)
        for request in outcome.fake.requests:
            for part in request.planted:
                if request.spoiled and part in shown:
                    click.echo(f"{request.spoiled}: {part}")


@main.command()
@click.option("--interviews", "count", default=50)
@click.option("--seed", default=0)
@click.option("--show", is_flag=True, help="Print what was kept back.")
def behaving(count: int, seed: int, show: bool) -> None:
    """Hold interviews with a model that behaves; every intervention is a false one."""

    async def run() -> Outcome:
        async with bench() as made:
            return await interviews(made, Script(seed=seed, chunk=40), count)

    outcome = asyncio.run(run())
    assert outcome.fake is not None
    kinds, touched, turns = interventions(outcome)
    click.echo(f"interviews {count}, turns {turns}, false interventions {touched} "
               f"({100 * touched / turns:.2f} %): {dict(kinds.most_common())}")  # fmt: skip
    if show:
        _show_kept_back(outcome)


def _show_kept_back(outcome: Outcome) -> None:
    """Print replies beside what became of them."""
    replies = iter(outcome.fake.requests if outcome.fake else ())
    for transcript in outcome.transcripts:
        for turn in transcript.turns:
            if turn.by_examiner:
                request = next(replies)
                if turn.extra.get("guard") or turn.fallback:
                    fallback = dict(turn.fallback) if turn.fallback else None
                    click.echo(f"- {turn.extra.get('guard')} {fallback}\n  model: "
                               f"{request.reply}\n  shown: {turn.content}")  # fmt: skip


@main.command()
@click.option("--pairs", default=60)
def first_sentence(pairs: int) -> None:
    """Compare the first sentence of a bare stream with the first the candidate sees."""
    for measure in measure_first_sentence(pairs):
        click.echo(f"{measure.what}: {measure.value:.3f} {measure.unit}")


def measure_first_sentence(pairs: int = 60) -> Iterator[Measure]:
    """Yield what the product adds to a bare stream of the same server, in one run."""
    bare, ours = asyncio.run(_first_sentences(pairs))
    added = sorted(1000 * (o - b) for b, o in zip(bare, ours, strict=True))
    yield Measure("first sentence over a bare stream, median added", statistics.median(added),
                  "ms", 15)  # fmt: skip
    yield Measure("first sentence over a bare stream, p95 added", added[int(0.95 * len(added))],
                  "ms")  # fmt: skip
    ratio = statistics.median(ours) / statistics.median(bare)
    yield Measure("first sentence, product to bare stream", ratio, "times")


def measure_prompts(count: int = 6) -> Iterator[Measure]:
    """Yield what a three-round interview sends, with a model that behaves."""

    async def run() -> Outcome:
        async with bench() as made:
            return await interviews(made, Script(chunk=40), count)

    outcome = asyncio.run(run())
    requests = outcome.fake.requests if outcome.fake else []
    sent = sum(len(str(m["content"])) for request in requests for m in request.body["messages"])
    turns = [turn for held in outcome.transcripts for turn in held.turns]
    answered = sum(turn.by_candidate for turn in turns)
    yield Measure("prompt characters per answered question", sent / answered, "characters", 9000)
    calls = len(requests) / sum(turn.by_examiner for turn in turns)
    yield Measure("model calls per turn", calls, "calls", 1.0001)


async def _first_sentences(pairs: int) -> tuple[list[float], list[float]]:
    from openai import AsyncOpenAI

    bare: list[float] = []
    ours: list[float] = []
    async with (
        bench(durable=True) as made,
        FakeModel(Script(mode="echo", chunk=6, chunk_seconds=0.005)) as fake,
    ):
        client = AsyncOpenAI(api_key="k", base_url=fake.base_url, max_retries=0)
        speakers = made.speakers(fake.base_url, Limits())
        rehearsals = Rehearsals(made.store, made.research, speakers)
        seed = 0
        while len(ours) < pairs:
            seed += 1
            plan, answers = made.plan("brightwell", seed), iter(made.answers("brightwell"))
            name = f"first{seed}"
            await made.store.create(new_transcript(name, plan, model=MODEL))
            while (stage := stage_of(await made.store.load(name))).waiting != "nobody":
                begun = time.perf_counter()
                if stage.waiting == "candidate":
                    await rehearsals.answer(name, next(answers, ""))
                first = 0.0
                async for _ in rehearsals.speak(name):
                    first = first or time.perf_counter() - begun
                if stage.waiting == "candidate":
                    ours.append(first)
                    bare.append(await _bare(client, fake.requests[-1].body["messages"]))
        await speakers.close()
        await client.close()
    return bare[:pairs], ours[:pairs]


async def _bare(client: object, messages: list[dict[str, str]]) -> float:
    """Return the seconds until a bare client has the first sentence whole."""
    begun = time.perf_counter()
    stream = await client.chat.completions.create(  # type: ignore[attr-defined]
        model="fake", messages=messages, stream=True
    )
    cut = SentenceStream("en")
    first = 0.0
    async for chunk in stream:
        text = chunk.choices[0].delta.content if chunk.choices else None
        cut, complete = cut.fed(text or "")
        if complete and not first:
            first = time.perf_counter() - begun
    return first or time.perf_counter() - begun


@main.command(help="Hold interviews with a real model in a GGUF file.")
@click.option("--interviews", "count", default=6)
@click.option("--model", help="local:PATH.gguf; the one the tests fetched by default.")
@click.option(
    "--company",
    "companies",
    multiple=True,
    default=["brightwell"],
    help="Employers to take in turn; the small model speaks English only.",
)
def local(count: int, model: str | None, companies: Sequence[str]) -> None:
    """Hold interviews with a real model in a GGUF file."""
    import sys

    found = sorted((Path(sys.prefix) / "models").glob("**/*.gguf"))
    name = model or f"local:{found[0]}"

    async def run() -> Outcome:
        outcome = Outcome()
        async with bench() as made:
            speakers = made.speakers("http://127.0.0.1:1", Limits())
            speakers.always = name
            speakers.allow([name])
            for number in range(count):
                company = companies[number % len(companies)]
                held, seconds = await made.hold(
                    speakers, made.plan(company, number), made.answers(company), f"l{number}"
                )
                outcome.transcripts.append(held)
                outcome.seconds += seconds
                click.echo(f"  interview {number + 1}: {len(held.turns)} turns", err=True)
            await speakers.close()
        return outcome

    outcome = asyncio.run(run())
    turns = [turn for t in outcome.transcripts for turn in t.turns if turn.by_examiner]
    whole = [turn for turn in turns if not turn.fallback]
    part = [turn for turn in turns if turn.fallback and turn.fallback["from_sentence"]]
    ordered = sorted(seconds for _, seconds in outcome.seconds)
    click.echo(f"interviews completed {len(outcome.transcripts)}; turns {len(turns)}; kept whole "
               f"{len(whole)} ({100 * len(whole) / len(turns):.0f} %), in part {len(part)}; "
               f"seconds a turn: median {statistics.median(ordered):.1f}, p95 "
               f"{ordered[int(0.95 * len(ordered))]:.1f}")  # fmt: skip
    causes = Counter(str(turn.fallback["cause"]) for turn in turns if turn.fallback)
    click.echo(f"causes: {dict(causes.most_common())}")


@main.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--most", default=60, help="Cases of each corpus.")
def attacks(folder: Path, most: int) -> None:
    """Give texts that attack to a model that obeys them all: as CV, advert, research, answers."""
    from benchmarks.attacking import changed_by

    texts = []
    for path in sorted(folder.glob("*.jsonl")):
        texts += [text for line in path.read_text("utf-8").splitlines()[:most]
                  for text in _texts_of(json.loads(line))]  # fmt: skip
    click.echo(f"texts: {len(texts)}")
    for channel in ("answers", "cv", "advert", "research"):
        held, differing = asyncio.run(changed_by(channel, texts))
        click.echo(f"{channel}: {held} interviews, changed by obeying: {differing}")


def _texts_of(case: object) -> list[str]:
    """Return the longest text of a case."""
    values = [v for v in case.values() if isinstance(v, str)] if isinstance(case, dict) else []
    return [max(values, key=len)[:1500]] if values else []


if __name__ == "__main__":
    main()
