"""A form filled in by a model, against servers that do what lesser servers do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models import BaseChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from interviewer.models.filled import Misread, read_form
from interviewer.models.structured import Structured, Unreadable, Way, structured

KEY = "The server did not accept the key, or the key may not use this model."
SECRET = "the server's own words"
GOOD = '{"level": 3, "quotes": [{"seq": 2, "text": "I cut it to 4 h"}], "manner": "calm"}'


class Quote(BaseModel):
    """What was said."""

    model_config = ConfigDict(extra="forbid")
    seq: int
    text: str


class Verdict(BaseModel):
    """How good an answer was."""

    model_config = ConfigDict(extra="forbid")
    level: int = Field(ge=1, le=5)
    quotes: list[Quote] = []
    manner: Literal["calm", "vague"] = "calm"


class Loose(BaseModel):
    """A form that has a value for everything."""

    level: int = 1


WANTED = Verdict(level=3, quotes=[Quote(seq=2, text="I cut it to 4 h")])


@dataclass(frozen=True)
class Answer:
    """One scripted reply of the server."""

    text: str | None = None
    status: int = 200
    finish: str | None = "stop"
    seconds: float = 0.0
    refusal: str | None = None
    body: str | None = None
    broken_off: bool = False

    def raw(self) -> bytes:
        """Return the body as it goes over the line."""
        if self.body is not None:
            return self.body.encode()
        if self.status != 200:
            return json.dumps({"error": {"message": SECRET, "code": None}}).encode()
        message = {"role": "assistant", "content": self.text, "refusal": self.refusal}
        document = {
            "id": "1", "object": "chat.completion", "created": 1, "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": self.finish}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
                      "prompt_tokens_details": {"cached_tokens": 4}},
        }  # fmt: skip
        return json.dumps(document).encode()


@dataclass
class Server:
    """What was scripted, and what was asked."""

    answers: list[Answer]
    address: str = ""
    asked: list[dict[str, object]] = field(default_factory=list)

    def ways(self) -> list[str]:
        """Return the response formats that were asked for."""
        formats = [asked.get("response_format") for asked in self.asked]
        return [each["type"] if isinstance(each, dict) else "-" for each in formats]

    def words(self, call: int) -> str:
        """Return everything a call said, as one text."""
        messages = self.asked[call]["messages"]
        assert isinstance(messages, list)
        return "\n".join(message["content"] for message in messages)


@contextlib.contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    """Serve scripted answers on loopback; the last one is repeated."""
    server = Server(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            server.asked.append(json.loads(self.rfile.read(length)))
            answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
            time.sleep(answer.seconds)
            raw = answer.raw()
            with contextlib.suppress(ConnectionError):
                self.send_response(answer.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw) + 9 * answer.broken_off))
                self.end_headers()
                self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.address = f"http://127.0.0.1:{web.server_address[1]}/v1"
    try:
        yield server
    finally:
        web.shutdown()
        thread.join()
        web.server_close()


def ask(
    address: str,
    messages: Sequence[BaseMessage] = (HumanMessage("How good was it?"),),
    form: type[BaseModel] = Verdict,
    *,
    deadline: float = 20,
    start: Way = "json_schema",
    timeout: float = 10,
) -> Structured[BaseModel] | Unreadable:
    """Ask the server for a verdict, with a client of its own that is closed again."""

    async def asking() -> Structured[BaseModel] | Unreadable:
        async with httpx2.AsyncClient() as client:
            with httpx2.Client() as unused:
                chat = ChatOpenAI(
                    model="m", base_url=address, api_key=SecretStr("k"), max_retries=0,
                    timeout=timeout, http_async_client=client, http_client=unused,
                )  # fmt: skip
                return await structured(chat, messages, form, deadline=deadline, start=start)

    return asyncio.run(asking())


def asked(*answers: Answer, **more: object) -> tuple[Structured[BaseModel] | Unreadable, Server]:
    """Ask a scripted server, and return what came of it and the server."""
    with serving(*answers) as server:
        return ask(server.address, **more), server  # type: ignore[arg-type]  # passed on


def test_a_server_that_supports_everything_is_asked_once() -> None:
    """The form comes back from one call by schema, with what it used."""
    got, server = asked(Answer(GOOD))
    usage = {"input": 10, "output": 5, "cached": 4}
    assert got == Structured(WANTED, "json_schema", repaired=False, usage=usage)
    assert server.ways() == ["json_schema"]
    assert server.words(0) == "How good was it?"
    sent = server.asked[0]["response_format"]
    assert isinstance(sent, dict)
    assert sent["json_schema"]["strict"] is True
    assert sent["json_schema"]["schema"]["additionalProperties"] is False


@pytest.mark.parametrize("status", [400, 422, 500, 501])
def test_a_refused_way_goes_on_to_the_next(status: int) -> None:
    """A server that refuses schemas is asked by JSON mode, with the form in words."""
    got, server = asked(Answer(status=status), Answer(GOOD))
    assert isinstance(got, Structured)
    assert (got.value, got.way, got.repaired) == (WANTED, "json_mode", False)
    assert server.ways() == ["json_schema", "json_object"]
    assert "JSON" in server.words(1)
    assert '"level"' in server.words(1)


def test_a_server_that_refuses_every_format_is_asked_in_words() -> None:
    """A 400 on response_format leaves the prompt, in one message of the user."""
    got, server = asked(Answer(status=400), Answer(status=400), Answer(GOOD))
    assert isinstance(got, Structured)
    assert (got.value, got.way) == (WANTED, "prompt")
    assert server.ways() == ["json_schema", "json_object", "-"]
    messages = server.asked[2]["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["user"]


@pytest.mark.parametrize(("start", "calls"), [("json_mode", ["json_object"]), ("prompt", ["-"])])
def test_the_asking_begins_where_the_caller_says(start: Way, calls: list[str]) -> None:
    """A way that a server is known to refuse is not tried again."""
    got, server = asked(Answer(GOOD), start=start)
    assert isinstance(got, Structured)
    assert server.ways() == calls


def test_a_server_that_refuses_all_is_unreadable() -> None:
    """After the last way there is no form, and each try is told."""
    got, server = asked(Answer(status=400))
    assert isinstance(got, Unreadable)
    assert len(server.asked) == len(got.tries) == 3
    assert got.usage == {"input": 0, "output": 0}


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD}\n```", f"```\n{GOOD}\n```", f"Here it is:\n{GOOD}\nI hope it helps!",
        f"<think>Is it {{\"level\": 2}}? Or [</think>\n{GOOD}", f"hm, }} 2?</think>{GOOD}",
        f"<think>a</think><thinking>b</thinking> {GOOD}", f"\n\n{GOOD}\n", f"{GOOD}\n{GOOD}",
        f"As in [1] and {{placeholder}}: {GOOD}", f"```json\n{GOOD}\n```\nLevel {{3}} [sic].",
    ],
)  # fmt: skip
def test_what_stands_around_the_answer_is_passed_over(text: str) -> None:
    """Fences, prose and thinking need no second call."""
    got, server = asked(Answer(text))
    assert isinstance(got, Structured)
    assert (got.value, got.repaired, len(server.asked)) == (WANTED, False, 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD[:-1], "not_json"), (GOOD[:40], "not_json"), (f"```json\n{GOOD[:-3]}", "not_json"),
        (f"{GOOD} {GOOD[:30]}", "not_json"), (f"{GOOD}}}", "not_json"),
        ('{"answer": {"level": 3}', "not_json"), ("{'a': {\"level\": 3}}", "not_json"),
        ('[{"level": 3}, {"level', "not_json"), ('[{"level": 3}]', "not_json"),
        ('{"level": NaN}', "not_json"), ('{"level": Infinity}', "not_json"),
        ('{"level": 1e999}', "not_json"), ('{"level": 3, "level": 4}', "not_json"),
        ('{"level": 3, "quotes": [{"seq": 1, "seq": 2, "text": ""}]}', "not_json"),
        ('{"level": 3, "quotes": [{"seq": 1, "text": "\\ud800"}]}', "not_json"),
        ("[" * 100_000, "not_json"), ('{"level": ' + "9" * 5_000 + "}", "not_json"),
        (" " * 200_001 + "x", "not_json"), (f"Well. <think>{GOOD}</think> No.", "not_json"),
        (f"{GOOD} <think>or", "not_json"),
        ('{"level": "3"}', "not_form"), ('{"level": true}', "not_form"), ("{}", "not_form"),
        ('{"level": 6}', "not_form"), ('{"level": 3.5}', "not_form"),
        ('{"level": null}', "not_form"), ('{"level": "three"}', "not_form"),
        ('{"level": 3, "made_up": 1}', "not_form"), ('{"level": 3, "manner": "rude"}', "not_form"),
        ('{"level": 3} or {"level": 4}', "several"),
        ("", "empty"), (" \n", "empty"),
        ("It was good.", "no_json"), ("3", "no_json"), ('"level"', "no_json"), ("null", "no_json"),
        (f"<think>{GOOD}", "no_json"), (f"<think>{GOOD}</think>", "no_json"), ("[1]", "no_json"),
        (f"<think>I say {GOOD}</think> I would rather not.", "no_json"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_no_answer(text: str, fault: str) -> None:
    """Cut, doubled, mistyped, missing or merely thought answers are told apart and refused."""
    read = read_form(text, Verdict)
    assert isinstance(read, Misread)
    assert read.fault == fault


@pytest.mark.parametrize("text", ["{}", '{"properties": {"level": {"type": "integer"}}}'])
def test_a_form_full_of_defaults_is_no_answer(text: str) -> None:
    """An object that says nothing of the form does not become the form's defaults."""
    assert read_form(text, Loose) == Misread("not_form")
    assert read_form('{"level": 2}', Loose) == Loose(level=2)


