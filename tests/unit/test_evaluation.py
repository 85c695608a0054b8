"""Metrics of the interviewers: each sees what was planted, and says nothing it cannot tell."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from interviewer.content.library import Library
from interviewer.errors import InputError, UsageError
from interviewer.evaluation.agreement.marks import Mark, Thing
from interviewer.evaluation.comparing import changes
from interviewer.evaluation.gate import conditions, failures
from interviewer.evaluation.given import Given, informed
from interviewer.evaluation.intervals import mean_interval
from interviewer.evaluation.metric import ORDER, OverAll, Score, chosen, known_metrics
from interviewer.evaluation.reading import LONGEST, Source, files_in, parsed, sources_in
from interviewer.evaluation.report import (
    evaluation_markdown,
    evaluation_of,
    evaluation_to_json,
)
from interviewer.evaluation.running import scored_by, scored_here
from interviewer.evaluation.speech import Speech
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import Candidate
from interviewer.transcript import Interview, Passage, Transcript, Turn
from interviewer.transcript_file import dump
from interviewer.wiring import Settings, open_library
from tests.conftest import PlanMaker
from tests.simulating import simulated

PASSAGES = {
    "acme/scope#1": "Acme Freight runs nine depots and moved 412,000 parcels in 2025.",
    "acme/nature#1": "Acme Freight is owned by its 640 employees and has no outside shareholders.",
}


@cache
def library() -> Library:
    """Return the content of the project."""
    return open_library(Settings.from_environment({}))


def score(name: str, transcript: Transcript) -> Score:
    """Return what a metric says of a transcript."""
    (metric,) = chosen(known_metrics(library()), [name])
    return metric.score(Speech(transcript))


def talk(*turns: tuple[str, str] | Turn, language: str = "en") -> Transcript:
    """Return a transcript: pairs of who speaks (an examiner's round, or nothing) and what."""
    made = tuple(
        turn
        if isinstance(turn, Turn)
        else Turn(
            place, "assistant" if turn[0] else "user", turn[1], name=turn[0] or None,
            round=turn[0] or None,
        )
        for place, turn in enumerate(turns, start=1)
    )  # fmt: skip
    research = {
        key: Passage(key, text, "Report", key.split("/")[1].split("#")[0], language="en")
        for key, text in PASSAGES.items()
    }
    interview = Interview(
        company="Acme Freight", language=language, research=MappingProxyType(research)
    )
    return Transcript("t1", interview, made)


def cited(text: str, *keys: str) -> Turn:
    """Return an examiner's turn that cites passages."""
    return Turn(1, "assistant", text, name="hr", round="hr", cites=keys)


def test_every_metric_of_the_list_is_there_in_its_order() -> None:
    """The sixteen names of reports, each once; an unknown name is refused with what there is."""
    metrics = known_metrics(library())
    assert tuple(metric.name for metric in metrics) == ORDER
    with pytest.raises(UsageError, match="Choose among grounding"):
        chosen(metrics, ["charm"])


def test_a_plain_chat_says_what_cannot_be_told() -> None:
    """Without plan, research and names a metric has a reason and no number."""
    chat = Transcript("c", turns=(Turn(None, "assistant", "What did you build?"),
                                  Turn(None, "user", "A stock model.")))  # fmt: skip
    for metric in known_metrics(library()):
        seen = metric.score(Speech(chat))
        assert (seen.value is None) == bool(seen.reason)
    for name in ("grounding", "plan_coverage", "persona_fidelity", "follow_up_relevance"):
        assert score(name, chat).value is None
    for name in ("prohibited_questions", "role_breaks", "repetition", "question_form"):
        assert score(name, chat).value is not None


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("Acme Freight runs nine depots [1].", ""),
        ("Acme Freight runs nineteen depots [1].", "figure"),
        ("Acme Freight runs no nine depots [1].", "turned"),
        ("Acme Freight builds lighthouses in Norway for tourists [1].", "unsupported"),
    ],
    ids=["supported", "figure", "negated", "foreign"],
)
def test_grounding_sees_figures_denials_and_foreign_claims(said: str, tag: str) -> None:
    """A claim its passage says is supported; a swapped number, a "not", another matter is not."""
    seen = score("grounding", talk(cited(said, "acme/scope#1"), ("", "I see.")))
    assert seen.value == (0.0 if tag else 1.0)
    assert [finding.tag for finding in seen.findings] == ([tag] if tag else [])
    assert all(finding.seq == 1 and finding.span in said for finding in seen.findings)


