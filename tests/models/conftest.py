"""The real model the tests speak with, where it could be fetched."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.models.local import LocalServers
from tests.models.fetch import FILE, known


@pytest.fixture(scope="session")
def smollm() -> Path:
    """Return the model's file; without it tests skip, on the build machine they fail."""
    file = Path(sys.prefix) / "models" / FILE
    if not known(file):
        says = f"{file} is not there; `make setup-test` fetches it."
        if os.environ.get("CI") == "true":
            pytest.fail(says)
        pytest.skip(says)
    pytest.importorskip("xllamacpp")
    return file


@pytest.fixture(scope="session")
def servers() -> Iterator[LocalServers]:
    """Return servers that are stopped when the tests are over."""
    made = LocalServers()
    yield made
    made.close()
