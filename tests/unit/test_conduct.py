"""How an interview is held: manner, difficulty, practice or examination."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.form import read_document
from interviewer.content.library import Library
from interviewer.content.manner import MANNERS, OWN, PLAIN, Manners
from interviewer.errors import ContentError, InputError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.conduct import conduct_of
from interviewer.interview.difficulty import DIFFICULTIES, difficulty_of
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_from_json, plan_hash, plan_to_json
from interviewer.interview.session import Rehearsals
from interviewer.transcript import Transcript
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers

every_manner = pytest.mark.parametrize("manner", MANNERS)
_LANGUAGE = {"brightwell": "en", "chengyuan": "zh"}
both = pytest.mark.parametrize("company", sorted(_LANGUAGE))


def _held(voice: BuiltinVoice, plan: Plan, answers: list[str]) -> Transcript:
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    return held(rehearsals, plan, answers)


def _moves(transcript: Transcript) -> list[object]:
    return [turn.move for turn in transcript.turns if turn.move]


def _words(transcript: Transcript) -> int:
    return sum(len(turn.content) for turn in transcript.turns if turn.by_examiner)


def _answers(company: str) -> list[str]:
    """Return answers enough for a whole interview, no two alike."""
    given = [answer for answer in try_answers(company) if answer.strip()]
    return [f"{answer} {n + 1}." for n in range(4) for answer in given]


def test_a_manner_is_said_for_all_or_by_round(library: Library) -> None:
    """One word is for every examiner; a round or a persona may be named, the later word counts."""
    peer = library.formats["company_peer"]
    assert conduct_of(peer).manners == {}
    assert conduct_of(peer, manner="brisk").manners == dict.fromkeys(
        ("hr", "technical", "boss"), "brisk"
    )
    said = conduct_of(peer, manner=" brisk, boss=silent , peer=warm").manners
    assert said == {"hr": "brisk", "technical": "warm", "boss": "silent"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"manner": "rude"}, r"no manner `rude`\. Choose one of: warm, brisk, sceptical, silent"),
        ({"manner": "boss="}, "no manner ``"),
        ({"manner": "chef=warm"}, r"`chef=warm` names no round .* are: hr, technical, boss"),
        ({"difficulty": "brutal"}, r"no difficulty `brutal`\. Choose one of: easy, medium, hard"),
    ],
)
def test_what_is_not_known_is_refused(library: Library, more: dict[str, str], says: str) -> None:
    """A manner, a round or a difficulty that is not there is refused with those that are."""
    with pytest.raises(InputError, match=says):
        conduct_of(library.formats["company"], **more)  # type: ignore[arg-type]  # names by test


@every_manner
@both
def test_a_manner_changes_nothing_that_is_asked(
    make_plan: PlanMaker, voice: BuiltinVoice, company: str, manner: str
) -> None:
    """The same items are planned, and the same answers lead to the same moves."""
    own, other = make_plan(company), make_plan(company, manner=manner)
    assert [part.items for part in other.rounds] == [part.items for part in own.rounds]
    assert [part.offer for part in other.rounds] == [part.offer for part in own.rounds]
    assert {part.manner for part in other.rounds} == {manner}
    answers = _answers(company)
    assert _moves(_held(voice, other, answers)) == _moves(_held(voice, own, answers))


@both
def test_manners_are_heard(make_plan: PlanMaker, voice: BuiltinVoice, company: str) -> None:
    """Silent says least, warm most; each manner but the silent one has words of its own."""
    answers = _answers(company)
    spoken = {m: _held(voice, make_plan(company, manner=m), answers) for m in ("", *MANNERS)}
    assert _words(spoken["silent"]) < _words(spoken["brisk"]) < _words(spoken["warm"])
    assert _words(spoken["brisk"]) < _words(spoken[""]) < _words(spoken["warm"])
    for manner, transcript in spoken.items():
        said = "\n".join(turn.content for turn in transcript.turns if turn.by_examiner)
        own = [
            variant
            for (_, tongue), book in voice.books.items()
            if tongue == _LANGUAGE[company]
            for variant in book.phrases.get(f"manner.{manner}", ())
        ]
        if manner in ("", "silent"):
            assert not own
        else:
            assert any(variant in said for variant in own), manner


def test_the_silent_one_thanks_for_nothing(make_plan: PlanMaker, voice: BuiltinVoice) -> None:
    """No acknowledgement of any kind is said in the silent manner."""
    plan = make_plan(manner="silent")
    transcript = _held(voice, plan, _answers("brightwell"))
    for turn in transcript.turns:
        if turn.by_examiner and turn.move and turn.move.kind == "ask":
            book = voice.books[str(turn.name), "en"]
            assert not turn.content.startswith(tuple(book.variants("ack.plain"))), turn.content


def test_patience_goes_with_manner_and_difficulty(make_plan: PlanMaker) -> None:
    """Warm waits longest, brisk goes on soonest; hard repeats once at most, easy once more."""

    def again(**more: str) -> set[int]:
        return {part.put_again for part in make_plan(**more).rounds}

    assert again() == {2}
    assert again(manner="warm") == {3}
    assert again(manner="brisk") == {1}
    assert again(difficulty="easy") == {3}
    assert again(manner="warm", difficulty="easy") == {4}
    assert again(manner="warm", difficulty="hard") == {1}
    for manner in ("", *MANNERS):
        for difficulty in DIFFICULTIES:
            plan = make_plan(manner=manner, difficulty=difficulty)
            assert all(part.silences > part.put_again for part in plan.rounds)


@pytest.mark.parametrize(("manner", "times"), [("brisk", 1), ("", 1), ("warm", 2)])
def test_a_patient_examiner_puts_a_question_more_often(
    make_plan: PlanMaker, voice: BuiltinVoice, manner: str, times: int
) -> None:
    """To somebody who says nothing the first question is put again as often as the manner has."""
    transcript = _held(voice, make_plan(manner=manner), [])
    first = next(turn.move.item for turn in transcript.turns if turn.move and turn.move.item)
    put = [m for m in _moves(transcript) if m.kind == "bridge" and m.item == first]  # type: ignore[attr-defined]  # a move's record
    assert len(put) == times


def test_ladders_start_by_difficulty(make_plan: PlanMaker) -> None:
    """Easy begins a step lower and hard a step higher, within the ladder."""

    def starts(difficulty: str) -> list[int]:
        plan = make_plan(difficulty=difficulty)
        items = [item for part in plan.rounds for item in part.items if item.step == "knowledge"]
        assert all(item.text == item.question_at(item.start, 0) for item in items if item.rungs)
        return [item.start for item in items if item.rungs]

    usual = starts("medium")
    assert usual
    assert starts("hard") == [start + 1 for start in usual]
    assert starts("easy") == [max(start - 1, 0) for start in usual]


def test_an_easy_interview_probes_once_a_question(
    make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """However little is said, no question gets a second probe; in the usual way some do."""
    answers = [f"We did that together as a team, number {n}." for n in range(90)]

    def most(difficulty: str) -> int:
        transcript = _held(voice, make_plan(difficulty=difficulty), answers)
        kinds = "".join("p" if m.kind == "probe" else " " for m in _moves(transcript))  # type: ignore[attr-defined]  # a move's record
        return max(map(len, kinds.split()))  # a ladder's next step is another question

    assert most("easy") == 1
    assert most("medium") == 2


def test_an_unknown_difficulty_is_the_usual_one() -> None:
    """A transcript of another program's difficulty can be gone on with."""
    assert difficulty_of("brutal") == difficulty_of("medium")
    assert [difficulty_of(name).firmness for name in DIFFICULTIES] == [-1, 0, 1]


