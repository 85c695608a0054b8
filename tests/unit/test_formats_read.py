"""Files as other tools write them become transcripts, whole; what is broken is named."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.evaluation.formats.json_text import entries_of
from interviewer.evaluation.formats.registry import FORMATS, format_of
from interviewer.evaluation.formats.source import AS_FOUND, ReadAs, Source
from interviewer.evaluation.reading import read, sources_in, transcript_in
from interviewer.evaluation.reports.embedding import read_again
from interviewer.evaluation.running import Scored
from interviewer.transcript import Transcript

MADE = Path(__file__).parents[1] / "formats"
SAID = [("assistant", "What did you build?"), ("user", "A stock model.")]
# What lies in tests/formats, and which format each file shows by itself.
FILES = {
    "inspect.eval": "inspect", "inspect.json": "inspect", "scout.parquet": "scout",
    "sharegpt.json": "sharegpt", "otel-span.jsonl": "otel", "otel-logs.jsonl": "otel",
    "openinference-sdk.jsonl": "openinference", "openinference-otlp.json": "openinference",
    "langsmith.jsonl": "langsmith", "langchain.jsonl": "langsmith", "vcon.json": "vcon",
}  # fmt: skip


def transcripts(path: Path, read_as: ReadAs = AS_FOUND) -> list[Transcript]:
    """Return what a file holds."""
    return [transcript_in(source) for source in sources_in([path], read_as)]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    """Return who says what, without instructions to a model."""
    return [(t.role, t.content) for t in transcript.turns if t.role != "system"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_its_own_tool_wrote_is_read(name: str) -> None:
    """Each begins with the same question and answer, and shows its format by itself."""
    role = ReadAs(interviewer="agent") if name == "vcon.json" else AS_FOUND
    found = transcripts(MADE / name, role)
    assert said(found[0])[:2] == SAID
    source = next(iter(sources_in([MADE / name])))
    assert (source.form or format_of(json.loads(source.text)).name) == FILES[name]
    assert said(transcripts(MADE / name, ReadAs(FILES[name], role.interviewer))[0])[:2] == SAID


def test_a_conversation_in_many_spans_is_put_together_once(tmp_path: Path) -> None:
    """Whole histories and new words alone, of two conversations mixed, instructions once."""

    def span(conversation: str, number: int, said: list[tuple[str, str]], out: str) -> str:
        given = [
            {"role": role, "parts": [{"type": "text", "content": text}]} for role, text in said
        ]
        made = [{"role": "assistant", "parts": [{"type": "text", "content": out}]}]
        return json.dumps({
            "name": "chat", "start_time": f"2026-01-01T00:00:0{number}Z",
            "context": {"trace_id": f"{conversation}{number}"},
            "attributes": {"gen_ai.conversation.id": conversation,
                           "gen_ai.input.messages": json.dumps(given),
                           "gen_ai.output.messages": json.dumps(made)},
        })  # fmt: skip

    rules = ("system", "Be kind.")
    whole = [rules, ("user", "Hello."), ("assistant", "Why us?"), ("user", "The work.")]
    lines = [
        span("a", 3, [*whole, ("assistant", "What work?"), ("user", "Stock.")], "Thank you."),
        span("b", 1, [rules, ("user", "Hi.")], "What did you build?"),
        span("a", 1, whole[:2], "Why us?"),
        "{broken",
        span("b", 2, [rules, ("user", "A model.")], "Alone?"),
        span("a", 2, whole, "What work?"),
        span("a", 2, whole, "What work?"),
        json.dumps({"name": "db", "context": {"trace_id": "x"}, "attributes": {"db": "x"}}),
    ]
    path = tmp_path / "spans.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = list(sources_in([path]))
    assert [source.where for source in found] == [f"{path}:{line}" for line in (4, 1, 2)]
    assert "cut off" in found[0].fault
    first, second = (transcript_in(source) for source in found[1:])
    assert [text for _, text in said(first)] == [
        "Hello.", "Why us?", "The work.", "What work?", "Stock.", "Thank you."
    ]  # fmt: skip
    assert [text for _, text in said(second)] == [
        "Hi.", "What did you build?", "A model.", "Alone?"
    ]  # fmt: skip
    assert [t.role for t in second.turns].count("system") == 1


@pytest.mark.parametrize(
    ("name", "traces", "places"),
    [
        ("batch.json", ["abc"], ["", ":2", ":3"]),
        ("batches.jsonl", ["abc", "ad", "e"], [":1", ":1:2", ":1:3", ":2", ":3"]),
    ],
)
def test_conversations_of_one_batch_are_told_apart(
    name: str, traces: list[str], places: list[str], tmp_path: Path
) -> None:
    """Each has a place of its own, by which reports find its words again."""

    def span(trace: str) -> object:
        made = json.dumps([{"role": "assistant", "content": f"What did you build in {trace}?"}])
        told = [{"key": "gen_ai.output.messages", "value": {"stringValue": made}}]
        return {"traceId": trace, "startTimeUnixNano": "1", "attributes": told}

    batches = [
        json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span(t) for t in each]}]}]})
        for each in traces
    ]
    path = tmp_path / name
    path.write_text("\n".join(batches), encoding="utf-8")
    found = list(sources_in([path]))
    assert [source.where.removeprefix(str(path)) for source in found] == places
    entries = {
        number: Scored(source.where, transcript_in(source).id, {})
        for number, source in enumerate(found, start=1)
    }
    again = {number: transcript.id for number, transcript in read_again(entries, [path])}
    assert again == {number: entry.id for number, entry in entries.items()}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.eval", b"PK\x03\x04 no more", "no zip file that can be read"),
        ("a.parquet", b"PAR1 no more", "no Parquet file that can be read"),
        ("a.json", b'[{"conversations": [{"from": "gpt", "value": "Why?"}]}, {', "cut off after"),
        ("a.jsonl", b'{"conversations": [{"from": "gpt"}]}', "message 1 has no `from` or no"),
        ("a.jsonl", b'{"conversations": [{"from": "Ann", "value": "Why?"}]}',
         "has the roles 'Ann'. Say which is the interviewer's: --interviewer-role Ann"),
        ("a.jsonl", b'{"vcon": "0.4.0", "parties": [], "dialog": []}', "no dialog of the type"),
        ("a.jsonl", b'{"vcon": "0.4.0", "parties": [], "dialog": [{"type": "text", "body": "x"}]}',
         "dialog 1 does not tell which party says it"),
        ("a.jsonl", b'{"attributes": {"gen_ai.input.messages": "["}}', "that are no JSON"),
        ("a.jsonl", b'{"attributes": {"gen_ai.input.messages": "[]"}}', "holds no messages of"),
        ("a.json", b'{"eval": {}, "samples": [{"id": 1}]}', "no sample of Inspect"),
        ("a.json", b'{"eval": {}, "samples": []}', "holds no samples of Inspect"),
    ],
)  # fmt: skip
def test_a_broken_file_of_any_format_is_named(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    """With its place and the reason; nothing of it is made up, and nothing crashes."""
    path = tmp_path / name
    path.write_bytes(data)
    faults = []
    for source in sources_in([path]):
        try:
            transcript_in(source)
        except InputError as error:
            faults.append(str(error))
    (fault,) = faults
    assert says in fault
    assert fault.startswith(str(path))


def test_the_interviewers_role_is_stated_and_never_guessed() -> None:
    """By the files' own name or the usual one; another way round is refused until it is said."""
    turned = {"conversations": [
        {"from": "human", "value": "What did you build?"}, {"from": "gpt", "value": "A model."},
        {"from": "human", "value": "Alone?"}, {"from": "gpt", "value": "With two others."},
    ]}  # fmt: skip
    text = json.dumps(turned)
    with pytest.raises(InputError, match="--interviewer-role user, or --interviewer-role assist"):
        transcript_in(Source("f:1", text))
    for role in ("user", "human"):
        found = transcript_in(Source("f:1", text, interviewer=role))
        assert [t.by_examiner for t in found.turns] == [True, False, True, False]
    kept = transcript_in(Source("f:1", text, interviewer="gpt"))
    assert [t.by_examiner for t in kept.turns] == [False, True, False, True]
    with pytest.raises(InputError, match="nothing said by the role 'Helen'"):
        transcript_in(Source("f:1", text, interviewer="Helen"))
    three = {"messages": [{"role": r, "content": "x"} for r in ("Helen", "Ann", "Bo")]}
    with pytest.raises(InputError, match="which is the candidate's is not told"):
        transcript_in(Source("f:1", json.dumps(three), interviewer="Helen"))


