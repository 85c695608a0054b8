"""The first report: what it says of each competency, and what it never makes up."""

from __future__ import annotations

import dataclasses
import json
from types import MappingProxyType

import pytest

from interviewer.assessment import Assessment, assess
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import MoveRecord, Retrieved, Transcript, Turn
from interviewer.transcript_file import load
from tests.conftest import ROOT, PlanMaker, try_answers
from tests.unit.assessment_fixtures import (
    COMPANIES,
    STORY,
    ask,
    begun,
    say,
    scored_item,
    talk,
    whole,
)

PARTS = (
    "labels",
    "sentences",
    "grounds",
    "pay",
    "steps",
    "own_questions",
    "questions",
    "drills",
    "unscored",
    "lifts",
)


@pytest.fixture(scope="module")
def interviews(make_plan: PlanMaker, voice: BuiltinVoice) -> dict[str, Transcript]:
    """Return an interview with each employer, held to its end."""
    return {company: whole(make_plan, voice, company) for company in COMPANIES}


@pytest.fixture(scope="module")
def reports(interviews: dict[str, Transcript], library: Library) -> dict[str, Assessment]:
    """Return the reports on them."""
    return {company: assess(transcript, library) for company, transcript in interviews.items()}


@pytest.mark.parametrize("company", COMPANIES)
def test_every_quote_is_an_exact_part_of_its_turn(
    interviews: dict[str, Transcript], reports: dict[str, Assessment], company: str
) -> None:
    """What is quoted, kept, entered as a figure or asked was said in that turn."""
    said = {turn.seq: turn.content for turn in interviews[company].turns if turn.by_candidate}
    report = reports[company]
    quotes = [quote for part in report.rounds for c in part.competencies for quote in c.quotes]
    keeps = [part.keep for part in report.rounds if part.keep]
    assert len(quotes) >= 10
    assert keeps
    assert all(quote.text in said[quote.seq] for quote in (*quotes, *keeps))
    assert report.ledger
    assert all(figure.sentence in said[figure.seq] for figure in report.ledger)
    assert all(figure.text in figure.sentence for figure in report.ledger)
    everything = "\n".join(said.values())
    questions = [question.text for part in report.rounds for question in part.questions]
    assert questions
    assert all(text in everything for text in questions)


@pytest.mark.parametrize("company", COMPANIES)
def test_every_planned_competency_has_a_reason_in_the_language(
    reports: dict[str, Assessment], make_plan: PlanMaker, library: Library, company: str
) -> None:
    """Each competency of the plan stands in its round once, named, with a reason."""
    plan, report = make_plan(company), reports[company]
    for part, entry in zip(plan.rounds, report.rounds, strict=True):
        wanted = dict.fromkeys(item.competency for item in part.items if item.scored)
        assert [c.id for c in entry.competencies] == list(wanted)
        for competency in entry.competencies:
            name = library.rubrics[competency.id].name
            assert competency.name == name[plan.language]
            assert (competency.reason == "") == (competency.score.level is not None)
            assert competency.missing == () or competency.question_to_you
            assert bool(competency.question_to_you) == bool(competency.next_action)


def test_the_report_is_headed_with_what_was_planned(
    reports: dict[str, Assessment], interviews: dict[str, Transcript]
) -> None:
    """Employer, post, examiners, language and time are those of the interview."""
    report = reports["chengyuan"]
    assert (report.language, report.finished) == ("zh", True)
    assert report.created == interviews["chengyuan"].interview.created
    plan = interviews["chengyuan"].interview.plan
    assert (report.company, report.post) == (plan["company_name"], plan["post_title"])
    assert report.notes == (words_for("zh").sentences["levels"],)
    for part in report.rounds:
        assert 0 < part.examiner_share < 1
        assert part.minutes > 1
        assert part.words_each > 20
    cited = interviews["chengyuan"].citation_numbers()
    assert [passage.id for passage in report.sources] == list(cited)
    assert len(cited) >= 3


