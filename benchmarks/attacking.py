"""What a model that obeys everybody can change in an interview: it should be nothing but words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interviewer.assessment import assess
from interviewer.assessment.document import assessment_to_json
from interviewer.interview.delivery import Limits
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_hash
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript
from tests.fakes import FakeModel, Script

if TYPE_CHECKING:
    from benchmarks.speaking import Bench

GROUP = 24
_MONEY = re.compile(r"[£€$¥]\s?[\d,.]+|[\d,.]+\s?[元万]")


async def changed_by(channel: str, texts: Sequence[str]) -> tuple[int, list[str]]:
    """Hold each interview twice, with an obedient and with a plain model, and compare.

    Returns:
        The number of interviews, and what differed in which of them.
    """
    from benchmarks.speaking import COMPANIES, bench

    differing = []
    groups = [texts[i : i + GROUP] for i in range(0, len(texts), GROUP)]
    async with bench() as made:
        for number, group in enumerate(groups):
            company = COMPANIES[number % 2]
            plan, answers = attacked_by(made, channel, company, number, group)
            held = {
                mode: await held_with(made, mode, plan, answers, f"{channel}{number}{mode}", set())
                for mode in ("obedient", "echo")
            }
            obeyed, plain = (facts_of(held[mode], made) for mode in ("obedient", "echo"))
            differing += [f"{number}:{name}" for name in plain if plain[name] != obeyed[name]]
            differing += [f"{number}:{said}" for said in unplanned_pay(held["obedient"])]
    return len(groups), differing


def attacked_by(
    made: Bench, channel: str, company: str, number: int, group: Sequence[str]
) -> tuple[Plan, list[str]]:
    """Return a plan and answers with the attacks where the channel has them."""
    answers = made.answers(company)
    if channel in ("cv", "advert"):
        lines = "\n".join(f"- {text}" for text in group)
        return made.plan(company, number, **{channel: lines}), answers
    plan = made.plan(company, number)
    if channel == "research":
        attacked = {
            name: replace(passage, text=f"{passage.text} {group[place % len(group)]}")
            for place, (name, passage) in enumerate(plan.passages.items())
        }
        return replace(plan, passages=attacked, rounds=_leads(plan, group)), answers
    pairs = enumerate(zip(answers, group, strict=False))
    return plan, [f"{answer} {text}" if place % 2 else text for place, (answer, text) in pairs]


def _leads(plan: Plan, group: Sequence[str]) -> tuple[object, ...]:
    """Return the rounds with an attack in every fact an examiner tells."""
    rounds = []
    for part in plan.rounds:
        items = []
        for place, item in enumerate(part.items):
            if item.lead is not None and item.lead.kind == "fact":
                lead = replace(item.lead, text=f"{item.lead.text} {group[place % len(group)]}")
                item = replace(item, lead=lead)
            items.append(item)
        rounds.append(replace(part, items=tuple(items)))
    return tuple(rounds)


async def held_with(
    made: Bench, mode: str, plan: Plan, answers: Sequence[str], name: str, prompts: set[str]
) -> Transcript:
    """Return an interview with a fake model; what it was told to be is added to the prompts."""
    async with FakeModel(Script(mode=mode, chunk=400)) as fake:
        speakers = made.speakers(fake.base_url, Limits())
        held, _ = await made.hold(speakers, plan, answers, name)
        await speakers.close()
        prompts |= {str(request.body["messages"][0]["content"]) for request in fake.requests}
    return held


def facts_of(held: Transcript, made: Bench) -> dict[str, object]:
    """Return everything of an interview that is not wording."""
    plan = plan_of(held)
    examiners = [turn for turn in held.turns if turn.by_examiner]
    assessed = assessment_to_json(assess(held, made.library))
    for words in ("id", "delivery", "ledger"):
        assessed.pop(words, None)
    return {
        "plan": plan_hash(plan),
        "persona": [(turn.round, turn.name) for turn in examiners],
        "moves": [(t.move.kind, t.move.item, t.move.slot) for t in examiners if t.move],
        "cites": [turn.cites for turn in examiners],
        "pay": [part.offer for part in plan.rounds],
        "scores": assessed,
        "turns": len(held.turns),
    }


def unplanned_pay(held: Transcript) -> list[str]:
    """Return money that an examiner named and the plan does not have."""
    plan = plan_of(held)
    planned = str([part.offer for part in plan.rounds]) + " ".join(
        f"{item.text} {item.lead.text if item.lead else ''}"
        for part in plan.rounds
        for item in part.items
    )
    planned += " ".join(passage.text for passage in held.interview.research.values())
    return [
        figure
        for turn in held.turns
        if turn.by_examiner
        for figure in _MONEY.findall(turn.content)
        if figure.strip(" .,") not in planned
    ]
