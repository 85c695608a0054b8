"""Evaluations that are kept: found again, labelled, and never a way out of their folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.evaluation.agreement.agreeing import agreement_of
from interviewer.evaluation.agreement.marks import Levels, marks_in
from interviewer.evaluation.kept.labels import (
    METRICS,
    Label,
    checked_item,
    checked_rater,
    checked_value,
    from_table,
    items_of,
    metrics_side,
    names_of,
    to_table,
    with_label,
)
from interviewer.evaluation.kept.looking import (
    AT_ONCE,
    Wanted,
    asked_about,
    candidate_of,
    findings_of,
    part_of,
    rows_of,
)
from interviewer.evaluation.kept.shelf import Shelf, kept_transcripts
from interviewer.evaluation.reports.embedding import read_again
from interviewer.evaluation.reports.marking import visible
from interviewer.interview.session import new_transcript
from interviewer.transcript import MoveRecord, Transcript, Turn
from tests.conftest import PlanMaker, clock
from tests.reports import report_files
from tests.unit.test_evaluation_reports import ATTACK, WORD, chat, made_of, written

SAID = Label("one", 1, "words.odd", "Anna", 1, "one")


def kept(folder: Path, name: str = "now", chats: Sequence[Mapping[str, object]] = ()) -> Shelf:
    """Keep an evaluation, of three transcripts unless told; return the shelf it stands on."""
    chats = chats or (
        chat("one", f"{WORD}? {ATTACK}", "No.", f"{WORD}!"),
        chat("one", "Go on.", "Yes."),
        chat("quiet", "Why?"),
    )
    files = written(folder / "runs", *chats)
    made = made_of(files)
    shelf = Shelf(folder / "evaluations")
    place = shelf.place(name)
    (place / "transcripts").mkdir(parents=True)
    entries = dict(enumerate(made.evaluation.scored, start=1))
    for file, text in kept_transcripts(read_again(entries, files)):
        (place / file).write_text(text, encoding="utf-8", errors="backslashreplace")
    for file, data in report_files(made, ["json", "md"]).items():
        (place / file).write_bytes(data)
    return shelf


def test_a_kept_run_is_found_again_with_its_transcripts(tmp_path: Path) -> None:
    """The list counts, the run has its findings in order, each transcript what was said."""
    shelf = kept(tmp_path)
    (entry,) = shelf.runs()
    assert (entry.name, entry.transcripts, entry.unreadable) == ("now", 3, 0)
    assert entry.findings == {"critical": 2, "serious": 0, "minor": 0}
    run = shelf.run("now")
    assert [(s.transcript, s.finding.seq) for s in run.found] == [(1, 1), (1, 3), (3, None)]
    assert run.better == {"words": "lower"}
    assert run.files == ("report.md", "summary.json", "findings.jsonl", "manifest.json")
    transcript = shelf.transcript("now", 1)
    assert transcript is not None
    assert transcript.turns[0].content == f"{WORD}? {ATTACK}"
    assert shelf.transcript("now", 4) is None
    assert shelf.file("now", "report.md").startswith(b"# Evaluation")
    assert shelf.run("now") is run
    with pytest.raises(InputError, match="is there already"):
        shelf.place("now")
    assert Shelf(tmp_path / "nowhere").runs() == ()


@pytest.mark.parametrize("name", ["..", "../now", "a/b", ".hidden", "", "x" * 65, "now\x00"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """A name that is no plain name is refused everywhere, before anything is opened."""
    shelf = kept(tmp_path)
    for asked in (shelf.place, shelf.run):
        with pytest.raises(InputError, match="no name of an evaluation"):
            asked(name)
    with pytest.raises(InputError, match="has no"):
        shelf.file("now", f"../{name}")


def test_a_broken_run_is_told_and_left_out_of_the_list(tmp_path: Path) -> None:
    """No run, no evaluation, findings of nothing, a broken table: a sentence each."""
    shelf = kept(tmp_path)
    folder = shelf.folder / "now"
    with pytest.raises(InputError, match="no evaluation 'then'"):
        shelf.run("then")
    (shelf.folder / "empty").mkdir()
    with pytest.raises(InputError, match="no evaluation 'empty'"):
        shelf.run("empty")
    assert [entry.name for entry in shelf.runs()] == ["now"]
    (folder / "manifest.json").unlink()
    assert shelf.runs() == ()
    assert shelf.run("now").better == {}
    (folder / "transcripts" / "2.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot be read"):
        shelf.transcript("now", 2)
    (folder / "labels-levels.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot be read"):
        shelf.labels("now", "levels")
    line = json.loads((folder / "findings.jsonl").read_text(encoding="utf-8").split("\n")[0])
    for broken, told in (
        ({**line, "transcript": 9}, "transcripts it does not know"),
        ({**line, "seq": "1"}, "cannot be read"),
        ({"seq": 1}, "cannot be read"),
    ):
        (folder / "findings.jsonl").write_text(json.dumps(broken), encoding="utf-8")
        with pytest.raises(InputError, match=told):
            Shelf(shelf.folder).run("now")
    (folder / "summary.json").write_text('{"schema": "other"}', encoding="utf-8")
    with pytest.raises(InputError, match="is no evaluation"):
        Shelf(shelf.folder).run("now")
    (folder / "summary.json").write_text("{cut", encoding="utf-8")
    with pytest.raises(InputError, match="write the evaluation anew"):
        Shelf(shelf.folder).run("now")


def test_only_a_few_runs_are_held_at_once(tmp_path: Path) -> None:
    """The fifth that is opened sends the first away; it can be opened again."""
    shelf = Shelf(tmp_path / "evaluations")
    for number in range(6):
        kept(tmp_path, f"run{number}")
        shelf.run(f"run{number}")
    assert len(shelf._open) == 4
    assert shelf.run("run0").name == "run0"


def test_a_label_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """One rater has one word on one thing; taking it back leaves others' alone."""
    shelf = kept(tmp_path)
    for label in (SAID, replace(SAID, rater="Ben"), replace(SAID, value=0)):
        shelf.keep_label("now", "findings", label, withdrawn=False)
    assert shelf.labels("now", "findings") == [replace(SAID, value=0), replace(SAID, rater="Ben")]
    shelf.keep_label("now", "findings", SAID, withdrawn=True)
    assert [label.rater for label in shelf.labels("now", "findings")] == ["Ben"]
    assert shelf.labels("now", "levels") == []
    with pytest.raises(InputError, match="no evaluation"):
        shelf.keep_label("then", "findings", SAID, withdrawn=False)
    (shelf.folder / "now" / ".labels-levels.csv.part").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        shelf.keep_label("now", "levels", SAID, withdrawn=False)


