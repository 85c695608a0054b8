"""Assessment: what the answers of an interview show, scored and quoted, and what was missing.

A level comes from evidence by rules in code, or from a model's samples that quote it and that
the rules hold. Where there is none a competency is `not_scored`, with the reason; a level is never
made up.
"""

from interviewer.assessment.afterwards import Afterwards
from interviewer.assessment.assess import assess
from interviewer.assessment.document import assessment_to_json
from interviewer.assessment.findings import Assessment
from interviewer.assessment.report import report_html, report_markdown

__all__ = [
    "Afterwards",
    "Assessment",
    "assess",
    "assessment_to_json",
    "report_html",
    "report_markdown",
]
