"""What employers and posts are called on a page."""

from __future__ import annotations

from interviewer.content.library import Library
from interviewer.interview.planning import in_language
from interviewer.storage import SessionSummary
from interviewer.wiring import employer_names


def employer_and_post(library: Library, entry: SessionSummary, language: str) -> tuple[str, str]:
    """Return employer and post of an interview in words; their ids where they are gone."""
    return named(library, entry.company or "", entry.role or "", language)


def named(library: Library, company: str, role: str, language: str) -> tuple[str, str]:
    """Return an employer and a post in words; their ids where they are gone."""
    pack = library.packs.get(company)
    post = pack.company.post(role) if pack else None
    return (
        employer_names(library).get(company, company),
        in_language(post.title, language) if post else role,
    )
