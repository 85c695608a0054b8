"""Which address is for whom, where people sign in: what stands in no line is closed.

A door says who may come near an address. What they may do with the interview it names is decided
by `interviewer.people.access`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.people.access import EDITING
from interviewer.people.accounts import ROLES, Role

EVERYBODY = frozenset(ROLES)
NO_ROLE: frozenset[Role] = frozenset()
COACHING: frozenset[Role] = frozenset({"coach"})
EVALUATING: frozenset[Role] = frozenset({"evaluator", "admin"})


@dataclass(frozen=True, slots=True)
class Door:
    """Addresses that the same people may ask for.

    Attributes:
        address: What the path looks like, as a pattern for the whole of it.
        roles: Who may; with none, everybody, signed in or not.
        asset: Whether it gives the same file to all, so that nobody need be looked up.
    """

    address: str
    roles: frozenset[Role] = NO_ROLE
    asset: bool = False


_COMPANY = r"/[^/]+"
_SESSION = r"/[^/]+"
DOORS: tuple[Door, ...] = (
    Door(r"/(?:healthz|readyz|metrics)", asset=True),
    Door(r"/own/[^/]+", asset=True),
    # Code of the screen's library: the same for all, and nothing of anybody's is in it.
    Door(r"/(?:assets|static|svelte)/.+", asset=True),
    Door(r"/(?:favicon\.ico|robots\.txt|manifest\.json|theme\.css)", asset=True),
    Door(r"/login(?:/openid(?:/back|/join/[^/]+)?)?"),
    Door(r"/privacy"),
    Door(r"/privacy/(?:mine\.jsonl|forget)", EVERYBODY),
    Door(r"/invitation/[^/]+"),
    Door(r"/logout", EVERYBODY),
    Door(r"/account(?:/(?:password|openid|openid/disconnect))?", EVERYBODY),
    Door(r"/sharing(?:/(?:show|leave|release))?", EVERYBODY),
    Door(r"/remarks/[^/]+", EVERYBODY),
    Door(r"/assignments(?:/[^/]+)?", EVERYBODY),
    Door(rf"/research(?:{_COMPANY}(?:/(?:progress|files|text|page|remove|delete))?)?", EVERYBODY),
    Door(rf"/prepare(?:{_COMPANY}(?:/quiz)?)?", EVERYBODY),
    Door(r"/(?:self|deflect|progress)", EVERYBODY),
    Door(r"/(?:models|voice)(?:/disconnect)?", EVERYBODY),
    Door(rf"/written{_SESSION}", EVERYBODY),
    Door(
        rf"/sessions{_SESSION}/(?:transcript\.jsonl|report\.[^/]+|hearing|speech/[^/]+|rating"
        r"|judging(?:/progress)?|redo|drill|dispute|beside)",
        EVERYBODY,
    ),
    Door(r"/", EVERYBODY),
    Door(r"/config/?", EVERYBODY),
    Door(
        r"/gradio_api/(?:queue/(?:join|data|status)|upload|upload_progress|heartbeat/[^/]+"
        r"|reset|cancel|app_id|startup-events)/?",
        EVERYBODY,
    ),
    Door(r"/coach(?:/.+)?", COACHING),
    Door(r"/evaluate(?:/.+)?", EVALUATING),
    Door(r"/studio(?:/.+)?", EDITING),
)


def door_of(path: str) -> Door | None:
    """Return the door an address stands behind, None where it is closed to everybody."""
    return next((door for door in DOORS if re.fullmatch(door.address, path)), None)
