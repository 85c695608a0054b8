"""What the index promises."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import SetupError
from interviewer.research import builds
from interviewer.research.embedding import Vectors
from interviewer.research.filling import Texts
from interviewer.research.index import Index, IndexBrokenError
from interviewer.research.shelf import EmbeddedShelf, ServerShelf
from interviewer.transcript import Passage

TEXTS = Texts(lambda passage: passage.text, lambda passage: (f"unit of {passage.text}",))


class Letters:
    """A model without weights: counts of hashed words."""

    dimension = 64

    def __init__(self, name: str = "letters", digest: str = "1") -> None:
        """Keep name and digest, by which an index knows its model."""
        self.name = name
        self.digest = digest

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return normalised counts."""
        rows = [self.question(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimension)

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
    index.rebuild(company, passages, TEXTS, mark, len(passages))


def _mark(index: Index) -> str | None:
    contents = index.contents("acme")
    return None if contents is None else contents.fingerprint


def _held(index: Index, company: str = "acme") -> tuple[Passage, ...]:
    contents = index.contents(company)
    return () if contents is None else contents.passages


def _near(
    index: Index, vector: Vectors, k: int, topic: str | None = None
) -> list[tuple[Passage, float]]:
    while True:
        contents = index.contents("acme")
        assert contents is not None
        try:
            found = index.query(contents, "acme", vector, k, topic)
        except IndexBrokenError:
            continue  # built again in between
        return [(contents.passages[number], cosine) for number, cosine in found]


def test_what_was_built_is_found_with_cosine_one(tmp_path: Path) -> None:
    """A passage comes back as it went in; the same words have cosine 1; topics filter."""
    index, model = Index(tmp_path, Letters(), EmbeddedShelf()), Letters()
    passages = _passages()
    _build(index, passages)
    (best, cosine), *rest = _near(index, model.question(passages[1].text), 3)
    assert best == passages[1]
    assert cosine == pytest.approx(1, abs=1e-4)
    assert len(rest) == 2
    assert _near(index, model.question("text1"), 3, topic="post")[0][0] == passages[0]
    assert _near(index, model.question("text1"), 3, topic="process") == []
    assert _near(index, model.question("text1"), 0) == []
    assert _held(index, "acme") == tuple(passages)
    index.close()


def test_folders_are_the_users_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read an employer's index."""
    index = Index(tmp_path / "index", Letters(), EmbeddedShelf())
    _build(index, _passages())
    for folder in (tmp_path / "index" / "acme", *(tmp_path / "index" / "acme").glob("*/")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    index.close()


def test_a_rebuild_replaces_everything_and_leaves_no_old_text(tmp_path: Path) -> None:
    """After a rebuild neither answers nor the disk hold what was there before."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    _build(index, [Passage("acme/a#1", "canarytext", "S", "post")])
    _build(index, _passages(2), "two")
    assert _mark(index) == "two"
    assert len(_held(index, "acme")) == 2
    index.close()
    assert not any(
        b"canarytext" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    )


def test_removing_leaves_nothing_on_the_disk_and_others_untouched(tmp_path: Path) -> None:
    """The folder is gone; another employer's open index goes on answering."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    _build(index, _passages())
    _build(index, _passages(company="other"))
    assert len(_held(index, "acme")) == len(_held(index, "other")) == 3
    index.remove("acme")
    assert not (tmp_path / "acme").exists()
    assert _mark(index) is None
    assert len(_held(index, "other")) == 3
    index.close()


def test_an_index_of_another_model_does_not_count(tmp_path: Path) -> None:
    """Vectors of another model, or of another file of it, are not compared with."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    _build(index, _passages())
    index.close()
    assert _mark(Index(tmp_path, Letters("other"), EmbeddedShelf())) is None
    assert _mark(Index(tmp_path, Letters(digest="2"), EmbeddedShelf())) is None
    again = Index(tmp_path, Letters(), EmbeddedShelf())
    assert _mark(again) == "one"
    again.close()


def test_a_second_reader_sees_a_rebuild(tmp_path: Path) -> None:
    """An index that was open while another one rebuilt it answers from the new build."""
    first, second = (
        Index(tmp_path, Letters(), EmbeddedShelf()),
        Index(tmp_path, Letters(), EmbeddedShelf()),
    )
    _build(first, _passages(2))
    assert len(_held(second, "acme")) == 2
    _build(first, _passages(5), "two")
    assert len(_held(second, "acme")) == 5
    first.close()
    second.close()


def test_an_empty_pack_has_an_index_without_answers(tmp_path: Path) -> None:
    """No passages is a state like any other."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    _build(index, [])
    assert _mark(index) == "one"
    assert _near(index, Letters().question("x"), 3) == []
    index.close()


@pytest.mark.parametrize(
    "damage",
    ["garbage", "half", "no database", "pointer", "nothing", "no units", "half of the units"],
)
def test_a_damaged_index_reads_as_none_and_is_built_again(tmp_path: Path, damage: str) -> None:
    """Whatever has happened to the folder, there is no traceback and a rebuild mends it."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
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
    elif damage == "no units":
        (database.parent / "units.f16").unlink()
    elif damage == "half of the units":
        units = database.parent / "units.f16"
        units.write_bytes(units.read_bytes()[: units.stat().st_size // 2])
    elif damage == "pointer":
        (home / "current").write_bytes(b"../../../etc\xff")
    else:
        (home / "current").unlink()
    broken = Index(tmp_path, Letters(), EmbeddedShelf())
    assert _mark(broken) is None or damage == "half"
    _build(broken, _passages(2), "two")
    assert _mark(broken) == "two"
    assert len(_held(broken, "acme")) == 2
    broken.close()


def test_threads_may_ask_while_one_rebuilds(tmp_path: Path) -> None:
    """Every answer comes from one whole build, old or new."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    _build(index, _passages(4))
    vector = Letters().question("text1")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(_near, index, vector, 50) for _ in range(20)]
        rebuilt = pool.submit(_build, index, _passages(9), "two")
        asked += [pool.submit(_near, index, vector, 50) for _ in range(20)]
        rebuilt.result()
    assert {len(one.result()) for one in asked} <= {4, 9}
    assert len(_near(index, vector, 50)) == 9
    index.close()


_KILLED = """
import sys, time
sys.path[:0] = [{tests!r}]
from pathlib import Path
from interviewer.research import builds
from test_research_index import EmbeddedShelf, Index, Letters, _passages, _build

def stop(*_, **__):
    print("here", flush=True)
    time.sleep(60)

index = Index(Path({folder!r}), Letters(), EmbeddedShelf())
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
    index = Index(tmp_path, Letters(), EmbeddedShelf())
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
    again = Index(tmp_path, Letters(), EmbeddedShelf())
    assert _mark(again) == left
    assert len(_held(again, "acme")) == {"old": 3, "new": 40}[left]
    _build(again, _passages(5), "next")
    assert len(_held(again, "acme")) == 5
    again.close()


def test_what_a_kill_left_behind_is_swept_by_the_next_rebuild(tmp_path: Path) -> None:
    """Whoever has the right to write knows that no other build is in work."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    _build(index, _passages())
    stale = tmp_path / "acme" / "stale"
    stale.mkdir()
    (tmp_path / "acme" / "current.stale").write_text("stale", encoding="utf-8")
    _build(index, _passages(), "two")
    assert not stale.exists()
    assert not (tmp_path / "acme" / "current.stale").exists()
    index.close()


class Counting(Letters):
    """Counts the texts it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed and remember."""
        self.embedded += texts
        return super().passages(texts)


def test_a_changed_pack_embeds_only_what_is_new(tmp_path: Path) -> None:
    """Vectors of texts that stayed are taken over, wherever they stand now."""
    model = Counting()
    index = Index(tmp_path, model, EmbeddedShelf())
    _build(index, _passages(20))
    model.embedded.clear()
    new = Passage("acme/new#1", "brand new", "S", "post")
    _build(index, [new, *_passages(20)], "two")
    assert model.embedded == ["brand new", "unit of brand new"]
    assert _near(index, model.question("text7"), 1)[0][0].text == "text7 文7"
    index.close()


def test_a_killed_rebuild_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """What was embedded before a kill is not embedded again."""

    def killed(company: str, done: int, total: int) -> None:
        if done >= 32:
            raise KeyboardInterrupt

    model = Counting()
    index = Index(tmp_path, model, EmbeddedShelf())
    passages = _passages(48)
    with pytest.raises(KeyboardInterrupt):
        index.rebuild("acme", passages, TEXTS, "one", 48, killed)
    assert _mark(index) is None
    model.embedded.clear()
    _build(index, passages)
    assert len(model.embedded) == 2 * 16
    assert len(_held(index)) == 48
    index.close()


def test_units_come_back_with_the_passages_they_belong_to(tmp_path: Path) -> None:
    """A question has cosine 1 with the unit of its own words, whatever the passage's number."""
    index, model = Index(tmp_path, Letters(), EmbeddedShelf()), Letters()
    passages = _passages(40)
    _build(index, passages)
    contents = index.contents("acme")
    assert contents is not None
    vector = model.question("unit of text33 文33")
    first, second = index.unit_cosines(contents, "acme", vector, [33, 2])
    assert first.shape == second.shape == (1,)
    assert first[0] == pytest.approx(1, abs=1e-3)
    assert second[0] < 0.99
    assert index.unit_cosines(contents, "acme", vector, []) == []
    _build(index, passages[1:], "two")
    with pytest.raises(IndexBrokenError):
        index.unit_cosines(contents, "acme", vector, [2])
    index.close()


def test_two_passages_of_one_text_are_both_found(tmp_path: Path) -> None:
    """A text that stands in two documents has one vector and two places."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    twins = [Passage(f"acme/{name}#1", "the same", "S", "post") for name in "abc"]
    _build(index, twins)
    found = _near(index, Letters().question("the same"), 3)
    assert {passage.id for passage, _ in found} == {"acme/a#1", "acme/b#1", "acme/c#1"}
    index.close()


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process writes; the other gets a sentence that names the way out."""
    index = Index(tmp_path, Letters(), EmbeddedShelf())
    held = builds.writing
    monkeypatch.setattr(builds, "writing", lambda home, name: held(home, name, patience=0.1))
    with (
        index.writing("acme"),
        pytest.raises(SetupError, match="Another program is writing the research on acme"),
    ):
        _build(index, _passages())
    _build(index, _passages())
    assert len(_held(index)) == 3
    index.close()


def test_a_folder_that_cannot_be_written_is_a_setup_error(tmp_path: Path) -> None:
    """A file in the place of the folder is named with the fix."""
    (tmp_path / "acme").write_text("in the way", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be written"):
        _build(Index(tmp_path, Letters(), EmbeddedShelf()), _passages())


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server, the one in Rust, on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma")
    with subprocess.Popen(
        [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def test_a_chroma_server_holds_the_vectors_of_several_processes(
    tmp_path: Path, chroma: str
) -> None:
    """Two installations share one collection; the second embeds its own units only."""
    first_model, second_model = Counting(), Counting()
    first = Index(tmp_path / "a", first_model, ServerShelf(chroma))
    second = Index(tmp_path / "b", second_model, ServerShelf(chroma))
    _build(first, _passages(20))
    _build(second, _passages(20))
    assert len(first_model.embedded) == 2 * 20
    assert second_model.embedded == [f"unit of {p.text}" for p in _passages(20)]
    vector = Letters().question("text1")
    assert _near(first, vector, 5) == _near(second, vector, 5)
    _build(first, _passages(21), "two")
    assert len(_near(first, vector, 50)) == 21
    first.remove("acme")
    with closing(ServerShelf(chroma)) as shelf:
        assert "acme" not in shelf.companies()
    first.close()
    second.close()


def test_vectors_of_another_model_on_a_server_are_an_error_with_the_fix(
    tmp_path: Path, chroma: str
) -> None:
    """A server's collections are not thrown away without being asked."""
    index = Index(tmp_path / "a", Letters(), ServerShelf(chroma))
    _build(index, _passages(2))
    index.close()
    other = Index(tmp_path / "b", Letters("other"), ServerShelf(chroma))
    with pytest.raises(SetupError, match="interviewer reindex acme"):
        _build(other, _passages(2))
    other.remove("acme")
    _build(other, _passages(2))
    assert len(_held(other)) == 2
    other.close()


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://x", "http://", ""])
def test_an_address_that_is_none_is_a_setup_error(url: str) -> None:
    """What stands in INTERVIEWER_CHROMA_URL is named with an example."""
    with pytest.raises(SetupError, match=r"http://127\.0\.0\.1:8000"):
        ServerShelf(url)


def test_a_server_that_does_not_answer_is_named() -> None:
    """The way back to the embedded store is part of the sentence."""
    with (
        closing(ServerShelf("http://127.0.0.1:9")) as shelf,
        pytest.raises(SetupError, match="No Chroma server answers"),
    ):
        shelf.companies()
