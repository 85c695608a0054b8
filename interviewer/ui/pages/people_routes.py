"""Which address leads to which page where people sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from interviewer.storage import SqlPeople
from interviewer.ui.desk import Desk
from interviewer.ui.pages.assigning import AssigningPages
from interviewer.ui.pages.coach import CoachPages
from interviewer.ui.pages.cohort import CohortPages
from interviewer.ui.pages.comparing import ComparingPages
from interviewer.ui.pages.entering import EnteringPages
from interviewer.ui.pages.rating import RatingPages
from interviewer.ui.pages.replaying import ReplayingPages
from interviewer.ui.pages.sharing import SharingPages
from interviewer.ui.pages.taking_away import TakingAwayPages
from interviewer.ui.pages.telling import Page, told_in_a_page
from interviewer.ui.pages.watching import WatchingPages
from interviewer.ui.score_sheets import SheetRoom
from interviewer.ui.visitors import Visitors

if TYPE_CHECKING:
    from interviewer.ui.pages.openid import Elsewhere


def add_people_pages(
    app: FastAPI,
    desk: Desk,
    people: SqlPeople,
    visitors: Visitors,
    sheets: SheetRoom | None = None,
    elsewhere: Elsewhere | None = None,
) -> None:
    """Add the pages of accounts, and of coaches and candidates.

    Args:
        app: The application.
        desk: The rooms below.
        people: Who has an account.
        visitors: Who asks.
        sheets: Makes score sheets; whoever gives it closes it.
        elsewhere: The service people may sign in with as well, None for passwords alone.
    """
    room = sheets or SheetRoom(desk)
    entering = EnteringPages(people, visitors, elsewhere)
    sharing = SharingPages(desk, people, visitors)
    coach = CoachPages(desk, people, visitors)
    assigning = AssigningPages(desk, people, visitors)
    rating = RatingPages(desk, people, visitors)
    cohort = CohortPages(desk, people, visitors, room)
    comparing = ComparingPages(desk, people, visitors, room)
    watching = WatchingPages(desk, people, visitors)
    replaying = ReplayingPages(desk, people, visitors)
    taking = TakingAwayPages(desk, people, visitors, room)
    pages: tuple[tuple[str, str, Page], ...] = (
        ("GET", "/login", entering.login),
        ("POST", "/login", entering.sign_in),
        ("POST", "/logout", entering.sign_out),
        ("GET", "/invitation/{token}", entering.invitation),
        ("POST", "/invitation/{token}", entering.accept),
        ("GET", "/account", entering.account),
        ("POST", "/account/password", entering.password),
        ("GET", "/sharing", sharing.sharing),
        ("POST", "/sharing/show", sharing.show),
        ("POST", "/sharing/leave", sharing.leave),
        ("GET", "/remarks/{session}", coach.remarks),
        ("GET", "/assignments", assigning.asked),
        ("GET", "/assignments/{task}", assigning.one),
        ("POST", "/assignments/{task}", assigning.begin),
        ("GET", "/coach", coach.candidates),
        ("POST", "/coach/invite", coach.invite),
        ("GET", "/coach/candidates/{candidate}", coach.candidate),
        ("GET", "/coach/sessions/{session}", coach.session),
        ("GET", "/coach/sessions/{session}/report", coach.report),
        ("POST", "/coach/sessions/{session}/comment", coach.comment),
        ("POST", "/coach/sessions/{session}/level", coach.level),
        ("POST", "/coach/sessions/{session}/remove", coach.take_out),
        ("POST", "/coach/sessions/{session}/rate", rating.rate),
        ("POST", "/coach/sessions/{session}/open", rating.open),
        ("GET", "/coach/agreement", rating.agreement),
        ("GET", "/coach/cohort", cohort.cohort),
        ("POST", "/coach/cohort/open", cohort.open),
        ("GET", "/coach/cohort/waiting", cohort.waiting),
        ("GET", "/coach/cohort/answers", cohort.answers),
        ("GET", "/coach/cohort/levels.{form}", taking.cohort),
        ("GET", "/coach/candidates/{candidate}/levels.{form}", taking.candidate),
        ("POST", "/sharing/release", taking.release),
        ("GET", "/coach/candidates/{candidate}/compare", comparing.compare),
        ("POST", "/coach/candidates/{candidate}/open", comparing.open),
        ("GET", "/coach/sessions/{session}/watch", watching.watch),
        ("GET", "/coach/sessions/{session}/live", watching.live),
        ("POST", "/coach/sessions/{session}/whisper", watching.whisper),
        ("POST", "/coach/sessions/{session}/question", watching.ask),
        ("POST", "/coach/sessions/{session}/takeback", watching.take_back),
        ("GET", "/coach/sessions/{session}/replay", replaying.replay),
        ("GET", "/sessions/{session}/beside", watching.beside),
        ("GET", "/coach/assignments", assigning.given),
        ("POST", "/coach/assignments", assigning.assign),
        ("POST", "/coach/assignments/{task}/withdraw", assigning.withdraw),
    )
    if elsewhere is not None:
        pages += _of_openid(elsewhere, people, visitors)
    for method, path, handler in pages:
        app.add_route(path, told_in_a_page(handler, visitors), methods=[method])


def _of_openid(
    elsewhere: Elsewhere, people: SqlPeople, visitors: Visitors
) -> tuple[tuple[str, str, Page], ...]:
    # Its package is an extra.
    from interviewer.ui.pages.openid import BACK, OpenIdPages

    openid = OpenIdPages(elsewhere, people, visitors)
    return (
        ("GET", "/login/openid", openid.enter),
        ("GET", "/login/openid/join/{token}", openid.join),
        ("GET", BACK, openid.back),
        ("GET", "/account/openid", openid.connect),
        ("POST", "/account/openid/disconnect", openid.disconnect),
    )
