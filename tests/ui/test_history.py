"""What the pages know of a visitor's earlier interviews, without a browser."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.assessment import Assessment
from interviewer.assessment.progress.series import series_in
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from interviewer.ui import history
from interviewer.ui.desk import open_desk
from interviewer.ui.history import History
from interviewer.ui.pages.line import line_of
from interviewer.ui.words import day, words_for
from interviewer.wiring import Settings
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import whole
from tests.unit.test_progress_carried import answer, days, sitting


def kept(
    tmp_path: Path, library: Library, made: list[tuple[str, Transcript]]
) -> tuple[History, SqlSessionStore]:
    """Keep interviews, each of a visitor."""
    store = SqlSessionStore(open_engine(tmp_path / "i.sqlite3"))
    for visitor, transcript in made:
        asyncio.run(store.create(transcript, visitor=visitor))
    return History(store, lambda: library), store


def on(day: int, of: Transcript, name: str) -> Transcript:
    """Return an interview under a name, settled on a day."""
    settled = replace(of.interview, created=f"2026-11-0{day}T10:00:00Z")
    return replace(of, id=name, interview=settled)


def test_nothing_of_one_visitor_is_in_anothers_history(
    tmp_path: Path, library: Library, make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """Progress, last time and what to start from come from a visitor's own interviews alone."""
    held = whole(make_plan, voice, "brightwell")
    seen, store = kept(
        tmp_path, library, [("ann", on(1, held, "a1")), ("ann", on(2, held, "a2")),
                            ("bob", on(3, held, "b1"))],
    )  # fmt: skip
    found = asyncio.run(seen.overview("ann"))
    assert [sitting.session for sitting in found.sittings] == ["a1", "a2"]
    assert asyncio.run(seen.overview("")).sittings == ()
    last = asyncio.run(seen.last_for("ann", "brightwell", "data-engineer"))
    assert last is not None
    assert last.session == "a2"
    assert asyncio.run(seen.last_for("ann", "brightwell", "transport-planner")) is None
    assert asyncio.run(seen.last_for("cat", "brightwell", "data-engineer")) is None
    before = asyncio.run(seen.last_before("ann", on(2, held, "a2")))
    assert before is not None
    assert before.id == "a1"
    assert asyncio.run(seen.last_before("ann", on(1, held, "a1"))) is None
    assert asyncio.run(seen.last_before("bob", on(3, held, "b1"))) is None
    store.close()


def test_an_interview_is_assessed_once_and_gone_when_deleted(
    tmp_path: Path,
    library: Library,
    make_plan: PlanMaker,
    voice: BuiltinVoice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second look assesses nothing anew; what was deleted is not there, and few are kept."""
    held = whole(make_plan, voice, "brightwell")
    names = ("a1", "a2", "a3")
    made = [("ann", on(day, held, name)) for day, name in enumerate(names, start=1)]
    seen, store = kept(tmp_path, library, made)
    counted: list[str] = []
    real = history.assess

    def counting(transcript: Transcript, content: Library) -> object:
        counted.append(transcript.id)
        return real(transcript, content)

    monkeypatch.setattr(history, "assess", counting)
    monkeypatch.setattr(history, "MOST_KEPT", 2)
    asyncio.run(seen.overview("ann"))
    asyncio.run(seen.last_for("ann", "brightwell", "data-engineer"))
    assert sorted(counted) == ["a1", "a2", "a3", "a3"]
    assert len(seen._kept) == 2
    asyncio.run(store.forget("a3"))
    assert [s.session for s in asyncio.run(seen.overview("ann")).sittings] == ["a1", "a2"]
    store.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_line_breaks_where_nothing_was_scored_and_says_the_same_in_words(language: str) -> None:
    """A gap has no height and ends a run; a higher level stands higher; words name every point."""
    (series,) = series_in(days(2.0, 3.0, None, 4.0, 5.0))
    line = line_of(series, words_for(language))
    heights = [dot.y for dot in line.dots]
    assert heights[2] is None
    assert len(line.runs) == 2
    known = [height for height in heights if height is not None]
    assert known == sorted(known, reverse=True)
    date = day("2026-11-03", words_for(language))
    for told in ("2.0", "5.0", date, words_for(language)["progress_gap"], "3"):
        assert told in line.told
    morning = sitting("2026-11-01T08:00:00Z", answer(2.0, required=None))
    evening = sitting("2026-11-01T20:00:00Z", answer(4.0, required=None))
    (series,) = series_in([morning, evening])
    line = line_of(series, words_for(language))
    assert (line.runs, line.required) == ((), None)
    assert words_for(language)["progress_soon"] in line.told
    (series,) = series_in([morning])
    assert len(line_of(series, words_for(language)).dots) == 1


def test_a_report_is_held_against_the_last_one_of_the_same_visitor(
    tmp_path: Path, library: Library, make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """The earlier interview's report stands beside the newer one; another's never does."""
    desk = open_desk(Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)}))
    held = whole(make_plan, voice, "brightwell")
    now = on(2, held, "a2")
    for visitor, transcript in (("ann", on(1, held, "a1")), ("ann", now)):
        asyncio.run(desk.store.create(transcript, visitor=visitor))

    def before(visitor: str | None) -> Assessment | None:
        return asyncio.run(desk.report_beside(now, visitor))[1]

    found = before("ann")
    assert found is not None
    assert found.id == "a1"
    assert before("bob") is None
    assert before(None) is None
    desk.store.close()
    desk.research.close()