@pytest.mark.parametrize(
    ("seniority", "of_rubric"), [("junior", "junior"), ("mid", "mid"), ("senior", "senior")]
)
def test_the_level_asked_for_follows_seniority(
    interviews: dict[str, Transcript], library: Library, seniority: str, of_rubric: str
) -> None:
    """A more senior post asks for the level its rubric names, and some ask for more."""
    transcript = interviews["brightwell"]
    plan = MappingProxyType({**transcript.interview.plan, "seniority": seniority})
    interview = dataclasses.replace(transcript.interview, plan=plan)
    report = assess(dataclasses.replace(transcript, interview=interview), library)
    for competency in (c for part in report.rounds for c in part.competencies):
        named = library.rubrics[competency.id].required
        assert competency.required == named[of_rubric]


def test_senior_posts_ask_for_more_than_junior_ones(library: Library) -> None:
    """Over all rubrics the levels asked for rise with seniority."""
    levels = {
        seniority: sum(rubric.level_required(seniority) for rubric in library.rubrics.values())
        for seniority in ("intern", "junior", "mid", "senior", "lead")
    }
    assert levels["junior"] < levels["mid"] < levels["senior"]
    assert levels["intern"] <= levels["junior"]
    assert levels["lead"] >= levels["senior"]


def test_a_competency_without_an_answer_says_so(library: Library, make_plan: PlanMaker) -> None:
    """What was not reached has no gap, no drill and the reason that no answer bore on it."""
    plan = make_plan()
    report = assess(talk(plan, {("hr", 1): [STORY]}), library)
    assert [part.id for part in report.rounds] == ["hr"]
    heard = scored_item(plan, "hr", 1).competency
    for competency in report.rounds[0].competencies:
        if competency.id == heard:
            assert [seq for seq, _ in competency.answers] == [2]
            assert competency.quotes
        else:
            assert competency.reason == words_for("en").unscored["no_evidence"]
            assert (competency.answers, competency.quotes, competency.missing) == ((), (), ())
            assert (competency.gap, competency.next_action) == ("", "")


def test_thin_answers_are_called_thin(library: Library, make_plan: PlanMaker) -> None:
    """An answer too short to quote is said to be that, and the one thing is to say more."""
    plan = make_plan()
    report = assess(talk(plan, {("hr", 1): ["Fine."], ("technical", 0): [""]}), library)
    by_id = {c.id: c for part in report.rounds for c in part.competencies if c.answers}
    unscored = words_for("en").unscored
    assert {c.reason for c in by_id.values()} == {unscored["thin"], unscored["nothing_said"]}
    assert all("more" in c.missing for c in by_id.values())
    assert report.one_thing == feedback_words("en").advice["more"]
    assert report.rounds[0].keep is None


def test_full_answers_are_missing_nothing(library: Library, make_plan: PlanMaker) -> None:
    """An answer that has it all gets no drill, and the one thing lies beyond what is asked."""
    report = assess(talk(make_plan(), {("hr", 1): [STORY]}), library)
    (heard,) = (c for c in report.rounds[0].competencies if c.answers)
    assert heard.gap == words_for("en").sentences["all_there"]
    assert (heard.question_to_you, heard.next_action) == ("", "")
    assert report.first_change is not None
    assert "holds back" not in report.first_change.why
    assert report.rounds[0].keep is not None
    assert report.rounds[0].keep.text in STORY


def test_an_unfinished_interview_says_so(library: Library, make_plan: PlanMaker) -> None:
    """A report in mid-interview covers the rounds begun; one without a word says that too."""
    words = words_for("en").sentences
    plan = make_plan()
    nothing = assess(begun(plan), library)
    assert (nothing.rounds, nothing.finished, nothing.ledger) == ((), False, ())
    assert nothing.notes == (words["levels"], words["unfinished"], words["nothing_said"])
    midway = assess(talk(plan, {("hr", 0): [STORY], ("technical", 0): [STORY]}), library)
    assert [part.id for part in midway.rounds] == ["hr", "technical"]
    assert midway.notes == (words["levels"], words["unfinished"])


