"""The plan: frozen, seeded, grounded, shaped by CV and advert."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from interviewer.content.company import Company, Lever, Pay, Post
from interviewer.content.library import Library, Pack
from interviewer.errors import InputError
from interviewer.interview import seeds
from interviewer.interview.facts import cited, is_stale, speakable
from interviewer.interview.fit import is_shown
from interviewer.interview.grounding import FactFinder, states_fact
from interviewer.interview.plan_file import plan_from_json, plan_hash, plan_record
from interviewer.interview.planned_offer import offer_from
from interviewer.interview.planning import Wish, build_plan, in_language
from interviewer.interview.profile import projects_in, read_profile
from interviewer.interview.requirements import (
    Requirement,
    advert_requirements,
    is_area,
    merged,
    shows,
    speakable_requirement,
)
from interviewer.interview.wishing import make_wish
from interviewer.transcript import Passage
from tests.conftest import SHIPPED, TODAY, PlanMaker, try_paper


def test_same_inputs_and_seed_give_the_same_plan(make_plan: PlanMaker) -> None:
    """The plan and its hash depend on the inputs and the seed alone."""
    assert plan_record(make_plan(seed=3)) == plan_record(make_plan(seed=3))
    assert plan_hash(make_plan(seed=3)) != plan_hash(make_plan(seed=4))


@pytest.mark.parametrize("company", SHIPPED)
@pytest.mark.parametrize("seed", range(8))
def test_every_plan_has_what_a_round_needs(
    library: Library, make_plan: PlanMaker, company: str, seed: int
) -> None:
    """Five scored questions or more a round, each on a competency, no question twice."""
    plan = make_plan(company, library.packs[company].company.posts[0].id, seed=seed)
    items = [item for part in plan.rounds for item in part.items]
    assert [part.id for part in plan.rounds] == ["hr", "technical", "boss"]
    assert all(sum(item.scored for item in part.items) >= 5 for part in plan.rounds)
    assert all(item.competency for item in items if item.kind == "question")
    assert len({item.id for item in items}) == len(items)
    texts = [item.text for item in items if item.text]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("company", SHIPPED)
@pytest.mark.parametrize("seed", range(8))
def test_questions_that_speak_of_the_employer_are_grounded(
    library: Library, make_plan: PlanMaker, company: str, seed: int
) -> None:
    """Three facts or more, each an exact sentence of the passage it cites, none twice."""
    plan = make_plan(company, library.packs[company].company.posts[0].id, seed=seed)
    leads = [item.lead for part in plan.rounds for item in part.items if item.lead]
    facts = [lead for lead in leads if lead.kind == "fact"]
    assert len(facts) >= 3
    assert len({fact.text for fact in facts}) == len(facts)
    for fact in facts:
        assert fact.cites is not None
        assert fact.text in plan.passages[fact.cites].text


def test_the_reservation_value_is_nowhere_in_the_plan(make_plan: PlanMaker) -> None:
    """What the boss would agree to at most is not in the plan a candidate may read."""
    text = json.dumps(plan_record(make_plan()), ensure_ascii=False)
    assert "53,000" not in text
    assert "53000" not in text
    assert "47,500" in text


def test_cv_and_advert_shape_the_plan(make_plan: PlanMaker) -> None:
    """A line of the CV is asked about, and a requirement it does not show."""
    cv = try_paper("brightwell", "cv.md")
    advert = try_paper("brightwell", "job-advert.md")
    plan = make_plan(cv=cv, advert=advert)
    leads = {item.lead.kind: item.lead for part in plan.rounds for item in part.items if item.lead}
    assert leads["cv"].text in cv
    assert not is_shown(cv, leads["gap"].text)
    assert {"fact", "cv", "gap"} <= set(leads)


def test_an_employer_of_which_nothing_is_known_can_be_rehearsed(library: Library) -> None:
    """Without posts, pay and passages the plan asks what needs no fact, and says what lacks."""
    company = Company(schema=1, id="acme", name={"en": "Acme"}, kind="start-up")  # type: ignore[call-arg]  # alias
    post = Post(id="cook", title={"en": "Cook"})
    plan = build_plan(library, Wish(company, post, library.formats["company"], "en", 1, TODAY))
    assert all(item.lead is None for part in plan.rounds for item in part.items)
    assert plan.rounds[2].offer is None
    assert any("No fact to speak on" in note for note in plan.notes)
    assert plan.rounds[0].name == "Helen Marsh"


def test_too_few_questions_are_said_so(library: Library, make_plan: PlanMaker) -> None:
    """A round whose competencies hold fewer questions than its format wants says so."""
    form = library.formats["company"]
    part = form.rounds[0].model_copy(update={"scored_questions": 90})
    wide = form.model_copy(update={"rounds": (part,)})
    company = library.packs["brightwell"].company
    post = company.posts[0]
    plan = build_plan(library, Wish(company, post, wide, "en", 1, TODAY))
    assert any("fewer than the 90" in note for note in plan.notes)


def test_an_examiner_who_does_not_speak_the_language_is_refused(library: Library) -> None:
    """A language no examiner speaks is an error that names those there are."""
    company = library.packs["brightwell"].company
    wish = Wish(company, company.posts[0], library.formats["company"], "fr", 1, TODAY)
    with pytest.raises(InputError, match="en, zh"):
        build_plan(library, wish)


def test_examiners_are_named_by_the_employer(library: Library) -> None:
    """An employer's own examiner speaks, by a name in one language or in several."""
    company = library.packs["brightwell"].company
    first = company.examiners[0].model_copy(
        update={"persona": "hr", "name": {"en": "Ann Lee"}, "title": None}
    )
    changed = company.model_copy(update={"examiners": (first,)})
    plan = build_plan(
        library, Wish(changed, company.posts[0], library.formats["company"], "en", 1, TODAY)
    )
    assert plan.rounds[0].name == "Ann Lee"
    assert plan.rounds[0].title == "HR examiner"