def test_a_schema_shown_before_the_answer_is_passed_over() -> None:
    """Of several objects the one that has the form counts."""
    schema = json.dumps(Verdict.model_json_schema())
    assert read_form(f"The form:\n{schema}\nThe answer:\n{GOOD}", Verdict) == WANTED


def test_whole_json_may_speak_of_thinking() -> None:
    """What is quoted in an answer is left as it is."""
    text = '{"level": 1, "quotes": [{"seq": 1, "text": "</think> <think> {\\n"}]}'
    read = read_form(f"```json\n{text}\n```", Verdict)
    assert isinstance(read, Verdict)
    assert read.quotes[0].text == "</think> <think> {\n"


def test_a_bad_answer_is_repaired_once() -> None:
    """The model is shown its own text and what was wrong with it, in the same way of asking."""
    got, server = asked(Answer('{"level": 9}'), Answer(GOOD))
    assert isinstance(got, Structured)
    assert (got.value, got.way, got.repaired) == (WANTED, "json_schema", True)
    assert got.usage == {"input": 20, "output": 10, "cached": 8}
    assert server.ways() == ["json_schema", "json_schema"]
    messages = server.asked[1]["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["user", "assistant", "user"]
    assert messages[1]["content"] == '{"level": 9}'
    assert "level: Input should be less than or equal to 5" in messages[2]["content"]


def test_there_is_one_repair_in_all() -> None:
    """A model that never gets it right is asked four times and no more."""
    got, server = asked(Answer('{"level": 9, "seen": "private"}'))
    assert isinstance(got, Unreadable)
    assert server.ways() == ["json_schema", "json_schema", "json_object", "-"]
    assert [each.split(":")[0] for each in got.tries] == [
        "json_schema", "json_schema, repair", "json_mode", "prompt",
    ]  # fmt: skip
    assert got.usage == {"input": 40, "output": 20, "cached": 16}
    assert "private" not in repr(got)
    assert "seen" not in repr(got)


@pytest.mark.parametrize("text", ["", None, "It was good."])
def test_a_way_the_server_ignored_goes_on_to_the_next(text: str | None) -> None:
    """Nothing, or prose without JSON, is not worth a repair while there are other ways."""
    got, server = asked(Answer(text), Answer(GOOD))
    assert isinstance(got, Structured)
    assert (got.way, got.repaired) == ("json_mode", False)
    assert server.ways() == ["json_schema", "json_object"]


def test_prose_in_the_last_way_is_repaired() -> None:
    """Where there is no other way left, prose is worth the repair."""
    got, server = asked(Answer("It was good."), Answer(GOOD), start="prompt")
    assert isinstance(got, Structured)
    assert (got.way, got.repaired, server.ways()) == ("prompt", True, ["-", "-"])


def test_empty_replies_end_unreadable() -> None:
    """A model that says nothing is asked in each way and shown nothing."""
    got, server = asked(Answer(""))
    assert isinstance(got, Unreadable)
    assert got.reason == "The model's reply was empty."
    assert server.ways() == ["json_schema", "json_object", "-"]


@pytest.mark.parametrize("text", [GOOD, GOOD[:40]])
@pytest.mark.parametrize("start", ["json_schema", "prompt"])
@pytest.mark.parametrize("finish", ["length", "error", "max_tokens"])
def test_a_cut_reply_is_no_answer_even_if_it_reads(text: str, start: Way, finish: str) -> None:
    """A reply that did not end by itself is asked for again, and its tokens count."""
    got, server = asked(Answer(text, finish=finish), Answer(GOOD), start=start)
    assert isinstance(got, Structured)
    assert got.repaired
    assert (got.usage["input"], got.usage["output"]) == (20, 10)
    assert "cut off" in server.words(1)


def test_a_server_that_does_not_say_how_it_ended_is_believed() -> None:
    """Whole JSON is whole, whether or not the server says so."""
    got, _ = asked(Answer(GOOD, finish=None))
    assert isinstance(got, Structured)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=401), KEY),
        (Answer(status=403), KEY),
        (Answer(status=404), "The server does not have this model."),
        (Answer(status=429), "The server's limit is used up for now."),
        (Answer(status=503), "The server failed, or refused the request."),
        (
            Answer(status=400, body='{"error": {"code": "context_length_exceeded"}}'),
            "The text is too long for this model.",
        ),
        (Answer(GOOD, broken_off=True), "The server could not be reached, or broke off."),
        (Answer(None, refusal=SECRET), "The model declined to answer."),
        (Answer(GOOD, finish="content_filter"), "The model declined to answer."),
    ],
)  # fmt: skip
def test_what_another_way_cannot_mend_ends_the_asking(answer: Answer, reason: str) -> None:
    """A wrong key, a limit or a lost connection is told at once, in our words only."""
    got, server = asked(answer)
    assert isinstance(got, Unreadable)
    assert got.reason == reason
    assert got.tries == (f"json_schema: {reason}",)
    assert len(server.asked) == 1
    assert SECRET not in repr(got)


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    """Nobody listening is a lost connection."""
    with serving(Answer(GOOD)) as server:
        address = server.address
    got = ask(address)
    assert isinstance(got, Unreadable)
    assert got.reason == "The server could not be reached, or broke off."


