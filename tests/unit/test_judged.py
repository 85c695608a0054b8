"""Follow-ups and their judge: what is asked, what counts, and what its word is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.evaluation.agreement.marks import FOLLOW_UP, Mark, Thing
from interviewer.evaluation.detail_lines import detail_lines
from interviewer.evaluation.intervals import share_interval
from interviewer.evaluation.judged.asking import (
    FollowUp,
    Sheet,
    follow_ups,
    sample,
    sheets_for,
    swapped,
)
from interviewer.evaluation.judged.reliability import (
    mean_of,
    rates,
    relevance,
    reliability,
    retest,
)
from interviewer.evaluation.judged.verdicts import Judged, Said, judged_of, verdict_of
from interviewer.evaluation.speech import Speech
from interviewer.models.verdict_cache import VerdictCache
from interviewer.transcript import MoveRecord, Transcript, Turn


def follow_up(number: int, where: str = "", answer: str = "") -> FollowUp:
    """Return a follow-up of its own."""
    words = answer or f"I moved {number} pallets."
    return FollowUp(where or f"f:{number}", f"t{number}", 3, "en", words, f"Why {number} pallets?")


MANY = tuple(follow_up(number) for number in range(40))


def judged(
    says: dict[tuple[bool, str, int], Sequence[Said]], drawn: Sequence[FollowUp] = MANY
) -> Judged:
    """Return what replies by control, order and repeat come to, each list gone through in turn."""
    sheets = sheets_for(drawn, 2, 1)
    places: dict[tuple[bool, str, int], int] = {}
    said = []
    for sheet in sheets:
        key = (sheet.control, sheet.order, sheet.repeat)
        place = places.get(key, 0)
        places[key] = place + 1
        reply = says[key][place % len(says[key])]
        quotes = reply.value and reply.quote == "OWN"
        said.append(replace(reply, quote=sheet.answer) if quotes else reply)
    return judged_of("fake", "p", sheets, said, found=99, usage={}, cached=0)


YES, NO = Said(True, "OWN"), Said(False)
STEADY = {
    (False, "answer_first", 0): [YES, YES, YES, NO],
    (False, "answer_first", 1): [YES, YES, YES, NO],
    (False, "follow_up_first", 0): [YES, YES, YES, NO],
    (True, "answer_first", 0): [NO, NO, NO, YES],
    (True, "answer_first", 1): [NO, NO, NO, YES],
    (True, "follow_up_first", 0): [NO, NO, NO, YES],
}


def test_follow_ups_are_probes_where_moves_are_told_and_questions_after_answers_elsewhere() -> (
    None
):
    """An opening, a new planned question and a silence before are none."""
    move = MoveRecord("probe", "hr.1", "result")
    turns = (
        Turn(1, "assistant", "What did you build?", move=MoveRecord("ask", "hr.1")),
        Turn(2, "user", "A stock model for four depots."),
        Turn(3, "assistant", "What came of it?", move=move),
        Turn(4, "user", ""),
        Turn(5, "assistant", "And what changed then?", move=move),
        Turn(6, "user", "Losses fell by a third."),
        Turn(7, "assistant", "What would you do here?", move=MoveRecord("ask", "hr.2")),
    )
    ours = list(follow_ups(Speech(Transcript("t", turns=turns)), "f:1"))
    assert [(entry.seq, entry.answer) for entry in ours] == [(3, "A stock model for four depots.")]
    plain = Transcript("t", turns=tuple(replace(turn, move=None, seq=None) for turn in turns))
    assert [entry.seq for entry in follow_ups(Speech(plain), "f:1")] == [3, 7]


def test_a_sample_is_decided_by_its_seed_and_keeps_the_order() -> None:
    """The same seed draws the same; nothing is drawn twice; fewer than wanted are all taken."""
    drawn = sample(MANY, 10, 5)
    assert drawn == sample(iter(MANY), 10, 5)
    assert drawn != sample(MANY, 10, 6)
    assert list(drawn) == sorted(set(drawn), key=MANY.index)
    assert sample(MANY[:3], 10, 5) == MANY[:3]


def test_a_control_is_the_answer_of_another_interview() -> None:
    """Never its own words; of the same interview only where there is no other; else none."""
    found = swapped(MANY, 3)
    assert all(answer != entry.answer for entry, answer in found.items())
    assert len(found) == len(MANY)
    here = (follow_up(1, "f:1"), follow_up(2, "f:1"))
    assert set(swapped(here, 3).values()) == {entry.answer for entry in here}
    assert swapped((follow_up(1), replace(follow_up(2), language="zh")), 3) == {}
    assert swapped((follow_up(1, answer="Same."), follow_up(2, answer="Same.")), 3) == {}
    assert len(sheets_for(MANY[:1], 2, 1)) == 3
    assert len(sheets_for(MANY, 2, 1)) == 240


@pytest.mark.parametrize(
    ("said", "value", "fault"),
    [
        (Said(True, "moved 7\n pallets"), 1, None),
        (Said(False, "anything"), 0, None),
        (Said(True, " "), None, "no_quote"),
        (Said(True, "moved 8 pallets"), None, "not_found"),
        (Said(None), None, "unparsable"),
        (Said(None, failed="No server."), None, "failed"),
    ],
)
def test_a_yes_counts_with_words_of_the_answer_only(
    said: Said, value: int | None, fault: str | None
) -> None:
    """What cannot be read or was not said is no verdict, neither yes nor no."""
    entry = follow_up(7)
    verdict = verdict_of(Sheet(entry, entry.answer, False, "answer_first", 0), said)
    assert (verdict.value, verdict.fault) == (value, fault)


def test_the_rate_stands_beside_that_of_swapped_answers() -> None:
    """Three quarters less one quarter is a half, with Wilson's intervals of both."""
    found = judged(STEADY)
    mean, ends = relevance(found.all) or (0.0, None)
    assert mean == pytest.approx(0.5)
    assert ends is not None
    assert ends[0] < 0.5 < ends[1]
    told = rates(found)
    assert told["real"]["rate"] == pytest.approx(0.75)
    assert told["swapped"]["rate"] == pytest.approx(0.25)
    assert told["real"]["ci95"] == pytest.approx(share_interval(30, 40))
    assert told["follow_ups_found"] == 99
    assert relevance([]) is None


