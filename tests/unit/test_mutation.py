"""Mutants differ from their base where they say, by seed; cards count what metrics see of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.evaluation.agreement.marks import Mark, Thing
from interviewer.evaluation.gate import conditions
from interviewer.evaluation.intervals import share_interval
from interviewer.evaluation.labelled import Labelled, area, labelled_sets
from interviewer.evaluation.metric import ORDER, Score, chosen, known_metrics
from interviewer.evaluation.mutation.bases import BASE_GATE, passes
from interviewer.evaluation.mutation.card import (
    Card,
    aims,
    card_in,
    card_markdown,
    committed_card,
    merged,
    short_of_aims,
    told_of,
)
from interviewer.evaluation.mutation.judging import JUDGED
from interviewer.evaluation.mutation.marks import CHANGES, agreements, agreements_to_json
from interviewer.evaluation.mutation.mutant import Base, Draw, Mutant, seq_of, with_numbers
from interviewer.evaluation.mutation.operators import ALARMS, OPERATORS
from interviewer.evaluation.mutation.tally import Tally
from interviewer.evaluation.mutation.texts import (
    LANGUAGES,
    Text,
    all_texts,
    digest,
    paraphrases,
    recorded_digests,
)
from interviewer.evaluation.mutation.trial import Stock
from interviewer.evaluation.mutation.trying import Order, tried_here
from interviewer.evaluation.running import Scored
from interviewer.evaluation.speech import Speech
from interviewer.interview.builtin import BuiltinVoice
from interviewer.simulation.candidate import Candidate
from interviewer.transcript import Transcript, Turn
from interviewer.transcript_file import dump
from tests.conftest import PlanMaker
from tests.simulating import simulated

# What one language has no occasion for, and what two short interviews may lack.
NOT_IN = {("zh", "contractions")}


@pytest.fixture(scope="module")
def stocks(make_plan: PlanMaker, voice: BuiltinVoice, library: Library) -> dict[str, list[Base]]:
    """Return two interviews in each language, to change."""
    made = {}
    for language, company in (("en", "brightwell"), ("zh", "chengyuan")):
        held = [
            with_numbers(
                simulated(
                    make_plan(company, "data-engineer", seed=seed, language=language),
                    Candidate("strong", level, language, seed), voice, library,
                )
            )
            for seed, level in ((5, "high"), (8, "low"))
        ]  # fmt: skip
        made[language] = [Base(own, tuple(o for o in held if o is not own)) for own in held]
    return made


def mutants(name: str, bases: list[Base], seed: int = 0) -> list[tuple[Base, Mutant]]:
    """Return some mutants of an operator with their bases."""
    found = []
    for place in range(4):
        base = bases[place % len(bases)]
        mutant = OPERATORS[name].make(base, Draw(seed, name, place))
        if mutant is not None:
            found.append((base, mutant))
    return found


def kept(transcript: Transcript, injected: frozenset[int]) -> list[Turn]:
    """Return the turns that no mutant's change touches, their reading order of passages aside."""
    return [turn for turn in transcript.turns if seq_of(turn) not in injected]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OPERATORS)
def test_a_mutant_differs_only_where_it_says(
    name: str, language: str, stocks: dict[str, list[Base]]
) -> None:
    """Turns that are not named stay as they were; the same seed makes the same mutant."""
    made = mutants(name, stocks[language])
    assert bool(made) != ((language, name) in NOT_IN)
    for base, mutant in made:
        assert dump(mutant.transcript) != dump(base.transcript)
        same = zip(
            kept(base.transcript, mutant.injected), kept(mutant.transcript, mutant.injected),
            strict=True,
        )  # fmt: skip
        for before, now in same:
            assert (before.seq, before.role, before.content, before.name, before.cites) == (
                now.seq, now.role, now.content, now.name, now.cites,
            )  # fmt: skip
    again = mutants(name, stocks[language])
    assert [dump(mutant.transcript) for _, mutant in made] == [
        dump(mutant.transcript) for _, mutant in again
    ]


def test_another_seed_makes_other_mutants(stocks: dict[str, list[Base]]) -> None:
    """What is planted, and where, is drawn."""
    one = [dump(m.transcript) for _, m in mutants("illegal_direct", stocks["en"])]
    other = [dump(m.transcript) for _, m in mutants("illegal_direct", stocks["en"], seed=1)]
    assert one != other


@pytest.mark.parametrize("name", [name for name in OPERATORS if not OPERATORS[name].equivalent])
def test_nothing_is_planted_in_a_chat_that_lacks_what_it_changes(name: str) -> None:
    """A chat of one examiner's turn has no claim, no round and no answer to change."""
    chat = with_numbers(Transcript("c", turns=(Turn(None, "assistant", "Good morning"),)))
    mutant = OPERATORS[name].make(Base(chat), Draw(0, name, 0))
    says_something = ("ungrounded_claim", "persona_break", "answer_leak")
    assert (mutant is not None) == (name in says_something)


