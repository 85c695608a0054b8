"""`forget` and retention: nothing of a person stays anywhere in the data folder."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import InputError
from interviewer.evaluation.judged.verdicts import Said
from interviewer.evaluation.kept_vectors import VectorFile
from interviewer.interview.annotations import Annotation
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.models.verdict_cache import VerdictCache
from interviewer.privacy.erasing import Erasing
from interviewer.privacy.places import Places
from interviewer.research.own import begin_employer
from interviewer.research.ownership import Owner, claim
from interviewer.storage import SqlPeople, SqlSessionStore, Whose, open_engine
from interviewer.storage.kept_keys import KeptKeys
from interviewer.transcript import EMPTY, Interview, Transcript, Turn
from tests.cli.conftest import Run
from tests.fakes.ring import MemoryRing

ANNS, BENS = "zugunruhe", "fernweh"
VECTOR = np.linspace(-1, 1, 8, dtype=np.float32)
OLD, NEW = "2026-01-02T10:00:00Z", "2026-11-27T10:00:00Z"


def forms(sign: str) -> Iterator[bytes]:
    """Yield a word in every writing a program may have left it in."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = sign.encode(encoding)
        yield plain
        for before in range(3):  # what stands before it in the same text moves the letters
            whole = base64.b64encode(b"\0" * before + plain)
            yield whole[-(-8 * before // 6) : 8 * (before + len(plain)) // 6]


def places(root: Path, sign: str) -> set[str]:
    """Return the files that hold a word or are named so, by the first two of their names."""
    wanted = tuple(forms(sign))
    found = set()
    for path in root.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if sign in path.name or any(form in data for form in wanted):
            found.add("/".join(path.relative_to(root).parts[:2]))
    return found


def interview(name: str, sign: str, at: str) -> Transcript:
    """Return an interview with a word in its plan, its answers and what was added to it."""
    plan = {"rounds": [{"id": "hr"}], "papers": {"cv": f"CV {sign}"}}
    asked = Turn(1, "assistant", "Tell me.", "hr", at=at, round="hr")
    said = Turn(2, "user", f"I told them {sign}. " * 200, at=at, round="hr")
    header = Interview(created=at, company="acme", plan=plan, language="en")
    return Transcript(name, header, (asked, said), EMPTY)


async def fill(home: Path, who: str, sign: str, at: str = NEW) -> None:
    """Keep everything a person can have in the database, and type over some of it."""
    engine = open_engine(home / "interviews.sqlite3")
    store = SqlSessionStore(engine, clock=lambda: at)
    await store.create(interview(f"{who}s", sign, at), owner=who, visitor=f"browser-of-{who}")
    for draft in ("first", "second"):
        await store.save_draft(f"{who}s", f"{draft} {sign} " * 50)
    own = SelfAssessment(strengths=f"strong {sign}")
    await store.save_self_assessment(own, owner=who)
    await store.save_self_assessment(replace(own, strengths=f"stronger {sign}"), owner=who)
    await store.annotate(f"{who}s", Annotation("dispute", "hr/x", {"words": f"no, {sign}"}, at))
    store.close()


def keep_evaluation(home: Path, name: str, transcript: str) -> None:
    """Keep an evaluation by hand, with a copy and a finding that quotes it."""
    folder = home / "evaluations" / name
    (folder / "transcripts").mkdir(parents=True)
    summary = {"schema": "interviewer.evaluation/1", "transcripts": 1, "metrics": {},
               "per_transcript": [{"file": "1.jsonl", "id": transcript}]}  # fmt: skip
    (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (folder / "manifest.json").write_text('{"counts": {"transcripts": 1}}', encoding="utf-8")
    (folder / "findings.jsonl").write_text("", encoding="utf-8")
    sign = ANNS if transcript == "anns" else BENS
    (folder / "transcripts" / "1.jsonl").write_text(sign, encoding="utf-8")


def scatter(home: Path, sign: str) -> None:
    """Leave a word in every cache, in every writing, and in a file on its way in."""
    VectorFile(home / "vectors.sqlite3", 8).keep({b"k" * 16: VECTOR})
    VerdictCache(home / "judge").put("k", Said(1, f"quoted {sign}"))
    (home / "measuring" / "run").mkdir(parents=True)
    (home / "measuring" / "run" / "1.rows").write_bytes(base64.b64encode(f"a {sign}".encode()))
    upload = home / "uploads" / "4f" / f"CV {sign}.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(sign.encode("utf-16-le"))


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of temporary files, which is searched too."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def begin_pack(home: Path, who: str, sign: str) -> Path:
    """Keep a document as somebody's research, without an index; return its folder."""
    pack = home / "knowledge" / f"employer-{who}"
    begin_employer(pack, f"Employer {sign}", "en")
    (pack / "a.md").write_text(f"The {sign} line has 40 people. " * 9, encoding="utf-8")
    claim(pack, Owner(who))
    return pack


@pytest.fixture
def furnished(home: Path, temp: Path) -> MemoryRing:
    """Let Ann and Ben leave something everywhere; return the keyring."""
    ring = MemoryRing()
    for who, sign in (("ann", ANNS), ("ben", BENS)):
        begin_pack(home, who, sign)
        asyncio.run(fill(home, who, sign))
        keep_evaluation(home, f"run-{who}", f"{who}s")
        KeptKeys(home, lambda: ring).keep(f"browser-of-{who}", "openai:x", {"key": f"sk-{who}"})
    scatter(home, ANNS)
    return ring


def test_a_person_is_forgotten_in_every_place(
    command: Run, home: Path, temp: Path, furnished: MemoryRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Database, log and free pages, index, documents, copies, caches, uploads, keyring: no byte.

    Another program has the database open meanwhile, as the app has. Ben keeps everything.
    """
    monkeypatch.setattr(
        "interviewer.cli.forgetting.open_kept_keys",
        lambda settings: KeptKeys(settings.home, lambda: furnished),
    )
    assert command("reindex", "employer-ann")[0] == 0  # with a Chroma folder of its own
    seen = places(home, ANNS)
    assert seen >= {
        "interviews.sqlite3", "knowledge/employer-ann", "index/employer-ann",
        "evaluations/run-ann", "judge/verdicts.jsonl", "measuring/run", "uploads/4f",
    }  # fmt: skip
    assert any(VECTOR.tobytes() in path.read_bytes() for path in home.glob("vectors*"))
    others = places(home, BENS)
    open_one = SqlSessionStore(open_engine(home / "interviews.sqlite3"))
    assert len(asyncio.run(open_one.sessions())) == 2
    code, out, _ = command("forget", "ann", "--yes")
    assert (code, "overwritten when" in out) == (0, False)
    assert "Deleted kept evaluations that held copies: run-ann." in out
    assert "Deleted 1 entries of the keyring." in out
    assert places(home, ANNS) == places(temp, ANNS) == set()
    assert not any(VECTOR.tobytes() in path.read_bytes() for path in home.glob("vectors*"))
    assert [json.loads(text)["values"]["key"] for text in furnished.held.values()] == ["sk-ben"]
    assert places(home, BENS) == others
    open_one.close()
    assert places(home, ANNS) == set()


def test_an_interview_is_forgotten_with_its_copies(
    command: Run, home: Path, furnished: MemoryRing
) -> None:
    """Its evaluation and the caches go with it; the person's research and own words stay."""
    del furnished
    assert command("forget", "anns", "--yes")[0] == 0
    assert places(home, ANNS) == {
        "interviews.sqlite3", "knowledge/employer-ann",
    }  # fmt: skip
    assert "stronger" in command("self", "--candidate", "ann")[1]


def test_who_has_left_nothing_takes_nothing_of_others_away(
    home: Path, furnished: MemoryRing
) -> None:
    """What cannot be divided by person is deleted for somebody's interviews only."""
    store = SqlSessionStore(open_engine(home / "interviews.sqlite3"))
    before = sorted(Places(home).caches())
    erasing = Erasing(store, home, home / "knowledge", lambda: pytest.fail("nothing to open"))
    for forgotten in (erasing.person(Whose("nobody")), erasing.interview("nothing")):
        with pytest.raises(InputError):
            asyncio.run(forgotten)
    store.close()
    assert before
    assert sorted(Places(home).caches()) == before


def test_an_export_holds_the_research_too(command: Run, furnished: MemoryRing) -> None:
    """Documents stand in it whole, and it says which evaluations hold copies."""
    del furnished
    lines = [json.loads(line) for line in command("export", "--candidate", "ann")[1].splitlines()]
    (research,) = (line["research"] for line in lines if "research" in line)
    assert research["company"] == "employer-ann"
    assert any(f"The {ANNS} line" in entry["text"] for entry in research["documents"])
    assert [line["evaluations"] for line in lines if "evaluations" in line] == [["run-ann"]]


def test_what_nobody_touched_for_so_long_is_forgotten(command: Run, home: Path) -> None:
    """An old interview, self-assessment and pack go; one that went on yesterday stays."""
    pack = begin_pack(home, "ann", ANNS)
    long_ago = time.time() - 400 * 24 * 3600
    for path in (*pack.iterdir(), pack):
        os.utime(path, (long_ago, long_ago))
    asyncio.run(fill(home, "ann", ANNS, OLD))
    asyncio.run(fill(home, "ben", BENS, NEW))
    engine = open_engine(home / "interviews.sqlite3")
    store = SqlSessionStore(engine, clock=lambda: NEW)
    begun = replace(interview("long", BENS, OLD), turns=())
    asyncio.run(store.create(begun, owner="ben"))
    asyncio.run(store.append("long", Turn(1, "user", f"{BENS} went on", at=NEW, round="hr")))
    asyncio.run(SqlPeople(engine, clock=lambda: OLD).add("old", "candidate", "four words a row"))
    store.close()
    assert command("forget")[0] == command("forget", "ann", "--older-than", "9")[0] == 2
    code, out, _ = command("forget", "--older-than", "90", "--yes")
    assert (code, "1 sessions" in out, "employer-ann" in out) == (0, True, True)
    assert places(home, ANNS) == set()
    assert {"bens", "long"} == {
        json.loads(line)["id"] for line in command("export", "--candidate", "ben")[1].splitlines()
        if json.loads(line)["id"]
    }  # fmt: skip
    assert "old" in command("user", "list")[1]
    assert "0 sessions" in command("forget", "--older-than", "90", "--yes")[1]
