"""What of an answer is judged. Whatever must not count is taken out here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence


def judged_text(said: Sequence[str]) -> str:
    """Return the text that is judged of one answer: all the candidate said to one question.

    Neither the CV nor a name beside the turns comes in (SCIENCE 1.2, control of ancillary
    information).
    """
    return "\n".join(text.strip() for text in said if text.strip())
