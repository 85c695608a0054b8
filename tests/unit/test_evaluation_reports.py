"""The files an evaluation leaves behind: whole, the same every time, and safe to open."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb
import pytest
from lxml import etree, html

from interviewer.content.library import Library
from interviewer.errors import InputError, SetupError, UsageError
from interviewer.evaluation.gate import conditions
from interviewer.evaluation.metric import Finding, Score
from interviewer.evaluation.reading import files_in, sources_in
from interviewer.evaluation.report import Evaluation, evaluation_of, evaluation_to_json
from interviewer.evaluation.reports import embedding, page, scores_table
from interviewer.evaluation.reports.bars import bar_of
from interviewer.evaluation.reports.embedding import embedded, read_again
from interviewer.evaluation.reports.folder import Made, forms_of
from interviewer.evaluation.reports.marking import pieces, visible
from interviewer.evaluation.reports.page import evaluation_page
from interviewer.evaluation.reports.sightings import by_severity, sightings_in
from interviewer.evaluation.reports.trust import trust_in
from interviewer.evaluation.running import scored_here
from interviewer.evaluation.shards.cutting import cut
from interviewer.evaluation.speech import Speech
from tests.reports import report_files

ATTACK = (
    "</script><script>alert(1)</script> ]]> <img src=x onerror=alert(2)> {{ 7*7 }} "
    "\u0000\u0007\u202eevil\u202c \U000e0041 \ud800 & \" ' </template>"
)
WORD = "Pregnant"


@dataclass(frozen=True)
class Words:
    """A metric that finds a word: its share of the turns."""

    name: str = "words"
    version: str = "3"
    better: Literal["lower"] = "lower"
    thresholds: Mapping[str, float] = field(default_factory=lambda: {"least": 1})

    def score(self, speech: Speech) -> Score:
        """Return the share of turns with the word, none for a transcript without turns."""
        found = [
            Finding(
                place, self.name, ATTACK, "critical", f"It says {WORD}: {ATTACK}", turn.content
            )
            for place, turn in enumerate(speech.transcript.turns, start=1)
            if WORD in turn.content
        ]
        if speech.transcript.id == "quiet":
            whole = Finding(None, self.name, "quiet", "odd", "Nobody speaks much.")
            return Score(None, f"It is quiet. {ATTACK}", (whole,))
        return Score(len(found) / len(speech.transcript.turns), findings=tuple(found))


def written(folder: Path, *chats: Mapping[str, object]) -> tuple[Path, ...]:
    """Write chats as a file of transcripts."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(chat) for chat in chats]
    (folder / "chats.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return files_in([folder])


def chat(name: str, *said: str) -> dict[str, object]:
    """Return a chat in which an examiner and a candidate take turns."""
    cited = {"id": "p", "text": f"A passage. {ATTACK}", "source": ATTACK}
    return {
        "id": name,
        "interview": {"language": "en", "research": {"p": cited}},
        "messages": [
            {"role": "user", "content": text}
            if place % 2
            else {
                "role": "assistant", "name": f"hr {ATTACK}", "content": text,
                "metadata": {
                    "cites": ["p", "gone"], "usage": {"input": ATTACK}, "seconds": {"first": 0.5},
                    "fallback": {"cause": ATTACK},
                    "move": {"kind": "ask", "item": ATTACK},
                },
            }
            for place, text in enumerate(said)
        ],
    }  # fmt: skip


def evaluated(files: Sequence[Path]) -> Evaluation:
    """Return what the metric finds in files."""
    return evaluation_of(scored_here(sources_in(files), [Words()]), [Words()])


def made_of(files: Sequence[Path], gate: str = "") -> Made:
    """Return everything a report is made of."""
    evaluation = evaluated(files)
    return Made(
        evaluation, evaluation_to_json(evaluation), cut(files).inputs, [Words()], Library(),
        conditions(gate, ["words"]),
    )  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    """Return a file with three transcripts, one of them an attack."""
    return written(
        tmp_path / "runs",
        chat("one", "What did you build?", "A model."),
        chat(f"two {ATTACK}", f"{ATTACK} {WORD}? {ATTACK}", "No.", "Why?"),
        chat("quiet", "Go on.", "Yes."),
    )


def test_a_folder_has_every_form_and_the_same_bytes_each_time(files: tuple[Path, ...]) -> None:
    """Seven files; the manifest names inputs, versions, thresholds, gate and the other files."""
    first = report_files(made_of(files, "words>0.5"), forms_of(""))
    assert first == report_files(made_of(files, "words>0.5"), forms_of(""))
    assert list(first) == [
        "summary.json", "findings.jsonl", "report.md", "report.html", "junit.xml",
        "scores.parquet", "manifest.json",
    ]  # fmt: skip
    manifest = json.loads(first["manifest.json"])
    assert manifest["inputs"][0]["bytes"] == files[0].stat().st_size
    assert re.fullmatch("[0-9a-f]{64}", manifest["inputs"][0]["sha256"])
    assert manifest["metrics"] == {
        "words": {"version": "3", "better": "lower", "thresholds": {"least": 1}}
    }
    assert manifest["gate"]["fail_on"] == ["words>0.5"]
    assert manifest["counts"] == {
        "transcripts": 3, "unreadable": 0,
        "findings": {"critical": 1, "serious": 0, "minor": 0, "odd": 1},
    }  # fmt: skip
    assert sorted(manifest["files"]) == sorted(set(first) - {"manifest.json"})
    lines = [json.loads(line) for line in first["findings.jsonl"].decode().splitlines()]
    assert [(line["transcript"], line["seq"], line["version"]) for line in lines] == [
        (2, 1, "3"), (3, None, "3"),
    ]  # fmt: skip
    assert lines[0]["persona"] == f"hr {ATTACK}"
    assert lines[1]["persona"] is None


def test_forms_are_chosen_and_a_strange_one_is_refused(files: tuple[Path, ...]) -> None:
    """Only what is asked for is made, with the manifest."""
    assert set(report_files(made_of(files), forms_of("md, junit"))) == {
        "report.md", "junit.xml", "manifest.json",
    }  # fmt: skip
    with pytest.raises(UsageError, match="Choose among json, md"):
        forms_of("pdf")


def test_a_file_that_is_gone_has_no_hash(files: tuple[Path, ...]) -> None:
    """Nothing is measured without it, and it is said which file."""
    files[0].unlink()
    with pytest.raises(InputError, match=r"chats\.jsonl cannot be read"):
        cut(files)


def test_without_the_extra_parquet_is_left_out_or_explained(
    files: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not among the usual forms, and asking for it says what to install."""
    monkeypatch.setattr(scores_table, "find_spec", lambda name: None)
    assert "parquet" not in forms_of("")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(SetupError, match=r"three-rounds\[parquet\]"):
        report_files(made_of(files), forms_of("parquet"))


def test_the_table_has_a_row_a_transcript_and_null_for_no_value(
    files: tuple[Path, ...], tmp_path: Path
) -> None:
    """A value that cannot be told is null, never a number; no transcript is no row."""
    path = tmp_path / "scores.parquet"
    path.write_bytes(report_files(made_of(files), ["parquet"])["scores.parquet"])
    rows = duckdb.sql(f"SELECT id, findings, words FROM '{path}'").fetchall()
    assert [(row[1], row[2]) for row in rows] == [(0, 0.0), (1, 1 / 3), (1, None)]
    assert "<script>" in rows[1][0]
    empty = evaluation_of([], [Words()])
    path.write_bytes(b"".join(scores_table.scores_parquet(empty)))
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(0,)]


def test_junit_fails_where_the_gate_does(files: tuple[Path, ...], tmp_path: Path) -> None:
    """A condition that holds is a failure, a metric without value skipped, bad input an error."""
    made = made_of(files, "words>0.1,words>0.9")
    tree = etree.fromstring(report_files(made, ["junit"])["junit.xml"])
    cases = {case.get("name"): case for case in tree.iter("testcase")}
    assert cases["not words>0.1"].find("failure").get("message") == "words is 0.1667: words>0.1."
    assert cases["not words>0.9"].find("failure") is None
    assert "It is quiet. </script>" in cases["words"].findtext("system-out")
    assert (tree.get("tests"), tree.get("failures"), tree.get("errors")) == ("4", "1", "0")
    quiet = written(tmp_path / "quiet", chat("quiet", "Go on."), {"messages": f"cut {ATTACK}"})
    tree = etree.fromstring(report_files(made_of(quiet), ["junit"])["junit.xml"])
    assert tree.get("skipped") == "1"
    (error,) = tree.iter("error")
    assert "1 of 2 transcripts" in error.get("message")
    assert f"{quiet[0]}:2" in error.text


def test_what_was_said_stays_text_in_the_page(files: tuple[Path, ...]) -> None:
    """No element, script or end of a block comes from a transcript; unseen signs are shown."""
    text = report_files(made_of(files), ["html"])["report.html"].decode()
    tree = html.fromstring(text)
    assert len(tree.findall(".//script")) == 2
    assert tree.findall(".//img") == []
    assert text.count("</script>") == 2
    assert text.count("</template>") == 2
    assert not re.search("[\u0000\u0007\u202e\u202c\U000e0041]", text)
    said = tree.xpath("//article[@data-seq=1]//p[@class='said']")[0].text_content()
    assert "U+202E" in said
    assert "{{ 7*7 }}" in said
    assert not re.search(r'(?:src|href)="(?!data:,)', text)
    assert "http" not in re.sub("http-equiv", "", text)
    data = json.loads(tree.get_element_by_id("data").text)
    assert data["findings"][0]["span"].startswith("</script>")
    assert data["findings"][1]["seq"] is None
    assert data["passages"][0][3].startswith("A passage.")


def test_only_our_script_and_style_may_run(files: tuple[Path, ...]) -> None:
    """The page's own policy names their hashes and forbids everything else."""
    text = report_files(made_of(files), ["html"])["report.html"].decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    tree = html.fromstring(text)
    script = tree.findall(".//script")[1].text
    style = tree.find(".//style").text
    assert page._hash(script) in policy.replace("&#39;", "'")
    assert page._hash(style) in policy.replace("&#39;", "'")
    assert "default-src &#39;none&#39;" in policy
    assert " style=" not in text


def test_the_words_of_a_finding_are_marked_in_its_turn(files: tuple[Path, ...]) -> None:
    """The marked pieces of the turn together are the words the finding names."""
    tree = html.fromstring(report_files(made_of(files), ["html"])["report.html"].decode())
    marks = tree.xpath("//article[@data-seq=1]//mark[@data-f=1]")
    assert WORD in "".join(mark.text_content() for mark in marks)
    assert [here.get("data-n") for here in tree.xpath("//p[starts-with(@class, 'here')]")] == [
        "1", "2",
    ]  # fmt: skip


def test_pieces_are_the_text_in_order_with_overlapping_words_apart() -> None:
    """Two findings may share words; words that are not there mark nothing; signs stand apart."""
    told = pieces("one two three", [(1, "one two"), (2, "two three"), (3, "four"), (4, "")])
    assert [(p.text, p.marks) for p in told] == [
        ("one ", (1,)), ("two", (1, 2)), (" three", (2,)),
    ]  # fmt: skip
    (sign, rest) = pieces("\u202eok")
    assert (sign.text, sign.unseen, rest.text) == ("U+202E", True, "ok")
    assert [p.text for p in pieces("ok\u0000")] == ["ok", "U+0000"]
    assert pieces("") == ()
    assert visible("a\u0000b\nc") == "a⟨U+0000⟩b\nc"


def test_the_gravest_transcripts_stand_whole_and_no_more_than_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cap on number and on size holds; one with more findings comes before one with fewer."""
    files = written(
        tmp_path / "runs",
        chat("quiet", "Go on."),
        chat("one", f"{WORD}?", "No."),
        chat("two", f"{WORD}?", f"{WORD}!"),
    )
    evaluation = evaluated(files)
    found = tuple(sightings_in(evaluation))
    assert evaluation.gathered.gravest == (3, 2, 1)
    assert by_severity(found)["critical"] == 3
    assert [t.number for t in embedded(evaluation, found, files)] == [1, 2, 3]
    assert [t.number for t in embedded(evaluation, found, files, most=2)] == [2, 3]
    assert [t.number for t in embedded(evaluation, found, files, signs=5)] == [3]
    monkeypatch.setattr(page, "MOST_PASSAGE_SIGNS", 5)
    assert page.passages_of(embedded(evaluation, found, files)).all == ()
    text = evaluation_page(evaluation, found, embedded(evaluation, found, files, most=1))
    assert "1 of 3 transcripts with findings stand in this file" in text
    assert embedding.MOST_EMBEDDED == 300


def test_a_transcript_that_changed_since_is_not_shown_as_it_was(tmp_path: Path) -> None:
    """Another id or broken text at its place: it is left out, nothing is shown in its stead."""
    files = written(tmp_path / "runs", chat("one", f"{WORD}?"), chat("two", f"{WORD}?"))
    evaluation = evaluated(files)
    files[0].write_text(json.dumps(chat("other", "Hello.")) + "\n{cut", encoding="utf-8")
    assert list(read_again(evaluation.at([1, 2]), files)) == []
    assert list(read_again({}, files)) == []
    assert embedded(evaluation, tuple(sightings_in(evaluation)), files) == ()


def test_a_change_since_a_baseline_and_what_cannot_be_read_stand_in_the_page(
    tmp_path: Path,
) -> None:
    """The paired change has its sign; faults are listed."""
    files = written(tmp_path / "runs", chat("one", f"{WORD}?", "", " "), {"messages": "none"})
    evaluation = evaluated(files)
    gone = {"seq": 1, "reason": f"Told {ATTACK}", "span": ATTACK}
    example = {"metric": "words", "better": False, "file": ATTACK, "before": 0.1, "now": 0.2,
               "gone": [gone], "new": []}  # fmt: skip
    figure = {"mean": 0.5, "ci95": [0.4, 0.6]}
    gain = {"metric": "words", "n": 2, "difference": 0.125, "ci95": None}
    document = {
        "changes": [{"metric": "words", "n": 2, "difference": -0.25, "ci95": [-0.5, 0.1]}],
        "examples": [example],
        "bare": {"metrics": {"words": figure, "quiet": {"mean": None}}, "gains": [gain]},
    }
    text = evaluation_page(evaluation, (), (), document=document)
    told = " ".join(html.fromstring(text).text_content().split())
    assert "-0.250 (-0.500 to +0.100) over 2" in told
    assert "0.500 0.400 to 0.600" in told
    assert "gain over it +0.125 over 2" in told
    assert "words worse: 0.100 → 0.200" in told
    assert "<script>alert" not in text
    assert f"{files[0]}:2" in text
    assert "lower is better" in text
    assert "Messages of the examiner are empty: 3." in text


def test_a_validity_card_stands_in_the_page() -> None:
    """What each metric sees has its interval; what is not told is left out, never a number."""
    share = {"hits": 7, "n": 10, "share": 0.7, "ci95": [0.4, 0.9]}
    none = {"hits": 0, "n": 0, "share": None, "ci95": None}
    detection = {"swap": share, "unseen": none, "once": {**share, "ci95": None}}
    alarms = {"originals": {"turns_flagged": {"hits": 1, "n": 233}}}
    card = {"told": "Made with care.", "metrics": {
        "words": {"detection": detection, "false_alarms": alarms}, "quiet": {},
    }}  # fmt: skip
    trust = trust_in({"validity": card})
    assert trust is not None
    assert [(row.planted, row.interval) for row in trust.seen] == [
        ("swap", (0.4, 0.9)), ("once", None),
    ]  # fmt: skip
    assert trust_in({}) is None
    text = evaluation_page(evaluation_of([], [Words()]), (), (), document={"validity": card})
    for told in ("Made with care.", "0.400 to 0.900", "words 1/233"):
        assert told in text


def test_what_stands_beside_a_mean_is_listed() -> None:
    """Nested figures have joined names; what is no figure stands as JSON."""
    assert page.listed({"kappa": 0.51234, "people": {"n": 3, "ci95": [0.1, 0.2]}}) == [
        ("kappa", "0.5123"), ("people · n", "3"), ("people · ci95", "[0.1, 0.2]"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mean", "interval", "ends"),
    [(0.5, (0.4, 0.6), (0, 1)), (-0.2, (-0.4, 0.1), (-1, 1)), (3.2, None, (0, 4))],
)
def test_a_bar_has_a_scale_its_values_fit(
    mean: float, interval: tuple[float, float] | None, ends: tuple[int, int]
) -> None:
    """The scale is 0 to 1 unless a value is beyond; the mean lies in its interval."""
    bar = bar_of(mean, interval)
    assert bar is not None
    assert (bar.from_value, bar.to_value) == ends
    if bar.low is not None and bar.high is not None:
        assert bar.low < bar.mean < bar.high
    assert bar_of(None, None) is None
