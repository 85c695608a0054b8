"""What taking figures out of an answer promises."""

from __future__ import annotations

import pytest

from interviewer.reading.answer import read
from interviewer.reading.claims import MOST, value_of


@pytest.mark.parametrize(
    ("answer", "language", "claims"),
    [
        ("I run 46 jobs.", "en", [("number", "46", 46)]),
        ("It had 12,000 rows.", "en", [("number", "12,000", 12000)]),
        ("About 40k scans a day.", "en", [("number", "40k", 40000)]),
        ("It took 2.5 hours.", "en", [("number", "2.5", 2.5)]),
        ("Late reports fell by 35%.", "en", [("share", "35%", 35)]),
        ("They rose by 8 per cent.", "en", [("share", "8 per cent", 8)]),
        ("They rose by 8 percent.", "en", [("share", "8 percent", 8)]),
        ("I joined in 2021.", "en", [("date", "2021", 2021)]),
        ("It cost £500.", "en", [("money", "£500", 500)]),
        ("It cost £46,500, more or less.", "en", [("money", "£46,500", 46500)]),
        ("A contract of £3bn.", "en", [("money", "£3bn", 3e9)]),
        ("A contract of €1.2 million.", "en", [("money", "€1.2 million", 1.2e6)]),
        ("We spent 5k pounds.", "en", [("money", "5k pounds", 5000)]),
        ("We spent 2 million dollars.", "en", [("money", "2 million dollars", 2e6)]),
        ("A plant for £5 m.", "en", [("money", "£5 m", 5e6)]),
        ("A dozen calls, half late.", "en", [("number", "A dozen", 12), ("share", "half", 50)]),
        ("It took twenty-five days.", "en", [("number", "twenty-five", 25)]),
        ("We had two hundred parcels.", "en", [("number", "two hundred", 200)]),
        ("Code A12 failed.", "en", []),
        ("订单有46个。", "zh", [("number", "46个", 46)]),
        ("把时间从4小时降到90分钟。", "zh", [("number", "4小时", 4), ("number", "90分钟", 90)]),
        ("投诉少了35%。", "zh", [("share", "35%", 35)]),
        ("投诉少了百分之30。", "zh", [("share", "百分之30", 30)]),
        ("投诉少了百分之三十。", "zh", [("share", "百分之三十", 30)]),
        ("订单多了七成。", "zh", [("share", "七成", 70)]),
        ("订单多了3成。", "zh", [("share", "3成", 30)]),
        ("2021年入职。", "zh", [("date", "2021年", 2021)]),
        ("发了20000件货。", "zh", [("number", "20000件", 20000)]),
        ("期望每月19000元。", "zh", [("money", "19000元", 19000)]),
        ("花了1.5万元。", "zh", [("money", "1.5万元", 15000)]),
        ("项目2千万元。", "zh", [("money", "2千万元", 2e7)]),
        ("项目¥3百万左右。", "zh", [("money", "¥3百万", 3e6)]),
        ("一共3百条。", "zh", [("number", "3百条", 300)]),
        ("营收2亿。", "zh", [("money", "2亿", 2e8)]),
        ("带过三个人。", "zh", [("number", "三个", 3)]),
        ("五百条记录。", "zh", [("number", "五百条", 500)]),
        ("第二天就上线了。", "zh", []),
        ("第十二天就上线了。", "zh", []),
    ],
)
def test_figures_are_found_with_kind_and_value(
    answer: str, language: str, claims: list[tuple[str, str, float | None]]
) -> None:
    """Each figure is one claim, as said, with its kind and the value where it is plain."""
    found = read(answer, language).claims
    assert [(claim.kind, claim.text, claim.value) for claim in found] == claims


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("In 2021 seven of 40 vans were late, which cost £900.", "en"),
        ("2021年我们有三辆车，晚了7趟，花了900元。", "zh"),
    ],
)
def test_claims_come_in_the_order_they_were_said(answer: str, language: str) -> None:
    """Figures of all kinds are listed as a listener heard them."""
    places = [answer.index(claim.text) for claim in read(answer, language).claims]
    assert len(places) == 4
    assert places == sorted(places)


def test_a_claim_keeps_its_own_sentence() -> None:
    """The sentence of a claim is the one it stands in, also where line ends divide the answer."""
    answer = "First:\n\n- 12 depots\n- 3 hubs\n\nThen I left in 2020. It was fine."
    sentences = [claim.sentence for claim in read(answer, "en").claims]
    assert sentences == ["12 depots", "3 hubs", "Then I left in 2020."]


@pytest.mark.parametrize(
    ("answer", "language"),
    [("How many of the 46 jobs fail?", "en"), ("团队是不是有46个人？", "zh")],
)
def test_a_question_claims_nothing(answer: str, language: str) -> None:
    """A figure in a question to the examiner is not a statement of the candidate's."""
    assert read(answer, language).claims == ()


@pytest.mark.parametrize("joint", [" ", ". About "])
def test_a_flood_of_figures_is_cut(joint: str) -> None:
    """At most forty figures are kept, from one sentence or from many."""
    answer = joint.join(f"{n} vans" for n in range(2000))
    assert len(read(answer, "en").claims) == MOST


