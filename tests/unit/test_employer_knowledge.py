"""What a candidate knows of the employer: right, wrong and missed, and nothing on a guess."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

from benchmarks.knowing import sentences, told
from interviewer.assessment import assess, assessment_to_json, report_html, report_markdown
from interviewer.assessment.employer import employer_knowledge
from interviewer.assessment.employer.knowing import Research, judged, names_of
from interviewer.assessment.employer.remarks import remarks_in
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.plan import Lead, Plan
from interviewer.transcript import Passage, Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import ask, begun, say, scored_item

NAMES = ("Brightwell Logistics", "Brightwell")
FACTS = Passage(
    "b/nature/a#1",
    "Brightwell Logistics employed 1,240 people at the end of 2025. Brightwell Logistics began in "
    "1984 with three second-hand vans. The head office of Brightwell is in Leeds. Brightwell had "
    "revenue of £146 million in 2025, up from £131 million in 2024. Brightwell plans to open 12 "
    "lockers by 2028. The depot in Derby is led by Ruth Hale. Brightwell has no shops of its own.",
    "Annual report", "nature", "2026-03-01", "en",
)  # fmt: skip
CHINESE = Passage(
    "c/nature/a#1",
    "截至2025年底，澄远智能装备共有员工620人。澄远2011年在苏州成立。澄远的总部位于苏州工业园区。"
    "澄远2025年的毛利率为27.4%。",
    "年报", "nature", "2026-03-01", "zh",
)  # fmt: skip


def verdict(text: str, passage: Passage = FACTS) -> list[tuple[bool, str] | None]:
    """Return what is told of each remark in a text: right or wrong, and the sentence."""
    chinese = passage is CHINESE
    names = names_of("澄远智能装备") if chinese else NAMES
    research = Research({passage.id: passage}, names, passage.language)
    found = [
        judged(remark, research, research.known())
        for remark in remarks_in(text, 1, names, passage.language)
    ]
    return [None if one is None else (one[0], one[1].whole.text) for one in found]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("I read that you run five sites, and I liked that.", ["Brightwell run five sites"]),
        ("At my last firm we ran 210 shops.", []),
        ("If you ask me, 14 is enough.", []),
        ("Thank you, that helps.", []),
        ("Do you have 14 depots?", []),
        ("Your company has 14 depots and I have worked in two.", ["Brightwell has 14 depots and"]),
        ("I know your vans, but my own were older.", ["Brightwell's vans"]),
        ("Brightwell grew. I did too.", ["Brightwell grew."]),
        ("The hub, which you opened, is large.", ["The hub, which Brightwell opened, is large."]),
    ],
)  # fmt: skip
def test_only_what_is_said_of_the_employer_is_looked_at(text: str, claims: list[str]) -> None:
    """One's own past, courtesy, questions and a general "you" are no remarks on the employer."""
    assert [remark.claim for remark in remarks_in(text, 1, NAMES, "en")] == claims
    assert all(remark.text in text for remark in remarks_in(text, 1, NAMES, "en"))


@pytest.mark.parametrize(
    "text",
    [
        "You employed 1,240 people at the end of 2025.",
        "I know that your head office is in Leeds.",
        "Brightwell began in 1984 with three second-hand vans.",
        "You had revenue of £146 million in 2025.",
    ],
)
def test_what_a_passage_says_is_right(text: str) -> None:
    """A remark that a passage says is right, with the sentence that says so."""
    ((right, sentence),) = [found for found in verdict(text) if found]
    assert right
    assert sentence in FACTS.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("You employed 2,400 people at the end of 2025.", "1,240 people"),
        ("You employed about 2,400 people at the end of 2025.", "1,240 people"),
        ("I know that your head office is in Manchester.", "in Leeds"),
        ("Brightwell began in 1974 with three second-hand vans.", "in 1984"),
        ("You had revenue of £96 million in 2025.", "£146 million"),
        ("I heard that your depot in Derby is led by Anna Poole.", "Ruth Hale"),
    ],
)
def test_another_figure_or_name_of_the_same_is_wrong(text: str, says: str) -> None:
    """The same subject with another figure, year, place or person is wrong, with what is so."""
    ((right, sentence),) = [found for found in verdict(text) if found]
    assert not right
    assert says in sentence


