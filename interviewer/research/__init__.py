"""Research on employers: documents read, cut into passages, indexed, and found by question.

`ResearchStore` is what others use; `open_embedder` gives it a model.
"""

from interviewer.research.embedding import Embedder, open_embedder
from interviewer.research.ingest import SourceReport
from interviewer.research.sentences import sentences
from interviewer.research.store import ResearchStore
from interviewer.research.topics import TOPICS

__all__ = ["TOPICS", "Embedder", "ResearchStore", "SourceReport", "open_embedder", "sentences"]
