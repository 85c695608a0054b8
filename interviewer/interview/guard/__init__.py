"""The guard: what a model may say for an examiner. Pure; it sees text and decides.

`signs` holds what must not be said, `given` what the move gives a reply to speak of, `said` is a
sentence with both, `cases` one question each that is put to it, `guard` the order in which they
are put, `stream` how a reply is cut into sentences.
"""

from interviewer.interview.guard.given import Given, given_of
from interviewer.interview.guard.guard import Guard
from interviewer.interview.guard.stream import SentenceStream

__all__ = ["Given", "Guard", "SentenceStream", "given_of"]