@pytest.mark.parametrize(
    "text",
    [
        "You employed about 1,200 people at the end of 2025.",  # rough, and near
        "You employed 1,250 people at the end of 2025.",  # rounded
        "You employed 900 people at the end of 2021.",  # another year
        "You employed 300 drivers and 250 clerks at the end of 2025.",  # others than are told
        "You plan to employ 2,400 people in 2025.",  # a plan
        "You never employed 2,400 people in 2025.",  # a denial
        "You have 14 very friendly managers.",  # nothing is known
        "Your head office is in Leeds and in Hull.",  # two places
        "Your head office is not in Manchester.",
        "You will open 14 lockers by 2028.",  # the passage has another figure of a plan
        "You started in 1974.",
        "Your canteen is in Manchester.",
        "You had revenue of £131 million in 2024.",
        "Your depots are led by Anna Poole.",
    ],
)
def test_what_leaves_a_doubt_is_never_wrong(text: str) -> None:
    """Rough and rounded figures, other times, plans, denials and unknown matters are not wrong."""
    assert all(found is None or found[0] for found in verdict(text) if "lockers" not in text)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("The head office is Aire House in Leeds near Hull.", "Your head office is in York."),
        ("The boss is Ruth Hale.", "Your head office is in York."),
        ("Brightwell runs vans and lorries.", "Brightwell runs lorries and vans all of May."),
    ],
)  # fmt: skip
def test_a_passage_that_says_something_else_judges_nothing(fact: str, text: str) -> None:
    """Two places, another matter, or more than the passage says is neither right nor wrong."""
    assert verdict(text, Passage("b/a/a#1", fact, "s", "nature", None, "en")) == [None]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("截至2025年底，贵公司共有员工620人。", True),
        ("我了解到你们2011年在苏州成立。", True),
        ("据我了解，贵公司的总部在杭州。", False),
        ("贵公司2025年的毛利率是42%。", False),
        ("我们公司2025年的毛利率是42%。", None),
        ("如果贵公司录用我，我三个月能学会。", None),
    ],
)  # fmt: skip
def test_chinese_is_judged_alike(text: str, right: bool | None) -> None:
    """In Chinese the same: right and wrong by the passage, one's own past not at all."""
    found = [one[0] for one in verdict(text, CHINESE) if one]
    assert found == ([] if right is None else [right])


def test_names_of_an_employer() -> None:
    """An employer is known by its name and by its short form."""
    assert names_of("Brightwell Logistics") == NAMES
    assert names_of("澄远智能装备") == ("澄远智能装备", "澄远")
    assert names_of("X") == ("X",)
    assert names_of("") == ("",)


def spoken(plan: Plan, answer: str, *, cited: bool = False, whole: bool = False) -> Transcript:
    """Return an interview of one question with research in it, and this answer."""
    research = {
        passage.id: passage
        for passage in (
            FACTS,
            Passage("b/scope/a#1", "## Services\nBrightwell has four services. It is busy in May. "
                    "Brightwell returned 1.6 million parcels in 2025.", "S", "scope", None, "en"),
            Passage("b/post/a#1", "The rota has six people.", "Post", "post", None, "en"),
            Passage("b/process/a#1", "Talks last 30 minutes.", "Post", "process", None, "en"),
            Passage("b/scope/zh#1", "澄远有九座仓库。", "年报", "scope", None, "zh"),
            Passage("b/prospects/a#1", "Brightwell may grow", "Talk", "prospects", None, "en"),
        )
    }  # fmt: skip
    transcript = begun(plan)
    research = {**(transcript.interview.research if whole else {}), **research}
    interview = dataclasses.replace(transcript.interview, research=MappingProxyType(research))
    transcript = dataclasses.replace(transcript, interview=interview)
    transcript = ask(transcript, "hr", scored_item(plan, "hr"))
    if cited:
        turn = dataclasses.replace(transcript.turns[-1], cites=(FACTS.id,))
        transcript = dataclasses.replace(transcript, turns=(*transcript.turns[:-1], turn))
    return say(transcript, "hr", answer)


