"""`interviewer evaluate` in the terminal: one document, its files, and its exit codes."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Interview, Transcript
from tests.cli.conftest import Run

GOOD = {
    "id": "one",
    "messages": [
        {"role": "assistant", "content": "What did you build?"},
        {"role": "user", "content": "A stock model."},
    ],
}
BAD = {"id": "two", "messages": [{"role": "assistant", "content": "Are you pregnant?"}]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with a good interviewer and a bad one."""
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(map(json.dumps, (GOOD, BAD))), encoding="utf-8")
    return path


def test_one_json_document_in_the_documented_form(command: Run, file: Path) -> None:
    """Any OpenAI chat file is measured; what cannot be told is null and counted."""
    code, out, _ = command("evaluate", file, "--json")
    document = json.loads(out)
    assert code == 0
    assert document["schema"] == "interviewer.evaluation/1"
    assert document["transcripts"] == 2
    assert document["metrics"]["prohibited_questions"]["mean"] == 0.5
    assert document["metrics"]["grounding"] == {
        "mean": None, "n": 0, "unscored": 2, "ci95": None, "version": "3",
        "reasons": {"The transcript holds no research to compare with.": 2},
    }  # fmt: skip
    (finding,) = document["per_transcript"][1]["findings"]
    assert (finding["seq"], finding["metric"]) == (1, "prohibited_questions")
    assert document["per_transcript"][0]["file"] == f"{file}:1"


def test_a_report_is_a_folder_and_a_baseline(command: Run, file: Path, tmp_path: Path) -> None:
    """Files to read and to work on, the same to the byte over engines; a later run's baseline."""
    out = tmp_path / "report"
    code, _, _ = command("evaluate", file, "--out", out)
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "findings.jsonl", "junit.xml", "manifest.json", "report.html", "report.md",
        "scores.parquet", "summary.json",
    ]  # fmt: skip
    assert "Are you pregnant?" in (out / "report.md").read_text(encoding="utf-8")
    again = tmp_path / "again"
    command("evaluate", file, "--out", again, "--engine", "processes:2")
    for path in out.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()
    code, told, _ = command("evaluate", file, "--baseline", out, "--json")
    changes = {change["metric"]: change for change in json.loads(told)["changes"]}
    assert changes["prohibited_questions"]["difference"] == 0.0


def test_what_is_kept_has_its_transcripts_and_one_name(
    command: Run, file: Path, home: Path
) -> None:
    """The page finds report and transcripts; a name is used once; the page needs the figures."""
    assert command("evaluate", file, "--keep", "now", "--format", "json,md")[0] == 0
    place = home / "evaluations" / "now"
    assert json.loads((place / "transcripts" / "2.jsonl").read_text())["id"] == "two"
    assert (place / "summary.json").is_file()
    assert "there already" in command("evaluate", file, "--keep", "now")[2]
    assert command("evaluate", file, "--keep", "../now")[0] == 1
    assert command("evaluate", file, "--keep", "then", "--format", "md")[0] == 2


@pytest.mark.parametrize("name", ["one", "ann"])
def test_forgetting_takes_the_copies_in_kept_evaluations(
    command: Run, file: Path, home: Path, name: str
) -> None:
    """An interview, or a person with it, goes from all that hold it, a broken one too."""
    command("doctor")
    store = SqlSessionStore(open_engine(f"sqlite:///{home / 'interviews.sqlite3'}"))
    begun = Interview(created="2026-11-01T10:00:00Z", company="acme", role="clerk", language="en")
    asyncio.run(store.create(Transcript("one", begun), owner="ann"))
    store.close()
    command("evaluate", file, "--keep", "now", "--format", "json")
    command("evaluate", file, "--keep", "broken", "--format", "json")
    (home / "evaluations" / "broken" / "summary.json").write_text("{cut", encoding="utf-8")
    other = file.with_name("other.jsonl")
    other.write_text(
        file.read_text(encoding="utf-8").replace('"one"', '"three"'), encoding="utf-8"
    )
    command("evaluate", other, "--keep", "others", "--format", "json")
    code, told, _ = command("forget", name, "--yes")
    assert code == 0
    assert "held copies: broken, now." in told
    assert [path.name for path in (home / "evaluations").iterdir()] == ["others"]


def test_exit_codes_tell_a_gate_from_bad_input(
    command: Run, file: Path, tmp_path: Path, home: Path
) -> None:
    """4 for a gate, 5 for what cannot be read, 2 for a wrong word, 1 for no transcripts."""
    assert command("evaluate", file, "--fail-on", "prohibited_questions>0.1")[0] == 4
    assert list((home / "measuring").iterdir()) == []
    assert command("evaluate", file, "--metrics", "charm")[0] == 2
    assert command("evaluate", file, "--engine", "abacus")[0] == 2
    assert command("evaluate", file, "--format", "pdf")[0] == 2
    assert command("evaluate", tmp_path / "nowhere")[0] == 1
    file.write_text(file.read_text(encoding="utf-8") + "\n{cut", encoding="utf-8")
    code, out, said = command("evaluate", file, "--json")
    assert code == 5
    assert len(json.loads(out)["unreadable"]) == 1
    assert f"{file}:3" in said
    assert command("evaluate", file, "--allow-unreadable", "0.5")[0] == 0