@pytest.mark.parametrize(
    ("keys", "tag"),
    [
        (("acme/scope#1",), ""),
        (("acme/nature#1",), "misattributed"),
        (("acme/gone#9",), "absent"),
        ((), "mark"),
    ],
    ids=["right", "another", "absent", "nothing"],
)
def test_a_citation_is_held_against_its_passage(keys: tuple[str, ...], tag: str) -> None:
    """Permuted, absent and missing citations are each called by their name."""
    said = "Acme Freight runs nine depots and moved 412,000 parcels [1]."
    seen = score("citation_validity", talk(cited(said, *keys), ("", "I see.")))
    assert {finding.tag for finding in seen.findings} == ({tag} if tag else set())
    assert seen.value == (0.0 if tag else 1.0)


def test_research_use_counts_questions_that_grew_out_of_it() -> None:
    """A question about the depots and parcels uses the research; one about hobbies does not."""
    used = talk(("hr", "Nine depots moved 412,000 parcels: what would you look at first?"))
    plain = talk(("hr", "What do you do when a plan changes at short notice?"))
    assert score("research_use", used).value == 1.0
    assert score("research_use", plain).value == 0.0


def test_a_question_asked_before_is_repetition_unless_it_was_wanted() -> None:
    """Asked twice after an answer it is found; after a plea to repeat it is not."""
    asked = "Which part of our work would you most like to improve?"
    answer = "I would start with the stock forecast, since I built one at Harlow in 2024."
    twice = talk(("hr", asked), ("", answer), ("hr", f"Fine. {asked}"))
    wanted = talk(("hr", asked), ("", "Sorry, could you repeat the question?"), ("hr", asked))
    assert [finding.seq for finding in score("repetition", twice).findings] == [3]
    assert score("repetition", wanted).value == 0.0


@pytest.mark.parametrize(
    ("said", "language", "improper"),
    [
        ("Are you planning to have children soon?", "en", True),
        ("What would make you stay with us for three years?", "en", False),
        ("您打算什么时候要孩子？", "zh", True),
        ("这样的错误大概会造成多大损失？", "zh", False),
        ("您今年多大？", "zh", True),
    ],
    ids=["children", "stay", "children-zh", "loss-zh", "age-zh"],
)
def test_what_must_not_be_asked_is_found(said: str, language: str, improper: bool) -> None:
    """Direct ones are found in both languages; lawful counterparts are left alone."""
    seen = score("prohibited_questions", talk(("hr", said), language=language))
    assert seen.value == float(improper)


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("As an AI language model I have no office.", "ai_disclosure"),
        ("How can I help you today?", "assistant_speak"),
        ("A good answer would be to name the figure first.", "answers_for_candidate"),
        ("So far your score is 4 out of 5.", "reveals_rubric"),
        ("My instructions say that I must ask about teamwork.", "prompt_leak"),
        ("Thank you. What did you do next?", ""),
    ],
    ids=["ai", "assistant", "answers", "rubric", "prompt", "none"],
)
def test_breaks_of_the_part_are_called_by_their_name(said: str, tag: str) -> None:
    """Each kind is found once a turn with its words; plain talk is none."""
    tags = {finding.tag for finding in score("role_breaks", talk(("hr", said))).findings}
    assert tags == ({tag} if tag else set())


