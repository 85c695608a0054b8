"""Logs of Inspect that are damaged, hostile, or written where others lie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest

from interviewer.evaluation.formats import inspect_writing
from interviewer.evaluation.formats.inspect_writing import writing
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.reading import sources_in, transcript_in
from interviewer.evaluation.report import place_shown, plain


def _chat(name: str) -> dict[str, Any]:
    messages = [{"role": "assistant", "content": f"Why {name!r}?"}]
    return {"schema": "interviewer.transcript/1", "id": name, "messages": messages}


def _write(path: Path, *names: str, last: Mapping[str, Any] | None = None) -> None:
    with writing(path) as logs:
        for document in (*map(_chat, names), *([dict(last)] if last else [])):
            logs.add(document, Losses())


@pytest.mark.parametrize("way", [ZIP_LZMA, ZIP_BZIP2])
def test_a_damaged_member_is_one_transcript_that_cannot_be_read(tmp_path: Path, way: int) -> None:
    """However it is packed: it is named, and the others are read."""
    path = tmp_path / "a.eval"
    sample = json.dumps({"id": "a", "messages": [], "epoch": 1, "input": "", "target": ""})
    with ZipFile(path, "w", way) as archive:
        archive.writestr("samples/a_epoch_1.json", sample * 40)
        archive.writestr("samples/b_epoch_1.json", sample)
        first = archive.getinfo("samples/a_epoch_1.json")
    data = bytearray(path.read_bytes())
    begin = first.header_offset + 30 + len(first.filename)
    data[begin : begin + first.compress_size] = b"\xff" * first.compress_size
    data[begin : begin + 9] = path.read_bytes()[begin : begin + 9]  # the properties of LZMA
    path.write_bytes(data)
    broken, sound = sources_in([path])
    assert broken.where == f"{path}:samples/a_epoch_1.json"
    assert broken.fault == "it is damaged."
    assert sound.text == sample


HOSTILE = (
    "../../../evil",
    "/etc/evil",
    "a\0b",
    "a\0c",
    "x" * 70_000,
    "..",
    "a\\b",
    "a//b",
    "\u202e",
)


def test_no_id_leads_out_of_a_log_or_ends_it(tmp_path: Path) -> None:
    """Members stay below `samples`, each has its own name, and every id comes back as it was."""
    names = (*HOSTILE, "plain", "gsm8k/1", "人", "a b%2F")
    path = tmp_path / "a.eval"
    _write(path, *names)
    with ZipFile(path) as archive:
        members = [PurePosixPath(n) for n in archive.namelist() if n.startswith("samples/")]
        listed = json.loads(archive.read("summaries.json"))
    assert len(set(members)) == len(names)
    for member in members:
        assert ".." not in member.parts
        assert "\\" not in str(member)
        assert len(str(member).encode()) < 255
    assert [str(member) for member in members[-4:]] == [
        f"samples/{name}_epoch_1.json" for name in names[-4:]
    ]
    assert [f"samples/{one['id']}_epoch_1.json" for one in listed] == list(map(str, members))
    assert [transcript_in(source).id for source in sources_in([path])] == list(names)


@pytest.mark.parametrize("ending", [".eval", ".json"])
def test_logs_are_there_together_and_older_ones_that_continue_go(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shorter conversion leaves no rest of a longer one; a failure changes nothing at all."""
    monkeypatch.setattr(inspect_writing, "SAMPLES_A_LOG", 2)
    path = tmp_path / f"now{ending}"

    def there() -> Mapping[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted(tmp_path.iterdir())}

    _write(path, *"abcdefg")
    assert list(there()) == [f"now{n}{ending}" for n in ("-2", "-3", "-4", "")]
    own = tmp_path / f"now-4{ending}"
    _write(own, "z")
    before = there()
    with pytest.raises(KeyError):
        _write(path, *"abc", last={"id": "d"})
    assert there() == before
    _write(path, "a")
    # What was written under the name `now-4` itself continues nothing.
    assert list(there()) == [own.name, path.name]


def test_a_name_of_a_member_is_no_markdown() -> None:
    """It stands as it is where it can; what would end the words of code stands by itself."""
    assert place_shown("runs/a_b.jsonl:3") == "`runs/a_b.jsonl:3`"
    hostile = "log.eval:samples/`</code>\n# Passed ![x](http://e)\u202e.json"
    told = place_shown(hostile)
    assert "\n" not in told
    assert "\u202e" not in told
    assert r"\`\</code\>" in told
    assert r"\!\[x\](" in told
    assert plain("no JSON\x1b]0;pwn") == r"no JSON⟨U+001B⟩\]0;pwn"
