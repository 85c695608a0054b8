"""Logs of Inspect, `.eval` (a zip file) and `.json`: a sample is a transcript.

The forms are those of log version 2, as inspect-ai 0.3.285 writes and reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from interviewer.errors import InputError
from interviewer.evaluation.formats.carried import (
    MARK,
    entries,
    mapping,
    message_of,
    ours,
    restored,
)
from interviewer.evaluation.formats.form import Document, Format
from interviewer.evaluation.formats.inspect_writing import replaces, writing
from interviewer.evaluation.formats.source import Source
from interviewer.evaluation.formats.zipped import member

# What a sample is called that was gone through more than once.
AGAIN = r"(.*) \(epoch (\d+)\)"
# What is read of a sample beside its messages.
_BESIDE = ("metadata", "target", "scores")
_ATTACHED = "attachment://"


def _bears(entry: Mapping[str, object]) -> bool:
    if isinstance(entry.get("samples"), list) and isinstance(entry.get("eval"), dict):
        return True
    return isinstance(entry.get("messages"), list) and {"epoch", "input", "target"} <= entry.keys()


def _parts(entry: Mapping[str, object]) -> Iterator[object]:
    yield from entries(entry.get("samples"))


def _native(entry: object, where: str) -> Document:
    sample = mapping(entry)
    if not isinstance(sample.get("messages"), list):
        raise InputError(f"{where} is no sample of Inspect: it needs a list `messages`.")
    attached = mapping(sample.get("attachments"))
    metadata = mapping(sample.get("metadata"))
    carried = ours(metadata.get(MARK))
    told = entries(sample["messages"])
    messages = [read_message(mapping(one), attached, carried is not None) for one in told]
    if carried is not None:
        return restored(str(sample.get("id", "")), carried, messages)
    epoch = sample.get("epoch", 1)
    again = f" (epoch {epoch})" if epoch != 1 else ""
    beside = {key: sample[key] for key in _BESIDE if sample.get(key)}
    return restored(f"{sample.get('id', '')}{again}", beside, messages)


def read_message(
    one: Mapping[str, object], attached: Mapping[str, object], carries: bool
) -> Document:
    """Return the native form of a message of Inspect's; Scout's are the same.

    Args:
        one: The message.
        attached: Contents that lie apart, by their names.
        carries: Whether the transcript is one of ours, so that its messages carry what is ours.
    """
    content = _with_attachments(one.get("content"), attached)
    metadata = mapping(one.get("metadata"))
    if carries and MARK in metadata:
        return message_of(one.get("role"), content, metadata[MARK])
    # What Inspect gave a message of ours, such as an id, is not ours.
    kept = one.keys() & {"name", "metadata"} if carries else one.keys() - {"role", "content"}
    beside = {key: value for key, value in one.items() if key in kept and value}
    return message_of(one.get("role"), content, beside)


def _with_attachments(content: object, attached: Mapping[str, object]) -> object:
    if isinstance(content, str) and content.startswith(_ATTACHED):
        return attached.get(content.removeprefix(_ATTACHED), content)
    if isinstance(content, list):
        parts = [dict(mapping(part)) for part in content]
        for part in parts:
            part["text"] = _with_attachments(part.get("text"), attached)
        return parts
    return content


def sources_in_log(path: Path) -> Iterator[Source]:
    """Yield the samples of an `.eval` file.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        try:
            archive = ZipFile(path)
        except (BadZipFile, NotImplementedError, ValueError):
            yield Source(str(path), "", "it is no zip file that can be read; it may be cut off.")
            return
        with archive:
            infos = [info for info in archive.infolist() if _is_sample(info.filename)]
            if not infos:
                yield Source(str(path), "", "it holds no samples of Inspect.")
            for info in infos:
                where = f"{path}:{info.filename}"
                try:
                    text = member(archive, info, file).decode("utf-8")
                except (InputError, UnicodeDecodeError) as error:
                    said = str(error) if isinstance(error, InputError) else "is no UTF-8 text."
                    yield Source(where, "", f"it {said}")
                else:
                    yield Source(where, text, form="inspect")


def _is_sample(name: str) -> bool:
    return name.startswith("samples/") and name.endswith(".json")


FORMAT = Format(
    "inspect", "Inspect log, version 2", _bears, _native, ending=".eval", parts=_parts,
    sources=sources_in_log, writing=writing, replaces=replaces,
)  # fmt: skip
