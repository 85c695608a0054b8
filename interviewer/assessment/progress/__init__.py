"""Progress: what carries over from one interview of a candidate to the next.

Everything is a fold over transcripts and their assessments; no second copy is kept.
"""

from interviewer.assessment.progress.document import progress_to_json
from interviewer.assessment.progress.overview import Overview, overview
from interviewer.assessment.progress.sitting import Sitting, sitting_of

__all__ = ["Overview", "Sitting", "overview", "progress_to_json", "sitting_of"]