def test_the_time_out_of_the_client_ends_the_asking() -> None:
    """A server too slow for the client is not asked again."""
    got, server = asked(Answer(GOOD, seconds=0.5), timeout=0.1)
    assert isinstance(got, Unreadable)
    assert got.reason == "The server did not answer in time."
    assert len(server.asked) == 1


def test_the_deadline_is_over_all_calls() -> None:
    """Slow calls add up to the deadline, and what was tried until then is told."""
    begun = time.monotonic()
    got, server = asked(Answer("no", seconds=0.3), deadline=0.45)
    assert time.monotonic() - begun < 3
    assert isinstance(got, Unreadable)
    assert got.reason == "There was no usable answer within the time allowed."
    assert [each.split(":")[0] for each in got.tries] == ["json_schema", "all"]
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "body",
    ["<html>the server's own words</html>", "{}", '{"choices": null}', '{"choices": []}', "null",
     '{"error": {"message": "the server\'s own words"}}', '{"choices": [{"message": null}]}'],
)  # fmt: skip
def test_a_body_that_is_no_reply_is_unreadable(body: str) -> None:
    """Whatever the client library raises becomes a plain reason."""
    got, _ = asked(Answer(body=body))
    assert isinstance(got, Unreadable)
    assert "words" not in repr(got)
    assert len(got.tries) >= 1


