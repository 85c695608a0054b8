"""A report or a transcript as PDF, printed from the same page that is shown.

`page_tree` reads the page into a tree of plain text, and `printing` has Typst set that tree by
`report.typ`. Text stays text all the way: nothing that was said is ever read as markup.
"""

from interviewer.assessment.printing.printing import page_pdf, report_pdf, transcript_pdf

__all__ = ["page_pdf", "report_pdf", "transcript_pdf"]
