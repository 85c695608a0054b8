"""What is a candidate's own: a self-assessment, research they took in, and their papers."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from interviewer.research.ownership import Owner, owner_of
from tests.cli.conftest import Run
from tests.conftest import ROOT, SHIPPED

HISTORY = ROOT / "tests" / "golden" / "history" / "0.1.0.jsonl"
BAKERY = "Acme Bakery opened its second shop in Leeds in 2025; the quokka oven has 14 people. " * 2
OWN = 'schema = 1\nstrengths = "I keep a narwhal calm."\n'


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Return a folder with one document."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "shops.md").write_text(BAKERY, encoding="utf-8")
    return tmp_path / "notes"


@pytest.fixture
def me(tmp_path: Path) -> Path:
    """Return the file of a self-assessment."""
    (tmp_path / "me.toml").write_text(OWN, encoding="utf-8")
    return tmp_path / "me.toml"


def holds(home: Path, sign: str) -> bool:
    """Whether a file below a folder holds a text, in any of the encodings programs use."""
    forms = [sign.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in home.rglob("*") if path.is_file()]
    return any(form in path.read_bytes() for path in files for form in forms)


def test_a_self_assessment_is_taken_and_shown(command: Run, me: Path) -> None:
    """A file goes in and is shown as text in both languages and as the form of a file."""
    assert command("self")[1] == ""
    assert "--ask" in command("self")[2]
    assert "## Strengths\n\nI keep a narwhal calm." in command("self", "--file", me)[1]
    assert "## 优势" in command("self", "--language", "zh")[1]
    document = json.loads(command("self", "--json")[1])
    assert (document["schema"], document["strengths"]) == (1, "I keep a narwhal calm.")
    assert json.loads(command("self", "--json", "--candidate", "ann")[1])["strengths"] == ""


def test_a_wrong_file_changes_nothing(command: Run, me: Path) -> None:
    """A key that is no field is refused by name, and what was kept before stays."""
    command("self", "--file", me)
    me.write_text(OWN + 'hobbies = "chess"\n', encoding="utf-8")
    code, out, err = command("self", "--file", me)
    assert (code, out) == (1, "")
    assert "`hobbies`" in err
    assert "narwhal" in command("self")[1]
    assert command("self", "--file", me, "--ask")[0] == 2


def test_answers_are_kept_one_by_one(
    command: Run, me: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter keeps, a hyphen takes out, too long a text is asked again, stopping loses none."""
    command("self", "--file", me)
    monkeypatch.setattr("sys.stdin", io.StringIO("I bake.\n" + "x" * 2_001 + "\nOvens.\n\n"))
    code, _, err = command("self", "--ask")
    assert code == 130
    assert "2,000 at most" in err
    kept = json.loads(command("self", "--json")[1])
    assert (kept["abilities"], kept["specialities"]) == ("I bake.", "Ovens.")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\n\n\n-\n\n\n\n"))
    code, _, err = command("self", "--ask")
    assert code == 0
    assert "= I keep a narwhal calm." in err
    kept = json.loads(command("self", "--json")[1])
    assert (kept["abilities"], kept["specialities"], kept["strengths"]) == (
        "I bake.", "Ovens.", "",
    )  # fmt: skip


def test_a_self_assessment_goes_out_and_comes_in(command: Run, me: Path, tmp_path: Path) -> None:
    """An export holds it beside the interviews; an import keeps it where nothing is kept yet."""
    command("self", "--file", me, "--candidate", "ann")
    command("import", HISTORY, "--candidate", "ann")
    saved = tmp_path / "all.jsonl"
    assert command("export", "--candidate", "ann", "--out", saved)[0] == 0
    assert len(saved.read_text(encoding="utf-8").splitlines()) == 2
    assert "narwhal" in command("export", "--candidate", "ann", "--format", "md")[1]
    assert "jsonl and md" in command("export", "--candidate", "ann", "--format", "html")[2]
    assert "kept" in command("import", saved, "--candidate", "ben")[2]
    assert "narwhal" in command("self", "--candidate", "ben")[1]
    me.write_text(OWN.replace("narwhal", "walrus"), encoding="utf-8")
    command("self", "--file", me, "--candidate", "ben")
    assert "left out" in command("import", saved, "--candidate", "ben")[2]
    assert "walrus" in command("self", "--candidate", "ben")[1]


def test_a_self_assessment_is_forgotten_with_its_bytes(command: Run, me: Path, home: Path) -> None:
    """It is counted among what was deleted and no byte of it stays."""
    command("self", "--file", me)
    assert holds(home, "narwhal")
    assert "1 self-assessments" in command("forget", "me", "--yes")[1]
    assert not holds(home, "narwhal")


def test_research_says_whose_it_is(command: Run, notes: Path, home: Path) -> None:
    """Packs of the installation are shared; what is taken in is the candidate's, and stays so."""
    assert command("ingest", "acme", notes, "--candidate", "ann")[0] == 0
    assert command("ingest", "brightwell", notes)[0] == 0
    found = {entry["id"]: entry for entry in json.loads(command("companies", "--json")[1])}
    whose = {name: (entry["shared"], entry["owner"]) for name, entry in found.items()}
    untouched = dict.fromkeys(SHIPPED, (True, None))
    assert whose == untouched | {"acme": (False, "ann"), "brightwell": (True, "me")}
    listed = command("companies")[1]
    assert "1 passages; taken in by ann" in listed
    assert "shared; taken in by me" in listed
    code, _, err = command("ingest", "acme", notes, "--candidate", "ben")
    assert (code, "acme-2" in err) == (1, True)
    assert owner_of(home / "knowledge" / "acme") == Owner("ann")


