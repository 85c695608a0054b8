"""What the index promises."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import SetupError
from interviewer.research.embedding import Vectors
from interviewer.research.index import Index, IndexBrokenError
from interviewer.transcript import Passage


class Letters:
    """A model without weights: counts of hashed words."""

    dimension = 64

    def __init__(self, name: str = "letters", digest: str = "1") -> None:
        """Keep name and digest, by which an index knows its model."""
        self.name = name
        self.digest = digest

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return normalised counts."""
        return np.array([self.question(text) for text in texts], dtype=np.float32)

    def question(self, text: str) -> Vectors:
        """Return normalised counts of one text."""
        row = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            row[hashlib.sha256(word.encode()).digest()[0] % self.dimension] += 1
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


def _passages(count: int = 3, company: str = "acme") -> list[Passage]:
    topics = ["post", "scope", "nature"]
    return [
        Passage(f"{company}/doc#{n}", f"text{n} 文{n}", "S", topics[n % 3], None, "en", "H")
        for n in range(count)
    ]


def _build(index: Index, passages: list[Passage], mark: str = "one") -> None:
    company = passages[0].id.partition("/")[0] if passages else "acme"
    index.rebuild(company, passages, [p.text for p in passages], mark)


def test_what_was_built_is_found_with_cosine_one(tmp_path: Path) -> None:
    """A passage comes back as it went in; the same words have cosine 1; topics filter."""
    index, model = Index(tmp_path, Letters()), Letters()
    passages = _passages()
    _build(index, passages)
    (best, cosine), *rest = index.query("acme", model.question(passages[1].text), 3)
    assert best == passages[1]
    assert cosine == pytest.approx(1, abs=1e-4)
    assert len(rest) == 2
    assert index.query("acme", model.question("text1"), 3, topic="post")[0][0] == passages[0]
    assert index.query("acme", model.question("text1"), 3, topic="process") == []
    assert index.query("acme", model.question("text1"), 0) == []
    assert index.passages("acme") == tuple(passages)
    index.close()


def test_folders_are_the_users_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read an employer's index."""
    index = Index(tmp_path / "index", Letters())
    _build(index, _passages())
    for folder in (tmp_path / "index" / "acme", *(tmp_path / "index" / "acme").glob("*/")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    index.close()


def test_a_rebuild_replaces_everything_and_leaves_no_old_text(tmp_path: Path) -> None:
    """After a rebuild neither answers nor the disk hold what was there before."""
    index = Index(tmp_path, Letters())
    _build(index, [Passage("acme/a#1", "canarytext", "S", "post")])
    _build(index, _passages(2), "two")
    assert index.fingerprint("acme") == "two"
    assert len(index.passages("acme")) == 2
    index.close()
    assert not any(
        b"canarytext" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    )


def test_removing_leaves_nothing_on_the_disk_and_others_untouched(tmp_path: Path) -> None:
    """The folder is gone; another employer's open index goes on answering."""
    index = Index(tmp_path, Letters())
    _build(index, _passages())
    _build(index, _passages(company="other"))
    assert len(index.passages("acme")) == len(index.passages("other")) == 3
    index.remove("acme")
    assert not (tmp_path / "acme").exists()
    assert index.fingerprint("acme") is None
    assert len(index.passages("other")) == 3
    index.close()


def test_an_index_of_another_model_does_not_count(tmp_path: Path) -> None:
    """Vectors of another model, or of another file of it, are not compared with."""
    index = Index(tmp_path, Letters())
    _build(index, _passages())
    index.close()
    assert Index(tmp_path, Letters("other")).fingerprint("acme") is None
    assert Index(tmp_path, Letters(digest="2")).fingerprint("acme") is None
    again = Index(tmp_path, Letters())
    assert again.fingerprint("acme") == "one"
    again.close()


def test_a_second_reader_sees_a_rebuild(tmp_path: Path) -> None:
    """An index that was open while another one rebuilt it answers from the new build."""
    first, second = Index(tmp_path, Letters()), Index(tmp_path, Letters())
    _build(first, _passages(2))
    assert len(second.passages("acme")) == 2
    _build(first, _passages(5), "two")
    assert len(second.passages("acme")) == 5
    first.close()
    second.close()


def test_an_empty_pack_has_an_index_without_answers(tmp_path: Path) -> None:
    """No passages is a state like any other."""
    index = Index(tmp_path, Letters())
    _build(index, [])
    assert index.fingerprint("acme") == "one"
    assert index.query("acme", Letters().question("x"), 3) == []
    index.close()


@pytest.mark.parametrize("damage", ["garbage", "half", "no database", "pointer", "nothing"])
def test_a_damaged_index_reads_as_none_and_is_built_again(tmp_path: Path, damage: str) -> None:
    """Whatever has happened to the folder, there is no traceback and a rebuild mends it."""
    index = Index(tmp_path, Letters())
    _build(index, _passages())
    index.close()
    home = tmp_path / "acme"
    (database,) = home.glob("*/chroma.sqlite3")
    if damage == "garbage":
        database.write_bytes(b"not a database" * 1000)
    elif damage == "half":
        database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
    elif damage == "no database":
        database.unlink()
    elif damage == "pointer":
        (home / "current").write_bytes(b"../../../etc\xff")
    else:
        (home / "current").unlink()
    broken = Index(tmp_path, Letters())
    assert broken.fingerprint("acme") is None or damage == "half"
    if damage != "half":
        with pytest.raises(IndexBrokenError):
            broken.passages("acme")
    _build(broken, _passages(2), "two")
    assert broken.fingerprint("acme") == "two"
    assert len(broken.passages("acme")) == 2
    broken.close()


def test_threads_may_ask_while_one_rebuilds(tmp_path: Path) -> None:
    """Every answer comes from one whole build, old or new."""
    index = Index(tmp_path, Letters())
    _build(index, _passages(4))
    vector = Letters().question("text1")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(index.query, "acme", vector, 50) for _ in range(20)]
        rebuilt = pool.submit(_build, index, _passages(9), "two")
        asked += [pool.submit(index.query, "acme", vector, 50) for _ in range(20)]
        rebuilt.result()
    assert {len(one.result()) for one in asked} <= {4, 9}
    assert len(index.query("acme", vector, 50)) == 9
    index.close()


