"""From what a user names (an employer, a post, a language) to a wish that can be planned."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from interviewer.content.company import Company, Post
from interviewer.content.format import Format
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.conduct import conduct_of
from interviewer.interview.difficulty import USUAL
from interviewer.interview.length import USUAL as USUAL_LENGTH
from interviewer.interview.length import of_length
from interviewer.interview.planning import Wish
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.interview.starting import Start
from interviewer.interview.written.choosing import check_has_test, with_written
from interviewer.transcript import Passage

LONGEST_TITLE = 80
USUAL_FORMAT = "company"


def make_wish(
    library: Library,
    *,
    company: str,
    role: str,
    seed: int,
    today: datetime.date,
    passages: Callable[[str], tuple[Passage, ...]],
    language: str | None = None,
    format_id: str = USUAL_FORMAT,
    cv: str | None = None,
    advert: str | None = None,
    own: SelfAssessment | None = None,
    manner: str = "",
    difficulty: str = USUAL,
    practice: bool = True,
    written: bool = False,
    length: str = USUAL_LENGTH,
    start: Start | None = None,
) -> Wish:
    """Return the wish for an interview.

    Args:
        library: All content.
        company: Employer's id.
        role: A post's id or title; for an employer without posts any title.
        seed: What plan and voice vary by.
        today: The day it is made.
        passages: Returns the research on an employer.
        language: None takes the employer's first that the examiners speak.
        format_id: Interview format; `single:boss` for the round of one of its examiners alone.
        cv: Text of the CV.
        advert: Text of the job advert.
        own: What the candidate says of themselves.
        manner: One for all examiners, or by round: `boss=silent,hr=warm`; empty for their own.
        difficulty: `easy`, `medium` or `hard`.
        practice: Whether hints may be given.
        written: Whether a written test comes first.
        length: `usual`, or `short` for half the questions.
        start: The earlier interview whose gaps it starts from.

    Raises:
        InputError: Employer, post, language, format, manner, difficulty or length is not known,
            the format has one length only, or is a written test and the post has none; names
            those that are.
    """
    pack = library.packs.get(company)
    if pack is None:
        known = ", ".join(sorted(library.packs)) or "none"
        raise InputError(f"There is no employer `{company}`. Known are: {known}.")
    chosen = of_length(format_named(library, format_id), length)
    tongue = language_for(library, pack.company, language)
    post = post_for(pack.company, role, tongue)
    chosen = with_written(library, chosen) if written else chosen
    check_has_test(library, chosen, post.title, tongue)
    return Wish(
        company=pack.company,
        post=post,
        format=chosen,
        language=tongue,
        seed=seed,
        today=today,
        passages=passages(company),
        cv=cv,
        advert=advert,
        own=own or SelfAssessment(),
        conduct=conduct_of(chosen, manner=manner, difficulty=difficulty, practice=practice),
        start=start,
    )


def format_named(library: Library, name: str) -> Format:
    """Return a format by its id, or with one examiner's round by `id:persona`.

    Raises:
        InputError: There is no such format, or no such round in it; names those there are.
    """
    format_id, _, persona = name.partition(":")
    chosen = library.formats.get(format_id.strip())
    if chosen is None:
        known = ", ".join(sorted(library.formats))
        raise InputError(f"There is no interview format `{format_id}`. Known are: {known}.")
    return chosen.held_by(persona.strip() or None)


def language_for(library: Library, company: Company, language: str | None) -> str:
    """Return the language of an interview.

    Raises:
        InputError: No examiner speaks the one that was asked for.
    """
    if language is None:
        spoken = [tag for tag in company.languages if tag in library.languages]
        return spoken[0] if spoken else library.languages[0]
    if language not in library.languages:
        known = ", ".join(library.languages)
        raise InputError(f"No examiner speaks `{language}`. Choose one of: {known}.")
    return language


def post_for(company: Company, role: str, language: str) -> Post:
    """Return the post that was named, or for an employer without posts one of that title.

    Raises:
        InputError: The employer has posts, and none of that name; or the name is empty.
    """
    post = company.post(role)
    if post is not None:
        return post
    if company.posts:
        known = ", ".join(entry.id for entry in company.posts)
        raise InputError(f"`{company.id}` has no post `{role}`. Its posts are: {known}.")
    title = " ".join(role.split())[:LONGEST_TITLE]
    if not title:
        raise InputError("The post has no title. Name the post you apply for.")
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40]
    return Post(id=slug or "post", title={language: title})