def test_a_silent_interview_gets_a_report(
    library: Library, make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """A candidate who never says a word gets a finished report that quotes nothing."""
    from interviewer.interview.session import Rehearsals
    from tests.conftest import MemoryStore, ScriptedRetriever, clock, held

    silent = held(Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock), make_plan(), [])
    report = assess(silent, library)
    assert report.finished
    competencies = [c for part in report.rounds for c in part.competencies]
    assert competencies
    assert all(c.quotes == () for c in competencies)
    assert report.ledger == ()
    assert all(part.words_each == 0 and part.examiner_share == 1 for part in report.rounds)


def test_a_plain_chat_gets_no_rounds(library: Library) -> None:
    """A chat file without a plan is reported on with the reason why nothing is tied."""
    asked = {"role": "assistant", "content": "Why us?"}
    said = {"role": "user", "content": "I built 3 robots in 2024 and it worked."}
    chat = load(json.dumps({"messages": [asked, said]}))
    report = assess(chat, library)
    assert (report.rounds, report.ledger, report.sources, dict(report.negotiation)) == (
        (), (), (), {},
    )  # fmt: skip
    assert report.notes == (words_for("en").sentences["no_plan"],)
    assert not report.finished
    assert (report.company, report.post, report.created) == ("", "", "")


@pytest.mark.parametrize("rounds", [[], None, 3, [{"id": "hr"}]])
def test_a_broken_plan_is_no_plan(
    interviews: dict[str, Transcript], library: Library, rounds: object
) -> None:
    """A plan that cannot be read, or has no rounds, gives the report of a plain chat."""
    transcript = interviews["brightwell"]
    plan = MappingProxyType({**transcript.interview.plan, "rounds": rounds})
    interview = dataclasses.replace(transcript.interview, plan=plan, language=None)
    report = assess(dataclasses.replace(transcript, interview=interview), library)
    assert (report.rounds, report.language) == ((), "en")
    assert (report.company, report.post) == ("brightwell", "data-engineer")
    assert report.notes == (words_for("en").sentences["no_plan"],)


def test_a_source_that_is_not_in_the_file_is_left_out(
    interviews: dict[str, Transcript], library: Library
) -> None:
    """A turn that cites a passage nobody has is reported on without that passage."""
    transcript = interviews["brightwell"]
    turns = (dataclasses.replace(transcript.turns[0], cites=("nowhere#1",)), *transcript.turns[1:])
    report = assess(dataclasses.replace(transcript, turns=turns), library)
    assert "nowhere#1" not in {passage.id for passage in report.sources}
    assert len(report.sources) >= 3


def test_old_transcripts_get_a_report(library: Library) -> None:
    """Transcripts of earlier releases are still reported on, round by round."""
    files = sorted((ROOT / "tests" / "golden" / "history").glob("*.jsonl"))
    assert files
    for file in files:
        report = assess(load(file.read_text(encoding="utf-8")), library)
        assert [part.id for part in report.rounds] == ["hr", "technical", "boss"], file.name


def test_the_ledger_has_each_figure_once_in_the_order_said(
    library: Library, make_plan: PlanMaker
) -> None:
    """Money, shares, dates and numbers stand with round, turn and sentence."""
    said = "In March 2024 I cut costs by 40%. It saved £12,000 for 210 shops."
    report = assess(talk(make_plan(), {("hr", 1): ["Well.", said], ("boss", 0): [said]}), library)
    first = [figure for figure in report.ledger if figure.round == "hr"]
    assert [figure.kind for figure in first] == ["date", "share", "money", "number"]
    assert [figure.value for figure in first][1:] == [40, 12_000, 210]
    assert {figure.seq for figure in first} == {4}
    assert {figure.round for figure in report.ledger} == {"hr", "boss"}
    assert len(set(report.ledger)) == len(report.ledger)


def test_figures_in_questions_are_no_claims(library: Library, make_plan: PlanMaker) -> None:
    """A figure inside a question to the examiner is not entered, nor one of a nameless turn."""
    plan = make_plan()
    asking = talk(plan, {("hr", 1): ["Do you really have 210 shops?"]})
    assert assess(asking, library).ledger == ()
    nameless = dataclasses.replace(
        asking, turns=(asking.turns[0], Turn(None, "user", STORY, round="hr"))
    )
    report = assess(nameless, library)
    assert report.ledger == ()
    assert [c.answers for c in report.rounds[0].competencies if c.missing] == []


