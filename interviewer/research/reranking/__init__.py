"""An optional second look at what a search has found, by a model that reads question and passage.

Off unless somebody names one: a cross-encoder in a folder (`cross_encoder`), or a server
(`server`). It changes the order of what was found and nothing else; when it fails the order stays
(`reordering`).
"""

from interviewer.research.reranking.opening import open_reranker
from interviewer.research.reranking.reordering import Reordering, Reranker, RerankError

__all__ = ["Reordering", "RerankError", "Reranker", "open_reranker"]
