"""Files that other people's programs changed, mixed or wrote in their own way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from interviewer.evaluation.formats.cutting import has_a_transcript_a_line
from interviewer.evaluation.formats.losses import Losses
from interviewer.evaluation.formats.registry import FORMATS
from interviewer.evaluation.formats.source import Source
from interviewer.evaluation.reading import read, sources_in, transcript_in
from interviewer.evaluation.wording import wording
from interviewer.transcript_file import to_json

MADE = Path(__file__).parents[1] / "formats"
CHAT = {"id": "one", "messages": [
    {"role": "assistant", "name": "hr", "content": "What did you build?", "metadata": {"seq": 1}},
    {"role": "user", "content": "A stock model.", "metadata": {"seq": 2}},
    {"role": "assistant", "name": "boss", "content": "Alone?", "metadata": {"seq": 3}},
]}  # fmt: skip


def _written(form: str, document: dict[str, Any]) -> dict[str, Any]:
    entry = FORMATS[form].entry
    assert entry is not None
    return entry({"schema": "interviewer.transcript/1", **document}, Losses())


def _said(document: object) -> list[tuple[str, str | None, str]]:
    found = transcript_in(Source("f:1", json.dumps(document)))
    return [(turn.role, turn.name, turn.content) for turn in found.turns]


def test_a_transcript_among_the_calls_of_a_tracing_tool_is_named(tmp_path: Path) -> None:
    """Chats after a first line of LangSmith's are no calls; each is a fault, none vanishes."""
    trace = (MADE / "langsmith.jsonl").read_text(encoding="utf-8").splitlines()[0]
    shared = (MADE / "sharegpt.json").read_text(encoding="utf-8")
    others = [CHAT, CHAT["messages"], json.loads(shared)[0], {"messages": 3},
              {"run_type": "tool", "inputs": {}}]  # fmt: skip
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join([trace, *map(json.dumps, others)]), encoding="utf-8")
    found = list(sources_in([path]))
    faults = [source for source in found if source.fault]
    assert [source.where for source in faults] == [f"{path}:{line}" for line in (2, 3, 4, 5)]
    assert "OpenAI chat JSON Lines in a file of LangSmith" in faults[0].fault
    assert "ShareGPT in a file" in faults[2].fault
    assert len(found) == 5


def test_calls_of_two_tracing_tools_in_one_file_are_named(tmp_path: Path) -> None:
    """The second tool's calls are no calls of the first; they do not vanish either."""
    names = ("langsmith.jsonl", "otel-span.jsonl")
    lines = [(MADE / name).read_text(encoding="utf-8").splitlines()[0] for name in names]
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    (fault, _) = sources_in([path])
    assert "OpenTelemetry GenAI events" in fault.fault


def test_what_sharegpt_says_stands_against_fields_of_other_names() -> None:
    """A message may hold `role` and `content` beside `from` and `value`; the latter are said."""
    said = [
        {"from": "gpt", "value": "What did you build?", "role": "user"},
        {"from": "human", "value": "A model.", "role": "assistant", "content": "Nothing."},
    ]
    assert _said({"conversations": said}) == [
        ("assistant", None, "What did you build?"), ("user", None, "A model.")
    ]  # fmt: skip


def test_a_vcon_that_another_tool_cut_keeps_who_says_what() -> None:
    """What was carried belongs to the dialogs as they were; after a change the parties speak."""
    vcon = _written("vcon", CHAT)
    whole = transcript_in(Source("f:1", json.dumps(vcon)))
    assert [turn.seq for turn in whole.turns] == [1, 2, 3]
    first, second, third = vcon["dialog"]
    expected = {
        "cut": ([second, third], [("user", None), ("assistant", "boss")]),
        "turned": ([second, first, third], [
            ("user", None), ("assistant", "hr"), ("assistant", "boss")
        ]),
        "other examiner": ([third, second, first], [
            ("assistant", "boss"), ("user", None), ("assistant", "hr")
        ]),
    }  # fmt: skip
    for dialogs, speakers in expected.values():
        changed = {**vcon, "dialog": dialogs}
        told = _said(changed)
        assert [(role, name) for role, name, _ in told] == speakers
        assert [words for *_, words in told] == [dialog["body"] for dialog in dialogs]
        found = transcript_in(Source("f:1", json.dumps(changed)))
        assert [turn.seq for turn in found.turns] == [None] * len(dialogs)


def _inspect(theirs: object, message: object) -> dict[str, Any]:
    said = [
        {"role": "assistant", "content": "What did you build?", "metadata": message},
        {"role": "user", "content": "A model."},
    ]
    return {"id": "one", "epoch": 2, "input": "", "target": "", "messages": said,
            "metadata": {"interviewer": theirs, "post": "engineer"}}  # fmt: skip


