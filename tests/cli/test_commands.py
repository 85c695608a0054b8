"""Every command but the interview itself: output, exit codes, one clear line for each fault."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from interviewer.__main__ import run
from interviewer.cli import COMMANDS, cli
from interviewer.transcript_file import load, load_all
from tests.conftest import ROOT, SHIPPED
from tests.fakes.reranking import served
from tests.printed import pdf_text

Run = Callable[..., tuple[int, str, str]]
HISTORY = ROOT / "tests" / "golden" / "history" / "0.1.0.jsonl"
POST = ("brightwell", "--role", "data-engineer")
BAKERY = "Acme Bakery opened its second shop in Leeds in 2025 and has 14 people there. " * 2


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with indexes, for tests that do not change it."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture
def home(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let commands use the shared data folder."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(shared))
    return shared


@pytest.fixture
def own(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let commands use a data folder of this test's own, which is not made yet."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def command(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and gives exit code, output and remarks."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run(cli, [str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "should not have" not in captured.err
        return code, captured.out, captured.err

    return call


def told(result: tuple[int, str, str]) -> Any:
    """Return the one JSON document a command printed."""
    code, out, err = result
    assert code == 0, err
    return json.loads(out)


# Help and usage


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_has_an_example(command: Run, name: str) -> None:
    """The help names the command as it is typed, in an example that begins with it."""
    code, out, err = command(name, "--help")
    assert (code, err) == (0, "")
    examples = out.split("Example")[1]
    assert f"interviewer {name}" in examples
    assert command(name, "-h")[1] == out


def test_the_help_lists_every_command(command: Run) -> None:
    """The first help names all commands and says what the tool is not."""
    _, out, _ = command("--help")
    listed = out.split("Commands:")[1]
    assert re.findall(r"^  (\w+)", listed, re.MULTILINE) == list(COMMANDS)
    assert "not for selecting people" in out
    assert command("--version")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"], ["--dance"], ["companies", "--dance"], ["companies", "x"], ["ask"],
        ["ask", "brightwell"], ["ask", "brightwell", "x", "-k", "0"],
        ["ask", "brightwell", "x", "-k", "many"], ["ingest"], ["ingest", "acme"], ["plan"],
        ["plan", *POST, "--seed", "-1"], ["plan", *POST, "--seed", "x"], ["plan", "brightwell"],
        ["rehearse"], ["rehearse", "brightwell"], ["assess"], ["export"],
        ["export", "a", "--candidate", "b"], ["export", "a", "--format", "doc"], ["forget"],
        ["import"], ["serve", "--port", "0"], ["serve", "--port", "65536"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_call_that_is_not_offered_is_usage(command: Run, arguments: list[str]) -> None:
    """What the command line does not offer ends with code 2 and a hint, nothing on output."""
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()


def test_the_program_without_a_command_shows_its_help(command: Run) -> None:
    """Called with nothing it says what it can do and that this was no command."""
    code, out, err = command()
    assert code == 2
    assert "rehearse" in out + err


# Bad input


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["plan", "nobody", "--role", "x"], ["`nobody`", "brightwell, chengyuan"]),
        (["plan", "brightwell", "--role", "pilot"], ["`pilot`", "data-engineer"]),
        (["plan", *POST, "--language", "fr"], ["`fr`", "en, zh"]),
        (["plan", *POST, "--format", "duel"], ["`duel`", "company"]),
        (["plan", *POST, "--cv", "none.md"], ["CV none.md", "No such file"]),
        (["plan", *POST, "--job", "none.md"], ["job advert none.md", "No such file"]),
        (["rehearse", "nobody", "--role", "x"], ["`nobody`", "brightwell"]),
        (["rehearse", *POST, "--answers", "none.txt"], ["none.txt", "No such file"]),
        (["rehearse", "--resume", "0000"], ["0000"]),
        (["ask", "nobody", "x"], ["'nobody'", "interviewer ingest"]),
        (["ingest", "A b", "README.md"], ["'A b'", "small letters"]),
        (["ingest", "../x", "README.md"], ["'../x'", "small letters"]),
        (["ingest", "acme", "README.md", "--topic", "weather"], ["'weather'", "nature, address"]),
        (["assess", "none.jsonl"], ["none.jsonl", "No such file"]),
        (["assess", "README.md"], ["README.md, line 1", "no JSON"]),
        (["assess", "."], [".", "Is a directory"]),
        (["assess", "0000"], ["0000"]),
        (["export", "0000"], ["0000"]),
        (["export", "--candidate", "nobody"], ["'nobody'"]),
        (["forget", "nobody", "--yes"], ["nobody"]),
        (["import", "none.jsonl"], ["none.jsonl", "No such file"]),
        (["import", str(HISTORY), "--candidate", ""], ["name is empty"]),
        (["check", "nowhere"], ["nowhere", "Name a file"]),
        (["check", "docs"], ["docs", "no content"]),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)
def test_bad_input_is_refused_in_a_sentence(
    command: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: list[str]
) -> None:
    """What cannot be used ends with code 1; the line names it and what could be used instead."""
    monkeypatch.chdir(ROOT)
    code, out, err = command(*arguments)
    assert (code, out) == (1, "")
    assert all(part in err for part in says), err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.pdf", b"%PDF-1.7\n"), ("cv.docx", b"PK\x03\x04"), ("cv.md", b"%PDF\x00\xff"),
        ("cv.txt", b"a\x00b"), ("cv.md", b" \n"), ("cv.md", b"x" * 2_000_001), ("cv.md", None),
    ],
)  # fmt: skip
def test_a_paper_that_cannot_be_read_is_refused(
    command: Run, tmp_path: Path, name: str, data: bytes | None
) -> None:
    """A CV or advert that is a PDF, binary, empty, too large or a folder is refused by name."""
    path = tmp_path / name
    path.mkdir() if data is None else path.write_bytes(data)
    for verb, option in (("plan", "--cv"), ("rehearse", "--job")):
        code, out, err = command(verb, *POST, option, path)
        assert (code, out) == (1, "")
        assert name in err


@pytest.mark.parametrize("lines", [b"\xff\xfe", b"[]", b"{}", b'{"messages": 3}', b"{", b"",
                                   b'{"messages":[{"content":"x"}]}',
                                   b'{"schema":"other/1","messages":[]}'])  # fmt: skip
def test_a_file_that_is_no_transcript_is_refused(
    command: Run, tmp_path: Path, lines: bytes
) -> None:
    """Reports and the store take chats only; anything else is refused with the file's name."""
    path = tmp_path / "t.jsonl"
    path.write_bytes(lines)
    for verb in ("assess", "import"):
        code, out, err = command(verb, path)
        assert (code, out) == (1, "")
        assert "t.jsonl" in err