@pytest.mark.parametrize(
    ("said", "value"),
    [("9" * 400, None), ("12", 12), ("seven", 7), ("Seven", 7), ("some", None), ("两个", 2)],
)
def test_a_value_is_told_only_where_it_is_plain(said: str, value: float | None) -> None:
    """No number is guessed, and none is too large to be written to a file."""
    assert value_of(said) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("forty-eight thousand pounds", 48_000), ("two hundred and fifty", 250),
        ("one hundred and twenty thousand", 120_000), ("two million", 2e6), ("a dozen", 12),
        ("two thirds", 66.67), ("three quarters", 75), ("a third", 33.33), ("half an", 0.5),
        ("two and a half", 2.5), ("a year and a half", 1.5), ("a", 1), ("one", 1), ("40K", 40_000),
        ("£5M", 5e6), ("48 grand", 48_000), ("12,500", 12_500),
        ("三万二", 32_000), ("两千六", 2600), ("一百二", 120), ("一百零五个", 105), ("十二台", 12),
        ("四百六十万", 4.6e6), ("一亿", 1e8), ("两亿三千万", 2.3e8), ("三分之二", 66.67),
        ("百分之九十七", 97), ("一半", 50), ("半年", 0.5), ("两个半小时", 2.5), ("一年半", 1.5),
    ],
)  # fmt: skip
def test_words_for_numbers_have_their_value(said: str, value: float) -> None:
    """Figures in words, shortened ones and parts of a whole are worth what a listener hears."""
    assert value_of(said) == value


@pytest.mark.parametrize(
    ("answer", "language", "noun", "unit"),
    [
        ("I led a team of three.", "en", "team", ""),
        ("There were three of us.", "en", "person", ""),
        ("I ran 40 busy shops.", "en", "shop", ""),
        ("It served six companies.", "en", "company", ""),
        ("We filled nine boxes.", "en", "box", ""),
        ("I had 20 staff then.", "en", "staff", ""),
        ("I did it for four years.", "en", "year", "year"),
        ("It was a 12-year-old system.", "en", "year", "year"),
        ("Half an hour later it ran.", "en", "", "hour"),
        ("It fell by 12%.", "en", "", "percent"),
        ("It cost £900.", "en", "", "GBP"),
        ("It cost 900 euros.", "en", "", "EUR"),
        ("It fell to nine a month.", "en", "", ""),
        ("I joined in 2021.", "en", "", ""),
        ("三个人的小组。", "zh", "人", ""),
        ("我们团队一共八名。", "zh", "团队", ""),
        ("我们团队八名。", "zh", "团队", ""),
        ("我带过五人团队。", "zh", "团队", ""),
        ("我管40家门店。", "zh", "门店", ""),
        ("做了四年。", "zh", "", "year"),
        ("花了两个半小时。", "zh", "", "hour"),
        ("少了三成。", "zh", "", "percent"),
        ("花了900元。", "zh", "", "CNY"),
        ("一共8名。", "zh", "person", ""),
    ],
)  # fmt: skip
def test_a_figure_tells_what_it_counts(answer: str, language: str, noun: str, unit: str) -> None:
    """The noun comes in the singular, the unit under one name in both languages."""
    claim = read(answer, language).claims[0]
    assert (claim.noun, claim.unit) == (noun, unit)


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("At 7 pm on 12 March I went to bed 6.", "en"),
        ("He came at six, nine times out of ten.", "en"),
        ("I gave it ten out of ten.", "en"),
        ("It runs 24/7 since the 1990s.", "en"),
        ("On March 12 he was third.", "en"),
        ("早上六点我在三号柜。", "zh"),
        ("千万别试，万一坏了呢，我说了一下。", "zh"),
        ("也就十几个人，七八个，3月就走了。", "zh"),
        ("我们一块去找他，这一块归我，货一块一块地搬。", "zh"),
    ],
)
def test_what_counts_nothing_is_no_claim(answer: str, language: str) -> None:
    """Times of day, days of a month, places, numbered things and mere words are left alone."""
    assert read(answer, language).claims == ()


@pytest.mark.parametrize(
    ("answer", "language", "kind"),
    [
        ("My salary was 48k.", "en", "money"),
        ("We had 48k users.", "en", "number"),
        ("We sold 2000 parcels.", "en", "number"),
        ("税前一万八。", "zh", "money"),
        ("签了四百六十万。", "zh", "money"),
        ("涨粉两万。", "zh", "number"),
        ("多卖了一半。", "zh", "share"),
        ("It fell from four percent to two.", "en", "share"),
        ("一共有2000件。", "zh", "number"),
        ("来了三百。", "zh", "number"),
    ],
)
def test_a_figure_without_its_name_is_told_by_its_sentence(
    answer: str, language: str, kind: str
) -> None:
    """Money is known by what the sentence speaks of; users and parcels are none."""
    assert {claim.kind for claim in read(answer, language).claims} == {kind}


@pytest.mark.parametrize(
    ("answer", "value"), [("花了一块钱。", 1), ("花了一块五。", 1), ("一共二十一块。", 21)]
)
def test_one_yuan_is_money_where_it_is_said_of_money(answer: str, value: float) -> None:
    """The word for one yuan also says "together": an amount says more than that."""
    assert [(c.kind, c.value) for c in read(answer, "zh").claims] == [("money", value)]
