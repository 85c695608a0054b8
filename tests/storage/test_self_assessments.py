import asyncio
from collections.abc import Callable

import pytest

from interviewer.errors import InputError
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Transcript

CALM = SelfAssessment(strengths="Calm when a belt stops. 沉着", life_goals="half \ud83d")


def test_what_a_candidate_says_is_given_back(store: SqlSessionStore) -> None:
    """Each person has their own, value for value; the last replaces the one before."""
    assert asyncio.run(store.self_assessment()) == SelfAssessment()
    asyncio.run(store.save_self_assessment(SelfAssessment(abilities="x")))
    asyncio.run(store.save_self_assessment(CALM))
    asyncio.run(store.save_self_assessment(SelfAssessment(abilities="y"), owner="Ann"))
    assert asyncio.run(store.self_assessment()) == CALM
    assert asyncio.run(store.self_assessment(owner="Ann")).abilities == "y"
    assert asyncio.run(store.self_assessment(owner="Ben")).is_empty


def test_a_browser_sees_only_its_own(store: SqlSessionStore) -> None:
    """Two browsers and the terminal of one candidate do not read each other's."""
    asyncio.run(store.save_self_assessment(CALM))
    asyncio.run(store.save_self_assessment(SelfAssessment(abilities="one"), visitor="d1"))
    assert asyncio.run(store.self_assessment(visitor="d1")).abilities == "one"
    assert asyncio.run(store.self_assessment(visitor="d2")).is_empty
    assert asyncio.run(store.self_assessment()) == CALM
    assert len(asyncio.run(store.self_assessments("me"))) == 2


def test_an_empty_one_is_not_kept(store: SqlSessionStore) -> None:
    """Saving nothing removes what was there, and enters no person."""
    asyncio.run(store.save_self_assessment(CALM))
    asyncio.run(store.save_self_assessment(SelfAssessment()))
    assert asyncio.run(store.self_assessments("me")) == ()
    asyncio.run(store.save_self_assessment(SelfAssessment(), owner="Ann"))
    with pytest.raises(InputError, match="'Ann'"):
        asyncio.run(store.self_assessments("Ann"))


def test_a_forgotten_candidates_words_are_gone(
    store: SqlSessionStore, holds: Callable[[str], bool], kind: str
) -> None:
    """They go with the person, are counted, and leave the database; others keep theirs."""
    asyncio.run(store.create(Transcript(id="s"), owner="Ann"))
    asyncio.run(store.save_self_assessment(SelfAssessment(interests="zanzibar"), owner="Ann"))
    asyncio.run(store.save_self_assessment(CALM))
    assert holds("zanzibar")
    gone = asyncio.run(store.forget("Ann"))
    assert (gone.people, gone.sessions, gone.self_assessments) == (1, 1, 1)
    assert gone.erased == (kind == "sqlite")
    assert not holds("zanzibar")
    assert asyncio.run(store.self_assessment()) == CALM