def test_a_table_of_labels_is_what_agree_reads(tmp_path: Path) -> None:
    """People's table and the metrics' side of it go through `agree` as they are."""
    run = kept(tmp_path).run("now")
    names = names_of(run.ids)
    assert names == ("one#1", "one#2", "quiet")
    items = items_of(run.found)
    right = Label(names[0], 1, items[1], "Anna", 1, names[0])
    wrong = Label(names[0], 3, items[2], "Anna", 0, names[0])
    missed = Label(names[1], 1, "words.late", "Anna", 1, names[1])
    labels = [right, wrong, missed]
    people = marks_in(to_table(labels), where="people.csv", levels=Levels(0, 1))
    side = metrics_side(labels, run.found, names)
    assert [label.value for label in side] == [1, 1, 0]
    machine = marks_in(to_table(side), where="machine.csv", levels=Levels(0, 1))
    rows = {row.name: row for row in agreement_of(people, machine, 1).rows}
    assert rows[METRICS].exact.value == pytest.approx(1 / 3)
    assert from_table(to_table(labels), "here") == sorted(
        labels, key=lambda label: (label.transcript, label.turn or 0)
    )


def test_a_table_keeps_what_is_said_of_a_whole_transcript_and_odd_names() -> None:
    """No turn stays no turn; commas, quotes and line ends in a name stay in it."""
    odd = replace(SAID, transcript='a,"b"\nc', turn=None)
    assert from_table(to_table([odd]), "here") == [odd]
    for broken in ("one,x,i,Anna,1,c", ",1,i,Anna,1,c", "one,1,i,Anna,high,c"):
        with pytest.raises(InputError, match="here, line 2 is no label"):
            from_table(f"transcript,turn,item,rater,value,candidate\n{broken}\n", "here")
    assert with_label([SAID], SAID) == [SAID]


@pytest.mark.parametrize("name", ["", "  ", "=SUM(A1)", "-x", "a" * 40, "metrics", "a;b", "a\x00"])
def test_a_rater_has_a_plain_name(name: str) -> None:
    """Nothing a spreadsheet would run, nobody who is a machine; spaces are put in order."""
    with pytest.raises(InputError, match="no name of a rater"):
        checked_rater(name)
    assert checked_rater("  Anna   Müller ") == "Anna Müller"
    assert checked_rater("王芳") == "王芳"


