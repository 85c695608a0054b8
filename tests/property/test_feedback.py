"""Feedback, whatever was said: quotes are quotes, three at most, nothing of the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.assessment.evidence import Answered
from interviewer.assessment.feedback.choosing import MOST_ITEMS
from interviewer.assessment.feedback.item import FeedbackItem, ModelLine
from interviewer.assessment.feedback.model_line import model_line, outline
from interviewer.assessment.feedback.rounds import Feedback, feedback_on
from interviewer.assessment.feedback.sought import ALL_LACKS
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import load_library
from interviewer.content.rubric import Rubric
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import read
from interviewer.reading.protected import protected_in
from interviewer.transcript import Interview, MoveRecord, Transcript, Turn
from tests.conftest import ROOT
from tests.unit.feedback_fixtures import heard, rated_round

KINDS = ("past_behaviour", "background", "situational", "knowledge", "work_sample", "motivation",
         "strength", "public_service")  # fmt: skip
RUBRICS = (
    "teamwork_conflict",
    "job_knowledge",
    "integrity",
    "communication",
    "business_understanding",
)
SENTENCES = {
    "en": (
        "In March 2024 the night load failed twice a week.", "I rewrote the retry step myself.",
        "We talked about it as a team and found a way.", "As a result failures fell from 9 to 1.",
        "Usually I would check everything twice.", "I have two children and a husband in Leeds.",
        "My name is Ada Lovell.", "I asked each buyer what would hurt.", "Since then I ask first.",
        "I don't know, I would have to look it up.", "What a great question!", "How long is it?",
        "I'd go to the manager within the hour.", "To be honest, it was my colleague who did it.",
        "{quote} <b>{{7*7}}</b> and “so on”.", "That was it, and it went well.", "",
    ),
    "zh": (
        "去年三月夜间任务每周失败两次。", "我自己把重试的步骤重写了一遍。",
        "大家一起商量，最后解决了。", "结果故障从每月九次降到一次。", "平时我都会检查两遍。",
        "我有两个孩子，爱人在江城。", "我叫岑书宁。", "我一个部门一个部门去问，晚一周会怎么样。",
        "从那以后我都先问一句。", "这块我没有深入过。", "您问得真好！", "请问多久？",
        "我会先去找领导。", "说实话，其实是同事做的。", "",
    ),
}  # fmt: skip


# A turn as places in the list of sentences; an answer as its kind and its turns.
TURN = st.lists(st.integers(0, 16), max_size=6)
ANSWER = st.tuples(st.sampled_from(KINDS), st.lists(TURN, min_size=1, max_size=3))
INTERVIEW = st.lists(ANSWER, min_size=1, max_size=4)


def said_by(places: list[int], language: str) -> str:
    """Return what a turn says."""
    known = SENTENCES[language]
    return " ".join(known[place % len(known)] for place in places)


def interview(
    drawn: list[tuple[str, list[list[int]]]], language: str
) -> tuple[Transcript, list[Answered]]:
    """Return an interview with these answers, and the answers as the report finds them."""
    turns: list[Turn] = []
    answers = []
    question = "Why was that so?" if language == "en" else "那是为什么？"
    for number, (kind, told) in enumerate(drawn):
        item = PlannedItem(f"hr.{number}", "question", "x", "c", type=kind, text=question)
        own: list[Turn] = []
        for place, sentences in enumerate(told):
            move = MoveRecord("probe" if place else "ask", item.id)
            asked = Turn(len(turns) + 1, "assistant", question, "hr", round="hr", move=move)
            said = Turn(len(turns) + 2, "user", said_by(sentences, language), round="hr")
            turns += [asked, said]
            own.append(said)
        whole = "\n".join(turn.content for turn in own)
        before, together = read(own[0].content, language), read(whole, language)
        answers.append(Answered(item, tuple(own), before, together))
    return Transcript("t", Interview(language=language), tuple(turns)), answers


@cache
def shipped() -> Mapping[str, Rubric]:
    """Return the rubrics; as an argument a whole library would be written out with a failure."""
    return load_library(ROOT / "personas", []).rubrics


def feedback(transcript: Transcript, answers: list[Answered], name: str) -> Feedback:
    """Return the feedback on answers as the rules score them."""
    language = transcript.interview.language or "en"
    rubric = shipped()[name]
    asked = [
        Asked(
            a.item.text, a.item.type or "", tuple(t.content for t in a.turns),
            tuple(a.item.text for _ in a.turns),
        )
        for a in answers
    ]  # fmt: skip
    score = score_competency(rubric, asked, language)
    pairs = list(zip(answers, score.answers, strict=True))
    rated = rated_round(pairs, rubric, score.level, 4)
    entry = replace(rated.competencies[0], score=score)
    return feedback_on([replace(rated, competencies=(entry,))], transcript)


def lines_of(item: FeedbackItem) -> list[ModelLine]:
    """Return the retellings of an item."""
    return [line for line in (item.model_line, item.outline) if line is not None]


def words_of(text: str) -> list[str]:
    """Return the words of a text, of Chinese its characters."""
    return re.findall(r"[a-z0-9']+|[\u4e00-\u9fff]", text.lower())


@pytest.mark.parametrize("language", ["en", "zh"])
@settings(deadline=None, max_examples=60)
@given(drawn=INTERVIEW, rubric=st.sampled_from(RUBRICS))
def test_whatever_was_said(
    language: str, drawn: list[tuple[str, list[list[int]]]], rubric: str
) -> None:
    """Quotes stand in their turns and tell no protected fact; items are three at most."""
    transcript, answers = interview(drawn, language)
    found = feedback(transcript, answers, rubric)
    items = found.items["hr"]
    said = {turn.seq: turn for turn in transcript.turns}
    assert len(items) <= MOST_ITEMS
    assert all(sum(i.lack == item.lack for i in items) <= 2 for item in items)
    assert len({item.question_to_you for item in items}) == len(items)
    assert sum(item.said_by == "examiner" for item in items) <= 1
    for item in items:
        turn = said[item.seq]
        assert item.evidence_quote in turn.content
        assert (item.said_by == "candidate") == turn.by_candidate
        assert not protected_in(item.evidence_quote, language)
        assert item.lack in ALL_LACKS
        assert "Ada" not in item.question_to_you + item.evidence_quote
        assert "岑书宁" not in item.question_to_you + item.evidence_quote
        for line in lines_of(item):
            assert all(p.seq is None or p.text in said[p.seq].content for p in line.pieces)
            assert not any(protected_in(piece.text, language) for piece in line.pieces)
    keep = found.keep["hr"]
    assert keep is None or keep.text in said[keep.seq].content
    assert feedback(transcript, answers, rubric) == found


@pytest.mark.parametrize("language", ["en", "zh"])
@settings(deadline=None, max_examples=80)
@given(
    told=st.lists(TURN, min_size=1, max_size=3),
    kind=st.sampled_from(("past_behaviour", "background")),
)
def test_a_retelling_has_no_word_of_its_own(
    language: str, told: list[list[int]], kind: str
) -> None:
    """Every word of a retelling was said by the candidate or is a fixed one of the word file."""
    turns = [said_by(places, language) for places in told]
    answer = heard(*turns, language=language, type=kind)
    words = feedback_words(language)
    own = set(words_of("\n".join(turns)))
    fixed = {word for text in words.joins.values() for word in words_of(text)}
    prompts = {word for text in words.prompts.values() for word in words_of(text)}
    line = model_line(answer)
    if line is not None:
        assert {"own_action", "result"} <= answer.answer.together.parts
        assert set(words_of(line.text)) <= own | fixed
        assert all(piece.seq is not None for piece in line.pieces)
    for lack in ALL_LACKS:
        gaps = outline(answer, lack)
        if gaps is not None:
            assert set(words_of(gaps.text)) <= own | fixed | prompts
            assert any(piece.seq is None for piece in gaps.pieces)