def grounded(plan: Plan) -> Plan:
    """Return the plan with its first scored question built on a passage."""
    item = scored_item(plan, "hr")
    part = plan.round("hr")
    assert part is not None
    lead = Lead("fact", "The rota has six people.", "b/post/a#1")
    items = tuple(dataclasses.replace(i, lead=lead) if i == item else i for i in part.items)
    rounds = (dataclasses.replace(part, items=items), *plan.rounds[1:])
    return dataclasses.replace(plan, rounds=rounds)


def test_what_was_asked_from_and_what_matters_is_missed(make_plan: PlanMaker) -> None:
    """Facts asked from, and one a passage on a key topic, are missed unless spoken of."""
    plan = grounded(make_plan())
    silent = employer_knowledge(plan, spoken(plan, "I would like to work here."))
    assert [(entry.passage.id, entry.asked) for entry in silent.missed] == [
        ("b/post/a#1", True), ("b/nature/a#1", False), ("b/scope/a#1", False),
    ]  # fmt: skip
    assert silent.missed[2].sentence == "Brightwell returned 1.6 million parcels in 2025."
    heard = employer_knowledge(
        plan,
        spoken(plan, "A rota of six people suits me. You employed 1,240 people at the end of "
               "2025. I saw that four services of yours share one fleet and that returns matter."),
    )  # fmt: skip
    assert "b/post/a#1" not in {entry.passage.id for entry in heard.missed}
    assert "b/nature/a#1" not in {entry.passage.id for entry in heard.missed}
    assert [entry.text for entry in heard.right] == [
        "You employed 1,240 people at the end of 2025."
    ]
    assert heard.right[0].passage == FACTS
    assert not heard.right[0].told_before


def test_what_an_examiner_had_said_is_marked(make_plan: PlanMaker) -> None:
    """A right remark on a passage an examiner cited before says so."""
    plan = make_plan()
    text = "You employed 1,240 people at the end of 2025."
    (held,) = employer_knowledge(plan, spoken(plan, text, cited=True)).right
    assert held.told_before


def test_without_research_nothing_is_told(make_plan: PlanMaker) -> None:
    """An interview that used no passage says nothing of what the candidate knows."""
    plan = make_plan()
    transcript = say(begun(plan), "hr", "You employ 1,240 people.")
    bare = dataclasses.replace(transcript.interview, research=MappingProxyType({}))
    found = employer_knowledge(plan, dataclasses.replace(transcript, interview=bare))
    assert not found
    assert found.missed == ()


def test_every_form_tells_it(make_plan: PlanMaker, library: Library) -> None:
    """Page, Markdown and JSON have right, wrong and missed with their sources."""
    plan = grounded(make_plan())
    answer = (
        "You employed 2,400 people at the end of 2025. Brightwell began in 1984 with three "
        "second-hand vans."
    )
    transcript = spoken(plan, answer, whole=True)
    report = assess(transcript, library)
    known = report.employer
    assert known is not None
    assert (len(known.right), len(known.wrong)) == (1, 1)
    said = words_for("en").employer
    page, markdown = report_html(report, transcript), report_markdown(report, transcript)
    for text in (page, markdown.replace("\\", "")):
        for kind in ("right", "wrong", "missed", "says", "asked"):
            assert said[kind] in text
        assert "Annual report" in text
    document = assessment_to_json(report)["employer"]
    assert isinstance(document, dict)
    assert document["wrong"][0]["text"] in transcript.turns[-1].content
    assert document["wrong"][0]["passage"] in transcript.interview.research
    assert {
        "passage": "b/post/a#1", "sentence": "The rota has six people.", "asked": True,
    } in document["missed"]  # fmt: skip
    chat = Transcript("c")
    assert assessment_to_json(assess(chat, library))["employer"] is None


@pytest.mark.parametrize("held_back", [False, True])
def test_the_measured_sentences_hold(held_back: bool) -> None:
    """Of the sentences of the benchmark none is called right or wrong that is not."""
    found = [(s.expected, told(s)) for s in sentences() if s.held_back == held_back]
    assert len(found) > 30
    assert {pair for pair in found if pair[1] not in ("none", pair[0])} == set()
    assert sum(given != "none" for _, given in found) > 15