def test_a_turn_without_number_is_refused() -> None:
    """Without numbers nobody could say where something was planted."""
    with pytest.raises(ValueError, match="numbered first"):
        seq_of(Turn(None, "assistant", "Good morning"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_the_texts_are_held_out_and_their_hash_is_recorded(language: str) -> None:
    """Whoever changes a held-out text changes the hash that stands beside the texts."""
    texts = all_texts(language)
    held = [text for text in texts if text.held_out]
    assert 0.4 < len(held) / len(texts) < 0.6
    assert recorded_digests()[language] == digest(texts)
    other = next(words for n in range(99) if Text(words := f"another {n}", "x").held_out)
    assert digest((*texts, Text(other, "x"))) != digest(texts)


def test_paraphrases_belong_to_questions_of_the_banks(library: Library) -> None:
    """A paraphrase of a question that is gone would never be planted."""
    known = {q.id for rubric in library.rubrics.values() for q in rubric.questions}
    for language in LANGUAGES:
        assert set(paraphrases(language)) <= known


def test_operators_name_metrics_there_are() -> None:
    """Every operator's metrics, and every aim, are among those that are measured."""
    for operator in OPERATORS.values():
        assert set(operator.sees) | set(operator.moves) <= set(ORDER)
        assert not set(operator.sees) & set(operator.moves)
    for aim in aims():
        assert aim.metric in OPERATORS[aim.operator].sees
    assert not set(CHANGES) & set(OPERATORS)
    assert set(JUDGED) <= set(OPERATORS)


@pytest.fixture(scope="module")
def card(stocks: dict[str, list[Base]], library: Library) -> Card:
    """Return a card of a few mutants of two metrics."""
    metrics = chosen(known_metrics(library), ["grounding", "prohibited_questions"])
    scores = {
        language: tuple({m.name: m.score(base.speech) for m in metrics} for base in bases)
        for language, bases in stocks.items()
    }
    lines = {
        language: tuple(dump(base.transcript) for base in bases)
        for language, bases in stocks.items()
    }
    names = ("number_swap", "illegal_direct", "whitespace", "permitted")
    order = Order(lines, scores, names, 12, 0)
    tally = Tally()
    for trials in tried_here(order, metrics):
        tally.add(trials)
    document = {
        "schema": "interviewer.validity/1", "mutants": 12, "seed": 0,
        "bases": {"en": {"interviews": 2, "left_out": 0, "source": "simulated"}},
        "metrics": {metric.name: metric.version for metric in metrics},
        "operators": tally.to_json(names), "external": {},
        "originals": {m.name: {"turns_flagged": {"hits": 0, "n": 9, "share": 0.0, "ci95": [0, 1]}}
                      for m in metrics},
    }  # fmt: skip
    return card_in(json.dumps(document), "here")


def test_a_card_says_what_was_seen_of_what_was_planted(card: Card) -> None:
    """Each metric has the operators it must see; equivalent mutants are alarms or nothing."""
    rows = {(row.metric, row.operator): row for row in card.rows()}
    assert set(rows) == {("grounding", "number_swap"), ("prohibited_questions", "illegal_direct")}
    swapped = rows["grounding", "number_swap"]
    assert swapped.paired["n"] == 12
    assert swapped.paired["hits"] >= 6
    assert swapped.held_out is None
    assert rows["prohibited_questions", "illegal_direct"].held_out is not None
    assert card.alarms("grounding")["equivalent"]["n"] == 12
    assert card.alarms("prohibited_questions")["equivalent"]["n"] == 24
    assert set(ALARMS) < set(OPERATORS)


def test_a_card_says_when_it_is_out_of_date(card: Card) -> None:
    """A metric of another version was not measured, nor one the card does not know."""
    versions = dict(card.document["metrics"])
    assert card.outdated(versions) == ()
    newer = {**versions, "grounding": "999", "charm": "1"}
    assert card.outdated(newer) == ("grounding", "charm")
    assert "out of date for grounding, charm" in told_of(card, newer)
    assert "out of date" not in card_markdown(card, versions)
    assert "| grounding | number_swap |" in card_markdown(card, versions)


def test_a_metric_measured_on_other_interviews_is_told_apart(card: Card) -> None:
    """What the card had of it goes, the rest stays, and that is said; another seed is refused."""
    card = Card({**card.document, "held_out_sha256": {}})
    own = {name: 1 for name in card.document["bases"]}
    later = json.loads(json.dumps(card.document)) | {
        "bases": own, "metrics": {"grounding": "99"},
        "operators": {}, "originals": {}, "external": {},
    }  # fmt: skip
    both = merged(card, Card(later))
    assert (
        next(row.metric for row in both.rows(["grounding", "prohibited_questions"]))
        == "prohibited_questions"
    )
    assert both.document["metrics"]["grounding"] == "99"
    assert "Measured apart, on later interviews: grounding." in told_of(both, {"grounding": "99"})
    assert "apart" not in told_of(
        both, {"prohibited_questions": both.document["metrics"]["prohibited_questions"]}
    )
    with pytest.raises(InputError, match="seed differs"):
        merged(card, Card(later | {"seed": -1}))


def test_an_aim_is_reached_by_the_lower_bound(card: Card) -> None:
    """A dozen mutants, all found, do not show 95 %."""
    (sentence, *_) = short_of_aims(card, ["grounding"])
    assert sentence.startswith("grounding on number_swap:")
    assert share_interval(12, 12)[0] < 0.95 < share_interval(73, 73)[0]


def test_the_card_that_comes_with_the_program_is_of_these_metrics(library: Library) -> None:
    """Whoever changes a metric's version makes the card anew."""
    versions = {metric.name: metric.version for metric in known_metrics(library)}
    assert committed_card().outdated({name: versions[name] for name in ORDER}) == ()
    assert committed_card().document["held_out_sha256"] == dict(recorded_digests())
    assert len(card_markdown(committed_card(), versions).splitlines()) > 30


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "interviewer.evaluation/1"}'])
def test_what_is_no_card_is_refused(text: str) -> None:
    """The message says where a card comes from."""
    with pytest.raises(InputError, match="evaluate validate"):
        card_in(text, "here")


def test_an_operator_that_can_change_nothing_is_not_scored() -> None:
    """No mutants, no number."""
    chat = with_numbers(Transcript("c", turns=(Turn(None, "assistant", "Good morning"),)))
    stock = Stock("en", (Base(chat),), ({},))
    assert stock.trial(OPERATORS["number_swap"], 0, 0, ()) is None
    assert Tally().to_json(["number_swap"])["number_swap"] == {
        "made": 0, "equivalent": False, "unscored": "No interview has what it changes.",
    }  # fmt: skip


def test_a_base_is_an_interview_in_which_nothing_is_wrong(stocks: dict[str, list[Base]]) -> None:
    """A metric without a value has nothing against it; one that found something has."""
    gate = conditions(BASE_GATE, ORDER)
    good = {"grounding": Score(1.0), "role_breaks": Score(None, "why")}
    assert passes(Scored("here", "id", good), gate)
    assert not passes(Scored("here", "id", {**good, "role_breaks": Score(2.0)}), gate)
    assert isinstance(stocks["en"][0].speech, Speech)


def test_labelled_replies_are_told_by_their_columns(tmp_path: Path) -> None:
    """BEGIN and Q2 as they come; other tables are left alone; a folder without any is refused."""
    said = "The hall seats ninety people."
    (tmp_path / "b.tsv").write_text(
        "begin_label\tresponse\tknowledge\n"
        f"Fully attributable\tNinety people have a seat in the hall.\t{said}\n"
        f"Not fully attributable\tA river runs through Kent.\t{said}\nGeneric\tHello.\t{said}\n",
        encoding="utf-8",
    )
    (tmp_path / "q.csv").write_text(
        f"knowledge,m_response,m_label\n{said},The hall seats ninety people.,0\n{said},No.,1\n",
        encoding="utf-8",
    )
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    found = dict(labelled_sets(tmp_path))
    assert {name: len(rows) for name, rows in found.items()} == {"b.tsv": 2, "q.csv": 2}
    assert area(found["b.tsv"]) == 1.0
    assert area([Labelled(True, "x", "x")]) is None
    with pytest.raises(InputError, match="labelled replies"):
        list(labelled_sets(tmp_path / "none"))
    (tmp_path / "b.tsv").write_bytes(b"begin_label\tresponse\tknowledge\n\xff")
    with pytest.raises(InputError, match="cannot be read"):
        list(labelled_sets(tmp_path))


def test_marks_given_to_other_things_agree_by_chance_only() -> None:
    """Permuted marks have a kappa near 0, shifted ones less than 1; a few marks tell nothing."""
    marks = [
        [Mark(Thing(f"t{n}", seq, "x"), "people", 1.0 + (n * 7 + seq * 3) % 5, f"t{n}")
         for seq in range(20)]
        for n in range(8)
    ]  # fmt: skip
    permuted = agreements("score_permute", {"en": marks}, 60, 1)
    assert len(permuted) == 60
    assert abs(sum(entry.kappa for entry in permuted) / 60) < 0.05
    assert max(entry.kappa for entry in permuted) < 0.5
    told = agreements_to_json(agreements("score_shift", {"en": marks}, 10, 1))
    assert told["made"] == 10
    assert 0.3 < told["kappa"]["highest"] < 1  # type: ignore[index]  # of a JSON document
    assert "unscored" in agreements_to_json(
        agreements("score_shift", {"en": [marks[0][:9]]}, 3, 1)
    )
