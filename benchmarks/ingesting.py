"""How fast research goes in, what memory that takes, and how long a query takes at any size.

`python -m benchmarks.ingesting` prints all of it; `--most` limits the passages of the query part.
"""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
import psutil

from interviewer.research import ResearchStore, open_embedder
from interviewer.research.embedding import Vectors
from interviewer.research.filling import Texts
from interviewer.research.index import Index
from interviewer.research.pack import embedded_units
from interviewer.research.searching import Question, Search
from interviewer.research.shelf import EmbeddedShelf
from interviewer.transcript import Passage

DOCUMENTS = 1_000
SIZES = (1_000, 10_000, 100_000)
QUERIES = 60
_WORDS = [
    "revenue",
    "depot",
    "contract",
    "customer",
    "engineer",
    "pipeline",
    "report",
    "quarter",
    "parcel",
    "driver",
    "profit",
    "plan",
    "office",
    "team",
    "audit",
    "station",
    "nurse",
    "ward",
    "budget",
    "site",
    "tender",
    "bridge",
    "turbine",
    "sensor",
    "invoice",
    "ledger",
]


class Generated:
    """An embedder without a model: a direction of its own for each text."""

    name = "generated"
    digest = "0" * 64
    dimension = 384

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one random direction a text, the same for the same text."""
        return np.stack([self.question(text) for text in texts])

    def question(self, text: str) -> Vectors:
        """Return a random direction for a text."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        row = np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


def sentence(number: int) -> str:
    """Return one of many sentences."""
    pick = np.random.default_rng(number)
    chosen = pick.choice(_WORDS, 9)
    return f"In {2015 + number % 12} the {' '.join(chosen)} reached {number % 977} units."


def documents(folder: Path, count: int) -> None:
    """Write generated documents, a third each Markdown, HTML and CSV."""
    for number in range(count):
        lines = [sentence(number * 40 + place) for place in range(24)]
        name = folder / f"doc{number:05}"
        if number % 3 == 0:
            name.with_suffix(".md").write_text("# Notes\n\n" + " ".join(lines), "utf-8")
        elif number % 3 == 1:
            body = "".join(f"<p>{line}</p>" for line in lines)
            page = f"<html><body><article><h1>Notes</h1>{body}</article></body></html>"
            name.with_suffix(".html").write_text(page, "utf-8")
        else:
            rows = "\n".join(f"{place},{line}" for place, line in enumerate(lines))
            name.with_suffix(".csv").write_text("number,what\n" + rows, "utf-8")


def measure_ingest(count: int, home: Path, embedder: Generated | None) -> str:
    """Take generated documents in, and return what was seen."""
    source = home / "source"
    source.mkdir(parents=True)
    documents(source, count)
    model = embedder or open_embedder()
    store = ResearchStore({}, home / "index", home / "own", model)
    process = psutil.Process()
    before, most = process.memory_info().rss, [0]

    def watch(company: str, done: int, total: int) -> None:
        most[0] = max(most[0], process.memory_info().rss)

    begun = time.perf_counter()
    reports = store.ingest("acme", [source], topic="scope", progress=watch)
    seconds = time.perf_counter() - begun
    passages = len(store.passages("acme"))
    store.close()
    failed = sum(report.skipped is not None for report in reports)
    return (
        f"{count} documents, {passages} passages, {failed} left out: {seconds:.1f} s, "
        f"{passages / seconds:.0f} passages a second, memory +{(most[0] - before) / 1e6:.0f} MB"
    )


def generated(count: int) -> Iterator[Passage]:
    """Yield passages of a few sentences."""
    for number in range(count):
        text = " ".join(sentence(number * 5 + place) for place in range(5))
        yield Passage(f"acme/doc{number}#1", text, "S", "scope", "2026-01-01", "en")


def measure_queries(count: int, home: Path) -> str:
    """Fill an index with generated vectors, and return how long a look-up takes."""
    model = Generated()
    index = Index(home, model, EmbeddedShelf())
    begun = time.perf_counter()
    texts = Texts(lambda passage: passage.text, embedded_units)
    index.rebuild("acme", generated(count), texts, "one", count)
    filled = time.perf_counter() - begun
    contents = index.contents("acme")
    assert contents is not None
    times = []
    for number in range(QUERIES + 5):
        question = sentence(number * 31)
        vector = model.question(question)
        begun = time.perf_counter()
        Search(index, contents, "acme", "Acme", "blend").answers(Question(question, vector), 5)
        times.append(1000 * (time.perf_counter() - begun))
    index.close()
    kept = sorted(times[5:])
    return (
        f"{count} passages: search without the embedding p50 {statistics.median(kept):.1f} ms, "
        f"p95 {kept[int(0.95 * len(kept))]:.1f} ms; filled in {filled:.0f} s"
    )


@click.command()
@click.option("--most", default=SIZES[-1], show_default=True, help="Passages at most.")
@click.option("--documents", "count", default=DOCUMENTS, show_default=True)
def main(most: int, count: int) -> None:
    """Print ingest throughput and query latency."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        for size in (count // 10, count):
            click.echo("without a model: " + measure_ingest(size, home / f"g{size}", Generated()))
        size = count // 10
        click.echo("with the model: " + measure_ingest(size, home / "model", None))
        embedder = open_embedder()
        embedder.question("warm")
        begun = time.perf_counter()
        for number in range(20):
            embedder.question(sentence(number))
        click.echo(f"one question embedded: {1000 * (time.perf_counter() - begun) / 20:.1f} ms")
        for size in SIZES:
            if size <= most:
                click.echo(measure_queries(size, home / f"q{size}"))


if __name__ == "__main__":
    main()
