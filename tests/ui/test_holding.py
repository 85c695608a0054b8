"""What visitors opened: each its own, one tried at a time, the oldest gone first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from interviewer.errors import InputError
from interviewer.ui import holding
from interviewer.ui.holding import Holding


@dataclass(eq=False)
class Thing:
    """Something that knows whether it was closed."""

    closed: bool = False

    async def close(self) -> None:
        """Remember it."""
        self.closed = True


def test_each_visitor_has_few_and_all_of_them_not_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go and are closed; the rest is found by its owner alone."""
    monkeypatch.setattr(holding, "MOST", 3)

    async def held() -> None:
        kept = Holding[Thing](each=2, busy="")
        things = [Thing() for _ in range(5)]
        for number, thing in enumerate(things[:3]):
            await kept.keep("anna", thing, str(number))
        assert kept.of("anna") == (things[2], things[1])
        for number, thing in enumerate(things[3:]):
            await kept.keep("ben", thing, str(number))
        assert [thing.closed for thing in things] == [True, True, False, False, False]
        assert kept.find("ben", "2") is None
        assert kept.find(None, "2") is None
        await kept.keep("ben", Thing(), "0")
        assert things[3].closed
        await kept.close()
        assert things[2].closed
        assert kept.of("anna") == ()

    asyncio.run(held())


def test_one_thing_of_a_visitor_is_tried_at_a_time() -> None:
    """Another visitor is not kept waiting, and after a failure it may be tried again."""
    kept = Holding[Thing](each=1, busy="Wait until it has answered.")
    refused = pytest.raises(InputError, match="Wait until it has answered")
    with kept.trying("anna"), kept.trying("ben"), refused, kept.trying("anna"):
        pass
    with pytest.raises(OSError, match="no"), kept.trying("anna"):
        raise OSError("no")
    with kept.trying("anna"):
        pass