def test_fields_that_others_call_interviewer_are_theirs() -> None:
    """They name a person with it; neither id, role nor words are taken from there, nor dropped."""
    for theirs in ("Ann", {"id": "two", "name": "Ann"}, 3):
        message = {"interviewer": {"role": "user", "content": "Nothing."}}
        sample = _inspect(theirs, message)
        cell = theirs if isinstance(theirs, str) else json.dumps(theirs)
        said = json.dumps(sample["messages"])
        row = {"transcript_id": "one", "messages": said, "interviewer": cell}
        attributes = {
            "interviewer": theirs, "gen_ai.conversation.id": "one", "gen_ai.input.messages": [
                {"role": "assistant", "content": "What did you build?", **message},
                {"role": "user", "content": "A model."},
            ],
        }  # fmt: skip
        calls = FORMATS["otel"].calls
        assert calls is not None
        (call,) = calls({"attributes": attributes})
        assert (call.conversation, call.about) == ("one", {})
        native = {"id": "one", "messages": call.messages}
        for form, entry in (("inspect", sample), ("scout", row), ("native", native)):
            found = transcript_in(Source("f:1", json.dumps(entry), form=form))
            assert found.id.startswith("one")
            assert [(turn.role, turn.content) for turn in found.turns] == [
                ("assistant", "What did you build?"), ("user", "A model.")
            ]  # fmt: skip
            if form != "native":
                assert "interviewer" in dict(found.extra)["metadata"]  # type: ignore[operator]  # JSON
            if form == "inspect":
                assert found.turns[0].extra == message


