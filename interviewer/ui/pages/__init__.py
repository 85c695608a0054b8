"""The pages before the interview: research on the employer, and the brief, quiz and form.

Each is drawn whole by the server, so that a reload, a link and a printer get what the screen has.
"""

from interviewer.ui.pages.routes import add_pages

__all__ = ["add_pages"]
