"""What `evaluate` reads: bad input is named and counted, odd input is told, nothing is dropped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interviewer.errors import InputError
from interviewer.evaluation.reading import LONGEST, Source, files_in, parsed, read, sources_in
from interviewer.evaluation.report import evaluation_markdown, evaluation_of, evaluation_to_json
from interviewer.evaluation.running import scored_here

FRENCH = "Bonjour, parlez-moi de votre dernier poste et de ce que vous y avez fait vous-même ?"
GERMAN = "Was haben Sie in Ihrer letzten Stelle selbst gemacht, und was kam dabei heraus, bitte?"
DUTCH = "Goedemorgen. Wat heeft u in uw vorige baan zelf gedaan en wat was het resultaat daarvan?"
SPANISH = "Buenos días, ¿qué hizo usted en su último trabajo y cuál fue el resultado de todo eso?"
JAPANESE = "本日はよろしくお願いします。前の仕事で何をしましたか。"
OTHERS = (
    "Bom dia, o que fez no seu último emprego e qual foi o resultado de tudo isso?",
    "Dzień dobry, co Pan robił w ostatniej pracy i jaki był tego wynik?",
    "God dag. Vad gjorde du själv i ditt senaste arbete och vad blev resultatet?",
    "Merhaba, son işinizde ne yaptınız ve sonucu ne oldu?",
    "안녕하세요, 지난 직장에서 무엇을 하셨나요?",
)
RUSSIAN = "Здравствуйте, расскажите, что вы делали на последнем месте работы и что получилось?"


def chat(*said: str, **more: Any) -> dict[str, Any]:
    """Return a chat in which examiner and candidate take turns."""
    roles = ("assistant", "user")
    messages = [{"role": roles[n % 2], "content": text} for n, text in enumerate(said)]
    return {"messages": messages, **more}


def one(document: object) -> Source:
    """Return a document as it lies in a file."""
    return Source("f:1", json.dumps(document, ensure_ascii=False))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"messages": [{"role": "assistant", "content": "What', "cut off"),
        ("[" * 100_000, "cut off"),
        ("{}", "no chat"),
        ("3", "no chat"),
        ('{"messages": []}', "nothing said by an examiner"),
        ('{"messages": [{"role": "assistant", "content": " \\n"}]}', "nothing said by"),
        ('{"messages": [{"role": "user", "content": "Hello."}]}', "nothing said by an examiner"),
        ('{"messages": [{"role": "interviewer", "content": "Hi."}]}', "role 'interviewer'"),
        ('{"messages": [{"content": "Hello."}]}', "message 1 has no role"),
        ('{"messages": [{"role": "assistant", "content": 3}]}', "content that is no text"),
        ('{"schema": "other/1", "messages": []}', "has the schema 'other/1'"),
    ],
    ids=["cut", "deep", "empty", "number", "none", "blank", "one side", "role", "no role",
         "content", "schema"],
)  # fmt: skip
def test_what_is_no_interview_is_refused_with_its_place(text: str, says: str) -> None:
    """Each has a sentence that begins with the file and line."""
    with pytest.raises(InputError, match=says) as refused:
        parsed(Source("f:7", text))
    assert str(refused.value).startswith("f:7")


@pytest.mark.parametrize("said", [FRENCH, GERMAN, DUTCH, SPANISH, JAPANESE, RUSSIAN, *OTHERS])
def test_another_language_is_named_and_not_measured(said: str) -> None:
    """Metrics know two languages; in a third they would see nothing and call it good."""
    with pytest.raises(InputError, match="a language that is not known here"):
        parsed(one(chat(said)))
    with pytest.raises(InputError, match="the language 'fr'"):
        parsed(one({**chat("Hello, what did you build?"), "interview": {"language": "fr"}}))


@pytest.mark.parametrize(
    "said",
    ["What did you build?", "Why?", "您最近做过什么？", "SQL joins vs. window functions: which?",
     "SELECT * FROM t WHERE x = 3; </script> {{ 7*7 }}",
        "Explain idempotent retries, backpressure, sharding, quorum reads, write-ahead logging."],
)  # fmt: skip
def test_english_and_chinese_are_measured(said: str) -> None:
    """Also where hardly a word is common, or there are few; a candidate may speak anything."""
    assert parsed(one(chat(said, FRENCH))).turns[0].content == said
    native = {**chat(said), "interview": {"language": "en-GB"}}
    assert parsed(one(native)).interview.language == "en-GB"


def test_forms_of_an_openai_chat_are_accepted(tmp_path: Path) -> None:
    """A list of messages, parts of content, tools and developers, a list of chats in a file."""
    asked = {"role": "assistant", "content": [{"type": "text", "text": "What did you build?"}]}
    others = [
        {"role": "developer", "content": "Be kind."}, {"role": "system", "content": "x"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": "3"}, {"role": "function", "name": "f", "content": "3"},
    ]  # fmt: skip
    assert parsed(one([*others, asked])).turns[-1].content == "What did you build?"
    (tmp_path / "a.json").write_text(json.dumps([*others, asked]), encoding="utf-8")
    both = [chat("What did you do?"), {"messages": "none"}]
    (tmp_path / "b.json").write_text(json.dumps(both), encoding="utf-8")
    (tmp_path / "c.json").write_text("[{", encoding="utf-8")
    sources = list(sources_in(files_in([tmp_path])))
    places = [Path(source.where).name for source in sources]
    assert places == ["a.json", "b.json:1", "b.json:2", "c.json"]
    faults = [entry.fault for entry in scored_here(sources, ())]
    assert [bool(fault) for fault in faults] == [False, False, True, True]


def test_what_is_odd_is_told_and_measured(tmp_path: Path) -> None:
    """Another version, empty messages of the examiner, an id that comes twice."""
    newer = chat("What did you build?", "A model.", id="a", schema="interviewer.transcript/9")
    gaps = chat("What did you build?", "A model.", "", "Well?", " ", id="b")
    again = chat("What did you do?", id="a", schema="interviewer.transcript/1")
    silent = chat("What did you build?", "", "Shall I put it again?", id="c")
    path = tmp_path / "mixed.jsonl"
    lines = [json.dumps(document) for document in (newer, gaps, again, silent)]
    path.write_text("\n".join(lines), encoding="utf-8")
    evaluation = evaluation_of(scored_here(sources_in([path]), ()), ())
    told = evaluation_to_json(evaluation)["noticed"]
    assert told == [
        {"file": f"{path}:1", "reason": "It has the schema interviewer.transcript/9; what is "
                                        "known of interviewer.transcript/1 was read."},
        {"file": f"{path}:2", "reason": "Messages of the examiner are empty: 3, 5."},
        {"file": f"{path}:3", "reason": f"It has the id 'a', as {path}:1 has."},
    ]  # fmt: skip
    assert evaluation_markdown(evaluation).count("Noticed: ") == 3
    assert read(one(silent)).notes == ()


def test_a_line_of_fifty_megabytes_is_passed_over_and_named(tmp_path: Path) -> None:
    """Neither it nor a file of that size is held in memory, and what follows is read."""
    path = tmp_path / "long.jsonl"
    good = json.dumps(chat("What did you build?")).encode()
    with path.open("wb") as file:
        file.write(good + b"\n")
        file.seek(50_000_000, 1)  # a hole, read as so many zero bytes
        file.write(b"\n" + good + b"\n")
    with (tmp_path / "whole.json").open("wb") as file:
        file.truncate(LONGEST + 1)
    results = list(scored_here(sources_in(files_in([tmp_path])), ()))
    assert [bool(entry.fault) for entry in results] == [False, True, False, True]
    assert results[1].fault == f"{path}:2: the line is longer than 20 MB."
    assert "larger than 20 MB" in results[3].fault


def test_a_report_among_transcripts_is_no_transcript(tmp_path: Path) -> None:
    """What --out wrote beside the interviews is left out; another manifest is read as a chat."""
    (tmp_path / "a.jsonl").write_text(json.dumps(chat("What did you build?")), encoding="utf-8")
    for name, schema in (("report", "interviewer.evaluation-manifest/1"), ("other", "theirs/1")):
        (tmp_path / name / "judge").mkdir(parents=True)
        for file in ("manifest.json", "summary.json", "judge/verdicts.jsonl"):
            (tmp_path / name / file).write_text(json.dumps({"schema": schema}), encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in files_in([tmp_path])]
    assert found == [
        "a.jsonl", "other/judge/verdicts.jsonl", "other/manifest.json", "other/summary.json",
    ]  # fmt: skip
