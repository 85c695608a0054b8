"""What of an answer is judged. Whatever must not count is taken out here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.reading.protected import without_protected


def judged_text(said: Sequence[str], language: str) -> str:
    """Return the text that is judged of one answer: all the candidate said to one question.

    Neither the CV nor a name beside the turns comes in (SCIENCE 1.2, control of ancillary
    information), nor the clauses that tell a fact about the person (SCIENCE 3.1).
    """
    judged = (without_protected(text.strip(), language) for text in said)
    # Whether a woman or a man is told of would make other pairs of characters.
    return "\n".join(text for text in judged if text).replace("她", "他")