def test_personas_without_frame_competencies_still_make_a_plan(library: Library) -> None:
    """Pay and own questions are asked even where the persona lists no competency for them."""
    boss = library.personas["boss"]
    about = boss.about.model_copy(update={"competencies": ("commitment_realism",)})
    personas = {**library.personas, "boss": boss.model_copy(update={"about": about})}
    changed = dataclasses.replace(library, personas=personas)
    company = library.packs["brightwell"].company
    plan = build_plan(
        changed, Wish(company, company.posts[0], library.formats["company"], "en", 1, TODAY)
    )
    kinds = {item.kind: item for item in plan.rounds[2].items}
    assert kinds["expectation"].competency is None
    assert kinds["candidate_questions"].competency is None


def test_an_offer_says_amounts_as_the_language_does(library: Library) -> None:
    """Amounts carry their currency; a lever whose amount is not known is left out."""
    pay = Pay(
        currency="USD", period="month", band=(1000, 2000), opening=1100, reservation=1900,
        levers=(Lever(id="sign_on", max=500), Lever(id="remote_days"), Lever(id="title")),
    )  # fmt: skip
    offer = offer_from(pay, library.vocabularies["en"])
    assert offer.low == "$1,000"
    assert len(offer.levers) == 2
    assert "$500" in offer.levers[0]
    odd = pay.model_copy(update={"currency": "SEK", "period": "hour"})
    assert "SEK" in offer_from(odd, library.vocabularies["en"]).high


def test_a_plan_survives_its_file(make_plan: PlanMaker) -> None:
    """A plan read back from a transcript is the plan that was written."""
    for plan in (make_plan(), make_plan(cv=try_paper("brightwell", "cv.md"))):
        assert plan_from_json(plan_record(plan), plan.passages) == plan


@pytest.mark.parametrize("broken", [{}, {"rounds": 3}, {"rounds": [{}]}])
def test_a_broken_plan_is_refused(broken: dict[str, object]) -> None:
    """A transcript without a plan cannot be gone on with, and says what to do."""
    with pytest.raises(InputError, match="Start a new interview"):
        plan_from_json(broken, {})


def test_rounds_are_found_by_id(make_plan: PlanMaker) -> None:
    """A round, its follower and its items are found by id, or not at all."""
    plan = make_plan()
    assert plan.round("boss") is plan.rounds[2]
    assert plan.round("none") is None
    assert plan.round_after("boss") is None
    assert plan.rounds[0].item("none") is None


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
def test_a_panel_asks_all_candidates_for_a_post_the_same(
    make_plan: PlanMaker, company: str, language: str
) -> None:
    """Neither seed nor papers change the questions of a format with the same questions for all."""
    more = {"format_id": "uk_panel", "language": language}
    plans = [make_plan(company, seed=seed, **more) for seed in range(6)]
    plans.append(make_plan(company, seed=9, cv="Led a team of five.\n2019 - 2024 Planner", **more))
    assert all(plan.rounds[0].items == plans[0].rounds[0].items for plan in plans)
    scored = [item for item in plans[0].rounds[0].items if item.scored]
    assert [item.step for item in scored] == ["behaviour"] * 5 + ["strengths"] * 4
    assert len({item.competency for item in scored}) == 9
    assert all(item.probes for item in scored)
    assert plans[0].rounds[0].offer is None


