"""What candidates ask about, by the matters examiners discuss, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from interviewer.content.form import Document, Id, Text, Value


def _asks(text: str) -> str:
    if text.count("?") + text.count("？") != 1:
        raise ValueError("a question worth asking has one question mark")
    return text


class Matter(Value):
    """One matter of conversation.

    Attributes:
        cues: Words a question about it is known by.
        ask: Questions worth preparing.
    """

    cues: tuple[Text, ...] = Field(min_length=1)
    ask: tuple[Annotated[Text, AfterValidator(_asks)], ...] = ()


class Matters(Document):
    """`_shared/matters.<lang>.toml`: by the names a persona's `may_discuss` uses."""

    matters: dict[Id, Matter]

    def worth_asking(self, discussed: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
        """Return questions for somebody who discusses these matters, one of each matter in turn.

        Args:
            discussed: The matters, the most important first.
            taken: Questions that are for somebody else already.
        """
        lists = [self.matters[name].ask for name in discussed if name in self.matters]
        depth = max(map(len, lists), default=0)
        found = [ask[place] for place in range(depth) for ask in lists if place < len(ask)]
        return tuple(text for text in found if text not in set(taken))