_KILLED = """
import sys, time
sys.path[:0] = [{tests!r}]
from pathlib import Path
from interviewer.research import builds
from test_research_index import Index, Letters, _passages, _build

def stop(*_, **__):
    print("here", flush=True)
    time.sleep(60)

index = Index(Path({folder!r}), Letters())
if {moment!r} == "before the switch":
    builds.point = stop
elif {moment!r} == "after the switch":
    builds.sweep = stop
else:
    index.rebuild = lambda *a: Index.rebuild(index, *a, progress=stop)
_build(index, _passages(40), "new")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize(
    ("moment", "left"),
    [("half built", "old"), ("before the switch", "old"), ("after the switch", "new")],
)
def test_a_kill_in_mid_rebuild_leaves_the_old_or_the_new(
    tmp_path: Path, moment: str, left: str
) -> None:
    """SIGKILL at any step leaves a whole index, and the next rebuild works."""
    index = Index(tmp_path, Letters())
    _build(index, _passages(3), "old")
    index.close()
    tests = str(Path(__file__).parent)
    code = textwrap.dedent(_KILLED).format(tests=tests, folder=str(tmp_path), moment=moment)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        os.kill(process.pid, signal.SIGKILL)
    again = Index(tmp_path, Letters())
    assert again.fingerprint("acme") == left
    assert len(again.passages("acme")) == {"old": 3, "new": 40}[left]
    _build(again, _passages(5), "next")
    assert len(again.passages("acme")) == 5
    again.close()


def test_what_a_kill_left_behind_is_swept_later(tmp_path: Path) -> None:
    """A build older than ten minutes that is not in use goes with the next rebuild."""
    index = Index(tmp_path, Letters())
    _build(index, _passages())
    fresh, stale = tmp_path / "acme" / "fresh", tmp_path / "acme" / "stale"
    fresh.mkdir()
    stale.mkdir()
    draft = tmp_path / "acme" / "current.stale"
    draft.write_text("stale", encoding="utf-8")
    for path in (stale, draft):
        os.utime(path, (1, 1))
    _build(index, _passages(), "two")
    assert fresh.exists()
    assert not stale.exists()
    assert not draft.exists()
    index.close()


def test_a_folder_that_cannot_be_written_is_a_setup_error(tmp_path: Path) -> None:
    """A file in the place of the folder is named with the fix."""
    (tmp_path / "acme").write_text("in the way", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be written"):
        _build(Index(tmp_path, Letters()), _passages())
