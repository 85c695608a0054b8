"""Whether passages say what a model has written from them. Pure; it sees text and decides.

`figures` (with `english_figures` and `chinese_figures`) reads numbers and what they measure,
`reading` is a sentence as it is compared, `stated` one of a passage; `of_text` and `of_piece` are
the cases that are put to a sentence and to a piece of one, `swapping` tells figures that have
changed places, and `check` decides.
"""

from interviewer.interview.support.check import FAULTS, Support

__all__ = ["FAULTS", "Support"]