def test_the_candidates_questions_are_told_with_their_fate(
    library: Library, make_plan: PlanMaker
) -> None:
    """A question is answered when the reply rests on the research, and only then."""
    plan = make_plan()
    item = scored_item(plan, "hr", 1)
    talked = say(ask(begun(plan), "hr", item), "hr", "How big is the data team?")
    reply = Turn(
        talked.next_seq, "assistant", "Nine.", "hr", round="hr", move=MoveRecord("answer"),
        retrieved=(Retrieved("p", 0.7),),
    )  # fmt: skip
    talked = say(talked.add(reply), "hr", "And how many of them work in Derby?")
    talked = ask(talked, "hr", item, "deflect")
    questions = assess(talked, library).rounds[0].questions
    assert [(question.text, question.answered) for question in questions] == [
        ("How big is the data team?", True),
        ("And how many of them work in Derby?", False),
    ]


@pytest.mark.parametrize("company", COMPANIES)
def test_pay_is_told_without_the_reservation_value(
    reports: dict[str, Assessment], library: Library, company: str
) -> None:
    """Range, opening figure and what was hoped for are there; the limit is nowhere."""
    pay = library.packs[company].company.post("data-engineer").pay  # type: ignore[union-attr]  # both posts are there
    assert pay is not None
    assert pay.reservation is not None
    found = reports[company].negotiation
    assert set(found) == {"range", "opening", "expectation"}
    plain = {key: value.replace(",", "") for key, value in found.items()}
    assert f"{pay.opening:.0f}" in plain["opening"]
    assert all(f"{end:.0f}" in plain["range"] for end in pay.band)
    limits = (f"{pay.reservation:,.0f}", f"{pay.reservation:.0f}")
    assert not any(limit in " ".join(try_answers(company)) for limit in limits)
    assert not any(limit in repr(reports[company]) for limit in limits)


def test_pay_that_was_not_spoken_of_is_not_told(library: Library, make_plan: PlanMaker) -> None:
    """Before the boss has named a range the report names none either."""
    report = assess(talk(make_plan(), {("hr", 0): [STORY], ("boss", 0): [STORY]}), library)
    assert report.negotiation == {}


def test_what_is_unknown_is_named_plainly(
    interviews: dict[str, Transcript], library: Library
) -> None:
    """Without rubrics and words a report still stands: names by id, no level asked for."""
    bare = dataclasses.replace(library, rubrics={}, vocabularies={})
    report = assess(interviews["brightwell"], bare)
    competencies = [c for part in report.rounds for c in part.competencies]
    assert {c.required for c in competencies} == {None}
    assert all(c.name == c.id.replace("_", " ").capitalize() for c in competencies)
    assert report.rounds[0].scale.id == "anchors5"
    foreign = library.rubrics["communication"].model_copy(update={"name": {"zh": "沟通"}})
    only = dataclasses.replace(library, rubrics={"communication": foreign})
    names = {c.id: c.name for c in assess(interviews["brightwell"], only).rounds[0].competencies}
    assert names["communication"] == "沟通"


def test_both_languages_have_the_same_words() -> None:
    """Every word of a report is there in English and Chinese, and none is empty."""
    english, chinese = words_for("en"), words_for("zh")
    for part in PARTS:
        assert set(getattr(english, part)) == set(getattr(chinese, part))
        assert all(getattr(chinese, part).values())
        shared = {k for k, v in getattr(english, part).items() if getattr(chinese, part)[k] == v}
        assert not shared


@pytest.mark.parametrize("language", ["fr", "", "x" * 4000, "../../words", "a\0b"])
def test_a_language_without_words_is_reported_on_in_english(language: str) -> None:
    """Whatever a file names as its language, there are words; a region changes nothing."""
    assert words_for(language) == words_for("en")
    assert words_for("zh-CN") == words_for("zh")


def test_every_missing_part_has_a_question_and_a_drill(library: Library) -> None:
    """Whatever is missing, the report has words for it."""
    for language in library.languages:
        words = words_for(language)
        assert set(words.questions) == set(words.drills)
        assert set(words.questions) >= set(map(str, library.vocabularies[language].parts))
