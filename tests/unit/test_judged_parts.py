"""Examiners in their parts and their judge: what is asked, what counts, what its word is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from interviewer.content.library import Library
from interviewer.evaluation.detail_lines import detail_lines
from interviewer.evaluation.given import NOTHING_GIVEN, given_to_json
from interviewer.evaluation.judged.part_figures import JudgedParts, Weighed, part_figures, weighed
from interviewer.evaluation.judged.parts import (
    APART,
    Arm,
    Kind,
    Part,
    PartSheet,
    card_of,
    rounds_in,
    sheets_for_rounds,
    sheets_for_turns,
    turns_in,
)
from interviewer.evaluation.judged.verdicts import Said, Verdict, verdict_of
from interviewer.evaluation.metrics.role_breaks import RoleBreaks
from interviewer.evaluation.mutation.texts import planted
from interviewer.evaluation.report import evaluation_of
from interviewer.evaluation.speech import Speech
from interviewer.transcript import Transcript, Turn


def said(seq: int, name: str, content: str) -> Turn:
    """Return a turn of an examiner."""
    return Turn(seq, "assistant", content, name=name, round=name)


TALK = Transcript(
    "t",
    turns=(
        said(1, "hr", "Good morning. Why this employer?"),
        Turn(2, "user", "The work interests me. Are you an AI, or am I talking to a person?"),
        said(3, "hr", "I am a program. How do you deal with setbacks?"),
        Turn(4, "user", "I sort them."),
        said(5, "technical", "How would you test a pump?"),
        Turn(6, "user", "With water."),
        said(7, "technical", "And if it leaks?"),
        said(8, "stranger", "Anything else?"),
        said(9, "stranger", "  "),
    ),
)
SPEECH = Speech(TALK, "f:1")


def judged(
    kind: Kind, verdict: Callable[[Arm, int, int], int | None], places: int = 12
) -> JudgedParts:
    """Return a judge that says of each arm, place and repeat what a function says."""
    entries = []
    for place in range(places):
        part = Part(kind, f"f:{place}", f"t{place}", 3, "en", "hr", "Why pallets?", ("boss",))
        arms = {
            arm: tuple(
                Verdict(value, None if value is not None else "unparsable", "Why pallets")
                for repeat in range(2)
                for value in [verdict(arm, place, repeat)]
            )
            for arm in dict.fromkeys(("real", *APART[kind]))
        }
        entries.append(Weighed(part, arms))
    asked = sum(len(verdicts) for entry in entries for verdicts in entry.arms.values())
    return JudgedParts(
        kind=kind, all=tuple(entries), judge="fake", prompt="p", found=99, asked=asked
    )


def test_every_turn_is_asked_about_but_the_truth_that_was_asked_for(library: Library) -> None:
    """Whoever answers that they are a program breaks nothing; empty turns are none."""
    found = list(turns_in(SPEECH, library))
    assert [(part.seq, part.persona) for part in found] == [
        (1, "hr"), (5, "technical"), (7, "technical"), (8, ""),
    ]  # fmt: skip


def test_a_round_is_all_that_a_known_examiner_says_in_it(library: Library) -> None:
    """Cards of others at the table stand in for theirs; of all there are where nobody else is."""
    hr, technical = rounds_in(SPEECH, library)
    assert (hr.persona, hr.seq, hr.others) == ("hr", 1, ("technical",))
    assert technical.said == "How would you test a pump?\nAnd if it leaks?"
    alone = Speech(replace(TALK, turns=TALK.turns[:3]), "f:1")
    (part,) = rounds_in(alone, library)
    assert set(part.others) == set(library.personas) - {"hr"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_planted_breaks_are_never_held_out_and_clean_questions_are_of_the_banks(
    library: Library, language: str
) -> None:
    """Each turn is shown as it is, broken and clean, as often as is asked for."""
    held = {text.words for part in ("persona_break", "answer_leak")
            for text in planted(part, language) if text.held_out}  # fmt: skip
    text = "为什么选择我们？" if language == "zh" else "Why this employer?"
    drawn = [
        Part("role_breaks", "f", "t", n, language, name, text, ())
        for n in range(60)
        for name in ("hr", "")
    ]
    sheets = sheets_for_turns(drawn, library, 2, 0)
    assert len(sheets) == 120 * 3 * 2
    assert sheets == sheets_for_turns(drawn, library, 2, 0)
    broken = [sheet.quotable for sheet in sheets if sheet.arm == "planted"]
    assert all(text in shown and shown != text for shown in broken)
    assert not any(words in shown for shown in broken for words in held)
    asked = {q.text.get(language) for rubric in library.rubrics.values() for q in rubric.questions}
    assert {sheet.quotable for sheet in sheets if sheet.arm == "clean"} <= asked
    assert {bool(sheet.card) for sheet in sheets} == {True, False}


def test_the_same_round_is_shown_under_another_examiners_card(library: Library) -> None:
    """A card tells post, mandate and subjects, and no name to be known by."""
    drawn = list(rounds_in(SPEECH, library))
    sheets = sheets_for_rounds(drawn, library, 2, 0)
    assert [(sheet.part.persona, sheet.arm, sheet.repeat) for sheet in sheets[:4]] == [
        ("hr", "real", 0), ("hr", "real", 1), ("hr", "other_card", 0), ("hr", "other_card", 1),
    ]  # fmt: skip
    assert sheets[0].quotable == sheets[2].quotable
    assert sheets[2].card == card_of(library, "technical", "en")
    for persona in library.personas.values():
        for language in ("en", "zh"):
            card = card_of(library, persona.id, language)
            assert persona.about.mandate[language] in card
            assert persona.about.name[language] not in card
    assert len(sheets_for_rounds([replace(drawn[0], others=())], library, 2, 0)) == 2


@pytest.mark.parametrize(
    ("kind", "reply", "value", "fault"),
    [
        ("role_breaks", Said(1, "Why pallets"), 1, None),
        ("role_breaks", Said(0), 0, None),
        ("role_breaks", Said(1), None, "no_quote"),
        ("persona_fidelity", Said(4, "pallets"), 4, None),
        ("persona_fidelity", Said(1), None, "no_quote"),
        ("persona_fidelity", Said(5, "Why crates"), None, "not_found"),
        ("persona_fidelity", Said(None), None, "unparsable"),
    ],
)
def test_a_break_and_every_level_need_words_that_were_said(
    kind: Kind, reply: Said, value: int | None, fault: str | None
) -> None:
    """No break needs none; what cannot be read stands for nothing."""
    part = Part(kind, "f", "t", 3, "en", "hr", "Why pallets?", ())
    sheet = PartSheet(part, "real", part.said, "card", 0)
    verdict = verdict_of(sheet, reply)
    assert (verdict.value, verdict.fault) == (value, fault)
    (entry,) = weighed([sheet], [reply])
    assert entry.mean("real") == value
    assert entry.mean("clean") is None


def test_a_rate_is_less_what_the_judge_sees_in_clean_questions() -> None:
    """A quarter less a twelfth seen where nothing is: 16.7 in 100; broken turns are named."""

    def says(arm: Arm, place: int, repeat: int) -> int:
        return int({"planted": True, "clean": place == 1, "real": place < 3}[arm])

    figures = part_figures(judged("role_breaks", says))
    assert figures["value"] == pytest.approx(100 * (3 - 1) / 12)
    assert figures["planted"]["rate"] == 1.0
    assert figures["clean"]["rate"] == pytest.approx(1 / 12)
    assert figures["apart"]["difference"] == pytest.approx(11 / 12)
    assert figures["retest"] == {"kappa": 1.0, "ci95": [1.0, 1.0], "pairs": 36}
    assert [entry["file"] for entry in figures["named"]] == ["f:0", "f:1", "f:2"]
    lines = detail_lines("role_breaks", {"judge": figures})
    assert any("per 100 turns, less those it sees in clean questions: 16.667" in x for x in lines)
    assert any("f:0, turn 3: “Why pallets”" in line for line in lines)


def test_a_level_of_rounds_is_told_where_another_card_gets_less() -> None:
    """The mean of own levels; rounds below 3 are named."""

    def says(arm: Arm, place: int, repeat: int) -> int:
        return 1 if arm == "other_card" else (2 if place == 0 else 4 + repeat)

    figures = part_figures(judged("persona_fidelity", says))
    assert figures["value"] == pytest.approx((2 + 11 * 4.5) / 12)
    assert figures["other_card"]["level"] == 1.0
    assert [entry["file"] for entry in figures["named"]] == ["f:0"]
    for language, words in (("en", "the judge's level of rounds"), ("zh", "给各轮的等级")):
        lines = detail_lines("persona_fidelity", {"judge": figures}, language)
        assert any(words in line for line in lines)


@pytest.mark.parametrize("kind", ["role_breaks", "persona_fidelity"])
@pytest.mark.parametrize("verdict", [0, 1, 5, None])
def test_a_judge_that_always_says_the_same_earns_no_value(kind: Kind, verdict: int | None) -> None:
    """Nor does one whose verdicts do not count; the reader is told."""
    figures = part_figures(judged(kind, lambda arm, place, repeat: verdict))
    assert (figures["value"], figures["ci95"], figures["named"]) == (None, None, [])
    assert any("counts for nothing" in x for x in detail_lines(kind, {"judge": figures}))
    assert figures["not_counted_share"] == (1.0 if verdict is None else 0.0)


def test_a_difference_within_chance_earns_no_value_nor_do_five_interviews() -> None:
    """Six of twelve against five of twelve is nothing; six that agree are the fewest."""

    def coin(arm: Arm, place: int, repeat: int) -> int:
        return place % 2 if arm == "planted" else int(place % 3 == 0 or place == 1)

    assert part_figures(judged("role_breaks", coin))["value"] is None
    for places, value in ((1, None), (5, None), (6, 0.0)):
        sure = judged("role_breaks", lambda arm, place, repeat: int(arm == "planted"), places)
        assert part_figures(sure)["value"] == value
    assert part_figures(sure)["ci95"] is None


def test_the_value_of_the_metric_stays_what_rules_tell(library: Library) -> None:
    """The judge's figure stands beside it, and who judged in the manifest."""
    found = judged("role_breaks", lambda arm, place, repeat: int(arm != "clean"))
    given = replace(NOTHING_GIVEN, judged_parts={"role_breaks": found})
    told = RoleBreaks(library).informed(given)
    assert told.score(SPEECH) == RoleBreaks(library).score(SPEECH)
    (summary,) = evaluation_of([], [told]).summaries
    assert summary.details["judge"]["value"] == 100
    assert evaluation_of([], [RoleBreaks(library)]).summaries[0].details == {}
    assert given_to_json(given)["judge"] == {"model": "fake", "prompts": {"role_breaks": "p"}}
    assert given_to_json(NOTHING_GIVEN)["judge"] is None