def test_two_transcripts_of_one_id_come_back_from_telemetry_as_two(tmp_path: Path) -> None:
    """Each lies in a record of its own; a conversation's id joins other people's calls alone."""
    path = tmp_path / "twice.jsonl"
    second = {**CHAT, "messages": [{"role": "assistant", "content": "What is your goal?"}]}
    lines = [json.dumps(_written("otel", document)) for document in (CHAT, second)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [transcript_in(source) for source in sources_in([path])]
    assert [(one.id, len(one.turns)) for one in found] == [("one", 3), ("one", 1)]


def test_a_path_of_a_parquet_file_is_no_pattern_of_others(tmp_path: Path) -> None:
    """Beside `r[1]`, `r1` is another folder; nor do folders' names become columns."""
    made = (MADE / "scout.parquet").read_bytes()
    for name in ("r[1]", "r1", "r?", "ra", "*", "company=other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.parquet").write_bytes(b"PAR1 broken" if len(name) == 2 else made)
    (tmp_path / "r?" / "t.parquet").write_bytes(made)
    whole = [s.text for s in sources_in([MADE / "scout.parquet"])]
    for name in ("r[1]", "r?", "*", "company=other"):
        found = list(sources_in([tmp_path / name / "t.parquet"]))
        assert [source.text for source in found] == whole


def test_what_is_no_text_is_counted_when_a_chat_is_converted() -> None:
    """Pictures and sounds have no place in a transcript; their number is told, by kind."""
    content = [
        {"type": "text", "text": "See "}, {"type": "image_url", "image_url": {"url": "data:x"}},
        {"type": "input_audio", "input_audio": {"data": "x"}}, 3,
        {"type": "text", "text": "this."},
    ]  # fmt: skip
    losses = Losses()
    document = {"messages": [{"role": "assistant", "content": "Why?"},
                             {"role": "user", "content": content}]}  # fmt: skip
    found = transcript_in(Source("f:1", json.dumps(document)), losses)
    assert found.turns[1].content == "See this."
    kinds = ("image_url", "input_audio", "unknown")
    assert losses.counts == {f"messages.content of the kind {kind}": 1 for kind in kinds}


def test_fields_of_inspects_messages_and_scores_are_kept() -> None:
    """Calls of tools, the model, the scores: unknown to us and kept; thoughts are counted."""
    asked = {
        "role": "assistant", "model": "m", "tool_calls": [{"id": "1", "function": "search"}],
        "content": [{"type": "reasoning", "reasoning": "Hm."}, {"type": "text", "text": "Why?"}],
    }  # fmt: skip
    sample: dict[str, Any] = {"id": "q", "epoch": 1, "input": "x", "target": "", "metadata": {},
              "messages": [asked, {"role": "user", "content": "It was so."}],
              "scores": {"own": {"value": 1}}}  # fmt: skip
    losses = Losses()
    found = to_json(transcript_in(Source("f:1", json.dumps(sample), form="inspect"), losses))
    assert found["scores"] == sample["scores"]
    assert found["messages"] == [{**asked, "content": "Why?"}, sample["messages"][1]]
    assert losses.counts == {"messages.content of the kind reasoning": 1}


def test_the_first_batches_of_a_collector_may_hold_no_talk(tmp_path: Path) -> None:
    """Spans of a web server come first; the talk that follows shows the file's format."""
    attributes = [{"key": "http.method", "value": {"stringValue": "GET"}}]
    web = {
        "resourceSpans": [
            {"scopeSpans": [{"spans": [{"traceId": "aa", "attributes": attributes}]}]}
        ]
    }
    lines = [json.dumps(web)] * 3
    talk = (MADE / "otel-logs.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "spans.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert len(list(sources_in([path]))) == len(lines)
    path.write_text("\n".join([*lines, *talk]), encoding="utf-8")
    (source,) = sources_in([path])
    assert "What did you build?" in [turn.content for turn in transcript_in(source).turns]
    assert not has_a_transcript_a_line(path)


def _span(begun: int, given: list[dict[str, Any]], made: list[dict[str, Any]]) -> str:
    """Return a call of a model as a line of OpenTelemetry's: what went in, what came out."""
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.conversation.id": "c",
        "gen_ai.input.messages": json.dumps(given),
        "gen_ai.output.messages": json.dumps(made),
    }
    return json.dumps({"name": "chat", "start_time": f"2026-01-01T00:00:0{begun}Z",
                       "context": {"trace_id": "t"}, "attributes": attributes})  # fmt: skip


def test_thoughts_and_pictures_of_telemetry_are_counted_and_noted(tmp_path: Path) -> None:
    """The history of the next call does not have the thoughts; nothing is said twice for it."""
    why, so = ({"type": "text", "content": text} for text in ("Why?", "It was so."))
    thoughts = {"type": "reasoning", "content": "Hm."}
    asked = [{"role": "assistant", "parts": [thoughts, why]}]
    shown = {"role": "user", "parts": [so, {"type": "blob", "mime_type": "image/png"}]}
    again = [{"role": "assistant", "parts": [why]}, shown]
    path = tmp_path / "spans.jsonl"
    end = [{"role": "assistant", "parts": [{"type": "text", "content": "And then?"}]}]
    path.write_text(_span(1, [], asked) + "\n" + _span(2, again, end) + "\n", encoding="utf-8")
    (source,) = sources_in([path])
    losses = Losses()
    found = transcript_in(source, losses)
    assert [turn.content for turn in found.turns] == ["Why?", "It was so.", "And then?"]
    kinds = ("blob", "reasoning")
    assert losses.counts == {f"messages.content of the kind {kind}": 1 for kind in kinds}
    (note,) = read(source).notes
    assert note == "Parts of messages that are no text were left out: reasoning (1), blob (1)."
    assert "不是文字" in wording("zh").told(note)


def test_what_is_no_text_is_counted_in_openinference(tmp_path: Path) -> None:
    """Pictures and calls of tools, in flat names and in lists as exports nest them."""
    side = "llm.input_messages"
    flat = {
        f"{side}.0.message.role": "assistant",
        f"{side}.0.message.content": "Why?",
        f"{side}.0.message.tool_calls.0.tool_call.function.name": "search",
        f"{side}.0.message.tool_calls.0.tool_call.function.arguments": "{}",
        f"{side}.1.message.role": "user",
        f"{side}.1.message.contents.0.message_content.type": "text",
        f"{side}.1.message.contents.0.message_content.text": "It was so.",
        f"{side}.1.message.contents.1.message_content.type": "image",
        f"{side}.1.message.contents.1.message_content.image.image.url": "data:x",
    }
    picture = {"message_content": {"type": "image", "image": {"image": {"url": "data:x"}}}}
    words = {"message_content.type": "text", "message_content.text": "It was so."}
    called = {"role": "assistant", "content": "Why?", "tool_calls": [{"tool_call": {}}]}
    nested = {side: [{"message": called},
                     {"message": {"role": "user", "contents": [words, picture]}}]}  # fmt: skip
    for attributes in (flat, nested):
        path = tmp_path / "spans.jsonl"
        path.write_text(json.dumps({"attributes": attributes, "context": {"trace_id": "t"}}))
        (source,) = sources_in([path])
        losses = Losses()
        found = transcript_in(source, losses)
        assert [turn.content for turn in found.turns] == ["Why?", "It was so."]
        kinds = ("image", "tool_call")
        assert losses.counts == {f"messages.content of the kind {kind}": 1 for kind in kinds}
