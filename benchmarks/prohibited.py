"""How well questions that must not be asked are told: `python -m benchmarks.prohibited`.

`prohibited_questions/<kind>.<lang>.txt` were written before the rules: direct ones, indirect ones,
and what may be asked in their place, by category. Half of them, by hash, are held out: of those
only the figures are printed. Rules and examples were written by the hand that wrote the sets, so
that a list by another hand is the better measure: the texts of `evaluate validate` are one, and
are measured beside. `--interviews FOLDER` reads transcripts (ours, OpenAI chats, or lists of
`{"role": "interviewer", "message": ...}`) in which every finding is taken for a false alarm.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from interviewer.evaluation.intervals import share_interval
from interviewer.evaluation.mutation.texts import prohibited
from interviewer.evaluation.prohibited.detector import Detector
from interviewer.evaluation.speech import Speech
from interviewer.transcript_file import from_json

SETS = Path(__file__).parent / "prohibited_questions"
KINDS = ("direct", "indirect", "permitted")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a set, and whether it is held out."""

    language: str
    kind: str
    category: str
    text: str
    held_out: bool


def lines(language: str) -> Iterator[Line]:
    """Yield the sentences of a language."""
    for kind in KINDS:
        category = ""
        file = SETS / f"{kind}.{language}.txt"
        for text in file.read_text(encoding="utf-8").splitlines():
            if text.startswith("# "):
                category = text[2:]
            elif text:
                odd = hashlib.sha256(text.encode()).digest()[0] % 2 == 1
                yield Line(language, kind, category, text, odd)


def others(language: str) -> Iterator[Line]:
    """Yield the texts of `evaluate validate`, which another hand wrote."""
    for kind in KINDS:
        for text in prohibited(kind, language):
            yield Line(language, kind, text.kind, text.words, text.held_out)


def _told(name: str, hits: int, n: int) -> str:
    low, high = share_interval(hits, n)
    return f"{name}: {hits} of {n} ({hits / n:.3f}, 95 % {low:.3f} to {high:.3f})"


def _measure(detector: Detector, title: str, found: list[Line], misses: bool) -> None:
    hits: Counter[tuple[str, bool]] = Counter()
    counts: Counter[tuple[str, bool]] = Counter()
    by_category: Counter[str] = Counter()
    of_category: Counter[str] = Counter()
    right = 0
    for line in found:
        seen = detector.improper(line.text, asks=True)
        counts[line.kind, line.held_out] += 1
        hits[line.kind, line.held_out] += bool(seen)
        if line.kind != "permitted":
            of_category[line.category] += 1
            by_category[line.category] += bool(seen)
            right += bool(seen and seen.category == line.category)
        if misses and not line.held_out and bool(seen) == (line.kind == "permitted"):
            click.echo(f"  {line.kind} {line.category}: {line.text} {seen or ''}")
    for kind in KINDS:
        for held_out in (False, True):
            half = "held out" if held_out else "open"
            n = counts[kind, held_out]
            click.echo(_told(f"{title} {kind} {half}", hits[kind, held_out], n))
        click.echo(_told(f"{title} {kind} all", sum(hits[kind, h] for h in (False, True)),
                         sum(counts[kind, h] for h in (False, True))))  # fmt: skip
    told = ", ".join(f"{c} {by_category[c]}/{of_category[c]}" for c in of_category)
    click.echo(f"{title} by category: {told}")
    click.echo(f"{title} of those found, category as written: {right}")


def _speeches(folder: Path) -> Iterator[Speech]:
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".jsonl")):
        text = file.read_text(encoding="utf-8")
        for entry in text.splitlines() if file.suffix == ".jsonl" else [text]:
            document = json.loads(entry)
            if isinstance(document, list) and all("message" in turn for turn in document):
                messages = [
                    {"role": "assistant" if turn["role"] == "interviewer" else "user",
                     "content": turn["message"]} for turn in document
                ]  # fmt: skip
                document = {"id": file.stem, "messages": messages}
            if isinstance(document, dict) and "messages" in document:
                yield Speech(from_json(document))


def _alarms(detector: Detector, folder: Path) -> None:
    turns, alarmed, sentences = 0, 0, 0
    shown: set[str] = set()
    started = time.perf_counter()
    for speech in _speeches(folder):
        seen: set[int] = set()
        for sentence in speech.said:
            sentences += 1
            found = detector.improper(sentence.bare, sentence.asks)
            if found:
                seen.add(sentence.place)
                if sentence.bare not in shown:
                    shown.add(sentence.bare)
                    click.echo(f"  alarm, {found.category}, {found.by}: {sentence.bare}")
        alarmed += len(seen)
        turns += sum(turn.by_examiner for turn in speech.transcript.turns)
    took = (time.perf_counter() - started) * 1000
    click.echo(_told(f"{folder.name} turns with an alarm", alarmed, turns))
    click.echo(f"{folder.name}: {sentences} sentences, {took / max(1, sentences):.3f} ms each")


@click.command()
@click.option("--interviews", multiple=True, type=click.Path(exists=True, path_type=Path))
@click.option("--misses", is_flag=True, help="Print the misses of the open halves.")
def main(interviews: tuple[Path, ...], misses: bool) -> None:
    """Print what is found and what is taken for it, with Wilson intervals."""
    detector = Detector()
    for language in ("en", "zh"):
        _measure(detector, language, list(lines(language)), misses)
        _measure(detector, f"{language} by another hand", list(others(language)), misses)
    for folder in interviews:
        _alarms(detector, folder)


if __name__ == "__main__":
    main()
