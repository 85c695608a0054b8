"""What taking up the candidate's own words promises."""

from __future__ import annotations

import pytest

from interviewer.reading.answer import read


@pytest.mark.parametrize(
    ("answer", "language", "thing"),
    [
        ("I built the nightly sales pipeline for finance.", "en", "the nightly sales pipeline"),
        ("I was responsible for our stock reports in Leeds.", "en", "the stock reports"),
        ("We migrated a billing system, and it worked.", "en", "the billing system"),
        ("I set up the duty rota that is still in use.", "en", "the duty rota"),
        ("I led the team. Then I wrote a small scheduler.", "en", "the small scheduler"),
        ("我搭建了一套门店补货预警系统，当时没人相信。", "zh", "门店补货预警系统"),
        ("我负责仓库对账流程，做了两年。", "zh", "仓库对账流程"),
        ("补货预警系统是我设计的。", "zh", "补货预警系统"),
        ("我主导了会员积分平台的开发。", "zh", "会员积分平台"),
        ("我优化了订单查询接口并上线。", "zh", "订单查询接口"),
    ],
)
def test_a_concrete_thing_is_taken_up(answer: str, language: str, thing: str) -> None:
    """What somebody built, ran or looked after is named in their own words."""
    assert read(answer, language).thing == thing


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("I looked after my sick mother for two years.", "en"),
        ("I managed my divorce and the job at once.", "en"),
        ("I was planning a family at the time.", "en"),
        ("I handled my illness well.", "en"),
        ("I organised a church weekend.", "en"),
        ("I wrote the new instructions for you.", "en"),
        ("I improved my salary by moving.", "en"),
        ("我负责照顾生病的母亲，两年没有工作。", "zh"),
        ("我负责照顾孩子的日常。", "zh"),
        ("我主导了离婚手续的办理。", "zh"),
        ("我做了怀孕检查安排。", "zh"),
        ("我提出了工资方案调整。", "zh"),
        ("我写了新的系统提示词。", "zh"),
    ],
)
def test_nothing_private_is_taken_up(answer: str, language: str) -> None:
    """Family, health, belief, pay and orders are never said back to a candidate."""
    assert read(answer, language).thing is None


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("I did a lot of things.", "en"),
        ("I led the way.", "en"),
        ("I look after the money of a choir of sixty people.", "en"),
        ("I wrote a quickly.", "en"),
        ("I built the badly needed.", "en"),
        ("I built the and left.", "en"),
        ("I built an IT.", "en"),
        ("I designed the very big old red brick warehouse.", "en"),
        ("I like working with people.", "en"),
        ("我做了很多事情。", "zh"),
        ("我做了三个月。", "zh"),
        ("我负责了一个。", "zh"),
        ("我负责的和客户对接人。", "zh"),
        ("我做过从前端到后端。", "zh"),
        ("我设计了公司的门店的库存的表。", "zh"),
        ("我开发了对账模块和。", "zh"),
        ("我写了了到做。", "zh"),
        ("我设计了非常非常复杂庞大的跨境电商物流系统。", "zh"),
        ("我喜欢和人打交道。", "zh"),
    ],
)
def test_what_is_vague_or_broken_is_left_alone(answer: str, language: str) -> None:
    """Saying nothing is better than saying half a phrase back."""
    assert read(answer, language).thing is None


@pytest.mark.parametrize(
    ("answer", "language", "thing"),
    [
        ("I looked after my mother. I also maintained the parcel tracker.", "en",
         "the parcel tracker"),
        ("我负责照顾孩子。我还搭建了包裹追踪平台。", "zh", "包裹追踪平台"),
    ],
)  # fmt: skip
def test_the_first_safe_thing_is_taken(answer: str, language: str, thing: str) -> None:
    """A phrase that may not be taken up does not hide a later one that may."""
    assert read(answer, language).thing == thing


def test_a_phrase_ends_with_its_sentence() -> None:
    """Words of two sentences without a full stop between them make no thing together."""
    assert read("I built the stock\n\n- Reports came late", "en").thing == "the stock"


def test_what_is_asked_is_not_taken_up() -> None:
    """A question to the examiner is answered, not said back."""
    assert read("Who maintained the parcel tracker before me, in your team?", "en").thing is None
