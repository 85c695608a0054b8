"""What an examiner knows and never says: held beside the plan, read when a move is decided.

Nothing of it stands in a plan, a transcript, a prompt or a scene. It comes from the content files
anew for every turn; what was decided with it is read back from the recorded moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from interviewer.content.company import Pay
from interviewer.interview.debriefing import Practice
from interviewer.interview.written.key import Key

Points = tuple[tuple[str, ...], ...]
"""Things a good answer holds, each as the words any of which show it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is decided with and kept back.

    Attributes:
        pay: What the post pays, with the reservation value; None when the pack has none.
        points: What a good answer holds, by `<item id>` or `<item id>:<step of a ladder>`.
        keys: Right answers to the written test, by item id.
        practice: What improper questions are put and debriefed with; None in every interview whose
            candidate did not choose them.
    """

    pay: Pay | None = None
    points: Mapping[str, Points] = field(default_factory=lambda: MappingProxyType({}))
    keys: Mapping[str, Key] = field(default_factory=lambda: MappingProxyType({}))
    practice: Practice | None = None
