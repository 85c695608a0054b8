"""The overview: bars and radar show a level only where there is one."""

from __future__ import annotations

import dataclasses
import math
import re

import pytest

from interviewer.assessment import Assessment, assess, report_html, report_markdown
from interviewer.assessment.overview import BAR, overview_of
from interviewer.assessment.radar import HEIGHT, RADIUS, WIDTH, Axis, radar, share
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import COMPANIES, STORY, talk, whole


def axes(*levels: float | None, before: float | None = None) -> list[Axis]:
    """Return axes with these levels, three asked for on each."""
    return [Axis(f"Axis {n}", level, 3, before) for n, level in enumerate(levels)]


def far(point: tuple[float, float]) -> float:
    """Return how far a point is from the middle, as a share of the whole way."""
    return math.dist(point, (WIDTH / 2, HEIGHT / 2)) / RADIUS


@pytest.fixture(scope="module")
def interview(make_plan: PlanMaker, voice: BuiltinVoice) -> Transcript:
    """Return an interview held to its end."""
    return whole(make_plan, voice, "brightwell")


@pytest.fixture(scope="module")
def report(interview: Transcript, library: Library) -> Assessment:
    """Return the report on it."""
    return assess(interview, library)


def test_two_axes_or_none_scored_make_no_radar() -> None:
    """A line of two points encloses nothing, and without a level there is nothing to draw."""
    assert radar(axes(3, 4)) is None
    assert radar(axes(None, None, None)) is None
    assert radar(axes(3, 4, 5)) is not None


def test_a_level_stands_where_its_scale_puts_it() -> None:
    """The highest level is at the rim, the lowest not in the middle, whatever the scale."""
    drawn = radar(axes(1, 3, 5, 2))
    assert drawn is not None
    assert [round(far(point), 2) for point in drawn.level.points] == [0.2, 0.6, 1.0, 0.4]
    assert drawn.level.whole
    assert drawn.level.path.endswith("Z")
    assert len(drawn.rings) == 5
    seven = radar([Axis("a", 4, None, None, 0, 7)] * 3)
    assert seven is not None
    assert len(seven.rings) == 8
    assert {round(far(point), 3) for point in seven.level.points} == {0.625}
    assert seven.required.points == ()
    assert share(9, 1, 5) == 1.0


def test_what_is_not_scored_leaves_a_gap() -> None:
    """No line leads to or over an axis without a level, and no point stands on it."""
    drawn = radar(axes(2, None, 4, 4, 4))
    assert drawn is not None
    assert len(drawn.level.points) == 4
    assert not drawn.level.whole
    assert "Z" not in drawn.level.path
    assert drawn.level.path.count("M") == 3
    gap = drawn.spokes[1]
    middle = WIDTH / 2, HEIGHT / 2
    for start, end in re.findall(r"M([\d.,]+)L([\d.,]+)", drawn.level.path):
        a, b = (tuple(map(float, text.split(","))) for text in (start, end))
        assert {round(far((a[0], a[1])), 1), round(far((b[0], b[1])), 1)} <= {0.4, 0.8}
        assert _crosses(a, b, middle, gap) is False
    assert [label.scored for label in drawn.labels] == [True, False, True, True, True]
    alone = radar(axes(3, None, None, None))
    assert alone is not None
    assert alone.level.path == ""
    assert len(alone.level.points) == 1


