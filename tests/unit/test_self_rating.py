"""The candidate's own levels: what there is to rate, and what is said of them in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from interviewer.assessment import (
    Afterwards,
    Assessment,
    assess,
    assessment_to_json,
    report_html,
    report_markdown,
)
from interviewer.assessment.self_rating import (
    ToRate,
    compared,
    distance,
    rating_in,
    self_rating,
    to_rate,
    way_of,
)
from interviewer.content.library import Library
from interviewer.content.rubric import Scale
from interviewer.errors import InputError
from interviewer.interview.annotations import Annotation
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.redo import Redo, as_redo
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import STORY, begun, talk, whole


@pytest.fixture(scope="module")
def told(make_plan: PlanMaker) -> Transcript:
    """Return an interview with a scored answer and one that says nothing."""
    return talk(make_plan("brightwell"), {("hr", 2): [STORY], ("hr", 3): [""]})


def names(assessment: Assessment) -> dict[str, str]:
    """Return whether each competency with a level of one's own was over, under or near."""
    return {
        entry.id: entry.own.side
        for part in assessment.rounds
        for entry in part.competencies
        if entry.own
    }


def test_what_was_asked_can_be_rated_once(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """Each competency that was asked about is there once, with every anchor, in both languages."""
    for company in ("brightwell", "chengyuan"):
        transcript = whole(make_plan, voice, company)
        asked = to_rate(transcript, library)
        language = transcript.interview.language
        assert language is not None
        assert len({entry.id for entry in asked}) == len(asked) > 8
        reported = {
            entry.id
            for part in assess(transcript, library).rounds
            for entry in part.competencies
            if entry.answers
        }
        assert {entry.id for entry in asked} == reported
        for entry in asked:
            rubric = library.rubrics[entry.id]
            assert (entry.name, entry.levels[0]) == (rubric.name[language], rubric.scale.min)
            assert dict(entry.anchors) == {n: text[language] for n, text in rubric.anchors.items()}


def test_nothing_asked_leaves_nothing_to_rate(
    make_plan: PlanMaker, told: Transcript, library: Library
) -> None:
    """Before the first answer, without the rubric, and in an answer given again there is none."""
    assert to_rate(begun(make_plan("brightwell")), library) == ()
    assert to_rate(told, replace(library, rubrics={})) == ()
    assert to_rate(as_redo(told, Redo("s", "hr.x")), library) == ()


def test_a_level_without_an_anchor_has_its_neighbours() -> None:
    """On a scale with few anchors a level between two of them is told by both."""
    anchors = ((1, "low"), (4, "middle"), (7, "high"))
    entry = ToRate("x", "X", "", Scale(id="uk7", min=1, max=7), anchors)
    assert entry.levels == (1, 2, 3, 4, 5, 6, 7)
    assert entry.near(4) == ((4, "middle"),)
    assert entry.near(5) == ((4, "middle"), (7, "high"))
    assert replace(entry, anchors=anchors[:1]).near(5) == ((1, "low"),)


def test_only_what_was_asked_is_taken(told: Transcript, library: Library) -> None:
    """A level beyond the scale or of another competency is refused; nothing chosen is a skip."""
    asked = to_rate(told, library)
    first = asked[0].id
    assert self_rating({first: 4}, asked).body == {"levels": {first: 4}}
    for wrong in ({first: 6}, {first: 0}, {"nothing": 3}):
        with pytest.raises(InputError, match="There is no level"):
            self_rating(wrong, asked)
    skipped = self_rating({}, asked)
    assert rating_in([skipped]) == {}
    assert rating_in([]) is None


def test_the_first_rating_counts() -> None:
    """What is said after the report was seen changes nothing, nor does what is no level."""
    said = [
        Annotation("dispute", "hr/x"),
        Annotation("self_rating", "interview", {"levels": {"x": 4, "y": True, "z": "5"}}),
        Annotation("self_rating", "interview", {"levels": {"x": 1}}),
    ]
    assert rating_in(said) == {"x": 4.0}
    assert rating_in([Annotation("self_rating", "interview", {"levels": 3})]) == {}


@pytest.mark.parametrize(
    ("own", "level", "gap", "side"),
    [
        (4, 3.0, 1.0, "over"), (4, 3.1, 0.9, "near"), (2, 3.0, -1.0, "under"),
        (3, 3.9, -0.9, "near"), (3, None, None, "not_scored"),
    ],
    ids=["over", "nearly_over", "under", "nearly_under", "not_scored"],
)  # fmt: skip
def test_a_whole_level_is_a_difference(
    own: float, level: float | None, gap: float | None, side: str
) -> None:
    """One level or more is over or under; what was not scored is compared with nothing."""
    found = compared(own, level)
    assert (found.level, found.gap, found.side) == (own, gap, side)


def test_own_levels_stand_beside_the_assessed_ones(told: Transcript, library: Library) -> None:
    """In page, text and JSON, in plain words; levels are what they are without any of it."""
    before = assess(told, library)
    scored, silent = (entry for entry in before.rounds[0].competencies if entry.answers)
    level = scored.score.level
    assert level is not None
    assert silent.score.level is None
    said = [Annotation("self_rating", "interview", {"levels": {scored.id: 5, silent.id: 3}})]
    after = assess(told, library, after=Afterwards(tuple(said)))
    assert names(after) == {scored.id: "over", silent.id: "not_scored"}
    assert [c.score for c in after.rounds[0].competencies] == [
        c.score for c in before.rounds[0].competencies
    ]
    document = assessment_to_json(after)
    gap = round(5 - level, 1)
    assert document["self_rating"] == {"compared": 1, "over": 1, "under": 0, "distance": gap}
    assert assessment_to_json(before)["self_rating"] is None
    for text in (report_html(after, told), report_markdown(after, told)):
        assert "You rated yourself 5:" in text
        assert f"{gap:g} above what these answers showed" in text
        assert "nothing to compare it with" in text
        assert "How you saw yourself" in text
        assert "above what your answers showed: 1;" in text
        assert "You rated yourself" not in report_html(before, told)


def test_a_near_rating_is_told_as_near(told: Transcript, library: Library) -> None:
    """Where no difference is a level, the report says so; a skipped rating leaves it as it was."""
    plain = assess(told, library)
    (scored,) = (entry for entry in plain.rounds[0].competencies if entry.score.level)
    assert scored.score.level is not None
    levels = {scored.id: round(scored.score.level)}
    near = assess(
        told, library, after=Afterwards((Annotation("self_rating", "", {"levels": levels}),))
    )
    assert names(near) == {scored.id: "near"}
    assert "None is a level or more" in report_html(near, told)
    skipped = Afterwards((Annotation("self_rating", "", {"levels": {}}),))
    assert assess(told, library, after=skipped) == plain
    assert distance(plain) is None


@pytest.mark.parametrize(
    ("distances", "way"),
    [
        ([], None), ([1.0], None), ([1.0, None], None),
        ([2.0, None, 1.0], "shrinks"), ([1.0, 2.0], "grows"), ([1.0, 1.2], "stays"),
        ([2.0, 1.5, 5.0, 1.0, 0.5], "shrinks"),
    ],
    ids=["none", "one", "one_known", "shrinks", "grows", "stays", "halves"],
)  # fmt: skip
def test_whether_it_shrinks_is_told_over_several_interviews(
    distances: Sequence[float | None], way: str | None
) -> None:
    """The earlier half is held against the later one; one interview alone has no way."""
    assert way_of(distances) == way