def test_panels_for_different_posts_ask_different_questions(make_plan: PlanMaker) -> None:
    """The questions belong to the post, so not every panel asks the same."""
    posts = [("brightwell", "data-engineer"), ("brightwell", "transport-planner"),
             ("chengyuan", "data-engineer")]  # fmt: skip
    plans = [make_plan(company, role, format_id="uk_panel") for company, role in posts]
    assert len({tuple(item.text for item in plan.rounds[0].items) for plan in plans}) == 3


def test_texts_fall_back_to_a_language_there_is() -> None:
    """A text that lacks the language is taken in English, else in any."""
    assert in_language({"en": "a", "zh": "b"}, "zh") == "b"
    assert in_language({"en": "a"}, "zh") == "a"
    assert in_language({"de": "c"}, "zh") == "c"


def test_seeded_choice() -> None:
    """The same seed and purpose choose the same; nothing cannot be chosen from."""
    assert seeds.pick("abc", 1, "x") == seeds.pick("abc", 1, "x")
    assert sorted(seeds.shuffled([1, 2, 3], 1, "x")) == [1, 2, 3]
    assert not seeds.chance(0, 1)
    assert seeds.chance(1, 1)
    with pytest.raises(IndexError):
        seeds.pick([], 1)


def passage(text: str, **more: str) -> Passage:
    """Return a passage with this text."""
    return Passage("a/b#1", text, "s", "scope", language=more.get("language", "en"),
                   date=more.get("date"))  # fmt: skip


def test_only_sentences_that_stand_alone_are_spoken() -> None:
    """A fact names the employer, has a figure, does not hang on another, and is short."""
    text = (
        "Acme opened a second depot in Leeds with 40 people in 2025. It employs 40 people in "
        "Leeds now. Acme is a good firm to work for these days. Acme runs (since 2020) 3 lines "
        "in the north. Acme won 3. Other firms opened 4 depots in the north of England in 2025."
    )
    assert speakable(passage(text), ["Acme Ltd"]) == (
        "Acme opened a second depot in Leeds with 40 people in 2025.",
    )
    chinese = "澄远在苏州新建了3座自动分拣中心。它有40名员工在那里工作。"
    assert speakable(passage(chinese, language="zh"), ["澄远智能装备"]) == (
        "澄远在苏州新建了3座自动分拣中心。",
    )
    assert speakable(passage("Al has 3 depots in the north of England.\nMore"), ["Al B"]) == ()


def test_old_facts_are_known_as_old() -> None:
    """More than 18 months is old; without a date that can be read nothing is."""
    assert is_stale(passage("x", date="2024-01-01"), TODAY)
    assert not is_stale(passage("x", date="2026-01-01"), TODAY)
    assert not is_stale(passage("x", date="soon"), TODAY)
    assert not is_stale(passage("x"), TODAY)


def test_who_speaks_little_states_short_facts() -> None:
    """The shorter of two facts is taken at a small share of the talk, else what there is."""
    short = "Acme opened a second depot in Leeds with 40 people."
    long = (
        "Acme opened a third depot in Derby with 70 people in the spring of 2025, and it did so "
        "although the two others had not been full for years."
    )

    def taken(text: str, talk_share: float) -> str:
        facts = FactFinder((passage(text),), ["Acme"], "", seed=1, today=TODAY)
        lead = facts.take(["scope"], "q", talk_share)
        assert lead is not None
        return lead.text

    assert taken(f"{long} {short}", 0.25) == taken(f"{short} {long}", 0.25) == short
    assert taken(long, 0.25) == long


def test_a_fact_is_stated_where_a_question_needs_one(library: Library) -> None:
    """A question that needs a fact has one; one that may have one, by the share of the talk."""
    questions = [q for rubric in library.rubrics.values() for q in rubric.questions]
    required = next(q for q in questions if q.grounding == "required")
    assert states_fact(required, 1, 0.01)
    optional = [q for q in questions if q.grounding == "optional"]
    stated = {share: sum(states_fact(q, n, share) for q in optional for n in range(20))
              for share in (0.01, 0.25, 0.5)}  # fmt: skip
    assert stated[0.01] < stated[0.25] < stated[0.5] == 20 * len(optional)


def test_a_degree_and_a_rota_are_no_areas(library: Library) -> None:
    """What is asked about as an area is something one can know."""
    assert is_area("experience with Airflow or another scheduler")
    assert is_area("熟悉数据仓库的分层和建模")
    for text in ("about one year of work with deliveries", "a degree in law", "法学或相近专业",
                 "readiness to join an on-call rota", "一年以上行政工作经历"):  # fmt: skip
        assert not is_area(text), text