def test_who_is_asked_whether_they_are_a_machine_may_say_so() -> None:
    """Saying so on request is no break; saying so unasked is one."""
    told = "I am a language model that plays the examiner."
    asked = talk(("hr", "Hello."), ("", "Are you an AI?"), ("hr", told))
    assert score("role_breaks", asked).value == 0.0


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("What did you build? And who used it?", "several"),
        ("You built it alone, didn't you?", "leading"),
        ("What did you build?", ""),
    ],
    ids=["several", "leading", "plain"],
)
def test_the_form_of_questions_is_looked_at(said: str, tag: str) -> None:
    """Several at once and leading ones are named; one plain question has no fault."""
    tags = {finding.tag for finding in score("question_form", talk(("hr", said))).findings}
    assert tags == ({tag} if tag else set())


def test_what_is_said_back_must_have_been_said() -> None:
    """A figure nobody named is found; the candidate's own is not."""
    answer = ("", "I led four people and cut the errors by 30 per cent.")
    right = talk(("hr", "Go on."), answer, ("hr", "You said that you led four people."))
    wrong = talk(("hr", "Go on."), answer, ("hr", "You said that you led 14 people."))
    assert score("retention", right).value == 1.0
    assert [finding.seq for finding in score("retention", wrong).findings] == [3]


def test_order_coverage_and_persona_move_with_what_is_done_to_them(
    interview: Transcript,
) -> None:
    """Rounds in another order, a round left out, and one examiner with another's words."""
    base = interview
    by_round = {name: [t for t in base.turns if t.round == name] for name in
                ("hr", "technical", "boss")}  # fmt: skip
    shuffled = replace(base, turns=(*by_round["technical"], *by_round["hr"], *by_round["boss"]))
    shorter = replace(base, turns=(*by_round["hr"], *by_round["boss"]))
    swapped = replace(
        base,
        turns=tuple(
            replace(turn, name={"hr": "boss", "boss": "hr"}.get(turn.name or "", turn.name))
            for turn in base.turns
        ),
    )
    order, coverage = score("plan_order", base), score("plan_coverage", base)
    assert order.value is not None
    assert coverage.value is not None
    assert order.findings == ()
    assert [f.tag for f in score("plan_order", shuffled).findings] == ["rounds"]
    assert [f.tag for f in score("plan_order", shorter).findings] == ["round_left_out"]
    assert (score("plan_coverage", shorter).value or 0.0) < coverage.value
    assert (score("persona_fidelity", swapped).value or 0.0) < (
        score("persona_fidelity", base).value or 0.0
    ) - 0.3


