"""One transcript as it lies in a file, before anybody knows whether it is one."""

from __future__ import annotations

from dataclasses import dataclass

# An interview of three hours takes well under one megabyte.
LONGEST = 20_000_000
TOO_LONG = f"is longer than {LONGEST // 1_000_000} MB."


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What is said of files beside the files.

    Attributes:
        form: The format's name; empty where each entry shows its own.
        interviewer: The interviewer's role as the files name it; empty for `assistant`.
    """

    form: str = ""
    interviewer: str = ""


AS_FOUND = ReadAs()


@dataclass(frozen=True, slots=True)
class Source:
    """One transcript as it lies in a file.

    Attributes:
        where: The file, with the line where a file holds several.
        text: Its JSON, empty where it is too long to be one.
        fault: Why it cannot be read, empty where nothing is known to be wrong yet.
        form: The format it is in; empty where its JSON shows it.
        interviewer: The interviewer's role as it is stated; empty where it is not.
    """

    where: str
    text: str
    fault: str = ""
    form: str = ""
    interviewer: str = ""