def test_a_plain_chat_the_other_way_round_is_measured_and_told() -> None:
    """In an OpenAI chat the assistant is the interviewer; what looks otherwise is noticed."""
    roles = ("user", "assistant")
    words = ("Why us?", "The work.", "Which work?", "Stock.")
    chat = {"messages": [{"role": roles[n % 2], "content": w} for n, w in enumerate(words)]}
    (note,) = read(Source("f:1", json.dumps(chat))).notes
    assert "--interviewer-role" in note
    assert not read(Source("f:1", json.dumps(chat), interviewer="user")).notes


def test_a_signature_is_one_formats_alone() -> None:
    """Whatever of the made files is looked at, no two formats claim it."""
    for name in FILES:
        for source in sources_in([MADE / name]):
            document = json.loads(source.text)
            claims = [form.name for form in FORMATS.values() if form.bears(document)]
            assert len(claims) <= 1 or claims == ["inspect", "openai"], (name, claims)


def test_a_file_called_json_may_hold_lines(tmp_path: Path) -> None:
    """A collector's file exporter writes an object a line into traces.json."""
    path = tmp_path / "traces.json"
    line = (MADE / "otel-logs.jsonl").read_text(encoding="utf-8").strip()
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    assert [said(found)[:2] for found in transcripts(path)] == [SAID]