def test_where_all_say_the_same_there_is_no_interval() -> None:
    """Whatever transcripts are drawn say the same; a width of nought would be a certainty."""
    assert mean_of([("f:1", 0.1), ("f:2", 0.1), ("f:2", 0.1)]) == (pytest.approx(0.1), None)
    assert mean_of([("f:1", 0.1)]) == (pytest.approx(0.1), None)
    mean, ends = mean_of([("f:1", 0.0), ("f:2", 1.0), ("f:3", 1.0)]) or (0.0, None)
    assert ends is not None
    assert ends[0] < mean < ends[1]


def test_wilsons_interval_is_that_of_the_books() -> None:
    """10 of 10: 0.7225 to 1; 8 of 10: 0.4902 to 0.9433 (Newcombe 1998 has the formula)."""
    assert share_interval(10, 10) == pytest.approx((0.7225, 1.0), abs=5e-5)
    assert share_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=5e-5)


def test_a_steady_judge_has_a_kappa_of_one_and_a_wavering_one_of_nought() -> None:
    """Asked twice and turned round; a judge that always says the same has none."""
    assert retest(judged(STEADY))[0] == 1.0
    wavering = {**STEADY, (False, "answer_first", 1): [YES, NO], (False, "answer_first", 0):
                [YES, YES, NO, NO], (True, "answer_first", 0): [YES, YES, NO, NO],
                (True, "answer_first", 1): [YES, NO]}  # fmt: skip
    assert retest(judged(wavering))[0] == pytest.approx(0)
    always = {key: [YES] for key in STEADY}
    assert retest(judged(always))[0] is None
    told = reliability(judged(wavering), ())
    assert told["order_swap"]["consistency"] == pytest.approx(0.5)
    assert told["people"] == {"kappa": None, "ci95": None, "pairs": 0}