def test_files_without_a_transcript_are_no_success(command: Run, tmp_path: Path) -> None:
    """Nothing measured or written ends with 5, and nothing is said to be where it is not."""
    empty, log = tmp_path / "empty.jsonl", tmp_path / "e.eval"
    empty.write_text("\n", encoding="utf-8")
    code, _, said = command("evaluate", empty)
    assert (code, "Nothing was measured" in said) == (5, True)
    code, _, said = command("evaluate", "convert", empty, "--to", "inspect", "--out", log)
    assert (code, "Nothing was written" in said, str(log) in said) == (5, True, False)


def test_what_has_no_id_is_compared_with_nothing(command: Run, file: Path, tmp_path: Path) -> None:
    """Neither with what stood in its place nor with itself; how many there are is said."""
    chats = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    del chats[0]["id"]
    file.write_text("\n".join(map(json.dumps, chats)), encoding="utf-8")
    words = ("evaluate", file, "--metrics", "operations,prohibited_questions")
    out = tmp_path / "report"
    assert command(*words, "--out", out, "--format", "json")[0] == 0
    # The same transcripts may stand beside themselves as those of a bare model.
    code, told, said = command(*words, "--baseline", out, "--bare", file, "--json")
    assert code == 0
    assert {change["n"] for change in json.loads(told)["changes"]} == {1}
    assert "1 transcripts have no id" in said
    del chats[1]["id"]
    file.write_text("\n".join(map(json.dumps, chats)), encoding="utf-8")
    code, _, said = command(*words, "--baseline", out)
    assert (code, "shares no transcript" in said) == (1, True)


def test_rules_are_those_of_the_jurisdictions_that_are_named(command: Run, tmp_path: Path) -> None:
    """What California bars and federal law allows is found in one; an unknown one is refused."""
    file = tmp_path / "chat.jsonl"
    chat = {"id": "a", "messages": [{"role": "assistant", "content": "What do you earn now?"}]}
    file.write_text(json.dumps(chat), encoding="utf-8")
    means = {}
    for named in ("us-federal", "us-federal,us-ca"):
        code, out, _ = command("evaluate", file, "--jurisdiction", named, "--json")
        assert code == 0
        document = json.loads(out)
        means[named] = document["metrics"]["prohibited_questions"]["mean"]
    assert means == {"us-federal": 0.0, "us-federal,us-ca": 1.0}
    found = document["per_transcript"][0]["findings"]
    (finding,) = (entry for entry in found if entry["metric"] == "prohibited_questions")
    assert (finding["tag"], finding["severity"]) == ("pay", "critical")
    assert "Labor Code 432.3" in finding["evidence"]
    assert "not legal advice" in finding["reason"]
    code, _, told = command("evaluate", file, "--jurisdiction", "mars")
    assert code == 2
    assert "There are no rules for 'mars'. Choose among us-federal" in told


def test_packs_say_by_which_source_and_whether_it_was_looked_up(command: Run) -> None:
    """As text and as JSON, of the jurisdictions that are named; it is no legal advice."""
    code, out, _ = command("evaluate", "packs", "--jurisdiction", "us-ca,cn")
    assert code == 0
    assert "us-ca: California (" in out
    assert "pay, critical: California Labor Code 432.3 (California Legislature)" in out
    assert "read 2026-11-27: Labor Code 432.3" in out
    assert "not looked up" in out
    assert out.rstrip().endswith("Guidance, not legal advice.")
    code, out, _ = command("evaluate", "packs", "--jurisdiction", "uk", "--json")
    (found,) = json.loads(out)
    assert found["rules"]["health"]["checked"] == "2026-11-27"
    assert found["rules"]["age"]["severity"] == "serious"


def test_a_report_in_chinese_says_so_throughout(command: Run, file: Path, tmp_path: Path) -> None:
    """Figures, reasons and findings; files for programs stay as they are."""
    out = tmp_path / "out"
    code, _, _ = command("evaluate", file, "--out", out, "--language", "zh")
    assert code == 0
    told = (out / "report.md").read_text(encoding="utf-8")
    assert told.startswith("# 考官评测")
    assert "它问到生育，从“are you pregnant”" in told
    assert "记录里没有计划。" in told
    page = (out / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in page
    assert "考官没有提问" not in page
    assert "不该问的问题" in page
    findings = (out / "findings.jsonl").read_text(encoding="utf-8")
    assert "It asks about pregnancy" in findings
