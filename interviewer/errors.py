"""What can go wrong, as sentences a user can act on.

InterviewerError            the root; its text says what is wrong, where, and what to do
├── ContentError            a file of personas/ or knowledge/ is wrong; its author can mend it
├── InputError              what the user gave is wrong: an unknown employer, a broken CV
│   └── NotThereError       what was asked for is not there, or not for whoever asks
├── UsageError              the command was called in a way it does not offer
├── SetupError              this machine lacks something: a folder, a port, a package
├── ModelError              a model or its server failed and the built-in voice was not to speak
└── ConversationError       not allowed at this point of the interview
    └── StaleTurnError      somebody else has answered this turn already
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class InterviewerError(Exception):
    """Root of everything this package raises on purpose."""

    exit_code = 1


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one content file.

    Attributes:
        path: The file.
        line: The line, counted from 1, where it is known.
        what: What is wrong, as a sentence.
        fix: What the author can do, as a sentence.
    """

    path: Path
    line: int | None
    what: str
    fix: str

    def __str__(self) -> str:
        """Return file, line, fault and fix on one line."""
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.what} {self.fix}".rstrip()


class ContentError(InterviewerError):
    """One or more content files are wrong; every fault names file, line and fix."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults; the text has one line for each."""
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))

    def __reduce__(self) -> tuple[object, ...]:
        """Come from another process as it was raised there."""
        return type(self), self.faults


class InputError(InterviewerError):
    """What the user gave cannot be used; the text says why and what to do."""


class NotThereError(InputError):
    """What was asked for is not there, or is another's; the words do not tell which."""


class UsageError(InterviewerError):
    """The command was called in a way it does not offer."""

    exit_code = 2


class SetupError(InterviewerError):
    """This machine or installation lacks something the command needs."""


class ModelError(InterviewerError):
    """A model or its server failed, and nothing was to take its place.

    Attributes:
        model: The model, as `INTERVIEWER_MODEL` names it.
        cause: One word for what happened.
    """

    exit_code = 3

    def __init__(self, model: str, cause: str, says: str = "") -> None:
        """Keep model and cause; `says` replaces the plain sentence."""
        self.model = model
        self.cause = cause
        super().__init__(
            says
            or f"The model `{model}` did not speak: {cause}. `interviewer doctor` says more; "
            "without --no-fallback the built-in voice takes over."
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Come from another process as it was raised there."""
        return type(self), (self.model, self.cause, str(self))


class ConversationError(InterviewerError):
    """This is not allowed at this point of the interview."""


class StaleTurnError(ConversationError):
    """The transcript has moved on since the caller read it."""