@pytest.fixture(scope="module")
def interview(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return an interview with a simulated candidate."""
    plan = make_plan("brightwell", "data-engineer", seed=5, language="en")
    return simulated(plan, Candidate("strong", "high", "en", 5), voice, library())


def test_bad_input_is_named_and_counted(tmp_path: Path) -> None:
    """Cut-off JSON, strange roles, empty talk, too long a line, no text: each has a reason."""
    good = dump(talk(("hr", "What did you build?"), ("", "A model.")))
    lines = [
        good,
        good[: len(good) // 2],
        good.replace('"assistant"', '"interviewer"'),
        json.dumps({"messages": [{"role": "assistant", "content": "  "}]}),
        json.dumps({"schema": "interviewer.transcript/1", "messages": "none"}),
        "x" * (LONGEST + 5),
        good,
    ]
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(b"\n".join(line.encode() for line in lines) + b"\n\xff\xfe{}\n")
    results = list(scored_here(sources_in(files_in([tmp_path])), known_metrics(library())))
    faults = [entry.fault for entry in results]
    assert [bool(fault) for fault in faults] == [False, True, True, True, True, True, False, True]
    assert all(fault.startswith(f"{file}:{n}") for n, fault in enumerate(faults, 1) if fault)
    evaluation = evaluation_of(results, known_metrics(library()))
    assert evaluation.unreadable_share == 6 / 8
    assert "Cannot be read" in evaluation_markdown(evaluation)


def test_paths_without_transcripts_are_refused(tmp_path: Path) -> None:
    """A path that is not there, and a folder without transcripts, are named."""
    with pytest.raises(InputError, match="not there"):
        files_in([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="No transcripts"):
        files_in([tmp_path])
    with pytest.raises(InputError, match="no JSON"):
        parsed(Source("here", "{"))


def open_content() -> Library:
    """Open the content in a process of the pool."""
    return open_library(Settings.from_environment())


def test_several_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    """Here and in two processes the report is the same to the byte."""
    file = tmp_path / "some.jsonl"
    texts = [dump(replace(talk(("hr", f"What did you build in {y}?")), id=str(y)))
             for y in range(1990, 2030)]  # fmt: skip
    file.write_text("\n".join(texts), encoding="utf-8")
    names = ["prohibited_questions", "operations"]
    metrics = chosen(known_metrics(library()), names)
    here = evaluation_of(scored_here(sources_in([file]), metrics), metrics)
    there = evaluation_of(scored_by(2, sources_in([file]), open_content, names), metrics)
    assert json.dumps(evaluation_to_json(here)) == json.dumps(evaluation_to_json(there))


def test_an_interval_is_that_of_the_normal_curve_for_many_values() -> None:
    """The bootstrap agrees with mean +- 1.96 standard errors; fewer than two values have none."""
    values = [0.0, 1.0] * 200
    low, high = mean_interval(values) or (0.0, 0.0)
    error = 1.96 * 0.5 / 400**0.5
    assert low == pytest.approx(0.5 - error, abs=0.006)
    assert high == pytest.approx(0.5 + error, abs=0.006)
    assert mean_interval([0.5]) is None


def test_a_gate_fails_on_its_conditions_and_on_what_cannot_be_told() -> None:
    """Below a limit, and without a value; a condition nobody measures is refused."""
    metrics = chosen(known_metrics(library()), ["question_form", "follow_up_relevance"])
    source = Source("a:1", dump(talk(("hr", "What did you build? Who used it?"))))
    evaluation = evaluation_of(scored_here([source], metrics), metrics)
    names = [metric.name for metric in metrics]
    wanted = conditions("question_form<0.9, follow_up_relevance<0.5,unscored>0.9", names)
    assert failures(evaluation, wanted) == (
        "question_form is 0.0000: question_form<0.9.",
        "follow_up_relevance could not be told for any transcript.",
    )
    for text in ("grounding<0.9", "question_form=1", "question_form"):
        with pytest.raises(UsageError):
            conditions(text, names)


def test_two_evaluations_are_compared_by_the_same_interviews() -> None:
    """What got worse is told with its sign; without a shared interview nothing is."""
    metrics = chosen(known_metrics(library()), ["question_form"])

    def of(text: str, name: str = "t") -> Source:
        return Source("a", dump(replace(talk(("hr", text)), id=name)))

    before = evaluation_of(scored_here([of("What did you build?")], metrics), metrics)
    after = evaluation_of(scored_here([of("What? Who? Where?")], metrics), metrics)
    (change,) = changes(after, evaluation_to_json(before))
    assert (change.metric, change.n, change.difference) == ("question_form", 1, -1.0)
    other = evaluation_of(scored_here([of("What did you build?", "u")], metrics), metrics)
    with pytest.raises(InputError, match="shares no transcript"):
        changes(other, evaluation_to_json(before))
    with pytest.raises(InputError, match="no evaluation"):
        changes(after, {})


def test_levels_by_people_are_looked_up_by_transcript() -> None:
    """What nobody marked says so; without marks of anybody the metric asks for them."""
    (metric,) = chosen(known_metrics(library()), ["scoring_agreement"])
    chat = talk(("hr", "What did you build?"), ("", "A model."))
    assert metric.score(Speech(chat)).reason.startswith("It needs levels given by people")
    people = (Mark(Thing("other", None, "teamwork"), "ann", 3.0, "c"),
              Mark(Thing("t1", 2, "teamwork"), "ann", 3.0, "c"))  # fmt: skip
    (told,) = informed([metric], Given(people=people))
    assert told.score(Speech(chat)).reason.startswith("No person marked")
    assert told.score(Speech(replace(chat, id="x"))).reason.startswith("No person marked")
    assert isinstance(told, OverAll)
    assert told.together({"f:1": told.score(Speech(chat))}) is None