def test_pay_by_a_table_is_in_the_plan(make_plan: PlanMaker) -> None:
    """An authority that pays by a table says so in the boss's round, also from a transcript."""
    plan = make_plan("lanting", "enforcement", language="zh")
    assert [part.by_scale for part in plan.rounds] == [False, False, True]
    assert plan_from_json(plan_record(plan), plan.passages) == plan
    assert not any(part.by_scale for part in make_plan().rounds)


def test_citation_marks_stand_before_the_full_stop() -> None:
    """The mark stands before the end of the sentence, in Chinese without a space."""
    assert cited("It grew.", 1) == "It grew [1]."
    assert cited("增长了。", 2) == "增长了[2]。"
    assert cited("no end", 3) == "no end [3]"


def test_a_cv_gives_lines_about_work_only() -> None:
    """Lines on private matters, headings and long or empty lines are not asked about."""
    cv = (
        "# Built things\n- Built a stock model for 12 shops\n- Married, led 2 children\n"
        "- Led.\n- \n- Wrote " + "very " * 30 + "long reports\n"
        "- Migrated 30 reports to the new tool, with two colleagues from the finance team and "
        "one from the shops who knew all of it\nRan the night desk for two years\n"
    )
    found = projects_in(cv, "en")
    assert found[0] == "Built a stock model for 12 shops"
    assert "Migrated 30 reports to the new tool" in found
    assert not any("children" in line or line.startswith("#") for line in found)
    assert projects_in("- 负责每晚260家门店的销售管道", "zh") == ("负责每晚260家门店的销售管道",)


def test_requirements_are_compared_with_the_cv() -> None:
    """Half of the telling words decide; small words and endings do not matter."""
    profile = read_profile("I write SQL and Python, testing pipelines.", ["SQL", "Kafka"], "en")
    assert profile.covered == ("SQL",)
    assert profile.uncovered == ("Kafka",)
    assert read_profile(None, ["SQL"], "en").uncovered == ()
    assert shows("anything", "good experience")
    assert shows("熟练使用数据仓库", "熟悉数据仓库")
    of_post, of_advert = (
        [Requirement("SQL")],
        [Requirement("strong SQL skills"), Requirement("Kafka")],
    )
    assert merged(of_post, of_advert) == (Requirement("SQL"), Requirement("Kafka"))


def test_an_advert_gives_the_bullets_under_its_requirements() -> None:
    """Bullets under a heading that asks for something are requirements; others are not."""
    advert = (
        "About us\n- Nice office in town\nRequirements\n- Two years with **SQL** at work\n- \n"
    )
    found = advert_requirements(advert, "en")
    assert [requirement.text for requirement in found] == ["Two years with SQL at work"]
    assert advert_requirements(None, "en") == ()


def test_requirements_too_long_to_say_are_not_said() -> None:
    """A requirement is named in a sentence only when it fits one."""
    assert speakable_requirement("SQL.", "en") == "SQL"
    assert speakable_requirement("a [link]", "en") is None
    assert speakable_requirement("word " * 20, "en") is None
    assert speakable_requirement("数据" * 20, "zh") is None


def test_old_facts_name_their_month(library: Library) -> None:
    """When only old facts are left, the lead carries the month to be said."""
    old = Passage(
        "brightwell/scope/x#1", "Brightwell ran 12 depots in the north of England in 2023.",
        "s", "scope", date="2023-05-02", language="en",
    )  # fmt: skip
    pack = Pack(library.packs["brightwell"].company, ())
    company, form = pack.company, library.formats["company"]
    other = dataclasses.replace(old, id="brightwell/nature/x#1", topic="nature")
    wish = Wish(company, company.posts[0], form, "en", 2, TODAY, (old, other))
    plan = build_plan(library, wish)
    leads = [item.lead for part in plan.rounds for item in part.items if item.lead]
    assert "2023-05" in {lead.dated for lead in leads}


def test_a_format_of_ones_own_can_ask_all_candidates_the_same(
    library: Library, research: dict[str, tuple[Passage, ...]]
) -> None:
    """Neither seed nor papers change a question, a fact before it or a requirement named."""
    same = library.formats["company"].model_copy(update={"same_questions": True})
    formats = {**library.formats, "company": same}
    held = replace(library, formats=MappingProxyType(formats))
    plans = [
        build_plan(
            held,
            make_wish(
                held, company="brightwell", role="data-engineer", seed=seed, today=TODAY,
                passages=lambda name: research[name], cv=cv,
            ),
        )
        for seed, cv in ((1, None), (2, None), (3, "2019 - 2022 Analyst\n- Built a stock model"))
    ]  # fmt: skip
    assert [plan.seed for plan in plans] == [1, 2, 3]
    assert any(item.lead for part in plans[0].rounds for item in part.items)
    assert plans[0].rounds == plans[1].rounds == plans[2].rounds