def test_nothing_that_was_said_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the model's text nor the server's is in our log."""
    caplog.set_level(logging.DEBUG, logger="interviewer")
    asked(Answer(status=400), Answer('{"level": "private"}'))
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("interviewer")]
    assert ours == ["json_schema failed with OpenAIInvalidRequestError"]


@pytest.mark.parametrize(
    "messages",
    [
        (),
        (SystemMessage("Judge."),),
        (SystemMessage("Judge."), HumanMessage([{"type": "text", "text": "x"}])),
        (HumanMessage("x"), AIMessage("y")),
    ],
)
def test_the_form_is_put_after_any_messages(messages: tuple[BaseMessage, ...]) -> None:
    """The last thing the model reads is the form, and the caller's messages stay as they are."""
    got, server = asked(Answer(GOOD), messages=messages, start="prompt")
    assert isinstance(got, Structured)
    sent = server.asked[0]["messages"]
    assert isinstance(sent, list)
    assert sent[-1]["role"] == "user"
    assert sent[-1]["content"].startswith("Reply with one JSON object")


def test_any_chat_model_of_langchain_will_do() -> None:
    """A model that knows no response format is read like the others."""
    chat: BaseChatModel = GenericFakeChatModel(messages=iter([AIMessage(GOOD)]))
    got = asyncio.run(structured(chat, [HumanMessage("x")], Verdict, deadline=5))
    assert isinstance(got, Structured)
    assert got.value == WANTED
    assert got.usage == {"input": 0, "output": 0}


