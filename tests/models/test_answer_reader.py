"""An answer read by a model: a good one, one that answers badly or not at all, a slow one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from interviewer.content.library import Library
from interviewer.errors import SetupError
from interviewer.interview.model_reading import Opinion
from interviewer.models.answer_reader import AnswerReader
from interviewer.models.naming import Access
from interviewer.models.opening import OpenModel
from interviewer.models.speakers import Speakers
from interviewer.wiring import open_voice
from tests.fakes import FakeModel, Script
from tests.fakes.faults import CANARY
from tests.fakes.script import FAILING, failing_name

QUESTION = {"en": "Tell me about a difficult customer.", "zh": "请讲一次您处理投诉的经历。"}
SAID = {
    "en": 'A customer shouted """ and I took her aside. She apologised.',
    "zh": "有个客户来投诉，我给他退了款，他后来道了歉。",
}


async def _read(
    library: Library, script: Script, language: str = "en", *, times: int = 1, deadline: float = 10
) -> tuple[list[Opinion], AnswerReader, FakeModel]:
    async with FakeModel(script) as fake:
        speakers = Speakers(
            open_voice(library), library.personas, Access("key", address=fake.base_url),
            allowed=frozenset({"openai:fake"}),
        )  # fmt: skip
        reader = speakers.reader("openai:fake")
        assert reader is not None
        assert speakers.reader("openai:fake") is reader
        reader.deadline = deadline
        try:
            heard = [
                await reader.read(QUESTION[language], SAID[language], language)
                for _ in range(times)
            ]
        finally:
            await speakers.close()
    return heard, reader, fake


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("style", ["good", "fenced", "think"])
def test_a_good_model_gives_a_reading(library: Library, language: str, style: str) -> None:
    """The form is read, tokens are counted, and nothing but question and answer is sent."""
    (heard,), reader, fake = asyncio.run(_read(library, Script(json_style=style), language))
    assert heard.reading is not None
    assert heard.usage["input"] > 100
    assert not reader.rests
    sent = str(fake.requests[0].body["messages"])
    assert QUESTION[language] in sent
    assert SAID[language][-8:] in sent
    assert "Brightwell" not in sent


@pytest.mark.parametrize("script", FAILING, ids=failing_name)
def test_a_model_that_fails_gives_none_and_is_left_alone(library: Library, script: Script) -> None:
    """Whatever goes wrong, nothing is raised, and after three failures it rests."""
    heard, reader, _ = asyncio.run(_read(library, script, times=3))
    assert all(opinion.reading is None for opinion in heard)
    assert reader.rests
    assert not reader.source.rests
    assert CANARY not in str(heard)


def test_a_slow_model_is_not_waited_for(library: Library) -> None:
    """After its deadline there is no reading."""
    script = Script(faults=("stall_before_first",), fault_rate=1, stall_seconds=5)
    (heard,), _, _ = asyncio.run(_read(library, script, deadline=0.05))
    assert heard.reading is None


def test_a_lying_model_is_held_to_the_form(library: Library) -> None:
    """Parts that do not exist, or more than the form has, are no reading."""
    for text in ('{"parts": ["heroism"]}', '{"score": 5}', "She was wonderful."):
        script = Script(mode="fixed", text=text, json_style="refused")
        (heard,), _, _ = asyncio.run(_read(library, script))
        assert heard.reading is None


def test_a_model_that_cannot_be_opened_gives_none(library: Library) -> None:
    """A key that is missing is a failure like any other."""

    async def closed() -> OpenModel:
        raise SetupError("There is no key.")

    async def scenario() -> Opinion:
        speakers = Speakers(
            open_voice(library), library.personas, Access("key"), frozenset({"openai:fake"})
        )
        source = replace(speakers.source("openai:fake"), opener=closed)
        return await AnswerReader(source).read(QUESTION["en"], SAID["en"], "en")

    assert asyncio.run(scenario()) == Opinion(None)


def test_a_reading_has_its_price(library: Library) -> None:
    """Where OpenAI's own prices hold, what a reading cost is told with its tokens."""

    async def scenario() -> Opinion:
        async with FakeModel(Script()) as fake:
            name = "openai:gpt-4o-mini"
            speakers = Speakers(
                open_voice(library), library.personas, Access("key", address=fake.base_url),
                allowed=frozenset({name}),
            )  # fmt: skip
            speakers.source(name).priced = True
            reader = speakers.reader(name)
            assert reader is not None
            try:
                return await reader.read(QUESTION["en"], SAID["en"], "en")
            finally:
                await speakers.close()

    assert asyncio.run(scenario()).usage["cost_usd"] > 0


@pytest.mark.parametrize("model", [None, "builtin", "openai:other"])
def test_no_answer_goes_to_a_model_nobody_agreed_to(library: Library, model: str | None) -> None:
    """Without a model, or with one that is not allowed here, nothing is read by any."""
    speakers = Speakers(open_voice(library), library.personas, Access("key"))
    assert speakers.reader(model) is None