def _crosses(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...],
             d: tuple[float, ...]) -> bool:  # fmt: skip
    def side(p: tuple[float, ...], q: tuple[float, ...], r: tuple[float, ...]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < -1e-6 and side(c, d, a) * side(c, d, b) < -1e-6


@pytest.mark.parametrize("count", range(3, 13))
def test_names_stay_on_the_drawing(count: int) -> None:
    """Every line of every name fits into the drawing, in both languages, above, below, beside."""
    for name, width in (
        ("Motivation and knowledge of the employer", 6.6),
        ("求职动机与了解", 12.5),
    ):
        drawn = radar([Axis(name, 3)] * count)
        assert drawn is not None
        for label in drawn.labels:
            for y, line in label.lines:
                long = len(line) * width
                start = {"start": 0, "middle": long / 2, "end": long}[label.anchor]
                assert label.x - start >= 0
                assert label.x - start + long <= WIDTH
                assert 8 < y < HEIGHT
    nameless = radar([Axis("", 3)] * 3)
    assert nameless is not None
    assert nameless.labels[0].lines[0][1] == ""


def test_bars_show_level_and_requirement(report: Assessment) -> None:
    """Each competency has a bar; a level fills it, without one it is empty and has a reason."""
    parts = overview_of(report)
    bars = [bar for part in parts for bar in part.bars]
    entries = [entry for part in report.rounds for entry in part.competencies]
    assert [bar.axis.name for bar in bars] == [entry.name for entry in entries]
    assert {bar.filled is None for bar in bars} == {True, False}
    for bar, entry in zip(bars, entries, strict=True):
        assert (bar.filled is None) == (entry.score.level is None) == bool(bar.reason)
        assert bar.before is None
        if entry.score.level is not None:
            assert bar.filled == round(BAR * entry.score.level / 5, 1)
        assert bar.required == round(BAR * (entry.required or 0) / 5, 1)
    assert all(part.radar for part in parts)


def test_last_time_is_drawn_beside_this_time(report: Assessment, interview: Transcript) -> None:
    """With an earlier report its levels are told in bars, radar, page and Markdown."""
    first = report.rounds[0].competencies
    lower = dataclasses.replace(first[0], score=dataclasses.replace(first[0].score, level=1.3))
    earlier = dataclasses.replace(
        report,
        rounds=(dataclasses.replace(report.rounds[0], competencies=(lower, *first[1:])),),
    )
    part, *others = overview_of(report, earlier)
    assert part.bars[0].axis.before == 1.3
    assert part.bars[0].before == round(BAR * 1.3 / 5, 1)
    assert part.radar is not None
    assert len(part.radar.before.points) == len(part.bars)
    assert all(bar.before is None for other in others for bar in other.bars)
    said = words_for("en").overview
    for drawn in (report_html, report_markdown):
        alone, beside = drawn(report, interview), drawn(report, interview, earlier)
        assert said["before"] not in alone
        assert said["before"] in beside
        assert "1.3" in beside
    assert "last time 1.3" in report_html(report, interview, earlier)


@pytest.mark.parametrize("company", COMPANIES)
def test_the_radar_is_told_in_words(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, company: str
) -> None:
    """Whoever does not see the drawing hears every name with its level or that there is none."""
    transcript = whole(make_plan, voice, company)
    found = assess(transcript, library)
    page = report_html(found, transcript)
    told = re.findall(r'<desc id="(report-radar-told-\d)">(.*?)</desc>', page)
    assert len(told) == len(found.rounds)
    for (name, text), part in zip(told, found.rounds, strict=True):
        assert f'aria-labelledby="report-radar-{name[-1]} {name}"' in page
        for entry in part.competencies:
            level = entry.score.level
            shown = found.words.labels["not_scored"] if level is None else f"{level:g}"
            assert found.words.overview["axis"].format(name=entry.name, level=shown) in text


def test_not_scored_is_hatched_and_never_filled(library: Library, make_plan: PlanMaker) -> None:
    """In the page an unscored competency has a hatched bar, the words and the reason."""
    transcript = talk(make_plan(), {("hr", 0): [STORY]})
    found = assess(transcript, library)
    page = report_html(found, transcript)
    rows = re.findall(r'<tr class="(report-(?:un)?scored)">(.*?)</tr>', page, re.DOTALL)
    assert {kind for kind, _ in rows} == {"report-unscored", "report-scored"}
    for kind, row in rows:
        assert ("bar-hatch" in row) == (kind == "report-unscored")
        assert ("bar-level" in row) == (kind == "report-scored")
        assert ("not scored" in row) == (kind == "report-unscored")
        assert ("report-reason" in row) == (kind == "report-unscored")


def test_without_a_rubric_nothing_is_asked_for(interview: Transcript, library: Library) -> None:
    """A competency whose rubric is gone has no tick, and the words name no level asked for."""
    parts = overview_of(assess(interview, dataclasses.replace(library, rubrics={})))
    assert all(bar.required is None for part in parts for bar in part.bars)
    assert not any("asked for" in text for part in parts for text in part.told)


def test_the_head_names_the_format(report: Assessment, interview: Transcript) -> None:
    """Employer, post, date and format head the report; a format that is gone is left out."""
    assert report.format == "Company, three rounds"
    head = report_html(report, interview).split("</header>")[0]
    assert "Brightwell Logistics · Data engineer · " in head
    assert " · Company, three rounds</p>" in head


def test_a_format_that_is_gone_has_no_name(interview: Transcript, library: Library) -> None:
    """A report does not need the file of the format the interview was held in."""
    without = dataclasses.replace(library, formats={})
    assert assess(interview, without).format == ""
