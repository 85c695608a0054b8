"""A small bank of written items for a post, and content that has it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from interviewer.content.library import Library
from interviewer.content.written import (
    KeyPoint,
    ShortAnswer,
    SingleChoice,
    WorkProduct,
    WrittenBank,
)
from interviewer.interview.plan import Plan
from interviewer.interview.planning import build_plan
from interviewer.interview.wishing import make_wish

_SOURCE = {"en": "Common practice of the trade", "zh": "行业通行做法"}
_TOPICS = ("loading", "quality", "access", "cost")


def _both(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}（中）"}


def single(number: int) -> SingleChoice:
    """Return an item with options; the right one is the number's."""
    options = tuple(_both(f"Choice {letter}{number}") for letter in "pqrs")
    return SingleChoice(
        id=f"single_{number}", competency="job_knowledge", topic=_TOPICS[number % 4],
        text=_both(f"Which way is best in case {number}?"), options=options,
        right=number % 4 + 1, why=_both(f"Because of reason {number}."), source=_SOURCE,
    )  # fmt: skip


def point(text: str, text_zh: str, says: list[str], says_zh: list[str]) -> KeyPoint:
    """Return a key point in both languages."""
    return KeyPoint(
        text={"en": text, "zh": text_zh}, says={"en": tuple(says), "zh": tuple(says_zh)}
    )


POINTS = (
    point("Count the rows on both sides.", "核对两边的行数。", ["count the rows"], ["行数"]),
    point("Look for duplicate keys.", "检查主键是否重复。", ["duplicate", "twice"], ["重复"]),
    point("Tell the users of the report.", "告知使用者。", ["tell the users"], ["告知"]),
    point(
        "Never reload before the cause is known.",
        "原因不明不要重新加载。",
        ["reload"],
        ["重新加载"],
    ),
    point("Write down what was found.", "把发现的情况记录下来。", ["write down", "log"], ["记录"]),
)


def short(number: int) -> ShortAnswer:
    """Return an item answered in a few sentences."""
    return ShortAnswer(
        id=f"short_{number}", competency="quality_and_risk", topic=_TOPICS[number % 4],
        text={
            "en": f"A nightly load of table {number} ended early: what do you do first?",
            "zh": f"表{number}的夜间加载提前结束了：您先做什么？",
        },
        points=POINTS, source=_SOURCE,
    )  # fmt: skip


def work(number: int) -> WorkProduct:
    """Return a piece of work."""
    return WorkProduct(
        id=f"work_{number}", competencies=("written_work", "problem_solving"), topic="cost",
        text={
            "en": "Write a note to the head of finance on the figures below, 150 to 300 words.",
            "zh": "请就下列数字给财务负责人写一份说明，300至500字。",
        },
        material={
            "en": "| month | rows |\n|---|---|\n| May | 120 |\n| June | 1200 |",
            "zh": "| 月份 | 行数 |\n|---|---|\n| 五月 | 120 |\n| 六月 | 1200 |",
        },
        points=POINTS, source=_SOURCE,
    )  # fmt: skip


BANK = WrittenBank(
    schema=1, id="data_engineer",
    topics={"loading": {"en": "Loading data", "zh": "数据加载"}},
    single=tuple(single(n) for n in range(20)),
    short=tuple(short(n) for n in range(8)),
    work=tuple(work(n) for n in range(2)),
)  # fmt: skip


def with_bank(library: Library, bank: WrittenBank = BANK) -> Library:
    """Return content in which data engineers, and nobody else, have a written test."""
    banks: Mapping[str, WrittenBank] = MappingProxyType({bank.id: bank})
    return replace(library, written=banks)


def written_plan(
    library: Library, seed: int = 7, company: str = "brightwell", role: str = "data-engineer",
    **more: object,
) -> Plan:  # fmt: skip
    """Return the plan of a written test alone, or what else is wished."""
    wish = make_wish(
        library, company=company, role=role, seed=seed, today=datetime.date(2026, 11, 22),
        passages=lambda name: (), **{"format_id": "written", **more},  # type: ignore[arg-type]  # passed on
    )  # fmt: skip
    return build_plan(library, wish)
