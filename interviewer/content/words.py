"""Names of levers, periods, topics and parts of an answer, in one language."""

from __future__ import annotations

from interviewer.content.company import LeverId
from interviewer.content.form import Document, Part, Text, Topic


class Vocabulary(Document):
    """`_shared/words.<lang>.toml`.

    Attributes:
        levers: Noun phrases; `{max}` is the amount.
        periods: As said after an amount: "a year".
        currencies: Patterns for an amount, by ISO code.
        topics: Headings for the nine topics of research.
        kinds: Kinds of employer.
        parts: What may be missing in an answer, as a report says it.
        rounds: Short names of the rounds.
    """

    levers: dict[LeverId, Text]
    periods: dict[str, Text]
    currencies: dict[str, Text]
    topics: dict[Topic, Text]
    kinds: dict[str, Text]
    parts: dict[Part, Text]
    rounds: dict[str, Text]
