import asyncio

import pytest

from interviewer.errors import StaleTurnError
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Transcript, Turn


def test_a_draft_is_kept_until_the_answer_is_sent(store: SqlSessionStore) -> None:
    """The last draft counts; an examiner's turn leaves it, the candidate's answer clears it."""

    async def write_and_send() -> list[str]:
        await store.create(Transcript(id="s"))
        drafts = [await store.draft("s")]
        await store.save_draft("s", "I thi")
        await store.save_draft("s", "I think\0 \ud83d so")
        await store.append("s", Turn(seq=1, role="assistant", content="And?"))
        drafts.append(await store.draft("s"))
        with pytest.raises(StaleTurnError):
            await store.append("s", Turn(seq=1, role="user", content="Well."))
        drafts.append(await store.draft("s"))
        await store.append("s", Turn(seq=2, role="user", content="Well."))
        drafts.append(await store.draft("s"))
        await store.save_draft("s", "More")
        await store.save_draft("s", "")
        return [*drafts, await store.draft("s")]

    typed = "I think\0 \ud83d so"
    assert asyncio.run(write_and_send()) == ["", typed, typed, "", ""]