def test_only_what_can_be_labelled_is() -> None:
    """A finding needs metric and tag and is 0 or 1; a level is one of the scale."""
    assert checked_item("findings", "role_breaks.ai_disclosure#2")
    assert checked_item("levels", "teamwork_conflict")
    for table, item in (("findings", "grounding"), ("findings", ".x"), ("levels", "=1")):
        with pytest.raises(InputError, match="nothing that can be labelled"):
            checked_item(table, item)  # type: ignore[arg-type]  # the pairs are right
    assert checked_value("levels", "7", (1, 7)) == 7
    for table, value in (("findings", "2"), ("levels", "0"), ("levels", "4.5"), ("levels", "")):
        with pytest.raises(InputError, match="no value from"):
            checked_value(table, value)  # type: ignore[arg-type]  # as above


def test_two_findings_of_one_tag_in_a_turn_have_two_names(tmp_path: Path) -> None:
    """The second has a number behind it, so that one can be right and the other wrong."""
    run = kept(tmp_path).run("now")
    twice = (run.found[0], replace(run.found[0], number=9))
    first, second = items_of(twice).values()
    assert second == f"{first}#2"
    assert checked_item("findings", second) == second


def test_findings_are_looked_for_by_all_that_is_asked(tmp_path: Path) -> None:
    """Metric, severity, examiner and words narrow together; the gravest come first."""
    run = kept(tmp_path).run("now")
    assert [s.number for s in findings_of(run, Wanted())] == [1, 2, 3]
    assert [s.number for s in findings_of(run, Wanted(severity="odd"))] == [3]
    assert findings_of(run, Wanted(metric="words", persona="nobody")) == []
    assert len(findings_of(run, Wanted(persona=visible(run.found[0].speaker)))) == 2
    assert [s.number for s in findings_of(run, Wanted(text="NOBODY SPEAKS"))] == [3]
    rows = rows_of(run, [Label("one#1", 1, "words.x", "Anna", 1, "c")])
    assert [(row.number, row.findings["critical"], row.labels) for row in rows] == [
        (1, 2, 1), (2, 0, 0), (3, 0, 0),
    ]  # fmt: skip
    assert [row.number for row in rows_of(run, [], "quiet")] == [3]


def test_a_long_list_comes_in_parts() -> None:
    """A part beyond the last is the last; an empty list is one empty part."""
    part = part_of(range(AT_ONCE + 1), 9)
    assert (list(part.shown), part.page, part.pages) == ([AT_ONCE], 2, 2)
    assert part_of([], 0).pages == 1


def test_levels_are_asked_for_where_the_plan_asks(make_plan: PlanMaker) -> None:
    """An answer bears on the competency of the item it answers; a chat without plan on none."""
    plan = make_plan("brightwell", "data-engineer", seed=5, language="en")
    item = next(item for part in plan.rounds for item in part.items if item.competency)
    ask, empty = MoveRecord("ask", item=item.id), MoveRecord("open")
    turns = (
        Turn(1, "assistant", "Hello.", move=empty),
        Turn(2, "user", "Hello."),
        Turn(None, "assistant", "How?", move=ask),
        Turn(None, "user", "So."),
        Turn(5, "user", "And so."),
    )
    started = new_transcript("s", plan, model="builtin", clock=clock)
    assert asked_about(replace(started, turns=turns)) == {4: item.competency}
    assert asked_about(Transcript("plain", turns=turns)) == {}
    assert candidate_of(Transcript("t", extra={"candidate": "c7"}), "t") == "c7"
    assert candidate_of(None, "t") == candidate_of(Transcript("t"), "t") == "t"


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-2+3", "'=1", "it's", ""]
)
def test_a_cell_is_a_text_in_a_spreadsheet_and_the_same_when_read_again(name: str) -> None:
    """No cell begins a formula; what was there without one stays to the letter."""
    label = Label(name or "one", 1, "words.x", "Anna", 1, name)
    text = to_table([label])
    cells = next(csv.reader(io.StringIO(text.splitlines()[1])))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert from_table(text, "labels.csv") == [label]
    (mark,) = marks_in(text, where="labels.csv", levels=Levels(0, 1))
    assert mark.thing.transcript == (name or "one")
