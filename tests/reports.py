"""The files of a report in memory, for the tests of several rooms."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.evaluation.reports.folder import Made, report_parts


def report_files(made: Made, forms: Sequence[str]) -> dict[str, bytes]:
    """Return the files of a report by their names."""
    return {name: b"".join(pieces) for name, pieces in report_parts(made, forms)}
