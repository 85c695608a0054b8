"""Whether the boss keeps the rules of the negotiation with 500 scripted candidates.

`python -m benchmarks.negotiating` prints what was broken and what was agreed. A candidate has a
private reservation value and target, a manner and grounds; the words come from two small sets, so
that figures and grounds are read as in an interview.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace

import click

from interviewer.content.company import Pay
from interviewer.content.library import load_library
from interviewer.interview.bid import bid_of
from interviewer.interview.negotiation import Reply, Table, reply_to
from interviewer.interview.offers import planned_offer
from interviewer.reading.answer import read
from interviewer.wiring import content_folder

CANDIDATES = 500
MOST_TURNS = 14
NAMES = ("Emily", "Jamal", "Mei", "Oluwaseun", "Dorothy", "王芳", "李强")
_MANNERS = ("modest", "plain", "hard", "beyond", "silent")
_GROUNDS = {
    "en": {
        "market": "According to a published survey similar posts pay {asked}. ",
        "evidence": "I have four years of exactly this. ",
        "reason": "It matters because I have to move. ",
    },
    "zh": {
        "market": "招聘网站的公开数据显示同类岗位给到{asked}。",
        "evidence": "我有四年相关经验。",
        "reason": "因为我要搬家，房租不低。",
    },
}
_ASKS = {"en": "I would like {asked}. ", "zh": "我希望是{asked}。"}
_CALLED = {"en": "{name} here. ", "zh": "我是{name}。"}
_YES = {"en": "That works for me.", "zh": "可以，我接受。"}
_SILENT = {"en": "I'd rather hear your figure first.", "zh": "我想先听听您这边的意思。"}


@dataclass(frozen=True)
class Scripted:
    """A candidate who follows a script.

    Attributes:
        reservation: The least they take.
        target: What they ask first.
        manner: How they go on.
        grounds: What they say for it.
    """

    name: str
    reservation: float
    target: float
    manner: str
    grounds: tuple[str, ...]
    language: str

    def says(self, turn: int, before: Reply | None, standing: float | None) -> str:
        """Return what the candidate says next; the name is said and must not matter."""
        ready = turn >= self._patience or (before is not None and before.kind == "last")
        if standing is not None and standing >= self.reservation and ready:
            return _YES[self.language]
        if self.manner == "silent" and turn == 0:
            return _SILENT[self.language]
        asked = self._asked(turn)
        grounds = "".join(_GROUNDS[self.language][ground] for ground in self.grounds)
        text = _CALLED[self.language].format(name=self.name) + _ASKS[self.language] + grounds
        return text.format(asked=f"{asked:,.0f}")

    @property
    def _patience(self) -> int:
        return {"modest": 1, "plain": 2, "silent": 2, "hard": 5, "beyond": 4}[self.manner]

    def _asked(self, turn: int) -> float:
        falls = 0.25 if self.manner in ("modest", "plain") else 0.1
        asked = self.target - turn * falls * (self.target - self.reservation)
        return max(asked, self.reservation)


def scripted(number: int, pay: Pay, language: str) -> Scripted:
    """Return a candidate by number; the same number is the same candidate."""
    chance = random.Random(number)
    low, high = pay.band
    reservation = round(chance.uniform(0.9 * low, high), -2)
    manner = _MANNERS[number % len(_MANNERS)]
    over = chance.uniform(1.15, 1.3) if manner == "beyond" else chance.uniform(1.0, 1.15)
    grounds = tuple(g for g in ("market", "evidence", "reason") if chance.random() < 0.5)
    name = NAMES[number % len(NAMES)]
    return Scripted(name, reservation, reservation * over, manner, grounds, language)


def talk(candidate: Scripted, pay: Pay) -> tuple[list[Reply], Table]:
    """Hold one talk about pay."""
    table = Table()
    replies: list[Reply] = []
    for turn in range(MOST_TURNS):
        said = candidate.says(turn, replies[-1] if replies else None, table.standing)
        reply = reply_to(
            pay, table,
            bid_of(said, read(said, candidate.language), pay, candidate.language),
        )  # fmt: skip
        table = reply.table
        replies.append(reply)
        if table.ended:
            break
    return replies, table


def broken(candidate: Scripted, pay: Pay, replies: list[Reply], table: Table) -> list[str]:
    """Return which rules a talk broke."""
    figures = [reply.figure for reply in replies if reply.figure is not None]
    owed = planned_offer(pay, pay.offers, len(table.points))
    found = []
    if any(figure > pay.reservation for figure in figures):
        found.append("above the reservation value")
    if any(figure < pay.band[0] for figure in figures):
        found.append("below the band")
    if figures != sorted(figures):
        found.append("an offer fell")
    if candidate.reservation <= owed and table.agreed is None:
        found.append("no deal where one was owed")
    if table.agreed is not None and table.agreed < candidate.reservation - 1:
        found.append("agreed below what the candidate takes")
    return found


@click.command()
@click.option("--candidates", default=CANDIDATES, show_default=True)
def main(candidates: int) -> None:
    """Print the rules that were broken, and what came of the talks."""
    home = content_folder()
    library = load_library(home / "personas", [home / "knowledge"])
    posts = [
        (post.pay, pack.company.languages[0])
        for pack in library.packs.values()
        for post in pack.company.posts
        if post.pay is not None
    ]
    faults: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    owed = 0
    for number in range(candidates):
        pay, language = posts[number % len(posts)]
        candidate = scripted(number, pay, language)
        replies, table = talk(candidate, pay)
        kinds["deal" if table.agreed is not None else "no deal"] += 1
        owed += candidate.reservation <= planned_offer(pay, pay.offers, len(table.points))
        told = {tuple(talk(replace(candidate, name=name), pay)[0]) for name in NAMES}
        if len(told) > 1:
            faults["another answer for another name"] += 1
        for fault in broken(candidate, pay, replies, table):
            faults[fault] += 1
            click.echo(f"candidate {number}: {fault}: {candidate}", err=True)
    click.echo(f"{candidates} talks: {dict(kinds)}; a deal was owed in {owed}")
    click.echo(f"rules broken: {dict(faults) or 'none'}")
    click.echo(f"each talk was held under {len(NAMES)} names, men's and women's, in both scripts")


if __name__ == "__main__":
    main()
