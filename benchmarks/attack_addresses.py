"""Addresses that attack, asked of the app: files outside, redirects elsewhere, split headers."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from httpx2 import InvalidURL
from starlette.testclient import TestClient

from benchmarks.attack_corpora import Case
from interviewer.ui.guarding import HEADERS
from interviewer.ui.server import build
from interviewer.wiring import Settings

if TYPE_CHECKING:
    from benchmarks.attack_outcomes import Outcome

# Where a path or a name is taken from the address.
PLACES = ("/own/", "/sessions/", "/evaluate/", "/evaluate/x/files/", "/gradio_api/file=", "/")
_OUTSIDE = ("root:x:0:", "[boot loader]", "daemon:x:")
_SAFE = 500


def asked_of_app(cases: Sequence[Case], outcome: Outcome) -> int:
    """Return how many addresses the app answers without harm; others are notes."""
    sound = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"INTERVIEWER_HOME": str(Path(folder))})
        with TestClient(build(settings), base_url="http://127.0.0.1") as client:
            for case in cases:
                harms = [harm for place in PLACES for harm in _harm(client, place + case.text)]
                sound += not harms
                outcome.notes += harms
    return sound


def _harm(client: TestClient, path: str) -> list[str]:
    try:
        # Whole, since an address that begins with two strokes would be another host's.
        answer = client.get(f"http://127.0.0.1{path}", follow_redirects=False)
    except (ValueError, InvalidURL):
        return []  # no client sends this
    harms = []
    if answer.status_code >= _SAFE:
        harms.append(f"{answer.status_code}: {path!r}")
    if any(sign in answer.text for sign in _OUTSIDE):
        harms.append(f"a file outside: {path!r}")
    place = answer.headers.get("location", "/")
    if not place.startswith(("/", "http://127.0.0.1/")) or place.startswith(("//", "/\\")):
        harms.append(f"sent to {place!r}: {path!r}")
    if "crlf" in answer.headers.get("set-cookie", ""):
        harms.append(f"a header of its own: {path!r}")
    if any(name.lower() not in answer.headers for name in HEADERS):
        harms.append(f"without a policy: {path!r}")
    return harms
