"""Every metric keeps the contract on any chat: a value or a reason, findings that are there."""

from __future__ import annotations

import math
from typing import Any

import pytest

from interviewer.content.library import Library
from interviewer.evaluation.given import Given, filled, informed
from interviewer.evaluation.metric import ORDER, Score, known_metrics
from interviewer.evaluation.speech import Speech
from interviewer.transcript import Passage, Transcript, Turn

NEED_MORE = {
    "grounding", "citation_validity", "research_use", "persona_fidelity", "plan_coverage",
    "plan_order", "follow_up_relevance", "scoring_agreement", "outcome", "judge_reliability",
}  # fmt: skip
# What every chat with a question in it can be measured by.
ON_ANY = ("role_breaks", "prohibited_questions", "repetition", "question_form", "operations")


def turns(*said: tuple[str, str], **more: Any) -> Transcript:
    """Return a chat without anything but roles and words."""
    return Transcript("c", turns=tuple(Turn(None, role, text, **more) for role, text in said))


CHATS = {
    "one question": turns(("assistant", "What did you build?")),
    "no question": turns(("assistant", "Good morning."), ("user", "Good morning.")),
    "empty messages": turns(("assistant", ""), ("user", ""), ("assistant", "Why?"), ("user", " ")),
    "system and tools": turns(("system", "You are an AI."), ("developer", "x"),
                              ("assistant", "Are you married?"), ("tool", "{}"), ("user", "No.")),
    "two in a row": turns(("assistant", "Hello."), ("assistant", "Who are you?"), ("user", "Ann."),
                          ("user", "Hart.")),
    "chinese": turns(("assistant", "您好，请先介绍一下自己。"), ("user", "我做了三年会计。"),
                     ("assistant", "您打算什么时候要孩子？")),
    "marks and signs": turns(("assistant", "We run 9 depots [1] [99]. `x` <b>|</b> “why”? \u2028"),
                             ("user", "[1] {{x}} $y \x00")),
    "as software": turns(("assistant", "As an AI language model, how can I help you today?"),
                         ("user", "Ask me."), ("assistant", "As an AI language model, how can I "
                          "help you today?")),
    "long": turns(*[("assistant", "And what did you do then?"), ("user", "More of it.")] * 60),
    "names": turns(("assistant", "What did you build?"), ("user", "A model."), name="somebody"),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDER)
def test_a_metric_gives_a_value_or_a_reason_on_any_chat(library: Library, name: str) -> None:
    """Never both and never neither; a finding points at a turn that is there, and its words."""
    (metric,) = [metric for metric in known_metrics(library) if metric.name == name]
    assert metric.version
    assert metric.better in ("higher", "lower", "neither")
    for title, chat in CHATS.items():
        score = metric.score(Speech(chat, "f:1"))
        _keeps_its_word(score, chat, name, title)
        assert metric.score(Speech(chat, "f:1")) == score
        if name in NEED_MORE:
            assert score.value is None, title
    if name in ON_ANY:
        assert metric.score(Speech(CHATS["one question"])).value is not None


def _keeps_its_word(score: Score, chat: Transcript, name: str, title: str) -> None:
    assert (score.value is None) == bool(score.reason), title
    assert score.value is None or math.isfinite(score.value), title
    for finding in score.findings:
        assert finding.metric == name
        assert finding.tag
        assert finding.reason
        if finding.seq is not None:
            said = chat.turns[finding.seq - 1].content
            assert finding.span in said, title


def test_what_is_given_is_enough_for_a_metric_to_speak(library: Library) -> None:
    """With research, examiners and the employer's name, a bare chat is measured by them."""
    passage = Passage("g/a#1", "Acme Freight moved 412,000 parcels in 2025.", "Report", "scope")
    given = Given(research={passage.id: passage}, employer="Acme Freight",
                  personas={"A": "hr", "B": "boss"})  # fmt: skip
    chat = Transcript(
        "c",
        turns=(
            Turn(None, "assistant", "Acme Freight moved 999,000 parcels in 2025. Why?", name="A"),
            Turn(None, "user", "I like parcels."),
            Turn(None, "assistant", "Acme Freight moved 412,000 parcels in 2025. What do you "
                 "expect to be paid, and why is it worth that to us?", name="B"),
        ),
    )  # fmt: skip
    speech = Speech(filled(chat, given))
    scores = {m.name: m.score(speech) for m in informed(known_metrics(library), given)}
    assert scores["grounding"].value == 0.5
    assert scores["research_use"].value is not None
    assert scores["persona_fidelity"].value is not None
    # What the file holds itself is not replaced.
    own = filled(filled(chat, given), Given(employer="Other", research={}, personas={"A": "boss"}))
    assert own.interview.company == "Acme Freight"