def test_a_long_file_is_taken_entry_by_entry() -> None:
    """A list, or the list under a key of an object; what stands before and after is passed."""
    listed = '[{"a": "[1, 2]"}, 12, "x", []]'
    assert list(entries_of(io.StringIO(listed), "")) == ['{"a": "[1, 2]"}', "12", '"x"', "[]"]
    log = f'{{"version": 2, "eval": {{"samples": [0]}}, "samples": {listed}, "more": 1}}'
    assert list(entries_of(io.StringIO(log), "samples")) == list(
        entries_of(io.StringIO(listed), "")
    )
    assert list(entries_of(io.StringIO('{"a": 1, "b": [2]}'), "samples")) == []
    for broken in ("[1, 2", "[1 2]", '{"a" 1}', "3", ""):
        with pytest.raises(InputError, match="is no JSON"):
            list(entries_of(io.StringIO(broken), "samples"))


def test_messages_of_openinference_are_read_flat_nested_and_in_parts() -> None:
    """As attributes of a span, as lists of an export, and with contents of several kinds."""
    listed = [{"message.role": "assistant", "message.content": "What did you build?"}]
    nested = [{"message": {"role": "user", "contents": [
        {"message_content": {"type": "text", "text": "A stock "}},
        {"message_content.type": "text", "message_content.text": "model."},
        {"message_content": {"type": "image"}},
    ]}}]  # fmt: skip
    flat = {
        "llm.input_messages.0.message.role": "assistant",
        "llm.input_messages.0.message.name": "Helen",
        "llm.input_messages.0.message.content": "What did you build?",
        "llm.input_messages.1.message.role": "user",
        "llm.input_messages.1.message.contents.0.message_content.text": "A stock ",
        "llm.input_messages.1.message.contents.1.message_content.text": "model.",
    }
    entries = (
        {"llm": {"input_messages": listed, "output_messages": nested}, "session": {"id": "s"}},
        {"llm.input_messages": listed, "llm.output_messages": nested, "session.id": "s"},
        {**flat, "session.id": "s", "openinference.span.kind": "LLM"},
    )
    for attributes in entries:
        entry = {"attributes": attributes, "context": {"trace_id": "t"}}
        assert format_of(entry).name == "openinference"
        calls = FORMATS["openinference"].calls
        assert calls is not None
        (call,) = calls(entry)
        assert call.conversation == "s"
        messages = [{"role": m["role"], "content": m["content"]} for m in call.messages]
        found = transcript_in(Source("f:1", json.dumps({"messages": messages})))
        assert [(turn.role, turn.content) for turn in found.turns] == SAID
    chain = {"attributes": {**flat, "openinference.span.kind": "CHAIN"}}
    assert list(calls(chain)) == []
