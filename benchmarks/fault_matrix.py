"""Every fault of a model's server at every place that asks a model: what a candidate is left with.

`python -m benchmarks.fault_matrix` prints a row a fault: how often it struck, what became of the
interviews it struck, how long it took from the time limit to the built-in voice, and what it is
called on the record. Forms (an answer read, a competency judged, a topic of a brief written) are
asked for apart: they must end as a value that says why, in time, with none of the fault's text.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from benchmarks.speaking import COMPANIES, MODEL, Bench, bench
from interviewer.interview.delivery import Limits
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.models.answer_reader import HeardAnswer
from interviewer.models.breaker import Breaker
from interviewer.models.brief_writer import WrittenTopic
from interviewer.models.judge import GivenVerdict
from interviewer.models.structured import Structured, structured
from interviewer.transcript import Transcript
from tests.fakes import FAULTS, FakeModel, Script
from tests.fakes.faults import CANARY

FORMS = {"reading": HeardAnswer, "judging": GivenVerdict, "brief": WrittenTopic}
# Faults that strike at once, each its own interviews; more would be late for want of a core.
AT_ONCE = 2


class Restless(Breaker):
    """A breaker that never lets a model rest, so that every turn meets the fault."""

    @property
    def rests(self) -> bool:
        """Never."""
        return False


@dataclass
class Row:
    """What one fault came to.

    Attributes:
        fault: Its name.
        struck: Requests that failed by it.
        interviews: Interviews it struck, and how many of them came to their end.
        lost: Answers that were given and are not in the store.
        doubled: Turns that are there twice.
        visible: Turns in which text of the fault is seen.
        late: Seconds from the time limit to the first words, of turns that fell back.
        causes: What the record calls it.
        forms: By the place that asked, what the forms ended as.
    """

    fault: str
    struck: int = 0
    interviews: int = 0
    completed: int = 0
    lost: int = 0
    doubled: int = 0
    visible: int = 0
    late: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    forms: dict[str, str] = field(default_factory=dict)
    overdue: int = 0


async def row_of(made: Bench, fault: str, count: int, share: float, deadline: float) -> Row:
    """Hold interviews that one fault strikes, and ask for forms."""
    row = Row(fault)
    limits = Limits(deadline, deadline / 2)
    for number in range(count):
        script = Script(mode="echo", faults=(fault,), fault_rate=share, stall_seconds=20,
                        seed=number)  # fmt: skip
        async with FakeModel(script) as fake:
            await _interview(made, row, fake, limits, number)
    async with FakeModel(Script(faults=(fault,), fault_rate=1, stall_seconds=20)) as fake:
        await _forms(made, row, fake, limits)
    return row


async def _interview(made: Bench, row: Row, fake: FakeModel, limits: Limits, number: int) -> None:
    company = COMPANIES[number % len(COMPANIES)]
    speakers = made.speakers(fake.base_url, limits)
    speakers.source(MODEL).breaker = Restless()
    name = f"{row.fault}-{number}"
    try:
        held, given = await _held(made, Rehearsals(made.store, made.research, speakers), name,
                                  company, number)  # fmt: skip
    finally:
        await speakers.close()
    row.interviews += 1
    row.completed += stage_of(held).waiting == "nobody"
    row.struck += sum(request.fault is not None for request in fake.requests)
    _take_down(row, held, given, limits.deadline)


async def _held(
    made: Bench, rehearsals: Rehearsals, name: str, company: str, seed: int
) -> tuple[Transcript, list[str]]:
    """Hold one interview to its end; return it as it is stored, and the answers given."""
    await made.store.create(new_transcript(name, made.plan(company, seed), model=MODEL))
    waiting, given = iter(made.answers(company)), []
    while (stage := stage_of(await made.store.load(name))).waiting != "nobody":
        if stage.waiting == "candidate":
            given.append(next(waiting, ""))
            await rehearsals.answer(name, given[-1])
        async for _ in rehearsals.speak(name):
            pass
    return await made.store.load(name), given


def _take_down(row: Row, held: Transcript, given: Sequence[str], deadline: float) -> None:
    answers = [turn.content for turn in held.turns if turn.by_candidate]
    row.lost += sum(kept != said for kept, said in zip(answers, given, strict=False))
    row.lost += max(0, len(given) - len(answers))
    row.doubled += len(held.turns) - len({turn.seq for turn in held.turns})
    row.doubled += max(0, len(answers) - len(given))
    for turn in held.turns:
        row.visible += CANARY in turn.content
        if turn.by_examiner and turn.fallback:
            row.causes[str(turn.fallback["cause"])] += 1
            first = float(str(turn.seconds["first"]))
            row.waits.append(first)
            row.late.append(max(0.0, first - deadline))


async def _forms(made: Bench, row: Row, fake: FakeModel, limits: Limits) -> None:
    """Ask for each kind of form once."""
    from langchain_core.messages import HumanMessage

    speakers = made.speakers(fake.base_url, limits)
    opened = await speakers.source(MODEL).ready()
    try:
        for place, form in FORMS.items():
            begun = time.perf_counter()
            asked = [HumanMessage("Fill in the form.")]
            reply = await structured(opened.chat, asked, form, deadline=limits.deadline)
            row.overdue += time.perf_counter() - begun > limits.deadline + 3
            row.forms[place] = "filled" if isinstance(reply, Structured) else reply.ended
            told = "" if isinstance(reply, Structured) else f"{reply.reason}{reply.tries}"
            row.visible += CANARY in told
    finally:
        await speakers.close()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of values does not exceed, 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def rows(count: int, share: float, deadline: float, names: Sequence[str]) -> list[Row]:
    """Return a row a fault; several faults strike at once, each its own interviews."""
    free = asyncio.Semaphore(AT_ONCE)
    async with bench() as made:

        async def one(fault: str) -> Row:
            async with free:
                return await row_of(made, fault, count, share, deadline)

        return list(await asyncio.gather(*(one(fault) for fault in names)))


@click.command()
@click.option("--interviews", "count", default=2, help="For each fault, languages in turn.")
@click.option("--share", default=0.2, help="Of the calls that fail.")
@click.option("--deadline", default=2.0, help="Seconds a turn may wait for the model.")
@click.option("--fault", "names", multiple=True, type=click.Choice(sorted(FAULTS)))
def main(count: int, share: float, deadline: float, names: tuple[str, ...]) -> None:
    """Print the matrix of faults."""
    found = asyncio.run(rows(count, share, deadline, names or sorted(FAULTS)))
    head = ("fault", "struck", "done", "lost", "doubled", "seen", "first s", "late s", "record",
            *FORMS)  # fmt: skip
    click.echo(" | ".join(head))
    for row in found:
        cause = ", ".join(cause for cause, _ in row.causes.most_common(3))
        click.echo(" | ".join((
            row.fault, str(row.struck), f"{row.completed}/{row.interviews}", str(row.lost),
            str(row.doubled), str(row.visible), f"{percentile(row.waits, 0.95):.2f}",
            f"{percentile(row.late, 0.95):.2f}", cause, *row.forms.values(),
        )))  # fmt: skip
    late = [value for row in found for value in row.late]
    click.echo(
        f"{len(found)} faults, {sum(r.struck for r in found)} times: "
        f"{sum(r.completed for r in found)} of {sum(r.interviews for r in found)} interviews "
        f"completed, answers lost {sum(r.lost for r in found)}, turns doubled "
        f"{sum(r.doubled for r in found)}, turns with the fault's text "
        f"{sum(r.visible for r in found)}; first words after the limit of {deadline:g} s: p95 "
        f"{percentile(late, 0.95):.2f} s, most {max(late, default=0):.2f} s; forms "
        f"{len(FORMS) * len(found)}, overdue {sum(r.overdue for r in found)}"
    )


if __name__ == "__main__":
    main()
