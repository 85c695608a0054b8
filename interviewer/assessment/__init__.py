"""Assessment: what the answers of an interview show, quoted, and what was missing.

First form: evidence without levels. Every competency is `not_scored`, with the reason; a level is
never made up.
"""

from interviewer.assessment.assess import Assessment, assess
from interviewer.assessment.document import assessment_to_json
from interviewer.assessment.report import report_html, report_markdown

__all__ = ["Assessment", "assess", "assessment_to_json", "report_html", "report_markdown"]
