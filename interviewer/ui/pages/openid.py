"""To another service and back: signing in, connecting an account, taking an invitation with it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError, InterviewerError, NotThereError
from interviewer.people.accounts import Account
from interviewer.people.openid import Identity
from interviewer.signin import (
    Provider,
    ProviderRefused,
    ProviderSilent,
    Trip,
    TripSigner,
    Whither,
)
from interviewer.signin.trip import TRIP_SECONDS
from interviewer.storage import SqlIdentities, SqlPeople
from interviewer.ui.doorkeeper import let_in, own_path
from interviewer.ui.pages.asking import Asking, asking, sending, sending_unknown
from interviewer.ui.pages.drawing import refusal
from interviewer.ui.pages.entering import known
from interviewer.ui.visitors import Visitors

TRIP_COOKIE = "three_rounds_trip"
BACK = "/login/openid/back"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Elsewhere:
    """The service people may sign in with, and who entered with it.

    Attributes:
        provider: The service.
        name: What people call it.
        identities: Which account belongs to whom there.
    """

    provider: Provider
    name: str
    identities: SqlIdentities

    async def knows(self, account: Account) -> bool:
        """Return whether an account can be entered from there."""
        return await self.identities.is_connected(account, self.provider.issuer)


class OpenIdPages:
    """The addresses below `/login/openid` and `/account/openid`."""

    def __init__(self, elsewhere: Elsewhere, people: SqlPeople, visitors: Visitors) -> None:
        """Keep the service and who knows the accounts."""
        self._elsewhere = elsewhere
        self._people = people
        self._visitors = visitors
        self._signer = TripSigner(visitors.secret)

    async def enter(self, request: Request) -> Response:
        """Send somebody to the service, to come back signed in."""
        who = sending_unknown(request, self._visitors)
        there = own_path(request.query_params.get("next", ""))
        return await self._sent(request, who, "enter", there)

    async def join(self, request: Request) -> Response:
        """Send somebody who is invited to the service, to come back with an account."""
        who = sending_unknown(request, self._visitors)
        token = str(request.path_params["token"])
        await self._people.inviting(token)
        return await self._sent(request, who, "join", token)

    async def connect(self, request: Request) -> Response:
        """Send whoever is signed in to the service, to be let in by it from now on."""
        who = sending(request, self._visitors)
        return await self._sent(request, who, "connect", known(who).key)

    async def disconnect(self, request: Request) -> Response:
        """Let nobody in any more who comes from the service with this account."""
        who = sending(request, self._visitors)
        provider = self._elsewhere.provider
        await self._elsewhere.identities.disconnect(known(who), provider.issuer)
        return RedirectResponse("/account", status_code=303)

    async def back(self, request: Request) -> Response:
        """Let somebody go on who comes back; a trip is made once."""
        who = asking(request, self._visitors)
        try:
            response = await self._arrived(request, who)
        except (ProviderSilent, ProviderRefused) as error:
            response = self._failed(who, error)
        except NotThereError as error:
            response = refusal(who, str(error), status=404)
        except InputError as error:
            response = refusal(who, str(error), status=409)
        response.delete_cookie(TRIP_COOKIE, path=BACK, httponly=True, samesite="lax")
        return response

    async def _sent(self, request: Request, who: Asking, whither: Whither, what: str) -> Response:
        trip = Trip.begun(whither, what)
        try:
            out = await self._elsewhere.provider.way_out(trip, _back(request))
        except ProviderSilent as error:
            return self._failed(who, error)
        response = RedirectResponse(out, status_code=303)
        response.set_cookie(
            TRIP_COOKIE,
            self._signer.dumps(trip),
            max_age=TRIP_SECONDS,
            path=BACK,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",  # the way back is a link of another site
        )
        return response

    async def _arrived(self, request: Request, who: Asking) -> Response:
        trip = self._signer.loads(request.cookies.get(TRIP_COOKIE, ""))
        if trip is None:
            return refusal(who, who.words["openid_too_late"], status=400)
        answer = dict(request.query_params)
        identity = await self._elsewhere.provider.who(answer, trip, _back(request))
        if trip.whither == "connect":
            return await self._connected(who, trip, identity)
        if trip.whither == "join":
            account = await self._elsewhere.identities.join(trip.what, identity)
            there = "/sharing"
        else:
            found = await self._elsewhere.identities.account_with(identity)
            if found is None:
                return refusal(who, self._said(who, "openid_unknown"), status=403)
            account, there = found, own_path(trip.what)
        response = RedirectResponse(there, status_code=303)
        let_in(response, request, await self._people.let_in(account))
        return response

    async def _connected(self, who: Asking, trip: Trip, identity: Identity) -> Response:
        account = known(who)
        if account.key != trip.what:
            return refusal(who, who.words["openid_too_late"], status=400)
        await self._elsewhere.identities.connect(account, identity)
        return RedirectResponse("/account", status_code=303)

    def _failed(self, who: Asking, error: InterviewerError) -> Response:
        """Tell whoever asks what to do, and the operator what it was; it names nobody."""
        _LOG.warning("Signing in elsewhere failed: %s", error)
        silent = isinstance(error, ProviderSilent)
        sentence = self._said(who, "openid_silent" if silent else "openid_refused")
        return refusal(who, sentence, status=502 if silent else 403)

    def _said(self, who: Asking, name: str) -> str:
        return who.words[name].format(service=self._elsewhere.name)


def _back(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}{BACK}"
