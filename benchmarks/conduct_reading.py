"""How well facts about the person are told from work: `python -m benchmarks.conduct_reading`.

`conduct/volunteered.<lang>.jsonl` holds sentences written before the signs: what candidates
volunteer of themselves, by topic, and look-alikes about the work. Half of them, by hash, are held
out: of those only the figures are printed. They were written by one hand with the signs; another
hand's list would be the better measure.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from interviewer.reading.protected import protected_in

SETS = Path(__file__).parent / "conduct"


def lines(language: str) -> Iterator[tuple[str, str | None, bool]]:
    """Yield each sentence with its topic, None for a look-alike, and whether it is held out."""
    for line in (SETS / f"volunteered.{language}.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        held_out = hashlib.sha256(entry["text"].encode()).digest()[0] % 2 == 1
        yield entry["text"], entry["topic"], held_out


def main() -> None:
    """Print recall and false alarms by language and half, and the misses of the tuning half."""
    for language in ("en", "zh"):
        counts: Counter[tuple[bool, bool, bool]] = Counter()
        for text, topic, held_out in lines(language):
            told = bool(protected_in(text, language))
            counts[held_out, topic is not None, told] += 1
            if not held_out and told != (topic is not None):
                sys.stdout.write(f"{language} {'missed' if topic else 'false'}: {text}\n")
        for held_out in (False, True):
            half = "held out" if held_out else "tuning"
            facts = counts[held_out, True, True], counts[held_out, True, False]
            alike = counts[held_out, False, True], counts[held_out, False, False]
            sys.stdout.write(
                f"{language} {half}: found {facts[0]} of {sum(facts)}, "
                f"false alarms {alike[0]} of {sum(alike)}\n"
            )


if __name__ == "__main__":
    main()
