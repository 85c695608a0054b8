"""`interviewer evaluate convert`, and `evaluate` over other people's files."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import Run

MADE = Path(__file__).parents[1] / "formats"
CHAT = {
    "id": "one",
    "interview": {"company": "acme", "seed": 7},
    "messages": [
        {"role": "assistant", "name": "hr", "content": "Are you married?", "metadata": {"seq": 1}},
        {"role": "user", "content": "I would rather not say.", "metadata": {"seq": 2}},
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with one transcript."""
    path = tmp_path / "chat.jsonl"
    path.write_text(json.dumps(CHAT) + "\n", encoding="utf-8")
    return path


def test_lines_go_to_standard_output_and_what_is_lost_is_said(command: Run, file: Path) -> None:
    """Remarks are apart from the result: who the interviewer is, and fields without a place."""
    code, out, told = command("evaluate", "convert", file, "--to", "sharegpt")
    assert code == 0
    assert json.loads(out)["conversations"][0] == {"from": "gpt", "value": "Are you married?"}
    assert "the interviewer is the role `assistant`" in told
    for lost in ("interview, 1 times", "messages.metadata, 2 times", "messages.name, 1 times"):
        assert f"Not held: {lost}" in told


@pytest.mark.parametrize(("form", "name"), [("inspect", "a.eval"), ("scout", "rows")])
def test_a_run_goes_to_inspect_and_back_and_is_measured_there(
    command: Run, file: Path, tmp_path: Path, form: str, name: str
) -> None:
    """`evaluate` finds in the converted file what it finds in ours."""
    place = tmp_path / "out" / name
    code, out, _ = command("evaluate", "convert", file, "--to", form, "--out", place, "--json")
    assert (code, json.loads(out)["written"], json.loads(out)["not_held"]) == (0, 1, {})
    back = tmp_path / "back.jsonl"
    assert command("evaluate", "convert", place, "--to", "native", "--out", back)[0] == 0
    assert json.loads(back.read_text(encoding="utf-8"))["messages"] == CHAT["messages"]
    code, out, _ = command("evaluate", place, "--metrics", "prohibited_questions", "--json")
    assert code == 0
    assert json.loads(out)["metrics"]["prohibited_questions"]["mean"] == 1.0


def test_a_log_has_what_the_viewers_list_shows(command: Run, tmp_path: Path) -> None:
    """Header, summaries and a sample a transcript; an id that comes again is a new epoch."""
    log = tmp_path / "a.eval"
    twice = tmp_path / "twice.jsonl"
    twice.write_text(f"{json.dumps(CHAT)}\n{json.dumps(CHAT)}\n", encoding="utf-8")
    assert command("evaluate", "convert", twice, "--to", "inspect", "--out", log)[0] == 0
    with ZipFile(log) as archive:
        names = archive.namelist()
        assert {"header.json", "summaries.json", "_journal/start.json"} <= set(names)
        assert [name for name in names if name.startswith("samples/")] == [
            "samples/one_epoch_1.json", "samples/one_epoch_2.json"
        ]  # fmt: skip
        assert json.loads(archive.read("header.json"))["results"]["total_samples"] == 2


def test_what_cannot_be_read_is_counted_and_ends_with_five(
    command: Run, file: Path, tmp_path: Path
) -> None:
    """The rest is written all the same; a share may be allowed."""
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"messages": 3}\n', encoding="utf-8")
    out = tmp_path / "out.jsonl"
    words = ("evaluate", "convert", file, broken, "--to", "native", "--out", out)
    code, _, told = command(*words)
    assert code == 5
    assert "1 transcripts cannot be read; the first:" in told
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
    assert command(*words, "--allow-unreadable", "0.5")[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--to", "yaml"), 2, "'yaml' is no format"),
        (("--to", "langsmith"), 2, "is read and not written"),
        (("--to", "native", "--from", "yaml"), 2, "'yaml' is no format"),
        (("--to", "scout"), 2, "Say where to write: --out NAME.parquet"),
        (("--to", "native", "--json"), 2, "Say where to write"),
        (("--to", "inspect", "--out", "log.txt"), 2, "End it with .eval or .json"),
        (("--to", "native", "--out", "/proc/none/a.jsonl"), 1, "cannot be written"),
        (
            ("--to", "native", "--interviewer-role", "Helen"),
            5,
            "--interviewer-role; its roles are",
        ),
    ],
)
def test_wrong_words_are_refused_with_what_would_do(
    command: Run, file: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    """Nothing is written then."""
    ended, _, told = command("evaluate", "convert", file, *words)
    assert ended == code
    assert says in told


def test_a_name_in_a_file_steers_no_terminal(command: Run, tmp_path: Path) -> None:
    """A member's name with the sign that begins a terminal's command stands by its number."""
    log = tmp_path / "a.eval"
    with ZipFile(log, "w") as archive:
        archive.writestr("samples/\x1b]0;pwn_epoch_1.json", "{")
    code, _, told = command("evaluate", "convert", log, "--to", "native")
    assert code == 5
    assert "⟨U+001B⟩]0;pwn_epoch_1.json is no JSON" in told


@pytest.mark.parametrize(
    ("name", "form", "out"),
    [
        ("a.jsonl", "openai", "a.jsonl"),
        ("a.jsonl", "native", "../{folder}/a.jsonl"),
        ("now.eval", "inspect", "now.eval"),
        ("now-2.eval", "inspect", "now.eval"),
        ("rows/transcripts.parquet", "scout", "rows"),
    ],
)
def test_nothing_is_written_over_what_is_read(
    command: Run, file: Path, tmp_path: Path, name: str, form: str, out: str
) -> None:
    """The format may hold less; the file is as it was, and another place is asked for."""
    read = tmp_path / "own" / name
    made = {".jsonl": "native", ".eval": "inspect", ".parquet": "scout"}[read.suffix]
    assert command("evaluate", "convert", file, "--to", made, "--out", read)[0] == 0
    before = read.read_bytes()
    place = tmp_path / "own" / out.format(folder="own")
    code, _, told = command("evaluate", "convert", read.parent, "--to", form, "--out", place)
    assert code == 2
    assert "would replace it. Name another place" in told
    assert read.read_bytes() == before


def test_evaluate_reads_other_peoples_files(command: Run) -> None:
    """By their signature, with the interviewer's role where the file does not tell."""
    paths = [MADE / name for name in ("inspect.eval", "otel-span.jsonl", "sharegpt.json")]
    code, out, _ = command("evaluate", *paths, "--metrics", "question_form", "--json")
    assert (code, json.loads(out)["transcripts"]) == (0, 5)
    code, _, told = command("evaluate", MADE / "vcon.json", "--metrics", "question_form")
    assert code == 5
    assert "Say which is the interviewer's: --interviewer-role agent" in told
    words = ("--metrics", "question_form", "--interviewer-role", "agent", "--json")
    code, out, _ = command("evaluate", MADE / "vcon.json", *words)
    assert (code, json.loads(out)["transcripts"]) == (0, 1)