# The machine


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", *POST], ["rehearse", *POST], ["ask", "brightwell", "x"], ["export", "x"],
        ["ingest", "acme", "README.md"], ["import", str(HISTORY)], ["forget", "x", "--yes"],
        ["assess", "x"],
    ],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_a_data_folder_that_cannot_be_written_is_named(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Every command that keeps something says in one line which folder and which setting."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.chdir(ROOT)
    code, out, err = command(*arguments)
    assert (code, out) == (1, "")
    assert str(tmp_path / "file" / "home") in err
    assert "INTERVIEWER_HOME" in err
    assert len(err.strip().splitlines()) == 1


def test_what_only_reads_needs_no_data_folder(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Employers are listed, content checked and files reported on without a data folder."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "file" / "home"))
    for arguments in (["companies"], ["check"], ["assess", HISTORY]):
        assert command(*arguments)[0] == 0


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:hush@h/d", "pip install 'three-rounds[postgres]'"),
        ("mysql://u:hush@h/d", "not supported"),
        ("sqlite://", "no file"),
        ("://hush", "cannot be read"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(
    command: Run, monkeypatch: pytest.MonkeyPatch, url: str, says: str
) -> None:
    """A missing driver or a wrong URL is told with the fix, and never with the password."""
    if "postgres" in says:
        monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("INTERVIEWER_DATABASE_URL", url)
    code, out, err = command("export", "x")
    assert (code, out) == (1, "")
    assert says in err
    assert "hush" not in err
    code, out, err = command("doctor")
    assert code == 1
    assert "NOT store" in out
    assert "hush" not in out + err


def test_doctor_says_what_is_in_use(command: Run) -> None:
    """Model, content, data folder, store and embeddings are named with whether each answers."""
    found = told(command("doctor", "--json"))
    assert [entry["part"] for entry in found] == [
        "model", "content", "data folder", "store", "embeddings", "web pages", "settings", "disk",
        "retention",
    ]  # fmt: skip
    assert all(set(entry) == {"part", "uses", "answers", "says"} for entry in found)
    assert all(entry["answers"] for entry in found)
    text = command("doctor")[1]
    assert text.count("ok ") == 9
    assert "NOT" not in text


def test_doctor_names_everything_that_does_not_answer(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One broken part does not keep the others from being tried; the code is 1."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setenv("INTERVIEWER_PERSONAS", str(tmp_path / "none"))
    monkeypatch.setenv("INTERVIEWER_MODEL", "openai:x")
    monkeypatch.setenv("INTERVIEWER_CHROMA_URL", "http://127.0.0.1:1")
    code, out, _ = command("doctor", "--json")
    found = {entry["part"]: entry for entry in json.loads(out)}
    assert code == 1
    assert {part for part, entry in found.items() if not entry["answers"]} == {
        "content", "data folder", "store", "model", "chroma",
    }  # fmt: skip
    assert found["model"]["uses"] == "openai:x"


# Content


def test_employers_are_listed(command: Run) -> None:
    """Each employer has the documented fields, and the text names the same."""
    found = told(command("companies", "--json"))
    assert [entry["id"] for entry in found] == list(SHIPPED)
    for entry in found:
        assert set(entry) == {"id", "name", "language", "posts", "passages", "shared", "owner"}
        assert len(entry["posts"]) >= 2
        assert entry["passages"] >= 40
    assert {entry["language"] for entry in found} == {"en", "zh"}
    text = command("companies")[1]
    assert all(entry["name"] in text and entry["id"] in text for entry in found)


def test_a_broken_persona_stops_everything_that_needs_it(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken persona file is named with line and fix by every command, on standard error."""
    personas = tmp_path / "personas"
    shutil.copytree(ROOT / "personas", personas)
    (personas / "hr" / "persona.toml").write_text("schema = 1\nid = 3 3\n", encoding="utf-8")
    monkeypatch.setenv("INTERVIEWER_PERSONAS", str(personas))
    for arguments in (["check"], ["companies", "--json"], ["plan", *POST], ["rehearse", *POST],
                      ["ask", "brightwell", "x"], ["assess", HISTORY]):  # fmt: skip
        code, out, err = command(*arguments)
        assert (code, out) == (1, "")
        assert f"{personas}/hr/persona.toml:2: " in err
    (personas / "hr" / "persona.toml").unlink()
    assert "persona.toml" in command("check")[2]


def test_every_fault_is_named_at_once(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults in persona, phrasebook, prompt, rubric, format and employer come in one list."""
    shutil.copytree(ROOT / "personas", tmp_path / "personas")
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    broken = (
        "personas/hr/persona.toml", "personas/boss/phrases.zh.toml",
        "personas/technical/prompt.en.md.j2", "personas/_formats/company.toml",
        "personas/_shared/rubrics/learning.toml", "knowledge/brightwell/company.toml",
    )  # fmt: skip
    for name in broken:
        (tmp_path / name).write_text("{{ = 3", encoding="utf-8")
    monkeypatch.setenv("INTERVIEWER_PERSONAS", str(tmp_path / "personas"))
    monkeypatch.setenv("INTERVIEWER_KNOWLEDGE", str(tmp_path / "knowledge"))
    code, out, err = command("check")
    assert (code, out) == (1, "")
    assert all(f"{tmp_path / name}:" in err for name in broken), err


def test_sound_content_is_said_to_be_sound(command: Run) -> None:
    """Without a path the summary counts what there is, enough for an interview."""
    code, out, err = command("check")
    assert (code, err) == (0, "")
    competencies, questions = re.search(r"(\d+) competencies with (\d+) questions", out).groups()  # type: ignore[union-attr]  # a missing count fails the test
    assert int(competencies) >= 14
    assert int(questions) >= 90
    assert command("check", ROOT / "personas" / "hr")[0] == 0


# Research


def test_a_question_is_answered_with_passages(command: Run) -> None:
    """The passage that answers comes first, with id, source, topic, date and score."""
    found = told(command("ask", "brightwell", "How big is the data team?", "--json"))
    assert 1 <= len(found) <= 4
    for entry in found:
        assert set(entry) == {"id", "text", "source", "topic", "date", "score"}
        assert entry["id"].startswith("brightwell/")
        assert 0 < entry["score"] <= 1
    assert "nine people" in found[0]["text"]
    assert (
        len(told(command("ask", "brightwell", "How big is the data team?", "-k", 1, "--json")))
        == 1
    )
    text = command("ask", "brightwell", "How big is the data team?")[1]
    assert f"[{found[0]['id']}] {found[0]['source']}" in text


@pytest.mark.parametrize(
    ("company", "question"),
    [
        ("brightwell", "What is the capital of France?"),
        ("chengyuan", "法国的首都是哪里？"),
        ("brightwell", ""),
        ("brightwell", "🙂"),
    ],
)
def test_what_nothing_answers_gets_an_empty_list(
    command: Run, company: str, question: str
) -> None:
    """Nothing relevant is no error: an empty list, and a sentence for people."""
    assert told(command("ask", company, question, "--json")) == []
    code, out, err = command("ask", company, question)
    assert (code, out) == (0, "")
    assert "Nothing in the research" in err


def test_an_employer_is_made_of_a_folder(command: Run, own: Path, tmp_path: Path) -> None:
    """Documents make a new employer that is listed, asked and sound; a bad file harms no other."""
    notes = tmp_path / "notes"
    notes.mkdir()
    front = "---\ntopic: scope\ndate: 2026-01-05\nsource: The Leeds Post\n---\n"
    (notes / "shops.md").write_text(front + BAKERY, encoding="utf-8")
    (notes / "bad.txt").write_bytes(b"\xff\xfe\x00")
    found = told(command("ingest", "acme", notes, "--json"))
    reports = {Path(entry["source"]).name: entry for entry in found}
    assert all(
        set(entry) >= {"source", "topic", "language", "date", "chunks", "skipped"}
        for entry in found
    )
    good, bad = reports["shops.md"], reports["bad.txt"]
    assert (good["topic"], good["date"], good["chunks"], good["skipped"]) == (
        "scope", "2026-01-05", 1, None,
    )  # fmt: skip
    assert (bad["topic"], bad["chunks"]) == (None, 0)
    assert "bad.txt" in bad["skipped"]
    acme = {entry["id"]: entry for entry in told(command("companies", "--json"))}["acme"]
    assert (acme["name"], acme["language"], acme["posts"], acme["passages"]) == (
        "Acme", "en", [], 1,
    )  # fmt: skip
    assert "any post" in command("companies")[1]
    asked = told(command("ask", "acme", "How many people work in the second shop?", "--json"))
    assert [entry["source"] for entry in asked] == ["The Leeds Post"]
    assert command("check")[0] == 0
    again = told(command("ingest", "acme", notes, "--topic", "performance", "--json"))
    assert {entry["topic"] for entry in again} == {"performance", None}
    assert told(command("companies", "--json"))[0]["passages"] == 1


def test_research_is_added_to_an_employer(command: Run, own: Path, tmp_path: Path) -> None:
    """What is taken in beside the shipped research is found; text and JSON say what was done."""
    note = tmp_path / "kitchen.md"
    said = (
        "The Derby canteen of Brightwell serves porridge with rhubarb to the night shift from "
        "half past three. It closes at six. "
    )
    note.write_text(f"# Canteen\n\n{said * 2}\n", encoding="utf-8")
    code, out, err = command("ingest", "brightwell", note, "--topic", "address")
    assert (code, "1 passages on address" in out) == (0, True)
    assert "is new" not in err
    found = told(command("ask", "brightwell", "Which porridge does the canteen serve?", "--json"))
    assert "rhubarb" in found[0]["text"]
    assert not (own / "knowledge" / "brightwell" / "company.toml").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"# Only a heading\n", None])
def test_when_no_source_can_be_used_the_code_is_five(
    command: Run, own: Path, tmp_path: Path, data: bytes | None
) -> None:
    """Each source is named with its reason, and no employer is made of nothing."""
    source = tmp_path / "notes.md"
    if data is not None:
        source.write_bytes(data)
    code, out, err = command("ingest", "acme", source)
    assert (code, out) == (5, "")
    assert "notes.md: left out." in err
    code, out, _ = command("ingest", "acme", source, "--json")
    assert code == 5
    assert [entry["chunks"] for entry in json.loads(out)] == [0]
    assert "acme" not in command("companies")[1]


# Plans, records and reports


def test_a_plan_is_one_document(command: Run) -> None:
    """The plan as JSON has a hash and three rounds; the same seed prints the same."""
    papers = ROOT / "knowledge" / "brightwell" / "try"
    wanted = (
        "plan",
        *POST,
        "--seed",
        4,
        "--cv",
        papers / "cv.md",
        "--job",
        papers / "job-advert.md",
    )
    made = told(command(*wanted, "--json"))
    assert re.fullmatch("[0-9a-f]{64}", made["hash"])
    assert [part["id"] for part in made["rounds"]] == ["hr", "technical", "boss"]
    assert told(command(*wanted, "--json")) == made
    assert told(command("plan", *POST, "--seed", 5, "--json"))["hash"] != made["hash"]
    assert "reservation" not in json.dumps(made)
    assert "53" not in json.dumps(made["rounds"][2].get("offer"))
    text = command(*wanted)[1]
    items = [item for part in made["rounds"] for item in part["items"]]
    assert all(item["id"] in text for item in items)


@pytest.mark.parametrize("name", ["r.md", "r.html", "r.json"])
def test_a_report_is_written_where_asked(command: Run, tmp_path: Path, name: str) -> None:
    """The ending says the form; the folder is made; output stays empty but for --json."""
    out_file = tmp_path / "new" / name
    code, out, err = command("assess", HISTORY, "--out", out_file)
    assert (code, out) == (0, "")
    assert str(out_file) in err
    text = out_file.read_text(encoding="utf-8")
    assert "not for selecting people" in text
    assert list(out_file.parent.iterdir()) == [out_file]
    again = told(command("assess", HISTORY, "--out", out_file, "--json"))
    assert again["schema"] == "interviewer.assessment/1"


def test_a_report_can_be_printed(command: Run, tmp_path: Path) -> None:
    """A name ending in .pdf gets a PDF whose text is the report's; for a coach it holds more."""
    code, out, err = command("assess", HISTORY, "--out", tmp_path / "r.pdf")
    assert (code, out) == (0, "")
    assert "r.pdf" in err
    calm = pdf_text((tmp_path / "r.pdf").read_bytes())
    assert "notforselectingpeople" in calm
    assert "Forthecoach" not in calm
    assert command("assess", HISTORY, "--for", "coach", "--out", tmp_path / "c.pdf")[0] == 0
    assert "Forthecoach" in pdf_text((tmp_path / "c.pdf").read_bytes())
    assert "For the coach" in command("assess", HISTORY, "--for", "coach")[1]
    assert told(command("assess", HISTORY, "--for", "coach", "--json"))["coach"]["rounds"]


def test_a_report_that_cannot_be_written_leaves_nothing(command: Run, tmp_path: Path) -> None:
    """A place that is taken or not possible is named, and no half file stays behind."""
    (tmp_path / "r.md").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for place in (tmp_path / "r.md", tmp_path / "file" / "r.md"):
        code, out, err = command("assess", HISTORY, "--out", place)
        assert (code, out) == (1, "")
        assert str(place) in err
        assert "--out" in err
    assert {path.name for path in tmp_path.iterdir()} == {"r.md", "file"}
    assert command("assess", HISTORY, "--out", tmp_path / "r.doc")[0] == 2
    assert not (tmp_path / "r.doc").exists()


def test_a_report_may_use_other_rubrics(command: Run, tmp_path: Path) -> None:
    """Names and required levels come from the rubrics given; broken ones are named."""
    rubric = (ROOT / "personas/_shared/rubrics/communication.toml").read_text(encoding="utf-8")
    renamed = re.sub(r'name = \{en = "[^"]*"', 'name = {en = "Plain talk"', rubric, count=1)
    assert renamed != rubric
    (tmp_path / "communication.toml").write_text(renamed, encoding="utf-8")
    assert "Plain talk" in command("assess", HISTORY, "--rubrics", tmp_path)[1]
    (tmp_path / "communication.toml").write_text("id = 3", encoding="utf-8")
    code, _, err = command("assess", HISTORY, "--rubrics", tmp_path)
    assert code == 1
    assert "communication.toml" in err


def test_a_plain_chat_is_reported_on(command: Run, tmp_path: Path) -> None:
    """A chat file of another program gets a report that says why it judges nothing."""
    chat = tmp_path / "chat.json"
    chat.write_text('{\n"messages": [{"role": "user", "content": "Hello \\ud83d"}]\n}', "utf-8")
    found = told(command("assess", chat, "--json"))
    assert (found["rounds"], found["finished"]) == ([], False)
    assert "no plan" in command("assess", chat)[1]


def test_half_a_character_is_shown_as_its_escape(command: Run, own: Path, tmp_path: Path) -> None:
    """What has no UTF-8 breaks neither the screen nor a file, and comes back as it was."""
    chat = tmp_path / "chat.jsonl"
    chat.write_text('{"id":"c1","messages":[{"role":"user","content":"A \\ud83d B"}]}', "utf-8")
    assert command("import", chat)[:2] == (0, "c1\n")
    for form in ("jsonl", "openai", "md", "html"):
        code, out, _ = command("export", "c1", "--format", form)
        assert (code, "ud83d" in out) == (0, True)
    assert command("export", "c1", "--out", tmp_path / "back.jsonl")[0] == 0
    back = load((tmp_path / "back.jsonl").read_text(encoding="utf-8"))
    assert back.turns[0].content == "A \ud83d B"


def test_records_come_in_and_go_out(command: Run, own: Path, tmp_path: Path) -> None:
    """An imported file is exported value for value; a second import gets an id of its own."""
    session = command("import", HISTORY, "--candidate", "ann")[1].strip()
    original = load(HISTORY.read_text(encoding="utf-8"))
    assert session == original.id
    assert load(command("export", session)[1]) == original
    second = command("import", HISTORY, "--candidate", "ann")[1].strip()
    assert second not in ("", session)
    chat = told(command("export", session, "--format", "openai"))
    assert [message["content"] for message in chat["messages"]] == [
        turn.content for turn in original.turns
    ]
    assert command("export", session, "--format", "md")[1].startswith("# brightwell")
    assert command("export", session, "--format", "html")[1].startswith("<!doctype html>")
    code, out, _ = command("export", session, "--format", "pdf", "--out", tmp_path / "i.pdf")
    assert (code, out) == (0, "")
    assert (tmp_path / "i.pdf").read_bytes().startswith(b"%PDF")
    assert command("export", "--candidate", "ann", "--format", "pdf")[0] == 2
    code, out, err = command("export", "--candidate", "ann", "--out", tmp_path / "all.jsonl")
    assert (code, out) == (0, "")
    assert "all.jsonl" in err
    everything = list(load_all((tmp_path / "all.jsonl").read_text(encoding="utf-8")))
    assert {transcript.id for transcript in everything} == {session, second}
    assert told(command("assess", session, "--json"))["id"] == session


def test_what_is_forgotten_leaves_no_byte(command: Run, own: Path, tmp_path: Path) -> None:
    """A person's rows and the bytes of what they said are gone; others keep theirs."""
    text = HISTORY.read_text(encoding="utf-8")
    for name, sign in (("ann", "zanzibar"), ("bob", "timbuktu")):
        document = json.loads(text)
        document["id"] = f"of-{name}"
        for message in document["messages"]:
            message["content"] += f" {sign}"
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(document), encoding="utf-8")
        assert command("import", tmp_path / f"{name}.jsonl", "--candidate", name)[0] == 0

    def kept(sign: str) -> bool:
        return any(sign.encode() in path.read_bytes() for path in own.glob("interviews*"))

    assert kept("zanzibar")
    code, out, _ = command("forget", "ann", "--yes")
    assert code == 0
    assert re.search(r"Deleted about ann: 1 sessions, [1-9]\d* turns, [1-9]\d* passages", out)
    assert not kept("zanzibar")
    assert kept("timbuktu")
    assert command("export", "of-ann")[0] == 1
    assert command("forget", "ann", "--yes")[0] == 1
    assert "1 sessions" in command("forget", "of-bob", "--yes")[1]
    assert not kept("timbuktu")


def test_nothing_is_forgotten_without_a_yes(
    command: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --yes it asks, and anything but yes deletes nothing."""
    import io

    session = command("import", HISTORY)[1].strip()
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    code, out, err = command("forget", session)
    assert (code, out) == (130, "")
    assert "Delete everything" in err
    assert command("export", session)[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert command("forget", session)[0] == 0
    assert command("export", session)[0] == 1


# The program itself


def test_a_defect_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """An error nobody foresaw ends in one line without a traceback, with code 1."""

    def failing(error: BaseException) -> click.Command:
        def fail() -> None:
            raise error

        return click.Command("x", callback=fail)

    assert run(failing(RuntimeError("boom\nand more")), []) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Something went wrong that should not have: RuntimeError: boom and more."
    ]
    assert run(failing(RuntimeError()), []) == 1
    assert run(failing(KeyboardInterrupt()), []) == 130
    assert run(failing(click.Abort()), []) == 130
    assert capsys.readouterr().err.splitlines()[-2:] == ["Stopped.", "Stopped."]


def program(*arguments: str, home: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own."""
    environment = {**os.environ, "INTERVIEWER_HOME": str(home), **more}  # noqa: TID251  # the child's
    return subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_process_ends_with_the_documented_code(shared: Path) -> None:
    """As a process: 0 with one document on output, 1 and 2 with nothing there, no traceback."""
    listed = program("companies", "--json", home=shared)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert len(json.loads(listed.stdout)) == len(SHIPPED)
    for arguments, code in ((["plan", "nobody", "--role", "x"], 1), (["dance"], 2)):
        ended = program(*arguments, home=shared)
        assert (ended.returncode, ended.stdout) == (code, "")
        assert "Traceback" not in ended.stderr


def test_a_terminal_without_utf8_is_no_fault(shared: Path) -> None:
    """A terminal that knows no Chinese still gets the list, and JSON that can be read."""
    listed = program("companies", "--json", home=shared, PYTHONIOENCODING="ascii")
    assert listed.returncode == 0, listed.stderr
    assert "Traceback" not in listed.stderr
    assert [entry["id"] for entry in json.loads(listed.stdout)] == list(SHIPPED)


def test_a_reader_that_has_enough_is_no_fault(shared: Path) -> None:
    """When `head` closes the pipe the program ends quietly."""
    ended = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m interviewer assess {HISTORY} --json | head -c 1"],
        cwd=ROOT, env={**os.environ, "INTERVIEWER_HOME": str(shared)},  # noqa: TID251  # the child's
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.stdout == "{"
    assert ended.stderr == ""


def test_a_brief_cites_what_it_says(command: Run, tmp_path: Path) -> None:
    """The brief is one document with passage ids, and the CV may be a Word file."""
    from docx import Document

    cv = Document()
    cv.add_paragraph("Moved 40 nightly loads to Airflow and cut failures by 60 percent")
    cv.save(str(tmp_path / "cv.docx"))
    found = told(
        command("brief", "brightwell", "--cv", tmp_path / "cv.docx", "--seed", "3", "--json")
    )
    assert found["topics"]["performance"][0]["passage"].startswith("brightwell/performance/")
    assert any(row["evidence"] and "Airflow" in row["evidence"] for row in found["fit"])
    code, out, _ = command("brief", "chengyuan", "--seed", "3")
    assert code == 0
    assert "[chengyuan/" in out


def test_doctor_says_where_a_reranker_sends_text(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A reranker that was named is tried; one that does not answer is named with the reason."""
    monkeypatch.setenv("INTERVIEWER_RERANKER", f"onnx:{tmp_path}")
    code, out, _ = command("doctor")
    assert code == 1
    assert "NOT reranker" in out
    assert "holds no reranker" in out
    with served("jina") as owner:
        monkeypatch.setenv("INTERVIEWER_RERANKER", f"{owner.address}?key=k3y")
        code, out, _ = command("doctor")
        assert code == 0
        assert f"ok  reranker: {owner.address}. It answers. No text leaves this machine." in out
        assert "k3y" not in out
        owner.mode = "500"
        _, out, _ = command("doctor")
    assert "does not answer. Its server answers with status 500." in out


def test_the_database_is_named_and_goes_back_to_an_older_schema(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first start it has no schema, after it the newest, and it can be taken back."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    told = json.loads(command("database", "--json")[1])
    assert (told["database"], told["schema"]) == (str(tmp_path / "interviews.sqlite3"), None)
    assert command("export", "nobody")[0] == 1
    code, out, _ = command("database")
    assert code == 0
    assert f"schema {told['newest']} (the newest)" in out
    code, out, _ = command("database", "--back-to", "0001", "--yes")
    assert (code, f"schema 0001 (the newest is {told['newest']})" in out) == (0, True)
    code, out, err = command("database", "--back-to", "0002", "--yes")
    assert (code, out) == (1, "")
    assert "cannot go back to schema '0002'. It has 0001" in err