verdicts = st.builds(
    Verdict,
    level=st.integers(1, 5),
    quotes=st.lists(st.builds(Quote, seq=st.integers(), text=st.text()), max_size=3),
)


@given(verdict=verdicts, spaced=st.booleans())
def test_a_form_written_down_reads_back(verdict: Verdict, spaced: bool) -> None:
    """Whatever is in it, a whole form in a fence with prose around it is read as it was meant."""
    text = verdict.model_dump_json(indent=2 if spaced else None)
    assert read_form(text, Verdict) == verdict
    assert read_form(f"Sure!\n```json\n{text}\n```\nThat is all.", Verdict) == verdict


@given(verdict=verdicts, data=st.data())
def test_a_form_cut_anywhere_is_never_read(verdict: Verdict, data: st.DataObject) -> None:
    """No beginning and no end of a form is taken for a form."""
    text = verdict.model_dump_json()
    cut = data.draw(st.integers(1, len(text) - 1))
    assert isinstance(read_form(text[:cut], Verdict), Misread)
    assert isinstance(read_form(f"Sure! {text[:cut]}", Loose), Misread)
    assert isinstance(read_form(text[cut:], Verdict), Misread)


@given(text=st.text(alphabet='{}[]":,<>/think 0123\\"aé\n') | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text whatever raises."""
    assert isinstance(read_form(text, Verdict), Verdict | Misread)
