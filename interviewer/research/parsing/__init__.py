"""Text of documents of any kind, read in a process of its own with limits.

A file from outside may be damaged or made to do harm, so every format is parsed by `child`, which
holds nothing worth taking and is killed when it takes too long; `Parser` is the side that asks.
"""

from interviewer.research.parsing.kinds import ENDINGS, PLAIN, kind_of
from interviewer.research.parsing.limited import MOST_BYTES, Parser
from interviewer.research.parsing.parsed import Parsed, RefusedError
from interviewer.research.parsing.plain import decode

__all__ = [
    "ENDINGS",
    "MOST_BYTES",
    "PLAIN",
    "Parsed",
    "Parser",
    "RefusedError",
    "decode",
    "kind_of",
]
