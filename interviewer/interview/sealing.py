"""What is kept back in an interview, from the content files its plan was made from."""

from __future__ import annotations

from collections.abc import Callable

from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.interview.sealed import Sealed


def sealing(library: Library) -> Callable[[Plan], Sealed]:
    """Return what tells a plan's secrets; nothing is kept back where the pack is gone."""

    def seal(plan: Plan) -> Sealed:
        pack = library.packs.get(plan.company)
        post = pack.company.post(plan.post) if pack else None
        return Sealed(pay=post.pay if post else None)

    return seal