def test_a_plan_keeps_how_it_is_held(make_plan: PlanMaker) -> None:
    """Manner, patience, difficulty and examination come back from a transcript as they were."""
    plan = make_plan(manner="boss=silent,hr=warm", difficulty="hard", practice=False)
    again = plan_from_json(plan_to_json(plan), plan.passages)
    assert again == plan
    assert [part.manner for part in again.rounds] == ["warm", "", "silent"]
    assert (again.difficulty, again.practice) == ("hard", False)
    assert plan_hash(plan) != plan_hash(make_plan())


def test_every_manner_that_can_be_chosen_is_described(library: Library) -> None:
    """The file has each manner, unlike the persona's own; a name that is not there means own."""
    assert all(library.manners.of(name) != OWN for name in MANNERS)
    assert library.manners.of("") == library.manners.of("own") == OWN
    assert all(PLAIN.of(name) == OWN for name in MANNERS)


def test_a_manner_that_never_moves_on_is_refused(tmp_path: Path) -> None:
    """Patience without end is a fault of the file."""
    path = tmp_path / "manners.toml"
    tables = "".join(f"[{name}]\nput_again = 3\nsilences = 3\n" for name in MANNERS)
    path.write_text(f"schema = 1\n{tables}", encoding="utf-8")
    with pytest.raises(ContentError, match="silences must exceed put_again"):
        read_document(path, Manners)