def test_what_does_not_count_is_counted() -> None:
    """Each fault by its name; a follow-up without a verdict that counts is not in the rate."""
    broken = {**STEADY, (False, "answer_first", 0): [Said(None), YES, Said(True, "no such words")],
              (False, "answer_first", 1): [Said(None, failed="No server.")],
              (True, "follow_up_first", 0): [Said(True, "")]}  # fmt: skip
    told = reliability(judged(broken), ())
    assert told["not_counted"] == {"failed": 40, "no_quote": 40, "not_found": 13, "unparsable": 14}
    assert told["not_counted_share"] == pytest.approx(107 / 240)
    assert told["failed"] == ["No server."]
    assert rates(judged(broken))["real"]["n"] == 13
    once = {(control, "answer_first", 1): [Said(None)] for control in (False, True)}
    assert retest(judged({**STEADY, **once})) == (None, None, 0)


def test_a_judge_that_likes_long_answers_has_a_slope() -> None:
    """Yes to answers of 32 words and no to those of 8: half a yes for each doubling."""
    drawn = tuple(
        follow_up(n, answer=" ".join(f"word{n}x{i}" for i in range(8 if n % 2 else 32)))
        for n in range(20)
    )
    likes = {key: [YES, NO] for key in STEADY}
    slopes = reliability(judged(likes, drawn), ())["verbosity_slope"]
    assert slopes["real"]["slope"] == pytest.approx(0.5)
    few = reliability(judged(STEADY, drawn[:2]), ())["verbosity_slope"]
    assert few["real"] == {"slope": None, "ci95": None, "n": 2}
    alike = tuple(follow_up(n, answer=f"word{n} here now") for n in range(9))
    flat = reliability(judged(STEADY, alike), ())["verbosity_slope"]
    assert flat["real"]["slope"] is None


def test_people_who_marked_follow_ups_are_held_against_the_judge() -> None:
    """A judge that says what people say agrees fully with them."""
    found = judged(STEADY)
    people = [
        Mark(Thing(entry.follow_up.transcript, 3, FOLLOW_UP), "ann",
             0.0 if number % 4 == 3 else 1.0, f"c{number}")
        for number, entry in enumerate(found.all)
    ]  # fmt: skip
    told = reliability(found, people)
    assert told["people"]["kappa"] == 1.0
    lines = detail_lines("judge_reliability", told)
    assert any(line.startswith("with people: kappa 1.000") for line in lines)
    assert detail_lines("grounding", {"x": 1}) == []
    assert detail_lines("outcome", {}) == []


def test_verdicts_are_kept_and_a_torn_line_is_asked_again(tmp_path: Path) -> None:
    """What was written is found by another run; only its owner may read it."""
    cache = VerdictCache(tmp_path / "v")
    assert cache.get("a") is None
    cache.put("a", Said(True, "moved “7”"))
    cache.put("b", Said(None))
    file = tmp_path / "v" / "verdicts.jsonl"
    assert file.stat().st_mode & 0o077 == 0
    with file.open("a", encoding="utf-8") as lines:
        lines.write('{"key": "c", "depends": tr\n{"key": "d", "depends": 3, "quote": ""}\n[]\n')
    again = VerdictCache(tmp_path / "v")
    assert again.get("a") == Said(True, "moved “7”")
    assert again.get("b") == Said(None)
    assert again.get("c") is again.get("d") is None
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="--judge-cache"):
        VerdictCache(tmp_path / "file").put("a", Said(False))
    (tmp_path / "u").mkdir()
    (tmp_path / "u" / "verdicts.jsonl").write_bytes(b"\xff")
    with pytest.raises(InputError, match="--judge-cache"):
        VerdictCache(tmp_path / "u").get("a")


def test_what_stands_beside_agreement_is_told_in_lines() -> None:
    """Rows of agreement and cells of outcomes, with what cannot be told said to be so."""
    kappa = {"value": 0.5, "ci95": [0.25, 0.75]}
    row = {"name": "model", "n": 8, "kappa": kappa, "bias": {"value": None, "ci95": None}}
    (line,) = detail_lines("scoring_agreement", {"rows": [row]})
    assert line.startswith("model against people, 8 pairs: kappa 0.500 (0.250 to 0.750)")
    assert "bias not told" in line
    cell = {"outcome": "yes", "decision": "no", "n": 3}
    lines = detail_lines("outcome", {"confusion": [cell], "brier": None})
    assert lines == ["outcome/decision: yes/no 3",
                     "Brier score not told, adverse-impact ratio not told"]  # fmt: skip