def test_own_research_is_forgotten_whole(command: Run, notes: Path, home: Path) -> None:
    """Documents, folder and index are gone with their bytes; the employer is unknown again."""
    command("ingest", "acme", notes)
    assert command("ask", "acme", "How many people work at the second shop?")[1]
    assert holds(home / "index", "quokka")
    code, out, _ = command("forget", "acme", "--yes")
    assert (code, "research on acme: 1 documents" in out) == (0, True)
    assert not holds(home, "quokka")
    assert not (home / "knowledge" / "acme").exists()
    assert not (home / "index" / "acme").exists()
    assert command("ask", "acme", "How many people?")[0] == 1


def test_shared_research_is_never_forgotten(command: Run, notes: Path, home: Path) -> None:
    """What comes with the installation is refused; own additions to it go and it stays."""
    for arguments in (["brightwell"], ["brightwell", "--what", "research"]):
        code, out, err = command("forget", *arguments, "--yes")
        assert (code, out) == (1, "")
        assert "shared" in err
    assert command("forget", "nobody", "--what", "research", "--yes")[0] == 1
    before = json.loads(command("companies", "--json")[1])
    command("ingest", "brightwell", notes)
    code, out, _ = command("forget", "brightwell", "--yes")
    assert (code, "shared on brightwell stays" in out) == (0, True)
    assert json.loads(command("companies", "--json")[1]) == before
    assert not holds(home, "quokka")


def test_a_name_of_several_things_must_be_told_apart(command: Run, notes: Path, me: Path) -> None:
    """A candidate named like an employer is not deleted by mistake, nor the other way round."""
    command("ingest", "acme", notes)
    command("self", "--file", me, "--candidate", "acme")
    code, out, err = command("forget", "acme", "--yes")
    assert (code, out) == (2, "")
    assert "--what candidate or --what research" in err
    assert "1 people" in command("forget", "acme", "--what", "candidate", "--yes")[1]
    assert "research on acme" in command("forget", "acme", "--yes")[1]


def test_research_goes_with_its_candidate(
    command: Run, notes: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody took in goes with them, after it was named; others keep theirs."""
    command("ingest", "acme", notes, "--candidate", "ann")
    command("ingest", "bakers", notes, "--candidate", "ben")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert "the research on acme?" in command("forget", "ann")[2]
    assert (home / "knowledge" / "acme").is_dir()
    assert "research on acme" in command("forget", "ann", "--yes")[1]
    assert not (home / "knowledge" / "acme").exists()
    assert (home / "knowledge" / "bakers").is_dir()


def test_research_of_a_broken_file_can_be_forgotten(command: Run, notes: Path, home: Path) -> None:
    """An employer whose own file is wrong does not stand in the way of deleting it."""
    command("ingest", "acme", notes)
    (home / "knowledge" / "acme" / "company.toml").write_text("schema = 9", encoding="utf-8")
    assert command("forget", "acme", "--yes")[0] == 0
    assert command("companies")[0] == 0


def test_papers_and_own_words_never_reach_the_index(
    command: Run, notes: Path, me: Path, home: Path, tmp_path: Path
) -> None:
    """No text of CV, advert or self-assessment is on disk below the index or in Chroma."""
    cv, advert, answers = (tmp_path / name for name in ("cv.md", "advert.md", "answers.txt"))
    cv.write_text("- Built the axolotl pipeline for 40 depots\n", encoding="utf-8")
    advert.write_text("## Requirements\n- Pangolin forecasting\n", encoding="utf-8")
    answers.write_text("I built the axolotl pipeline.\n" * 3, encoding="utf-8")
    command("self", "--file", me)
    command("ingest", "acme", notes)
    papers = ("--role", "Planner", "--cv", cv, "--job", advert, "--seed", "1")
    for arguments in (
        ("brief", "acme", *papers), ("plan", "acme", *papers),
        ("rehearse", "acme", *papers, "--answers", answers), ("reindex",),
    ):  # fmt: skip
        assert command(*arguments)[0] == 0
    assert holds(home / "index", "quokka")
    assert holds(home, "axolotl")
    for sign in ("axolotl", "angolin", "narwhal"):
        assert not holds(home / "index", sign)
        assert not holds(home / "knowledge", sign)


def test_a_brief_holds_the_candidates_side(command: Run, me: Path, tmp_path: Path) -> None:
    """Requirements stand against CV and own word; gaps, breaks and goals are named."""
    me.write_text(
        'schema = 1\nstrengths = "Ready for the on-call rota."\nlife_goals = "A small team."\n',
        encoding="utf-8",
    )
    cv = tmp_path / "cv.md"
    cv.write_text(
        "## Work\n### Data engineer, Larder (2022-03 to today)\n- Tuned 12 slow SQL queries\n"
        "### Analyst, Tide (2016-01 to 2020-02)\n- Wrote 9 reports\n",
        encoding="utf-8",
    )
    command("self", "--file", me)
    call = ("brief", "brightwell", "--role", "data-engineer", "--cv", cv, "--seed", "1")
    out = command(*call)[1]
    assert "  Tuned 12 slow SQL queries (CV, 3)" in out
    assert "~ readiness to join an on-call rota of one week in six" in out
    assert "(your own word)" in out
    assert re.search(r"^- experience with event streams.*\n  ", out, re.MULTILINE)
    assert "Between 2020-02 and 2022-03" in out
    assert out.rstrip().endswith("- A small team.")
    document = json.loads(command(*call, "--json")[1])
    witnesses = {row["witness"] for row in document["fit"]}
    assert witnesses == {"cv", "self", None}
    assert document["cv"]["breaks"][0]["since"] == "2020-02"
    other = json.loads(command(*call, "--json", "--candidate", "ann")[1])
    assert {row["witness"] for row in other["fit"]} == {"cv", None}
